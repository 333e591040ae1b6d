public import Retail

/// What an import did with the lines of its source: every line went to exactly one place.
public struct ImportSummary: Sendable, Equatable {
    /// One place lines went to, with the reason.
    public struct Entry: Sendable, Equatable {
        /// Key of the reason, such as `postage`.
        public var reason: String
        /// Whether the lines became part of the data set.
        public var isKept: Bool
        public var lines: Int
        /// Sum of the lines' quantities, cancellations negative.
        public var units: Int64
        /// The rule in words.
        public var rule: String

        public init(reason: String, isKept: Bool, lines: Int, units: Int64, rule: String) {
            self.reason = reason
            self.isKept = isKept
            self.lines = lines
            self.units = units
            self.rule = rule
        }
    }

    /// SHA-256 of the (decompressed) source.
    public var source: String
    public var totalLines: Int
    /// The lines of all entries add up to `totalLines`.
    public var entries: [Entry]
    /// Facts that are counted beside the partition, such as flagged duplicates.
    public var notes: [Entry]

    /// Where the data come from and what is assumed, in Markdown: the folder's `README.md`.
    public var about: String

    public init(source: String, totalLines: Int, entries: [Entry], notes: [Entry], about: String = "") {
        self.source = source
        self.totalLines = totalLines
        self.entries = entries
        self.notes = notes
        self.about = about
    }

    /// One row for each entry, then the notes, then the total.
    public var table: ResultTable {
        let total = Entry(
            reason: "total", isKept: true, lines: totalLines, units: entries.reduce(0) { $0 + $1.units },
            rule: "all lines of the source")
        let rows = entries + [total] + notes
        let kinds = entries.map { $0.isKept ? "kept" : "left out" } + ["total"] + notes.map { _ in "note" }
        return ResultTable(
            "import_summary",
            [
                Column("reason", .text(rows.map(\.reason))),
                Column("what", .text(kinds)),
                Column("lines", unit: "lines", .integer(rows.map { Int64($0.lines) })),
                Column("units", unit: "units", .integer(rows.map(\.units))),
                Column("rule", .text(rows.map(\.rule))),
            ])
    }
}
