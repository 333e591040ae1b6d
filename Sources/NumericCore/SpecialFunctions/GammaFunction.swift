import Glibc

/// The gamma function, its incomplete integrals and their inverse.
///
/// Relative accuracy is about 1e-13 over the range that demand laws use (shapes 1e-3 to 1e9), in both tails.
/// Arguments outside a function's domain, NaN included, give NaN.
public enum GammaFunction {
    /// log(Gamma(x)) for x > 0; infinity at 0.
    public static func logGamma(_ x: Double) -> Double {
        guard x >= 0 else { return .nan }
        var sign: Int32 = 0
        return lgamma_r(x, &sign)
    }

    /// The derivative of log(Gamma(x)) for x > 0. Absolute accuracy 1e-14 (its zero lies at 1.4616...).
    public static func digamma(_ x: Double) -> Double {
        guard x > 0 else { return .nan }
        var x = x
        var sum = 0.0
        while x < 12 {
            sum -= 1 / x
            x += 1
        }
        // Asymptotic series in Bernoulli numbers (Abramowitz and Stegun 6.3.18).
        let r = 1 / (x * x)
        var series = 691.0 / 32760
        series = 1.0 / 132 - series * r
        series = 1.0 / 240 - series * r
        series = 1.0 / 252 - series * r
        series = 1.0 / 120 - series * r
        series = 1.0 / 12 - series * r
        return sum + log(x) - 0.5 / x - series * r
    }

    /// P(a, x): the probability that a gamma variate of shape a and scale 1 is at most x, for a > 0 and x >= 0.
    ///
    /// For whole k, P(k + 1, m) is the probability that a Poisson variate of mean m exceeds k.
    public static func regularizedLower(_ a: Double, _ x: Double) -> Double { incomplete(a, x, peak: peak(a)).lower }

    /// Q(a, x) = 1 - P(a, x), without cancellation.
    public static func regularizedUpper(_ a: Double, _ x: Double) -> Double { incomplete(a, x, peak: peak(a)).upper }

    /// a^a e^-a / Gamma(a + 1), the part of all integrals of one shape that is worth keeping.
    static func peak(_ a: Double) -> Double {
        a > 0 && a.isFinite ? exp(-stirlingError(a) - halfLogTwoPi) / a.squareRoot() : .nan
    }

    /// x^a e^-x / Gamma(a + 1), for a > 0 and x > 0.
    @inline(__always)
    static func term(_ a: Double, _ x: Double, peak: Double) -> Double {
        a <= x * 0x1p-1022 ? exp(-x) : peak * exp(-deviance(a, mean: x))
    }

    /// The x with P(a, x) = p: 0 for p = 0, infinity for p = 1.
    public static func inverseRegularizedLower(_ a: Double, _ p: Double) -> Double {
        inverseRegularizedLower(a, p, peak: peak(a))
    }

    static func inverseRegularizedLower(_ a: Double, _ p: Double, peak: Double) -> Double {
        guard a > 0, a.isFinite, p >= 0, p <= 1 else { return .nan }
        if p == 0 { return 0 }
        if p == 1 { return .infinity }
        // Wilson and Hilferty's cube where it is positive and safe.
        let cube = 1 - 1 / (9 * a) + Normal.quantile(p) / (3 * a.squareRoot())
        let guess = a > 0.5 && cube > 0.2 ? a * cube * cube * cube : guessOfSmallShape(a, p)
        if guess > 1e-290, let near = polished(guess, a, p, peak: peak) { return near }
        return searched(guess > 1e-290 ? log(guess) : (log(p) + logGamma(a + 1)) / a, a, p, peak: peak)
    }

    /// A quantile of a small shape to a few per cent (Didonato and Morris, "Computation of the incomplete gamma function
    /// ratios and their inverse", ACM TOMS 12, 1986).
    private static func guessOfSmallShape(_ a: Double, _ p: Double) -> Double {
        let euler = 0.577_215_664_901_532_860_61
        let size = logGamma(a)
        let tail = (1 - p) * exp(size)
        if tail > 0.6 || (tail >= 0.45 && a >= 0.3) {
            let first = exp((log(p) + log(a) + size) / a)
            return first < 0.5 * (a + 1) ? first / (1 - first / (a + 1)) : first
        }
        if a < 0.3 && tail >= 0.35 {
            let t = exp(-euler - tail)
            return t * exp(t * exp(t))
        }
        let y = -log(tail)
        let u = y - (1 - a) * log(y)
        let correction =
            tail >= 0.15
            ? 1 + (1 - a) / (1 + u)
            : (u * u + 2 * (3 - a) * u + (2 - a) * (3 - a)) / (u * u + (5 - a) * u + 2)
        return y - (1 - a) * log(u) - log(correction)
    }

    /// The quantile near a good guess: the inverse of the integral as a Taylor series of fifth order around the guess,
    /// whose coefficients follow from the density's logarithm, mostly once (Steinbrecher and Shaw, 2008). Nil where the
    /// guess was not that good.
    private static func polished(_ guess: Double, _ a: Double, _ p: Double, peak: Double) -> Double? {
        let isLower = p <= 0.5
        var x = guess
        for _ in 0..<4 {
            let here = incomplete(a, x, peak: peak)
            let density = a / x * here.term
            let u = (isLower ? p - here.lower : here.upper - (1 - p)) / density
            // The derivative of the density's logarithm, and its derivatives.
            let r = 1 / x
            let f0 = (a - 1) * r - 1
            let f1 = -(a - 1) * r * r
            let f2 = -2 * f1 * r
            let reach = u.magnitude * max(f0.magnitude, f1.magnitude.squareRoot(), r)
            guard reach < 0.4 else { return nil }
            let square = f0 * f0
            let y3 = 2 * square - f1
            let y4 = 7 * f0 * f1 - f2 - 6 * square * f0
            let y5 = 3 * f2 * r + 7 * f1 * f1 + 11 * f0 * f2 - 46 * square * f1 + 24 * square * square
            let step = u * (1 + u * (-f0 / 2 + u * (y3 / 6 + u * (y4 / 24 + u * y5 / 120))))
            x += step
            guard x > 0, x.isFinite else { return nil }
            // What a sixth-order term could still change is below the last digit.
            if reach < 0.004 { return x }
        }
        return nil
    }

    /// In t = log x both log P and log Q are concave, so Newton's method on the smaller of the two settles from the far
    /// side, and small shapes, whose quantiles are tiny, keep their relative accuracy.
    private static func searched(_ start: Double, _ a: Double, _ p: Double, peak: Double) -> Double {
        let isLower = p <= 0.5
        let target = log(isLower ? p : 1 - p)
        let t = safeguardedNewton(start: start) { t in
            let x = exp(t)
            if x < 1e-290 {
                // So near zero the first term of the series is the whole of it.
                let logP = a * t - logGamma(a + 1)
                if isLower { return (logP - target, a) }
                let p = exp(logP)
                return (target - log1p(-p), a * p / (1 - p))
            }
            let here = incomplete(a, x, peak: peak)
            let slope = a * here.term
            let tail = isLower ? here.lower : here.upper
            let value = log(tail) - target
            return (isLower ? value : -value, slope / tail)
        }
        return exp(t)
    }

    /// P and Q, of which the smaller was computed directly where that matters, with x^a e^-x / Gamma(a + 1).
    struct Integral {
        var lower: Double
        var upper: Double
        var term: Double
        init(lower: Double, term: Double) { (self.lower, upper, self.term) = (lower, 1 - lower, term) }
        init(upper: Double, term: Double) { (lower, self.upper, self.term) = (1 - upper, upper, term) }
    }

    static func incomplete(_ a: Double, _ x: Double, peak: Double) -> Integral {
        guard a > 0, x >= 0, a.isFinite else { return Integral(lower: .nan, term: .nan) }
        if x == 0 { return Integral(lower: 0, term: 0) }
        if x == .infinity { return Integral(upper: 0, term: 0) }
        if TemmeExpansion.holds(a, x) {
            let (main, rest, fall) = TemmeExpansion.parts(a, x)
            return x < a
                ? Integral(lower: main - rest, term: peak * fall) : Integral(upper: main + rest, term: peak * fall)
        }
        let term = term(a, x, peak: peak)
        // For shapes below one the upper fraction converges early, and there Q is the small one.
        if a < 1 ? x < 0.5 : x < a + 1 { return Integral(lower: term * lowerSeries(a, x), term: term) }
        return Integral(upper: a * term * upperFraction(a, x), term: term)
    }

    /// Sum of x^n / ((a + 1) ... (a + n)).
    private static func lowerSeries(_ a: Double, _ x: Double) -> Double {
        var term = 1.0
        var sum = 1.0
        var n = a
        repeat {
            n += 1
            term *= x / n
            sum += term
        } while term > sum * 0x1p-55
        return sum
    }

    /// Q(a, x) / (x^a e^-x / Gamma(a)), Legendre's continued fraction evaluated forwards (modified Lentz).
    private static func upperFraction(_ a: Double, _ x: Double) -> Double {
        1 / (x - a + upperFractionTail(a, x))
    }

    /// The T in Q(a, x) = x^a e^-x / Gamma(a) / (x - a + T): what is left of Legendre's continued fraction when its
    /// leading x - a is taken off. The gamma law's loss needs it by itself.
    static func upperFractionTail(_ a: Double, _ x: Double) -> Double {
        // Numerators and denominators forwards, without divisions that wait for each other.
        var (top, topBefore) = (1.0, 1.0)
        var (bottom, bottomBefore) = (1.0, 0.0)
        var i = 1.0
        var b = x - a + 3
        while i < 1e7 {
            let numerator = i * (a - i)
            (top, topBefore) = (b * top + numerator * topBefore, top)
            (bottom, bottomBefore) = (b * bottom + numerator * bottomBefore, bottom)
            if abs(top * bottomBefore - topBefore * bottom) <= 0x1p-52 * abs(bottom * bottomBefore) { break }
            if abs(bottom) > 1e100 {
                (top, topBefore) = (top * 1e-100, topBefore * 1e-100)
                (bottom, bottomBefore) = (bottom * 1e-100, bottomBefore * 1e-100)
            }
            i += 1
            b += 2
        }
        return top / bottom
    }
}
