import Foundation
import Retail
import Simulation
import Testing

@testable import Scenarios

@Suite("What-if prices, measured effects and people's changes")
struct WhatIfTests {
    private func scenario(_ extra: String, _ overrides: [String] = []) throws -> Scenario {
        try ScenarioLoader.load(text: TinyShop.scenario + "\n" + extra, name: "s.yaml", overrides: overrides)
    }

    private func prepared(_ extra: String = "", _ data: Dataset = TinyShop.dataset(), threads: Int = 1)
        async throws -> PreparedScenario
    {
        try await Pipeline.prepare(scenario(extra), data, threads: threads)
    }

    private func multiplier(_ prepared: PreparedScenario, _ channel: Int, _ day: Int, _ sku: Int) -> Double {
        Double(prepared.world.demand.multipliers[(channel * 2 + day) * 3 + sku])
    }

    @Test("A price that falls by a fifth sells 1.25 squared times as much at a stated elasticity of -2, where it falls")
    func statedPrice() async throws {
        let before = try await prepared()
        let after = try await prepared(
            """
            prices:
              - scope: {skus: [candle]}
                channel: app
                from: \(TinyShop.start + 1)
                change: -20 %
            """)
        for channel in 0..<2 {
            for day in 0..<2 {
                for sku in 0..<3 {
                    let isCut = channel == 1 && day == 1 && sku == 1
                    let ratio = multiplier(after, channel, day, sku) / multiplier(before, channel, day, sku)
                    #expect(abs(ratio - (isCut ? 1.5625 : 1)) < 1e-6)
                }
            }
        }
        let shown = (after.world.expectation.forecast[3], before.world.expectation.forecast[3])
        #expect(shown.0 > 1.2 * shown.1)
        #expect(after.world.expectation.forecast[2] == before.world.expectation.forecast[2])
        let rows = after.world.prices.filter { $0.sku.position == 1 }
        #expect(rows.map(\.price.units) == [56_000] && rows[0].channel?.position == 1)
        try after.world.validate()
        // Without what ifs nothing is different.
        #expect(try await prepared().world.demand.multipliers == before.world.demand.multipliers)
    }

    @Test("A price of the data is changed from what it is on each day, and given back afterwards")
    func priceBook() {
        var data = TinyShop.dataset()
        func row(_ channel: Int?, _ from: Int, _ through: Int, _ price: Int64) -> PriceRow {
            PriceRow(
                sku: SKU.Index(0), channel: channel.map { Channel.Index($0) }, from: TinyShop.start + from,
                through: TinyShop.start + through, price: UnitPrice(units: price))
        }
        data.prices = [row(nil, -5, 2, 80_000), row(1, 1, 3, 60_000)]
        let change = PriceChange(
            scope: .skus([SKU.Index(0)]), channel: nil, from: TinyShop.start, through: TinyShop.start + 4, factor: 0.5)
        let book = PriceBook(PriceBook.applying([change], to: data))
        func prices(_ channel: Int) -> [Int64] {
            (-1...5).map { book.price(SKU.Index(0), Channel.Index(channel), TinyShop.start + $0).units }
        }
        #expect(prices(0) == [80_000, 40_000, 40_000, 40_000, 50_000, 50_000, 100_000])
        #expect(prices(1) == [80_000, 40_000, 30_000, 30_000, 30_000, 50_000, 100_000])
        #expect(book.price(SKU.Index(1), Channel.Index(0), TinyShop.start).units == 70_000)
    }

    @Test("People's changes move the forecast that is used, and are named")
    func adjustments() async throws {
        let before = try await prepared()
        let after = try await prepared(
            """
            adjustments:
              - scope: {category: [Home, Lights]}
                kind: multiply
                value: 3
                author: Ann
                reason: a fair
              - scope: {skus: [clock]}
                kind: set
                value: 5
                expires: \(TinyShop.start - 30)
            """)
        let offset = before.scenario.clock.start - before.forecast.axis.origin
        for series in before.forecast.keys.indices {
            let sku = before.forecast.keys[series].sku?.position
            let ratio = after.forecast.mean(series, offset) / before.forecast.mean(series, offset)
            if let sku { #expect(abs(ratio - (sku == 0 ? 3 : 1)) < 1e-9) } else { #expect(ratio > 1) }
        }
        let said = after.assumptions.first { $0.subject == "adjustments" }?.text ?? ""
        #expect(said.hasPrefix("1 of 2 changes"))
        #expect(!before.assumptions.contains { $0.subject == "adjustments" })
    }

    /// The shop with lamps a fifth cheaper every third week, in which they sold 1.25 to the power of 2.5 as many.
    private func pricedShop() -> Dataset {
        var data = TinyShop.dataset()
        for series in 0..<2 {
            for cell in data.demand.offsets[series]..<data.demand.offsets[series + 1] {
                let day = cell - data.demand.offsets[series]
                if day / 7 % 3 == 1 { data.demand.values[cell] = (data.demand.values[cell] * 1.747).rounded() }
            }
        }
        data.prices = (0..<TinyShop.weeks).filter { $0 % 3 == 1 && $0 < TinyShop.weeks - 1 }.map { week in
            PriceRow(
                sku: SKU.Index(0), channel: nil, from: TinyShop.first + 7 * week,
                through: TinyShop.first + 7 * week + 6, price: UnitPrice(units: 80_000))
        }
        return data
    }

    @Test("Measured effects give the forecast at the ordinary price, and a what-if price what it did in the past")
    func measured() async throws {
        let data = pricedShop()
        let measured = "prices:\n  - scope: {skus: [lamp]}\n    change: -20 %"
        func prepare(_ extra: String, threads: Int = 1) async throws -> PreparedScenario {
            let base = try scenario(
                extra, ["demand.effects=measured", "promotions[cut].elasticity=-1", "promotions[cut].uplift=1"])
            return try await Pipeline.prepare(base, data, threads: threads)
        }
        let plain = try await prepare("")
        let cheaper = try await prepare(measured)
        let said = cheaper.assumptions.first { $0.subject == "demand.effects" }?.text ?? ""
        #expect(said.contains("price_elasticity"))
        for channel in 0..<2 {
            let ratio = multiplier(cheaper, channel, 1, 0) / multiplier(plain, channel, 1, 0)
            // Twelve weeks tell 1.747 with an interval; the prior pulls toward less.
            #expect(ratio > 1.3 && ratio < 2.1, "\(ratio)")
        }
        let again = try await prepare(measured, threads: 2)
        #expect(again.world.demand.multipliers == cheaper.world.demand.multipliers)
        try cheaper.world.validate()
    }

    @Test("Where the past holds no prices and no promotions, measured effects say so and the stated ones hold")
    func nothingToMeasure() async throws {
        let base = try scenario("", ["demand.effects=measured"])
        var data = TinyShop.dataset()
        data.prices = []
        let scenarioWithout = try ScenarioLoader.load(
            text: TinyShop.scenario.components(separatedBy: "promotions:")[0] + "  effects: measured\n", name: "s.yaml")
        let prepared = try await Pipeline.prepare(scenarioWithout, data, threads: 1)
        #expect(prepared.assumptions.contains { $0.subject == "demand.effects" && $0.text.contains("not measured") })
        #expect(base.demand.effects == .measured)
    }

    @Test("Faults in prices and adjustments are named with their place")
    func faults() {
        func issues(_ extra: String) -> [ScenarioIssue] {
            do {
                _ = try scenario(extra)
                return []
            } catch { return error as? ScenarioError == nil ? [] : (error as? ScenarioError)?.issues ?? [] }
        }
        let both = issues("prices:\n  - change: -10 %\n    price: 3 GBP")
        #expect(both.map(\.path) == ["prices[0].change"])
        #expect(issues("prices:\n  - scope: everything").map(\.path) == ["prices[0].change"])
        let backwards = issues("prices:\n  - change: 5 %\n    from: 2024-02-02\n    through: 2024-02-01")
        #expect(backwards.map(\.path) == ["prices[0].through"])
        #expect(issues("adjustments:\n  - kind: set\n    value: -1").map(\.path) == ["adjustments[0].value"])
        #expect(issues("adjustments:\n  - kind: add\n    value: -1").isEmpty)
        #expect(issues("adjustments:\n  - kind: double\n    value: 1").map(\.path) == ["adjustments[0].kind"])
    }

    @Test("Codes that the data do not know are named")
    func unknownCodes() async throws {
        do {
            _ = try await prepared(
                """
                prices:
                  - scope: {skus: [lmap]}
                    change: -20 %
                adjustments:
                  - region: nowhere
                    kind: add
                    value: 2
                """)
            Issue.record("unknown codes were taken")
        } catch PipelineError.scenario(let error) {
            #expect(error.issues.map(\.path) == ["prices[0].scope.skus[0]", "adjustments[0].region"])
            #expect(error.issues[0].description.contains("lamp"))
        }
    }
}
