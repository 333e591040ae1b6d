import Foundation

/// Series of like volume and kind, which lend each other what a single backtest is too short to tell.
struct SeriesClasses: Sendable {
    /// The volume class of each series, from the slowest (0) to the fastest.
    let volume: [Int]
    let volumeCount: Int
    /// By series: its volume class, apart for intermittent ones.
    private let group: [Int]
    private var groupCount: Int { 2 * volumeCount }

    /// Series of a group that try every candidate, so that the others need not try what has no chance there.
    private static let pioneers = 40
    /// A candidate has a chance where its error is less than this many times the least of its group: beyond, its weight
    /// would be less than a fifth of the best one's.
    private static let reach = 1.22

    init(_ outlines: [SeriesOutline]) {
        let count = min(8, max(1, outlines.count / 50))
        // Classes of equal size by rank, so that the unit of the demand does not matter.
        let order = outlines.indices.sorted { (outlines[$0].rate, $0) < (outlines[$1].rate, $1) }
        var volume = [Int](repeating: 0, count: outlines.count)
        for (rank, s) in order.enumerated() { volume[s] = rank * count / max(1, outlines.count) }
        group = outlines.indices.map { 2 * volume[$0] + (outlines[$0].isIntermittent ? 1 : 0) }
        self.volume = volume
        volumeCount = count
    }

    /// Whether each series tries every candidate: all of small groups, evenly chosen ones of large ones.
    func arePioneers() -> [Bool] {
        var sizes = [Int](repeating: 0, count: groupCount)
        for g in group { sizes[g] += 1 }
        var seen = [Int](repeating: 0, count: groupCount)
        return group.map { g in
            let step = max(1, sizes[g] / Self.pioneers)
            seen[g] += 1
            return step == 1 || seen[g] % step == 1
        }
    }

    /// By series: which candidates have a chance, as far as the trials made tell.
    func contenders(_ trials: [Trial?]) -> [[Bool]] {
        let pooled = pooledScores(trials)
        let groups = (0..<groupCount).map { g -> [Bool] in
            let best = pooled[g].filter { !$0.isNaN }.min() ?? .nan
            return pooled[g].map { !($0 > Self.reach * best) }
        }
        return group.map { groups[$0] }
    }

    /// The mean errors of each series' class, by candidate; NaN where nobody tried it.
    func scores(_ trials: [Trial]) -> [[Double]] {
        let pooled = pooledScores(trials)
        return group.map { pooled[$0] }
    }

    private func pooledScores(_ trials: [Trial?]) -> [[Double]] {
        let columns = trials.lazy.compactMap { $0?.scores.count }.first ?? 0
        var sums = [[Double]](repeating: [Double](repeating: 0, count: columns), count: groupCount)
        var counts = sums
        for (s, trial) in trials.enumerated() {
            for (k, score) in (trial?.scores ?? []).enumerated() where !score.isNaN {
                // One freak series must not decide for its class.
                sums[group[s]][k] += min(score, 10)
                counts[group[s]][k] += 1
            }
        }
        for g in sums.indices {
            for k in 0..<columns { sums[g][k] = counts[g][k] > 0 ? sums[g][k] / counts[g][k] : .nan }
        }
        return sums
    }
}
