import NumericCore
import Retail

/// Joint samples summed up to all totals of a hierarchy.
struct TotalDraws: Sendable {
    /// Row-major samples x places, a place being a total at a step.
    let values: [Float]
    let count: Int

    /// The variance at a place.
    func variance(_ place: Int) -> Double {
        let stride = values.count / max(1, count)
        var (sum, squares) = (0.0, 0.0)
        for k in 0..<count {
            let value = Double(values[k * stride + place])
            sum += value
            squares += value * value
        }
        let mean = sum / Double(max(1, count))
        return max(0, squares / Double(max(1, count)) - mean * mean)
    }

    /// The quantiles at a place, stretched so that the sample's mean is the forecast's.
    func quantiles(_ place: Int, mean: Double, levels: [Double]) -> [Double] {
        let stride = values.count / max(1, count)
        var column = (0..<count).map { Double(values[$0 * stride + place]) }
        column.sort()
        let centre = column.reduce(0, +) / Double(max(1, column.count))
        let factor = centre > 0 ? mean / centre : 0
        return levels.map { factor * sampleQuantile(column, $0) }
    }
}

extension JointSampler {
    /// Samples of all totals above the series, in chunks that do not depend on the threads.
    func totals(of hierarchy: Hierarchy, samples: Int, seed: UInt64, threads: Int) async -> TotalDraws {
        let horizon = forecast.horizon
        let blocks = chunks(count: samples, of: 10)
        let drawn = await concurrentMap(chunks: blocks.count, threads: threads) { (k: Int) -> [Float] in
            blocks[k].flatMap { number -> [Float] in
                let rows = sample(UInt32(number), seed: seed).map { Float($0) }
                return (0..<hierarchy.levels.count - 1).flatMap { level in
                    hierarchy.totals(rows, width: horizon, level: level)
                }
            }
        }
        return TotalDraws(values: drawn.flatMap(\.self), count: samples)
    }
}
