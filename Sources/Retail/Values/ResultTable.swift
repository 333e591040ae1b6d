/// One column of a result table: whole numbers, reals or text, all of the same length within a table.
public enum ColumnValues: Sendable, Equatable {
    case integer([Int64])
    case real([Double])
    case text([String])

    public var count: Int {
        switch self {
        case .integer(let values): values.count
        case .real(let values): values.count
        case .text(let values): values.count
        }
    }
}

public struct Column: Sendable, Equatable {
    /// snake_case, as in the exported CSV.
    public var name: String
    /// Unit, such as `units`, `GBP`, `minutes`, `share`; empty for codes.
    public var unit: String
    public var values: ColumnValues

    public init(_ name: String, unit: String = "", _ values: ColumnValues) {
        self.name = name
        self.unit = unit
        self.values = values
    }
}

/// A named table of results: the one form in which results are stored, hashed, exported and reported.
public struct ResultTable: Sendable, Equatable {
    public var name: String
    public var columns: [Column]

    public init(_ name: String, _ columns: [Column]) {
        self.name = name
        self.columns = columns
    }

    public var rowCount: Int { columns.first?.values.count ?? 0 }
    public func column(_ name: String) -> ColumnValues? { columns.first { $0.name == name }?.values }
}

/// A headline figure over replications.
public struct Figure: Sendable, Equatable, Codable {
    /// Key such as `fill_rate`; its words are in the catalogue under `figure.<key>`.
    public var key: String
    /// `share`, `GBP`, `orders`, `hours`, ...
    public var unit: String
    public var mean: Double
    /// Half-width of the 95 % confidence interval; 0 with one replication.
    public var halfWidth: Double
    /// The value of each replication, in order: what paired comparisons are made of.
    public var replications: [Double]

    public init(key: String, unit: String, mean: Double, halfWidth: Double, replications: [Double]) {
        self.key = key
        self.unit = unit
        self.mean = mean
        self.halfWidth = halfWidth
        self.replications = replications
    }
}
