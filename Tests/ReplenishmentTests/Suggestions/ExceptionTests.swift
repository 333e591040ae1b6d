import NumericCore
import Replenishment
import Retail
import Testing

@Suite("Exceptions") struct ExceptionTests {
    private func exceptions(
        _ world: SmallWorld = SmallWorld(), mean: Double = 5, stock held: [StockRecord],
        openOrders: [OpenOrder] = [], lots: [LotRecord] = []
    ) throws -> [SuggestionException] {
        try world.book(world.demand([(0, 0, mean, 1)]), stock: held, openOrders: openOrders, lots: lots).book.exceptions
    }

    private func order(_ days: Int, _ quantity: Quantity) -> OpenOrder {
        OpenOrder(
            code: "P", sku: SKU.Index(0), supplier: Supplier.Index(0), node: Node.Index(0), quantity: quantity,
            due: SmallWorld().today + days)
    }

    @Test("what is missed before goods can arrive is worth its margin")
    func tooLate() throws {
        let late = try #require(try exceptions(stock: [stock(0, 0, 15)]).first { $0.kind == .tooLate })
        // 15 units at 5 a day run out on day 3; goods come on day 6: 15 units at a margin of 3.00.
        #expect(late.amount == Amount(minor: 4_500) && late.quantity == 15 && late.days == 3)
        #expect(late.day == SmallWorld().today + 3)
    }

    @Test("an order that lands after stock has run out, and one that is overdue, are named with what they cost")
    func lateOrders() throws {
        let gap = try #require(
            try exceptions(stock: [stock(0, 0, 20)], openOrders: [order(10, 300)]).first { $0.kind == .lateOrder })
        // Out on day 4, landing on day 10: 30 units at 3.00.
        #expect(gap.amount == Amount(minor: 9_000) && gap.quantity == 30 && gap.days == 6)
        let overdue = try #require(
            try exceptions(stock: [stock(0, 0, 200)], openOrders: [order(-4, 50)]).first { $0.kind == .lateOrder })
        #expect(overdue.amount == Amount(minor: 10_000) && overdue.days == 4)
    }

    @Test("overstock, dead stock and expiring stock are worth what they cost")
    func excess() throws {
        // 120 days at 5 a day are 600.
        let over = try #require(try exceptions(stock: [stock(0, 0, 700)]).first { $0.kind == .overstock })
        #expect(over.amount == Amount(minor: 20_000) && over.quantity == 100)
        #expect(try exceptions(stock: [stock(0, 0, 600)]).isEmpty)
        let dead = try exceptions(mean: 0, stock: [stock(0, 0, 30), stock(0, 2, 7)])
        #expect(dead.map(\.kind) == [.deadStock, .deadStock] && dead.map(\.quantity) == [30, 7])
        #expect(dead[0].amount == Amount(minor: 6_000))
        let lot = LotRecord(
            sku: SKU.Index(0), node: Node.Index(0), lot: "A", expires: SmallWorld().today + 1, quantity: 40)
        let expiring = try #require(
            try exceptions(stock: [stock(0, 0, 140)], lots: [lot]).first { $0.kind == .expiring })
        #expect(expiring.quantity == 30 && expiring.amount == Amount(minor: 6_000))
    }

    @Test("a minimum that forces months of stock is named, and dearest comes first")
    func forced() throws {
        let list = try exceptions(SmallWorld(minimum: 2_000), stock: [stock(0, 0, 15)])
        let forced = try #require(list.first { $0.kind == .minimumForces })
        #expect(forced.days > 60 && forced.amount.minor > 300_000)
        #expect(list.map(\.amount) == list.map(\.amount).sorted(by: >))
    }

    @Test("faults of the data are named: no lead time, no price")
    func faults() throws {
        var world = SmallWorld()
        world.suppliers[0].statesLeadTime = false
        #expect(try exceptions(world, stock: [stock(0, 0, 90)]).contains { $0.kind == .noLeadTime && $0.sku == nil })
        world = SmallWorld()
        world.skus[0].listPrice = .zero
        #expect(try exceptions(world, stock: [stock(0, 0, 90)]).contains { $0.kind == .noPrice })
    }

    @Test("stock moves sideways where one node would run out first and another has more than it needs")
    func balance() throws {
        let world = SmallWorld()
        // Both are fed by C, which is empty and whose own goods are six days away.
        let demand = world.demand([(0, 0, 1, 1), (0, 1, 5, 1), (0, 2, 5, 1)])
        var transfers = [TransferTerms](
            repeating: TransferTerms(leadTime: 6, leadTimeDeviation: 1, reviewPeriod: 7), count: 3)
        transfers[0] = TransferTerms()
        let feeds = Feed.resolve(
            demand: demand, upstream: world.upstream, skus: world.skus, suppliers: world.suppliers,
            supply: world.supply, transfers: transfers)
        let plan = try StockPlanner.plan(
            demand: demand, feeds: feeds, skus: world.skus, service: ServicePolicy(.cycle(0.95)))
        let held = [stock(0, 1, 5), stock(0, 2, 500)]
        let book = try SuggestionEngine.review(
            plan: plan, demand: demand, feeds: feeds, situation: StockSituation(today: world.today, stock: held),
            skus: world.skus, suppliers: world.suppliers, supply: world.supply, currency: .gbp)
        let move = try #require(book.transfers.first { $0.kind == .balance })
        #expect(move.from == Node.Index(2) && move.to == Node.Index(1))
        // Five units last one day; the move lands on day 1 and must last to day 6.
        #expect(move.quantity == 25 && move.receipt == world.today + 1)
        // The giver keeps its own order-up-to level.
        let target = try #require(plan.targets.first { $0.node == Node.Index(2) })
        #expect(500 - move.quantity >= target.orderUpTo)
    }
}
