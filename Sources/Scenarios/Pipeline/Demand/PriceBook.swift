import Retail

/// A change of prices with its codes looked up.
struct PriceChange: Sendable, Equatable {
    var scope: PromotionScope
    var channel: Channel.Index?
    var from: Day
    var through: Day
    var factor: Double?
    var price: UnitPrice?

    func applied(to old: UnitPrice) -> UnitPrice {
        if let price { return price }
        // No price falls to nothing: a ten-thousandth of the major unit is the least there is.
        return UnitPrice(units: max(1, Int64((Double(old.units) * (factor ?? 1)).rounded())))
    }
}

/// Posted prices of a data set by SKU, channel and day: a row of the channel goes before one of every channel, and that
/// before the list price. Member prices and quantity breaks are left alone.
struct PriceBook {
    private let rows: [SKU.Index: [PriceRow]]
    private let skus: [SKU]

    init(_ dataset: Dataset) {
        rows = Dictionary(grouping: dataset.prices.filter(Self.isPlain), by: \.sku)
        skus = dataset.skus
    }

    static func isPlain(_ row: PriceRow) -> Bool { row.segment == nil && row.minimumQuantity <= 1 }

    func price(_ sku: SKU.Index, _ channel: Channel.Index?, _ day: Day) -> UnitPrice {
        let holding = (rows[sku] ?? []).filter { $0.from <= day && day <= $0.through }
        if let channel, let own = holding.first(where: { $0.channel == channel }) { return own.price }
        return holding.first { $0.channel == nil }?.price ?? skus[sku.position].listPrice
    }

    /// The data set with changed prices, one change after the other.
    static func applying(_ changes: [PriceChange], to dataset: Dataset) -> Dataset {
        var changed = dataset
        for change in changes {
            let book = PriceBook(changed)
            var added: [PriceRow] = []
            var kept: [PriceRow] = []
            let isHit = changed.skus.indices.map { change.scope.covers(SKU.Index($0), changed.skus) }
            // Rows inside the days of the change are cut there, and written anew.
            for row in changed.prices {
                let isOther = change.channel != nil && row.channel != change.channel
                guard isPlain(row), isHit[row.sku.position], !isOther, row.from <= change.through,
                    row.through >= change.from
                else {
                    kept.append(row)
                    continue
                }
                var (before, after) = (row, row)
                before.through = change.from - 1
                after.from = change.through + 1
                if before.from <= before.through { kept.append(before) }
                if after.from <= after.through { kept.append(after) }
            }
            for sku in isHit.indices where isHit[sku] {
                let index = SKU.Index(sku)
                var channels: [Channel.Index?] = [change.channel]
                if change.channel == nil {
                    channels += Set((book.rows[index] ?? []).compactMap(\.channel)).sorted { $0.raw < $1.raw }
                }
                for channel in channels {
                    // Runs of days with one price.
                    var start = change.from
                    var current = change.applied(to: book.price(index, channel, start))
                    for number in change.from.number...change.through.number {
                        let day = Day(number: number)
                        let price = change.applied(to: book.price(index, channel, day))
                        guard price != current else { continue }
                        added.append(
                            PriceRow(sku: index, channel: channel, from: start, through: day - 1, price: current))
                        (start, current) = (day, price)
                    }
                    added.append(
                        PriceRow(sku: index, channel: channel, from: start, through: change.through, price: current))
                }
            }
            changed.prices = kept + added
        }
        return changed
    }
}
