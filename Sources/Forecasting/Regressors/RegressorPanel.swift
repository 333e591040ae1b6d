/// Columns that are known beside the series of a panel, such as prices and promotions, past and to come.
public struct RegressorPanel: Sendable, Equatable {
    public var names: [String]
    /// For each series, row-major steps x columns from its first cell on, as far as the file has rows; NaN where empty.
    public var values: [[Float]]

    public init(names: [String], values: [[Float]]) {
        self.names = names
        self.values = values
    }

    /// Steps of a series that have rows.
    public func steps(_ series: Int) -> Int { names.isEmpty ? 0 : values[series].count / names.count }
}
