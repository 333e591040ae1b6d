import Retail

/// What the backtest of one series found.
struct Trial: Sendable {
    var odd: OddSeries?
    /// Demand per observed open step.
    var rate: Double
    var isIntermittent: Bool
    /// Backtest error by candidate, NaN where not tried; the last is the combination's.
    var scores: [Double]
    /// Observed steps in all windows.
    var scored: Double
}

extension ForecastContext {
    /// Tries every candidate at the past origins of a series.
    func trial(_ series: OpenSeries) -> Trial {
        let windows = windows(series)
        let total = series.values.reduce(0, +)
        let zeros = zip(series.values, series.weights).reduce(0) { $1.1 > 0 && $1.0 == 0 ? $0 + 1 : $0 }
        var trial = Trial(
            odd: OddSeries(series, windows: windows),
            rate: series.observed > 0 ? max(0, total / Double(series.observed)) : 0,
            // Syntetos, Boylan and Croston (2005): intermittent above 1.32 steps from demand to demand.
            isIntermittent: Double(series.observed) > 1.32 * Double(series.observed - zeros),
            scores: [Double](repeating: .nan, count: candidates.count + 1), scored: 0)
        guard trial.odd == nil, let first = windows.first, let last = windows.last else { return trial }
        let known = first.origin - series.first
        let rule = ScoreRule(series, timeline, known: known, squared: trial.isIntermittent)
        let limit = upperLimit(series, known: known)
        let steps = last.offset + last.count
        var forecasts = [[Double]](repeating: [], count: candidates.count)
        for (k, model) in candidates.enumerated() {
            if model.isIntermittent && zeros * 10 < series.observed && candidates.count > 1 { continue }
            forecasts[k] = [Double](repeating: 0, count: steps)
            guard predict(model, series, windows, &forecasts[k]) != nil else { continue }
            trial.scores[k] = rule.score(forecasts[k], series, windows, limit)
        }
        let members = combinationMembers(trial.scores)
        if combines && members.count > 1 {
            var mean = [Double](repeating: 0, count: steps)
            for k in members {
                for i in 0..<steps { mean[i] += limit.applied(to: forecasts[k][i]) / Double(members.count) }
            }
            trial.scores[candidates.count] = rule.score(mean, series, windows, limit)
        }
        for window in windows {
            for step in window.origin..<min(window.end, series.end) {
                trial.scored += series.weights[step - series.first]
            }
        }
        return trial
    }

    /// The candidates a combination is made of: the best by backtest error of the series.
    func combinationMembers(_ scores: [Double]) -> [Int] {
        let tried = candidates.indices.filter { !scores[$0].isNaN }
        return Array(tried.sorted { (scores[$0], $0) < (scores[$1], $1) }.prefix(options.combined))
    }
}
