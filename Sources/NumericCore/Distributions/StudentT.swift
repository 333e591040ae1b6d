/// Student's t distribution.
public enum StudentT {
    /// The quantile at a level in (0, 1); an infinite freedom is the normal one.
    ///
    /// From the incomplete beta function: P(|T| > t) = I_x(freedom / 2, 1 / 2) with x = freedom / (freedom + t^2)
    /// (Abramowitz and Stegun 26.7.1).
    public static func quantile(_ level: Double, freedom: Double) -> Double {
        guard freedom.isFinite else { return Normal.quantile(level) }
        let tail = min(level, 1 - level)
        let x = BetaFunction.inverseRegularized(freedom / 2, 0.5, 2 * tail)
        let size = (freedom * (1 - x) / x).squareRoot()
        return level < 0.5 ? -size : size
    }
}
