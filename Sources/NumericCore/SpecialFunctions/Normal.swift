import Glibc

/// The standard normal law and its loss functions.
///
/// Relative accuracy is about 1e-15 near the centre and no worse than 1e-12 in either tail, down to where a result
/// leaves the range of normal doubles. NaN in gives NaN out.
public enum Normal {
    /// The density at `x`.
    public static func density(_ x: Double) -> Double { 0.398_942_280_401_432_677_94 * exp(-0.5 * x * x) }

    /// P(Z <= x).
    public static func cumulative(_ x: Double) -> Double { 0.5 * erfc(-x * 0.5.squareRoot()) }

    /// P(Z > x), without the cancellation of `1 - cumulative(x)`.
    public static func upperTail(_ x: Double) -> Double { 0.5 * erfc(x * 0.5.squareRoot()) }

    /// The first-order loss E[max(Z - z, 0)]: expected units short when stocking z standard deviations of safety.
    public static func loss(_ z: Double) -> Double {
        // Below the switch the difference loses a digit; above it nothing is subtracted.
        if z < 3 { return density(z) - z * upperTail(z) }
        if z == .infinity { return 0 }
        let r = tailRatios(z)
        return density(z) * r.mills * r.first
    }

    /// The second-order loss E[max(Z - z, 0)^2] / 2: the integral of `loss` from z to infinity.
    public static func secondOrderLoss(_ z: Double) -> Double {
        if z < 1 { return 0.5 * ((z * z + 1) * upperTail(z) - z * density(z)) }
        if z == .infinity { return 0 }
        let r = tailRatios(z)
        return density(z) * r.mills * r.first * r.second
    }

    /// The z at which `loss(z)` equals `value`: infinity for 0, NaN for a negative value.
    ///
    /// Newton's method from the side on which it converges monotonically: on the loss itself (convex) for values
    /// above loss(0), on its logarithm (concave) below.
    public static func inverseLoss(_ value: Double) -> Double {
        guard value > 0 else { return value == 0 ? .infinity : .nan }
        guard value.isFinite else { return value.isNaN ? .nan : -.infinity }
        var z: Double
        if value >= 0.398_942_280_401_432_677_94 {
            z = -value
            for _ in 0..<100 {
                let step = (loss(z) - value) / upperTail(z)
                z += step
                if abs(step) <= 1e-15 * max(1, abs(z)) { break }
            }
        } else {
            z = max(0, -2 * (log(value) + halfLogTwoPi)).squareRoot()
            for _ in 0..<100 {
                let current = loss(z)
                // The start lies above the root, where the loss may underflow: come back a little.
                guard current > 0 else {
                    z *= 0.999
                    continue
                }
                let step = log(current / value) * current / upperTail(z)
                z += step
                if abs(step) <= 1e-15 * max(1, z) { break }
            }
        }
        return z
    }

    /// Ratios of successive repeated integrals of the density, for z > 0: tail / density (Mills), loss / tail and
    /// second-order loss / loss.
    ///
    /// The ratios obey r(n-1) = 1 / (z + n r(n)), a continued fraction of positive terms, run backwards from its
    /// asymptotic form (Gautschi, "Evaluation of the repeated integrals of the coerror function", 1977).
    private static func tailRatios(_ z: Double) -> (mills: Double, first: Double, second: Double) {
        // From here the start's error has shrunk below rounding on the way down.
        let depth = (18 + 224 / (z * z)).rounded(.up)
        var n = depth
        var ratio = 2 / (z + (z * z + 4 * n + 2).squareRoot())
        var second = ratio
        var first = ratio
        while n >= 1 {
            ratio = 1 / (z + n * ratio)
            n -= 1
            if n == 2 { second = ratio }
            if n == 1 { first = ratio }
        }
        return (mills: ratio, first: first, second: second)
    }
}
