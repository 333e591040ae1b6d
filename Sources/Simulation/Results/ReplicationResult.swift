import Retail

/// One replication's numbers: figures in the order of `FigureKey.allCases`, and tables of the same shape in every
/// replication, so that they can be averaged cell by cell.
struct ReplicationResult: Sendable {
    var figures: [Double]
    var tables: [RawTable]
    /// Entities checked, in the order of `Replication.laws`.
    var audited: [Int64]
    var orders: Int64
}

/// A table of one replication: key columns that are the same in all, and values to be averaged.
struct RawTable: Sendable {
    var name: String
    var keys: [Column]
    var values: [(name: String, unit: String, cells: [Double])]

    init(_ name: String, _ keys: [Column], _ values: [(name: String, unit: String, cells: [Double])]) {
        self.name = name
        self.keys = keys
        self.values = values
    }
}

/// `a / b`, or `otherwise` when there is nothing to divide by.
func ratio(_ a: some BinaryInteger, _ b: some BinaryInteger, otherwise: Double = 0) -> Double {
    b == 0 ? otherwise : Double(a) / Double(b)
}
