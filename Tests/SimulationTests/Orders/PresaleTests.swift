import NumericCore
import Retail
import Testing

@testable import Simulation

/// Deposits and balances, when stock is deducted, and orders that are called off, found to be fraud or merged.
@Suite("Presales, payment and handling")
struct PresaleTests {
    /// Everybody pays at once, nobody cancels or returns, and there is stock for all.
    private func shop(paid: Rate = .one) -> World {
        var world = TestWorld(days: 2, ordersPerDay: 500, cover: 12, lag: 0, paidShare: paid).make()
        world.payment = PaymentPlan(lag: LagLaw(probabilities: [0, 0.5], seconds: [1, 1.1]))
        world.afterSales.cancellationRate = .zero
        world.segments.indices.forEach { world.segments[$0].returnRate = .zero }
        world.replenishment = ReplenishmentPlan(transferReviews: [], supplierReviews: [])
        return world
    }

    private func presale(_ world: World, paid: Rate, deduction: StockDeduction = .atDeposit) -> PromotionPlan {
        PromotionPlan(
            code: "presale",
            effect: .presale(
                PresaleTerms(
                    depth: Rate(partsPerMillion: 100_000), deposit: Rate(partsPerMillion: 200_000),
                    balanceBegins: .day, balanceEnds: Instant(seconds: 30 * 3_600), balancePaid: paid)),
            begins: .start, ends: .day, scope: world.scope(), deduction: deduction)
    }

    private func ended(_ world: World) throws -> Replication {
        try world.validate()
        var run = Replication(Prepared(world), seed: 11, number: 0)
        try run.run(meter: nil, isCancelled: { false })
        _ = try run.audit(isOver: true)
        return run
    }

    @Test("balances that are paid turn every deposit into part of the price; none is paid before its window")
    func balances() throws {
        var world = shop()
        world.promotions = [presale(world, paid: .one)]
        let run = try ended(world)
        let trade = run.counters.trade
        #expect(trade.presaleOrders > 300)
        // The uniform third of the balances, and rare late ones of the waves, all fall before the end.
        #expect(trade.depositsPaid == trade.presaleOrders)
        #expect(trade.presalesForfeited * 50 < trade.depositsPaid)
        let (forfeits, deposits) = (run.ledger.balance(.forfeits), run.ledger.balance(.deposits))
        #expect(deposits == 0)
        #expect((forfeits == 0) == (trade.presalesForfeited == 0))
        // No presale order leaves on the first day.
        let picked = (0..<1_440).reduce(Int64(0)) { $0 + run.counters.picked[$1] }
        #expect(picked == 0)
    }

    @Test("deposits without a balance are forfeited to the cent, and all their stock is free again")
    func forfeits() throws {
        var world = shop()
        world.promotions = [presale(world, paid: .zero)]
        let run = try ended(world)
        let trade = run.counters.trade
        let forfeited = run.counters.states[Int(OrderState.forfeited.rawValue)]
        #expect(forfeited == trade.depositsPaid)
        #expect(forfeited > 300)
        // A fifth of what those orders were to pay, rounded line by line.
        let dropped = run.ledger.balance(.droppedUnpaid)
        let lines = run.counters.lines
        let income = -run.ledger.balance(.forfeits)
        #expect(abs(income - dropped / 5) <= lines)
    }

    @Test("stock is taken at the order, with the deposit or with the payment, as the presale says")
    func deductionPoints() throws {
        var world = shop(paid: .zero)
        for (deduction, reserves) in [(StockDeduction.atOrder, true), (.atDeposit, false), (.atPayment, false)] {
            world.clock.days = 1
            world.promotions = [presale(world, paid: .one, deduction: deduction)]
            var oneDay = world
            oneDay.demand.orders = stride(from: 0, to: world.demand.orders.count, by: 2).map { world.demand.orders[$0] }
            oneDay.demand.shape = Array(world.demand.shape.prefix(2 * 1_440))
            oneDay.demand.basketWeights = Array(world.demand.basketWeights.prefix(oneDay.demand.baskets.count))
            oneDay.demand.multipliers = Array(world.demand.multipliers.prefix(2 * world.skus.count))
            let run = try ended(oneDay)
            let reserved = run.stock.unitsReserved
            #expect((reserved > 0) == reserves, "\(deduction)")
        }
    }

    @Test("a promotion's own deduction and time-out hold for orders that take part, and for no others")
    func perPromotion() throws {
        var world = shop(paid: .zero)
        let everything = try ended(world).stock.unitsReserved
        world.promotions = [
            PromotionPlan(
                code: "flash", effect: .flashSale(depth: Rate(partsPerMillion: 300_000)), begins: .start,
                ends: Instant(seconds: 86_400), scope: world.scope(), deduction: .atPayment,
                timeOut: Instant(seconds: 60))
        ]
        let run = try ended(world)
        let some = run.stock.unitsReserved
        // The second day has no flash sale.
        #expect(some > 0)
        #expect(some < everything)
        world.promotions[0].ends = Instant(seconds: 2 * 86_400)
        let none = try ended(world).stock.unitsReserved
        #expect(none == 0)
    }

    @Test("of unpaid orders the stated part is called off, the others run out; stock comes back either way")
    func withdrawn() throws {
        var world = shop(paid: .zero)
        world.payment.withdrawn = Rate(partsPerMillion: 300_000)
        let run = try ended(world)
        let off = Double(run.counters.states[Int(OrderState.withdrawn.rawValue)])
        let out = Double(run.counters.states[Int(OrderState.unpaid.rawValue)])
        let all = off + out
        #expect(abs(off / all - 0.3) < 4 * (0.21 / all).squareRoot())
        let (reserved, released) = (run.stock.unitsReserved, run.stock.unitsReleased)
        #expect(released == reserved)
    }

    @Test("fraud the rule finds is rejected, fraud it misses is charged back, honest orders pass")
    func fraud() throws {
        var world = shop()
        world.handling.fraud = FraudPlan(
            share: Rate(partsPerMillion: 200_000), detection: Rate(partsPerMillion: 750_000),
            falseAlarms: Rate(partsPerMillion: 50_000))
        world.costs.lateCompensation = .zero
        world.costs.oversoldCompensation = .zero
        let run = try ended(world)
        let trade = run.counters.trade
        let paid = Double(run.counters.ordersPaid)
        let rejected = run.counters.states[Int(OrderState.rejected.rawValue)]
        #expect(rejected == trade.fraudCaught)
        let share = Double(trade.fraudCaught + trade.fraudMissed) / paid
        #expect(abs(share - 0.2) < 4 * (0.16 / paid).squareRoot())
        let charged = run.ledger.balance(.compensation)
        #expect((charged > 0) == (trade.fraudMissed > 0))
        // Every flagged order is seen by a clerk.
        #expect(run.counters.ordersReviewed >= trade.fraudCaught + trade.falseAlarms)
    }

    @Test("merging sends the same goods in as many parcels fewer as orders are merged")
    func merging() throws {
        var world = shop()
        world.customers.count = 12
        let apart = try ended(world)
        world.handling.mergeWindow = Instant(seconds: 3_600)
        let together = try ended(world)
        let merged = together.counters.trade.ordersMerged
        let state = together.counters.states[Int(OrderState.merged.rawValue)]
        #expect(merged > 50)
        #expect(state == merged)
        #expect(together.counters.unitsShipped == apart.counters.unitsShipped)
        #expect(together.counters.ordersShipped + merged == apart.counters.ordersShipped)
        #expect(together.counters.channelPaid.array == apart.counters.channelPaid.array)
    }

    @Test("orders fetched from a store cost no freight, and those nobody comes for are refunded in full")
    func pickup() throws {
        var world = shop()
        world.network.nodes[1].kind = .store
        world.pickup = PickupPlan(radius: 10_000, forgotten: Rate(partsPerMillion: 200_000))
        world.channels.indices.forEach { world.channels[$0].pickup = .one }
        let run = try ended(world)
        let trade = run.counters.trade
        #expect(trade.pickups > 100)
        #expect(trade.pickups + run.counters.parcels >= run.counters.ordersShipped)
        let refused = run.counters.states[Int(OrderState.refused.rawValue)]
        #expect(refused == trade.pickupsForgotten)
        let part = Double(trade.pickupsForgotten) / Double(trade.pickups)
        #expect(abs(part - 0.2) < 4 * (0.16 / Double(trade.pickups)).squareRoot())
        // Freight is paid for parcels alone.
        let carried = run.counters.carrierParcels.array.reduce(0, +)
        #expect(carried == run.counters.parcels)
    }

    @Test("an order is held back when any of its parcels' nodes is full")
    func throttling() throws {
        var world = TestWorld(days: 1, ordersPerDay: 800, cover: 0.5, lag: 0, picksPerHour: 400).make()
        world.handling.releaseBacklog = Instant(seconds: 60)
        let run = try ended(world)
        #expect(run.counters.ordersThrottled > 0)
    }
}
