import Foundation
import NumericCore

/// The shape of a law of positive times: service times of a station, lead times of a supplier. The mean is given
/// beside it; variation is the squared coefficient of variation, variance over squared mean.
public enum TimeLaw: Sendable, Equatable {
    case deterministic
    case exponential
    /// A sum of so many exponential phases; variation 1 / phases.
    case erlang(phases: Int)
    case gamma(variation: Double)
    case logNormal(variation: Double)
    /// One of two exponential laws with balanced means: each carries half of the expected time. Variation above 1.
    case hyperexponential(variation: Double)

    /// The squared coefficient of variation.
    public var variation: Double {
        switch self {
        case .deterministic: 0
        case .exponential: 1
        case .erlang(let phases): 1 / Double(phases)
        case .gamma(let variation), .logNormal(let variation), .hyperexponential(let variation): variation
        }
    }
}

/// Draws times of a law with its mean, in ticks, rounded to the nearest one.
struct TimeSampler {
    private let law: TimeLaw
    private let mean: Double
    /// Parameters of the law, by case.
    private let first: Double
    private let second: Double

    init(_ law: TimeLaw, mean: Double) {
        self.law = law
        self.mean = mean
        switch law {
        case .deterministic, .exponential: (first, second) = (0, 0)
        case .erlang(let phases): (first, second) = (Double(phases), mean / Double(phases))
        case .gamma(let variation): (first, second) = (1 / variation, mean * variation)
        case .logNormal(let variation):
            (first, second) = logNormalParameters(
                mean: mean, deviation: mean * variation.squareRoot())
        case .hyperexponential(let variation):
            let probability = (1 + ((variation - 1) / (variation + 1)).squareRoot()) / 2
            (first, second) = (probability, 1 - probability)
        }
    }

    mutating func ticks(_ draws: inout RandomStream) -> Int64 {
        let time: Double
        switch law {
        case .deterministic: time = mean
        case .exponential: time = draws.exponential(mean: mean)
        case .erlang, .gamma: time = draws.gamma(shape: first, scale: second)
        case .logNormal: time = draws.logNormal(logMean: first, logStandardDeviation: second)
        case .hyperexponential:
            let probability = draws.uniform() < first ? first : second
            time = draws.exponential(mean: mean / (2 * probability))
        }
        return Int64(min(time.rounded(), 0x1p60))
    }
}
