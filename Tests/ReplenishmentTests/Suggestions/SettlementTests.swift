import NumericCore
import Replenishment
import Retail
import Testing

@Suite("All orders settled at once") struct SettlementTests {
    private let order = [(0, 0, 5.0, 2.0), (1, 0, 2.0, 1.0), (2, 0, 1.0, 1.0)]
    private let held = [stock(0, 0, 10), stock(1, 0, 4), stock(2, 0, 2)]

    private func lines(_ change: (inout SmallWorld) -> Void) throws -> [PurchaseSuggestion] {
        var world = SmallWorld(skuCount: 3)
        change(&world)
        return try world.book(
            world.demand(order.map { (sku: $0.0, node: $0.1, mean: $0.2, deviation: $0.3) }), stock: held
        )
        .book.purchases
    }

    @Test("the supplier's least count of units is reached with the goods needed next")
    func units() throws {
        let plain = try lines { _ in }.reduce(0) { $0 + $1.quantity.final }
        let raised = try lines { $0.suppliers[0].minimumOrderUnits = plain + 40 }
        let sum = raised.reduce(0) { $0 + $1.quantity.final }
        // The last step is taken back to the unit.
        #expect(sum == plain + 40)
        #expect(raised.contains { $0.quantity.afterOrderValue > $0.quantity.afterBreak })
    }

    /// What an order of one line comes to, holding a quarter of its cost a year, for at most a year.
    private func settled(_ terms: SupplyTerms, need: Int64, perDay: Double) throws -> Int64 {
        let ladder = PriceLadder(terms, fallback: .zero)
        let prices = ladder.breaks.map { (from: Int64($0.from), price: $0.unitCost.major) }
        let base = ladder.chain(need: need).afterMultiple
        let line = JointOrder.Line(
            supplier: 0, law: DemandLaw.choose(mean: 10 * perDay, variance: 10 * perDay), position: 0, shortage: 1,
            holding: ladder.unitCost(base).major * 0.25 * 10 / 365,
            terms: LineTerms(
                prices: prices, isIncremental: terms.breakRule == .incremental,
                minimum: Int64(terms.minimumQuantity), multiple: Int64(terms.orderMultiple)),
            asked: JointOrder.Asked(units: base, most: Int64(365 * perDay), again: 1))
        return try JointOrder(lines: [line], suppliers: [JointOrder.Supplier()]).solve().quantities[0]
    }

    @Test("a price break is taken when it saves more than holding the extra goods costs, and only then")
    func priceBreak() throws {
        let terms = SupplyTerms(
            sku: SKU.Index(0), supplier: Supplier.Index(0), minimumQuantity: 1, orderMultiple: 10,
            breaks: [
                PriceBreak(from: 1, unitCost: UnitPrice(units: 100_000)),
                PriceBreak(from: 200, unitCost: UnitPrice(units: 98_000)),
            ])
        // 200 units at 0.20 less save 40.00. At 10 a day the 100 extra wait 10 days and last 10: 15 days on average,
        // at 25 % a year of 10.00 each: 100 x 10.00 x 0.25 x 15 / 365 = 10.27.
        #expect(try settled(terms, need: 100, perDay: 10) == 200)
        // At 1 a day they wait ten times as long: 102.74, more than the saving.
        #expect(try settled(terms, need: 100, perDay: 1) == 100)
        // At any speed not beyond the longest cover allowed: 365 days of a half are 182.
        #expect(try settled(terms, need: 100, perDay: 0.5) == 100)
        #expect(PriceLadder(terms, fallback: .zero).chain(need: 0).final == 0)
    }

    @Test("a started container is filled to what the supplier asks for, and a full one is left alone")
    func container() throws {
        // A unit is a litre: so many litres as units.
        let plain = try lines { _ in }.reduce(0) { $0 + $1.quantity.final }
        let filled = try lines { world in
            world.suppliers[0].containerVolume = plain + 30
            world.suppliers[0].containerFill = Rate(partsPerMillion: 1_000_000)
        }
        #expect(filled.reduce(0) { $0 + $1.volume } == Int64(plain + 30) * 1_000)
        #expect(filled.contains { $0.quantity.afterContainer > $0.quantity.afterOrderValue })
        let full = try lines { $0.suppliers[0].containerVolume = plain }
        #expect(full.allSatisfy { $0.quantity.final == $0.quantity.afterBreak && !$0.isBelowContainer })
        let hopeless = try lines { $0.suppliers[0].containerVolume = 1_000_000 }
        #expect(hopeless.allSatisfy { $0.isBelowContainer && $0.quantity.final == $0.quantity.afterBreak })
    }

    @Test("freight by the container and a cost of the order are weighed: they are paid while the order is worth them")
    func freight() throws {
        let plain = try lines { _ in }.reduce(0) { $0 + $1.quantity.final }
        func bought(freight: Int64, order: Int64 = 0) throws -> [PurchaseSuggestion] {
            try lines { world in
                world.suppliers[0].containerVolume = plain - 20
                world.suppliers[0].containerFill = .zero
                world.suppliers[0].containerFreight = Amount(minor: freight)
                world.suppliers[0].orderCost = Amount(minor: order)
            }
        }
        // Two containers while they cost next to nothing, one where the second costs more than its goods are worth, and
        // none is worth a fortune: then the lines stay as they were and say so.
        #expect(try bought(freight: 1).reduce(0) { $0 + $1.quantity.final } == plain)
        let one = try bought(freight: 10_000).reduce(0) { $0 + $1.quantity.final }
        #expect(one == plain - 20, "\(one) of \(plain)")
        #expect(try bought(freight: 100_000_000).allSatisfy { $0.isBelowContainer })
        #expect(try bought(freight: 1, order: 1).allSatisfy { !$0.isBelowOrderValue })
        #expect(try bought(freight: 1, order: 1_000_000_000).allSatisfy { $0.isBelowOrderValue })
    }

    @Test("what a supplier can send in a week, and what a warehouse can hold, bound the order where they bind")
    func limits() throws {
        let plain = try lines { _ in }.reduce(0) { $0 + $1.quantity.final }
        let few = try lines { $0.suppliers[0].weeklyCapacity = plain / 2 }
        #expect(few.reduce(0) { $0 + $1.quantity.final } == plain / 2)
        #expect(few.allSatisfy { $0.quantity.afterContainer == $0.quantity.afterBreak })
        let many = try lines { $0.suppliers[0].weeklyCapacity = plain }
        #expect(many.allSatisfy { $0.quantity.final == $0.quantity.afterBreak })
        // A unit is a litre. 16 units lie there, of which expected sales in six days leave none of any article.
        let small = try lines { $0.nodes[0].storage = plain / 3 }
        #expect(small.reduce(0) { $0 + $1.quantity.final } == plain / 3)
        #expect(small.contains { $0.quantity.afterLimits < $0.quantity.afterContainer })
        let roomy = try lines { $0.nodes[0].storage = plain }
        #expect(roomy.allSatisfy { $0.quantity.final == $0.quantity.afterBreak })
    }

    @Test("an incremental break charges each unit its own step, and is taken only where it saves")
    func incremental() throws {
        let terms = SupplyTerms(
            sku: SKU.Index(0), supplier: Supplier.Index(0), minimumQuantity: 1, orderMultiple: 1,
            breaks: [
                PriceBreak(from: 1, unitCost: UnitPrice(units: 20_000)),
                PriceBreak(from: 101, unitCost: UnitPrice(units: 10_000)),
            ], breakRule: .incremental)
        let ladder = PriceLadder(terms, fallback: .zero)
        // 100 at 2.00 and 50 at 1.00.
        #expect(try ladder.value(150, in: .gbp) == Amount(minor: 25_000))
        #expect(ladder.unitCost(150) == UnitPrice(units: 16_667))
        #expect(try ladder.value(100, in: .gbp) == Amount(minor: 20_000))
        // Reaching the break saves 1.00 on one unit. At 10 a day the other 91 wait one day for the ten before them and
        // last 9.1 days: 91 x 2.00 x 0.25 x 5.55 / 365 = 0.69. At 1 a day they cost ten times that.
        #expect(try settled(terms, need: 10, perDay: 10) == 101)
        #expect(try settled(terms, need: 10, perDay: 1) == 10)
    }

    @Test("the rounding rule is named, and only `up` never stays below the need", arguments: 1...60)
    func rounding(need: Int) {
        let terms = SupplyTerms(
            sku: SKU.Index(0), supplier: Supplier.Index(0), minimumQuantity: 5, orderMultiple: 12, breaks: [])
        let ladder = PriceLadder(terms, fallback: UnitPrice(units: 1))
        func rounded(_ rule: RoundingRule) -> QuantityChain {
            ladder.chain(need: Int64(need), rounding: rule)
        }
        let wanted = max(need, 5)
        #expect(rounded(.up).afterMultiple == Int64((wanted + 11) / 12 * 12) && rounded(.up).rounding == .up)
        let (near, down) = (rounded(.nearest).afterMultiple, rounded(.down).afterMultiple)
        #expect(down == Int64(max(12, wanted / 12 * 12)))
        #expect(near % 12 == 0 && near >= 12 && (near == 12 || abs(near - Int64(wanted)) <= 6))
    }

    @Test(
        "a budget is kept, saves no less than any choice of whole lines, and no more than its bound", arguments: 0..<25)
    func budget(seed: Int) throws {
        var random = draws("budget", seed)
        let world = SmallWorld(skuCount: 4, minimum: Quantity(1 + random.integer(below: 20)))
        let demand = world.demand((0..<4).map { (sku: $0, node: 0, mean: 1 + 6 * random.uniform(), deviation: 2) })
        let feeds = world.feeds(demand)
        let plan = try StockPlanner.plan(
            demand: demand, feeds: feeds, skus: world.skus, service: ServicePolicy(.cycle(0.95)))
        func review(_ budgets: [Budget]) throws -> SuggestionBook {
            try SuggestionEngine.review(
                plan: plan, demand: demand, feeds: feeds, situation: StockSituation(today: world.today, stock: []),
                skus: world.skus, suppliers: world.suppliers, supply: world.supply, budgets: budgets, currency: .gbp)
        }
        let free = try review([])
        let asked = free.purchases.reduce(0) { $0 + $1.value.minor }
        let limit = Int64(Double(asked) * (0.2 + 0.6 * random.uniform()))
        let money = Budget(name: "b", from: world.today, through: world.today, amount: Amount(minor: limit))
        let cut = try review([money])
        let use = try #require(cut.budget)
        let spent = cut.purchases.reduce(0) { $0 + $1.value.minor }
        #expect(spent <= limit && use.spent.minor == spent && use.asked.minor == asked, "seed \(seed)")
        #expect(use.saved <= use.bound && use.bound <= free.worth.bound, "seed \(seed)")
        // Every choice of whole lines that the money pays for.
        func saved(_ line: PurchaseSuggestion) -> Double {
            let law = DemandLaw.choose(
                mean: line.demandMean,
                variance: plan.targets.first { $0.sku == line.sku }.map { $0.deviation * $0.deviation } ?? 0)
            // A line that is left out is ordered later: 5.00.
            return 5 + 3 * (law.loss(Double(line.position)) - law.loss(Double(line.position + line.quantity.final)))
        }
        for choice in 0..<(1 << free.purchases.count) {
            let lines = free.purchases.enumerated().filter { choice >> $0.offset & 1 == 1 }.map(\.element)
            guard lines.reduce(0, { $0 + $1.value.minor }) <= limit else { continue }
            #expect(lines.reduce(0) { $0 + saved($1) } <= Double(use.bound.minor) / 100 + 0.02, "seed \(seed)")
        }
        let elsewhere = Budget(name: "b", from: world.today + 1, through: world.today + 9, amount: .zero)
        #expect(try review([elsewhere]).purchases == free.purchases)
    }
}
