import Glibc

/// Samplers of counts. Each consumes draws of its own stream only.
extension RandomStream {
    /// A whole number below `bound`, each exactly equally likely; takes one draw, rarely more.
    ///
    /// A bound that is not positive gives 0.
    /// Source: Lemire, "Fast random integer generation in an interval", ACM TOMACS 29, 2019.
    @inlinable
    public mutating func integer(below bound: Int) -> Int {
        guard bound > 1 else { return 0 }
        let range = UInt64(bound)
        var product = next().multipliedFullWidth(by: range)
        if product.low < range {
            let threshold = (0 &- range) % range
            while product.low < threshold { product = next().multipliedFullWidth(by: range) }
        }
        return Int(product.high)
    }

    /// True with the given probability; takes exactly one draw, and is monotone in the probability.
    @inlinable
    public mutating func bernoulli(_ probability: Double) -> Bool { uniform() < probability }

    /// A Poisson variate: by inversion of a single draw for means below 10, else by transformed rejection.
    ///
    /// A mean that is not positive gives 0; a mean above 1e15 counts as 1e15. Where counts of two scenarios must
    /// stay coupled, use `poissonByInversion` at every mean instead.
    /// Source: Hörmann, "The transformed rejection method for generating Poisson random variables", Insurance:
    /// Mathematics and Economics 12, 1993 (algorithm PTRS).
    public mutating func poisson(mean: Double) -> Int {
        guard mean > 0 else { return 0 }
        guard mean >= 10 else { return poissonByInversion(mean: mean, uniform: uniform()) }
        let mean = min(mean, 1e15)
        let b = 0.931 + 2.53 * mean.squareRoot()
        let a = -0.059 + 0.02483 * b
        let inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
        let acceptance = 0.9277 - 3.6224 / (b - 2)
        while true {
            let u = uniform() - 0.5
            let v = uniform()
            let distance = 0.5 - abs(u)
            let k = ((2 * a / distance + b) * u + mean + 0.43).rounded(.down)
            if distance >= 0.07 && v <= acceptance { return Int(k) }
            if k < 0 || (distance < 0.013 && v > distance) { continue }
            if log(v * inverseAlpha / (a / (distance * distance) + b)) <= logPoissonTerm(k, mean: mean) {
                return Int(k)
            }
        }
    }

    /// A negative binomial variate with the given mean and size (variance `mean + mean^2 / size`), as a Poisson
    /// variate with a gamma distributed mean.
    ///
    /// A mean that is not positive gives 0; an infinite size is the Poisson law; another bad size gives 0.
    public mutating func negativeBinomial(mean: Double, size: Double) -> Int {
        guard mean > 0, size > 0 else { return 0 }
        guard size.isFinite else { return poisson(mean: mean) }
        return poisson(mean: gamma(shape: size, scale: mean / size))
    }

    /// A binomial variate: by inversion of a single draw where the smaller of the expected successes and failures
    /// is below 10, else by transformed rejection.
    ///
    /// A count that is not positive gives 0; the probability is clamped to 0...1 and NaN counts as 0.
    /// Source: Hörmann, "The generation of binomial random variates", J. Statist. Comput. Simul. 46, 1993
    /// (algorithm BTRS).
    public mutating func binomial(count: Int, probability: Double) -> Int {
        guard count > 0, probability > 0 else { return 0 }
        guard probability < 1 else { return count }
        if probability > 0.5 { return count - binomial(count: count, probability: 1 - probability) }
        let n = Double(count)
        guard n * probability >= 10 else {
            return binomialByInversion(count: count, probability: probability, uniform: uniform())
        }
        let deviation = (n * probability * (1 - probability)).squareRoot()
        let b = 1.15 + 2.53 * deviation
        let a = -0.0873 + 0.0248 * b + 0.01 * probability
        let centre = n * probability + 0.5
        let acceptance = 0.92 - 4.2 / b
        let alpha = (2.83 + 5.1 / b) * deviation
        let mode = ((n + 1) * probability).rounded(.down)
        // Most draws are accepted without it.
        var atMode: Double?
        while true {
            let u = uniform() - 0.5
            let v = uniform()
            let distance = 0.5 - abs(u)
            let k = ((2 * a / distance + b) * u + centre).rounded(.down)
            if k < 0 || k > n { continue }
            if distance >= 0.07 && v <= acceptance { return Int(k) }
            let top = atMode ?? logBinomialTerm(mode, n - mode, probability, 1 - probability)
            atMode = top
            let ratio = logBinomialTerm(k, n - k, probability, 1 - probability) - top
            if log(v * alpha / (a / (distance * distance) + b)) <= ratio { return Int(k) }
        }
    }
}
