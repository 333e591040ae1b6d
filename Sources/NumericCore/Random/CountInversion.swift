import Glibc

/// The smallest count whose Poisson distribution function reaches `uniform`: the inversion of one draw.
///
/// Monotone in `uniform` and in `mean`, so that two scenarios that share the draw differ only as far as their
/// means do. Exact to the rounding of the distribution function at every mean; the cost is that of a search from
/// zero for small means, and of one incomplete gamma function and a few steps for large ones. A mean that is not
/// positive gives 0; a mean above 1e15 counts as 1e15; `uniform` is taken as strictly between 0 and 1.
public func poissonByInversion(mean: Double, uniform: Double) -> Int {
    guard mean > 0 else { return 0 }
    if mean < 32 {
        var term = exp(-mean)
        var rest = uniform
        var k = 0
        while rest > term {
            rest -= term
            k += 1
            term *= mean / Double(k)
            // Past every representable uniform: what is left of `rest` is rounding.
            if term < 0x1p-60 && Double(k) > mean { break }
        }
        return k
    }
    let mean = min(mean, 1e15)
    let guess = countQuantileGuess(
        uniform, mean: mean, standardDeviation: mean.squareRoot(), skewness: 1 / mean.squareRoot())
    var k = max(0, guess)
    var term = exp(logPoissonTerm(k, mean: mean))
    var reached = GammaFunction.regularizedUpper(k + 1, mean)
    while reached < uniform && (term > 0x1p-60 || k < mean) {
        k += 1
        term *= mean / k
        reached += term
    }
    while k > 0 && reached - term >= uniform {
        reached -= term
        term *= k / mean
        k -= 1
    }
    return Int(k)
}

/// The smallest count whose binomial distribution function reaches `uniform`: the inversion of one draw.
///
/// Monotone in `uniform`, `count` and `probability`. A count that is not positive gives 0; the probability is
/// clamped to 0...1 and NaN counts as 0.
public func binomialByInversion(count: Int, probability: Double, uniform: Double) -> Int {
    guard count > 0, probability > 0 else { return 0 }
    guard probability < 1 else { return count }
    let n = Double(count)
    guard n * probability < 16, probability <= 0.5 else {
        let quantile = BinomialDistribution(count: count, probability: probability).quantile(uniform)
        return quantile.isFinite ? Int(quantile) : 0
    }
    let odds = probability / (1 - probability)
    var term = exp(n * log1p(-probability))
    var rest = uniform
    var k = 0
    while rest > term && k < count {
        rest -= term
        k += 1
        term *= odds * (n - Double(k) + 1) / Double(k)
        if term < 0x1p-60 && Double(k) > n * probability { break }
    }
    return k
}

/// The smallest count whose negative binomial distribution function reaches `uniform`: the inversion of one draw.
///
/// `size` is the shape of the mixing gamma law: the variance is `mean + mean^2 / size`, and an infinite size is
/// the Poisson law. A mean or size that is not positive gives 0.
public func negativeBinomialByInversion(mean: Double, size: Double, uniform: Double) -> Int {
    guard mean > 0, size > 0 else { return 0 }
    guard size.isFinite else { return poissonByInversion(mean: mean, uniform: uniform) }
    let q = mean / (mean + size)
    if mean < 16 {
        var term = exp(size * -log1p(mean / size))
        var rest = uniform
        var k = 0
        // A small size has a long flat tail: past the limit the distribution function is inverted instead.
        while rest > term && k < 256 {
            rest -= term
            term *= q * (Double(k) + size) / Double(k + 1)
            k += 1
        }
        if k < 256 { return k }
    }
    let quantile = NegativeBinomialDistribution(mean: mean, size: size).quantile(uniform)
    return quantile.isFinite ? Int(quantile) : 0
}
