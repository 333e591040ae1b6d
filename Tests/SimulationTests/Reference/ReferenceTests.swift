import NumericCore
import Retail
import Testing

@testable import Simulation

@Suite("The engine agrees with a model that tells the day plainly, order by order")
struct ReferenceTests {
    /// Small worlds of every make, by number.
    private func world(_ number: UInt64) -> World {
        var draws = RandomStream(
            seed: number, stream: RandomStreamID.generator.rawValue, entity: entityHash("reference"), replication: 0)
        func pick<T>(_ choices: [T]) -> T { choices[draws.integer(below: choices.count)] }
        var shape = TestWorld(seed: number)
        shape.skus = 2 + draws.integer(below: 4)
        shape.days = 1
        shape.regions = 1 + draws.integer(below: 3)
        shape.fronts = draws.integer(below: 3)
        shape.ordersPerDay = Double(20 + draws.integer(below: 40))
        shape.basketsPerChannel = 6
        shape.linesPerBasket = 2
        shape.cover = pick([0.3, 0.7, 1.5])
        shape.deduction = pick([.atOrder, .atPayment])
        shape.lag = pick([0, 30, 3_600])
        let half = Rate(partsPerMillion: 500_000)
        let sharings: [[StockSharing]] = [
            [.ratio(.one, buffer: 0), .ratio(.one, buffer: 1)], [.ratio(Rate(partsPerMillion: 600_000), buffer: 0)],
            [.ratio(.one, buffer: 0), .ratio(half, buffer: 0)],
        ]
        shape.sharing = pick(sharings)
        shape.siloed = draws.uniform() < 0.2
        shape.picksPerHour = pick([12, 60, 4_000])
        shape.secondsPerSlice = pick([[Int32](repeating: 3_600, count: 24), [Int32](repeating: 600, count: 24)])
        var world = shape.make()
        world.clock.drainDays = 3
        world.handling.clerks = 1 + draws.integer(below: 2)
        world.handling.automaticShare = Rate(partsPerMillion: pick([0, 500_000, 950_000]))
        world.afterSales.cancellationRate = Rate(partsPerMillion: pick([0, 100_000]))
        world.routing.maximumParcels = 1 + draws.integer(below: 4)
        if draws.uniform() < 0.4 {
            world.promotions = [
                PromotionPlan(
                    code: "CUT", effect: .priceCut(depth: Rate(partsPerMillion: 250_000)), begins: .start,
                    ends: Instant(seconds: 18 * 3_600), channel: nil, scope: world.scope { $0 % 2 == 0 }, cap: nil,
                    merchantShare: half, uplift: 1.4),
                PromotionPlan(
                    code: "DEEP", effect: .priceCut(depth: Rate(partsPerMillion: 333_333)),
                    begins: Instant(seconds: 9 * 3_600), ends: Instant(seconds: 30 * 3_600), channel: Channel.Index(0),
                    scope: world.scope { $0 % 3 == 0 }, cap: nil, merchantShare: .one, uplift: 1),
            ]
        }
        return world
    }

    @Test(
        "A thousand small worlds: the same reservations, routes, carriers, times and money for every order",
        arguments: 0..<20)
    func worlds(hundredth: Int) throws {
        for number in (50 * hundredth)..<(50 * hundredth + 50) {
            let world = world(UInt64(number))
            try world.validate()
            var engine = Replication(Prepared(world), seed: 7, number: UInt32(number))
            engine.journal = []
            try engine.run(meter: nil, isCancelled: { false })
            _ = try engine.result()
            let plain = PlainShop(world, seed: 7, number: UInt32(number))
            plain.run()
            #expect(plain.outcry == nil, "world \(number)")
            // Steps of an order in the order they were told; of different orders in any.
            let known = (engine.journal ?? []).filter { Self.isKnown($0.step.what) }
            let told = Dictionary(grouping: known) { $0.order }.mapValues { $0.map { $0.step } }
            let expected = Dictionary(grouping: plain.journal) { $0.order }.mapValues { $0.map { $0.step } }
            #expect(told.count == expected.count, "world \(number): orders")
            for (order, steps) in expected where told[order] != steps {
                let other = told[order] ?? []
                let place = zip(steps, other).enumerated().first { $0.element.0 != $0.element.1 }?.offset
                let at = place ?? min(steps.count, other.count)
                Issue.record(
                    """
                    world \(number), order \(OrderID(bits: order)), step \(at): plainly \
                    \(at < steps.count ? "\(steps[at])" : "nothing"), engine \
                    \(at < other.count ? "\(other[at])" : "nothing")
                    """)
                return
            }
            for (index, row) in plain.rows.enumerated() {
                let state = engine.stock.rows[index]
                let found = [state.book, state.reserved, state.onOrder, state.inTransit].map(Int64.init)
                #expect(found == [row.book, row.reserved, row.onOrder, row.inTransit], "world \(number), row \(index)")
            }
            for account in Account.allCases {
                let balance = engine.ledger.balance(account)
                #expect(balance == plain.accounts[account, default: 0], "world \(number), account \(account)")
            }
        }
    }

    /// Steps the plain model tells too; the engine says more about its reasons.
    private static func isKnown(_ what: TraceStep.What) -> Bool {
        switch what {
        case .placed, .reserved, .timedOut, .paid, .reviewed, .routed, .cancelled, .cancelledTooLate, .pickStarted,
            .picked, .handedOver, .delivered, .returned, .inspected, .ended:
            true
        default: false
        }
    }

    @Test("The audit holds after every slice of a hundred small worlds")
    func audits() throws {
        for number in 0..<100 {
            let world = world(UInt64(5_000 + number))
            try world.validate()
            var engine = Replication(Prepared(world), seed: 3, number: UInt32(number))
            for slice in 0..<engine.sliceCount {
                engine.step(slice)
                do { _ = try engine.audit(isOver: false) } catch {
                    Issue.record("world \(number), slice \(slice): \(error)")
                    return
                }
            }
        }
    }
}
