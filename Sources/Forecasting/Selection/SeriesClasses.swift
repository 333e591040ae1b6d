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

    /// The mean errors of the series' class, by candidate.
    func pooledScores(_ series: Int, _ trial: Trial) -> [Double] {
        pooled[2 * volume[series] + (trial.isIntermittent ? 1 : 0)]
    }
}
