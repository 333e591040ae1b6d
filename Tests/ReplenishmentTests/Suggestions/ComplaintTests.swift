import NumericCore
import Replenishment
import Retail
import Testing

/// What users of other systems complain of, each told by the suggestions that a buyer would see.
@Suite("Complaints of buyers") struct ComplaintTests {
    @Test(
        "the rounding rule on the line is the rule that was followed: up never stays below the level, down never goes beyond it",
        arguments: RoundingRule.allCases, 0..<40)
    func rounding(rule: RoundingRule, seed: Int) throws {
        var random = draws("rounding", seed)
        let multiple = Quantity(2 + random.integer(below: 60))
        var world = SmallWorld(skuCount: 2, multiple: multiple)
        let demand = world.demand([(0, 0, 0.5 + 9 * random.uniform(), 2), (1, 0, 3, 1)])
        let held = [stock(0, 0, Quantity(random.integer(below: 30))), stock(1, 0, 0)]
        var options = SuggestionOptions()
        options.rounding = rule
        let lines = try world.book(demand, stock: held, options: options).book.purchases
        let lot = Int64(multiple)
        for line in lines {
            #expect(line.quantity.rounding == rule)
            let beyond = line.position + line.quantity.final - line.orderUpTo
            #expect(line.quantity.final % lot == 0 && line.quantity.final > 0, "seed \(seed)")
            switch rule {
            case .up: #expect((0..<lot).contains(beyond), "seed \(seed): \(beyond)")
            case .down:
                #expect((-lot + 1...0).contains(beyond) || line.quantity.final == lot, "seed \(seed): \(beyond)")
            case .nearest:
                #expect(2 * abs(beyond) <= lot || line.quantity.final == lot, "seed \(seed): \(beyond)")
            }
        }
        // Rules of the whole order move a line by whole multiples only, and the rule's name stays.
        world.suppliers[0].minimumOrderValue = Amount(minor: 100 + lines.reduce(0) { $0 + $1.value.minor })
        let raised = try world.book(demand, stock: held, options: options).book.purchases
        #expect(raised.allSatisfy { $0.quantity.final % lot == 0 && $0.quantity.rounding == rule }, "seed \(seed)")
        #expect(raised.isEmpty || raised.contains { $0.quantity.final > $0.quantity.afterMultiple }, "seed \(seed)")
    }

    /// Shares of cycles without stockout, and of demand served, of the levels a line states, day by day in a shop that
    /// looks at its position every week.
    private func played(
        reorderPoint: Int64, orderUpTo: Int64, lead: Int, days: Int, _ demand: () -> Int64
    ) -> (cycles: Double, fill: Double) {
        var (onHand, open) = (orderUpTo, [(due: Int, quantity: Int64)]())
        var (cycles, good, asked, served) = (0, 0, Int64(0), Int64(0))
        for day in 0..<days {
            for order in open where order.due == day {
                cycles += 1
                if onHand >= 0 { good += 1 }
                onHand += order.quantity
            }
            open.removeAll { $0.due == day }
            if day % 7 == 0 {
                let position = onHand + open.reduce(0) { $0 + $1.quantity }
                if position <= reorderPoint { open.append((day + lead, orderUpTo - position)) }
            }
            let wanted = demand()
            asked += wanted
            served += min(max(0, onHand), wanted)
            onHand -= wanted
        }
        return (Double(good) / Double(max(1, cycles)), Double(served) / Double(max(1, asked)))
    }

    @Test(
        "a supplier's minimum is in the reorder point a buyer sees: it keeps the promise with it, and is lower for it")
    func minimumIsCounted() throws {
        func line(_ minimum: Quantity) throws -> PurchaseSuggestion {
            var world = SmallWorld(minimum: minimum)
            world.suppliers[0].leadTimeDeviation = 0
            return try #require(
                try world.book(world.demand([(0, 0, 5, 3)]), service: .fill(0.98), stock: []).book.purchases.first)
        }
        let (free, bound) = (try line(1), try line(600))
        #expect(bound.minimumQuantity == 600 && bound.orderUpTo - bound.reorderPoint == 600)
        #expect(bound.reorderPoint < free.reorderPoint)
        var random = draws("minimum", 1)
        for line in [free, bound] {
            let share = played(
                reorderPoint: line.reorderPoint, orderUpTo: line.orderUpTo, lead: 6, days: 400_000
            ) { Int64(random.negativeBinomial(mean: 5, size: 25.0 / 4)) }.fill
            #expect(abs(share - 0.98) < 0.004, "\(line.reorderPoint) \(line.orderUpTo): \(share)")
        }
    }

    @Test("the lead time of the terms is in the reorder point, the receipt and the reason of the line")
    func leadTimeIsCounted() throws {
        func lines(_ own: Double?, onHand: Quantity) throws -> [PurchaseSuggestion] {
            var world = SmallWorld()
            world.supply[0].leadTime = own
            return try world.book(world.demand([(0, 0, 5, 2)]), stock: [stock(0, 0, onHand)]).book.purchases
        }
        // Sixty last twelve days: enough for six days of lead time, hopeless for thirty.
        let (short, long) = (try lines(nil, onHand: 40), try lines(30, onHand: 40))
        let (near, far) = (try #require(short.first), try #require(long.first))
        #expect(far.reorderPoint - near.reorderPoint >= 5 * 24, "24 days more at five a day")
        #expect(far.receipt == SmallWorld().today + 30 && far.basis.leadTime == 30)
        #expect(reorderPointSource(far.line, .english).contains("30.0"))
        let between = Quantity(near.reorderPoint + 1)
        #expect(try lines(nil, onHand: between).isEmpty && lines(30, onHand: between).count == 1)
    }

    @Test(
        "a slow mover's level is no sigma times the root of the lead time: played out, that breaks the promise, ours keeps it"
    )
    func slowMover() throws {
        // A line of one to seven units every 35 days.
        var world = SmallWorld()
        world.suppliers[0].leadTimeDeviation = 0
        let (rate, size) = (1.0 / 35, 3.5)
        let (mean, variance) = (rate * size, rate * size * (2 * size - 1))
        let line = try #require(
            try world.book(
                world.demand([(0, 0, mean, variance.squareRoot())]), service: .cycle(0.95), stock: []
            ).book.purchases.first)
        var random = draws("slow", 1)
        func demand() -> Int64 {
            var units: Int64 = 0
            for _ in 0..<random.poisson(mean: rate) {
                units += 1
                while !random.bernoulli(1 / size) { units += 1 }
            }
            return units
        }
        let lot = line.orderUpTo - line.reorderPoint
        func share(_ level: Int64) -> Double {
            played(reorderPoint: level, orderUpTo: level + lot, lead: 6, days: 1_000_000, demand).cycles
        }
        // Both for the lead time and a week.
        let normal = 13 * mean + Normal.quantile(0.95) * (13 * variance).squareRoot()
        let (ours, theirs) = (share(line.reorderPoint), share(Int64(normal.rounded(.up))))
        #expect(ours > 0.945, "\(line.reorderPoint): \(ours)")
        #expect(theirs < 0.94, "\(normal): \(theirs)")
        #expect(line.law == "negative binomial" || line.law == "empirical", "\(line.law)")
    }

    @Test("expired stock is neither sent on nor kept from being bought, and what replaces it is bought once")
    func expired() throws {
        let world = SmallWorld()
        let demand = world.demand([(0, 0, 2, 1), (0, 2, 5, 1)]).includingDownstream(upstream: world.upstream)
        let stale = LotRecord(
            sku: SKU.Index(0), node: Node.Index(0), lot: "A", expires: world.today - 1, quantity: 400)
        let held = [stock(0, 0, 400)]
        // As if it kept: nothing to buy, and the front warehouse gets what it asks for.
        let fresh = try world.book(demand, stock: held).book
        #expect(fresh.purchases.isEmpty && fresh.transfers.first?.quantity == fresh.transfers.first?.need)
        let book = try world.book(demand, stock: held, lots: [stale]).book
        #expect(book.transfers.allSatisfy { $0.quantity == 0 && $0.available == 0 })
        let line = try #require(book.purchases.first)
        #expect(line.onHand == 0 && line.expiring == 400 && line.urgency == .late)
        #expect(line.quantity.need == line.orderUpTo + line.backordered)
        // No panic: what is bought for it is bought once, whether it lies there still or has been thrown away.
        let placed = OpenOrder(
            code: "P", sku: line.sku, supplier: line.supplier, node: line.node,
            quantity: Quantity(line.quantity.final), due: line.receipt)
        #expect(try world.book(demand, stock: held, openOrders: [placed], lots: [stale]).book.purchases.isEmpty)
        #expect(try world.book(demand, stock: [], openOrders: [placed]).book.purchases.isEmpty)
    }

    @Test(
        "a lead time of a month reviewed every other day does not order endlessly: day by day, order by order",
        arguments: 0..<4)
    func endless(seed: Int) throws {
        var random = draws("endless", seed)
        var world = SmallWorld(multiple: 6)
        (world.suppliers[0].leadTime, world.suppliers[0].leadTimeDeviation) = (30, 2)
        world.suppliers[0].reviewPeriod = 2
        let demand = world.demand([(0, 0, 5, 2.3)])
        let feeds = world.feeds(demand)
        let plan = try StockPlanner.plan(
            demand: demand, feeds: feeds, skus: world.skus, service: ServicePolicy(.cycle(0.95)))
        let top = plan.targets[0].orderUpTo
        var (onHand, sold, ordered) = (top / 2, Int64(0), Int64(0))
        var open: [OpenOrder] = []
        for day in stride(from: 0, to: 300, by: 2) {
            let today = world.today + day
            onHand += open.filter { $0.due <= today }.reduce(0) { $0 + Int64($1.quantity) }
            open.removeAll { $0.due <= today }
            let lines = try SuggestionEngine.suggest(
                plan: plan, demand: demand, feeds: feeds,
                situation: StockSituation(
                    today: today, stock: [stock(0, 0, Quantity(onHand))], openOrders: open), skus: world.skus,
                suppliers: world.suppliers, supply: world.supply, currency: .gbp)
            for line in lines {
                ordered += line.quantity.final
                open.append(
                    OpenOrder(
                        code: "P\(day)", sku: line.sku, supplier: line.supplier, node: line.node,
                        quantity: Quantity(line.quantity.final), due: line.receipt))
            }
            let position = onHand + open.reduce(0) { $0 + Int64($1.quantity) }
            #expect(position < top + 6, "seed \(seed), day \(day)")
            for _ in 0..<2 {
                let units = min(onHand, Int64(random.poisson(mean: 5)))
                onHand -= units
                sold += units
            }
        }
        #expect(sold > 1_200 && ordered <= sold + top / 2 + 6, "seed \(seed): \(sold) sold, \(ordered) ordered")
    }

    @Test(
        "an order date is never in the past, and is the very last day that is in time, shutdowns counted: brute force over days",
        arguments: 0..<150)
    func orderDates(seed: Int) throws {
        var random = draws("order dates", seed)
        var world = SmallWorld()
        (world.suppliers[0].leadTime, world.suppliers[0].leadTimeDeviation) = (Double(random.integer(below: 30)), 0)
        let closures = (0..<random.integer(below: 4)).map { _ -> SupplierClosure in
            let from = world.today - 5 + random.integer(below: 60)
            return SupplierClosure(supplier: Supplier.Index(0), from: from, through: from + random.integer(below: 25))
        }
        let calendar = SupplierCalendar(world.suppliers, closures)
        let demand = world.demand([(0, 0, 1 + 4 * random.uniform(), 1)])
        let feeds = Feed.resolve(
            demand: demand, upstream: world.upstream, skus: world.skus, suppliers: world.suppliers,
            supply: world.supply, transfers: [], calendar: calendar, today: world.today)
        let plan = try StockPlanner.plan(
            demand: demand, feeds: feeds, skus: world.skus, service: ServicePolicy(.cycle(0.9)))
        let point = plan.targets[0].reorderPoint
        let overdue = OpenOrder(
            code: "P", sku: SKU.Index(0), supplier: Supplier.Index(0), node: Node.Index(0),
            quantity: Quantity(1 + random.integer(below: 5)), due: world.today - 20 + random.integer(below: 60))
        let held = Quantity(random.integer(below: Int(max(1, point))))
        let lines = try SuggestionEngine.review(
            plan: plan, demand: demand, feeds: feeds,
            situation: StockSituation(today: world.today, stock: [stock(0, 0, held)], openOrders: [overdue]),
            skus: world.skus, suppliers: world.suppliers, supply: world.supply, calendar: calendar, currency: .gbp
        ).purchases
        for line in lines {
            #expect(line.orderBy >= world.today && line.receipt >= world.today, "seed \(seed)")
            guard let stockout = line.stockout else { continue }
            func inTime(_ day: Day) -> Bool {
                let lead = Int(world.suppliers[0].leadTime)
                return calendar.arrival(Supplier.Index(0), ordered: day, leadDays: lead) <= stockout
            }
            let last = (0...200).map { world.today + $0 }.last(where: inTime)
            #expect(line.orderBy == last ?? world.today, "seed \(seed)")
            #expect((line.urgency == .late) == (last == nil), "seed \(seed)")
        }
    }

    @Test("no minimum of any kind makes an order where there is no need, nor adds articles that need nothing")
    func minimumWithoutNeed() throws {
        var world = SmallWorld(
            skuCount: 3, minimum: 500, multiple: 50,
            breaks: [
                PriceBreak(from: 1, unitCost: UnitPrice(units: 20_000)),
                PriceBreak(from: 2_000, unitCost: UnitPrice(units: 1_000)),
            ])
        world.suppliers[0].minimumOrderValue = Amount(minor: 1_000_000)
        world.suppliers[0].minimumOrderUnits = 20_000
        world.suppliers[0].containerVolume = 30_000
        let demand = world.demand([(0, 0, 5, 2), (1, 0, 5, 2), (2, 0, 5, 2)])
        let point = try #require(try world.book(demand, stock: []).plan.targets.first).reorderPoint
        func lines(_ first: Int64) throws -> [PurchaseSuggestion] {
            let held = [first, point + 1, point + 1].enumerated().map { stock($0.offset, 0, Quantity($0.element)) }
            return try world.book(demand, stock: held).book.purchases
        }
        #expect(try lines(point + 1).isEmpty)
        #expect(try lines(point).map(\.sku.position) == [0])
    }

    @Test("a line that was declined takes nothing from the others: neither budget, nor container, nor minimum order")
    func declined() throws {
        var world = SmallWorld(skuCount: 3)
        let demand = world.demand([(0, 0, 5, 2), (1, 0, 4, 2), (2, 0, 3, 1)])
        let feeds = world.feeds(demand)
        let plan = try StockPlanner.plan(
            demand: demand, feeds: feeds, skus: world.skus, service: ServicePolicy(.cycle(0.95)))
        func review(_ declined: Set<PurchaseKey> = [], skus: [Int] = [0, 1, 2], money: Int64? = nil) throws
            -> SuggestionBook
        {
            let budgets = money.map {
                [Budget(name: "b", from: world.today, through: world.today, amount: Amount(minor: $0))]
            }
            // An article that is left out has more than enough.
            let held = (0..<3).map { stock($0, 0, skus.contains($0) ? 0 : 9_000) }
            return try SuggestionEngine.review(
                plan: plan, demand: demand, feeds: feeds, situation: StockSituation(today: world.today, stock: held),
                skus: world.skus, suppliers: world.suppliers, supply: world.supply, budgets: budgets ?? [],
                declined: declined, currency: .gbp)
        }
        let no = PurchaseKey(sku: SKU.Index(0), supplier: Supplier.Index(0), node: Node.Index(0))
        let asked = try review().purchases
        let money = asked.filter { $0.sku != no.sku }.reduce(0) { $0 + $1.value.minor }
        // The money is enough for the other two only, a container and a minimum order for more than they need.
        for change in 0..<3 {
            world = SmallWorld(skuCount: 3)
            if change == 1 { world.suppliers[0].minimumOrderUnits = 2 * asked.reduce(0) { $0 + $1.quantity.final } }
            if change == 2 { world.suppliers[0].containerVolume = 700 }
            let budget = change == 0 ? money : nil
            let (both, alone) = (try review([no], money: budget), try review(skus: [1, 2], money: budget))
            #expect(both.purchases.filter { $0.sku != no.sku } == alone.purchases)
            #expect(both.worth == alone.worth && both.budget == alone.budget)
            // It is still there to be looked at, as what it needs by itself.
            let line = try #require(both.purchases.first { $0.sku == no.sku })
            #expect(line.quantity.final == line.quantity.afterMultiple)
            #expect(try review(money: budget).purchases.filter { $0.sku != no.sku } != alone.purchases)
        }
    }
}
