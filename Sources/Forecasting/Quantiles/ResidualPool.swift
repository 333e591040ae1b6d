import Foundation
import NumericCore

/// Quantiles of scaled backtest errors by volume class and stretch of the horizon.
struct ResidualPool: Sendable {
    /// Scored steps at which a series' own scale, and its own shape, count as much as its class's.
    private static let scaleEvidence = 5.0
    private static let shapeEvidence = 60.0

    let levels: [Double]
    let horizon: Int
    private let buckets: Int
    /// Mean absolute scaled error by volume class.
    private let sizes: [Double]
    /// Class x bucket x level: quantiles of errors over their series' mean absolute error.
    private let shapes: [[Double]]

    init(_ residuals: [Residuals?], classes: SeriesClasses, levels: [Double], horizon: Int) {
        self.levels = levels
        self.horizon = horizon
        let buckets = min(3, horizon)
        self.buckets = buckets
        var sums = [Double](repeating: 0, count: classes.volumeCount)
        var counts = sums
        for (s, entry) in residuals.enumerated() {
            guard let entry, !entry.scaled.isEmpty else { continue }
            sums[classes.volume[s]] += entry.meanSize
            counts[classes.volume[s]] += 1
        }
        // Without any backtest at all: a Poisson variable's errors over the root of its mean have variance one.
        let poisson = (2 / Double.pi).squareRoot()
        let overall = counts.reduce(0, +)
        let everywhere = overall > 0 ? sums.reduce(0, +) / overall : poisson
        sizes = zip(sums, counts).map { $1 > 0 ? $0 / $1 : everywhere }
        var pools = [[Double]](repeating: [], count: classes.volumeCount * buckets)
        for (s, entry) in residuals.enumerated() {
            guard let entry else { continue }
            let size = ResidualPool.size(entry, sizes[classes.volume[s]])
            guard size > 0 else { continue }
            for (error, step) in zip(entry.scaled, entry.steps) {
                pools[classes.volume[s] * buckets + step * buckets / horizon].append(error / size)
            }
        }
        let all = pools.joined().sorted()
        shapes = pools.map { pool in
            // A thin pool says less about its tails than all series together.
            let sample = pool.count >= 40 ? pool.sorted() : all
            return levels.map { level in
                sample.isEmpty ? Normal.quantile(level) / poisson : sampleQuantile(sample, level)
            }
        }
    }

    private static func size(_ residuals: Residuals, _ classSize: Double) -> Double {
        let n = Double(residuals.scaled.count)
        return (n * residuals.meanSize + scaleEvidence * classSize) / (n + scaleEvidence)
    }

    /// Quantiles around the means of one series, step by step: non-negative and non-decreasing along the levels.
    func quantiles(_ residuals: Residuals, volume: Int, means: [Double], into out: inout [Double]) {
        let size = ResidualPool.size(residuals, sizes[volume])
        let own = residuals.scaled.map { size > 0 ? $0 / size : 0 }.sorted()
        let trust = Double(own.count) / (Double(own.count) + ResidualPool.shapeEvidence)
        let ownShape = levels.map { own.isEmpty ? 0 : sampleQuantile(own, $0) }
        for (step, mean) in means.enumerated() {
            let shape = shapes[volume * buckets + step * buckets / horizon]
            let unit = residuals.divisor(mean) * size
            var least = 0.0
            for k in levels.indices {
                // Of what sold nothing on most days, the median is no fraction of a piece but nothing.
                guard levels[k] >= residuals.zeroShare else {
                    out.append(0)
                    continue
                }
                least = max(least, mean + unit * (trust * ownShape[k] + (1 - trust) * shape[k]))
                out.append(least)
            }
        }
    }
}

/// The quantile of a sorted sample by linear interpolation between order statistics (Hyndman and Fan 1996, type 7).
func sampleQuantile(_ sorted: [Double], _ level: Double) -> Double {
    let place = level * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
}
