import Foundation
import NumericCore
import Retail
import Testing

@testable import Forecasting

@Suite("Effects must earn their place") struct EffectGuardTests {
    /// A shop with a promotion every few weeks that sells `lift` times as much; in the last eight weeks `late` times.
    private func shop(lift: Double, late: Double) -> Dataset {
        var random = RandomStream(seed: 5, stream: RandomStreamID.verification.rawValue, entity: 3, replication: 0)
        let days = 280
        var cells = [[Double]](repeating: [], count: 8)
        var data = Dataset(
            name: "x", currency: .gbp, fingerprint: "",
            demand: DemandPanel(axis: TimeAxis(step: .day, origin: monday, count: days)))
        data.skus = (0..<8).map {
            SKU(
                code: "\($0)", name: "", categories: ["c", "", ""], listPrice: UnitPrice(units: 10_000),
                unitCost: UnitPrice(units: 5_000))
        }
        let starts = stride(from: 20, to: days - 5, by: 24)
        for (number, first) in starts.enumerated() {
            data.promotions.append(
                Promotion(
                    code: "p\(number)", name: "", kind: .priceCut, begins: CivilTime(monday + first),
                    ends: CivilTime(monday + first + 5), depth: Rate(partsPerMillion: 200_000)))
        }
        for sku in 0..<8 {
            for day in 0..<days {
                let isOn = starts.contains { ($0..<$0 + 5).contains(day) }
                let factor = isOn ? (day < days - 56 ? lift : late) : 1
                cells[sku].append(Double(random.poisson(mean: 30 * factor)))
            }
        }
        data.demand = dailyPanel(cells)
        return data
    }

    @Test("Promotions that do what they did bring forecasts closer and are taken")
    func steady() async throws {
        let data = shop(lift: 2, late: 2)
        let (effects, ratio) = await TradeEffects.proven(data, horizon: 7, threads: 2)
        #expect(effects != nil)
        let found = try #require(ratio)
        #expect(found < 0.7)
    }

    @Test("Promotions that have stopped working are left aside, with the harm they would have done")
    func changed() async throws {
        let data = shop(lift: 2, late: 1)
        let (effects, ratio) = await TradeEffects.proven(data, horizon: 7, threads: 2)
        #expect(effects == nil)
        let found = try #require(ratio)
        #expect(found > 1)
    }

    @Test("A past too short to tell takes the effects of data with promotions, and no ratio")
    func short() async {
        var data = shop(lift: 2, late: 2)
        data = data.before(50)
        let (_, ratio) = await TradeEffects.proven(data, horizon: 7, threads: 1)
        #expect(ratio == nil)
    }
}
