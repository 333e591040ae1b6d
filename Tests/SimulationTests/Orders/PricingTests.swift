import NumericCore
import Retail
import Testing

@testable import Simulation

/// Channel, member and quantity prices, limits by buyer, savings by shop, and goods added for a threshold.
@Suite("Prices by channel, buyer and shop")
struct PricingTests {
    private func shop() -> World {
        var world = TestWorld(days: 1, ordersPerDay: 400, cover: 12, lag: 0, paidShare: .one).make()
        world.payment = PaymentPlan(lag: LagLaw(probabilities: [0, 0.5], seconds: [1, 1.1]))
        world.afterSales.cancellationRate = .zero
        world.segments.indices.forEach { world.segments[$0].returnRate = .zero }
        return world
    }

    private func ended(_ world: World) throws -> Replication {
        try world.validate()
        var run = Replication(Prepared(world), seed: 3, number: 0)
        try run.run(meter: nil, isCancelled: { false })
        _ = try run.audit(isOver: true)
        return run
    }

    @Test("a line costs the lowest of its campaign, member and quantity prices", arguments: 1...30)
    func lowest(seed: Int) throws {
        var draws = RandomStream(
            seed: UInt64(seed), stream: RandomStreamID.verification.rawValue, entity: 77, replication: 0)
        var world = shop()
        let hour = Instant(seconds: 3_600)
        world.prices = (0..<12).map { _ in
            let begins = hour * Int64(draws.integer(below: 20))
            return PricePlan(
                sku: SKU.Index(draws.integer(below: 2)),
                price: UnitPrice(units: Int64(1_000 + draws.integer(below: 60_000))),
                channel: draws.integer(below: 2) == 0 ? nil : Channel.Index(draws.integer(below: 2)),
                segment: draws.integer(below: 2) == 0 ? nil : Segment.Index(draws.integer(below: 2)),
                minimumQuantity: Quantity(1 + draws.integer(below: 6)), begins: begins,
                ends: begins + hour * Int64(1 + draws.integer(below: 12)))
        }
        // Rows for everybody from one unit on replace the list price: the last of several would be a matter of order.
        world.prices.removeAll { $0.isBase }
        world.prices.append(PricePlan(sku: SKU.Index(0), price: UnitPrice(units: 50_000), channel: Channel.Index(1)))
        world.promotions = [
            PromotionPlan(
                code: "cut", effect: .priceCut(depth: Rate(partsPerMillion: 200_000)), begins: hour * 6,
                ends: hour * 12,
                scope: world.scope())
        ]
        try world.validate()
        var run = Replication(Prepared(world), seed: 1, number: 0)
        for minute in stride(from: 0, to: 1_440, by: 37) {
            let now = Int64(minute) * 60_000_000
            run.board.advance(to: now)
            for (sku, channel, segment, quantity) in [(0, 0, 0, 1), (0, 1, 1, 3), (1, 0, 1, 6), (1, 1, 0, 2)] {
                let isCut = minute >= 360 && minute < 720
                let list = sku == 0 && channel == 1 ? 50_000 : world.skus.listPrices[sku].units
                var expected = isCut ? list - Rate(partsPerMillion: 200_000).of(list) : list
                for price in world.prices where !price.isBase && price.sku.position == sku {
                    let isIn =
                        price.begins.microseconds <= now && now < price.ends.microseconds
                        && price.minimumQuantity <= Quantity(quantity)
                        && (price.channel == nil || price.channel?.position == channel)
                        && (price.segment == nil || price.segment?.position == segment)
                    if isIn { expected = min(expected, price.price.units) }
                }
                let line = run.priced(sku, Int32(quantity), channel: channel, segment: segment, at: now)
                #expect(line.due == roundedDivision(expected * Int64(quantity), by: world.currency.unitsPerMinor))
                #expect(line.list == line.due + line.cut + line.subsidy)
            }
        }
    }

    @Test("a saving once a buyer is given once to each buyer who orders")
    func perCustomer() throws {
        var world = shop()
        world.customers.count = 1
        world.skus.listPrices.indices.forEach { world.skus.listPrices[$0] = UnitPrice(units: 200_000) }
        world.promotions = [
            PromotionPlan(
                code: "once", effect: .spendAndSave(threshold: Amount(minor: 100), saving: Amount(minor: 70)),
                begins: .start, ends: .day, scope: world.scope(), perCustomer: 1)
        ]
        let run = try ended(world)
        let saved = run.ledger.balance(.merchantDiscounts)
        // One buyer in each segment and region that has orders.
        #expect(saved == 70 * Int64(world.segments.count * world.network.regions.count))
        world.promotions[0].perCustomer = 2
        let twice = try ended(world).ledger.balance(.merchantDiscounts)
        #expect(twice == 2 * saved)
    }

    @Test("savings shop by shop are what each shop's lines reach; over all shops they are pooled", arguments: 1...20)
    func perShop(seed: Int) throws {
        var world = shop()
        for sku in 0..<world.skus.count { world.skus.shops[sku] = Int32(sku % 3) }
        let saving = PromotionPlan(
            code: "save", effect: .spendAndSave(threshold: Amount(minor: 3_000), saving: Amount(minor: 400)),
            begins: .start, ends: .day, scope: world.scope { $0 != 5 }, times: 2, perShop: true)
        world.promotions = [saving]
        try world.validate()
        var draws = RandomStream(
            seed: UInt64(seed), stream: RandomStreamID.verification.rawValue, entity: 78, replication: 0)
        var run = Replication(Prepared(world), seed: 1, number: 0)
        run.board.advance(to: 0)
        let slot = run.pool.makeOrder()
        var spent = [Int64](repeating: 0, count: 3)
        for _ in 0..<(1 + draws.integer(below: 9)) {
            let sku = draws.integer(below: world.skus.count)
            let line = run.priced(sku, Int32(1 + draws.integer(below: 4)), channel: 0, segment: 0, at: 0)
            run.scratch.lines.append(line)
            if sku != 5 { spent[sku % 3] += line.due }
        }
        var before: Int64 = 0
        for line in 0..<run.scratch.lines.count { before += run.scratch.lines[line].due }
        run.takeSavings(slot)
        var after: Int64 = 0
        for line in 0..<run.scratch.lines.count { after += run.scratch.lines[line].due }
        let expected = spent.reduce(Int64(0)) { $0 + 400 * min(2, $1 / 3_000) }
        #expect(before - after == expected)
    }

    @Test("goods added for a threshold bring the saving, and come back at the price the saving left them")
    func chasing() throws {
        var world = shop()
        world.promotions = [
            PromotionPlan(
                code: "save", effect: .spendAndSave(threshold: Amount(minor: 4_000), saving: Amount(minor: 900)),
                begins: .start, ends: .day, scope: world.scope())
        ]
        let before = try ended(world)
        world.customers.chase = .one
        world.customers.chaseGap = .one
        world.customers.chaseReturn = .one
        let after = try ended(world)
        let chased = after.counters.trade.ordersChased
        #expect(chased > 20)
        let savedBefore = before.ledger.balance(.merchantDiscounts)
        let savedAfter = after.ledger.balance(.merchantDiscounts)
        #expect(savedAfter == savedBefore + 900 * chased)
        // What comes back is what was added, and it is refunded for less than its list price.
        #expect(after.counters.unitsReturned == chased)
        #expect(after.counters.unitsAsked == before.counters.unitsAsked + chased)
    }
}
