import Glibc

// Terms of Poisson and binomial laws without cancellation, by the saddle-point form
//     term = exp(-stirling errors - deviance) / sqrt(2 pi n)
// in which both parts are small and computed to full relative accuracy.
//
// Source: Loader, "Fast and accurate computation of binomial probabilities", 2000.

/// Half the logarithm of 2 pi.
let halfLogTwoPi = 0.918_938_533_204_672_741_78

/// log(Gamma(n + 1)) less its Stirling approximation: `log(n!) - log(sqrt(2 pi n) (n / e)^n)`, for n > 0.
func stirlingError(_ n: Double) -> Double {
    if n < 16 {
        if n == n.rounded(), n >= 1 { return stirlingErrors[Int(n)] }
        return GammaFunction.logGamma(n + 1) - (n + 0.5) * log(n) + n - halfLogTwoPi
    }
    let r = 1 / (n * n)
    // Bernoulli numbers B(2k) / (2k (2k - 1)), k = 1...8: the next term is below 1e-19 from n = 16 on.
    var sum = -3617.0 / 122400
    sum = sum * r + 1.0 / 156
    sum = sum * r - 691.0 / 360360
    sum = sum * r + 1.0 / 1188
    sum = sum * r - 1.0 / 1680
    sum = sum * r + 1.0 / 1260
    sum = sum * r - 1.0 / 360
    sum = sum * r + 1.0 / 12
    return sum / n
}

/// The Stirling errors of the whole numbers 1 to 15 (index 0 is not used), to 60 digits and rounded.
private let stirlingErrors: [Double] = [
    0, 0.081_061_466_795_327_258_22, 0.041_340_695_955_409_294_094, 0.027_677_925_684_998_339_149,
    0.020_790_672_103_765_093_112, 0.016_644_691_189_821_192_163, 0.013_876_128_823_070_747_999,
    0.011_896_709_945_891_770_095, 0.010_411_265_261_972_096_497, 0.009_255_462_182_712_732_917_7,
    0.008_330_563_433_362_871_256_5, 0.007_573_675_487_951_840_795, 0.006_942_840_107_209_529_865_7,
    0.006_408_994_188_004_207_068_4, 0.005_951_370_112_758_847_735_6, 0.005_554_733_551_962_801_371,
]

/// The deviance `x log(x / mean) + mean - x`, at least zero, for x > 0 and mean > 0.
func deviance(_ x: Double, mean: Double) -> Double {
    let difference = x - mean
    guard abs(difference) < 0.1 * (x + mean) else {
        let ratio = x / mean
        return x * (ratio.isNormal ? log(ratio) : log(x) - log(mean)) - difference
    }
    // With v = (x - mean) / (x + mean): log(x / mean) = 2 artanh v, summed as a series.
    let v = difference / (x + mean)
    var sum = difference * v
    var power = 2 * x * v
    var j = 3.0
    while true {
        power *= v * v
        let next = sum + power / j
        if next == sum { return next }
        sum = next
        j += 2
    }
}

/// The logarithm of `mean^k e^-mean / Gamma(k + 1)`, for real k >= 0.
func logPoissonTerm(_ k: Double, mean: Double) -> Double {
    if mean <= 0 { return k == 0 && mean == 0 ? 0 : -.infinity }
    if k < 0 { return -.infinity }
    if k <= mean * 0x1p-1022 { return -mean }
    return -stirlingError(k) - deviance(k, mean: mean) - halfLogTwoPi - 0.5 * log(k)
}

/// The logarithm of `Gamma(x + y + 1) / (Gamma(x + 1) Gamma(y + 1)) p^x q^y`, for real x, y >= 0 and q = 1 - p.
///
/// Both p and q are arguments so that a probability near one keeps its complement.
func logBinomialTerm(_ x: Double, _ y: Double, _ p: Double, _ q: Double) -> Double {
    if x < 0 || y < 0 { return -.infinity }
    if p <= 0 { return x == 0 ? 0 : -.infinity }
    if q <= 0 { return y == 0 ? 0 : -.infinity }
    let n = x + y
    if x == 0 { return n * (p < 0.5 ? log1p(-p) : log(q)) }
    if y == 0 { return n * (q < 0.5 ? log1p(-q) : log(p)) }
    return stirlingError(n) - stirlingError(x) - stirlingError(y)
        - deviance(x, mean: n * p) - deviance(y, mean: n * q)
        - halfLogTwoPi + 0.5 * (log(n) - log(x) - log(y))
}
