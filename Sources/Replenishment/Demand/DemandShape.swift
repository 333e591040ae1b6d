import NumericCore
import Retail

/// How a day's demand spreads around its mean: its standardised value at evenly spaced normal scores, from -3 to 3.
/// Mean 0 and variance 1 under the normal law.
enum DemandShape {
    /// Points a shape is kept at.
    static let count = 25
    static let scores: [Double] = (0..<count).map { -3 + 0.25 * Double($0) }
    private static let weights: [Double] = {
        let densities = scores.map { Normal.density($0) }
        let sum = densities.reduce(0, +)
        return densities.map { $0 / sum }
    }()

    /// Rising along the scores, shifted and scaled to mean 0 and variance 1; nil where nothing spreads.
    static func standardised(_ values: [Double]) -> [Double]? {
        guard values.count == count, values.allSatisfy(\.isFinite) else { return nil }
        var rising = values
        for at in 1..<count where rising[at] < rising[at - 1] { rising[at] = rising[at - 1] }
        let mean = zip(rising, weights).reduce(0) { $0 + $1.0 * $1.1 }
        let variance = zip(rising, weights).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 }
        guard variance > 1e-12 else { return nil }
        let scale = 1 / variance.squareRoot()
        return rising.map { ($0 - mean) * scale }
    }

    /// The shape of a forecast series, its days laid over each other: each day's quantiles less its mean, in standard
    /// deviations, straight between their normal scores and on beyond the last two.
    static func of(_ forecast: Forecast, series: Int, spread: NormalSlope) -> [Double]? {
        let levels = forecast.levels.map { Normal.quantile($0) }
        var sum = [Double](repeating: 0, count: levels.count)
        var days = 0.0
        for step in 0..<forecast.horizon {
            let deviation = spread.variance(forecast, series: series, step: step).squareRoot()
            guard deviation > 1e-9 else { continue }
            days += 1
            for level in levels.indices {
                sum[level] +=
                    (forecast.quantile(series, step, level: level) - forecast.mean(series, step)) / deviation
            }
        }
        guard days > 0, levels.count > 1 else { return nil }
        return standardised(
            scores.map { z in
                var place = 0
                while place + 2 < levels.count, z > levels[place + 1] { place += 1 }
                let (low, high) = (sum[place] / days, sum[place + 1] / days)
                return low + (high - low) * (z - levels[place]) / (levels[place + 1] - levels[place])
            })
    }

    /// The standardised demand at a normal score: straight between the points, and on beyond the last.
    @inline(__always)
    static func value(_ shape: UnsafeBufferPointer<Double>, _ score: Double) -> Double {
        let place = (score + 3) * 4
        let cell = min(max(Int(place), 0), count - 2)
        let (low, high) = (shape[cell], shape[cell + 1])
        return low + (high - low) * (place - Double(cell))
    }

    /// What a shape has beyond the normal law's, weighted by the third power of a deviation: these add up when demands
    /// are added (the third cumulant of a sum of independent demands is the sum of theirs).
    static func excess(_ shape: [Double]?, deviation: Double, share: Double = 1, thinned skew: Double = 0) -> [Double] {
        let weight = pow3(share * deviation)
        return scores.enumerated().map { at, z in
            weight * ((shape?[at] ?? z) - z) + skew * (z * z - 1) / 6
        }
    }

    /// The shape of a sum from the excesses added up.
    static func shape(_ excess: ArraySlice<Double>, deviation: Double) -> [Double]? {
        let weight = pow3(deviation)
        guard weight > 1e-15 else { return nil }
        return standardised(zip(scores, excess).map { $0 + $1 / weight })
    }

    static func pow3(_ x: Double) -> Double { x * x * x }
}
