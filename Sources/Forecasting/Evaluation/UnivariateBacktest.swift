import Foundation
import NumericCore
public import Retail

/// Forecasts the last windows of every series, each from what was known before it, by the combination and by each of
/// the models named, and measures them against what happened.
///
/// Two levels are measured: each series, and the sum of all that share the window.
///
/// - Parameters:
///   - models: measured beside the chosen; the seasonal naive and Naive2 always are.
///   - regressors: columns beside the series, known ahead in each window; the choice uses them, and is measured without
///     them too.
/// - Throws: `ForecastError`, also `tooShort` where no series reaches back far enough.
public func backtest(
    series panel: DemandPanel, _ options: UnivariateOptions, origins: Int, models: [UnivariateModel],
    regressors: RegressorPanel? = nil, threads: Int, progress: (@Sendable (Int) -> Void)? = nil
) async throws(ForecastError) -> BacktestReport {
    try options.check()
    guard origins >= 1 else { throw .origins(origins) }
    var contenders = [Contender.chosen] + models.map(Contender.model) + [.seasonalNaive, .naive2]
    var effects: [RegressorEffects] = []
    if let regressors {
        contenders.insert(.plain, at: 1)
        for age in 0..<origins {
            effects.append(
                try await RegressorEffects(
                    panel.dropping((age + 1) * options.horizon), regressors, horizon: options.horizon,
                    season: options.seasons.first ?? panel.axis.step.defaultSeason, threads: threads))
        }
    }
    let (tested, learnt) = (contenders, effects)
    let blocks = chunks(count: panel.seriesCount, of: 8)
    let tally = ProgressTally(total: panel.seriesCount, passes: 1) { done, _ in progress?(done) }
    let scored = try await concurrentMap(chunks: blocks.count, threads: threads) {
        (k: Int) throws(ForecastError) -> [ScoredWindow] in
        if Task.isCancelled { throw .cancelled }
        defer { tally.add(blocks[k].count) }
        return blocks[k].flatMap { scoredWindows(panel, $0, tested, learnt, options, origins) }
    }.flatMap { $0 }
    guard !scored.isEmpty else {
        throw .tooShort(axis: panel.axis.count, needed: options.horizon + max(2, options.seasons.first ?? 1))
    }
    let names = contenders.map(\.name)
    return BacktestReport(
        horizon: options.horizon, origins: origins, levels: options.levels, names: names,
        scores: [("series", scored), ("total", totals(scored, origins: origins, options))].map { level, windows in
            let scores = names.indices.map { c in windows.map { $0.score(c, options) } }
            return (level: level, scores: scores, naive2: scores[names.count - 1])
        })
}

extension DemandPanel {
    /// The same series without their last cells.
    fileprivate func dropping(_ cells: Int) -> DemandPanel {
        var result = DemandPanel(axis: axis)
        for s in keys.indices {
            result.append(name: names[s], key: keys[s], start: Int(starts[s]), Array(self.cells(s).dropLast(cells)))
        }
        return result
    }
}

private enum Contender: Sendable {
    /// The choice, and the choice without the regressors.
    case chosen, plain
    case model(UnivariateModel), seasonalNaive, naive2

    var name: String {
        switch self {
        case .chosen: "chosen"
        case .plain: "without_regressors"
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

    func score(_ contender: Int, _ options: UnivariateOptions) -> WindowScore {
        let width = options.levels.count
        let known = actual.indices.filter { actual[$0].isFinite }
        return WindowScore(
            known.map { actual[$0] }, means: known.map { means[contender][$0] },
            quantiles: known.flatMap { quantiles[contender][$0 * width..<($0 + 1) * width] }, levels: options.levels,
            WindowScore.Scales(history, season: options.seasons.first ?? 1),
            weight: history.suffix(options.horizon).reduce(0) { $0 + abs($1) })
    }
}

/// - Parameter effects: of the regressors, by windows before the last.
private func scoredWindows(
    _ panel: DemandPanel, _ s: Int, _ contenders: [Contender], _ effects: [RegressorEffects],
    _ options: UnivariateOptions, _ origins: Int
) -> [ScoredWindow] {
    let (cells, name) = (panel.cells(s), panel.names[s])
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
            case .chosen:
                guard !effects.isEmpty else { break }
                let baseline = Array(effects[age].baseline.cells(s).dropFirst(first))
                let made = effects[age].applied(
                    to: forecast(series: baseline, named: name, options), series: s, levels: options.levels)
                window.means.append(made.mean)
                window.quantiles.append(made.quantiles)
                continue
            case .plain: break
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
