import Foundation
import Retail
import Testing

@testable import Forecasting

@Suite("Forecast as a table, as totals, as bytes") struct ResultTests {
    private func small() -> Forecast {
        Forecast(
            axis: TimeAxis(step: .day, origin: monday, count: 2),
            keys: [
                SeriesKey(sku: SKU.Index(0), channel: Channel.Index(0)),
                SeriesKey(sku: SKU.Index(1), channel: Channel.Index(0)),
                SeriesKey(sku: SKU.Index(0), channel: Channel.Index(1)),
            ],
            names: ["a/web", "b/web", "a/shop"], mean: [1, 2, 10, 20, 100, 200], levels: [0.1, 0.95],
            quantiles: [0, 2, 1, 3, 8, 12, 18, 22, 90, 110, 180, 220],
            choices: ["ridge", "tsb", "ridge"].map { ModelChoice(model: $0, scores: []) })
    }

    @Test("The table is long: id, day, model, mean and a column per level")
    func table() {
        let table = small().table()
        #expect(table.columns.map(\.name) == ["unique_id", "ds", "model", "mean", "q0.1", "q0.95"])
        #expect(table.column("unique_id") == .text(["a/web", "a/web", "b/web", "b/web", "a/shop", "a/shop"]))
        #expect(table.column("ds") == .text((0..<3).flatMap { _ in ["2020-01-06", "2020-01-07"] }))
        #expect(table.column("mean") == .real([1, 2, 10, 20, 100, 200]))
        #expect(table.column("q0.95") == .real([2, 3, 12, 22, 110, 220]))
        #expect(small().modelCounts().map(\.model) == ["ridge", "tsb"])
    }

    @Test("Totals by SKU add the channels, in the order of first appearance")
    func totals() {
        let totals = small().totals { SeriesKey(sku: $0.sku) }
        #expect(totals.keys == [SeriesKey(sku: SKU.Index(0)), SeriesKey(sku: SKU.Index(1))])
        #expect(totals.means == [101, 202, 10, 20])
        let all = small().totals { _ in SeriesKey() }
        #expect(all.means == [111, 222])
    }

    @Test("The canonical bytes are little-endian, of known length, and tell any two forecasts apart")
    func bytes() {
        let forecast = small()
        let bytes = forecast.canonicalBytes
        #expect(bytes.prefix(8) == [18, 0, 0, 0, 0, 0, 0, 0])
        let texts = ["granary forecast 1", "day", "a/web", "ridge", "", "b/web", "tsb", "", "a/shop", "ridge", ""]
        let numbers = 3 + (1 + 2) + (1 + 6) + (1 + 12)
        #expect(bytes.count == texts.reduce(0) { $0 + 8 + $1.utf8.count } + 8 * numbers)
        var other = forecast
        other.mean[5] = 200.nextUp
        #expect(other.canonicalBytes != bytes)
        other = forecast
        other.keys[0] = SeriesKey(sku: SKU.Index(7))
        #expect(other.canonicalBytes == bytes)
    }
}
