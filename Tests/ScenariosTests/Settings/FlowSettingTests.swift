import Replenishment
import Retail
import Simulation
import Testing

@testable import Scenarios

@Suite("What a scenario says of the way of goods reaches the world")
struct FlowSettingTests {
    private func world(_ overrides: [String], _ dataset: Dataset? = nil) async throws -> World {
        let scenario = try ScenarioLoader.load(text: TinyShop.scenario, name: "s.yaml", overrides: overrides)
        let world = try await Pipeline.prepare(scenario, dataset ?? TinyShop.dataset(), threads: 1).world
        try world.validate()
        return world
    }

    @Test("routing, stations, docks, carriers, after-sales and supply")
    func keys() async throws {
        let world = try await world([
            "routing.rule=nearest", "routing.shadow=fixed", "routing.split=when_cheaper", "routing.split_cost=0.40 GBP",
            "routing.late_day_cost=2 GBP", "routing.markdown_risk=10 %", "routing.senders=[central, regional]",
            "routing.maximum_backlog=3 h", "routing.full_carriers=avoided", "fulfilment.pack_stations=7",
            "fulfilment.overtime=2 h", "fulfilment.overtime_cost=18 GBP", "fulfilment.short_picks=1 %",
            "inbound.daily_capacity=5000", "inbound.put_away=4 h", "inbound.storage=enforced", "carriers.riders=6",
            "after_sales.refusal_rate=2 %", "after_sales.exchange_share=10 %", "after_sales.contacts_per_order=0.3",
            "replenishment.rolling_weight=0.2", "replenishment.lateral=when_upstream_is_empty",
            "handling.capture_every=5 min", "handling.opens=9 h", "handling.closes=18 h",
            "after_sales.cancellation_time=1 h", "replenishment.transfer_cost=0.05 GBP", "costs.settlement_errors=3 %",
        ])
        #expect(world.handling.captureInterval == .minute * 5)
        #expect(world.handling.opens == 9 * 3_600 && world.handling.closes == 18 * 3_600)
        #expect(world.afterSales.cancellationDelay == .hour)
        #expect(world.replenishment.transferCostPerUnit == UnitPrice(units: 500))
        #expect(world.costs.settlementErrorRate == Rate(partsPerMillion: 30_000))
        #expect(world.routing.rule == .nearest && world.routing.shadow == .fixed && world.routing.splitsWhenCheaper)
        #expect(world.routing.costPerSplit == UnitPrice(units: 4_000))
        #expect(world.routing.costPerLateDay == UnitPrice(units: 20_000))
        #expect(world.routing.senders == [.central, .regional] && world.routing.seesCarriers)
        #expect(world.routing.maximumBacklog == .hour * 3)
        #expect(world.fulfilment.packStationsPerTen == 7 && world.fulfilment.overtime == .hour * 2)
        #expect(world.fulfilment.shortPicks == Rate(partsPerMillion: 10_000))
        #expect(world.inbound.dailyCapacity == 5_000 && world.inbound.limitsStorage)
        #expect(world.shipping.riders == 6)
        #expect(world.afterSales.refusalRate == Rate(partsPerMillion: 20_000))
        #expect(world.replenishment.rollingWeight == 0.2 && world.replenishment.lateral)
    }

    @Test("promises, transfers, reviews, variation and tolerances are the planner's")
    func details() async throws {
        var dataset = TinyShop.dataset()
        let code = "north"
        dataset.nodes += [
            Node(
                code: code, name: "North", kind: .regional, location: Coordinate(latitude: 53.9, longitude: -1.5),
                replenishedFrom: "main", transferHours: 30, transferDeviation: 3),
            Node(
                code: "south", name: "South", kind: .regional, location: Coordinate(latitude: 51.5, longitude: -0.12),
                replenishedFrom: "main"),
        ]
        let world = try await world(
            [
                "routing.promise={same_day: 1 d, next_day: 2 d, standard: 5 d, export: 20 d}",
                "fulfilment.pick_variation=60 %", "handling.retry_every=20 min", "costs.settlement_tolerance=0.50 GBP",
                "stock.count_errors=10 %", "stock.count_losses=20 %", "replenishment.transfer_time=2 d",
                "replenishment.transfer_deviation=12 h", "replenishment.transfers_from=5 h",
                "replenishment.transfers_every=10 h", "replenishment.purchases_at=9 h", "inbound.opens=6 h",
            ], dataset)
        #expect(world.routing.promiseDays == [0, 1, 2, 5] && world.routing.exportPromiseDays == 20)
        #expect(world.fulfilment.pickVariation == 0.6)
        #expect(world.handling.retryInterval == .minute * 20)
        #expect(world.costs.settlementTolerance == Amount(minor: 50))
        #expect(world.stockTakes.lossShare == Rate(partsPerMillion: 200_000))
        #expect(world.replenishment.transferReviews == [5 * 3_600, 15 * 3_600])
        #expect(world.replenishment.supplierReviews == [9 * 3_600])
        let nodes = world.network.nodes
        let transferred = world.stock.rows.filter { row in
            row.orderUpTo > 0 && world.network.upstream[row.node.position] != nil
                && nodes[row.node.position].kind != .front
        }
        #expect(!transferred.isEmpty)
        for row in transferred {
            let isOwn = nodes[row.node.position].code == code
            #expect(row.leadTime == (isOwn ? 1.25 : 2) && row.leadTimeDeviation == (isOwn ? 0.125 : 0.5))
        }
    }

    @Test("the defaults of the file are the defaults of the world")
    func defaults() async throws {
        let world = try await world([])
        // But for one: a planner's front warehouses keep their goods for the hour.
        var plain = RoutingPlan(
            maximumParcels: world.routing.maximumParcels, costPerKilometre: world.routing.costPerKilometre,
            costPerBacklogHour: world.routing.costPerBacklogHour)
        plain.keepsFronts = true
        #expect(world.routing == plain)
        #expect(world.inbound == InboundPlan())
        #expect(world.shipping == ShippingPlan())
        var after = AfterSalesPlan()
        after.cancellationRate = world.afterSales.cancellationRate
        after.restockShare = world.afterSales.restockShare
        after.inspection = world.afterSales.inspection
        #expect(world.afterSales == after)
        let (handling, costs) = (HandlingPlan(), CostPlan())
        #expect(world.handling.captureInterval == handling.captureInterval)
        #expect(world.handling.opens == handling.opens && world.handling.closes == handling.closes)
        #expect(world.costs.settlementErrorRate == costs.settlementErrorRate)
        #expect(world.costs.settlementErrorSize == costs.settlementErrorSize)
        let supply = ReplenishmentPlan()
        #expect(world.replenishment.transferCostPerUnit == supply.transferCostPerUnit)
        #expect(world.replenishment.transferReviews == supply.transferReviews)
        #expect(world.replenishment.supplierReviews == supply.supplierReviews)
        #expect(world.fulfilment.pickVariation == FulfilmentPlan().pickVariation)
        #expect(world.handling.retryInterval == handling.retryInterval)
        #expect(world.costs.settlementTolerance == costs.settlementTolerance)
        #expect(world.stockTakes.lossShare == StockTakePlan().lossShare)
    }

    @Test("reasons whose shares are not the whole, and kinds of node that do not exist, are named")
    func faults() throws {
        func problems(_ overrides: [String]) -> [ScenarioProblem] {
            do throws(ScenarioError) {
                _ = try ScenarioLoader.load(text: TinyShop.scenario, name: "s.yaml", overrides: overrides)
                return []
            } catch { return error.issues.map(\.problem) }
        }
        #expect(
            problems(["after_sales.reasons=[{reason: defective, share: 40 %}]"]) == [.sharesNotWhole])
        #expect(problems(["demand.tiers.one_hour=5 %"]) == [.sharesNotWhole])
        #expect(problems(["routing.promise.standard=60 h"]) == [.notWholeDays])
        #expect(problems(["replenishment.review=36 h"]) == [.notWholeDays])
        #expect(problems(["routing.promise.standard=48 h"]).isEmpty)
        #expect(problems(["demand.tiers={one_hour: 5 %, same_day: 5 %, next_day: 50 %, standard: 40 %}"]).isEmpty)
        #expect(
            problems(["routing.senders=[central, regionl]"])
                == [.unknownCode(entity: "node_kind", nearest: "regional")])
    }

    @Test("suppliers' terms apply only when they are kept")
    func suppliers() async throws {
        var dataset = TinyShop.dataset()
        dataset.suppliers[0].weeklyCapacity = 900
        dataset.suppliers[0].deliveryDays = [true, true, true, true, true, false, false]
        let ignored = try await world([], dataset)
        #expect(ignored.replenishment.suppliers.allSatisfy { $0.weeklyCapacity == 0 })
        // How often orders are placed is the plan's own matter, kept in either case.
        let periods = dataset.suppliers.map(\.reviewPeriod)
        #expect(ignored.replenishment.suppliers.map(\.reviewDays) == periods)
        let stated = try await world(["replenishment.review=3 d"], dataset)
        #expect(stated.replenishment.suppliers.allSatisfy { $0.reviewDays == 3 })
        let kept = try await world(["replenishment.supplier_terms=kept"], dataset)
        #expect(kept.replenishment.suppliers[0].weeklyCapacity == 900)
        #expect(kept.replenishment.suppliers[0].deliveryDays[6] == false)
        #expect(kept.stock.rows.contains { $0.supplier == 0 })
    }

    @Test("every policy reaches the rows: when they are looked at, and whether they order whole lots")
    func policies() async throws {
        for policy in Scenario.Policy.allCases {
            let world = try await world(["replenishment.policy=\(policy.rawValue)"])
            let rows = world.stock.rows.filter { $0.supplier >= 0 && $0.orderUpTo > 0 }
            #expect(!rows.isEmpty)
            #expect(rows.allSatisfy { $0.isContinuous == policy.kind.isContinuous }, "\(policy)")
            let levels = rows.map { $0.orderUpTo - $0.reorderPoint }
            switch policy {
            // The tiny shop has one supplier for each article and nothing that expires.
            case .reviewOrderUpTo, .baseStock, .lots, .reviewLots, .dualIndex, .perishable:
                #expect(levels.allSatisfy { $0 == 1 }, "\(policy)")
            case .reviewReorderPoint, .reorderPoint: #expect(levels.contains { $0 > 1 }, "\(policy)")
            }
            #expect(rows.contains { $0.orderMultiple > 1 } == policy.kind.isInLots, "\(policy)")
        }
        let rolling = try await world(["replenishment.rolling_weight=0.1", "replenishment.policy=r_Q"])
        let plan = try #require(rolling.replenishment.rolling)
        #expect(plan.rows.count == rolling.stock.rows.count && plan.mean.contains { $0 > 0 })
        #expect(zip(plan.rows, rolling.stock.rows).contains { $0?.feed.policy == .fixedLot && $1.isContinuous })
        let result = try await Simulator.run(rolling, seed: 2, replications: 1, threads: 1)
        #expect(result.audit.checks.count > 10)
    }

    @Test("what becomes of returned goods, measured return times and presales of receipts reach the world")
    func afterSales() async throws {
        let world = try await world([
            "after_sales.second_choice=60 %", "after_sales.outlet_price=35 %", "after_sales.outlet_every=2 d",
            "after_sales.return_time=[{share: 0 %, time: 1 d}, {share: 50 %, time: 3 d}]",
        ])
        #expect(world.afterSales.secondShare == Rate(partsPerMillion: 600_000))
        #expect(world.afterSales.outlet == OutletPlan(price: Rate(partsPerMillion: 350_000), interval: .day * 2))
        let median = try #require(world.afterSales.returnLaw?.quantile(0.5))
        #expect(abs(median - 3 * 86_400) < 1e-3)
        let text =
            TinyShop.scenario
            + "\n  - {code: pre, kind: presale, begins: \(TinyShop.start)T00:00, ends: \(TinyShop.start)T10:00, "
            + "balance_begins: \(TinyShop.start)T12:00, balance_ends: \(TinyShop.start)T20:00, sells: receipts}\n"
        let scenario = try ScenarioLoader.load(text: text, name: "s.yaml", overrides: [])
        let promotions = try await Pipeline.prepare(scenario, TinyShop.dataset(), threads: 1).world.promotions
        let presale = try #require(promotions.first { $0.code == "pre" })
        guard case .presale(let terms) = presale.effect else {
            Issue.record("no presale")
            return
        }
        #expect(terms.promisesReceipts && presale.deduction == .atPayment)
    }

    @Test("the Spring Festival takes carriers' capacity away by the calendar, most of it on New Year's Day")
    func springFestival() {
        #expect(ChineseNewYear.daysAfter(Day(iso: "2024-02-10") ?? Day(number: 0)) == 0)
        #expect(ChineseNewYear.daysAfter(Day(iso: "2024-02-05") ?? Day(number: 0)) == -5)
        #expect(ChineseNewYear.daysAfter(Day(iso: "2024-06-18") ?? Day(number: 0)) == nil)
        let parts = (-10...15).map { ChineseNewYear.closure(daysAfter: $0) ?? 0 }
        #expect(parts.max() == 1 && parts[10] == 1 && parts.first == 0 && parts.last == 0)
        // Falls before, rises after, once each.
        for day in 1...10 { #expect(parts[day] >= parts[day - 1]) }
        for day in 11...25 { #expect(parts[day] <= parts[day - 1]) }
    }

    @Test("an event at a candidate site that is not opened is reported")
    func closedSite() async throws {
        let dataset = TinyShop.dataset()
        guard let candidate = dataset.candidates.first?.code else { return }
        let text =
            TinyShop.scenario + """

                faults:
                  - {code: fire, kind: node_outage, node: \(candidate), begins: \(TinyShop.start)T00:00, ends: \(TinyShop.start)T10:00}
                """
        let scenario = try ScenarioLoader.load(
            text: text, name: "s.yaml", overrides: ["network.front_warehouses=none"])
        let prepared = try await Pipeline.prepare(scenario, dataset, threads: 1)
        #expect(prepared.world.faults.isEmpty)
        #expect(prepared.assumptions.contains { $0.subject == "fault fire" && $0.text.contains(candidate) })
    }
}
