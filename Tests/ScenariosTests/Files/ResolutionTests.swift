import Retail
import Testing

@testable import Scenarios

@Suite("A scenario is held against its data set")
struct ResolutionTests {
    private func found(_ overrides: [String]) throws -> [ScenarioIssue] {
        let scenario = try ScenarioLoader.load(text: TinyShop.scenario, name: "s.yaml", overrides: overrides)
        do {
            _ = try ScenarioResolution(scenario, TinyShop.dataset())
            return []
        } catch { return error.issues }
    }

    @Test("The tiny shop's scenario fits")
    func fits() throws { #expect(try found([]).isEmpty) }

    @Test("Unknown SKUs, categories, channels and candidates are named with the nearest known code")
    func unknownCodes() throws {
        let issues = try found([
            "promotions[cut].scope={skus: [lamp, lump]}", "promotions[rush].scope={category: [Home, Thinks]}",
            "promotions[save].channel=wep", "stock.shares={appp: 10 %}", "network.front_warehouses=[londo]",
            "payment.deduct_by_channel={fax: order}",
        ])
        #expect(
            issues.map { "\($0.path) \($0.value) \($0.cure(.english))" } == [
                "promotions[0].scope.skus[1] lump did you mean `lamp`?",
                "promotions[1].scope.category[0] Home / Thinks did you mean `Things`?",
                "promotions[2].channel wep did you mean `web`?",
                "stock.shares.appp appp did you mean `app`?",
                "payment.deduct_by_channel.fax fax check the code against the data set",
                "network.front_warehouses[0] londo did you mean `london`?",
            ])
        #expect(issues[0].place.description == "--set promotions[cut].scope={skus: [lamp, lump]}:1:37")
    }

    @Test("An amount in another currency is an error, not a conversion")
    func currency() throws {
        let issues = try found(["costs.packaging=2 CNY", "promotions[save].saving=1 USD"])
        #expect(issues.map(\.path) == ["costs.packaging", "promotions[2].saving"])
        #expect(issues.allSatisfy { $0.problem == .wrongCurrency(currency: "GBP") })
    }

    @Test("A clock far from the data's history is refused")
    func history() throws {
        let text = "granary: 1\ndata: shop\nclock:\n  start: 2031-01-01\n"
        let scenario = try ScenarioLoader.load(text: text, name: "s.yaml")
        #expect {
            try ScenarioResolution(scenario, TinyShop.dataset())
        } throws: { brief(($0 as? ScenarioError)?.issues ?? []) == ["4:10 demand.history_through no_history"] }
    }
}
