import Foundation
import NumericCore
import Retail
import Testing

@testable import Forecasting

@Suite("New products") struct NewItemsTests {
    /// Sixty articles, half of them like tea at two a day, half like nails at twenty; the last third were launched on the
    /// way and sold twice as much in their first weeks.
    private func shop() -> Dataset {
        var panel = DemandPanel(axis: TimeAxis(step: .day, origin: monday, count: 300))
        var skus: [SKU] = []
        for s in 0..<60 {
            let isTea = s % 2 == 0
            let start = s < 40 ? 0 : 60 + s
            var stream = RandomStream(
                seed: 5, stream: RandomStreamID.verification.rawValue, entity: UInt64(s), replication: 0)
            let cells = (start..<300).map { t -> Double in
                let early = s >= 40 && t - start < 28 ? 2.0 : 1
                return Double(stream.poisson(mean: (isTea ? 2 : 20) * early))
            }
            panel.append(name: "s\(s)", key: SeriesKey(sku: SKU.Index(s)), start: start, cells)
            skus.append(
                SKU(
                    code: "s\(s)", name: "s\(s)", categories: [isTea ? "Tea" : "Nails", "", ""],
                    listPrice: UnitPrice(units: isTea ? 40_000 : 20_000), unitCost: UnitPrice(units: 10_000)))
        }
        var data = Dataset(name: "new", currency: .gbp, fingerprint: "", demand: panel)
        data.channels = [Channel(code: "shop", name: "shop", kind: .own)]
        data.skus = skus
        for (code, category) in [("new tea", "Tea"), ("new nails", "Nails")] {
            let sku = SKU.Index(data.skus.count)
            data.skus.append(
                SKU(
                    code: code, name: code, categories: [category, "", ""],
                    listPrice: UnitPrice(units: category == "Tea" ? 40_000 : 20_000), unitCost: UnitPrice(units: 10_000)
                ))
            data.listings.append(
                Listing(sku: sku, channel: Channel.Index(0), from: monday + 302, through: monday + 900))
        }
        return data
    }

    @Test("What has never sold is forecast like the launches of its category, widely, and not before it is listed")
    func cold() async throws {
        let made = try await forecast(shop(), horizon: 14, method: .bottomUp, threads: 2).reconciled.series
        for (name, mean) in [("new tea", 4.0), ("new nails", 40)] {
            let s = try #require(made.names.firstIndex(of: name))
            #expect(made.choices[s].model == "like_items")
            #expect(made.mean(s, 0) == 0 && made.mean(s, 1) == 0)
            #expect(abs(made.mean(s, 5) / mean - 1) < 0.35)
            let last = made.levels.count - 1
            #expect(made.quantile(s, 5, level: last) > 1.3 * made.mean(s, 5))
            #expect(made.quantile(s, 5, level: 0) < 0.8 * made.mean(s, 5))
        }
        expectSound(made)
    }

    @Test("Its own first days move the forecast from the items like it, and narrow it")
    func learns() {
        let data = shop()
        func forecast(_ cells: [Double]) -> (mean: Double, width: Double) {
            var panel = data.demand
            let key = SeriesKey(sku: SKU.Index(60))
            panel.append(name: "x", key: key, start: 300 - cells.count, cells)
            let items = NewItems(panel, skus: data.skus)
            #expect(items.isNew(60))
            let made = items.forecast(60, isOpen: [true, true], levels: [0.1, 0.9])
            return (made?.mean[0] ?? .nan, (made?.quantiles[1] ?? .nan) - (made?.quantiles[0] ?? .nan))
        }
        let none = forecast([])
        let strong = forecast([Double](repeating: 9, count: 14))
        let weak = forecast([Double](repeating: 1, count: 14))
        #expect(weak.mean < none.mean && none.mean < strong.mean)
        #expect(strong.mean > 7 && strong.mean < 9.5)
        #expect(strong.width / strong.mean < none.width / none.mean)
    }

    @Test("An article that leaves the range sells nothing after its last day")
    func delisted() async throws {
        var data = shop()
        data.listings.append(
            Listing(sku: SKU.Index(1), channel: Channel.Index(0), from: monday, through: monday + 304))
        let made = try await forecast(data, horizon: 10, threads: 1).reconciled.series
        #expect(made.mean(1, 4) > 10)
        for h in 5..<10 {
            #expect(made.mean(1, h) == 0)
            #expect(made.quantile(1, h, level: made.levels.count - 1) == 0)
        }
    }

    @Test("Stages: launch, mature, decline, end, and not launched")
    func stages() {
        let steady = [Double](repeating: 5, count: 300)
        let falling = (0..<300).map { $0 < 200 ? 20.0 : 4 }
        let gone = (0..<300).map { $0 < 150 ? 5.0 : 0 }
        let young = [Double](repeating: 0, count: 260) + [Double](repeating: 5, count: 40)
        let panel = dailyPanel([steady, falling, gone, young, [Double](repeating: 0, count: 300)])
        #expect((0..<5).map { panel.stage($0) } == [.mature, .decline, .end, .launch, .unborn])
    }
}
