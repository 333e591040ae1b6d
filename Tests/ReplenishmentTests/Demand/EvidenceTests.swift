import Foundation
import NumericCore
import Retail
import Testing

@testable import Replenishment

@Suite("Laws chosen by evidence") struct EvidenceTests {
    /// A forecast of one series whose days all have the same quantiles.
    private func forecast(mean: Double, _ quantile: (Double) -> Double) -> Forecast {
        let levels = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95]
        let axis = TimeAxis(step: .day, origin: Day(number: 15_000), count: 28)
        return Forecast(
            axis: axis, keys: [SeriesKey(sku: SKU.Index(0))], names: ["K0"],
            mean: [Double](repeating: mean, count: 28), levels: levels,
            quantiles: (0..<28).flatMap { _ in levels.map { max(0, quantile($0)) } },
            choices: [ModelChoice(model: "given", scores: [])])
    }

    private func feed(lead: Double, deviation: Double = 0) -> Feed {
        Feed(
            source: .supplier(Supplier.Index(0)), leadTime: lead, leadTimeDeviation: deviation, reviewPeriod: 1,
            unitCost: UnitPrice(units: 20_000), policy: .orderUpTo)
    }

    private func choose(_ forecast: Forecast, lead: Double, deviation: Double = 0) throws -> LawChooser.Choice {
        let demand = try NodeDemand(
            forecast: forecast, start: forecast.axis.origin, nodes: [Node.Index(0)], shares: [1])
        var chooser = LawChooser()
        return try chooser.choose(demand.daily(0), feed: feed(lead: lead, deviation: deviation), review: 1)
    }

    @Test("the forecast's own shape decides: symmetric days give a normal law, skewed ones a skewed law")
    func shapes() throws {
        let normal = NormalDistribution(mean: 100, standardDeviation: 20)
        #expect(try choose(forecast(mean: 100) { normal.quantile($0) }, lead: 5).law.name == "normal")
        let gamma = GammaDistribution(shape: 0.5, scale: 200)
        let skewed = try choose(forecast(mean: 100) { gamma.quantile($0) }, lead: 1)
        #expect(skewed.law.name != "normal" && skewed.law.name != "poisson")
        // Both state how well they fit, and fit closer than chance would mislead 240 samples.
        #expect(try #require(skewed.fit) < 0.12)
    }

    @Test("a slow mover gets a law of counts, whatever sigma times the root of the lead time would say")
    func slowMover() throws {
        let law = NegativeBinomialDistribution(mean: 0.4, size: 0.5)
        let choice = try choose(forecast(mean: 0.4) { law.quantile($0) }, lead: 4)
        #expect(["negative binomial", "poisson", "empirical"].contains(choice.law.name))
        #expect(choice.law.isCount)
    }

    @Test("days that go together widen the sum: AR(1) by hand, in the moments and in the samples")
    func correlation() {
        let days = (0..<6).map { 20 + Double($0) }
        let deviations = [Double](repeating: 4, count: 6)
        var factor = 6.0
        for lag in 1...5 { factor += 2 * Double(6 - lag) * pow(0.6, Double(lag)) }
        for correlation in [0, 0.6] {
            let daily = DailyDemand(mean: days, deviation: deviations, correlation: correlation)
            let expected = 16 * (correlation == 0 ? 6 : factor)
            #expect(agrees(daily.cumulative(span: 6).variance, expected))
            let samples = LeadTimeSamples(
                daily, leadTimes: [Double](repeating: 5, count: LeadTimeSamples.draws), review: 1)
            let law = EmpiricalDistribution(samples.sums)
            // 240 draws: the deviation's own error is 4.6 %, the mean's a fifteenth of the deviation.
            #expect(abs(law.mean - 135) < 0.2 * expected.squareRoot())
            #expect(abs(law.variance.squareRoot() / expected.squareRoot() - 1) < 0.15)
        }
    }

    @Test("lead times of past orders are drawn as they were, gamma ones with their mean and spread")
    func leadTimes() {
        let observed = LeadTimeLaw.observed([3, 3, 3, 20], shift: 2).draws(8)
        #expect(observed == [5, 5, 5, 5, 5, 5, 22, 22])
        let gamma = LeadTimeLaw.gamma(mean: 9, deviation: 2).draws(400)
        let mean = gamma.reduce(0, +) / 400
        #expect(abs(mean - 9) < 0.01 && gamma == gamma.sorted())
        #expect(LeadTimeLaw.gamma(mean: 4, deviation: 0).draws(3) == [4, 4, 4])
        // One order in four takes three weeks: what must be covered has two humps that no smooth law has.
        let lead = [Int](repeating: 3, count: 30) + [Int](repeating: 21, count: 10)
        let daily = DailyDemand(mean: [10], deviation: [2])
        let samples = LeadTimeSamples(daily, leadTimes: LeadTimeLaw.observed(lead, shift: 0).draws(), review: 1)
        #expect(samples.sums.count { $0 > 100 } == 60)
    }

    @Test("pooling several nodes makes demand more normal: its shape comes nearer to the normal law's")
    func pooling() throws {
        let gamma = GammaDistribution(shape: 0.5, scale: 200)
        let own = try NodeDemand(
            forecast: forecast(mean: 100) { gamma.quantile($0) }, start: Day(number: 15_000),
            nodes: (0..<4).map { Node.Index($0) }, shares: [0, 0, 0, 1])
        var four = NodeDemand(start: own.start, horizon: own.horizon)
        for node in 1...4 {
            four.append(
                sku: SKU.Index(0), node: Node.Index(node), dailyMean: Array(own.mean), dailyDeviation: own.deviation)
            four.takeForm(of: 0, in: own, row: node - 1)
        }
        // Each node's errors are its own.
        four.common = []
        let pooled = four.includingDownstream(
            upstream: [nil] + [Node.Index?](repeating: Node.Index(0), count: 4))
        let top = try #require(pooled.orderedRows.first { pooled.nodes[$0] == Node.Index(0) })
        func skewness(_ shape: [Double]?) -> Double {
            zip(DemandShape.scores, shape ?? []).reduce(0) { $0 + pow($1.1, 3) * Normal.density($1.0) * 0.25 }
        }
        let (one, all) = (skewness(own.shape(0)), skewness(pooled.shape(top)))
        // The skewness of a sum of four falls to a half.
        #expect(one > 1 && abs(all / one - 0.5) < 0.15, "\(one) \(all)")
    }
}
