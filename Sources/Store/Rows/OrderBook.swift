public import Retail

/// The number of a book of suggestions in its workspace.
public struct BookID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    public var number: Int64
    public init(_ number: Int64) { self.number = number }
    public init?(_ text: some StringProtocol) {
        guard let number = Int64(text), number > 0 else { return nil }
        self.number = number
    }
    public var description: String { String(number) }
    public static func < (a: Self, b: Self) -> Bool { a.number < b.number }
}

/// The suggestions of one review: for which data, on which day, from which forecast.
public struct OrderBook: Sendable, Equatable {
    /// Name of the data set: decisions hold within it.
    public var dataset: String
    /// The folder or scenario it was made from.
    public var source: String
    /// The day of the review.
    public var today: Day
    public var currency: String
    public var dataFingerprint: String
    public var forecastDigest: String?
    /// The run it belongs to; nil where it was made alone.
    public var run: RunID?
    public var lines: [SuggestionRow]
    /// What goes beside the lines: transfers, exceptions, stock health, supplier scorecards, assumptions.
    public var tables: [ResultTable]

    public init(
        dataset: String, source: String, today: Day, currency: String, dataFingerprint: String = "",
        forecastDigest: String? = nil, run: RunID? = nil, lines: [SuggestionRow], tables: [ResultTable] = []
    ) {
        self.dataset = dataset
        self.source = source
        self.today = today
        self.currency = currency
        self.dataFingerprint = dataFingerprint
        self.forecastDigest = forecastDigest
        self.run = run
        self.lines = lines
        self.tables = tables
    }
}

/// A book as lists show it.
public struct OrderBookEntry: Sendable, Equatable, Identifiable {
    public var id: BookID
    public var dataset: String
    public var source: String
    public var today: Day
    public var currency: String
    public var run: RunID?
    /// Seconds since 1970-01-01 00:00 UTC.
    public var made: Int64
    public var lineCount: Int
    public var value: Amount
}
