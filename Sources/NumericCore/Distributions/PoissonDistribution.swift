import Glibc

/// The Poisson law.
///
/// Mean 0 is the constant 0. A negative, infinite or NaN mean makes every result NaN.
public struct PoissonDistribution: Sendable, Hashable {
    public let mean: Double

    public init(mean: Double) { self.mean = mean >= 0 && mean.isFinite ? mean : .nan }

    public var variance: Double { mean }

    /// P(X = k).
    public func probability(_ k: Int) -> Double { mean.isNaN ? .nan : exp(logPoissonTerm(Double(k), mean: mean)) }

    /// P(X <= x).
    public func cumulative(_ x: Double) -> Double {
        guard mean > 0, x >= 0, x < .infinity else { return pointMassAtZero(x, mean) }
        return GammaFunction.regularizedUpper(x.rounded(.down) + 1, mean)
    }

    /// P(X > x), without cancellation.
    public func upperTail(_ x: Double) -> Double {
        guard mean > 0, x >= 0, x < .infinity else { return 1 - pointMassAtZero(x, mean) }
        return GammaFunction.regularizedLower(x.rounded(.down) + 1, mean)
    }

    /// The smallest count with `cumulative(k) >= p`; infinite at 1, NaN outside 0...1.
    public func quantile(_ p: Double) -> Double {
        guard mean > 0 else { return mean == 0 && p >= 0 && p <= 1 ? 0 : .nan }
        let guess = countQuantileGuess(
            p, mean: mean, standardDeviation: mean.squareRoot(), skewness: 1 / mean.squareRoot())
        return countQuantile(
            p, guess: guess, highest: .infinity, cumulative: { cumulative($0) }, upperTail: { upperTail($0) })
    }

    /// The first-order loss E[max(X - x, 0)].
    public func loss(_ x: Double) -> Double {
        guard mean > 0, x >= 0, x < .infinity else { return lossOutside(x, mean: mean) }
        let k = x.rounded(.down)
        if k < mean + mean.squareRoot() {
            return mean * exp(logPoissonTerm(k, mean: mean)) + (mean - x) * upperTail(k)
        }
        let m = mean
        return countTailLoss(above: x, first: k + 1, term: exp(logPoissonTerm(k + 1, mean: m))) { m / ($0 + 1) }
    }
}

/// P(X <= x) of a count outside 0 ..< infinity, or of the constant 0; NaN for a NaN mean or argument.
func pointMassAtZero(_ x: Double, _ mean: Double) -> Double {
    if mean.isNaN || x.isNaN { return .nan }
    return x < 0 ? 0 : 1
}

/// The loss of a count outside 0 ..< infinity, or of the constant 0; NaN for a NaN mean or argument.
func lossOutside(_ x: Double, mean: Double) -> Double {
    if mean.isNaN || x.isNaN { return .nan }
    return x < 0 ? mean - x : 0
}
