import Glibc

/// The negative binomial law of counts: a Poisson count whose mean is gamma distributed with shape `size`.
///
/// P(X = k) = Gamma(k + size) / (Gamma(size) k!) p^size (1 - p)^k; mean m = size (1 - p) / p, variance
/// m + m^2 / size, so a small size is a strongly overdispersed count and a large one is nearly Poisson.
/// Mean 0 is the constant 0. Bad parameters make every result NaN.
public struct NegativeBinomialDistribution: Sendable, Hashable {
    /// The shape of the mixing law; 1 / size is also called the dispersion.
    public let size: Double
    /// The probability p in the formula above.
    public let probability: Double
    /// 1 - p, kept because p is near one for nearly Poisson counts.
    private let complement: Double
    public let mean: Double

    /// - Parameters:
    ///   - size: positive and finite.
    ///   - probability: above 0 and at most 1.
    public init(size: Double, probability: Double) {
        let isValid = size > 0 && size.isFinite && probability > 0 && probability <= 1
        self.size = isValid ? size : .nan
        self.probability = isValid ? probability : .nan
        complement = isValid ? 1 - probability : .nan
        mean = isValid ? size * (1 - probability) / probability : .nan
    }

    /// - Parameters:
    ///   - mean: not negative, finite.
    ///   - size: positive and finite.
    public init(mean: Double, size: Double) {
        let isValid = size > 0 && size.isFinite && mean >= 0 && mean.isFinite
        self.size = isValid ? size : .nan
        self.mean = isValid ? mean : .nan
        probability = isValid ? size / (size + mean) : .nan
        complement = isValid ? mean / (size + mean) : .nan
    }

    /// The law with the given mean and variance; nil unless variance > mean > 0 and the size is finite.
    public init?(mean: Double, variance: Double) {
        guard mean > 0, variance > mean, variance.isFinite else { return nil }
        let size = mean * (mean / (variance - mean))
        guard size > 0, size.isFinite else { return nil }
        self.size = size
        self.mean = mean
        probability = mean / variance
        complement = (variance - mean) / variance
    }

    public var variance: Double { mean / probability }

    /// P(X = k).
    public func probability(_ k: Int) -> Double { mean.isNaN ? .nan : term(Double(k)) }

    /// P(X <= x).
    public func cumulative(_ x: Double) -> Double {
        guard mean > 0, x >= 0, x < .infinity else { return pointMassAtZero(x, mean) }
        return BetaFunction.regularized(size, x.rounded(.down) + 1, probability, complement: complement)
    }

    /// P(X > x), without cancellation.
    public func upperTail(_ x: Double) -> Double {
        guard mean > 0, x >= 0, x < .infinity else { return 1 - pointMassAtZero(x, mean) }
        return BetaFunction.regularized(x.rounded(.down) + 1, size, complement, complement: probability)
    }

    /// The smallest count with `cumulative(k) >= p`; infinite at 1, NaN outside 0...1.
    public func quantile(_ p: Double) -> Double {
        guard mean > 0 else { return mean == 0 && p >= 0 && p <= 1 ? 0 : .nan }
        let deviation = variance.squareRoot()
        let guess = countQuantileGuess(
            p, mean: mean, standardDeviation: deviation, skewness: (1 + complement) / (probability * deviation))
        return countQuantile(
            p, guess: guess, highest: .infinity, cumulative: { cumulative($0) }, upperTail: { upperTail($0) })
    }

    /// The first-order loss E[max(X - x, 0)].
    public func loss(_ x: Double) -> Double { shortfall(x).loss }

    /// The first-order loss, P(X > x) and the probability of the largest count up to x, from one incomplete integral.
    public func shortfall(_ x: Double) -> (loss: Double, tail: Double, term: Double) {
        guard mean > 0, x >= 0, x < .infinity else {
            return (lossOutside(x, mean: mean), 1 - pointMassAtZero(x, mean), mean == 0 && x >= 0 && x < 1 ? 1 : 0)
        }
        let k = x.rounded(.down)
        let (r, q) = (size, complement)
        let share = exp(logBinomialTerm(k + 1, r, q, probability))
        let next = r / (r + k + 1) * share
        let term = next > 0x1p-1000 ? next * ((k + 1) / (q * (k + r))) : term(k)
        let tail =
            q < 1e-290 ? upperTail(k) : BetaFunction.regularized(k + 1, r, q, complement: probability, term: share)
        // The difference loses as many roundings as the square of the deviations from the mean.
        if k < mean + 4 * variance.squareRoot() {
            return ((k + 1) * next / probability + (mean - x) * tail, tail, term)
        }
        return (countTailLoss(above: x, first: k + 1, term: next) { q * ($0 + r) / ($0 + 1) }, tail, term)
    }

    private func term(_ k: Double) -> Double {
        guard k >= 0 else { return 0 }
        if k == 0 { return exp(-size * log1p(mean / size)) }
        return size / (size + k) * exp(logBinomialTerm(size, k, probability, complement))
    }
}
