import Foundation
import NumericCore
import Retail
import Testing

@testable import Simulation

@Suite("Stages")
struct StageTests {
    @Test("servers called up as they are needed begin every job when all servers at hand would")
    func callUp() {
        var draws = RandomStream(seed: 8, stream: 1, entity: 1, replication: 0)
        for servers in [1, 2, 5, 60] {
            let all = Stations(servers: [servers], opens: [8 * 3_600], closes: [20 * 3_600])
            let few = Stations(servers: [servers], opens: [8 * 3_600], closes: [20 * 3_600], grows: true)
            var now: Int64 = 0
            for _ in 0..<2_000 {
                now += Int64(draws.uniform() * 100e6)
                let service = Int64(draws.uniform() * 400e6)
                let starts = (
                    all.serve(0, arrival: now, service: service), few.serve(0, arrival: now, service: service)
                )
                #expect(starts.0 == starts.1)
                #expect(max(now, all.earliest(0)) == max(now, few.earliest(0)))
            }
        }
    }

    @Test("four pick stations with Poisson arrivals and exponential service wait as Erlang says (M/M/4 at 0.9)")
    func erlang() {
        let (batches, jobs) = (40, 25_000)
        let stations = Stations(servers: [4], opens: [0], closes: [0])
        var draws = RandomStream(
            seed: 2_024, stream: RandomStreamID.verification.rawValue, entity: entityHash("M/M/4"), replication: 0)
        var clock = 0.0
        var waits: [Double] = []
        var delayed: [Double] = []
        for batch in -1..<batches {
            var (wait, late) = (0.0, 0.0)
            for _ in 0..<jobs {
                clock += draws.exponential(mean: 1e6 / 3.6)
                let arrival = Int64(clock)
                let start = stations.serve(0, arrival: arrival, service: Int64(draws.exponential(mean: 1e6)))
                wait += Double(start - arrival) / 1e6
                if start > arrival { late += 1 }
            }
            // The first batch warms up.
            if batch >= 0 {
                waits.append(wait / Double(jobs))
                delayed.append(late / Double(jobs))
            }
        }
        for (values, exact) in [(waits, 1.96938316073841), (delayed, 0.787753264295)] {
            let mean = values.reduce(0, +) / Double(batches)
            let squares = values.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) }
            let error = (squares / Double(batches - 1) / Double(batches)).squareRoot()
            #expect(abs(mean - exact) < 4 * error, "\(mean) against \(exact)")
        }
    }

    @Test("a shift delays a job to the next opening and a job begun is finished")
    func shift() {
        let hour = SliceGrid.microsecondsPerHour
        let stations = Stations(servers: [1], opens: [8 * 3_600], closes: [20 * 3_600])
        let early = stations.serve(0, arrival: 5 * hour, service: hour)
        #expect(early == 8 * hour)
        let overlong = stations.serve(0, arrival: 19 * hour, service: 2 * hour)
        #expect(overlong == 19 * hour)
        let late = stations.serve(0, arrival: 20 * hour, service: hour)
        #expect(late == 32 * hour)
    }

    @Test("the discount's parts are those of the largest-remainder method, to the cent", arguments: 1...40)
    func allocation(seed: Int) throws {
        var draws = RandomStream(
            seed: UInt64(seed), stream: RandomStreamID.verification.rawValue, entity: 1, replication: 0)
        var scratch = Scratch(nodes: 1)
        let weights = (0..<(1 + draws.integer(below: 40))).map { _ in Int64(draws.integer(below: 50_000)) } + [1]
        let total = Int64(draws.integer(below: 20_000))
        for weight in weights { scratch.weights.append(weight) }
        scratch.allocate(total)
        let parts = (0..<weights.count).map { scratch.amounts[$0] }
        #expect(parts.reduce(0, +) == total)
        #expect(parts == (try allocateByLargestRemainder(total, over: weights)))
    }

    @Test("when nobody pays, every order times out and all stock is free again")
    func unpaid() throws {
        var world = TestWorld(paidShare: .zero).make()
        world.replenishment = ReplenishmentPlan(transferReviews: [], supplierReviews: [])
        try world.validate()
        var run = Replication(Prepared(world), seed: 1, number: 0)
        try run.run(meter: nil, isCancelled: { false })
        _ = try run.audit(isOver: true)
        let (reserved, released) = (run.stock.unitsReserved, run.stock.unitsReleased)
        #expect(reserved > 0)
        #expect(released == reserved)
        let unpaid = run.counters.states[Int(OrderState.unpaid.rawValue)]
        let lost = run.counters.states[Int(OrderState.lost.rawValue)]
        let orders = run.counters.orders
        #expect(unpaid + lost == orders)
        let pool = run.stock.pool.array
        for sku in 0..<world.skus.count { #expect(pool[sku] == world.stock.opening(SKU.Index(sku))) }
    }

    @Test("payment lags have the quantiles they were given")
    func paymentLag() {
        let law = LagLaw.tmall2020
        for (p, seconds) in [(0.5, 8.0), (0.9, 51), (0.95, 191), (0.99, 8_978)] {
            #expect(abs(law.quantile(p) / seconds - 1) < 1e-9)
        }
        #expect(law.quantile(0.7) < law.quantile(0.71))
    }

    @Test("shops that see the truth never oversell; shops that see it an hour late do")
    func oversold() throws {
        let truth = try finished(TestWorld(fronts: 0, ordersPerDay: 1_500, cover: 0.3, lag: 0).make())
        #expect(truth.figure(.oversoldOrders) == 0)
        #expect(truth.figure(.lostSales) > 0)
        let late = try finished(TestWorld(fronts: 0, ordersPerDay: 1_500, cover: 0.3, lag: 3_600).make())
        #expect(late.figure(.oversoldOrders) > 0)
    }

    @Test("stock in silos sells no more than the same stock shared", arguments: 1...4)
    func silos(seed: Int) throws {
        func units(siloed: Bool) throws -> (demanded: Double, lost: Double) {
            var test = TestWorld(seed: UInt64(seed), ordersPerDay: 800, cover: 0.6, lag: 0, siloed: siloed)
            test.paidShare = .one
            var world = test.make()
            world.replenishment = ReplenishmentPlan(transferReviews: [], supplierReviews: [])
            world.afterSales.cancellationRate = .zero
            // Returns come back in the last days and would blur the comparison.
            for segment in world.segments.indices { world.segments[segment].returnRate = .zero }
            let result = try finished(world)
            return (result.figure(.unitsDemanded), result.figure(.lostSales))
        }
        let (shared, siloed) = (try units(siloed: false), try units(siloed: true))
        #expect(shared.demanded == siloed.demanded)
        #expect(siloed.lost >= shared.lost)
    }

    @Test("a flash sale sells no more than its cap at its price")
    func flashCap() throws {
        var world = TestWorld(days: 1, ordersPerDay: 2_000, cover: 5, paidShare: .one).make()
        world.afterSales.cancellationRate = .zero
        world.promotions = [
            PromotionPlan(
                code: "F", effect: .flashSale(depth: Rate(partsPerMillion: 500_000)), begins: .start, ends: .day,
                scope: world.scope { $0 == 0 }, cap: 100)
        ]
        try world.validate()
        var run = Replication(Prepared(world), seed: 1, number: 0)
        try run.run(meter: nil, isCancelled: { false })
        // Cuts given, over the cut of one unit, is units sold at the flash price: prices here are whole cents twice over.
        let cut = Double(run.ledger.balance(.priceCuts)) * 100 / (Double(world.skus.listPrices[0].units) / 2)
        #expect(cut > 60)
        #expect(cut < 101)
        let left = run.capLeft[0]
        #expect(left >= 0)
    }

    @Test("an order's story is in order of time and ends in its final state")
    func story() throws {
        let world = TestWorld().make()
        var stage = DemandStage(Prepared(world), seed: 9, replication: 1)
        while !stage.isDone { stage.generate() }
        let id = OrderID(bits: stage.arrivals[stage.arrivals.count / 2].id)
        let story = try Simulator.trace(world, seed: 9, replication: 1, order: id)
        #expect(story.count >= 2)
        #expect(story.map(\.time) == story.map(\.time).sorted())
        guard case .placed? = story.first?.what, case .ended(let state)? = story.last?.what else {
            Issue.record("the story does not begin with placing and end with an end: \(story)")
            return
        }
        #expect(OrderState.finals.map(\.key).contains(state))
        #expect(try Simulator.trace(world, seed: 9, replication: 1, order: OrderID(bits: 1)).isEmpty)
    }
}
