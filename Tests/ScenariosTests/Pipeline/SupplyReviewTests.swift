import NumericCore
import Replenishment
import Retail
import Simulation
import Store
import Testing

@testable import Scenarios

@Suite("Plans and suggestions of a scenario and of a data set") struct SupplyReviewTests {
    private func scenario(_ overrides: [String] = []) throws -> Scenario {
        try ScenarioLoader.load(text: TinyShop.scenario, name: "s.yaml", overrides: overrides)
    }

    @Test("stock that expires before it can be sold is not stock in a scenario's suggestions either")
    func lots() async throws {
        var shop = TinyShop.dataset()
        // No front warehouse takes a part of the stock.
        let plan = try scenario(["network.front_warehouses=none"])
        let fresh = try await Pipeline.prepare(plan, shop)
        // Half the lamps went off yesterday; the rest of the stock on record keeps.
        shop.lots = [
            LotRecord(
                sku: SKU.Index(0), node: Node.Index(0), lot: "A", expires: TinyShop.start - 2, quantity: 200)
        ]
        let stale = try await Pipeline.prepare(plan, shop)
        let row = try #require(stale.demand.skus.firstIndex(of: SKU.Index(0)))
        let position = StockPositions(stale.situation, demand: stale.demand)[row]
        // At four times the volume.
        #expect(position.expiring == 800)
        #expect(position.onHand == 800)
        func ordered(_ prepared: PreparedScenario) -> Int64 {
            prepared.suggestions.purchases.filter { $0.sku == SKU.Index(0) }.reduce(0) { $0 + $1.quantity.need }
        }
        #expect(ordered(stale) == ordered(fresh) + 800 || ordered(fresh) == 0 && ordered(stale) > 0)
    }

    @Test("a scenario's keys promise by role, by margin, or once for the whole assortment")
    func promises() throws {
        let plain = try scenario(["stock.service_target=line", "stock.service_level=97 %"]).stock.service
        #expect(plain == ServicePolicy(.line(0.97)))
        let text =
            TinyShop.scenario + """

                stock:
                  promises:
                    - {role: image, target: cost}
                    - {margin: 40 %, target: fill, level: 98 %}
                """
        let service = try ScenarioLoader.load(text: text, name: "s.yaml").stock.service
        #expect(service.byRole == [.image: .cost(0.95)])
        #expect(service.byMargin == [.init(from: 0.4, target: .fill(0.98))])
        let goal = try scenario(["stock.assortment_money=5000 GBP", "stock.assortment_weight=margin"]).stock.service
        #expect(goal.assortment == AssortmentGoal(.budget(5_000), weighsMargin: true))
        #expect(throws: ScenarioError.self) {
            try scenario(["stock.assortment_money=5000 GBP", "stock.assortment_service=97 %"])
        }
        let costs = try scenario(["replenishment.line_cost=7.50 GBP", "replenishment.holding_rate=40 %"])
        #expect(costs.replenishment.costs == InventoryCosts(orderLine: 7.5, holdingRate: 0.4))
    }

    @Test("one goal for the assortment reaches the plan of a scenario, and its budget is kept")
    func assortment() async throws {
        let prepared = try await Pipeline.prepare(try scenario(["stock.assortment_money=3000 GBP"]), TinyShop.dataset())
        let money = prepared.stockPlan.targets.reduce(0.0) { sum, target in
            let cost = prepared.dataset.skus[target.sku.position].unitCost.major
            return sum + cost * (Double(target.reorderPoint) + 0.5 * Double(target.orderUpTo - target.reorderPoint))
        }
        let lots = prepared.stockPlan.targets.reduce(0.0) { sum, target in
            sum + 0.5 * prepared.dataset.skus[target.sku.position].unitCost.major
                * Double(target.orderUpTo - target.reorderPoint)
        }
        #expect(money <= max(3_000, lots) + 1e-6)
    }

    @Test("what past purchases and orders placed have spent of a budget is gone")
    func budget() throws {
        var shop = TinyShop.dataset()
        let today = TinyShop.start
        shop.budgets = [
            Budget(name: "b", from: today - 10, through: today + 10, amount: Amount(minor: 100_000)),
            Budget(name: "old", from: today - 90, through: today - 30, amount: Amount(minor: 7)),
        ]
        shop.purchases = [
            PurchaseRecord(
                sku: SKU.Index(0), supplier: Supplier.Index(0), quantity: 10, ordered: today - 5, promised: today,
                received: nil, unitCost: UnitPrice(units: 30_000)),
            PurchaseRecord(
                sku: SKU.Index(0), supplier: Supplier.Index(0), quantity: 10, ordered: today - 50, promised: today,
                received: nil),
        ]
        let choice = SupplierChoice(skus: shop.skus, suppliers: shop.suppliers, supply: shop.supply)
        // 10 at 3.00, and 5 lamps at their 4.00.
        let placed = [
            Decision(
                key: .init(sku: "lamp", supplier: "works", node: "main"), state: .ordered, quantity: 5, order: "P1",
                reason: "", by: "Li Na", at: 0,
                suggested: .init(quantity: 5, leadTime: 5, demandMean: 9, unitCost: .zero))
        ].outstanding
        let left = try shop.budgetsLeft(on: today, placed, suppliers: shop.suppliers, choice: choice)
        #expect(left[0].spent == Amount(minor: 3_000 + 2_000) && left[1].spent == .zero)
        // What is ordered for a shop four times as large is as much as it says.
        let large = try shop.budgetsLeft(on: today, placed, suppliers: shop.suppliers, choice: choice, volume: 4)
        #expect(large[0].spent == Amount(minor: 4 * 3_000 + 2_000) && large[0].amount == Amount(minor: 400_000))
        #expect(large[1].spent == .zero && large[1].amount == Amount(minor: 28))
    }

    @Test(
        "a rejected or postponed line is not proposed again by the next review, and others have its money until its time is over"
    )
    func notTwice() async throws {
        let folder = try ScenarioFolder(["readme": ""])
        let workspace = try Workspace.open(path: folder.file("w.sqlite"))
        var shop = TinyShop.dataset()
        shop.stock = shop.stock.map { StockRecord(sku: $0.sku, node: $0.node, onHand: 0, reserved: 0) }
        let asked = try await SupplyReview.make(shop, threads: 2)
        #expect(asked.rows.count == 3 && asked.rows.allSatisfy { $0.orderQuantity > 0 })
        // A book tells its tables in both languages.
        let kept = try #require(asked.book(source: "shop").tables.first { $0.name == "exceptions" })
        for language in Language.allCases {
            let fresh = try #require(asked.tables(language).first { $0.name == "exceptions" })
            #expect(kept.told(in: language) == fresh && fresh.rowCount > 0)
        }
        #expect(kept.told(in: .english) != kept.told(in: .chinese))
        // The money of the two cheaper lines.
        let dear = try #require(asked.rows.max { $0.value < $1.value })
        let money = asked.rows.filter { $0.key != dear.key }.reduce(Amount.zero) { $0 + $1.value }
        func book() async throws -> (BookID, [SuggestionRow]) {
            let decisions = try workspace.decisions(dataset: shop.name)
            let review = try await SupplyReview.make(
                shop, settings: ReviewSettings(budget: money), decisions: decisions, threads: 2)
            let id = try workspace.storeBook(review.book(source: "shop"))
            return (id, try workspace.lines(of: id, today: review.today))
        }
        let (first, before) = try await book()
        #expect(before.reduce(Amount.zero) { $0 + $1.value } <= money)
        #expect(before.contains { $0.key != dear.key && $0.orderQuantity < $0.quantity.need })
        for (state, last) in [(SuggestionState.rejected, asked.today), (.snoozed, asked.today + 9)] {
            try workspace.decide(
                [
                    Decision(
                        key: dear.key, state: state, reason: "too dear", by: "Li Na", at: 0, until: last, book: first,
                        suggested: .init(dear.line))
                ], dataset: shop.name)
            let (_, after) = try await book()
            let declined = try #require(after.first { $0.key == dear.key })
            #expect(declined.status.state == state && declined.orderQuantity == 0)
            #expect(after.filter { $0.key != dear.key }.allSatisfy { $0.orderQuantity >= $0.quantity.need })
        }
        // Its time is over: it is proposed again, and says so.
        try workspace.decide(
            [
                Decision(
                    key: dear.key, state: .rejected, reason: "", by: "Li Na", at: 0, until: asked.today - 1,
                    book: first, suggested: .init(dear.line))
            ], dataset: shop.name)
        let again = try #require(try await book().1.first { $0.key == dear.key })
        #expect(again.status.state == .proposed && again.status.marks == [.rejectionExpired])
    }

    @Test("a scenario's suggestions heed the workspace's decisions as a data set's do, and its world is the same")
    func decidedScenario() async throws {
        let folder = try ScenarioFolder(["readme": ""])
        let workbench = try Workbench(path: folder.file("w.sqlite"))
        let plan = try scenario(["network.front_warehouses=none"])
        var shop = TinyShop.dataset()
        shop.stock = shop.stock.map { StockRecord(sku: $0.sku, node: $0.node, onHand: 0, reserved: 0) }
        let asked = try await Pipeline.prepare(plan, shop)
        let today = asked.situation.today
        let dear = try #require(asked.suggestionRows.max { $0.value < $1.value })
        let others = asked.suggestionRows.filter { $0.key != dear.key }.reduce(Amount.zero) { $0 + $1.value }
        // The money of the two cheaper lines, at four times the volume.
        shop.budgets = [
            Budget(name: "b", from: today, through: today, amount: Amount(minor: (others.minor + 3) / 4))
        ]
        func prepared() async throws -> PreparedScenario {
            try await workbench.prepare(plan, dataset: shop, heedsDecisions: true, threads: 2)
        }
        let before = try await prepared()
        #expect(before.suggestionRows.contains { $0.key != dear.key && $0.orderQuantity < $0.quantity.need })
        let book = try workbench.workspace.storeBook(before.supply.book(source: "s.yaml"))
        func decide(_ state: SuggestionState, order: String = "", until: Day? = nil) throws {
            let decision = Decision(
                key: dear.key, state: state, quantity: state == .ordered ? 2_000 : nil, order: order, reason: "",
                by: "Li Na", at: 0, until: until, book: book, suggested: .init(dear.line))
            try workbench.workspace.decide([decision], dataset: shop.name)
        }
        for state in [SuggestionState.rejected, .snoozed] {
            try decide(state, until: today + 7)
            let after = try await prepared()
            let lines = try workbench.workspace.lines(
                of: workbench.workspace.storeBook(after.supply.book(source: "s.yaml")), today: today)
            #expect(lines.first { $0.key == dear.key }?.orderQuantity == 0)
            #expect(lines.filter { $0.key != dear.key }.allSatisfy { $0.orderQuantity >= $0.quantity.need })
        }
        try decide(.approved)
        try decide(.ordered, order: "P1")
        let ordered = try await prepared()
        func onOrder(_ prepared: PreparedScenario) -> Int64 {
            prepared.situation.openOrders.filter { $0.code == "P1" }.reduce(0) { $0 + Int64($1.quantity) }
        }
        #expect(onOrder(before) == 0 && onOrder(ordered) == 2_000)
        #expect(ordered.world.stock.rows.map(\.opening) == before.world.stock.rows.map(\.opening))
        #expect(ordered.world.stock.receipts.count == before.world.stock.receipts.count)
        // Who does not ask for it sees none of it.
        let plain = try await workbench.prepare(plan, dataset: shop, threads: 2)
        #expect(plain.suggestionRows == before.suggestionRows)
    }

    @Test("errors of two days in a row go together where they do, and hardly where they do not", arguments: [0.0, 0.6])
    func correlation(value: Double) {
        var panel = DemandPanel(axis: TimeAxis(step: .day, origin: TinyShop.first, count: 364))
        for series in 0..<8 {
            let stream = RandomStream(
                seed: 5, stream: RandomStreamID.verification.rawValue, entity: UInt64(series), replication: 0)
            var error = 0.0
            let cells = (0..<364).map { day -> Double in
                let fresh = Normal.quantile(stream.uniform(at: UInt32(day)))
                error = value * error + (1 - value * value).squareRoot() * fresh
                return 100 + 10 * error + (day % 7 == 5 ? 40 : 0)
            }
            panel.append(name: "\(series)", key: SeriesKey(sku: SKU.Index(series)), start: 0, cells)
        }
        var demand = NodeDemand(start: TinyShop.start, horizon: 7)
        for sku in 0..<8 {
            demand.append(sku: SKU.Index(sku), node: Node.Index(0), dailyMean: [100], dailyDeviation: [10])
        }
        ErrorCorrelation(panel, skus: 8).apply(to: &demand)
        for row in 0..<8 { #expect(abs(demand.correlation[row] - value) < 0.12, "\(demand.correlation[row])") }
    }

    @Test(
        "a plan tried in the order simulator keeps its promise, shelf by shelf, and says what suppliers make of it who do not"
    )
    func trial() async throws {
        let overrides = ["stock.service_target=fill", "stock.service_level=95 %", "demand.volume=2"]
        var options = PlanTrial.Options()
        (options.days, options.replications) = (14, 5)
        let kept = try await PlanTrial.run(try scenario(overrides), TinyShop.dataset(), options: options, threads: 2)
        #expect(kept.rows.count >= 3 && kept.days == 14)
        #expect(abs(kept.promised - 0.95) < 1e-9 && kept.planned >= kept.promised)
        #expect(kept.isKept, "\(kept.outcomes)")
        #expect(kept.outcomes.map(\.setting) == [.shelves, .leaving, .network, .shop])
        for row in kept.rows { #expect(abs(row.asked / row.expected - 1) < 0.25, "\(row)") }
        var shop = TinyShop.dataset()
        (shop.suppliers[0].lateRate, shop.suppliers[0].lateDays) = (.one, 12)
        (options.days, options.replications) = (14, 2)
        let broken = try await PlanTrial.run(try scenario(overrides), shop, options: options, threads: 1)
        #expect(broken.outcomes.map(\.setting) == [.shelves, .leaving, .network, .suppliers, .shop])
        // The promise is about the plan's lead times.
        #expect(broken.isKept, "\(broken.promised) \(broken.planned) \(broken.outcomes)")
        #expect(broken.outcomes[3].served < broken.outcomes[2].served - 0.05, "\(broken.outcomes)")
        let again = try await PlanTrial.run(try scenario(overrides), shop, options: options, threads: 2)
        #expect(again.rows == broken.rows && again.outcomes == broken.outcomes, "the same with any number of threads")
    }
}

@Suite("Policies solved row by row") struct PolicyStepTests {
    private func prepared(_ policy: String, _ shop: Dataset) async throws -> PreparedScenario {
        let overrides = ["network.front_warehouses=none", "replenishment.policy=\(policy)"]
        return try await Pipeline.prepare(
            ScenarioLoader.load(text: TinyShop.scenario, name: "s.yaml", overrides: overrides), shop)
    }

    @Test("with a fast and dear supplier beside a slow one, both bring goods; articles with one supplier keep theirs")
    func dualIndex() async throws {
        var shop = TinyShop.dataset()
        shop.suppliers[0].leadTime = 30
        shop.suppliers.append(Supplier(code: "near", name: "Near", leadTime: 2, leadTimeDeviation: 0.5))
        shop.supply.append(
            SupplyTerms(
                sku: SKU.Index(1), supplier: Supplier.Index(1), minimumQuantity: 10, orderMultiple: 5,
                breaks: [PriceBreak(from: 1, unitCost: UnitPrice(units: shop.skus[1].unitCost.units * 6 / 5))]))
        let rows = try await prepared("dual_index", shop).world.stock.rows
        let candle = try #require(rows.first { $0.sku == SKU.Index(1) })
        let second = try #require(candle.second)
        #expect(second.supplier == 1 && second.leadTime == 2 && second.premium.units == 6_000)
        #expect(second.level > 0 && second.level < candle.orderUpTo)
        #expect(rows.filter { $0.second != nil }.count == 1)
    }

    @Test("goods that go off are held lower, the more so the sooner they do")
    func perishable() async throws {
        func level(_ days: Int32) async throws -> Quantity {
            var shop = TinyShop.dataset()
            shop.skus[1].shelfLife = days
            let rows = try await prepared(days > 0 ? "perishable" : "r_s", shop).world.stock.rows
            return rows.first { $0.sku == SKU.Index(1) }?.orderUpTo ?? 0
        }
        let levels = [try await level(7), try await level(21), try await level(0)]
        #expect(levels[0] < levels[1] && levels[0] > 0, "\(levels)")
    }
}
