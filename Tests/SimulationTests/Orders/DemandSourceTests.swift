import NumericCore
import Retail
import Testing

@testable import Simulation

/// Live shows, segments that convert and look at prices differently, recommendations.
@Suite("Where demand comes from")
struct DemandSourceTests {
    private func world() -> World {
        var world = TestWorld(days: 1, ordersPerDay: 6_000, cover: 20, lag: 0, paidShare: .one).make()
        world.payment = PaymentPlan(lag: LagLaw(probabilities: [0, 0.5], seconds: [1, 1.1]))
        return world
    }

    private func demand(_ world: World) throws -> DemandStage {
        try world.validate()
        var stage = DemandStage(Prepared(world), seed: 6, replication: 0)
        while !stage.isDone { stage.generate() }
        return stage
    }

    @Test("of the orders in a live show's minutes, 1 - 1 / factor came for it, in its channel only")
    func shows() throws {
        var world = world()
        world.demand.shows = [
            LiveShow(
                code: "show", channel: Channel.Index(0), begins: Instant(seconds: 6 * 3_600),
                ends: Instant(seconds: 18 * 3_600), factor: 4, returnRate: Rate(partsPerMillion: 800_000))
        ]
        let stage = try demand(world)
        var (within, came) = (0.0, 0.0)
        for index in 0..<stage.arrivals.count {
            let arrival = stage.arrivals[index]
            let isIn = arrival.channel == 0 && arrival.time >= 21_600_000_000 && arrival.time < 64_800_000_000
            if arrival.live > 0 { came += 1 }
            if isIn { within += 1 } else { #expect(arrival.live == 0) }
        }
        #expect(within > 500)
        #expect(abs(came / within - 0.75) < 4 * (0.1875 / within).squareRoot())
    }

    @Test("what was sold in a live show comes back at the show's rate")
    func showReturns() throws {
        var world = world()
        world.demand.shows = [
            LiveShow(
                code: "show", channel: Channel.Index(0), begins: .start, ends: .day, factor: 100_000,
                returnRate: .one)
        ]
        world.segments.indices.forEach { world.segments[$0].returnRate = .zero }
        world.afterSales.cancellationRate = .zero
        world.demand.orders = world.demand.orders.indices.map {
            $0 < world.demand.orders.count / 2 ? world.demand.orders[$0] : 0
        }
        var run = Replication(Prepared(world), seed: 6, number: 0)
        try run.run(meter: nil, isCancelled: { false })
        let back = Double(run.counters.unitsReturned) / Double(run.counters.unitsShipped)
        #expect(back > 0.999)
    }

    @Test("segments place orders by share times conversion, and all together as many as planned")
    func conversion() throws {
        var world = world()
        world.segments[0].conversion = 3
        let stage = try demand(world)
        var first = 0.0
        for index in 0..<stage.arrivals.count where stage.arrivals[index].segment == 0 { first += 1 }
        let all = Double(stage.arrivals.count)
        let part = 0.6 * 3 / (0.6 * 3 + 0.4)
        #expect(abs(first / all - part) < 4 * (part * (1 - part) / all).squareRoot())
        #expect(abs(all - 6_000) < 4 * 6_000.0.squareRoot())
    }

    @Test("a segment that does not look at prices buys the same with a price cut as without")
    func sensitivity() throws {
        var world = world()
        func units(_ world: World) throws -> [Double] {
            let stage = try demand(world)
            var sums = [0.0, 0.0]
            for index in 0..<stage.arrivals.count {
                let arrival = stage.arrivals[index]
                for line in Int(arrival.lineBase)..<Int(arrival.lineBase + arrival.lineCount) {
                    sums[Int(arrival.segment)] += Double(stage.lines[line].quantity)
                }
            }
            return sums
        }
        let before = try units(world)
        world.promotions = [
            PromotionPlan(
                code: "cut", effect: .priceCut(depth: Rate(partsPerMillion: 200_000)), begins: .start, ends: .day,
                scope: world.scope(), uplift: 1.5)
        ]
        world.segments[0].priceSensitivity = 0
        world.segments[1].priceSensitivity = 2
        let after = try units(world)
        #expect(after[0] == before[0])
        #expect(abs(after[1] / before[1] - 2.25) < 0.05)
    }

    @Test("a recommended article is added to the stated part of orders, of a category that goes with the basket")
    func attach() throws {
        var world = world()
        let plain = try demand(world)
        let categories = world.skus.categoryNames.count
        // Category a goes with a + 1 only.
        var affinities = [Double](repeating: 0, count: categories * categories)
        for a in 0..<categories { affinities[a * categories + (a + 1) % categories] = 1 }
        world.demand.attach = AttachPlan(
            rate: Rate(partsPerMillion: 250_000), affinities: affinities,
            popularity: [Double](repeating: 1, count: world.skus.count))
        let stage = try demand(world)
        #expect(stage.arrivals.count == plain.arrivals.count)
        var added = 0.0
        var could = 0.0
        for index in 0..<stage.arrivals.count {
            let (arrival, old) = (stage.arrivals[index], plain.arrivals[index])
            #expect(arrival.id == old.id)
            let known = Set((0..<Int(old.lineCount)).map { plain.lines[Int(old.lineBase) + $0].sku })
            could += 1
            if arrival.lineCount == old.lineCount { continue }
            added += 1
            let sku = stage.lines[Int(arrival.lineBase + arrival.lineCount) - 1].sku
            let category = Int(world.skus.categories[Int(sku)])
            #expect(known.contains { (Int(world.skus.categories[Int($0)]) + 1) % categories == category })
            #expect(!known.contains(sku))
        }
        // Some recommendations name what the basket holds already and come to nothing.
        #expect(added / could < 0.25 + 4 * (0.1875 / could).squareRoot())
        #expect(added / could > 0.1)
    }

    @Test("affinities are the part of baskets with one category that hold the other")
    func affinities() {
        // Every basket holds categories 0 and 1; one in two holds 2 as well.
        let baskets: [[Int32]] = [[0, 1], [0, 1, 2]]
        let lift = AttachPlan.affinities(baskets, categories: 3)
        #expect(lift[0 * 3 + 1] == (1 + 0.5) / 2)
        #expect(lift[0 * 3 + 2] == 0.5 / 2)
        #expect(lift[2 * 3 + 0] == 0.5)
        #expect(lift[0] == 0)
    }
}
