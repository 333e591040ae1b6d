import Retail
import Simulation
import Testing

@testable import Scenarios

@Suite("What a scenario says of orders reaches the world")
struct OrderSettingTests {
    private func world(_ text: String) async throws -> World {
        let scenario = try ScenarioLoader.load(text: text, name: "s.yaml", overrides: [])
        return try await Pipeline.prepare(scenario, TinyShop.dataset(), threads: 1).world
    }

    @Test("Handling, fulfilment and carriers")
    func services() async throws {
        let scenario = try ScenarioLoader.load(
            text: TinyShop.scenario, name: "s.yaml",
            overrides: [
                "handling.address_faults=3 %", "handling.answer_time=4 h", "handling.price_anomaly=60 %",
                "handling.release_backlog=2 h", "fulfilment.wave_interval=30 min", "fulfilment.batch_size=8",
                "fulfilment.zones=12", "fulfilment.zone_walk=20 s", "carriers.failed_attempts=5 %",
                "carriers.ship_within=2 d", "costs.late_shipping_compensation=3 GBP",
            ])
        let world = try await Pipeline.prepare(scenario, TinyShop.dataset(), threads: 1).world
        try world.validate()
        #expect(world.handling.addressFaults == Rate(partsPerMillion: 30_000))
        #expect(world.handling.answerTime == Instant(seconds: 4 * 3_600))
        #expect(world.handling.priceAnomaly == Rate(partsPerMillion: 600_000))
        #expect(world.handling.releaseBacklog == Instant(seconds: 7_200))
        #expect(world.fulfilment.waveInterval == Instant(seconds: 1_800))
        #expect(world.fulfilment.batchSize == 8 && world.fulfilment.zones == 12)
        #expect(world.shipping.failedAttempts == Rate(partsPerMillion: 50_000))
        #expect(world.shipping.shipWithin == Instant(seconds: 2 * 86_400))
        #expect(world.shipping.lateShippingCompensation == Amount(minor: 300))
    }

    /// A scenario of the tiny shop's days with promotions and faults of its own.
    private var text: String {
        """
        granary: 1
        data: shop
        clock:
          start: \(TinyShop.start)
          days: 2
        promotions:
          - {code: save, kind: spend_and_save, begins: \(TinyShop.start) 00:00, ends: \(TinyShop.start + 1) 00:00,
             threshold: 20 GBP, saving: 2 GBP, times: 3, stacking: platform}
          - {code: coupon, kind: coupon, begins: \(TinyShop.start) 00:00, ends: \(TinyShop.start + 1) 00:00,
             threshold: 10 GBP, saving: 1 GBP, held_by: 25 %}
          - {code: tote, kind: gift, begins: \(TinyShop.start) 00:00, ends: \(TinyShop.start + 1) 00:00,
             threshold: 30 GBP, gift: clock, gift_quantity: 2}
        faults:
          - {code: pause, kind: system_pause, begins: \(TinyShop.start) 10:00, ends: \(TinyShop.start) 11:00}
          - {code: fire, kind: node_outage, node: main, begins: \(TinyShop.start) 12:00, ends: \(TinyShop.start) 13:00}
          - {code: strike, kind: carrier, carrier: post, capacity: 0.5, surcharge: 20 %,
             begins: \(TinyShop.start) 00:00, ends: \(TinyShop.start + 1) 00:00}
          - {code: viral, kind: demand_shock, channel: app, region: south, factor: 3,
             begins: \(TinyShop.start) 20:00, ends: \(TinyShop.start) 21:00}
        """
    }

    @Test("Stacking, coupons, gifts and faults, with their codes looked up")
    func promotionsAndFaults() async throws {
        let world = try await world(text)
        try world.validate()
        let promotions = Dictionary(uniqueKeysWithValues: world.promotions.map { ($0.code, $0) })
        #expect(promotions["save"]?.stacking == .platform && promotions["save"]?.times == 3)
        #expect(promotions["coupon"]?.stacking == .coupon)
        #expect(promotions["coupon"]?.heldBy == Rate(partsPerMillion: 250_000))
        #expect(
            promotions["tote"]?.effect == .gift(threshold: Amount(minor: 3_000), sku: SKU.Index(2), quantity: 2))
        let hour = { (hour: Int64) in Instant(seconds: hour * 3_600) }
        let main = try #require(world.network.nodes.firstIndex { $0.code == "main" })
        #expect(
            world.faults == [
                FaultPlan(code: "pause", kind: .systemPause, begins: hour(10), ends: hour(11)),
                FaultPlan(code: "fire", kind: .nodeOutage(Node.Index(main)), begins: hour(12), ends: hour(13)),
                FaultPlan(
                    code: "strike",
                    kind: .carrier(Carrier.Index(0), capacity: 0.5, surcharge: Rate(partsPerMillion: 200_000)),
                    begins: hour(0), ends: hour(24)),
                FaultPlan(
                    code: "viral",
                    kind: .demandShock(channel: Channel.Index(1), region: Region.Index(1), factor: 3),
                    begins: hour(20), ends: hour(21)),
            ])
    }

    @Test("Rules that contradict each other, and events that lack their place, are named errors")
    func contradictions() {
        let wrong = text.replacing("held_by: 25 %", with: "held_by: 25 %, stacking: shop")
            .replacing("gift_quantity: 2", with: "gift_quantity: 2, stacking: alone")
            .replacing("node: main, ", with: "")
        #expect(
            Set(issues(wrong).map { "\($0.path) \($0.problem.key)" }) == [
                "promotions[1].stacking contradictory_stacking", "promotions[2].stacking not_for_kind",
                "faults[1].node missing_term",
            ])
    }
}
