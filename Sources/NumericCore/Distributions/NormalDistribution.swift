/// The normal law N(mean, standardDeviation^2).
///
/// A deviation that is not positive and finite, or a mean that is not finite, makes every result NaN.
public struct NormalDistribution: Sendable, Hashable {
    public let mean: Double
    public let standardDeviation: Double

    public init(mean: Double, standardDeviation: Double) {
        let isValid = standardDeviation > 0 && standardDeviation.isFinite && mean.isFinite
        self.mean = isValid ? mean : .nan
        self.standardDeviation = isValid ? standardDeviation : .nan
    }

    public var variance: Double { standardDeviation * standardDeviation }

    /// The density at x.
    public func density(_ x: Double) -> Double { Normal.density(standardized(x)) / standardDeviation }

    /// P(X <= x).
    public func cumulative(_ x: Double) -> Double { Normal.cumulative(standardized(x)) }

    /// P(X > x), without cancellation.
    public func upperTail(_ x: Double) -> Double { Normal.upperTail(standardized(x)) }

    /// The x with `cumulative(x) == p`; infinite at 0 and 1, NaN outside.
    public func quantile(_ p: Double) -> Double { mean + standardDeviation * Normal.quantile(p) }

    /// The first-order loss E[max(X - x, 0)].
    public func loss(_ x: Double) -> Double { standardDeviation * Normal.loss(standardized(x)) }

    private func standardized(_ x: Double) -> Double { (x - mean) / standardDeviation }
}
