import Glibc

/// Samplers of continuous laws. Each consumes draws of its own stream only.
extension RandomStream {
    /// A uniform draw from a range; takes one draw. The ends are never returned unless rounding reaches them.
    @inlinable
    public mutating func uniform(in range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
    }

    /// A normal variate by inversion; takes exactly one draw.
    ///
    /// One draw and a monotone map: the same draw with another mean or deviation moves the variate smoothly, and
    /// two scenarios stay coupled.
    public mutating func normal(mean: Double = 0, standardDeviation: Double = 1) -> Double {
        mean + standardDeviation * Normal.quantile(uniform())
    }

    /// A lognormal variate: the exponential of a normal one with the given parameters of the *logarithm*; takes
    /// exactly one draw.
    public mutating func logNormal(logMean: Double, logStandardDeviation: Double) -> Double {
        exp(normal(mean: logMean, standardDeviation: logStandardDeviation))
    }

    /// An exponential variate of the given mean by inversion; takes exactly one draw and increases with it.
    public mutating func exponential(mean: Double = 1) -> Double { -mean * log1p(-uniform()) }

    /// A gamma variate; takes a random number of draws.
    ///
    /// Parameters that are not positive and finite give NaN.
    /// Source: Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS 26, 2000.
    public mutating func gamma(shape: Double, scale: Double = 1) -> Double {
        guard shape > 0, scale > 0, shape.isFinite, scale.isFinite else { return .nan }
        if shape < 1 {
            // G(a) = G(a + 1) * U^(1/a); in logarithms, since the power underflows for small shapes.
            let larger = gamma(shape: shape + 1)
            return scale * exp(log(larger) + log(uniform()) / shape)
        }
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = normal()
            let root = 1 + c * x
            guard root > 0 else { continue }
            let v = root * root * root
            let u = uniform()
            if u < 1 - 0.0331 * (x * x) * (x * x) { return scale * d * v }
            if log(u) < 0.5 * x * x + d * (1 - v + log(v)) { return scale * d * v }
        }
    }
}
