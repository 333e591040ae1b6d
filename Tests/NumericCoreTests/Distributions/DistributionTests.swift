import NumericCore
import Testing

@Suite("Laws of demand: identities and published answers")
struct DistributionTests {
    @Test("quantiles of counts are the smallest counts that reach p, and invert the distribution function")
    func countQuantiles() throws {
        let poisson = [0.02, 0.9, 6, 37.5, 420, 20_000].map { PoissonDistribution(mean: $0) }
        for law in poisson {
            check(law.cumulative, law.quantile, around: law.mean, deviation: law.variance.squareRoot())
        }
        for (mean, size) in [(0.1, 0.05), (3, 0.4), (12, 5), (700, 20), (700, 1e6)] {
            let law = NegativeBinomialDistribution(mean: mean, size: size)
            check(law.cumulative, law.quantile, around: law.mean, deviation: law.variance.squareRoot())
        }
        for (n, p) in [(1, 0.3), (12, 0.01), (60, 0.5), (60, 0.97), (5000, 0.2)] {
            let law = BinomialDistribution(count: n, probability: p)
            check(law.cumulative, law.quantile, around: law.mean, deviation: law.variance.squareRoot())
        }
    }

    private func check(
        _ cumulative: (Double) -> Double, _ quantile: (Double) -> Double, around mean: Double, deviation: Double
    ) {
        for p in [1e-12, 1e-4, 0.1, 0.37, 0.5, 0.61, 0.9, 0.9999, 1 - 1e-12] {
            let k = quantile(p)
            #expect(k == k.rounded() && k >= 0)
            // The function loses digits near one; the search works in the other tail there.
            #expect(cumulative(k) >= p * (1 - 1e-12) - 1e-15, "p = \(p)")
            #expect(k == 0 || cumulative(k - 1) < p * (1 + 1e-12) + 1e-15, "p = \(p)")
        }
        for z in stride(from: -3.0, through: 3, by: 0.5) {
            let k = (mean + z * deviation).rounded()
            let p = cumulative(k)
            guard k >= 0, p < 1 else { continue }
            #expect(quantile(p) == k, "k = \(k)")
        }
    }

    @Test("quantiles of continuous laws invert their distribution functions")
    func continuousQuantiles() {
        for p in [1e-9, 0.01, 0.3, 0.5, 0.77, 0.999] {
            let gamma = GammaDistribution(shape: 2.3, scale: 7)
            #expect(isClose(gamma.cumulative(gamma.quantile(p)), p, within: 1e-12))
            let normal = NormalDistribution(mean: 3, standardDeviation: 0.5)
            #expect(isClose(normal.cumulative(normal.quantile(p)), p, within: 1e-12))
            let exponential = ExponentialDistribution(rate: 0.2)
            #expect(isClose(exponential.cumulative(exponential.quantile(p)), p, within: 1e-14))
        }
    }

    @Test("masses add up to one, to the mean and to the variance")
    func moments() throws {
        let poisson = PoissonDistribution(mean: 8.5)
        let negative = try #require(NegativeBinomialDistribution(mean: 4, variance: 19))
        let binomial = BinomialDistribution(count: 40, probability: 0.35)
        for (mass, mean, variance, last) in [
            (poisson.probability, poisson.mean, poisson.variance, 90),
            (negative.probability, negative.mean, negative.variance, 600),
            (binomial.probability, binomial.mean, binomial.variance, 40),
        ] {
            var (total, first, second) = (0.0, 0.0, 0.0)
            for k in 0...last {
                let p = mass(k)
                total += p
                first += p * Double(k)
                second += p * (Double(k) - mean) * (Double(k) - mean)
            }
            #expect(isClose(total, 1, within: 1e-13))
            #expect(isClose(first, mean, within: 1e-12))
            #expect(isClose(second, variance, within: 1e-12))
        }
        #expect(isClose(negative.mean, 4, within: 1e-15) && isClose(negative.variance, 19, within: 1e-15))
    }

    @Test("the loss is the integral of the upper tail, between the counts too")
    func lossIntegral() {
        // Between two counts the tail is constant, so the loss is a straight line.
        for x in [-1.5, 0, 0.25, 3.5, 9.75, 17.2] {
            let poisson = PoissonDistribution(mean: 6)
            let k = x.rounded(.down)
            let line = poisson.loss(k) - (x - k) * poisson.upperTail(k)
            #expect(isClose(poisson.loss(x), line, within: 1e-10))
            let negative = NegativeBinomialDistribution(mean: 6, size: 2)
            #expect(isClose(negative.loss(x), negative.loss(k) - (x - k) * negative.upperTail(k), within: 1e-10))
            let binomial = BinomialDistribution(count: 30, probability: 0.2)
            #expect(isClose(binomial.loss(x), binomial.loss(k) - (x - k) * binomial.upperTail(k), within: 1e-10))
        }
        for k in 0..<40 {
            // The loss falls by the tail from each count to the next.
            let law = NegativeBinomialDistribution(mean: 9, size: 1.5)
            let step = law.loss(Double(k)) - law.loss(Double(k + 1))
            #expect(isClose(step, law.upperTail(Double(k)), within: 1e-10))
        }
        for (shape, x) in [(0.4, 0.7), (1, 2), (6, 3), (6, 20), (6, 8.4)] {
            let law = GammaDistribution(shape: shape, scale: 1)
            let integral = simpson(from: x, to: x + 60, intervals: 20_000, law.upperTail)
            #expect(isClose(law.loss(x), integral, within: 1e-9))
        }
        let exponential = ExponentialDistribution(rate: 2)
        #expect(isClose(exponential.loss(1.5), GammaDistribution(shape: 1, scale: 0.5).loss(1.5), within: 1e-13))
    }

    @Test("a negative binomial of great size is a Poisson law, and of size one a geometric law")
    func limits() {
        let nearly = NegativeBinomialDistribution(mean: 7, size: 1e12)
        let poisson = PoissonDistribution(mean: 7)
        let geometric = NegativeBinomialDistribution(mean: 3, size: 1)
        var power = 0.25
        for k in 0..<30 {
            #expect(isClose(nearly.probability(k), poisson.probability(k), within: 1e-9))
            #expect(isClose(nearly.upperTail(Double(k)), poisson.upperTail(Double(k)), within: 1e-9))
            #expect(isClose(geometric.probability(k), power, within: 1e-13))
            power *= 0.75
        }
    }

    @Test("a newsvendor with demand N(50, 8), holding 0.18, penalty 0.70 stocks 56.60 at cost 1.9976")
    func normalNewsvendor() {
        let (h, p) = (0.18, 0.70)
        let demand = NormalDistribution(mean: 50, standardDeviation: 8)
        let stock = demand.quantile(p / (p + h))
        #expect(isClose(stock, 56.6039559274338868, within: 1e-12))
        let cost = h * (stock - 50) + (h + p) * demand.loss(stock)
        #expect(isClose(cost, 1.99760519317664484, within: 1e-12))
    }

    @Test("a newsvendor with Poisson(6) demand, holding 1, penalty 4 stocks 8 at cost 3.5701")
    func poissonNewsvendor() {
        let demand = PoissonDistribution(mean: 6)
        let stock = demand.quantile(4.0 / 5)
        #expect(stock == 8)
        #expect(isClose(stock - 6 + 5 * demand.loss(stock), 3.57010694577094216, within: 1e-12))
    }

    @Test("the fill rates of an (R, Q) policy under normal demand are the published ones")
    func fillRate() {
        let demand = NormalDistribution(mean: 100, standardDeviation: 25)
        let (mean, q) = (100.0, 200.0)
        for (r, expected) in [(110.0, 0.971195145381568379), (125, 0.989585566176539213), (150, 0.998938662172896295)] {
            let fill = 1 - (demand.loss(r) - demand.loss(r + q)) / q
            #expect(isClose(fill, expected, within: 1e-12), "mean \(mean)")
        }
        let r = bisect(in: 50...200) { 1 - (demand.loss($0) - demand.loss($0 + q)) / q - 0.98 }
        #expect(isClose(r ?? .nan, 115.806271740344402, within: 1e-12))
    }

    @Test("Palm: base stock 12 under 10 units of Poisson lead-time demand fills 69.68 %, backorders 0.5309")
    func palm() {
        let pipeline = PoissonDistribution(mean: 10)
        #expect(isClose(pipeline.cumulative(11), 0.696776146303107, within: 1e-12))
        #expect(isClose(pipeline.loss(12), 0.530916253707425, within: 1e-12))
        #expect(isClose(pipeline.cumulative(13), 0.864464422619311, within: 1e-12))
    }

    @Test("bad parameters give NaN or nil, never a trap")
    func badParameters() {
        let bad = [
            PoissonDistribution(mean: -1).quantile(0.5), PoissonDistribution(mean: .nan).loss(3),
            PoissonDistribution(mean: .infinity).cumulative(3), GammaDistribution(shape: 0, scale: 1).loss(1),
            GammaDistribution(mean: -2, variance: 3).cumulative(1),
            NormalDistribution(mean: 0, standardDeviation: 0).loss(1),
            BinomialDistribution(count: -3, probability: 0.2).upperTail(1),
            BinomialDistribution(count: 3, probability: 1.2).quantile(0.5), ExponentialDistribution(rate: -1).mean,
            NegativeBinomialDistribution(mean: -1, size: 2).probability(0),
            NegativeBinomialDistribution(size: 1, probability: 0).cumulative(2),
            PoissonDistribution(mean: 3).cumulative(.nan), PoissonDistribution(mean: 3).quantile(-0.1),
            GammaDistribution(shape: 2, scale: 2).quantile(1.1),
            BinomialDistribution(count: 4, probability: 0.5).loss(.nan),
        ]
        for (i, value) in bad.enumerated() { #expect(value.isNaN, "number \(i)") }
        #expect(NegativeBinomialDistribution(mean: 4, variance: 4) == nil)
        #expect(NegativeBinomialDistribution(mean: 0, variance: 4) == nil)
        #expect(NegativeBinomialDistribution(mean: .nan, variance: 4) == nil)
    }

    @Test("no demand at all is a law too")
    func noDemand() {
        #expect(PoissonDistribution(mean: 0).cumulative(0) == 1 && PoissonDistribution(mean: 0).quantile(0.99) == 0)
        #expect(PoissonDistribution(mean: 0).loss(2) == 0 && PoissonDistribution(mean: 0).loss(-2) == 2)
        #expect(PoissonDistribution(mean: 0).probability(0) == 1 && PoissonDistribution(mean: 0).probability(1) == 0)
        let negative = NegativeBinomialDistribution(mean: 0, size: 2)
        #expect(negative.quantile(0.9) == 0 && negative.loss(0) == 0 && negative.probability(0) == 1)
        let binomial = BinomialDistribution(count: 0, probability: 0.4)
        #expect(binomial.quantile(0.9) == 0 && binomial.loss(0) == 0 && binomial.probability(0) == 1)
        #expect(PoissonDistribution(mean: 5).quantile(1) == .infinity && PoissonDistribution(mean: 5).quantile(0) == 0)
        #expect(PoissonDistribution(mean: 5).cumulative(.infinity) == 1)
        #expect(PoissonDistribution(mean: 5).cumulative(-1) == 0 && PoissonDistribution(mean: 5).upperTail(-1) == 1)
    }
}
