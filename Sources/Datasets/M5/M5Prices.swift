import Retail

/// The prices of the M5 set, kept where they change.
struct M5Prices {
    private(set) var history: PriceHistory

    init?(path: String, calendar: M5Calendar, sales: inout M5Sales, log: IssueLog) {
        guard
            var table = M5Table(path: path, needs: ["store_id", "item_id", "wm_yr_wk", "sell_price"], log: log),
            let store = table.column("store_id"), let item = table.column("item_id"),
            let week = table.column("wm_yr_wk"), let price = table.column("sell_price")
        else { return nil }
        struct Change {
            var series: Int32
            var day: Int32
            var price: Float
        }
        let (items, stores) = (sales.items, sales.stores)
        var changes: [Change] = []
        var isSorted = true
        while table.next() {
            guard let itemCode = items.find(table.bytes(item)), let storeCode = stores.find(table.bytes(store)),
                let series = sales.seriesOf[M5Sales.key(item: itemCode, store: storeCode)]
            else { continue }
            guard let number = Parse.integer(table.bytes(week)), let row = calendar.rowOfWeek[number] else {
                table.complain(week, "the calendar has no such week", "use the calendar of the same set")
                if log.isFull { return nil }
                continue
            }
            guard let value = Parse.real(table.bytes(price)), value > 0, value < 1e9 else {
                table.complain(price, "a price above 0 is expected", "correct it")
                if log.isFull { return nil }
                continue
            }
            let change = Change(series: series, day: Int32(row - sales.firstRow), price: Float(value))
            if let last = changes.last {
                isSorted = isSorted && (last.series, last.day) < (change.series, change.day)
                // A file with one row a week mostly says the same as the week before.
                if last.series == change.series, last.price == change.price, last.day < change.day { continue }
            }
            changes.append(change)
        }
        if !isSorted {
            changes.sort { ($0.series, $0.day) < ($1.series, $1.day) }
            for (a, b) in zip(changes, changes.dropFirst()) where a.series == b.series && a.day == b.day {
                log.add(
                    DataIssue(
                        file: table.file, value: sales.panel.names[Int(a.series)],
                        expected: "two prices for one week", cure: "keep one row for each item, store and week"))
                if log.isFull { return nil }
            }
        }
        var offsets = [0]
        offsets.reserveCapacity(sales.panel.seriesCount + 1)
        var at = 0
        for series in 0..<Int32(sales.panel.seriesCount) {
            while at < changes.count, changes[at].series == series { at += 1 }
            offsets.append(at)
        }
        history = PriceHistory(offsets: offsets, days: changes.map(\.day), prices: changes.map(\.price))
    }
}
