import Replenishment
import Retail
import Testing

@Suite("Stock health") struct HealthTests {
    @Test("A holds four fifths of the margin, the SKU that crosses included")
    func abc() {
        #expect(StockHealth.abc([50, 30, 10, 6, 4]) == [.a, .a, .b, .b, .c])
        #expect(StockHealth.abc([100, 0, -5]) == [.a, .c, .c])
        #expect(StockHealth.abc([]) == [])
        #expect(StockHealth.abc([0, 0]) == [.c, .c])
    }

    @Test("age is that of the oldest unit still there, first in first out")
    func ages() {
        let today = Day(number: 15_000)
        func receipt(_ sku: Int, _ days: Int, _ quantity: Quantity, bad: Quantity = 0) -> PurchaseRecord {
            PurchaseRecord(
                sku: SKU.Index(sku), supplier: Supplier.Index(0), quantity: quantity, ordered: today - days - 5,
                promised: today - days, received: today - days, rejectedQuantity: bad)
        }
        let purchases = [receipt(0, 90, 100), receipt(0, 10, 30), receipt(0, 40, 50), receipt(1, 7, 20, bad: 20)]
        // 30 came ten days ago, the next 50 forty days ago.
        #expect(StockHealth.ages(stock: [30, 0, 5], purchases: purchases, today: today) == [10, nil, nil])
        #expect(StockHealth.ages(stock: [31, 0, 0], purchases: purchases, today: today)[0] == 40)
        #expect(StockHealth.ages(stock: [81, 3, 0], purchases: purchases, today: today) == [90, 7, nil])
        #expect(StockHealth.ages(stock: [900, 0, 0], purchases: purchases, today: today)[0] == 90)
    }

    @Test("turnover days are stock over demand, and the plan's stock stands beside them")
    func rows() throws {
        let world = SmallWorld(skuCount: 2)
        let demand = world.demand([(0, 0, 5, 2)])
        let held = [stock(0, 0, 100), stock(1, 0, 8)]
        let plan = try world.book(demand, stock: held).plan
        let health = StockHealth(
            demand: demand, situation: StockSituation(today: world.today, stock: held), plan: plan, skus: world.skus,
            purchases: [], weeks: [[35, 35, 35], [0, 0, 0]])
        #expect(health.rows.count == 2)
        #expect(health.rows[0].turnoverDays == 20 && health.rows[0].value == 200 && health.rows[0].xyz == .x)
        #expect(health.rows[1].turnoverDays == nil && health.rows[1].xyz == .z && health.rows[1].plannedValue == 0)
        let target = plan.targets[0]
        let planned = Double(target.safetyStock) + 0.5 * Double(target.orderUpTo - target.reorderPoint)
        #expect(abs(health.rows[0].plannedValue - 2 * planned) < 1e-9)
    }
}
