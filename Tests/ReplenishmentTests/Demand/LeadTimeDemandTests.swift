import NumericCore
import Replenishment
import Retail
import Testing

@Suite("Demand over lead time and review") struct LeadTimeDemandTests {
    @Test("demand alike every day gives the textbook variance, however the span falls on days", arguments: 0..<50)
    func stationary(seed: Int) {
        var random = draws("stationary", seed)
        let (mean, deviation) = (20 * random.uniform(), 8 * random.uniform())
        let (lead, spread) = (0.1 + 30 * random.uniform(), 6 * random.uniform())
        let review = 14 * random.uniform()
        let moments = DailyDemand(
            mean: [Double](repeating: mean, count: 10), deviation: [Double](repeating: deviation, count: 10)
        ).leadTimeMoments(leadTime: lead, leadTimeDeviation: spread, review: review)
        #expect(agrees(moments.mean, mean * (lead + review), 1e-10), "seed \(seed)")
        let variance = (lead + review) * deviation * deviation + mean * mean * spread * spread
        #expect(agrees(moments.variance, variance, 1e-10), "seed \(seed)")
    }

    @Test("a promotion inside the lead time counts in full, one beyond it does not")
    func promotion() {
        var mean = [Double](repeating: 10, count: 28)
        mean[4] = 100
        mean[12] = 500
        let daily = DailyDemand(mean: mean, deviation: [Double](repeating: 0, count: 28))
        #expect(daily.cumulative(span: 7).mean == 160)
        #expect(daily.cumulative(from: 5, span: 7).mean == 70)
        #expect(daily.cumulative(from: 5, span: 7.5).mean == 70 + 250)
    }

    @Test("beyond the last day the last week repeats")
    func lastWeekRepeats() {
        let week: [Double] = [1, 2, 3, 4, 5, 6, 0]
        let daily = DailyDemand(mean: [9, 9] + week, deviation: [Double](repeating: 0, count: 9))
        for day in 0..<40 { #expect(daily.mean(day: 2 + day) == week[day % 7]) }
        #expect(daily.cumulative(from: 2, span: 70).mean == 210)
    }

    @Test("the law follows the evidence: calm counts, lumpy counts, skewed and even bulk")
    func laws() {
        #expect(DemandLaw.choose(mean: 4, variance: 3).name == "poisson")
        #expect(DemandLaw.choose(mean: 4, variance: 12).name == "negative binomial")
        #expect(DemandLaw.choose(mean: 400, variance: 40_000).name == "gamma")
        #expect(DemandLaw.choose(mean: 4_000, variance: 40_000).name == "normal")
        #expect(DemandLaw.choose(mean: 0, variance: 0).quantile(0.99) == 0)
    }

    @Test("the law chosen has the mean and variance it was chosen for", arguments: 0..<200)
    func momentsAreKept(seed: Int) {
        var random = draws("laws", seed)
        let mean = 0.01 + 500 * random.uniform() * random.uniform()
        let variance = mean * (1 + 50 * random.uniform())
        let law = DemandLaw.choose(mean: mean, variance: variance)
        #expect(agrees(law.mean, mean, 1e-9) && agrees(law.variance, variance, 1e-9), "seed \(seed)")
    }

    @Test("a slow mover needs more than z sigma root L says")
    func slowMover() throws {
        // Sales come rarely and then several at once: mean 1 over the lead time, variance 6.
        let law = DemandLaw.choose(mean: 1, variance: 6)
        let normal = 1 + (try SafetyStock.forCycleService(0.99, deviation: 6.0.squareRoot()))
        let level = try ReorderPoint.wholeForCycleService(0.99, law: law)
        #expect(Double(level) > normal + 2)
        #expect(law.cumulative(Double(level)) >= 0.99 && law.cumulative(Double(level - 1)) < 0.99)
    }

    @Test("a forecast split over nodes keeps its units, and thinned counts stay Poisson")
    func splitForecast() throws {
        let start = Day(number: 15_000)
        let levels = [0.1, 0.5, 0.9]
        let mean = [4.0, 6, 8, 2]
        // Normal quantiles with standard deviation equal to the root of the mean.
        let quantiles = mean.flatMap { m in levels.map { m + m.squareRoot() * Normal.quantile($0) } }
        let forecast = Forecast(
            axis: TimeAxis(step: .day, origin: start, count: 2),
            keys: [SeriesKey(sku: SKU.Index(0)), SeriesKey(sku: SKU.Index(1))], names: ["a", "b"], mean: mean,
            levels: levels, quantiles: quantiles, choices: [])
        let demand = try NodeDemand(
            forecast: forecast, start: start, nodes: [Node.Index(0), Node.Index(3)], shares: [0.25, 0.75, 1, 0])
        #expect(demand.rowCount == 3)
        #expect(abs(demand.mean.reduce(0, +) - 20) < 1e-12)
        for cell in demand.mean.indices {
            #expect(agrees(demand.deviation[cell] * demand.deviation[cell], demand.mean[cell], 1e-12))
        }
    }

    @Test(
        "a forecast shared by nodes and pooled again is as uncertain as it was: errors of the whole SKU do not cancel")
    func pooledAgain() throws {
        let levels = [0.1, 0.5, 0.9]
        let axis = TimeAxis(step: .day, origin: Day(number: 15_000), count: 7)
        let law = NormalDistribution(mean: 100, standardDeviation: 30)
        let forecast = Forecast(
            axis: axis, keys: [SeriesKey(sku: SKU.Index(0))], names: ["K"], mean: [Double](repeating: 100, count: 7),
            levels: levels, quantiles: (0..<7).flatMap { _ in levels.map { law.quantile($0) } },
            choices: [ModelChoice(model: "given", scores: [])])
        let below = try NodeDemand(
            forecast: forecast, start: axis.origin, nodes: [Node.Index(1), Node.Index(2)], shares: [0.7, 0.3])
        let above = below.includingDownstream(upstream: [nil, Node.Index(0), Node.Index(0)])
        let row = try #require(above.orderedRows.first { above.nodes[$0] == Node.Index(0) })
        #expect(agrees(above.deviation[row * 7], 30, 1e-9))
        // As independent errors they would come to 0.58 of the variance and the noise of the split, twice 0.21 x 100.
        var apart = below
        apart.common = []
        let pooled = apart.includingDownstream(upstream: [nil, Node.Index(0), Node.Index(0)])
        #expect(agrees(pooled.deviation[row * 7], (0.58 * 900 + 42).squareRoot(), 1e-9))
    }

    @Test("what nodes below ask for is demand above, its deviations pooled by the square")
    func downstream() throws {
        let world = SmallWorld()
        let demand = world.demand([(0, 0, 1, 1), (0, 1, 3, 2), (0, 2, 5, 2)])
        let all = demand.includingDownstream(upstream: world.upstream)
        let central = try #require((0..<all.rowCount).first { all.nodes[$0] == Node.Index(0) })
        #expect(all.daily(central).mean(day: 3) == 9)
        #expect(agrees(all.daily(central).variance(day: 3), 9))
        #expect(all.rowCount == 3)
    }
}
