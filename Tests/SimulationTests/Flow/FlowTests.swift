import Foundation
import NumericCore
import Retail
import Testing

@testable import Simulation

/// Pack stations, overtime, riders, carriers, refusals, exchanges, service.
@Suite("Fulfilment, shipping and after-sales")
struct FlowTests {
    @Test("two stations in tandem with exponential service keep parcels as long as Jackson's formula says")
    func tandem() {
        // Poisson arrivals at 0.5, two servers at 0.4 each, then one at 0.8: by Burke (1956) the second queue sees a
        // Poisson stream too, so the sojourn is that of M/M/2 plus that of M/M/1.
        let first = Stations(servers: [2], opens: [0], closes: [0])
        let second = Stations(servers: [1], opens: [0], closes: [0])
        var random = RandomStream(seed: 11, stream: RandomStreamID.verification.rawValue, entity: 5, replication: 0)
        let unit = 1_000_000.0
        var clock = 0.0
        var jobs: [(arrival: Int64, done: Int64)] = []
        for _ in 0..<400_000 {
            clock += random.exponential(mean: 2 * unit)
            let service = Int64(random.exponential(mean: 2.5 * unit))
            let start = first.serve(0, arrival: Int64(clock), service: service)
            jobs.append((Int64(clock), start + service))
        }
        jobs.sort { $0.done < $1.done }
        var total = 0.0
        for job in jobs {
            let service = Int64(random.exponential(mean: 1.25 * unit))
            total += Double(second.serve(0, arrival: job.done, service: service) + service - job.arrival)
        }
        // Erlang C for load a = 1.25 on two servers: P(wait) = a^2/2 / (1 - a/2) / (1 + a + a^2/2 / (1 - a/2)).
        let tail = 1.25 * 1.25 / 2 / (1 - 0.625)
        let wait = tail / (1 + 1.25 + tail) / (0.8 - 0.5)
        let expected = wait + 2.5 + 1 / (0.8 - 0.5)
        #expect(abs(total / 400_000 / unit / expected - 1) < 0.03)
    }

    @Test("every parcel is packed once, after it is picked, and waits where pack stations are few")
    func packing() throws {
        var world = TestWorld(days: 1, fronts: 0, ordersPerDay: 2_000, cover: 5, picksPerHour: 8_000).make()
        world.fulfilment.packTime = Instant(seconds: 60)
        let one = try audited(world)
        world.fulfilment.packStationsPerTen = 10
        let many = try audited(world)
        world.fulfilment.packStationsPerTen = 2
        let few = try audited(world)
        let (parcels, packed) = (many.counters.parcels, many.flow.packed.array.reduce(0, +))
        #expect(packed == parcels && one.flow.packed.array.allSatisfy { $0 == 0 })
        let (short, long) = (many.flow.packWaiting.array.reduce(0, +), few.flow.packWaiting.array.reduce(0, +))
        #expect(long > short)
        let spent = Double(many.flow.packing.array.reduce(0, +)) / Double(packed) / 60e6
        #expect(abs(spent - 1) < 4 / Double(packed).squareRoot())
    }

    @Test("overtime is what stations work past the end of the shift, and only that is paid as overtime")
    func overtime() throws {
        var world = TestWorld(days: 1, fronts: 0, ordersPerDay: 3_000, cover: 5, picksPerHour: 1_200).make()
        world.fulfilment.overtime = Instant(seconds: 2 * 3_600)
        world.fulfilment.overtimeCost = UnitPrice(units: 360_000)
        let result = try audited(world)
        let over = result.flow.overtime.array.reduce(0, +)
        let cost = result.ledger.balance(.overtime)
        #expect(over > 0)
        // 36.00 an hour is a cent a second; each job is paid for its whole seconds.
        let jobs = result.counters.parcels
        #expect(cost <= over / 1_000_000 && cost >= over / 1_000_000 - 2 * jobs)
        // Nothing works after the longer shift but jobs begun in it.
        let late = (0..<2).map { node in result.counters.busy[node * result.counters.hours + 1] }
        #expect(late.allSatisfy { $0 == 0 })
        world.fulfilment.overtime = .start
        let none = try audited(world)
        #expect(none.flow.overtime.array.allSatisfy { $0 == 0 })
        let (carried, fewer) = (none.flow.backlog.array.reduce(0, +), result.flow.backlog.array.reduce(0, +))
        #expect(carried > fewer)
    }

    @Test("a carrier takes no more in an hour than its hourly capacity, and the rest later")
    func hourly() throws {
        var world = TestWorld(days: 1, fronts: 0, ordersPerDay: 2_000, cover: 5).make()
        for carrier in world.carriers.indices { world.carriers[carrier].hourlyCapacity = 40 }
        let result = try audited(world)
        #expect(result.flow.carrierHours.array.max() == 40)
        let (taken, parcels) = (result.flow.carrierHours.array.reduce(0, +), result.counters.parcels)
        #expect(taken == parcels)
    }

    @Test("a carrier without capacity takes nothing, however long it lasts")
    func noCapacity() throws {
        var world = TestWorld(days: 1, fronts: 0, ordersPerDay: 500, cover: 5).make()
        world.carriers[1].dailyCapacity = 0
        let result = try audited(world)
        #expect(result.counters.carrierParcels[1] == 0)
        world.carriers[0].dailyCapacity = 0
        #expect(throws: SimulationError.self) { try world.validate() }
        // An outage of every carrier that outlasts the counted days: parcels leave when it is over, not before.
        world = TestWorld(days: 1, fronts: 0, ordersPerDay: 300, cover: 5).make()
        let long = Instant.day * 90
        world.faults = [
            FaultPlan(code: "closed", kind: .carrier(nil, capacity: 0, surcharge: .zero), begins: .start, ends: long)
        ]
        let closed = try audited(world)
        #expect(closed.counters.parcels > 0)
        #expect(closed.counters.shipped.array.allSatisfy { $0 == 0 })
        #expect(closed.counters.tierHours.array.reduce(0, +) / Double(closed.counters.ordersDelivered) > 89 * 24)
    }

    @Test("riders out and back serve the hour one by one, and no hour is promised without them")
    func riders() throws {
        var world = TestWorld(days: 1, fronts: 2, ordersPerDay: 4_000, cover: 8).make()
        let free = try audited(world)
        world.shipping.riders = 1
        let one = try audited(world)
        let (before, after) = (free.counters.tierOrders[0], one.counters.tierOrders[0])
        #expect(after > 0 && after < before)
        // A tour takes twice 0.4 hours on average: a rider makes thirty in a day.
        #expect(after < 2 * 40)
        #expect(one.flow.riderWaits > 0)
    }

    @Test("refusals, exchanges, insurance and questions come as often as the plan says")
    func shares() throws {
        var world = TestWorld(days: 3, ordersPerDay: 3_000, cover: 6, paidShare: .one).make()
        world.afterSales.cancellationRate = .zero
        world.afterSales.refusalRate = Rate(partsPerMillion: 50_000)
        world.afterSales.exchangeShare = Rate(partsPerMillion: 300_000)
        world.afterSales.insuredShare = Rate(partsPerMillion: 400_000)
        world.afterSales.insurancePremium = UnitPrice(units: 5_000)
        world.afterSales.contactsPerOrder = 0.5
        world.afterSales.contactCost = UnitPrice(units: 20_000)
        let result = try audited(world)
        func near(_ found: Int64, _ of: Int64, _ part: Double) -> Bool {
            abs(Double(found) / Double(of) - part) < 4 * (part * max(0.2, 1 - part) / Double(of)).squareRoot()
        }
        #expect(near(result.flow.refusals, result.counters.ordersReleased, 0.05))
        #expect(near(result.flow.insured, result.counters.ordersShipped, 0.4))
        let premium = result.ledger.balance(.insurance)
        #expect(premium == 50 * result.flow.insured)
        #expect(near(result.flow.contacts, result.counters.ordersDelivered, 0.5))
        let service = result.ledger.balance(.service)
        #expect(service == 200 * result.flow.contacts)
        let finals = [OrderState.returned, .returnedInPart, .exchanged].map { result.counters.states[Int($0.rawValue)] }
        let wanted = result.flow.exchanges + result.flow.exchangesRefunded
        #expect(near(wanted, finals.reduce(0, +), 0.3))
        #expect(finals[2] == result.flow.exchanges && finals[2] > 0)
    }

    @Test("an exchange leaves the money where it was and sends the goods a second time")
    func exchange() throws {
        var world = TestWorld(days: 1, ordersPerDay: 1_500, cover: 8, paidShare: .one).make()
        world.afterSales.cancellationRate = .zero
        world.afterSales.exchangeShare = .one
        let result = try audited(world)
        let (sent, refunded) = (result.flow.exchanges, result.flow.exchangesRefunded)
        #expect(sent > 0 && refunded * 20 < sent)
        if refunded == 0 {
            let money = result.ledger.balance(.refunds)
            #expect(money == 0)
        }
        #expect(result.counters.states[Int(OrderState.returned.rawValue)] == refunded || refunded > 0)
    }

    @Test("each reason for a return has its share, its write-down and its payer of the way back")
    func reasons() throws {
        var world = TestWorld(days: 3, ordersPerDay: 3_000, cover: 6, paidShare: .one).make()
        world.afterSales.cancellationRate = .zero
        world.afterSales.reasons = [
            ReturnReasonTerms(
                reason: .noReason, share: Rate(partsPerMillion: 700_000), restockShare: .one, merchantPays: false),
            ReturnReasonTerms(
                reason: .defective, share: Rate(partsPerMillion: 300_000), restockShare: .zero, merchantPays: true),
        ]
        let result = try audited(world)
        let (free, broken) = (result.flow.reasons[0], result.flow.reasons[1])
        let all = Double(free + broken)
        #expect(all > 500 && abs(Double(broken) / all - 0.3) < 4 * (0.21 / all).squareRoot())
        // 3.00 for each that the merchant pays.
        let freight = result.ledger.balance(.returnFreight)
        #expect(freight == 300 * broken)
        let written = result.ledger.balance(.writeDown)
        #expect(written > 0)
    }

    @Test("visits cost what they cost: installations of bulky orders, repairs of kept ones")
    func visits() throws {
        var world = TestWorld(days: 1, ordersPerDay: 2_000, cover: 6).make()
        world.afterSales.repairShare = Rate(partsPerMillion: 100_000)
        world.afterSales.installationShare = .one
        world.afterSales.visitCost = UnitPrice(units: 250_000)
        let plain = try audited(world)
        world.skus.handling = world.skus.handling.map { _ in .bulky }
        let bulky = try audited(world)
        let (paid, few, many) = (plain.ledger.balance(.service), plain.flow.visits, bulky.flow.visits)
        #expect(few > 0 && paid == 2_500 * few)
        let refused = bulky.counters.states[Int(OrderState.refused.rawValue)]
        #expect(many == few + bulky.counters.ordersDelivered - refused)
    }

    @Test("single postings add up to the books, record by record to nothing")
    func postings() throws {
        var world = TestWorld(days: 1, ordersPerDay: 500).make()
        world.afterSales.exchangeShare = Rate(partsPerMillion: 300_000)
        var sums: [String: Int64] = [:]
        var byOrder: [OrderID?: Int64] = [:]
        try Simulator.postings(world, seed: 5, replication: 0) { postings in
            for posting in postings {
                sums[posting.account, default: 0] += posting.amount.minor
                byOrder[posting.order, default: 0] += posting.amount.minor
            }
        }
        let result = try audited(world, seed: 5)
        for account in Account.allCases {
            let balance = result.ledger.balance(account)
            #expect(sums["\(account)", default: 0] == balance, "\(account)")
        }
        #expect(byOrder.values.allSatisfy { $0 == 0 } && byOrder.count > 300)
    }
}
