public import Retail

/// What a run says: headline figures with intervals, tables (means over replications), and the audit it passed.
///
/// No time of day, host or thread count is in it: the same world, seed and replications give the same bytes.
public struct RunResult: Sendable, Equatable {
    /// Keys are `FigureKey` raw values; words are in the catalogue under `figure.<key>`.
    public var figures: [Figure]
    /// Tables by the names of `ResultTableName`.
    public var tables: [ResultTable]
    public var audit: AuditReport
    /// Version of the simulation's rules; a change of any number gives a new one.
    public var engineVersion: String

    public init(figures: [Figure], tables: [ResultTable], audit: AuditReport, engineVersion: String) {
        self.figures = figures
        self.tables = tables
        self.audit = audit
        self.engineVersion = engineVersion
    }

    public func figure(_ key: String) -> Figure? { figures.first { $0.key == key } }
    public func table(_ name: String) -> ResultTable? { tables.first { $0.name == name } }
}

/// What the audit looked at, over all replications. A run that fails has no report but an error.
public struct AuditReport: Sendable, Equatable, Codable {
    public struct Check: Sendable, Equatable, Codable {
        /// The law that held, such as `stock conserved by row`; in the catalogue under `audit.<key>`.
        public var key: String
        /// How many entities it was checked for.
        public var entities: Int64

        public init(key: String, entities: Int64) {
            self.key = key
            self.entities = entities
        }
    }

    public var checks: [Check]

    public init(checks: [Check]) { self.checks = checks }
}
