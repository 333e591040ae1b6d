import NumericCore
import Retail
import Testing

@testable import Simulation

/// What an order costs: savings by layers, coupons, gifts, and caps that come back.
@Suite("Prices")
struct PriceTests {
    private func saving(
        _ code: String, _ threshold: Int64, _ saving: Int64, _ world: World, stacking: PromotionStacking = .shop,
        times: Int32 = 1, cap: Int64? = nil, merchant: Rate = .one, heldBy: Rate = .one
    ) -> PromotionPlan {
        PromotionPlan(
            code: code, effect: .spendAndSave(threshold: Amount(minor: threshold), saving: Amount(minor: saving)),
            begins: .start, ends: Instant(seconds: 10 * 86_400), scope: world.scope(), cap: cap,
            merchantShare: merchant, stacking: stacking, times: times, heldBy: heldBy)
    }

    /// What was saved over all orders, minor units, by merchant and platform.
    private func saved(_ world: World, _ promotions: [PromotionPlan]) throws -> (merchant: Int64, platform: Int64) {
        var world = world
        world.promotions = promotions
        try world.validate()
        var run = Replication(Prepared(world), seed: 5, number: 0)
        try run.run(meter: nil, isCancelled: { false })
        _ = try run.audit(isOver: true)
        let (merchant, platform) = (
            run.ledger.balance(.merchantDiscounts), run.ledger.balance(.platformDiscounts)
        )
        return (merchant, platform)
    }

    private func shop(paid: Rate = .one) -> World {
        var world = TestWorld(days: 1, ordersPerDay: 600, cover: 8, lag: 0, paidShare: paid).make()
        // Nothing below ten pounds, so that a single unit reaches low thresholds, and time enough to pay.
        for sku in world.skus.listPrices.indices {
            world.skus.listPrices[sku] = max(world.skus.listPrices[sku], UnitPrice(units: 100_000))
        }
        world.payment = PaymentPlan(lag: LagLaw(probabilities: [0, 0.5], seconds: [1, 1.1]))
        return world
    }

    @Test("savings of two layers add up, two of one layer do not")
    func layers() throws {
        let world = shop()
        // Thresholds so low that every order reaches them: each order saves the amount.
        let one = try saved(world, [saving("a", 100, 50, world)]).merchant
        let two = try saved(world, [saving("a", 100, 50, world), saving("b", 100, 30, world)]).merchant
        let stacked = try saved(
            world,
            [
                saving("a", 100, 50, world), saving("b", 100, 30, world, stacking: .platform),
                saving("c", 100, 20, world, stacking: .coupon),
            ]
        ).merchant
        #expect(one > 0)
        #expect(two == one)
        #expect(stacked == 2 * one)
    }

    @Test("one that stands alone is given when it is worth more than the others together, and only then")
    func alone() throws {
        let world = shop()
        let others = [saving("a", 100, 50, world), saving("b", 100, 30, world, stacking: .platform)]
        let both = try saved(world, others).merchant
        #expect(try saved(world, others + [saving("c", 500, 79, world, stacking: .alone)]).merchant == both)
        let more = try saved(world, others + [saving("c", 500, 160, world, stacking: .alone)]).merchant
        #expect(more == 2 * both)
    }

    @Test("a saving for every time the threshold is reached comes to what each order spends, in whole thresholds")
    func times() throws {
        let world = shop()
        let once = try saved(world, [saving("a", 5_000, 100, world)]).merchant
        let thrice = try saved(world, [saving("a", 5_000, 100, world, times: 3)]).merchant
        // The same as tiers: at one, two and three thresholds.
        let tiers = try saved(
            world, (1...3).map { saving("t\($0)", Int64($0) * 5_000, Int64($0) * 100, world) }
        ).merchant
        #expect(thrice > once)
        #expect(thrice == tiers)
    }

    @Test("what the platform funds is its share of every saving, within a cent a line")
    func funding() throws {
        let world = shop()
        let all = try saved(world, [saving("a", 100, 90, world)]).merchant
        let split = try saved(world, [saving("a", 100, 90, world, merchant: Rate(partsPerMillion: 400_000))])
        #expect(split.merchant + split.platform == all)
        let lines = Int64(600 * 8)
        #expect(abs(split.platform - all * 6 / 10) < lines)
    }

    @Test("a coupon is used by the part of buyers who hold it")
    func coupon() throws {
        let world = shop()
        let all = try saved(world, [saving("a", 100, 50, world, stacking: .coupon)]).merchant
        let some = try saved(
            world,
            [saving("a", 100, 50, world, stacking: .coupon, heldBy: Rate(partsPerMillion: 300_000))]
        ).merchant
        let orders = Double(all / 50)
        #expect(abs(Double(some / 50) / orders - 0.3) < 4 * (0.21 / orders).squareRoot())
    }

    @Test("orders that are not paid give back caps and budgets: every paid use counts once")
    func givenBack() throws {
        var world = shop(paid: Rate(partsPerMillion: 500_000))
        world.afterSales.cancellationRate = .zero
        world.promotions = [
            saving("budget", 100, 50, world, cap: 1_000_000),
            PromotionPlan(
                code: "flash", effect: .flashSale(depth: Rate(partsPerMillion: 500_000)), begins: .start, ends: .day,
                scope: world.scope { $0 < 6 }, cap: 1_000_000),
        ]
        try world.validate()
        var run = Replication(Prepared(world), seed: 5, number: 0)
        try run.run(meter: nil, isCancelled: { false })
        let used = 1_000_000 - run.capLeft[0]
        // Every order with goods reaches the threshold: uses are the orders paid.
        #expect(used == run.counters.ordersPaid)
        world.segments.indices.forEach { world.segments[$0].returnRate = .zero }
        world.channels.indices.forEach { world.channels[$0].channel.paidShare = .zero }
        var unpaid = Replication(Prepared(world), seed: 5, number: 0)
        try unpaid.run(meter: nil, isCancelled: { false })
        let (budget, flash) = (unpaid.capLeft[0], unpaid.capLeft[1])
        #expect(budget == 1_000_000)
        #expect(flash == 1_000_000)
    }

    @Test("gifts leave the shelves at no price, once an order, and never on their own")
    func gifts() throws {
        var world = shop()
        world.afterSales.cancellationRate = .zero
        world.segments.indices.forEach { world.segments[$0].returnRate = .zero }
        let before = try runToEnd(world)
        world.promotions = [
            PromotionPlan(
                code: "tote", effect: .gift(threshold: Amount(minor: 100), sku: SKU.Index(0), quantity: 1),
                begins: .start, ends: Instant(seconds: 10 * 86_400), scope: world.scope())
        ]
        let after = try runToEnd(world)
        let given = after.counters.giftUnits - after.counters.giftsShort
        #expect(given > 0)
        #expect(given <= after.counters.ordersPaid)
        // Nothing else changes: units shipped grow by the gifts, money from buyers does not.
        #expect(after.counters.unitsShipped == before.counters.unitsShipped + given)
        #expect(after.counters.channelPaid.array == before.counters.channelPaid.array)
        #expect(after.counters.unitsAsked == before.counters.unitsAsked)
        world.promotions[0].cap = 10
        #expect(try runToEnd(world).counters.giftUnits == 10)
    }

    private func runToEnd(_ world: World) throws -> Replication {
        try world.validate()
        var run = Replication(Prepared(world), seed: 5, number: 0)
        try run.run(meter: nil, isCancelled: { false })
        _ = try run.audit(isOver: true)
        return run
    }

    @Test("a stacking rule on a promotion that is no saving is an error that names it")
    func contradiction() {
        var world = shop()
        world.promotions = [
            PromotionPlan(
                code: "cut", effect: .priceCut(depth: Rate(partsPerMillion: 100_000)), begins: .start, ends: .day,
                scope: world.scope(), stacking: .coupon)
        ]
        #expect {
            try world.validate()
        } throws: { error in
            guard case SimulationError.invalid(let faults) = error else { return false }
            return faults.contains { $0.place == "promotion cut" }
        }
    }
}
