import Glibc

/// The exponential law with the given rate (events per unit of time) and mean 1 / rate.
///
/// A rate that is not positive and finite makes every result NaN.
public struct ExponentialDistribution: Sendable, Hashable {
    public let rate: Double

    public init(rate: Double) { self.rate = rate > 0 && rate.isFinite ? rate : .nan }

    public var mean: Double { 1 / rate }
    public var variance: Double { 1 / (rate * rate) }

    /// The density at x.
    public func density(_ x: Double) -> Double { x < 0 && rate > 0 ? 0 : rate * exp(-rate * x) }

    /// P(X <= x).
    public func cumulative(_ x: Double) -> Double { -expm1(-rate * nonnegative(x)) }

    /// P(X > x).
    public func upperTail(_ x: Double) -> Double { exp(-rate * nonnegative(x)) }

    /// The x with `cumulative(x) == p`; infinite at 1, NaN outside 0...1.
    public func quantile(_ p: Double) -> Double { p >= 0 && p <= 1 ? -log1p(-p) / rate : .nan }

    /// The first-order loss E[max(X - x, 0)].
    public func loss(_ x: Double) -> Double { x < 0 ? mean - x : upperTail(x) / rate }

    private func nonnegative(_ x: Double) -> Double { x < 0 ? 0 : x }
}
