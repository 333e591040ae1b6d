import Glibc

/// The law of the number of successes among `count` independent trials.
///
/// A negative count or a probability outside 0...1 makes every result NaN.
public struct BinomialDistribution: Sendable, Hashable {
    public let count: Int
    public let probability: Double

    public init(count: Int, probability: Double) {
        self.count = count
        self.probability = count >= 0 && probability >= 0 && probability <= 1 ? probability : .nan
    }

    public var mean: Double { Double(count) * probability }
    public var variance: Double { mean * (1 - probability) }

    /// P(X = k).
    public func probability(_ k: Int) -> Double {
        if probability.isNaN { return .nan }
        if k < 0 || k > count { return 0 }
        return exp(logBinomialTerm(Double(k), Double(count - k), probability, 1 - probability))
    }

    /// P(X <= x).
    public func cumulative(_ x: Double) -> Double {
        if probability.isNaN || x.isNaN { return .nan }
        let k = x.rounded(.down)
        if k < 0 { return 0 }
        if k >= Double(count) { return 1 }
        return BetaFunction.regularized(Double(count) - k, k + 1, 1 - probability, complement: probability)
    }

    /// P(X > x), without cancellation.
    public func upperTail(_ x: Double) -> Double {
        if probability.isNaN || x.isNaN { return .nan }
        let k = x.rounded(.down)
        if k < 0 { return 1 }
        if k >= Double(count) { return 0 }
        return BetaFunction.regularized(k + 1, Double(count) - k, probability, complement: 1 - probability)
    }

    /// The smallest count with `cumulative(k) >= p`; NaN outside 0...1.
    public func quantile(_ p: Double) -> Double {
        guard probability >= 0 else { return .nan }
        let deviation = variance.squareRoot()
        let skewness = deviation > 0 ? (1 - 2 * probability) / deviation : 0
        let guess = countQuantileGuess(p, mean: mean, standardDeviation: deviation, skewness: skewness)
        return countQuantile(
            p, guess: guess, highest: Double(count), cumulative: { cumulative($0) }, upperTail: { upperTail($0) })
    }

    /// The first-order loss E[max(X - x, 0)].
    public func loss(_ x: Double) -> Double {
        if probability.isNaN || x.isNaN { return .nan }
        let n = Double(count)
        if x < 0 { return mean - x }
        if x >= n { return 0 }
        let k = x.rounded(.down)
        let next = probability(Int(k) + 1)
        if k < mean + variance.squareRoot() {
            return (k + 1) * (1 - probability) * next + (mean - x) * upperTail(k)
        }
        let odds = probability / (1 - probability)
        return countTailLoss(above: x, first: k + 1, term: next) { odds * (n - $0) / ($0 + 1) }
    }
}
