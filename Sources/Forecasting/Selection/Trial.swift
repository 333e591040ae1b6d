import Retail

/// What the backtest of one series found.
struct Trial: Sendable {
    var odd: OddSeries?
    /// Demand per observed open step.
    var rate: Double
    var isIntermittent: Bool
    /// Backtest error by candidate, NaN where not tried.
    var scores: [Double]
    /// What each candidate said at the windows, empty where not tried.
    var forecasts: [[Float]]
    /// The fit of each candidate before the first window, nil where there is none to keep.
    var fits: [SeriesFit?]
    /// Observed steps in all windows.
    var scored: Double
}

extension ForecastContext {
    /// Tries every candidate at the past origins of a series.
    func trial(_ series: OpenSeries, _ workspace: LaneWorkspace) -> Trial {
        let windows = windows(series)
        let total = series.values.reduce(0, +)
        let zeros = zip(series.values, series.weights).reduce(0) { $1.1 > 0 && $1.0 == 0 ? $0 + 1 : $0 }
        var trial = Trial(
            odd: OddSeries(series, windows: windows),
            rate: series.observed > 0 ? max(0, total / Double(series.observed)) : 0,
            // Syntetos, Boylan and Croston (2005): intermittent above 1.32 steps from demand to demand.
            isIntermittent: Double(series.observed) > 1.32 * Double(series.observed - zeros),
            scores: [Double](repeating: .nan, count: candidates.count),
            forecasts: [[Float]](repeating: [], count: candidates.count),
            fits: [SeriesFit?](repeating: nil, count: candidates.count), scored: 0)
        guard trial.odd == nil, let first = windows.first, let last = windows.last else { return trial }
        let rule = scoreRule(series, trial, windows)
        let limit = upperLimit(series, known: first.origin - series.first)
        var forecasts = [Double](repeating: 0, count: last.offset + last.count)
        let suited = suited(series)
        let known = prepared(series, windows)
        for (k, model) in candidates.enumerated() where suited.contains(model) {
            var fit: SeriesFit?
            let made = predict(model, series, windows, known: known, fit: &fit, &forecasts, workspace)
            guard made != nil else { continue }
            trial.fits[k] = fit
            trial.scores[k] = rule.score(forecasts, series, windows, limit)
            trial.forecasts[k] = forecasts.map { Float(limit.applied(to: $0)) }
        }
        for window in windows {
            for step in window.origin..<min(window.end, series.end) {
                trial.scored += series.weights[step - series.first]
            }
        }
        return trial
    }

    /// The candidates that are tried on a series.
    private func suited(_ series: OpenSeries) -> Set<ForecastModel> {
        guard isFree else { return Set(candidates) }
        let values = series.gridded(grid, timeline, before: series.endCell)
        let pool = PreparedSeries(values, seasons: grid.seasons).candidates(seasons: grid.seasons)
        let suited = Set(pool.map { ForecastModel.series($0) } + [.ridge, .global])
        return suited.isDisjoint(with: candidates) ? Set(candidates) : suited
    }

    /// The measure that a series' candidates are compared in.
    func scoreRule(_ series: OpenSeries, _ trial: Trial, _ windows: [ForecastWindow]) -> ScoreRule {
        let known = (windows.first?.origin ?? series.first) - series.first
        return ScoreRule(series, timeline, known: known, squared: trial.isIntermittent)
    }
}
