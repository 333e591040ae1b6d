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
    public static func regularizedLower(_ a: Double, _ x: Double) -> Double {
        switch incomplete(a, x) {
        case .lower(let p): p
        case .upper(let q): 1 - q
        }
    }

    /// Q(a, x) = 1 - P(a, x), without cancellation.
    public static func regularizedUpper(_ a: Double, _ x: Double) -> Double {
        switch incomplete(a, x) {
        case .lower(let p): 1 - p
        case .upper(let q): q
        }
    }

    /// The x with P(a, x) = p: 0 for p = 0, infinity for p = 1.
    public static func inverseRegularizedLower(_ a: Double, _ p: Double) -> Double {
        guard a > 0, a.isFinite, p >= 0, p <= 1 else { return .nan }
        if p == 0 { return 0 }
        if p == 1 { return .infinity }
        // In t = log x both log P and log Q are concave, so Newton's method on the smaller of the two settles
        // from the far side, and small shapes, whose quantiles are tiny, keep their relative accuracy.
        let isLower = p <= 0.5
        let target = log(isLower ? p : 1 - p)
        // Wilson and Hilferty's cube where it is positive and safe, else the first term of the series.
        let cube = 1 - 1 / (9 * a) + Normal.quantile(p) / (3 * a.squareRoot())
        let start =
            a > 0.5 && cube > 0.2 ? log(a) + 3 * log(cube) : (log(p) + logGamma(a + 1)) / a
        let t = safeguardedNewton(start: start) { t in
            let x = exp(t)
            if x < 1e-290 {
                // So near zero the first term of the series is the whole of it.
                let logP = a * t - logGamma(a + 1)
                if isLower { return (logP - target, a) }
                let p = exp(logP)
                return (target - log1p(-p), a * p / (1 - p))
            }
            let slope = a * exp(logPoissonTerm(a, mean: x))
            let tail = isLower ? regularizedLower(a, x) : regularizedUpper(a, x)
            let value = log(tail) - target
            return (isLower ? value : -value, slope / tail)
        }
        return exp(t)
    }

    /// Whichever of P and Q was computed directly; the other is its complement.
    private enum Half {
        case lower(Double)
        case upper(Double)
    }

    private static func incomplete(_ a: Double, _ x: Double) -> Half {
        guard a > 0, x >= 0, a.isFinite else { return .lower(.nan) }
        if x == 0 { return .lower(0) }
        if x == .infinity { return .upper(0) }
        if a >= TemmeExpansion.leastShape { return temme(a, x) }
        let term = exp(logPoissonTerm(a, mean: x))
        // For shapes below one the upper fraction converges early, and there Q is the small one.
        if a < 1 ? x < 0.5 : x < a + 1 { return .lower(term * lowerSeries(a, x)) }
        return .upper(a * term * upperFraction(a, x))
    }

    private static func temme(_ a: Double, _ x: Double) -> Half {
        let (main, rest) = TemmeExpansion.parts(a, x)
        return x < a ? .lower(main - rest) : .upper(main + rest)
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
        var fraction = 1.0
        var c = 1.0
        var d = 0.0
        var i = 1.0
        var b = x - a + 3
        while i < 1e7 {
            let numerator = i * (a - i)
            d = b + numerator * d
            if abs(d) < 1e-300 { d = 1e-300 }
            d = 1 / d
            c = b + numerator / c
            if abs(c) < 1e-300 { c = 1e-300 }
            let change = c * d
            fraction *= change
            if abs(change - 1) <= 0x1p-52 { break }
            i += 1
            b += 2
        }
        return fraction
    }
}
