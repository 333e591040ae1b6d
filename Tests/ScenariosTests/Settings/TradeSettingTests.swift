import Foundation
import Retail
import Simulation
import Testing

@testable import Scenarios

@Suite("What a scenario says of presales, live shows, buyers and the books of the stock")
struct TradeSettingTests {
    private let start = TinyShop.start

    private var text: String {
        """
        granary: 1
        data: shop
        clock:
          start: \(start)
          days: 2
        demand:
          volume: 4
          evening: 1.5
          spikes:
            - {at: \(start) 20:00, fast: 30, slow: 5}
          live:
            - {code: show, channel: app, begins: \(start) 21:00, ends: \(start) 21:30, factor: 6, return_rate: 60 %}
          attach: 20 %
          customers: 500
          chase: 40 %
        promotions:
          - {code: pre, kind: presale, begins: \(start) 00:00, ends: \(start) 12:00, scope: {skus: [lamp]}, depth: 10 %,
             deposit: 15 %, balance_begins: \(start + 1) 20:00, balance_ends: \(start + 1) 23:00, cap: 900}
          - {code: save, kind: spend_and_save, begins: \(start) 00:00, ends: \(start + 1) 00:00, threshold: 20 GBP,
             saving: 2 GBP, over: shop, per_customer: 2, deduct: payment, pay_within: 5 min}
          - {code: flash, kind: flash_sale, begins: \(start) 20:00, ends: \(start) 22:00, scope: {skus: [clock]},
             depth: 30 %, reserve: 25 %}
        stock:
          sharing: priority
          ranks: {app: 1, web: 2}
          shares: {app: 30 %}
          node_lag: 5 min
          count_errors: 20 %
          counts_per_day: 2
        payment:
          deduct: deposit
          time_out_by_channel: {web: 15 min}
          withdrawn: 25 %
        handling:
          fraud: 2 %
          fraud_false_alarms: 1 %
          merge_window: 10 min
        pickup:
          shares: {web: 40 %}
          forgotten: 10 %
        """
    }

    private func dataset() -> Dataset {
        var shop = TinyShop.dataset()
        shop.lots = [
            LotRecord(sku: SKU.Index(1), node: Node.Index(0), lot: "a", expires: start + 1, quantity: 600),
            LotRecord(
                sku: SKU.Index(1), node: Node.Index(0), lot: "b", expires: start + 90, quantity: 700, owner: "brand"),
        ]
        shop.prices = [
            PriceRow(
                sku: SKU.Index(0), channel: Channel.Index(1), from: start, through: start + 30,
                price: UnitPrice(units: 95_000)),
            PriceRow(
                sku: SKU.Index(1), channel: nil, from: start + 1, through: start + 30, price: UnitPrice(units: 60_000),
                segment: Segment.Index(0)),
        ]
        return shop
    }

    @Test("Every key reaches the world, and the run with all of them balances its books")
    func everything() async throws {
        let scenario = try ScenarioLoader.load(text: text, name: "s.yaml", overrides: [])
        let world = try await Pipeline.prepare(scenario, dataset(), threads: 1).world
        try world.validate()
        let promotions = Dictionary(uniqueKeysWithValues: world.promotions.map { ($0.code, $0) })
        guard case .presale(let terms) = promotions["pre"]?.effect else {
            Issue.record("no presale")
            return
        }
        #expect(terms.deposit == Rate(partsPerMillion: 150_000))
        #expect(terms.balanceBegins == Instant(seconds: 44 * 3_600))
        #expect(promotions["pre"]?.deduction == .atDeposit)
        #expect(promotions["save"]?.deduction == .atPayment && promotions["save"]?.perShop == true)
        #expect(promotions["save"]?.perCustomer == 2 && promotions["save"]?.timeOut == Instant(seconds: 300))
        #expect(promotions["flash"]?.reserve == Rate(partsPerMillion: 250_000))
        #expect(world.channels.map(\.deduction) == [.atDeposit, .atDeposit])
        #expect(world.channels.map(\.timeOut) == [Instant(seconds: 900), Instant(seconds: 1_800)])
        #expect(
            world.channels.map(\.sharing) == [
                .priority(rank: 2, protection: .zero, buffer: 0),
                .priority(rank: 1, protection: Rate(partsPerMillion: 300_000), buffer: 0),
            ])
        #expect(world.network.nodes.allSatisfy { $0.synchronisationLag == 300 })
        #expect(world.stockTakes.counts == [6 * 3_600, 18 * 3_600])
        #expect(world.customers.count == 500 && world.customers.chase == Rate(partsPerMillion: 400_000))
        #expect(world.channels.map(\.pickup) == [Rate(partsPerMillion: 400_000), .zero])
        #expect(world.pickup.forgotten == Rate(partsPerMillion: 100_000))
        #expect(world.demand.shows.first?.factor == 6)
        #expect(world.demand.attach?.rate == Rate(partsPerMillion: 200_000))
        #expect(world.prices.count == 2)
        #expect(world.owners == ["own", "brand"])
        // Lots keep their shares of the opening stock, to the unit.
        let row = try #require(world.stock.rows.first { $0.sku.position == 1 && $0.node.position == 0 })
        let lots = world.stock.lots.map { Int64($0.quantity) }
        let expected = try allocateByLargestRemainder(Int64(row.opening), over: [600, 700, 300])
        #expect(lots == Array(expected.prefix(2)))
        let result = try await Simulator.run(world, seed: 5, replications: 2, threads: 2)
        #expect(result.audit.checks.contains { $0.key == "logical_is_physical" && $0.entities > 0 })
        let stages = try #require(result.table("stages"))
        #expect(stages.rowCount > 20)
    }

    @Test("A spike adds to the day what its two waves hold: their height times their decay")
    func spike() {
        let ordinary = [Double](repeating: 1.0 / 1_440, count: 1_440)
        func orders(_ extras: DayShape.Extras) -> Double {
            DayShape(ordinary: ordinary, channels: 1, start: start, days: 1, promotions: [], extras: extras).traffic[0]
        }
        var extras = DayShape.Extras()
        extras.spikes = [
            (ScenarioSpike(at: CivilTime(start), channel: nil, fast: 100, slow: 10), nil)
        ]
        let added = orders(extras) - orders(DayShape.Extras())
        #expect(abs(added - (100 * 1.5 + 10 * 40) / 1_440) < 1e-9)
        var evening = DayShape.Extras()
        evening.evening = 2
        let hump = orders(evening) - 1
        // The area of a bell of height 2, less what lies beyond midnight.
        let area = 2 * 75 * (2 * Double.pi).squareRoot() / 1_440
        #expect(hump < area)
        #expect(hump > 0.98 * area)
    }

    @Test("Terms that contradict each other are named with their place")
    func contradictions() {
        let head = smallest + "\npromotions:\n"
        func keys(_ promotion: String) -> [String] {
            issues(head + "  - {code: p, begins: 2024-06-17T01:00, ends: 2024-06-17T02:00, \(promotion)}\n").map {
                "\($0.path) \($0.problem.key)"
            }
        }
        #expect(
            keys("kind: spend_and_save, threshold: 9 GBP, saving: 1 GBP, stacking: platform, over: shop")
                == ["promotions[0].over contradictory_pooling"])
        #expect(
            keys("kind: price_cut, depth: 5 %, deduct: deposit") == ["promotions[0].deduct deposit_without_presale"])
        #expect(keys("kind: flash_sale, depth: 5 %, per_customer: 1") == ["promotions[0].per_customer not_for_kind"])
        #expect(
            keys("kind: presale").sorted() == [
                "promotions[0].balance_begins missing_term", "promotions[0].balance_ends missing_term",
            ])
        #expect(
            keys("kind: presale, balance_begins: 2024-06-17T01:30, balance_ends: 2024-06-17T03:00")
                == ["promotions[0].balance_begins balance_too_early"])
    }
}
