import Retail

/// Series of like volume and kind, which lend each other what a single backtest is too short to tell.
struct SeriesClasses: Sendable {
    /// The volume class of each series, from the slowest (0) to the fastest.
    let volume: [Int]
    let volumeCount: Int
    /// Mean backtest error by (volume class, intermittent or not) and candidate; NaN where nobody tried it.
    private let pooled: [[Double]]

    init(_ trials: [Trial]) {
        let count = min(8, max(1, trials.count / 50))
        // Classes of equal size by rank, so that the unit of the demand does not matter.
        let order = trials.indices.sorted { (trials[$0].rate, $0) < (trials[$1].rate, $1) }
        var volume = [Int](repeating: 0, count: trials.count)
        for (rank, s) in order.enumerated() { volume[s] = rank * count / max(1, trials.count) }
        let columns = trials.first?.scores.count ?? 0
        var sums = [[Double]](repeating: [Double](repeating: 0, count: columns), count: 2 * count)
        var counts = sums
        for (s, trial) in trials.enumerated() {
            let group = 2 * volume[s] + (trial.isIntermittent ? 1 : 0)
            for (k, score) in trial.scores.enumerated() where !score.isNaN {
                // One freak series must not decide for its class.
                sums[group][k] += min(score, 10)
                counts[group][k] += 1
            }
        }
        for group in sums.indices {
            for k in 0..<columns { sums[group][k] = counts[group][k] > 0 ? sums[group][k] / counts[group][k] : .nan }
        }
        self.volume = volume
        volumeCount = count
        pooled = sums
    }

    func pooledScores(_ series: Int, _ trial: Trial) -> [Double] {
        pooled[2 * volume[series] + (trial.isIntermittent ? 1 : 0)]
    }
}

/// The models a series is forecast with.
struct Selection {
    var model: ForecastModel
    var members: [ForecastModel]
    var note = ""
}

extension ForecastContext {
    /// Scored steps at which a series' own backtest counts as much as its class's.
    private static let ownEvidence = 30.0

    /// Chooses by the backtest error of the series, steadied by the mean error of its class. A model that does no
    /// better in the series' own backtest than seasonal naive and seasonal mean does not replace them.
    func select(_ index: Int, _ trial: Trial, _ classes: SeriesClasses) -> Selection {
        if let odd = trial.odd {
            let model = candidates.contains(odd.model) ? odd.model : odd.fallback(among: candidates)
            return Selection(model: model, members: [model], note: odd.note)
        }
        let pooled = classes.pooledScores(index, trial)
        let own = trial.scored / (trial.scored + ForecastContext.ownEvidence)
        let blended = zip(trial.scores, pooled).map { own * $0 + (1 - own) * $1 }
        let tried = blended.indices.filter { !blended[$0].isNaN }
        let ranked = tried.sorted { (blended[$0], $0) < (blended[$1], $1) }
        let guardScore = tried.filter { model($0).isBenchmark }.map { trial.scores[$0] }.min() ?? .infinity
        let best = ranked.first { model($0).isBenchmark || trial.scores[$0] < guardScore }
        guard let best else {
            let model = OddSeries.tooShort.fallback(among: candidates)
            return Selection(
                model: model, members: [model], note: "no candidate could be fitted: \(model.rawValue) used")
        }
        let members = best == candidates.count ? combinationMembers(trial.scores) : [best]
        return Selection(model: model(best), members: members.map { candidates[$0] })
    }

    /// The model behind a column of scores.
    func model(_ column: Int) -> ForecastModel { column < candidates.count ? candidates[column] : .combination }

    /// The scores of all that was tried, best first.
    func scores(_ trial: Trial) -> [ModelScore] {
        trial.scores.indices.filter { !trial.scores[$0].isNaN }
            .sorted { (trial.scores[$0], $0) < (trial.scores[$1], $1) }
            .map { ModelScore(model: model($0).rawValue, error: trial.scores[$0]) }
    }
}

extension OddSeries {
    /// Plain models in the order of preference, else whatever was asked for.
    func fallback(among candidates: [ForecastModel]) -> ForecastModel {
        let plain: [ForecastModel] = [.windowAverage, .seasonalNaive, .seasonalMean, .smoothing]
        return plain.first(where: candidates.contains) ?? .windowAverage
    }
}
