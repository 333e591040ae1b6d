import NumericCore
import Retail
import Testing

@testable import Simulation

@Suite("Presales of receipts to come, and second choice")
struct CommitmentTests {
    private func ended(_ world: World) throws -> Replication {
        try world.validate()
        var run = Replication(Prepared(world), seed: 11, number: 0)
        for slice in 0..<run.sliceCount {
            run.step(slice)
            if slice % 20 == 0 { _ = try run.audit(isOver: false) }
        }
        while run.wheel.pending > 0 { run.step(run.sliceCount - 1) }
        _ = try run.audit(isOver: true)
        return run
    }

    /// Empty shelves on the first day, on which everything is sold in a presale; goods come on the second morning, the
    /// balance is due at its noon, and the shop sells at once all the second day.
    private func shop(receipts: Bool) -> World {
        var world = TestWorld(days: 2, ordersPerDay: 500, cover: 0, lag: 0, paidShare: .one).make()
        world.payment = PaymentPlan(lag: LagLaw(probabilities: [0, 0.5], seconds: [1, 1.1]))
        world.afterSales.cancellationRate = .zero
        world.segments.indices.forEach { world.segments[$0].returnRate = .zero }
        world.replenishment = ReplenishmentPlan(transferReviews: [], supplierReviews: [])
        world.stock.receipts = (0..<world.skus.count).map {
            ScheduledReceipt(sku: SKU.Index($0), node: Node.Index(0), quantity: 60, due: .hour * 30)
        }
        world.promotions = [
            PromotionPlan(
                code: "presale",
                effect: .presale(
                    PresaleTerms(
                        deposit: Rate(partsPerMillion: 200_000), balanceBegins: .hour * 36, balanceEnds: .hour * 46,
                        balancePaid: Rate(partsPerMillion: 900_000), promisesReceipts: receipts)),
                begins: .start, ends: .day, scope: world.scope(), deduction: .atPayment)
        ]
        return world
    }

    @Test("a presale sells what is on its way and no more, and nobody else gets it before its balances")
    func receipts() throws {
        let run = try ended(shop(receipts: true))
        let trade = run.counters.trade
        #expect(trade.presaleOrders > 50)
        #expect(trade.unitsCommitted > 0 && trade.unitsCommitted <= 60 * 12)
        // The day after sells from the first minute on; what presales have paid for is there all the same.
        #expect(run.counters.orders > trade.presaleOrders + 100)
        #expect(run.counters.unitsOversold == 0)
        #expect(trade.presalesForfeited > 0)
        // What was never paid for is sold to others.
        #expect(run.counters.unitsShipped > trade.unitsCommitted * 8 / 10)
    }

    @Test("without that promise nothing is on show, and the presale sells nothing")
    func shelves() throws {
        let run = try ended(shop(receipts: false))
        #expect(run.counters.trade.presaleOrders == 0)
    }

    @Test("an outlet takes second choice every day and pays its part of the list price, tax posted apart")
    func outlet() throws {
        var world = TestWorld(days: 3, ordersPerDay: 300, cover: 6).make()
        world.segments.indices.forEach { world.segments[$0].returnRate = Rate(partsPerMillion: 600_000) }
        world.afterSales.restockShare = .zero
        world.afterSales.secondShare = .one
        world.afterSales.returnDelay = 1
        world.afterSales.returnDelayDeviation = 0.2
        var kept = try ended(world)
        world.afterSales.outlet = OutletPlan(price: Rate(partsPerMillion: 400_000))
        var sold = try ended(world)
        let (before, after) = (kept.counters.trade, sold.counters.trade)
        #expect(before.unitsSecond > 100 && before.unitsOutlet == 0)
        #expect(after.unitsOutlet > 100 && after.unitsOutlet <= after.unitsSecond)
        let left = sold.stock.lots.total(owner: 0, grade: Int(Grade.second))
        #expect(left == after.unitsSecond - after.unitsOutlet)
        var (list, cleared): (Int64, Int64) = (0, 0)
        for row in 0..<sold.stock.rows.count {
            let units = sold.stock.flows[row].cleared
            cleared += units
            list += world.skus.listPrices[Int(sold.stock.rows[row].sku)].units * units
        }
        #expect(cleared == after.unitsOutlet)
        let income = -sold.ledger.balance(.outletSales) + after.outletTax
        // Rounded once a row and day.
        #expect(abs(income - list / 100 * 4 / 10) <= Int64(sold.stock.rows.count * 25))
        let (salesTax, plainLadder) = (after.outletTax, kept.ladder(subsidySent: kept.counters.subsidySent))
        let ladder = sold.ladder(subsidySent: sold.counters.subsidySent)
        #expect(ladder.steps.contains { $0.name == "outlet_sales" && $0.amount == income - after.outletTax })
        #expect(ladder.netRevenue == plainLadder.netRevenue + income - salesTax)
    }
}
