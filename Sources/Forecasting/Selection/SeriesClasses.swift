/// Series of like volume and kind, which lend each other what a single backtest is too short to tell.
struct SeriesClasses: Sendable {
    /// The volume class of each series, from the slowest (0) to the fastest.
    let volume: [Int]
    let volumeCount: Int
    /// By series: its volume class, apart for intermittent ones.
    private let group: [Int]

    init(_ trials: [Trial]) {
        let count = min(8, max(1, trials.count / 50))
        // Classes of equal size by rank, so that the unit of the demand does not matter.
        let order = trials.indices.sorted { (trials[$0].rate, $0) < (trials[$1].rate, $1) }
        var volume = [Int](repeating: 0, count: trials.count)
        for (rank, s) in order.enumerated() { volume[s] = rank * count / max(1, trials.count) }
        group = trials.indices.map { 2 * volume[$0] + (trials[$0].isIntermittent ? 1 : 0) }
        self.volume = volume
        volumeCount = count
    }

    /// The mean errors of each series' class, by candidate; NaN where nobody tried it.
    func scores(_ trials: [Trial]) -> [[Double]] {
        let columns = trials.first?.scores.count ?? 0
        var sums = [[Double]](repeating: [Double](repeating: 0, count: columns), count: 2 * volumeCount)
        var counts = sums
        for (s, trial) in trials.enumerated() {
            for (k, score) in trial.scores.enumerated() where !score.isNaN {
                // One freak series must not decide for its class.
                sums[group[s]][k] += min(score, 10)
                counts[group[s]][k] += 1
            }
        }
        for g in sums.indices {
            for k in 0..<columns { sums[g][k] = counts[g][k] > 0 ? sums[g][k] / counts[g][k] : .nan }
        }
        return group.map { sums[$0] }
    }
}
