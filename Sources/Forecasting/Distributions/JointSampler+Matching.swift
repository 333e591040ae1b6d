import Foundation
import NumericCore
import Retail

extension JointSampler {
    /// Samples that a gain is judged by.
    private static let trials = 60

    /// The sampler with what series share taken so many times that totals are as uncertain as their own forecasts were at
    /// past origins.
    ///
    /// The correlation of counts that are mostly zero is far smaller than that of the normal variables behind them, so that
    /// correlations of past errors alone make sums too sure. A level counts by the sums over its nodes, levels count
    /// alike; those with nearly as many nodes as series say nothing about what is shared.
    ///
    /// - Parameter variances: of each total over the whole horizon, level by level; NaN where unknown.
    func matching(
        _ variances: [Double], of hierarchy: Hierarchy, seed: UInt64, threads: Int
    ) async -> JointSampler {
        let levels = (0..<hierarchy.levels.count - 1).filter {
            $0 == 0 || 8 * hierarchy.levels[$0].groups.count <= hierarchy.series
        }
        guard !levels.isEmpty, largestGain > 1 else { return self }
        /// How much wider totals should be, as a logarithm.
        func lack(_ gain: Double) async -> Double {
            var tried = self
            tried.gain = gain
            let draws = await tried.totals(
                of: hierarchy, samples: JointSampler.trials, seed: seed ^ 0x5EED, threads: threads)
            let found = levels.compactMap { level -> Double? in
                var (wanted, made) = (0.0, 0.0)
                for node in hierarchy.offsets[level]..<hierarchy.offsets[level + 1] where variances[node].isFinite {
                    wanted += variances[node]
                    for h in 0..<forecast.horizon { made += draws.variance(node * forecast.horizon + h) }
                }
                return wanted > 0 && made > 0 ? log(wanted / made) : nil
            }
            return found.isEmpty ? 0 : found.reduce(0, +) / Double(found.count)
        }
        var (low, high) = (0.0, log(largestGain))
        var (lowLack, highLack) = (await lack(1), 0.0)
        guard lowLack > 0 else { return self }
        highLack = await lack(largestGain)
        var result = self
        result.gain = largestGain
        guard highLack < 0 else { return result }
        // Variances of large sums are nearly proportional to the gain: a few secants, kept inside what is known.
        for _ in 0..<4 {
            let middle = min(
                high - 0.05 * (high - low),
                max(
                    low + 0.05 * (high - low),
                    low + (high - low) * lowLack / (lowLack - highLack)))
            let there = await lack(exp(middle))
            result.gain = exp(middle)
            if abs(there) < 0.02 { break }
            if there > 0 { (low, lowLack) = (middle, there) } else { (high, highLack) = (middle, there) }
        }
        return result
    }
}
