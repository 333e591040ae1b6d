extension ResultTable {
    private static let mark = "_zh"

    /// This table, told in English, with what the same table told in 中文 says otherwise kept beside it.
    public func keeping(chinese: ResultTable) -> ResultTable {
        var both = self
        for (column, other) in zip(columns, chinese.columns) where column.name == other.name {
            guard case .text = other.values, column.values != other.values else { continue }
            both.columns.append(Column(column.name + Self.mark, other.values))
        }
        return both
    }

    /// A table that keeps both languages, told in one.
    public func told(in language: Language) -> ResultTable {
        var one = self
        one.columns.removeAll { $0.name.hasSuffix(Self.mark) }
        guard language == .chinese else { return one }
        for at in one.columns.indices {
            if let values = column(one.columns[at].name + Self.mark) { one.columns[at].values = values }
        }
        return one
    }
}
