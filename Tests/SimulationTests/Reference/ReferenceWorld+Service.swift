import NumericCore
import Replenishment
import Retail

@testable import Simulation

extension ReferenceWorld {
    /// Review, merging, fetching, what comes back.
    static func handle(_ world: inout World, _ draws: inout RandomStream) {
        func pick<T>(_ choices: [T]) -> T { choices[draws.integer(below: choices.count)] }
        func maybe(_ part: Double) -> Bool { draws.uniform() < part }
        let tenth = Rate(partsPerMillion: 100_000)
        if maybe(0.8) { world.handling.releaseBacklog = Instant(seconds: Int64(pick([300, 1_800]))) }
        if maybe(0.2) { world.handling.addressFaults = tenth }
        if maybe(0.2) { world.handling.remarks = tenth }
        if maybe(0.2) { world.handling.priceAnomaly = Rate(partsPerMillion: 300_000) }
        if maybe(0.2) { world.handling.fraud = FraudPlan(share: tenth, falseAlarms: tenth) }
        if maybe(0.3) {
            world.handling.mergeWindow = Instant(seconds: Int64(pick([1_800, 14_400])))
            world.customers.count = Int64(pick([2, 6]))
        }
        if maybe(0.8) {
            let half = Rate(partsPerMillion: 500_000)
            for channel in world.channels.indices { world.channels[channel].pickup = pick([half, .one]) }
            world.pickup.forgotten = Rate(partsPerMillion: 200_000)
            world.pickup.keep = Instant(seconds: Int64(pick([21_600, 172_800])))
        }
        if maybe(0.4) { world.afterSales.exchangeShare = Rate(partsPerMillion: pick([300_000, 1_000_000])) }
        if maybe(0.3) {
            world.afterSales.reasons = [
                ReturnReasonTerms(
                    reason: .noReason, share: Rate(partsPerMillion: 600_000), restockShare: .one, merchantPays: false),
                ReturnReasonTerms(
                    reason: .defective, share: Rate(partsPerMillion: 400_000), restockShare: .zero, merchantPays: true),
            ]
        }
    }

    /// Who brings goods and when, and how right the books are.
    static func supply(_ world: inout World, _ draws: inout RandomStream) {
        func pick<T>(_ choices: [T]) -> T { choices[draws.integer(below: choices.count)] }
        func maybe(_ part: Double) -> Bool { draws.uniform() < part }
        let third = Rate(partsPerMillion: 333_333)
        var rows = world.stock.rows
        world.replenishment.lateral = maybe(0.4)
        if world.replenishment.lateral && !siloed(world) && world.stock.lots.isEmpty {
            // Nothing in the middle, and more than enough at one end.
            for row in rows.indices where rows[row].opening > 1 {
                switch world.network.nodes[rows[row].node.position].kind {
                case .regional: rows[row].opening = 0
                case .central: rows[row].orderUpTo = rows[row].opening / 3
                default: rows[row].opening /= 2
                }
                rows[row].reorderPoint = rows[row].orderUpTo * 2 / 3
            }
        }
        if maybe(0.5) {
            world.replenishment.suppliers = (0..<2).map { number in
                SupplierPlan(
                    code: "SUP\(number)", reviewDays: pick([1, 2]), weeklyCapacity: pick([0, 8]),
                    deliveryDays: (0..<7).map { _ in maybe(0.7) }, shortRate: pick([.zero, third]),
                    shortPart: Rate(partsPerMillion: pick([0, 600_000])), lateRate: pick([.zero, third]),
                    lateDays: 0.1)
            }
            for row in rows.indices where world.network.nodes[rows[row].node.position].kind == .central {
                rows[row].supplier = Int32(draws.integer(below: 2))
                rows[row].leadTime = pick([0.1, 0.4])
                rows[row].minimumQuantity = pick([1, 6])
                rows[row].orderMultiple = pick([0, 5])
                rows[row].isContinuous = maybe(0.3)
                rows[row].reorderPoint = rows[row].orderUpTo - 1
                guard maybe(0.6) else { continue }
                rows[row].leadTime = 3
                rows[row].second = SecondSource(
                    supplier: pick([-1, 0, 1]), leadTime: pick([0.05, 0.2]), leadTimeDeviation: pick([0, 0.02]),
                    level: rows[row].orderUpTo, minimumQuantity: pick([1, 4]), orderMultiple: pick([1, 3]),
                    premium: UnitPrice(units: pick([0, 3_333])))
            }
        }
        if maybe(0.3) {
            world.replenishment.rollingWeight = pick([0.1, 0.5])
            let days = world.clock.days + 5
            let cells = rows.count * days
            let means = (0..<cells).map { _ in Float(draws.uniform() * 20) }
            world.replenishment.rolling = RollingPlan(
                days: days, mean: means, deviation: means.map { ($0 * 2).squareRoot() },
                rows: rows.map { row in
                    if maybe(0.2) { return nil }
                    let feed = Feed(
                        source: .node(row.node), leadTime: row.leadTime, leadTimeDeviation: row.leadTimeDeviation,
                        reviewPeriod: 1, unitCost: UnitPrice(units: 10_000), policy: pick([.minMax, .orderUpTo]))
                    return RollingPlan.Row(feed: feed, target: .cycle(pick([0.7, 0.95])))
                })
        }
        let plan = StockRows(
            skuCount: world.skus.count, rows: rows, receipts: world.stock.receipts, lots: world.stock.lots)
        world.stock = plan
        if maybe(0.3) {
            for row in plan.rows where maybe(0.3) {
                world.stock.receipts.append(
                    ScheduledReceipt(
                        sku: row.sku, node: row.node, quantity: Quantity(2 + draws.integer(below: 12)),
                        due: Instant(seconds: Int64(draws.integer(below: 100_000)))))
            }
        }
        if maybe(0.4) {
            world.stockTakes = StockTakePlan(
                errorRate: Rate(partsPerMillion: pick([300_000, 1_000_000])), errorSize: .one,
                counts: pick([[43_200], [7 * 3_600, 20 * 3_600 + 60], []]), countedShare: pick([.one, third]))
        }
        if maybe(0.25) {
            for node in world.network.nodes.indices {
                world.network.nodes[node].synchronisationLag = pick([0, 600, 7_200])
            }
        }
    }

    /// What goes wrong for a while.
    static func disturb(_ world: inout World, _ draws: inout RandomStream) {
        func pick<T>(_ choices: [T]) -> T { choices[draws.integer(below: choices.count)] }
        func maybe(_ part: Double) -> Bool { draws.uniform() < part }
        for number in 0..<(maybe(0.6) ? 1 + draws.integer(below: 6) : 0) {
            let begins = Instant(seconds: Int64(draws.integer(below: 24)) * 3_600)
            let kinds: [FaultPlan.Kind] = [
                .systemPause, .nodeOutage(Node.Index(draws.integer(below: world.network.nodes.count))),
                .carrier(
                    pick([nil, Carrier.Index(0), Carrier.Index(1)]), capacity: pick([0, 0.1, 1]),
                    surcharge: Rate(partsPerMillion: pick([0, 333_333]))),
                .demandShock(channel: pick([nil, Channel.Index(0)]), region: nil, factor: pick([0.3, 3])),
                .supplierDelay(
                    world.replenishment.suppliers.isEmpty ? nil : pick([nil, 0]), Instant(seconds: 40_000)),
                .lateStock(pick([nil, Node.Index(1)]), Instant(seconds: 20_000)),
            ]
            world.faults.append(
                FaultPlan(
                    code: "FAULT\(number)", kind: pick(kinds), begins: begins,
                    ends: begins + Instant(seconds: Int64(pick([1, 6, 24])) * 3_600)))
        }
    }

    /// Who may take what: ranks, stock of a campaign's own, unused quotas; goods moved before balances fall due.
    static func share(_ world: inout World, _ draws: inout RandomStream) {
        func pick<T>(_ choices: [T]) -> T { choices[draws.integer(below: choices.count)] }
        func maybe(_ part: Double) -> Bool { draws.uniform() < part }
        if siloed(world) {
            if maybe(0.9) { world.rebalancing = Instant(seconds: Int64(pick([3_600, 21_600]))) }
        } else if maybe(0.5) {
            for channel in world.channels.indices {
                world.channels[channel].sharing = .priority(
                    rank: channel + pick([1, 1, 2]), protection: Rate(partsPerMillion: pick([0, 250_000, 600_000])),
                    buffer: pick([0, 0, 1]))
            }
        }
        for _ in 0..<(world.promotions.isEmpty ? 0 : 2) where maybe(0.8) {
            let number = draws.integer(below: world.promotions.count)
            world.promotions[number].reserve = Rate(partsPerMillion: pick([100_000, 400_000]))
        }
        if maybe(0.9) { world.replenishment.presaleMoves = Instant(seconds: Int64(pick([7_200, 43_200]))) }
    }

    /// What is done beside the goods.
    static func serve(_ world: inout World, _ draws: inout RandomStream) {
        func pick<T>(_ choices: [T]) -> T { choices[draws.integer(below: choices.count)] }
        func maybe(_ part: Double) -> Bool { draws.uniform() < part }
        let half = Rate(partsPerMillion: 500_000)
        if maybe(0.4) {
            world.customers.chase = pick([half, .one])
            world.customers.chaseGap = pick([half, .one])
            world.customers.chaseReturn = .one
            var plan = PromotionPlan(
                code: "NEARLY", effect: .spendAndSave(threshold: Amount(minor: 4_000), saving: Amount(minor: 400)),
                begins: .start, ends: .day * 2, channel: nil, scope: world.scope(), cap: nil, merchantShare: .one)
            (plan.stacking, plan.times) = (pick([.shop, .platform]), 3)
            world.promotions.append(plan)
        }
        if maybe(0.4) {
            world.afterSales.insuredShare = pick([half, .one])
            world.afterSales.insurancePremium = UnitPrice(units: 5_432)
        }
        if maybe(0.4) {
            world.skus.handling = world.skus.handling.map { _ in pick([.normal, .bulky]) }
            world.afterSales.installationShare = half
            world.afterSales.repairShare = Rate(partsPerMillion: 200_000)
            world.afterSales.visitCost = UnitPrice(units: 123_456)
        }
        if maybe(0.3) {
            world.afterSales.contactsPerOrder = pick([0, 0.4])
            world.afterSales.contactsWhenTroubled = 1.5
            world.afterSales.contactCost = UnitPrice(units: 20_000)
        }
        if maybe(0.4) {
            for segment in world.segments.indices {
                world.segments[segment].returnRate = Rate(partsPerMillion: 400_000)
            }
            world.afterSales.restockShare = half
            world.afterSales.secondShare = pick([half, .one])
            if maybe(0.8) {
                world.afterSales.outlet = OutletPlan(
                    price: Rate(partsPerMillion: 333_333), interval: Instant(seconds: Int64(pick([7_200, 86_400]))))
            }
        }
        if maybe(0.4) {
            for node in world.network.nodes.indices where maybe(0.7) {
                world.network.nodes[node].opens = 8 * 3_600
                world.network.nodes[node].closes = pick([12, 17]) * 3_600
            }
            world.fulfilment.overtime = Instant(seconds: Int64(pick([3_600, 30_000])))
            world.fulfilment.overtimeCost = UnitPrice(units: 444_444)
        }
        if maybe(0.3) {
            world.shipping.shipWithin = Instant(seconds: Int64(pick([7_200, 43_200])))
            world.shipping.lateShippingCompensation = Amount(minor: 333)
            if maybe(0.5) { world.shipping.presaleShipWithin = Instant(seconds: 100) }
        }
    }
}
