import Foundation

/// What boosted trees minimise. With a log link the trees add up to the logarithm of the mean.
public enum BoostingLoss: Sendable, Equatable {
    case squared
    /// Poisson deviance with log link.
    case poisson
    /// Tweedie deviance with log link and a power between 1 and 2: counts with many zeros (Jorgensen 1987).
    case tweedie(power: Double)
    /// Pinball loss at a level in (0, 1) (Koenker and Bassett 1978).
    case quantile(level: Double)

    var hasLogLink: Bool {
        switch self {
        case .squared, .quantile: false
        case .poisson, .tweedie: true
        }
    }

    /// First and second derivative by the score at one observation.
    @inline(__always)
    func derivatives(_ y: Double, _ score: Double) -> SIMD2<Double> {
        switch self {
        case .squared:
            return [score - y, 1]
        case .poisson:
            let mean = exp(score)
            return [mean - y, mean]
        case .tweedie(let power):
            let (a, b) = (y * exp((1 - power) * score), exp((2 - power) * score))
            return [b - a, (2 - power) * b + (power - 1) * a]
        case .quantile(let level):
            return [y < score ? 1 - level : -level, 1]
        }
    }

    /// The score to start from, the same for all observations.
    func start(_ targets: [Float], _ offsets: [Float], _ weights: [Float]?) -> Double {
        var (numerator, denominator) = (0.0, 0.0)
        switch self {
        case .squared, .poisson, .tweedie:
            for i in targets.indices {
                let (weight, y, offset) = (Double(weights?[i] ?? 1), Double(targets[i]), Double(offsets[i]))
                numerator += weight * (hasLogLink ? y : y - offset)
                denominator += weight * (hasLogLink ? exp(offset) : 1)
            }
            guard denominator > 0 else { return 0 }
            let mean = numerator / denominator
            return hasLogLink ? log(max(mean, 1e-6)) : mean
        case .quantile(let level):
            return BoostingLoss.quantile(targets.indices.map { targets[$0] - offsets[$0] }, weights ?? [], level)
        }
    }

    /// The weighted quantile of a sample: the least value with at least `level` of the weight at or below it. All
    /// weigh the same when `weights` is empty; 0 for an empty sample.
    static func quantile(_ values: [Float], _ weights: [Float], _ level: Double) -> Double {
        guard !values.isEmpty else { return 0 }
        let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        func weight(_ i: Int) -> Double { weights.isEmpty ? 1 : Double(weights[i]) }
        let total = order.reduce(0) { $0 + weight($1) }
        var below = 0.0
        for i in order {
            below += weight(i)
            if below >= level * total { return Double(values[i]) }
        }
        return Double(values[order[order.count - 1]])
    }
}
