import Retail

// Tables taken apart for display: rows picked and ordered, columns read as numbers or text.

extension ColumnValues {
    func picking(_ rows: [Int]) -> ColumnValues {
        switch self {
        case .integer(let values): .integer(rows.map { values[$0] })
        case .real(let values): .real(rows.map { values[$0] })
        case .text(let values): .text(rows.map { values[$0] })
        }
    }
}

extension ResultTable {
    func picking(_ rows: [Int]) -> ResultTable {
        ResultTable(name, columns.map { Column($0.name, unit: $0.unit, $0.values.picking(rows)) })
    }

    /// A column as reals; nil when it is missing or text.
    func numbers(_ name: String) -> [Double]? {
        switch column(name) {
        case .integer(let values)?: values.map(Double.init)
        case .real(let values)?: values
        default: nil
        }
    }

    func texts(_ name: String) -> [String]? {
        if case .text(let values)? = column(name) { values } else { nil }
    }

    func unit(_ name: String) -> String { columns.first { $0.name == name }?.unit ?? "" }

    /// Row numbers by descending `values`; ties keep their order, what is not a number comes last.
    static func descending(_ values: [Double]) -> [Int] {
        values.indices.sorted { a, b in
            let x = values[a].isNaN ? -Double.infinity : values[a]
            let y = values[b].isNaN ? -Double.infinity : values[b]
            return x != y ? x > y : a < b
        }
    }
}
