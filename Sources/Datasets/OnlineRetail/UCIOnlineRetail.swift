public import Retail

/// Imports the UCI Online Retail file (Chen, D., Sain, S. L. and Guo, K., 2012; UCI Machine Learning Repository,
/// doi:10.24432/C5BW33): 541,909 invoice lines of a British gift shop, December 2010 to December 2011.
///
/// What the file does not hold (places, channels, suppliers, carriers, stock) is added by stated rules and named in
/// the data set's assumptions.
public enum UCIOnlineRetail {
    /// What the import may be told.
    public struct Options: Sendable, Equatable {
        /// Keep this many SKUs, those with most net units over the whole file; nil keeps all.
        public var top: Int? = 800
        /// An invoice of a known customer from this value on counts as wholesale, in minor units.
        public var tradeThreshold = Amount(minor: 400_00)
        /// A line of this many units that is wholly cancelled within a day is taken for a slip.
        public var absurdQuantity: Quantity = 10_000
        /// The day the opening stock is for; recent demand is measured before it.
        public var openingDay = Day(number: 15_306)
        public var name = "uk-gifts"

        public init() {}
    }

    private static let maximumDays = 3_660

    /// Reads the file and derives a data set from it.
    /// - Parameters:
    ///   - path: the CSV file, plain or gzip.
    ///   - progress: called now and then with the lines read so far.
    /// - Returns: the data set, and where every line went.
    public static func importFile(
        _ path: String, options: Options = Options(), progress: ((_ lines: Int) -> Void)? = nil
    ) throws(DatasetError) -> (dataset: Dataset, summary: ImportSummary) {
        let lines = try RetailLines(path: path, progress: progress)
        let sorted = SortedLines(lines, options)
        guard !sorted.sales.isEmpty else {
            throw DatasetError(issues: [
                DataIssue(file: path, expected: "holds no sale", cure: "give the UCI Online Retail file")
            ])
        }
        let days = lines.time.map(\.day)
        if let first = days.min(), let last = days.max(), last - first > Self.maximumDays {
            throw DatasetError(issues: [
                DataIssue(
                    file: path, field: "InvoiceDate", value: "\(first) to \(last)",
                    expected: "the invoices span more than ten years", cure: "look for a mistyped date")
            ])
        }
        let history = RetailHistory(lines, sorted, options)
        let products = ProductRules(lines, sorted, history)
        var dataset = Dataset(
            name: options.name, currency: .gbp, fingerprint: lines.digest, demand: history.demand)
        dataset.zone = "Europe/London"
        dataset.skus = products.skus
        dataset.orders = history.orders
        dataset.returns = history.returns
        dataset.calendar = history.calendar
        AssumedTrade(options, history).complete(&dataset)
        return (dataset, sorted.summary(lines, options))
    }
}

/// The lines sorted out: which are sales, which cancel what, and what is left out for which reason.
struct SortedLines {
    /// One for each line.
    private(set) var reasons: [LineReason]
    /// Lines that are kept sales, in the order of the file.
    private(set) var sales: [Int] = []
    /// Units of each kept sale that were cancelled later.
    private(set) var cancelled: [Quantity] = []
    /// Matched pieces between lines that are both kept; positions of the sale in `sales`.
    private(set) var pieces: [(cancellationLine: Int, sale: Int, units: Quantity)] = []
    /// Stock numbers of the SKUs kept, ordered by code.
    private(set) var stocks: [Int32] = []
    private(set) var duplicates = 0
    private(set) var duplicateUnits: Int64 = 0
    private(set) var droppedUnits: Int64 = 0

    init(_ lines: RetailLines, _ options: UCIOnlineRetail.Options) {
        let stockCodes = lines.stocks.texts
        let isCancellation = lines.invoices.texts.map { $0.hasPrefix("C") }
        reasons = [LineReason](repeating: .sale, count: lines.count)
        var saleLines: [Int] = []
        var cancelLines: [Int] = []
        for line in 0..<lines.count {
            let cancels = isCancellation[Int(lines.invoice[line])]
            if let reason = LineReason.byContent(
                stock: stockCodes[Int(lines.stock[line])], isCancellation: cancels, quantity: lines.quantity[line],
                price: lines.price[line])
            {
                reasons[line] = reason
            } else if cancels {
                cancelLines.append(line)
            } else {
                saleLines.append(line)
            }
        }
        func matchingLine(_ line: Int) -> CancellationMatching.Line {
            let customer = lines.customer[line]
            return CancellationMatching.Line(
                group: customer < 0 ? nil : UInt64(UInt32(customer)) << 32 | UInt64(UInt32(lines.stock[line])),
                time: lines.time[line], price: lines.price[line],
                units: Quantity(clamping: lines.quantity[line].magnitude))
        }
        let matching = CancellationMatching(
            sales: saleLines.map(matchingLine), cancellations: cancelLines.map(matchingLine))
        for (at, line) in cancelLines.enumerated() {
            let matched = matching.matched[at]
            let wanted = Quantity(clamping: lines.quantity[line].magnitude)
            reasons[line] =
                matched == 0
                ? .cancellationUnmatched : matched < wanted ? .cancellationPartlyMatched : .cancellationMatched
        }
        for line in Self.absurd(lines, saleLines, cancelLines, matching, options) { reasons[line] = .absurd }
        keepBestSelling(lines, stockCodes, saleLines, matching, options)
        let kept = Set(stocks)
        for line in saleLines + cancelLines where !kept.contains(lines.stock[line]) && reasons[line] != .absurd {
            reasons[line] = .notSelected
        }
        collect(lines, saleLines, cancelLines, matching)
        countDuplicates(lines)
    }

    /// Sales from the threshold on that were wholly cancelled within a day, and the cancellations that did it.
    private static func absurd(
        _ lines: RetailLines, _ saleLines: [Int], _ cancelLines: [Int], _ matching: CancellationMatching,
        _ options: UCIOnlineRetail.Options
    ) -> [Int] {
        var found: [Int] = []
        for (sale, line) in saleLines.enumerated()
        where lines.quantity[line] >= options.absurdQuantity && matching.left[sale] == 0 {
            let own = matching.pieces.filter { $0.sale == sale }.map { cancelLines[$0.cancellation] }
            if own.allSatisfy({ lines.time[$0].seconds - lines.time[line].seconds <= 86_400 }) {
                found.append(line)
                found.append(contentsOf: own)
            }
        }
        return found
    }

    private mutating func keepBestSelling(
        _ lines: RetailLines, _ codes: [String], _ saleLines: [Int], _ matching: CancellationMatching,
        _ options: UCIOnlineRetail.Options
    ) {
        var units = [Int64](repeating: 0, count: codes.count)
        for (sale, line) in saleLines.enumerated() where reasons[line] == .sale {
            units[Int(lines.stock[line])] += Int64(matching.left[sale])
        }
        let selling = units.indices.filter { units[$0] > 0 }.sorted {
            (-units[$0], codes[$0]) < (-units[$1], codes[$1])
        }
        stocks = selling.prefix(options.top ?? .max).sorted { codes[$0] < codes[$1] }.map { Int32($0) }
    }

    private mutating func collect(
        _ lines: RetailLines, _ saleLines: [Int], _ cancelLines: [Int], _ matching: CancellationMatching
    ) {
        var place = [Int32](repeating: -1, count: saleLines.count)
        for (sale, line) in saleLines.enumerated() where reasons[line] == .sale {
            place[sale] = Int32(sales.count)
            sales.append(line)
            cancelled.append(lines.quantity[line] - matching.left[sale])
        }
        for piece in matching.pieces where place[piece.sale] >= 0 {
            pieces.append((cancelLines[piece.cancellation], Int(place[piece.sale]), piece.units))
        }
        for (at, line) in cancelLines.enumerated() where reasons[line] == .cancellationPartlyMatched {
            droppedUnits += Int64(lines.quantity[line]) + Int64(matching.matched[at])
        }
    }

    /// Kept sales that repeat an earlier line of the same invoice in every column. They are kept: the shop's till
    /// writes a line for each scan.
    private mutating func countDuplicates(_ lines: RetailLines) {
        struct Content: Hashable {
            var invoice: Int32
            var stock: Int32
            var description: Int32
            var quantity: Quantity
            var price: Int64
            var time: Int64
        }
        var seen = Set<Content>(minimumCapacity: sales.count)
        for line in sales {
            let content = Content(
                invoice: lines.invoice[line], stock: lines.stock[line], description: lines.description[line],
                quantity: lines.quantity[line], price: lines.price[line].units, time: lines.time[line].seconds)
            if !seen.insert(content).inserted {
                duplicates += 1
                duplicateUnits += Int64(lines.quantity[line])
            }
        }
    }

    func summary(_ lines: RetailLines, _ options: UCIOnlineRetail.Options) -> ImportSummary {
        var counts = [LineReason: (lines: Int, units: Int64)]()
        for (line, reason) in reasons.enumerated() {
            counts[reason, default: (0, 0)].lines += 1
            counts[reason, default: (0, 0)].units += Int64(lines.quantity[line])
        }
        let entries = LineReason.allCases.map { reason in
            ImportSummary.Entry(
                reason: reason.rawValue, isKept: reason.isKept, lines: counts[reason]?.lines ?? 0,
                units: counts[reason]?.units ?? 0, rule: reason.rule(options))
        }
        let sold = sales.reduce(Int64(0)) { $0 + Int64(lines.quantity[$1]) }
        let back = cancelled.reduce(Int64(0)) { $0 + Int64($1) }
        let notes = [
            ImportSummary.Entry(
                reason: "duplicate_lines", isKept: true, lines: duplicates, units: duplicateUnits,
                rule: "kept sales that repeat a line of their invoice in every column; flagged, not dropped"),
            ImportSummary.Entry(
                reason: "cancelled_units", isKept: true, lines: cancelled.count { $0 > 0 }, units: -back,
                rule: "kept sales with units cancelled later, and these units"),
            ImportSummary.Entry(
                reason: "dropped_units", isKept: false,
                lines: reasons.count { $0 == .cancellationPartlyMatched }, units: droppedUnits,
                rule: "units of partly matched cancellations without a sale"),
            ImportSummary.Entry(
                reason: "net_demand", isKept: true, lines: sales.count, units: sold - back,
                rule: "units sold less units cancelled: the demand"),
        ]
        return ImportSummary(
            source: lines.digest, totalLines: lines.count, entries: entries, notes: notes,
            about: FolderText.readme(lines: lines.count, skus: stocks.count, options: options))
    }
}
