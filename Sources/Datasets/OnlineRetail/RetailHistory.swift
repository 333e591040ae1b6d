import NumericCore
import Retail

/// Orders, returns, calendar and demand, made from the kept lines.
struct RetailHistory {
    private(set) var orders = OrderHistory()
    private(set) var returns: [ReturnRow] = []
    private(set) var calendar = BusinessCalendar()
    private(set) var demand: DemandPanel
    /// First and last day of the file.
    private(set) var firstDay: Day
    private(set) var lastDay: Day
    /// Share of the orders of known customers, and of their lines sent back, by segment.
    private(set) var segmentShares: [Double] = []
    private(set) var segmentReturns: [Double] = []
    /// Order of each kept sale.
    private var orderOf: [Int32] = []

    static let channels = ["trade", "web", "marketplace"]
    static let segments = ["new", "active", "member", "dormant"]

    init(_ lines: RetailLines, _ sorted: SortedLines, _ options: UCIOnlineRetail.Options) {
        let days = lines.time.map(\.day)
        firstDay = days.min() ?? options.openingDay
        lastDay = days.max() ?? options.openingDay
        demand = DemandPanel(axis: TimeAxis(step: .day, origin: firstDay, count: lastDay - firstDay + 1))
        calendar = BritishCalendar.make(days: days, from: firstDay, through: lastDay)
        makeOrders(lines, sorted, options)
        makeReturns(lines, sorted)
        makeDemand(lines, sorted)
        measureSegments()
    }

    private mutating func makeOrders(
        _ lines: RetailLines, _ sorted: SortedLines, _ options: UCIOnlineRetail.Options
    ) {
        // The value of an invoice counts all its goods, also those of SKUs that are not kept.
        var value = [Int64](repeating: 0, count: lines.invoices.count)
        for (line, reason) in sorted.reasons.enumerated() where reason == .sale || reason == .notSelected {
            let product = lines.price[line].units.multipliedReportingOverflow(by: Int64(max(0, lines.quantity[line])))
            if !product.overflow { value[Int(lines.invoice[line])] &+= product.partialValue }
        }
        // Orders by time of their first kept line.
        var first = [Int32](repeating: -1, count: lines.invoices.count)
        var invoices: [Int32] = []
        for (sale, line) in sorted.sales.enumerated() where first[Int(lines.invoice[line])] < 0 {
            first[Int(lines.invoice[line])] = Int32(sale)
            invoices.append(lines.invoice[line])
        }
        func firstLine(_ invoice: Int32) -> Int { sorted.sales[Int(first[Int(invoice)])] }
        invoices.sort {
            (lines.time[firstLine($0)], first[Int($0)]) < (lines.time[firstLine($1)], first[Int($1)])
        }
        var rank = [Int32](repeating: -1, count: lines.invoices.count)
        let places = BritishPlaces()
        let domestic = lines.countries.find("United Kingdom") ?? -1
        var visits = [(count: Int, last: Day)](repeating: (0, firstDay), count: lines.customers.count)
        for (order, invoice) in invoices.enumerated() {
            let line = firstLine(invoice)
            rank[Int(invoice)] = Int32(order)
            let code = lines.invoices.text(Int(invoice))
            let customer = lines.customer[line]
            orders.codes.append(code)
            orders.placed.append(lines.time[line])
            let isTrade = value[Int(invoice)] >= options.tradeThreshold.minor * Currency.gbp.unitsPerMinor
            orders.channels.append(Channel.Index(customer < 0 ? 2 : isTrade ? 0 : 1))
            let buyer = customer < 0 ? "invoice-\(code)" : "customer-\(lines.customers.text(Int(customer)))"
            orders.regions.append(
                lines.country[line] == domestic ? places.region(of: entityHash(buyer)) : places.export)
            guard customer >= 0 else {
                orders.segments.append(nil)
                continue
            }
            let (count, last) = visits[Int(customer)]
            let day = lines.time[line].day
            orders.segments.append(Segment.Index(Self.segment(earlier: count, since: day - last)))
            visits[Int(customer)] = (count + 1, day)
        }
        // Lines behind their orders, in the order of the file.
        var offsets = [Int](repeating: 0, count: invoices.count + 1)
        orderOf = sorted.sales.map { rank[Int(lines.invoice[$0])] }
        for order in orderOf { offsets[Int(order) + 1] += 1 }
        for order in invoices.indices { offsets[order + 1] += offsets[order] }
        orders.lineOffsets = offsets
        let skuOf = Self.skuNumbers(lines, sorted)
        orders.lineSKUs = [SKU.Index](repeating: SKU.Index(0), count: sorted.sales.count)
        orders.lineQuantities = [Quantity](repeating: 0, count: sorted.sales.count)
        orders.linePrices = [UnitPrice](repeating: .zero, count: sorted.sales.count)
        orders.lineCancelled = orders.lineQuantities
        for (sale, line) in sorted.sales.enumerated() {
            let place = offsets[Int(orderOf[sale])]
            offsets[Int(orderOf[sale])] += 1
            orders.lineSKUs[place] = SKU.Index(raw: skuOf[Int(lines.stock[line])])
            orders.lineQuantities[place] = lines.quantity[line]
            orders.linePrices[place] = lines.price[line]
            orders.lineCancelled[place] = sorted.cancelled[sale]
        }
    }

    /// The first order of a customer is `new`; after more than 90 days without one `dormant`; from the sixth on
    /// `member`; otherwise `active`.
    static func segment(earlier: Int, since days: Int) -> Int {
        if earlier == 0 { return 0 }
        if days > 90 { return 3 }
        return earlier >= 5 ? 2 : 1
    }

    /// SKU number of each stock number; -1 where it is not kept.
    static func skuNumbers(_ lines: RetailLines, _ sorted: SortedLines) -> [Int32] {
        var numbers = [Int32](repeating: -1, count: lines.stocks.count)
        for (sku, stock) in sorted.stocks.enumerated() { numbers[Int(stock)] = Int32(sku) }
        return numbers
    }

    private mutating func makeReturns(_ lines: RetailLines, _ sorted: SortedLines) {
        let skuOf = Self.skuNumbers(lines, sorted)
        let pieces = sorted.pieces.sorted {
            (lines.time[$0.cancellationLine], $0.cancellationLine, $0.sale)
                < (lines.time[$1.cancellationLine], $1.cancellationLine, $1.sale)
        }
        returns = pieces.map { piece in
            ReturnRow(
                order: orders.codes[Int(orderOf[piece.sale])],
                sku: SKU.Index(raw: skuOf[Int(lines.stock[sorted.sales[piece.sale]])]),
                returned: lines.time[piece.cancellationLine], quantity: piece.units, reason: "cancelled")
        }
    }

    /// Net units by day for each SKU and channel, at the day of the sale.
    private mutating func makeDemand(_ lines: RetailLines, _ sorted: SortedLines) {
        let width = Self.channels.count
        let count = demand.axis.count
        let skuOf = Self.skuNumbers(lines, sorted)
        var cells = [Double](repeating: 0, count: sorted.stocks.count * width * count)
        var start = [Int](repeating: count, count: sorted.stocks.count * width)
        for (sale, line) in sorted.sales.enumerated() {
            let channel = orders.channels[Int(orderOf[sale])].position
            let series = Int(skuOf[Int(lines.stock[line])]) * width + channel
            let day = lines.time[line].day - firstDay
            start[series] = min(start[series], day)
            cells[series * count + day] += Double(lines.quantity[line] - sorted.cancelled[sale])
        }
        let closed = (0..<count).map { !calendar.isOpen(firstDay + $0) }
        let codes = sorted.stocks.map { lines.stocks.text(Int($0)) }
        for series in start.indices where start[series] < count {
            let life = (start[series]..<count).map { day in
                closed[day] ? Double.nan : cells[series * count + day]
            }
            demand.append(
                name: "\(codes[series / width])/\(Self.channels[series % width])",
                key: SeriesKey(sku: SKU.Index(series / width), channel: Channel.Index(series % width)),
                start: start[series], life)
        }
    }

    /// Shares and return rates by segment, from orders after the first 90 days: before, every customer looks new.
    private mutating func measureSegments() {
        var placed = [Double](repeating: 0, count: Self.segments.count)
        var ordered = placed
        var back = placed
        for order in 0..<orders.count {
            guard let segment = orders.segments[order], orders.placed[order].day - firstDay > 90 else { continue }
            placed[segment.position] += 1
            for line in orders.lines(order) {
                ordered[segment.position] += 1
                if orders.lineCancelled[line] > 0 { back[segment.position] += 1 }
            }
        }
        let total = placed.reduce(0, +)
        segmentShares = placed.map { total > 0 ? $0 / total : 1 / Double(Self.segments.count) }
        segmentReturns = zip(back, ordered).map { $1 > 0 ? $0 / $1 : 0 }
    }
}
