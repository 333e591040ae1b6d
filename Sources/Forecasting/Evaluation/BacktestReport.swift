public import Retail

/// How well each way of forecasting did on the last windows, level by level and over all levels.
public struct BacktestReport: Sendable, Equatable {
    /// One model's measures over all series of a level, origins and observed steps.
    public struct Row: Sendable, Equatable {
        /// `series`, `total`, the attributes of a level of totals, or `all` for the mean over the levels.
        public var level: String
        /// Name of the model; `chosen` for the choice series by series.
        public var model: String
        /// Symmetric mean absolute percentage error, 0 ... 200, as in M4.
        public var sMAPE = 0.0
        /// Mean absolute scaled error: 1 is the seasonal naive inside the history.
        public var mase = 0.0
        /// Root mean squared scaled error.
        public var rmsse = 0.0
        /// Mean of sMAPE and MASE over those of Naive2 (Makridakis, Spiliotis and Assimakopoulos 2020).
        public var owa = 0.0
        /// RMSSE on the scale of changes from step to step, weighted by what was sold of late, as in M5.
        public var wrmsse = 0.0
        /// Mean pinball loss over the quantile levels, scaled as MASE is; 0 without levels.
        public var pinball = 0.0
        /// Pinball loss over the mean absolute change from step to step, weighted as WRMSSE is.
        public var wspl = 0.0
        /// The share of values between the lowest and the highest quantile.
        public var coverage = 0.0
        /// Scaled interval score of the same two (Gneiting and Raftery 2007).
        public var msis = 0.0
        /// Forecast less actual units, as a share of the actual units.
        public var bias = 0.0
        /// Share of the seasonal naive's MASE taken away: forecast value added; NaN where that was not measured.
        public var valueAdded = Double.nan
        /// Series times origins that were measured.
        public var windows = 0
    }

    public var horizon: Int
    public var origins: Int
    /// What `coverage` should be: the distance between the lowest and the highest level.
    public var nominalCoverage: Double
    /// Level by level, the series first and `all` last; within each `chosen`, then the models in the order they were
    /// given.
    public var rows: [Row]

    /// - Parameters:
    ///   - scores: by level and way of forecasting, the first `chosen`.
    ///   - naive2: by level, of the same windows.
    init(
        horizon: Int, origins: Int, levels: [Double], names: [String],
        scores: [(level: String, scores: [[WindowScore]], naive2: [WindowScore])]
    ) {
        self.horizon = horizon
        self.origins = origins
        nominalCoverage = (levels.last ?? 0) - (levels.first ?? 0)
        rows = []
        let naive = names.firstIndex(of: UnivariateModel.seasonalNaive.rawValue)
        for (level, runs, naive2) in scores {
            rows += zip(names, runs).map { name, own in
                Row(level: level, model: name, own, naive: naive.map { runs[$0] }, naive2: naive2)
            }
        }
        let measured = rows
        rows += names.map { name in Row(over: measured.filter { $0.model == name }, name) }
    }

    public func row(_ model: String, level: String = "series") -> Row? {
        rows.first { $0.model == model && $0.level == level }
    }

    /// The rows as a result table.
    public func table(name: String = "backtest") -> ResultTable {
        func column(_ name: String, _ unit: String, _ value: (Row) -> Double) -> Column {
            Column(name, unit: unit, .real(rows.map(value)))
        }
        return ResultTable(
            name,
            [
                Column("level", .text(rows.map(\.level))), Column("model", .text(rows.map(\.model))),
                column("smape", "%", \.sMAPE), column("mase", "ratio", \.mase), column("rmsse", "ratio", \.rmsse),
                column("owa", "ratio", \.owa), column("wrmsse", "ratio", \.wrmsse),
                column("pinball", "ratio", \.pinball), column("wspl", "ratio", \.wspl),
                column("coverage", "share", \.coverage), column("nominal_coverage", "share") { _ in nominalCoverage },
                column("msis", "ratio", \.msis), column("bias", "share", \.bias),
                column("value_added", "share", \.valueAdded),
                Column("windows", unit: "windows", .integer(rows.map { Int64($0.windows) })),
            ])
    }
}

extension BacktestReport.Row {
    /// Means over the windows; weighted measures by the windows' weights, shares over all their steps.
    fileprivate init(
        level: String, model: String, _ own: [WindowScore], naive: [WindowScore]?, naive2: [WindowScore]
    ) {
        func mean(_ scores: [WindowScore], _ value: (WindowScore) -> Double) -> Double {
            scores.reduce(0) { $0 + value($1) } / Double(max(1, scores.count))
        }
        func total(_ value: (WindowScore) -> Double) -> Double { own.reduce(0) { $0 + value($1) } }
        func ratio(_ a: Double, _ b: Double) -> Double { b != 0 ? a / b : 0 }
        self.init(level: level, model: model)
        (sMAPE, mase, rmsse) = (mean(own, \.sMAPE), mean(own, \.mase), mean(own, \.rmsse))
        owa = 0.5 * (ratio(sMAPE, mean(naive2, \.sMAPE)) + ratio(mase, mean(naive2, \.mase)))
        wrmsse = ratio(total { $0.stepRMSSE * $0.weight }, total(\.weight))
        pinball = mean(own, \.pinball)
        wspl = ratio(total { $0.stepPinball * $0.weight }, total(\.weight))
        coverage = ratio(total(\.covered), total(\.steps))
        msis = mean(own, \.msis)
        bias = ratio(total(\.forecast) - total(\.actual), abs(total(\.actual)))
        if let naive { valueAdded = 1 - ratio(mase, mean(naive, \.mase)) }
        windows = own.count
    }

    /// The plain mean over the levels.
    fileprivate init(over rows: [Self], _ model: String) {
        self.init(level: "all", model: model)
        func mean(_ value: (Self) -> Double) -> Double {
            rows.reduce(0) { $0 + value($1) } / Double(max(1, rows.count))
        }
        (sMAPE, mase, rmsse, owa, wrmsse) = (mean(\.sMAPE), mean(\.mase), mean(\.rmsse), mean(\.owa), mean(\.wrmsse))
        (pinball, wspl, coverage, msis, bias) = (
            mean(\.pinball), mean(\.wspl), mean(\.coverage), mean(\.msis), mean(\.bias)
        )
        valueAdded = mean(\.valueAdded)
        windows = rows.reduce(0) { $0 + $1.windows }
    }
}
