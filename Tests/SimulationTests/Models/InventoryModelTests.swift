import Retail
import Testing

@testable import Simulation

@Suite("Bare inventory systems cost and serve what theory says")
struct InventoryModelTests {
    private func run(_ model: InventoryModel, replications: Int = 20) async throws -> [Figure] {
        try await Simulator.run(model, seed: 5, replications: replications, threads: 2)
    }

    @Test(
        "(s, S), Poisson demand, h 1, p 9, K 64: the costs of Zheng and Federgruen's test bed",
        arguments: [
            (10, 6, 40, 35.0215552723204), (15, 10, 49, 42.6978189226454), (20, 14, 62, 49.1730357449393),
            (25, 19, 56, 54.2621667185891), (30, 23, 66, 57.819), (50, 42, 108, 70.975), (65, 56, 75, 78.518),
            (75, 67, 86, 79.554),
        ])
    func zhengFedergruen(mean: Int, point: Int, level: Int, cost: Double) async throws {
        let figures = try await run(
            InventoryModel(
                isPeriodic: true, policy: .minMax(point: point, level: level), mean: Double(mean), leadMean: 0,
                holding: 1, backorder: 9, order: 64, warmUp: 100, length: 5_000), replications: 40)
        expectWithinFour(figures, "cost_per_period", cost, errorBelow: 0.005)
    }

    @Test("(r, Q), Poisson demand, continuous review")
    func lots() async throws {
        let first = try await run(
            InventoryModel(
                isPeriodic: false, policy: .lots(point: 3, quantity: 5), mean: 1.5, leadMean: 2, holding: 20,
                backorder: 150, order: 100, warmUp: 100, length: 20_000))
        expectWithinFour(first, "cost_per_period", 107.923580633149759, errorBelow: 0.01)
        let second = try await run(
            InventoryModel(
                isPeriodic: false, policy: .lots(point: 9, quantity: 16), mean: 2, leadMean: 5, holding: 1,
                backorder: 9,
                order: 50, warmUp: 100, length: 20_000))
        expectWithinFour(second, "cost_per_period", 15.8349292221062, errorBelow: 0.01)
    }

    @Test("Base stock: fill rate and backorders depend on the mean lead time only (Palm, 1938)")
    func palm() async throws {
        for law in [TimeLaw.deterministic, .exponential, .logNormal(variation: 2), .erlang(phases: 3)] {
            for (level, fill) in [(12, 0.696776146303107), (14, 0.864464422619311)] {
                let figures = try await run(
                    InventoryModel(
                        isPeriodic: false, policy: .baseStock(level: level), mean: 2, leadTime: law, leadMean: 5,
                        warmUp: 200, length: 4_000))
                expectWithinFour(figures, "fill_rate", fill, errorBelow: 0.01)
                if level == 12 { expectWithinFour(figures, "backorders", 0.530916253707425, errorBelow: 0.05) }
            }
        }
    }

    @Test("Base stock with lost sales: the fill rate is one less Erlang's loss")
    func lostSales() async throws {
        let figures = try await run(
            InventoryModel(
                isPeriodic: false, policy: .baseStock(level: 12), mean: 2, leadTime: .gamma(variation: 0.7),
                leadMean: 5, isLost: true, warmUp: 200, length: 10_000))
        expectWithinFour(figures, "fill_rate", 0.880260811555175, errorBelow: 0.005)
    }

    @Test(
        "Bullwhip of a moving average (Chen, Drezner, Ryan and Simchi-Levi, 2000)",
        arguments: [(1, 1.48), (2, 2.12), (4, 3.88)])
    func bullwhip(cover: Int, ratio: Double) async throws {
        let figures = try await run(
            InventoryModel(
                isPeriodic: true, policy: .movingAverage(periods: 5), demand: .normal(deviation: 10), mean: 100,
                leadMean: Double(cover - 1), warmUp: 50, length: 4_000))
        expectWithinFour(figures, "bullwhip", ratio, errorBelow: 0.01)
    }

    @Test("Newsvendor: with nothing ordered late, base stock costs what one period's demand law says")
    func newsvendor() async throws {
        let figures = try await run(
            InventoryModel(
                isPeriodic: true, policy: .baseStock(level: 8), mean: 6, leadMean: 0, holding: 1, backorder: 4,
                warmUp: 10, length: 10_000))
        expectWithinFour(figures, "cost_per_period", 3.57010694577094216, errorBelow: 0.01)
    }

    @Test("A negative binomial demand has the same law in one draw and as batches one after another")
    func batches() async throws {
        func model(_ isPeriodic: Bool) -> InventoryModel {
            InventoryModel(
                isPeriodic: isPeriodic, policy: .baseStock(level: 30), demand: .negativeBinomial(deviation: 4), mean: 5,
                leadMean: isPeriodic ? 3 : 4, warmUp: 50, length: 20_000)
        }
        // Just before a review the net stock is the level less the demand of lead time and review: what continuous
        // review sees after a lead time of one period more.
        let periodic = try await run(model(true))
        let continuous = try await run(model(false))
        let exact = try #require(continuous.first { $0.key == "backorders" })
        expectWithinFour(periodic, "backorders", exact.mean, errorBelow: 0.1)
    }

    @Test("What cannot run is named")
    func faults() {
        func message(_ change: (inout InventoryModel) -> Void) -> String {
            var model = InventoryModel(isPeriodic: true, policy: .baseStock(level: 3), mean: 2, leadMean: 1, length: 10)
            change(&model)
            return model.faults.map(\.description).joined()
        }
        #expect(message { _ in }.isEmpty)
        #expect(message { $0.leadMean = -1 }.contains("lead time"))
        #expect(message { $0.mean = 0 }.contains("mean"))
        #expect(message { $0.policy = .minMax(point: 5, level: 5) }.contains("must lie above"))
        #expect(
            message {
                $0.policy = .movingAverage(periods: 3); $0.isLost = true
            }.contains("backorders"))
        #expect(
            message {
                $0.demand = .normal(deviation: 1); $0.isPeriodic = false
            }.contains("periodic"))
        #expect(message { $0.length = 0 }.contains("one period"))
    }
}
