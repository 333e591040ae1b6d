import Foundation

/// Counts around a smoothed mean: negative binomial, or a hurdle with a chance of zero of its own and a shifted
/// negative binomial above it (Mullahy 1986; Snyder, Ord and Beaumont 2012).
struct CountFit: Sendable {
    var hasHurdle: Bool
    /// Smoothing constant of the mean, or of the chance of a demand.
    var alpha: Double
    /// Smoothing constant of the mean size of a demand (hurdle).
    var sizeAlpha: Double
    /// Size parameter of the negative binomial (of size - 1 with a hurdle): variance = mean + mean^2 / size. Infinite
    /// for Poisson.
    var dispersion: Double
    var logLikelihood: Double
    /// Where the smoothed mean (or chance) and size begin.
    var start: (mean: Double, size: Double)
    /// Standard deviation of the next count, from the end of the values it was fitted to.
    var deviation: Double
}

/// Fits by maximum likelihood over a grid of smoothing constants, the dispersion by moments of the errors; nil for
/// data that are not whole numbers of zero or more, or less than eight of them.
func fitCounts(_ values: [Double], hasHurdle: Bool) -> CountFit? {
    guard values.count >= 8, values.allSatisfy({ $0 >= 0 && $0 == $0.rounded() && $0 < 1e9 }) else { return nil }
    let total = values.reduce(0, +)
    guard total > 0 else { return nil }
    let constants = [0.0, 0.01, 0.02, 0.04, 0.07, 0.12, 0.2, 0.35]
    if !hasHurdle {
        let mean = total / Double(values.count)
        var best: CountFit?
        for alpha in constants {
            let means = smoothedMeans(values, alpha: alpha, from: mean)
            let size = momentSize(values, means)
            let likelihood = zip(values, means).reduce(0) { $0 + logNegativeBinomial($1.0, mean: $1.1, size: size) }
            guard likelihood > best?.logLikelihood ?? -.infinity else { continue }
            let ahead = CountFit(
                hasHurdle: false, alpha: alpha, sizeAlpha: 0, dispersion: size, logLikelihood: likelihood,
                start: (mean, 0), deviation: 0)
            best = ahead
        }
        return best.map { withDeviation($0, values) }
    }
    let demands = values.filter { $0 > 0 }
    let chance = Double(demands.count) / Double(values.count)
    let flags = values.map { $0 > 0 ? 1.0 : 0 }
    let excess = demands.map { $0 - 1 }
    let mean = excess.reduce(0, +) / Double(excess.count)
    var chanceFit = (alpha: 0.0, likelihood: -Double.infinity)
    var sizeFit = (alpha: 0.0, size: Double.infinity, likelihood: -Double.infinity)
    for alpha in constants {
        let chances = smoothedMeans(flags, alpha: alpha, from: chance)
        let likelihood = zip(flags, chances).reduce(0) {
            let p = min(max($1.1, 1e-6), 1 - 1e-6)
            return $0 + log($1.0 > 0 ? p : 1 - p)
        }
        if likelihood > chanceFit.likelihood { chanceFit = (alpha, likelihood) }
        let means = smoothedMeans(excess, alpha: alpha, from: mean)
        let size = momentSize(excess, means)
        let sizes = zip(excess, means).reduce(0) { $0 + logNegativeBinomial($1.0, mean: $1.1, size: size) }
        if sizes > sizeFit.likelihood { sizeFit = (alpha, size, sizes) }
    }
    return withDeviation(
        CountFit(
            hasHurdle: true, alpha: chanceFit.alpha, sizeAlpha: sizeFit.alpha, dispersion: sizeFit.size,
            logLikelihood: chanceFit.likelihood + sizeFit.likelihood, start: (chance, mean), deviation: 0), values)
}

extension CountFit {
    /// Mean (or chance of a demand) and mean excess over one after `values`.
    func state(after values: [Double]) -> (mean: Double, size: Double) {
        var (mean, size) = start
        for value in values {
            guard hasHurdle else {
                mean += alpha * (value - mean)
                continue
            }
            mean += alpha * ((value > 0 ? 1 : 0) - mean)
            if value > 0 { size += sizeAlpha * (value - 1 - size) }
        }
        return (mean, size)
    }

    func mean(after values: [Double]) -> Double {
        let (mean, size) = state(after: values)
        return hasHurdle ? mean * (1 + size) : mean
    }

    /// The least count whose distribution function reaches `level`.
    func quantile(_ level: Double, after values: [Double]) -> Double {
        let (mean, size) = state(after: values)
        guard hasHurdle else { return negativeBinomialQuantile(level, mean: mean, size: dispersion) }
        guard level > 1 - mean, mean > 0 else { return 0 }
        return 1 + negativeBinomialQuantile((level - (1 - mean)) / mean, mean: size, size: dispersion)
    }

    fileprivate func spread(after values: [Double]) -> Double {
        let (mean, size) = state(after: values)
        guard hasHurdle else { return (mean + mean * mean / dispersion).squareRoot() }
        let variance = size + size * size / dispersion
        let whole = 1 + size
        return (mean * (variance + whole * whole) - mean * mean * whole * whole).squareRoot()
    }
}

private func withDeviation(_ fit: CountFit, _ values: [Double]) -> CountFit {
    var fit = fit
    fit.deviation = fit.spread(after: values)
    return fit
}

/// The mean before each value.
private func smoothedMeans(_ values: [Double], alpha: Double, from start: Double) -> [Double] {
    var mean = start
    return values.map { value in
        defer { mean += alpha * (value - mean) }
        return max(mean, 1e-6)
    }
}

/// The size whose variance, mean + mean^2 / size, meets the squared errors.
private func momentSize(_ values: [Double], _ means: [Double]) -> Double {
    var (excess, squares) = (0.0, 0.0)
    for (value, mean) in zip(values, means) {
        excess += (value - mean) * (value - mean) - mean
        squares += mean * mean
    }
    return excess > 0 ? max(0.01, squares / excess) : .infinity
}

private func logNegativeBinomial(_ count: Double, mean: Double, size: Double) -> Double {
    let mean = max(mean, 1e-6)
    guard size.isFinite, size < 1e6 else { return count * log(mean) - mean - lgamma(count + 1) }
    return lgamma(count + size) - lgamma(size) - lgamma(count + 1) + size * log(size / (size + mean))
        + count * log(mean / (size + mean))
}

/// The least count whose distribution function reaches `level` for a count of this mean and variance: negative
/// binomial, Poisson where the variance is no larger than the mean.
func countQuantile(_ level: Double, mean: Double, variance: Double) -> Double {
    guard mean > 0 else { return 0 }
    return negativeBinomialQuantile(level, mean: mean, size: variance > mean ? mean * mean / (variance - mean) : 1e6)
}

/// By summing the probabilities.
private func negativeBinomialQuantile(_ level: Double, mean: Double, size: Double) -> Double {
    guard mean > 0 else { return 0 }
    let size = min(size, 1e6)
    var probability = exp(size * log(size / (size + mean)))
    let share = mean / (size + mean)
    var sum = probability
    var count = 0.0
    let most = mean + 40 * (mean + mean * mean / size).squareRoot() + 40
    while sum < level, count < most {
        probability *= share * (size + count) / (count + 1)
        count += 1
        sum += probability
    }
    return count
}
