import Retail
import Simulation
import Store
import Testing

@testable import Scenarios

@Suite("Demand drawn from the forecast's distribution")
struct DemandDrawsTests {
    private func world(_ overrides: [String]) async throws -> World {
        let scenario = try ScenarioLoader.load(text: TinyShop.scenario, name: "s.yaml", overrides: overrides)
        return try await Pipeline.prepare(scenario, TinyShop.dataset(), threads: 1).world
    }

    @Test("Factors are one on average, others in each replication, and the same again for the same seed")
    func factors() async throws {
        let sampled = try await world(["demand.uncertainty=sampled"])
        let luck = try #require(sampled.demand.luck)
        let draws = (0..<400).map { luck(5, UInt32($0)) }
        let (days, regions) = (sampled.clock.days, sampled.network.regions.count)
        for cell in draws[0].orders.indices {
            guard sampled.demand.orders[cell / days * regions * days + cell % days] > 0 else { continue }
            let mean = draws.reduce(0) { $0 + $1.orders[cell] } / 400
            let squares = draws.reduce(0) { $0 + ($1.orders[cell] - mean) * ($1.orders[cell] - mean) } / 400
            #expect(abs(mean - 1) < 0.1)
            #expect(squares > 1e-6)
        }
        #expect(draws.allSatisfy { $0.orders.allSatisfy { $0 >= 0 } && $0.units.allSatisfy { $0 >= 0 } })
        let again = luck(5, 7)
        #expect(again.orders == draws[7].orders && again.units == draws[7].units)
        #expect(draws[7].orders != draws[8].orders)
    }

    @Test("It is drawn only where the scenario asks for it, and a run of it is the same for any number of threads")
    func asked() async throws {
        #expect(try await world([]).demand.luck == nil)
        let sampled = try await world(["demand.uncertainty=sampled"])
        try sampled.validate()
        let one = try await Simulator.run(sampled, seed: 3, replications: 3, threads: 1)
        let two = try await Simulator.run(sampled, seed: 3, replications: 3, threads: 2)
        #expect(
            resultDigest(tables: one.tables, figures: one.figures)
                == resultDigest(tables: two.tables, figures: two.figures))
    }
}
