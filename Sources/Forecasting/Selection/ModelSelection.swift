import Foundation
import Retail

/// The models one series is forecast with, and how they did at its past origins.
struct Selection: Sendable {
    typealias Member = (model: ForecastModel, weight: Double)

    var model: ForecastModel
    /// With weights that add up to one, heaviest first.
    var members: [Member]
    var note = ""
    /// All that was tried, best first.
    var scores: [ModelScore] = []
    /// What the members said at the backtest windows; empty where there were none.
    var forecasts: [Double] = []

    init(_ model: ForecastModel, note: String = "") {
        self.model = model
        members = [(model, 1)]
        self.note = note
    }
}

extension ForecastContext {
    /// Scored steps at which a series' own backtest counts as much as its class's.
    private static let ownEvidence = 100.0
    /// Weights fall with this power of the steadied error: errors of good models differ little once they lean on the class.
    private static let steepness = 8.0
    /// Members lighter than this are not fitted again.
    private static let leastWeight = 0.02

    /// Weights the models by their backtest errors on the series, steadied by the mean errors of its class, since a dozen
    /// models over a few windows differ mostly by luck.
    ///
    /// Seasonal naive and seasonal mean stay where they did better in the series' own backtest by more than its noise:
    /// one part in the root of the scored steps, and one miss of the size the seasonal naive is used to.
    func select(_ series: OpenSeries, _ trial: Trial, pooled: [Double]) -> Selection {
        if let odd = trial.odd {
            return Selection(candidates.contains(odd.model) ? odd.model : plainest, note: odd.note)
        }
        let own = trial.scored / (trial.scored + ForecastContext.ownEvidence)
        let blended = candidates.indices.map { own * trial.scores[$0] + (1 - own) * pooled[$0] }
        let ranked = candidates.indices.filter { !blended[$0].isNaN }.sorted { (blended[$0], $0) < (blended[$1], $1) }
        let benchmark = ranked.filter { candidates[$0].isBenchmark }.map { trial.scores[$0] }.min() ?? .infinity
        let root = trial.scored.squareRoot()
        let toBeat = benchmark * (1 + 1 / root) + 1 / (trial.isIntermittent ? root : trial.scored)
        guard let best = ranked.first(where: { trial.scores[$0] <= toBeat }) else {
            return Selection(plainest, note: "no candidate could be fitted: \(plainest.rawValue) used")
        }
        var selection = Selection(candidates[best])
        selection.scores = ranked.map { ModelScore(model: candidates[$0].rawValue, error: trial.scores[$0]) }
        selection.forecasts = trial.forecasts[best].map(Double.init)
        let windows = windows(series)
        if combines, ranked.count > 1, let first = windows.first {
            let weights = weights(ranked.map { blended[$0] })
            var mean = [Double](repeating: 0, count: trial.forecasts[best].count)
            for (place, weight) in zip(ranked, weights) {
                for k in mean.indices { mean[k] += weight * Double(trial.forecasts[place][k]) }
            }
            let limit = upperLimit(series, known: first.origin - series.first)
            let error = scoreRule(series, trial, windows).score(mean, series, windows, limit)
            selection.scores.append(ModelScore(model: ForecastModel.combination.rawValue, error: error))
            if onlyCombines || error <= toBeat {
                selection.model = .combination
                selection.members = zip(ranked, weights).filter { $0.1 > 0 }.map { (candidates[$0], $1) }
                selection.forecasts = mean
            }
        }
        selection.scores = bestFirst(selection.scores)
        return selection
    }

    private func weights(_ errors: [Double]) -> [Double] {
        guard let least = errors.min() else { return [] }
        func scaled(_ raw: [Double]) -> [Double] {
            let total = raw.reduce(0, +)
            return raw.map { $0 / total }
        }
        let all = scaled(errors.map { $0 > 0 ? pow(least / $0, ForecastContext.steepness) : 1 })
        return scaled(all.map { $0 < ForecastContext.leastWeight ? 0 : $0 })
    }

    /// Equal errors stay in the order they came in.
    private func bestFirst(_ scores: [ModelScore]) -> [ModelScore] {
        scores.enumerated().sorted { ($0.element.error, $0.offset) < ($1.element.error, $1.offset) }.map(\.element)
    }

    /// The plainest of the candidates, for series that cannot be tried.
    var plainest: ForecastModel {
        let plain: [ForecastModel] = [
            .series(.windowAverage), .series(.seasonalNaive), .series(.seasonalMean), .series(.ets),
        ]
        return plain.first(where: candidates.contains) ?? .series(.windowAverage)
    }
}
