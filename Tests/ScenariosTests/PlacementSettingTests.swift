import Placement
import Retail
import Testing

@testable import Scenarios

@Suite("Constraints on front warehouses in a scenario file")
struct PlacementSettingTests {
    private func sites(_ overrides: [String]) async throws -> [Int]? {
        let scenario = try ScenarioLoader.load(text: TinyShop.scenario, name: "s.yaml", overrides: overrides)
        return try await Pipeline.prepare(scenario, TinyShop.dataset(), threads: 1).placement?.solution.openSites
    }

    private let cheap = "network.one_hour_value=50 GBP"
    private let worthless = ["network.one_hour_value=0 GBP", "routing.kilometre_cost=0 GBP"]

    @Test("Required sites open though they do not pay, forbidden ones stay closed though they would")
    func opened() async throws {
        #expect(try await sites(worthless + ["network.required_sites=[leeds]"]) == [0])
        #expect(try await sites(worthless + ["network.minimum_sites=1"]) == [1])
        #expect(try await sites([cheap, "network.forbidden_sites=[london]"]) == [0])
        #expect(try await sites([cheap, "network.maximum_sites=2"]) == [0, 1])
    }

    @Test("A budget keeps the fixed costs of all open sites within it")
    func budget() async throws {
        // Leeds costs 50.00 a day, London 10.00.
        #expect(try await sites([cheap, "network.fixed_cost_budget=60 GBP"]) == [0, 1])
        #expect(try await sites([cheap, "network.fixed_cost_budget=59 GBP"])?.count == 1)
        #expect(try await sites([cheap, "network.fixed_cost_budget=9 GBP"]) == [])
        await #expect(throws: PipelineError.self) {
            try await sites([cheap, "network.required_sites=[leeds]", "network.fixed_cost_budget=9 GBP"])
        }
    }

    @Test("An unknown site is named with its place")
    func unknown() async throws {
        await #expect(throws: PipelineError.self) { try await sites(["network.required_sites=[paris]"]) }
    }

    @Test("The articles of a front warehouse are ranked once each, and more of them never fill fewer orders whole")
    func assortment() async throws {
        let scenario = try ScenarioLoader.load(text: TinyShop.scenario, name: "s.yaml", overrides: [cheap])
        let prepared = try await Pipeline.prepare(scenario, TinyShop.dataset(), threads: 1)
        #expect(prepared.assortments.count == 2)
        for one in prepared.assortments {
            let ranking = one.ranking()
            #expect(ranking.map(\.position).sorted() == Array(prepared.dataset.skus.indices))
            let fill = one.fill(ranking)
            #expect(zip(fill, fill.dropFirst()).allSatisfy { $0 <= $1 })
            #expect(abs((fill.last ?? 0) - 1) < 1e-9)
        }
        #expect(prepared.assortmentTable().rowCount == 2 * prepared.dataset.skus.count)
        #expect(prepared.assortmentTable(site: "leeds").rowCount == prepared.dataset.skus.count)
    }
}
