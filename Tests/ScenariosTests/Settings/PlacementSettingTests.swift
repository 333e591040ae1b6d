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

    @Test("Cases of demand, sizes, tiers and pooled stock are asked for in the file")
    func wishes() async throws {
        func placed(_ overrides: [String], _ change: (inout Dataset) -> Void = { _ in }) async throws
            -> PreparedScenario
        {
            let scenario = try ScenarioLoader.load(
                text: TinyShop.scenario, name: "s.yaml", overrides: [cheap, "network.maximum_sites=2"] + overrides)
            var dataset = TinyShop.dataset()
            change(&dataset)
            return try await Pipeline.prepare(scenario, dataset, threads: 1)
        }
        let plain = try #require(try await placed([]).placement).solution
        let cases = try #require(
            try await placed([
                "network.cases=[{code: calm, probability: 75 %}, {code: rush, probability: 25 %, factor: 3, regions: [south]}]"
            ]).placement)
        #expect(cases.problem.terms.caseNames == ["calm", "rush"])
        let (calm, rush) = (cases.problem.terms.cases[0].demands, cases.problem.terms.cases[1].demands)
        #expect(rush[1] == 3 * calm[1] && rush[0] == calm[0])
        #expect(abs(cases.problem.weights[1] - 1.5 * calm[1]) < 1e-9)
        #expect(cases.solution.caseCosts.count == 2)
        // A size twice the candidate makes a node with twice its stations.
        let sized = try await placed(["network.sizes=[{code: wide, orders: 100000, fixed_cost: 2, scale: 2}]"])
        #expect(sized.placement?.solution.costs.fixed == 2 * plain.costs.fixed)
        let leeds = try #require(sized.network.nodes.first { $0.code == "leeds" })
        #expect(leeds.stations == 2 * sized.dataset.candidates[0].stations)
        // Stock costs more, and grows with the rate.
        let stocked = try #require(try await placed(["network.holding_rate=20 %"]).placement).solution
        let dear = try #require(try await placed(["network.holding_rate=40 %"]).placement).solution
        #expect(stocked.costs.stock > 0 && dear.costs.stock > 1.9 * stocked.costs.stock)
        // A regional warehouse beside Leeds that costs nothing feeds it; it is no front warehouse.
        let tiered = try await placed(["network.transfer_cost=0.05 GBP"]) { dataset in
            dataset.candidates.append(
                Node(
                    code: "hub", name: "Hub", kind: .regional, location: Coordinate(latitude: 53.7, longitude: -1.5)))
        }
        #expect(tiered.network.nodes.first { $0.code == "hub" }.map(\.kind) ?? .regional == .regional)
        #expect(tiered.placement?.solution.stopReason == .proved)
        // A measured way that takes too long is out of reach, however near.
        let slow = try await placed(["network.reach_time=30 min"]) { dataset in
            dataset.travel.insert(.init(kilometres: 3, minutes: 45), from: "leeds", to: "north")
        }
        #expect(slow.placement?.solution.openSites == [1])
        #expect(slow.network.nodes.indices.allSatisfy { !slow.network.oneHourRegions[$0].contains(Region.Index(0)) })
    }
}
