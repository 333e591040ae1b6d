import NumericCore
import Testing

/// Each test compares a sampler with its law at a fixed seed. A sampler that follows its law passes a chi-square test
/// at level 1e-4 for all but one seed in ten thousand; the draws are many enough that an error of one part in a
/// hundred in a common cell fails it.
@Suite("Samplers follow their laws")
struct SamplerTests {
    /// The probability of a chi-square statistic at least as large, from counts and probabilities of cells. Cells
    /// with fewer than ten expected draws are merged with their neighbours.
    private func significance(_ counts: [Int], _ probabilities: [Double]) -> Double {
        let n = Double(counts.reduce(0, +))
        var (statistic, cells) = (0.0, 0)
        var (observed, expected) = (0.0, 0.0)
        var left = n
        for (count, probability) in zip(counts, probabilities) {
            observed += Double(count)
            expected += n * probability
            left -= n * probability
            if expected >= 10 && left >= 10 {
                statistic += (observed - expected) * (observed - expected) / expected
                cells += 1
                (observed, expected) = (0, 0)
            }
        }
        if expected > 0 {
            statistic += (observed - expected) * (observed - expected) / expected
            cells += 1
        }
        return GammaDistribution(shape: Double(cells - 1) / 2, scale: 2).upperTail(statistic)
    }

    private func checkCounts(
        _ name: String, highest: Int, mass: (Int) -> Double, _ draw: (inout RandomStream) -> Int
    ) {
        var stream = testStream(name)
        var counts = [Int](repeating: 0, count: highest + 2)
        for _ in 0..<30_000 { counts[min(draw(&stream), highest + 1)] += 1 }
        var probabilities = (0...highest).map(mass)
        probabilities.append(max(0, 1 - probabilities.reduce(0, +)))
        let p = significance(counts, probabilities)
        #expect(p > 1e-4, "\(name): \(p)")
    }

    /// Cells of equal probability under the law.
    private func checkContinuous(
        _ name: String, cumulative: (Double) -> Double, _ draw: (inout RandomStream) -> Double
    ) {
        var stream = testStream(name)
        var counts = [Int](repeating: 0, count: 100)
        for _ in 0..<30_000 { counts[min(99, Int(cumulative(draw(&stream)) * 100))] += 1 }
        let p = significance(counts, [Double](repeating: 0.01, count: 100))
        #expect(p > 1e-4, "\(name): \(p)")
    }

    @Test("Poisson, from rare to many", arguments: [0.1, 2, 9.9, 10, 10.1, 31.7, 400])
    func poisson(mean: Double) {
        let law = PoissonDistribution(mean: mean)
        let highest = Int(mean + 8 * mean.squareRoot() + 3)
        checkCounts("poisson \(mean)", highest: highest, mass: law.probability) { $0.poisson(mean: mean) }
        checkCounts("inverted poisson \(mean)", highest: highest, mass: law.probability) {
            poissonByInversion(mean: mean, uniform: $0.uniform())
        }
    }

    @Test(
        "binomial, on both sides of its change of method",
        arguments: [(5, 0.2), (40, 0.1), (40, 0.25), (40, 0.26), (40, 0.9), (1000, 0.5), (1000, 0.015)])
    func binomial(n: Int, p: Double) {
        let law = BinomialDistribution(count: n, probability: p)
        checkCounts("binomial \(n) \(p)", highest: n, mass: law.probability) { $0.binomial(count: n, probability: p) }
        checkCounts("inverted binomial \(n) \(p)", highest: n, mass: law.probability) {
            binomialByInversion(count: n, probability: p, uniform: $0.uniform())
        }
    }

    @Test("negative binomial", arguments: [(0.5, 0.3), (4, 1.2), (15, 0.5), (60, 8)])
    func negativeBinomial(mean: Double, size: Double) {
        let law = NegativeBinomialDistribution(mean: mean, size: size)
        let highest = Int(mean + 12 * law.variance.squareRoot())
        checkCounts("negative binomial \(mean)", highest: highest, mass: law.probability) {
            $0.negativeBinomial(mean: mean, size: size)
        }
        checkCounts("inverted negative binomial \(mean)", highest: highest, mass: law.probability) {
            negativeBinomialByInversion(mean: mean, size: size, uniform: $0.uniform())
        }
    }

    @Test("normal, lognormal, exponential and uniform")
    func continuous() {
        let normal = NormalDistribution(mean: -2, standardDeviation: 3)
        checkContinuous("normal", cumulative: normal.cumulative) { $0.normal(mean: -2, standardDeviation: 3) }
        let exponential = ExponentialDistribution(rate: 0.25)
        checkContinuous("exponential", cumulative: exponential.cumulative) { $0.exponential(mean: 4) }
        checkContinuous("uniform", cumulative: { ($0 - 3) / 4 }) { $0.uniform(in: 3...7) }
        // A lognormal variate is below its median exp(m) half the time, and its quartiles are known.
        var stream = testStream("lognormal")
        var below = 0
        for _ in 0..<20_000 where stream.logNormal(logMean: 0, logStandardDeviation: 0.5) < 1.401_082_6 { below += 1 }
        // exp(0.5 z) with z = 0.674490 is the upper quartile: 15 000 of 20 000, deviation 61, four of them.
        #expect(abs(below - 15_000) < 245)
    }

    @Test("gamma, with shapes below and above one", arguments: [0.05, 0.6, 1, 2.5, 40])
    func gamma(shape: Double) {
        let law = GammaDistribution(shape: shape, scale: 3)
        checkContinuous("gamma \(shape)", cumulative: law.cumulative) { $0.gamma(shape: shape, scale: 3) }
    }

    @Test("inversion is the quantile function of the law")
    func inversion() {
        var stream = testStream("inversion")
        for mean in [0.4, 5, 15.9, 16.1, 220, 5000] {
            let law = PoissonDistribution(mean: mean)
            for _ in 0..<200 {
                let u = stream.uniform()
                #expect(Double(poissonByInversion(mean: mean, uniform: u)) == law.quantile(u))
            }
            let negative = NegativeBinomialDistribution(mean: mean, size: 1.7)
            let binomial = BinomialDistribution(count: 6000, probability: mean / 6000)
            for _ in 0..<50 {
                let u = stream.uniform()
                #expect(Double(negativeBinomialByInversion(mean: mean, size: 1.7, uniform: u)) == negative.quantile(u))
                let count = binomialByInversion(count: 6000, probability: mean / 6000, uniform: u)
                #expect(Double(count) == binomial.quantile(u))
            }
        }
    }

    @Test("under one draw, more demand is never fewer units")
    func monotone() {
        var stream = testStream("monotone")
        for _ in 0..<100 {
            let u = stream.uniform()
            var previous = 0
            for mean in stride(from: 0.5, through: 40, by: 0.5) {
                let count = poissonByInversion(mean: mean, uniform: u)
                #expect(count >= previous)
                previous = count
            }
        }
    }

    @Test("a rejection in one stream shifts no other")
    func isolation() {
        var first = testStream("isolation a")
        var second = testStream("isolation b")
        let expected = second.uniform(at: 0)
        for _ in 0..<50 { _ = first.poisson(mean: 300) }
        #expect(second.uniform() == expected)
    }

    @Test("extreme parameters end and are answered")
    func extremes() {
        var stream = testStream("extremes")
        #expect(stream.poisson(mean: 0) == 0 && stream.poisson(mean: -3) == 0 && stream.poisson(mean: .nan) == 0)
        #expect(abs(Double(stream.poisson(mean: 1e12)) - 1e12) < 1e7)
        #expect(stream.poisson(mean: .infinity) > 0)
        #expect(stream.binomial(count: 10, probability: 0) == 0 && stream.binomial(count: 10, probability: 1) == 10)
        #expect(stream.binomial(count: -1, probability: 0.5) == 0 && stream.binomial(count: 9, probability: .nan) == 0)
        #expect(stream.gamma(shape: -1).isNaN && stream.gamma(shape: 1, scale: .nan).isNaN)
        #expect(stream.negativeBinomial(mean: 0, size: 1) == 0)
        for u in [0x1p-53, 0.5, 1 - 0x1p-53] {
            for mean in [1e-9, 1, 15, 17, 1e4, 1e9] {
                #expect(poissonByInversion(mean: mean, uniform: u) >= 0)
                #expect(negativeBinomialByInversion(mean: mean, size: 0.02, uniform: u) >= 0)
            }
        }
    }

    @Test("whole numbers below a bound are equally likely")
    func integers() {
        var stream = testStream("integers")
        var counts = [Int](repeating: 0, count: 7)
        for _ in 0..<70_000 { counts[stream.integer(below: 7)] += 1 }
        #expect(significance(counts, [Double](repeating: 1.0 / 7, count: 7)) > 1e-4)
        #expect(stream.integer(below: 1) == 0 && stream.integer(below: 0) == 0 && stream.integer(below: -4) == 0)
        // With a bound of 3 * 2^61 a quarter of all words falls into the last, short round: rejection matters.
        var low = 0
        for _ in 0..<20_000 where stream.integer(below: 3 << 61) < 1 << 61 { low += 1 }
        // One third of 20 000, deviation 67, four of them.
        #expect(abs(low - 6667) < 268)
    }
}
