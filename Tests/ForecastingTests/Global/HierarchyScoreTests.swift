import Foundation
import Retail
import Testing

@testable import Forecasting

@Suite("M5's measures") struct HierarchyScoreTests {
    /// WRMSSE and WSPL of one node by the guide's formulas, written out plainly.
    private func plain(
        _ past: [Double], _ actual: [Double], _ mean: [Double], _ quantiles: [[Double]], _ levels: [Double]
    )
        -> (rmsse: Double, spl: Double)
    {
        let sold = Array(past.drop { $0 == 0 })
        let steps = zip(sold.dropFirst(), sold).map { $0 - $1 }
        let n = Double(steps.count)
        let squared = zip(actual, mean).map { pow($0 - $1, 2) }.reduce(0, +) / Double(actual.count)
        let scale = steps.map { $0 * $0 }.reduce(0, +) / n
        var pinball = 0.0
        for (h, y) in actual.enumerated() {
            for (k, u) in levels.enumerated() {
                pinball += y >= quantiles[h][k] ? (y - quantiles[h][k]) * u : (quantiles[h][k] - y) * (1 - u)
            }
        }
        let size = steps.map { abs($0) }.reduce(0, +) / n
        return ((squared / scale).squareRoot(), pinball / Double(actual.count * levels.count) / size)
    }

    @Test func `levels are weighted by revenue and scaled by their own naive errors since the first sale`() async throws
    {
        let rows: [[Double]] = [[0, 0, 3, 1, 4, 1, 5, 9], [2, 6, 5, 3, 5, 8, 9, 7]]
        let known = 6
        var panel = DemandPanel(axis: TimeAxis(step: .day, origin: monday, count: 8))
        for (s, row) in rows.enumerated() {
            let start = row.firstIndex { $0 > 0 } ?? 0
            panel.append(name: "s\(s)", key: SeriesKey(), start: start, Array(row.dropFirst(start)))
        }
        let sales = SalesPanel(
            demand: panel, attributes: [],
            prices: PriceHistory(offsets: [0, 1, 2], days: [0, 0], prices: [2, 3]))
        let levels = [0.1, 0.9]
        let (mean, quantiles): ([Float], [Float]) = ([9, 12, 3, 4, 6, 8], [4, 14, 6, 18, 1, 5, 2, 6, 4, 8, 5, 12])
        let forecast = HierarchicalForecast(
            hierarchy: Hierarchy(sales, levels: [[]]), axis: TimeAxis(step: .day, origin: monday + known, count: 2),
            mean: mean, levels: levels, quantiles: quantiles)
        let score = try await HierarchyScore(forecast, against: sales, threads: 1)

        func node(_ row: [Double], _ n: Int) -> (rmsse: Double, spl: Double) {
            let values = (0..<2).map { h in (0..<2).map { Double(quantiles[(n * 2 + h) * 2 + $0]) } }
            return plain(
                Array(row.prefix(known)), Array(row.suffix(2)), (0..<2).map { Double(mean[n * 2 + $0]) }, values, levels
            )
        }
        let sums: [Double] = zip(rows[0], rows[1]).map { $0 + $1 }
        let total = node(sums, 0)
        let parts = [node(rows[0], 1), node(rows[1], 2)]
        // What the six known days brought in at prices 2 and 3.
        let (first, second): (Double, Double) = (2 * 9, 3 * 29)
        let share = first / (first + second)
        #expect(abs(score.wrmsse[0] - total.rmsse) < 1e-12)
        #expect(abs(score.wspl[0] - total.spl) < 1e-12)
        let rmsse = share * parts[0].rmsse + (1 - share) * parts[1].rmsse
        let spl = share * parts[0].spl + (1 - share) * parts[1].spl
        #expect(abs(score.wrmsse[1] - rmsse) < 1e-12)
        #expect(abs(score.wspl[1] - spl) < 1e-12)
        // Sold 14 and 16 in all, 5 and 9, 9 and 7: all inside for the total, two of four for the series.
        #expect(score.claims.count == 1 && abs(score.claims[0] - 0.8) < 1e-12)
        #expect(abs(score.inside[0][0] - 1) < 1e-12 && abs(score.inside[1][0] - 0.5) < 1e-12)
    }

    @Test func `a forecast beyond the data cannot be scored`() async throws {
        let panel = salesPanel(days: 60)
        let forecast = HierarchicalForecast.seasonalMean(
            panel, Hierarchy(panel, levels: [[]]), horizon: 28, season: 7, seasons: 4)
        await #expect(throws: ForecastError.self) { try await HierarchyScore(forecast, against: panel, threads: 1) }
    }
}
