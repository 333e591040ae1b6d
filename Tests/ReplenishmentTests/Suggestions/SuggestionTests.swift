import NumericCore
import Replenishment
import Retail
import Testing

@Suite("Purchase suggestions") struct SuggestionTests {
    @Test("nothing is suggested above the reorder point, whatever the minimum", arguments: 0..<60)
    func noNeedNoOrder(seed: Int) throws {
        var random = draws("no need", seed)
        let world = SmallWorld(minimum: Quantity(1 + random.integer(below: 900)), multiple: 12)
        let demand = world.demand([(0, 0, 8 * random.uniform(), 5 * random.uniform())])
        let point = try #require(try world.book(demand, stock: []).plan.targets.first).reorderPoint
        for extra in [1, 2, 50] {
            let result = try world.book(demand, stock: [stock(0, 0, Quantity(point) + Quantity(extra))])
            #expect(result.book.purchases.isEmpty, "seed \(seed)")
        }
    }

    @Test(
        "minimum, multiple and breaks only ever raise the order, and never past one multiple more than asked for",
        arguments: 0..<150)
    func chain(seed: Int) throws {
        var random = draws("chain", seed)
        let minimum = Quantity(1 + random.integer(below: 200))
        let multiple = Quantity(1 + random.integer(below: 36))
        let breaks = [
            PriceBreak(from: 1, unitCost: UnitPrice(units: 20_000)),
            PriceBreak(from: 150, unitCost: UnitPrice(units: 19_000)),
            PriceBreak(from: 400, unitCost: UnitPrice(units: 17_500)),
        ]
        let world = SmallWorld(minimum: minimum, multiple: multiple, breaks: breaks)
        let demand = world.demand([(0, 0, 0.2 + 12 * random.uniform(), 6 * random.uniform())])
        let onHand = Quantity(random.integer(below: 40))
        let result = try world.book(demand, stock: [stock(0, 0, onHand)])
        let target = try #require(result.plan.targets.first)
        guard let line = result.book.purchases.first else {
            #expect(Int64(onHand) > target.reorderPoint || Int64(onHand) >= target.orderUpTo, "seed \(seed)")
            return
        }
        let chain = line.quantity
        #expect(chain.need == target.orderUpTo - Int64(onHand), "seed \(seed)")
        #expect(chain.afterMinimum == max(chain.need, Int64(minimum)), "seed \(seed)")
        #expect(chain.afterMultiple % Int64(multiple) == 0, "seed \(seed)")
        #expect(
            (chain.afterMinimum..<chain.afterMinimum + Int64(multiple)).contains(chain.afterMultiple), "seed \(seed)")
        #expect(chain.final >= chain.afterMultiple && chain.final % Int64(multiple) == 0, "seed \(seed)")
        #expect(try line.unitCost.amount(chain.final, in: .gbp) == line.value, "seed \(seed)")
        let price = try #require(breaks.last { Int64($0.from) <= chain.final }).unitCost
        #expect(line.unitCost == price, "seed \(seed)")
    }

    @Test("each unit counts once, and orders due far beyond the horizon count too")
    func position() throws {
        let world = SmallWorld()
        let demand = world.demand([(0, 0, 10, 4)])
        let order = OpenOrder(
            code: "P1", sku: SKU.Index(0), supplier: Supplier.Index(0), node: Node.Index(0), quantity: 30,
            due: world.today + 400)
        let transfer = OpenOrder(
            code: "T1", sku: SKU.Index(0), supplier: nil, node: Node.Index(0), quantity: 7, due: world.today + 1)
        let owed = Backorder(sku: SKU.Index(0), node: Node.Index(0), quantity: 4)
        let line = try #require(
            try world.book(
                demand, stock: [stock(0, 0, 20, reserved: 5)], openOrders: [order, transfer], backorders: [owed]
            ).book.purchases.first)
        #expect((line.onHand, line.reserved, line.inTransit, line.onOrder, line.backordered) == (20, 5, 7, 30, 4))
        #expect(line.position == 53)
        #expect(line.quantity.need == line.orderUpTo - 53)
    }

    @Test("a lead time three times the review period does not order endlessly")
    func replay() throws {
        // 5 a day, review every 2 days, 6 days to arrive: without counting what is on order the shelf would fill.
        let rule = PolicyParameters(reorderPoint: 50, orderUpTo: 60)
        var random = draws("replay", 1)
        var onHand: Int64 = 60
        var open: [(due: Int, quantity: Int64)] = []
        var (ordered, sold) = (Int64(0), Int64(0))
        for day in 0..<2_000 {
            for order in open where order.due == day { onHand += order.quantity }
            open.removeAll { $0.due == day }
            if day % 2 == 0 {
                let quantity = rule.order(position: onHand + open.reduce(0) { $0 + $1.quantity })
                if quantity > 0 { open.append((day + 6, quantity)) }
                ordered += quantity
            }
            #expect(onHand + open.reduce(0) { $0 + $1.quantity } <= 60)
            let demand = min(onHand, Int64(random.poisson(mean: 5)))
            onHand -= demand
            sold += demand
        }
        #expect(ordered - sold <= 60 && sold > 9_000)
    }

    @Test("suggesting again after ordering what was suggested suggests nothing", arguments: 0..<40)
    func idempotent(seed: Int) throws {
        var random = draws("idempotent", seed)
        let world = SmallWorld(skuCount: 4, minimum: Quantity(1 + random.integer(below: 50)), multiple: 6)
        let demand = world.demand((0..<4).map { ($0, 0, 9 * random.uniform(), 4 * random.uniform()) })
        let held = (0..<4).map { stock($0, 0, Quantity(random.integer(below: 60))) }
        let first = try world.book(demand, stock: held).book.purchases
        let placed = first.map {
            OpenOrder(
                code: "P", sku: $0.sku, supplier: $0.supplier, node: $0.node, quantity: Quantity($0.quantity.final),
                due: $0.receipt)
        }
        #expect(try world.book(demand, stock: held, openOrders: placed).book.purchases.isEmpty, "seed \(seed)")
    }

    @Test("stock about to expire is not stock: only what can be sold in time counts")
    func expiring() throws {
        let world = SmallWorld()
        let demand = world.demand([(0, 0, 5, 1)])
        func lot(_ code: String, _ days: Int?, _ quantity: Quantity) -> LotRecord {
            LotRecord(
                sku: SKU.Index(0), node: Node.Index(0), lot: code, expires: days.map { world.today + $0 },
                quantity: quantity)
        }
        // 5 a day: today and tomorrow sell 10 of A; B lasts two more days and sells 10; C keeps for ever.
        let lots = [lot("A", 1, 30), lot("B", 3, 40), lot("C", nil, 15), lot("D", -2, 5)]
        let line = try #require(
            try world.book(demand, stock: [stock(0, 0, 90)], lots: lots).book.purchases.first)
        #expect(line.expiring == 20 + 30 + 5)
        #expect(line.onHand == 90 - 55)
        let fresh = try world.book(demand, stock: [stock(0, 0, 90)])
        #expect(fresh.book.purchases.isEmpty || fresh.book.purchases[0].quantity.need < line.quantity.need)
    }

    @Test("no order date lies in the past, and what is too late says so and comes first")
    func dates() throws {
        let world = SmallWorld(skuCount: 3)
        let demand = world.demand([(0, 0, 5, 2), (1, 0, 5, 2), (2, 0, 5, 2)])
        let lines = try world.book(demand, stock: [stock(0, 0, 60), stock(1, 0, 12), stock(2, 0, 34)]).book.purchases
        #expect(lines.map(\.sku.position) == [1, 2, 0])
        for line in lines { #expect(line.orderBy >= world.today && line.receipt == world.today + 6) }
        // 12 units at 5 a day run out on the third day; six days of lead time come too late.
        #expect(lines[0].stockout == world.today + 2 && lines[0].urgency == .late && lines[0].orderBy == world.today)
        // 34 run out on the seventh day (35 wanted): ordered today they just arrive.
        #expect(lines[1].stockout == world.today + 6 && lines[1].urgency == .soon && lines[1].orderBy == world.today)
        #expect(lines[2].stockout == world.today + 12 && lines[2].orderBy == world.today + 6)
    }

    @Test("the stockout date counts open orders on the day they are due")
    func stockoutWithReceipts() {
        let daily = DailyDemand(mean: [4], deviation: [0])
        let today = Day(number: 10)
        func date(_ free: Int64, _ receipts: [(due: Day, quantity: Int64)]) -> Day? {
            Projection.stockout(free: free, receipts: receipts, daily: daily, offset: 0, today: today, days: 30)
        }
        #expect(date(10, []) == today + 2)
        #expect(date(8, [(due: today + 2, quantity: 8)]) == today + 4)
        // An order that lands the day after stock runs out does not undo the gap.
        #expect(date(8, [(due: today + 3, quantity: 800)]) == today + 2)
        #expect(date(8, [(due: today - 5, quantity: 8)]) == today + 4)
        #expect(date(120, []) == nil)
        #expect(Projection.daysOfCover(10, daily: daily, offset: 0, limit: 100) == 2.5)
        #expect(Projection.daysOfCover(10_000, daily: daily, offset: 0, limit: 100) == 100)
    }

    @Test("the probability of a stockout is the upper tail of demand over lead time plus review")
    func probability() throws {
        let world = SmallWorld()
        let line = try #require(
            try world.book(world.demand([(0, 0, 0.5, 0.1)]), stock: [stock(0, 0, 5, reserved: 1)]).book.purchases.first)
        // Variance over 13 days: 13 x 0.01 + 0.25 x 2.25 < mean, so Poisson(6.5); 4 units are free.
        let law = PoissonDistribution(mean: 6.5)
        #expect(agrees(line.stockoutProbability, law.upperTail(4)))
        #expect((line.demandP10, line.demandP50, line.demandP90) == (3, 6, 10))
        // Margin 3.00 a unit.
        #expect(line.marginAtRisk.minor == Int64((300 * law.loss(4)).rounded()))
    }

    @Test("a supplier's minimum order value is reached with the goods needed next, or the order is flagged")
    func orderValue() throws {
        var world = SmallWorld(skuCount: 3)
        let demand = world.demand([(0, 0, 5, 2), (1, 0, 2, 1), (2, 0, 1, 1)])
        let held = [stock(0, 0, 10), stock(1, 0, 4), stock(2, 0, 2)]
        let plain = try world.book(demand, stock: held).book.purchases
        let total = plain.reduce(0) { $0 + $1.value.minor }
        world.suppliers[0].minimumOrderValue = Amount(minor: total + 20_000)
        let raised = try world.book(demand, stock: held).book.purchases
        let sum = raised.reduce(0) { $0 + $1.value.minor }
        #expect(sum >= total + 20_000)
        // The last step is taken back to the unit of 2.00.
        #expect(sum < total + 20_000 + 200)
        let covers = raised.filter { $0.quantity.final > $0.quantity.afterBreak }.map(\.daysOfCoverAfter)
        // Strides grow by a fifth: lines grow to one common cover within that.
        #expect((covers.max() ?? 0) <= 1.25 * (covers.min() ?? 0) + 1, "\(covers)")
        for line in raised where line.quantity.final == line.quantity.afterBreak {
            #expect(line.daysOfCoverAfter >= 0.8 * (covers.max() ?? 0) - 1)
        }
        world.suppliers[0].minimumOrderValue = Amount(minor: 100_000_000)
        let hopeless = try world.book(demand, stock: held).book.purchases
        #expect(hopeless.allSatisfy { $0.isBelowOrderValue && $0.quantity.final == $0.quantity.afterBreak })
        // No line at all: the minimum creates none.
        #expect(
            try world.book(demand, stock: [stock(0, 0, 900), stock(1, 0, 900), stock(2, 0, 900)]).book
                .purchases.isEmpty)
    }

    @Test("a SKU nobody supplies is an exception, not a silence")
    func noSupplier() throws {
        var world = SmallWorld(skuCount: 2)
        world.supply.removeLast()
        let book = try world.book(world.demand([(0, 0, 5, 2), (1, 0, 5, 2)]), stock: []).book
        let faults = book.exceptions.filter(\.kind.isDataFault)
        #expect(faults.map(\.kind) == [.noSupplier] && faults[0].sku == SKU.Index(1))
        // Five a day for four weeks at a margin of 3.00.
        #expect(faults[0].amount == Amount(minor: 5 * 28 * 300))
        #expect(book.purchases.map(\.sku.position) == [0])
    }
}
