public import Retail

/// How well each model, and the choice among them, forecast the last windows of a panel.
public struct BacktestReport: Sendable, Equatable {
    /// One model's measures over all series of a level, origins and observed open steps.
    public struct Row: Sendable, Equatable {
        /// `series`, or the attributes of a level of totals.
        public var level: String
        /// Name of the model; `chosen` for the choice series by series.
        public var model: String
        /// Symmetric mean absolute percentage error, 0 ... 200.
        public var sMAPE: Double
        /// Mean absolute scaled error: 1 is the seasonal naive inside the history.
        public var mase: Double
        /// Root mean squared scaled error.
        public var rmsse: Double
        /// Pinball loss over all levels, scaled as MASE is; 0 without levels.
        public var pinball: Double
        /// The share of steps between the lowest and the highest quantile.
        public var coverage: Double
        /// Forecast less actual units, as a share of the actual units.
        public var bias: Double
        /// Series times origins that were measured.
        public var windows: Int
    }

    public var horizon: Int
    public var origins: Int
    /// What `coverage` should be: the distance between the lowest and the highest level.
    public var nominalCoverage: Double
    /// Level by level, the series first; within each `chosen`, then the models in the order they were given.
    public var rows: [Row]

    public func row(_ model: String, level: String = "series") -> Row? {
        rows.first { $0.model == model && $0.level == level }
    }

    /// The part of the seasonal naive's MASE that a row takes away: forecast value added. NaN where that was not
    /// measured.
    public func valueAdded(_ row: Row) -> Double {
        guard let naive = self.row("seasonal_naive", level: row.level), naive.mase > 0 else { return .nan }
        return 1 - row.mase / naive.mase
    }

    /// The rows as a result table.
    public func table(name: String = "backtest") -> ResultTable {
        func column(_ name: String, unit: String, _ value: (Row) -> Double) -> Column {
            Column(name, unit: unit, .real(rows.map(value)))
        }
        return ResultTable(
            name,
            [
                Column("level", .text(rows.map(\.level))), Column("model", .text(rows.map(\.model))),
                column("smape", unit: "%", \.sMAPE), column("mase", unit: "ratio", \.mase),
                column("rmsse", unit: "ratio", \.rmsse), column("pinball", unit: "ratio", \.pinball),
                column("coverage", unit: "share", \.coverage),
                column("nominal_coverage", unit: "share") { _ in nominalCoverage },
                column("bias", unit: "share", \.bias), column("value_added", unit: "share") { valueAdded($0) },
                Column("windows", unit: "windows", .integer(rows.map { Int64($0.windows) })),
            ])
    }
}
