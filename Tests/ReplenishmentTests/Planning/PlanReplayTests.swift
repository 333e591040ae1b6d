import NumericCore
import Replenishment
import Retail
import Testing

@Suite("A plan played day by day") struct PlanReplayTests {
    private func replay(_ target: ServiceTarget, level change: (inout StockPlan) -> Void = { _ in }) throws
        -> PlanReplay
    {
        let world = SmallWorld(skuCount: 6)
        let demand = world.demand(
            (0..<6).map {
                (sku: $0, node: 0, mean: [0.4, 1, 3, 8, 20, 60][$0], deviation: [0.8, 1.4, 2.5, 4, 7, 15][$0])
            })
        let feeds = world.feeds(demand, policy: .orderUpTo)
        var plan = try StockPlanner.plan(demand: demand, feeds: feeds, skus: world.skus, service: ServicePolicy(target))
        change(&plan)
        var options = PlanReplay.Options()
        options.days = 1_400
        return PlanReplay.run(
            demand: demand, feeds: feeds, plan: plan, skus: world.skus, nodes: world.nodes, options: options)
    }

    @Test(
        "keeps a promised fill rate: within the interval, or above it by no more than whole units explain",
        arguments: [0.9, 0.95, 0.98])
    func fill(level: Double) throws {
        let replay = try replay(.fill(level))
        for row in replay.rows {
            #expect(row.reached + row.halfWidth > level - 0.005, "\(row)")
        }
        // Sixty a day: a single unit no longer matters.
        let last = try #require(replay.rows.last)
        #expect(abs(last.reached - level) < 0.01 + last.halfWidth, "\(last)")
    }

    @Test("falls below the promise when the levels are lowered, and says so")
    func lowered() throws {
        let replay = try replay(.fill(0.98)) { plan in
            for at in plan.targets.indices {
                plan.targets[at].orderUpTo = plan.targets[at].orderUpTo * 7 / 10
                plan.targets[at].reorderPoint = max(0, plan.targets[at].orderUpTo - 1)
            }
        }
        #expect(replay.rows.filter { $0.verdict == .below }.count >= 4)
    }

    @Test("repeats itself with the same seed, and a row's luck is its own")
    func keyed() throws {
        #expect(try replay(.cycle(0.9)) == replay(.cycle(0.9)))
    }

    static let sizes: [[LineSizes.Size]] = [
        [.init(units: 1, share: 1)], [.init(units: 1, share: 0.5), .init(units: 6, share: 0.5)],
        [.init(units: 1, share: 0.6), .init(units: 4, share: 0.3), .init(units: 24, share: 0.1)],
    ]

    @Test(
        "keeps a promise of whole lines, line by line: what is reached is what is planned, and that is the promise but for whole units",
        arguments: 0..<3, [PolicyKind.orderUpTo, .minMax])
    func lines(of sizes: Int, policy: PolicyKind) throws {
        let lines = LineSizes(all: Self.sizes[sizes])
        let lump = Lumps(Self.sizes[sizes]).size
        let world = SmallWorld(skuCount: 2)
        // As independent lines spread, and twice as far.
        let demand = world.demand(
            (0..<2).map {
                (sku: $0, node: 0, mean: 12.0, deviation: (12 * lump * Double(1 + $0)).squareRoot())
            })
        let feeds = world.feeds(demand, policy: policy)
        let plan = try StockPlanner.plan(
            demand: demand, feeds: feeds, skus: world.skus, service: ServicePolicy(.line(0.9)), lines: lines)
        var options = PlanReplay.Options()
        options.days = 5_600
        let replay = PlanReplay.run(
            demand: demand, feeds: feeds, plan: plan, skus: world.skus, nodes: world.nodes, lines: lines,
            options: options)
        #expect(replay.rows.count == 2)
        for row in replay.rows {
            #expect(row.planned >= 0.9 && row.planned < 0.91, "\(row)")
            #expect(abs(row.reached - row.planned) < 0.02 + row.halfWidth, "\(row)")
        }
    }

    @Test("keeps a promise of whole lines where a day sees a line or none, and lines are as large as the days to cover")
    func rareLines() throws {
        let sizes: [LineSizes.Size] = [.init(units: 1, share: 0.5), .init(units: 12, share: 0.5)]
        let lines = LineSizes(all: sizes)
        let world = SmallWorld(skuCount: 1)
        let demand = world.demand([(sku: 0, node: 1, mean: 1, deviation: Lumps(sizes).size.squareRoot())])
        let feeds = world.feeds(demand)
        let plan = try StockPlanner.plan(
            demand: demand, feeds: feeds, skus: world.skus, service: ServicePolicy(.line(0.9)), lines: lines)
        var options = PlanReplay.Options()
        options.days = 20_000
        let replay = PlanReplay.run(
            demand: demand, feeds: feeds, plan: plan, skus: world.skus, nodes: world.nodes, lines: lines,
            options: options)
        let row = try #require(replay.rows.first)
        #expect(row.planned >= 0.9 && abs(row.reached - row.planned) < 0.02 + row.halfWidth, "\(row)")
    }

    @Test("an interval is never narrower than so few shortages allow")
    func rareShortages() {
        // No shortage in a thousand units: as many as four of ten units may have been due.
        let none = ServiceReached(served: [500, 500], asked: [500, 500], shortages: 0, usualMiss: 10)
        #expect(none.share == 1 && abs(none.halfWidth - 0.0396) < 1e-9)
        #expect(none.verdict(promised: 0.985, planned: 0.985) == .few)
        #expect(none.verdict(promised: 0.9, planned: 0.9) == .above)
        // Replications alike to the unit, but all rests on four shortages.
        let four = ServiceReached(served: [460, 460], asked: [500, 500], shortages: 4, usualMiss: 1)
        #expect(four.verdict(promised: 0.85, planned: 0.85) == .kept)
        #expect(four.share == 0.92 && four.halfWidth > 0.08 && four.halfWidth < 0.14)
        #expect(four.verdict(promised: 0.95, planned: 0.95) == .few)
    }
}
