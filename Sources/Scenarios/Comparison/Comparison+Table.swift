public import Retail

extension Comparison {
    /// One row per figure: the mean of each run, and for each later run the difference to the first, the half-width
    /// of its 95 % interval, and `*` where that interval leaves out zero.
    public var table: ResultTable {
        func number(_ value: Double?) -> Double { value ?? .nan }
        var columns = [
            Column("figure", .text(figures.map(\.key))), Column("unit", .text(figures.map(\.unit))),
        ]
        for run in runs.indices {
            columns.append(Column("run_\(run + 1)", .real(figures.map { number($0.values[run]?.mean) })))
            guard run > 0 else { continue }
            let differences = figures.map { $0.differences[run] }
            columns += [
                Column("difference_\(run + 1)", .real(differences.map { number($0?.mean) })),
                Column("half_width_\(run + 1)", .real(differences.map { number($0?.halfWidth) })),
                Column("significant_\(run + 1)", .text(differences.map { $0?.isSignificant == true ? "*" : "" })),
            ]
        }
        return ResultTable("comparison", columns)
    }
}
