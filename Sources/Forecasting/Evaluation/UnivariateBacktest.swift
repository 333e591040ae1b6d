import Foundation
import NumericCore
public import Retail

/// Forecasts the last windows of every series, each from what was known before it, by the combination and by each of
/// the models named, and measures them against what happened.
///
/// Two levels are measured: each series, and the sum of all that share the window.
///
/// - Parameter models: measured beside the chosen; the seasonal naive and Naive2 always are.
/// - Throws: `ForecastError`, also `tooShort` where no series reaches back far enough.
public func backtest(
    series panel: DemandPanel, _ options: UnivariateOptions, origins: Int, models: [UnivariateModel], threads: Int,
    progress: (@Sendable (Int) -> Void)? = nil
) async throws(ForecastError) -> UnivariateBacktestReport {
    try options.check()
    guard origins >= 1 else { throw .origins(origins) }
    let contenders = [Contender.chosen] + models.map(Contender.model) + [.seasonalNaive, .naive2]
    let blocks = chunks(count: panel.seriesCount, of: 8)
    let tally = ProgressTally(total: panel.seriesCount, passes: 1) { done, _ in progress?(done) }
    let scored = try await concurrentMap(chunks: blocks.count, threads: threads) {
        (k: Int) throws(ForecastError) -> [ScoredWindow] in
        if Task.isCancelled { throw .cancelled }
        defer { tally.add(blocks[k].count) }
        return blocks[k].flatMap { scoredWindows(panel.cells($0), panel.names[$0], contenders, options, origins) }
    }.flatMap { $0 }
    guard !scored.isEmpty else {
        throw .tooShort(axis: panel.axis.count, needed: options.horizon + max(2, options.seasons.first ?? 1))
    }
    var rows: [UnivariateBacktestReport.Row] = []
    for (level, windows) in [("series", scored), ("total", totals(scored, origins: origins, options))] {
        let names = contenders.map(\.name)
        let naive2 = windows.map { ScoreSums($0, contenders.count - 1, options) }
        let naive = windows.map { ScoreSums($0, contenders.count - 2, options) }
        for (c, name) in names.enumerated() {
            let sums = windows.map { ScoreSums($0, c, options) }
            rows.append(row(level, name, sums, naive: naive, naive2: naive2, options))
        }
    }
    return UnivariateBacktestReport(horizon: options.horizon, origins: origins, rows: rows)
}

/// How well each way of forecasting did on the last windows, level by level.
public struct UnivariateBacktestReport: Sendable, Equatable {
    public struct Row: Sendable, Equatable {
        /// `series`, or `total` for the sum over series.
        public var level: String
        public var model: String
        public var windows: Int
        /// Percent, 0 ... 200, as in M4.
        public var sMAPE: Double
        public var mase: Double
        public var rmsse: Double
        /// Mean of sMAPE and MASE over those of Naive2 (Makridakis, Spiliotis and Assimakopoulos 2020).
        public var owa: Double
        /// Mean pinball loss over the levels, scaled as MASE is.
        public var pinball: Double
        /// Pinball loss over the mean absolute change, weighted by the size of the series' last window.
        public var wspl: Double
        /// Share of values between the lowest and the highest level.
        public var coverage: Double
        public var nominalCoverage: Double
        /// Scaled interval score of the same two levels (Gneiting and Raftery 2007).
        public var msis: Double
        /// Forecast less actual, as a share of actual.
        public var bias: Double
        /// Share of the seasonal naive's error taken away: forecast value added.
        public var valueAdded: Double
    }

    public var horizon: Int
    public var origins: Int
    public var rows: [Row]

    public func table(name: String = "backtest") -> ResultTable {
        func column(_ name: String, _ unit: String, _ value: (Row) -> Double) -> Column {
            Column(name, unit: unit, .real(rows.map(value)))
        }
        return ResultTable(
            name,
            [
                Column("level", .text(rows.map(\.level))), Column("model", .text(rows.map(\.model))),
                column("smape", "%", \.sMAPE), column("mase", "ratio", \.mase), column("rmsse", "ratio", \.rmsse),
                column("owa", "ratio", \.owa), column("pinball", "ratio", \.pinball),
                column("wspl", "ratio", \.wspl), column("coverage", "share", \.coverage),
                column("nominal_coverage", "share", \.nominalCoverage), column("msis", "ratio", \.msis),
                column("bias", "share", \.bias), column("value_added", "share", \.valueAdded),
                Column("windows", unit: "windows", .integer(rows.map { Int64($0.windows) })),
            ])
    }
}

private enum Contender: Sendable {
    case chosen, model(UnivariateModel), seasonalNaive, naive2

    var name: String {
        switch self {
        case .chosen: "chosen"
        case .model(let model): model.rawValue
        case .seasonalNaive: "seasonal_naive"
        case .naive2: "naive2"
        }
    }
}

/// One window of one series: what was known, what happened, what each contender said.
private struct ScoredWindow: Sendable {
    var history: [Double]
    var actual: [Double]
    var means: [[Double]]
    var quantiles: [[Double]]
    /// How many windows before the last.
    var age: Int
}

private func scoredWindows(
    _ cells: [Double], _ name: String, _ contenders: [Contender], _ options: UnivariateOptions, _ origins: Int
) -> [ScoredWindow] {
    let first = cells.firstIndex(where: \.isFinite) ?? cells.count
    let values = Array(cells[first...])
    let season = options.seasons.first ?? 1
    var out: [ScoredWindow] = []
    for age in (0..<origins).reversed() {
        let origin = values.count - (age + 1) * options.horizon
        guard origin > max(2, season) else { continue }
        let raw = Array(values.prefix(origin))
        let actual = Array(values[origin..<origin + options.horizon])
        guard actual.contains(where: \.isFinite) else { continue }
        let history = PreparedSeries(raw, seasons: options.seasons)
        let known = history.values.map { $0 * history.unit }
        guard history.observed > 0, known.count > season else { continue }
        var window = ScoredWindow(history: known, actual: actual, means: [], quantiles: [], age: age)
        for contender in contenders {
            var alone = options
            switch contender {
            case .chosen: break
            case .model(let model): alone.model = model
            case .seasonalNaive: (alone.model, alone.seasons) = (.seasonalNaive, season > 1 ? [season] : [])
            case .naive2:
                let made = naive2(known, season: season, horizon: options.horizon)
                window.means.append(made)
                window.quantiles.append(made.flatMap { [Double](repeating: $0, count: options.levels.count) })
                continue
            }
            let made = forecast(series: raw, named: name, alone)
            window.means.append(made.mean)
            window.quantiles.append(made.quantiles)
        }
        out.append(window)
    }
    return out
}

/// The naive forecast of the seasonally adjusted series, as in the M4 competition.
func naive2(_ values: [Double], season: Int, horizon: Int) -> [Double] {
    let adjustment = SeasonalAdjustment(values, season: season)
    let last = adjustment.removed(from: values).last ?? 0
    return adjustment.restored(to: [Double](repeating: last, count: horizon), after: values.count)
}

/// Windows of equal age summed over the series. Quantiles of a sum are not sums of quantiles: means alone are summed,
/// and the spread added as if the series were independent.
private func totals(_ windows: [ScoredWindow], origins: Int, _ options: UnivariateOptions) -> [ScoredWindow] {
    (0..<origins).reversed().compactMap { age in
        let same = windows.filter { $0.age == age && $0.actual.allSatisfy(\.isFinite) }
        guard var sum = same.first, let shortest = same.map(\.history.count).min() else { return nil }
        sum.history = [Double](repeating: 0, count: shortest)
        sum.actual = [Double](repeating: 0, count: options.horizon)
        let width = options.levels.count
        for c in sum.means.indices {
            sum.means[c] = [Double](repeating: 0, count: options.horizon)
            sum.quantiles[c] = [Double](repeating: 0, count: options.horizon * width)
        }
        for window in same {
            for t in 0..<shortest { sum.history[t] += window.history[window.history.count - shortest + t] }
            for h in 0..<options.horizon {
                sum.actual[h] += window.actual[h]
                for c in window.means.indices {
                    sum.means[c][h] += window.means[c][h]
                    for k in 0..<width {
                        let distance = window.quantiles[c][h * width + k] - window.means[c][h]
                        sum.quantiles[c][h * width + k] += distance * abs(distance)
                    }
                }
            }
        }
        for c in sum.means.indices {
            for i in sum.quantiles[c].indices {
                let signed = sum.quantiles[c][i]
                sum.quantiles[c][i] =
                    sum.means[c][i / max(1, width)] + (signed < 0 ? -1 : 1) * abs(signed).squareRoot()
            }
        }
        return sum
    }
}

/// The measures of one contender on one window.
private struct ScoreSums {
    var sMAPE = 0.0
    var (mase, rmsse, pinball, spl, msis) = (0.0, 0.0, 0.0, 0.0, 0.0)
    var (covered, steps, forecast, actual, weight) = (0.0, 0.0, 0.0, 0.0, 0.0)

    init(_ window: ScoredWindow, _ c: Int, _ options: UnivariateOptions) {
        let season = options.seasons.first ?? 1
        let width = options.levels.count
        let known = window.actual.indices.filter { window.actual[$0].isFinite }
        let actuals = known.map { window.actual[$0] }
        let means = known.map { window.means[c][$0] }
        func scale(_ error: Double) -> Double {
            let size = window.history.reduce(0) { $0 + abs($1) } / Double(max(1, window.history.count))
            return error > 1e-12 * size ? error : size > 0 ? size : 1
        }
        let absolute = scale(Accuracy.naiveError(window.history, season: season))
        let squared = scale(Accuracy.naiveSquaredError(window.history, season: season))
        let change = scale(Accuracy.naiveError(window.history, season: 1))
        sMAPE = Accuracy.symmetricPercentageError(actuals, means)
        mase = Accuracy.absoluteError(actuals, means) / absolute
        rmsse = Accuracy.rootSquaredError(actuals, means) / squared
        steps = Double(known.count)
        forecast = means.reduce(0, +)
        actual = actuals.reduce(0, +)
        weight = window.history.suffix(options.horizon).reduce(0) { $0 + abs($1) }
        guard let low = options.levels.first, let high = options.levels.last else { return }
        var (loss, interval) = (0.0, 0.0)
        for h in known {
            let value = window.actual[h]
            for (k, level) in options.levels.enumerated() {
                let quantile = window.quantiles[c][h * width + k]
                loss += Accuracy.pinball(value, quantile, level: level) / Double(width)
            }
            let (bottom, top) = (window.quantiles[c][h * width], window.quantiles[c][h * width + width - 1])
            if value >= bottom, value <= top { covered += 1 }
            let share = 1 - (high - low)
            interval +=
                top - bottom + (share > 0 ? 2 / share * (max(0, bottom - value) + max(0, value - top)) : 0)
        }
        pinball = loss / steps / absolute
        spl = loss / steps / change
        msis = interval / steps / absolute
    }
}

private func row(
    _ level: String, _ name: String, _ sums: [ScoreSums], naive: [ScoreSums], naive2: [ScoreSums],
    _ options: UnivariateOptions
) -> UnivariateBacktestReport.Row {
    func mean(_ sums: [ScoreSums], _ value: (ScoreSums) -> Double) -> Double {
        sums.reduce(0) { $0 + value($1) } / Double(max(1, sums.count))
    }
    func total(_ value: (ScoreSums) -> Double) -> Double { sums.reduce(0) { $0 + value($1) } }
    func ratio(_ a: Double, _ b: Double) -> Double { b != 0 ? a / b : 0 }
    let (sMAPE, mase) = (mean(sums, \.sMAPE), mean(sums, \.mase))
    return UnivariateBacktestReport.Row(
        level: level, model: name, windows: sums.count, sMAPE: sMAPE, mase: mase, rmsse: mean(sums, \.rmsse),
        owa: 0.5 * (ratio(sMAPE, mean(naive2, \.sMAPE)) + ratio(mase, mean(naive2, \.mase))),
        pinball: mean(sums, \.pinball), wspl: ratio(total { $0.spl * $0.weight }, total(\.weight)),
        coverage: ratio(total(\.covered), total(\.steps)),
        nominalCoverage: (options.levels.last ?? 0) - (options.levels.first ?? 0), msis: mean(sums, \.msis),
        bias: ratio(total(\.forecast) - total(\.actual), abs(total(\.actual))),
        valueAdded: 1 - ratio(mase, mean(naive, \.mase)))
}
