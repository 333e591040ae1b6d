import Glibc

/// The beta function, its regularized incomplete integral and the inverse.
///
/// Relative accuracy is about 1e-13 in both tails for parameters between 1e-3 and 1e6, and falls slowly beyond.
/// Arguments outside a function's domain, NaN included, give NaN.
public enum BetaFunction {
    /// log(B(a, b)) = log(Gamma(a) Gamma(b) / Gamma(a + b)) for a, b > 0, without the cancellation of three
    /// large logarithms.
    public static func logBeta(_ a: Double, _ b: Double) -> Double {
        guard a > 0, b > 0 else { return .nan }
        let (small, large) = a < b ? (a, b) : (b, a)
        if large == .infinity { return -.infinity }
        if large < 8 {
            return GammaFunction.logGamma(small) + GammaFunction.logGamma(large)
                - GammaFunction.logGamma(small + large)
        }
        // log(Gamma(large) / Gamma(small + large)) from Stirling's form, in which the large parts meet.
        let sum = small + large
        let ratio =
            small - (large - 0.5) * log1p(small / large) - small * log(sum)
            + stirlingError(large) - stirlingError(sum)
        return GammaFunction.logGamma(small) + ratio
    }

    /// I(x; a, b): the probability that a beta variate is at most x, for a, b > 0 and x in 0...1.
    public static func regularized(_ a: Double, _ b: Double, _ x: Double) -> Double {
        regularized(a, b, x, complement: 1 - x)
    }

    /// I(x; a, b) where the complement 1 - x is known better than subtraction gives it.
    public static func regularized(_ a: Double, _ b: Double, _ x: Double, complement y: Double) -> Double {
        guard a > 0, b > 0, a.isFinite, b.isFinite, x >= 0, y >= 0, x <= 1, y <= 1 else { return .nan }
        if x == 0 { return 0 }
        if y == 0 { return 1 }
        // Products with so small an x would leave the range of normal doubles; one term of the series is enough.
        if x < 1e-290 { return exp(a * log(x) - log(a) - logBeta(a, b)) }
        return regularized(a, b, x, complement: y, term: exp(logBinomialTerm(a, b, x, y)))
    }

    /// The same from `exp(logBinomialTerm(a, b, x, y))`, for a caller who has it, and x and y above 0 (x not below 1e-290).
    static func regularized(_ a: Double, _ b: Double, _ x: Double, complement y: Double, term: Double) -> Double {
        if x * (a + b + 2) < a + 1 { return term * (b / (a + b)) * fraction(a, b, x, y) }
        return 1 - term * (a / (a + b)) * fraction(b, a, y, x)
    }

    /// The x with I(x; a, b) = p.
    public static func inverseRegularized(_ a: Double, _ b: Double, _ p: Double) -> Double {
        guard a > 0, b > 0, a.isFinite, b.isFinite, p >= 0, p <= 1 else { return .nan }
        if p == 0 || p == 1 { return p }
        // In t = log(x / (1 - x)) both ends of the unit interval keep their relative accuracy, and the logarithm
        // of the smaller tail is concave.
        let isLower = p <= 0.5
        let target = log(isLower ? p : 1 - p)
        let t = safeguardedNewton(start: log(a / b)) { t in
            if abs(t) > 660 {
                // So near an end the first term of the series is the whole of it.
                let (near, logNear) = t < 0 ? (a, a * t) : (b, -b * t)
                let logTail = logNear - log(near) - logBeta(a, b)
                if isLower == (t < 0) { return (isLower ? logTail - target : target - logTail, near) }
                let tail = exp(logTail)
                let value = log1p(-tail) - target
                return (isLower ? value : -value, near * tail / (1 - tail))
            }
            let x = 1 / (1 + exp(-t))
            let y = 1 / (1 + exp(t))
            let slope = exp(logBinomialTerm(a, b, x, y)) * (a * (b / (a + b)))
            let tail = isLower ? regularized(a, b, x, complement: y) : regularized(b, a, y, complement: x)
            let value = log(tail) - target
            return (isLower ? value : -value, slope / tail)
        }
        return 1 / (1 + exp(-t))
    }

    /// I(x; a, b) divided by x^a y^b / (a B(a, b)), by a continued fraction of few and well-conditioned terms
    /// (modified Lentz).
    ///
    /// It needs about the square root of the larger parameter in steps where x < (a + 1) / (a + b + 2), and reads
    /// x and y = 1 - x so that neither is lost beside the other.
    /// Source: Didonato and Morris, "Algorithm 708", ACM TOMS 18, 1992, section on BFRAC.
    private static func fraction(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
        let lambda = a * y - b * x
        // Numerators and denominators forwards, without divisions that wait for each other.
        var (top, topBefore) = (a * (lambda + 1) / (a + 1), 1.0)
        var (bottom, bottomBefore) = (1.0, 0.0)
        var m = 1.0
        while m < 1e6 {
            let odd = a + 2 * m - 1
            let alpha = (a + m - 1) / odd * ((a + b + m - 1) / odd) * x * (m * (b - m) * x)
            let beta = m + m * (b - m) * x / odd + (a + m) * (lambda + 1 + m * (1 + y)) / (odd + 2)
            (top, topBefore) = (beta * top + alpha * topBefore, top)
            (bottom, bottomBefore) = (beta * bottom + alpha * bottomBefore, bottom)
            if abs(top * bottomBefore - topBefore * bottom) <= 0x1p-52 * abs(top * bottomBefore) { break }
            let size = abs(top) + abs(bottom)
            if size > 1e100 || size < 1e-100 {
                let scale = 1 / size
                (top, topBefore) = (top * scale, topBefore * scale)
                (bottom, bottomBefore) = (bottom * scale, bottomBefore * scale)
            }
            m += 1
        }
        return a * bottom / top
    }
}
