import NumericCore
import Retail

@testable import Simulation

extension ReferenceWorld {
    /// Review, merging, fetching, what comes back.
    static func handle(_ world: inout World, _ draws: inout RandomStream) {
        func pick<T>(_ choices: [T]) -> T { choices[draws.integer(below: choices.count)] }
        func maybe(_ part: Double) -> Bool { draws.uniform() < part }
        let tenth = Rate(partsPerMillion: 100_000)
        if maybe(0.5) { world.handling.releaseBacklog = Instant(seconds: Int64(pick([300, 1_800]))) }
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
            }
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
}
