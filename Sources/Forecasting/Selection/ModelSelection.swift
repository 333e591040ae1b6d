import Retail

/// The models one series is forecast with, and how they did at its past origins.
struct Selection: Sendable {
    var model: ForecastModel
    var members: [ForecastModel]
    var note = ""
    /// All that was tried, best first.
    var scores: [ModelScore] = []
    /// What the members said at the backtest windows; empty where there were none.
    var forecasts: [Double] = []
}

extension ForecastContext {
    /// Scored steps at which a series' own backtest counts as much as its class's.
    private static let ownEvidence = 100.0
    /// How much worse than the best single model the combination may have done and still be preferred: it errs less
    /// on what is not yet known.
    private static let combinationTolerance = 1.02

    /// Chooses by the backtest error of the series, steadied by the mean error of its class, since the best of a dozen
    /// models over a few windows is mostly luck. The mean of the best models goes before the best one unless that did
    /// clearly better.
    ///
    /// Seasonal naive and seasonal mean stay where nothing has a lower error than they. They also stay where they did
    /// better in the series' own backtest by more than its noise: one part in the root of the scored steps, and one
    /// miss of the size the seasonal naive is used to.
    func select(_ series: OpenSeries, _ trial: Trial, pooled: [Double]) -> Selection {
        if let odd = trial.odd {
            let model = candidates.contains(odd.model) ? odd.model : plainest
            return Selection(model: model, members: [model], note: odd.note)
        }
        let own = trial.scored / (trial.scored + ForecastContext.ownEvidence)
        let blended = candidates.indices.map { own * trial.scores[$0] + (1 - own) * pooled[$0] }
        let ranked = candidates.indices.filter { !blended[$0].isNaN }.sorted { (blended[$0], $0) < (blended[$1], $1) }
        let benchmark = ranked.filter { candidates[$0].isBenchmark }.map { trial.scores[$0] }.min() ?? .infinity
        let root = trial.scored.squareRoot()
        let toBeat = benchmark * (1 + 1 / root) + 1 / (trial.isIntermittent ? root : trial.scored)
        guard let best = ranked.first(where: { trial.scores[$0] <= toBeat }) else {
            return Selection(
                model: plainest, members: [plainest], note: "no candidate could be fitted: \(plainest.rawValue) used")
        }
        var selection = Selection(model: candidates[best], members: [candidates[best]])
        selection.scores = ranked.map { ModelScore(model: candidates[$0].rawValue, error: trial.scores[$0]) }
        let windows = windows(series)
        if combines && ranked.count > 1,
            let (mean, error) = combined(Array(ranked.prefix(options.combined)), series, trial, windows)
        {
            selection.scores.append(ModelScore(model: ForecastModel.combination.rawValue, error: error))
            // What the class would say of the combination is not known; of its best member it is.
            let blendedError = own * error + (1 - own) * pooled[ranked[0]]
            let preferred = blendedError <= ForecastContext.combinationTolerance * blended[best]
            if onlyCombines || (error <= toBeat && preferred) {
                selection.model = .combination
                selection.members = ranked.prefix(options.combined).map { candidates[$0] }
                selection.forecasts = mean
            }
        }
        if selection.model != .combination {
            var forecasts = [Double](repeating: 0, count: windows.last.map { $0.offset + $0.count } ?? 0)
            let parts = predictMean(of: selection.members, series, windows, &forecasts)
            selection.forecasts = parts == nil ? [] : forecasts
        }
        selection.scores = bestFirst(selection.scores)
        return selection
    }

    /// The mean of some candidates at the backtest windows, and its error; nil where none can be fitted.
    private func combined(
        _ members: [Int], _ series: OpenSeries, _ trial: Trial, _ windows: [ForecastWindow]
    ) -> (mean: [Double], error: Double)? {
        guard let first = windows.first, let last = windows.last else { return nil }
        var mean = [Double](repeating: 0, count: last.offset + last.count)
        guard predictMean(of: members.map { candidates[$0] }, series, windows, &mean) != nil else { return nil }
        let limit = upperLimit(series, known: first.origin - series.first)
        return (mean, scoreRule(series, trial, windows).score(mean, series, windows, limit))
    }

    /// Equal errors stay in the order they came in.
    private func bestFirst(_ scores: [ModelScore]) -> [ModelScore] {
        scores.enumerated().sorted { ($0.element.error, $0.offset) < ($1.element.error, $1.offset) }.map(\.element)
    }

    /// The plainest of the candidates, for series that cannot be tried.
    var plainest: ForecastModel {
        let plain: [ForecastModel] = [.windowAverage, .seasonalNaive, .seasonalMean, .smoothing]
        return plain.first(where: candidates.contains) ?? .windowAverage
    }
}
