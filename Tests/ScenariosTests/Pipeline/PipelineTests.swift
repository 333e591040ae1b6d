import NumericCore
import Placement
import Replenishment
import Retail
import Simulation
import Store
import Testing

@testable import Scenarios

@Suite("From a data set and a scenario to a world")
struct PipelineTests {
    private func prepared(_ overrides: [String] = [], threads: Int = 1) async throws -> PreparedScenario {
        let scenario = try ScenarioLoader.load(text: TinyShop.scenario, name: "s.yaml", overrides: overrides)
        return try await Pipeline.prepare(scenario, TinyShop.dataset(), threads: threads)
    }

    @Test("The world is valid and a run of it balances its books, the same for one thread and two")
    func runs() async throws {
        let world = try await prepared().world
        try world.validate()
        let one = try await Simulator.run(world, seed: 3, replications: 2, threads: 1)
        let again = try await prepared(threads: 2).world
        let two = try await Simulator.run(again, seed: 3, replications: 2, threads: 2)
        #expect(
            resultDigest(tables: one.tables, figures: one.figures)
                == resultDigest(tables: two.tables, figures: two.figures))
        #expect(!one.audit.checks.isEmpty)
    }

    @Test("What a run rests on, and every code in its tables of work, is there in Chinese too")
    func chinese() async throws {
        func isChinese(_ text: String) -> Bool { text.contains { $0 > "\u{2E7F}" } }
        let own = Set(TinyShop.dataset().assumptions.map(\.text))
        for overrides in [
            [], ["demand.uncertainty=sampled", "demand.attach=5 %"], ["network.front_warehouses=none"],
            ["replenishment.policy=dual_index", "stock.opening=0.5"], ["demand.effects=measured"],
        ] {
            for assumption in try await prepared(overrides).assumptions where !own.contains(assumption.text) {
                #expect(isChinese(Phrase.said(assumption.text, in: .chinese)), "\(assumption)")
                #expect(Phrase.said(assumption.text, in: .english) == assumption.text)
            }
        }
        let result = try await Simulator.run(try await prepared().world, seed: 3, replications: 1, threads: 1)
        let work = try #require(result.tables.first { $0.name == "stages" })
        for column in ["stage", "what"] {
            guard case .text(let codes)? = work.columns.first(where: { $0.name == column })?.values else { continue }
            #expect(!codes.isEmpty)
            for code in codes {
                #expect(isChinese(Catalogue.text("code.\(column).\(code)", .chinese)), "\(column) \(code)")
            }
        }
    }

    @Test("Expected units of the simulated days are the forecast times volume and promotions")
    func expectedUnits() async throws {
        let prepared = try await prepared()
        let (plan, world) = (prepared.world.demand, prepared.world)
        let offset = prepared.scenario.clock.start - prepared.forecast.axis.origin
        // The first day: a price cut of 20 % at elasticity -2 on lamps sells 1 / 0.8^2 = 1.5625 times as many.
        for channel in 0..<2 {
            let perBasket = plan.unitsPerBasket(channel: channel, day: 0, skuCount: 3)
            let orders = (0..<3).reduce(0) { $0 + plan.orders[(channel * 3 + $1) * 2] }
            for sku in 0..<3 {
                let series = try #require(
                    prepared.forecast.keys.firstIndex {
                        $0.sku?.position == sku && $0.channel?.position == channel
                    })
                let forecast = prepared.forecast.mean(series, offset)
                let asked = Double(plan.multipliers[(channel * 2 + 0) * 3 + sku])
                let expected = orders * perBasket[sku] * asked
                #expect(abs(expected - 4 * forecast) < 0.02 * 4 * forecast)
                let promotion = try #require(world.promotions.first { $0.code == "cut" })
                #expect(promotion.scope[sku] == (sku == 0))
                #expect(abs(promotion.uplift - 1.5625) < 1e-12)
            }
            // What is shown beside the result counts the promotion too.
            let lamps = prepared.forecast.keys.firstIndex { $0.sku?.position == 0 && $0.channel?.position == channel }
            let all = (0..<3).reduce(0.0) { sum, sku in
                let series = prepared.forecast.keys.firstIndex {
                    $0.sku?.position == sku && $0.channel?.position == channel
                }
                return sum + prepared.forecast.mean(series ?? 0, offset)
            }
            let shown = 4 * (all + 0.5625 * prepared.forecast.mean(lamps ?? 0, offset))
            #expect(abs(world.expectation.forecast[channel] - shown) < 1e-6 * shown)
        }
    }

    @Test("A flash sale doubles visits at its first minute and none before; the day's orders grow with them")
    func flashTraffic() async throws {
        let plan = try await prepared().world.demand
        let quiet = try await prepared(["promotions[rush].uplift=1"]).world.demand
        let web = (0 * 2 + 1) * 1_440
        #expect(abs(plan.shape[web + 720] / quiet.shape[web + 720] - 2) < 1e-12)
        #expect(plan.shape[web + 719] == quiet.shape[web + 719])
        let app = (1 * 2 + 1) * 1_440
        #expect(plan.shape[app + 720] == quiet.shape[app + 720])
        let grown = (720..<840).reduce(0) { $0 + plan.shape[web + $1] - quiet.shape[web + $1] }
        #expect(abs(plan.orders[1] / quiet.orders[1] - (1 + grown)) < 1e-9)
    }

    @Test("Without front warehouses none is in the network and the placement is not asked")
    func noFronts() async throws {
        let prepared = try await prepared(["network.front_warehouses=none"])
        #expect(prepared.placement == nil)
        #expect(prepared.network.nodes.map(\.code) == ["main"])
    }

    @Test("Listed front warehouses are open and others are not")
    func listedFronts() async throws {
        let prepared = try await prepared(["network.front_warehouses=[leeds]"])
        #expect(prepared.network.nodes.map(\.code) == ["main", "leeds"])
        #expect(prepared.network.nodes.last?.replenishedFrom == "main")
        #expect(prepared.placement?.solution.openSites == [0])
    }

    @Test("A site that earns less than its fixed cost stays closed")
    func dearSites() async throws {
        let cheap = try await prepared(["network.one_hour_value=50 GBP"])
        #expect(cheap.placement?.solution.openSites == [0, 1])
        let worthless = try await prepared(["network.one_hour_value=0 GBP", "routing.kilometre_cost=0 GBP"])
        #expect(worthless.placement?.solution.openSites == [])
    }

    @Test("Stock moved forward to front warehouses is taken from the node behind: the total stays")
    func stockMovedForward() async throws {
        let with = try await prepared(["network.front_warehouses=[london]"])
        let without = try await prepared(["network.front_warehouses=none"])
        for sku in 0..<3 {
            let opening = with.world.stock.opening(SKU.Index(sku))
            #expect(opening == without.world.stock.opening(SKU.Index(sku)))
            #expect(opening == [1_600, 6_400, 600][sku])
        }
        let front = with.world.stock.rows.filter { $0.node.position == 1 }
        #expect(!front.isEmpty)
        #expect(front.allSatisfy { $0.opening > 0 })
    }

    @Test("Quotas of silos add up to the opening stock, article by article; stated shares are kept")
    func silos() async throws {
        func quotas(_ world: World) -> [[Quantity]] {
            world.channels.map { if case .quota(let units) = $0.sharing { units } else { [] } }
        }
        let world = try await prepared(["stock.sharing=quota"]).world
        for sku in 0..<3 {
            let sum = quotas(world).reduce(Int64(0)) { $0 + Int64($1[sku]) }
            #expect(sum == world.stock.opening(SKU.Index(sku)))
            #expect(quotas(world).allSatisfy { $0[sku] > 0 })
        }
        let stated = try await prepared(["stock={sharing: quota, shares: {web: 25 %, app: 50 %}}"]).world
        #expect(quotas(stated) == [[400, 1_600, 150], [800, 3_200, 300]])
    }

    @Test("Levers reach the world")
    func levers() async throws {
        let world = try await prepared([
            "stock={sharing: ratio, shares: {web: 40 %}, buffer: 7, channel_lag: 90 s}", "payment.time_out=10 min",
            "payment.deduct_by_channel={app: payment}", "handling.clerks=3", "fulfilment.capacity=1.5",
            "fulfilment.overtime=1 h", "carriers.capacity=0.5", "after_sales.return_multiplier=3",
            "after_sales.write_down=40 %", "costs.late_compensation=1.25 GBP", "routing.maximum_parcels=1",
        ]).world
        #expect(world.channels[0].sharing == .ratio(Rate(partsPerMillion: 400_000), buffer: 7))
        #expect(world.channels[1].sharing == .ratio(.one, buffer: 7))
        #expect(world.channels.map(\.channel.synchronisationLag) == [90, 90])
        #expect(world.channels.map(\.deduction) == [.atOrder, .atPayment])
        #expect(world.channels[0].timeOut == .minute * 10)
        #expect(world.handling.clerks == 3)
        #expect(world.network.nodes[0].picksPerHour == 3_000)
        #expect(world.fulfilment.overtime == .hour && world.network.nodes[0].closes == 22 * 3_600)
        #expect(world.carriers[0].dailyCapacity == 50_000)
        #expect(world.segments[0].returnRate == Rate(partsPerMillion: 150_000))
        #expect(world.afterSales.restockShare == Rate(partsPerMillion: 600_000))
        #expect(world.costs.lateCompensation == Amount(minor: 125))
        #expect(world.routing.maximumParcels == 1)
    }

    @Test("The forecast sees nothing after the last day of history it is given")
    func noLeak() async throws {
        let scenario = try ScenarioLoader.load(text: TinyShop.scenario, name: "s.yaml")
        var changed = TinyShop.dataset()
        let cut = changed.demand.axis.index(of: scenario.demand.historyThrough)
        var panel = DemandPanel(axis: changed.demand.axis)
        for series in changed.demand.keys.indices {
            var cells = changed.demand.cells(series)
            for day in (cut + 1)..<cells.count { cells[day] = 9_999 }
            panel.append(name: changed.demand.names[series], key: changed.demand.keys[series], start: 0, cells)
        }
        changed.demand = panel
        let before = try await Pipeline.prepare(scenario, TinyShop.dataset())
        let after = try await Pipeline.prepare(scenario, changed)
        #expect(before.forecast == after.forecast)
        #expect(before.world.demand.orders == after.world.demand.orders)
        #expect(before.world.expectation.actual != after.world.expectation.actual)
    }

    @Test("Suggestions cover what the plan asks for beyond the position, and every assumption has a subject")
    func suggestions() async throws {
        let prepared = try await prepared(["stock.opening=0.2"])
        #expect(!prepared.suggestions.purchases.isEmpty)
        for suggestion in prepared.suggestions.purchases {
            #expect(suggestion.orderBy >= prepared.scenario.clock.start - 1)
            #expect(suggestion.position <= suggestion.reorderPoint)
        }
        #expect(prepared.assumptions.allSatisfy { !$0.subject.isEmpty && !$0.text.isEmpty })
        #expect(prepared.assumptions.contains { $0.subject == "demand.volume" })
        #expect(prepared.assumptions.contains { $0.subject == "promotion cut" && $0.text.contains("1.56") })
    }

    @Test("Basket weights meet the units wanted wherever baskets can")
    func tilt() {
        // Baskets {a}, {a, b}, {b, b}; 10 units of a and 6 of b are wanted.
        let (a, b) = (SKU.Index(0), SKU.Index(1))
        let book = BasketBook([[[(a, 1)], [(a, 1), (b, 1)], [(b, 2)]]])
        let tilt = BasketTilt(book, channel: 0, wanted: [10, 6])
        #expect(abs(tilt.units[0] - 10) < 0.05)
        #expect(abs(tilt.units[1] - 6) < 0.05)
        #expect(tilt.weights.allSatisfy { $0 >= 0 })
    }

    @Test("A data set without daily demand or warehouses is refused by name")
    func missingParts() async throws {
        let scenario = try ScenarioLoader.load(text: TinyShop.scenario, name: "s.yaml")
        var shop = TinyShop.dataset()
        shop.nodes = []
        await #expect {
            try await Pipeline.prepare(scenario, shop)
        } throws: { "\($0)".contains("nodes") }
        shop = TinyShop.dataset()
        shop.demand.axis.step = .week
        await #expect {
            try await Pipeline.prepare(scenario, shop)
        } throws: { "\($0)".contains("demand by day") }
    }
}
