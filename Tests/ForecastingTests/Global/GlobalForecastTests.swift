import NumericCore
import Retail
import Testing

@testable import Forecasting

@Suite("The global engine") struct GlobalForecastTests {
    private let levels = [0.025, 0.25, 0.5, 0.75, 0.975]

    private func made(threads: Int) async throws -> HierarchicalForecast {
        try await forecastHierarchy(
            salesPanel(), horizon: 28, options: .m5(quantiles: levels), threads: threads)
    }

    @Test(arguments: ReconciliationMethod.allCases)
    func `every total is the sum of its series, however they are made to agree`(method: ReconciliationMethod)
        async throws
    {
        var options = GlobalOptions.m5(quantiles: levels)
        options.reconciliation = method
        let forecast = try await forecastHierarchy(salesPanel(), horizon: 28, options: options, threads: 1)
        #expect(forecast.mean.allSatisfy { $0.isFinite && $0 >= 0 })
        #expect(forecast.quantiles.allSatisfy { $0.isFinite && $0 >= 0 })
        let (hierarchy, horizon) = (forecast.hierarchy, forecast.horizon)
        let bottom = hierarchy.offsets[hierarchy.levels.count - 1]
        for (l, level) in hierarchy.levels.enumerated() {
            for g in level.groups.indices {
                for h in 0..<horizon {
                    let members = level.of.indices.filter { level.of[$0] == Int32(g) }
                    let sum = members.reduce(0.0) { $0 + Double(forecast.mean[(bottom + $1) * horizon + h]) }
                    let total = Double(forecast.mean[(hierarchy.offsets[l] + g) * horizon + h])
                    #expect(abs(sum - total) <= 1e-4 * max(1, total))
                }
            }
        }
    }

    @Test
    func
        `coherent quantiles move those of the totals, not means nor series, and know the total as more certain than its parts`()
        async throws
    {
        let plain = try await made(threads: 2)
        var options = GlobalOptions.m5(quantiles: levels)
        options.isCoherent = true
        let coherent = try await forecastHierarchy(salesPanel(), horizon: 28, options: options, threads: 2)
        let again = try await forecastHierarchy(salesPanel(), horizon: 28, options: options, threads: 1)
        #expect(coherent.mean == plain.mean && coherent.quantiles == again.quantiles)
        let hierarchy = coherent.hierarchy
        let first = hierarchy.offsets[hierarchy.levels.count - 1]
        let (width, last) = (levels.count, levels.count - 1)
        #expect(coherent.quantiles[(first * 28 * width)...] == plain.quantiles[(first * 28 * width)...])
        #expect(coherent.quantiles != plain.quantiles)
        var (total, parts) = (Float(0), Float(0))
        for h in 0..<28 {
            total += coherent.quantiles[h * width + last] - coherent.quantiles[h * width]
            for s in first..<hierarchy.nodes {
                let place = (s * 28 + h) * width
                parts += coherent.quantiles[place + last] - coherent.quantiles[place]
            }
        }
        #expect(total > 0 && total < 1.05 * parts)
    }

    @Test func `totals move toward their own forecasts where errors weigh`() async throws {
        var made: [ReconciliationMethod: [Float]] = [:]
        for method in ReconciliationMethod.allCases {
            var options = GlobalOptions.m5()
            options.reconciliation = method
            made[method] = try await forecastHierarchy(salesPanel(), horizon: 28, options: options, threads: 2).mean
        }
        // Each way is another forecast; none is far from the others.
        #expect(Set(made.values).count == made.count)
        let totals = made.mapValues { $0.prefix(28).reduce(0, +) }
        let (least, most) = (totals.values.min() ?? 0, totals.values.max() ?? 0)
        #expect(least > 0 && most < 1.3 * least)
    }

    @Test func `with more time the forecast is another and as good, for any number of threads`() async throws {
        let panel = salesPanel(days: 1_000)
        var options = GlobalOptions.m5(quantiles: levels, isThorough: true)
        options.levels = [[], ["store"]]
        let made = try await forecastHierarchy(panel.before(972), horizon: 28, options: options, threads: 2)
        let again = try await forecastHierarchy(panel.before(972), horizon: 28, options: options, threads: 1)
        #expect(made.mean == again.mean && made.quantiles == again.quantiles)
        options.isThorough = false
        let quick = try await forecastHierarchy(panel.before(972), horizon: 28, options: options, threads: 2)
        let (slow, fast) = (
            try await HierarchyScore(made, against: panel, threads: 1),
            try await HierarchyScore(quick, against: panel, threads: 1)
        )
        #expect(made.mean != quick.mean && slow.meanWRMSSE < 1.1 * fast.meanWRMSSE)
    }

    @Test func `the same bytes for any number of threads`() async throws {
        let (one, three) = (try await made(threads: 1), try await made(threads: 3))
        #expect(one.mean == three.mean)
        #expect(one.quantiles == three.quantiles)
    }

    @Test func `means and quantiles are finite, not negative and in order`() async throws {
        let forecast = try await made(threads: 2)
        #expect(forecast.mean.allSatisfy { $0.isFinite && $0 >= 0 })
        #expect(forecast.quantiles.count == forecast.mean.count * levels.count)
        for row in 0..<forecast.mean.count {
            let quantiles = forecast.quantiles[row * levels.count..<(row + 1) * levels.count]
            #expect(quantiles.allSatisfy { $0.isFinite && $0 >= 0 })
            #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 <= $1 })
        }
    }

    @Test func `it beats the same-weekday mean where there is a calendar to learn`() async throws {
        let report = try await backtestHierarchy(
            salesPanel(days: 1_000), lastDays: [800, 830], horizon: 28, options: .m5(quantiles: levels), threads: 2)
        for window in report.windows { #expect(window.score.meanWRMSSE < window.benchmark.meanWRMSSE) }
    }

    @Test func `a calendar that ends too early is named`() async throws {
        await #expect(throws: ForecastError.calendarEnds(days: 928, needed: 929)) {
            try await forecastHierarchy(salesPanel(), horizon: 29, options: .m5(), threads: 1)
        }
    }

    @Test(arguments: [1, 8, 40, 200]) func `short histories give a forecast and not a crash`(days: Int) async throws {
        for method in [ReconciliationMethod.middleOut, .leastSquares, .minTrace] {
            var options = GlobalOptions.m5(quantiles: levels)
            options.reconciliation = method
            options.isCoherent = method == .minTrace
            let forecast = try await forecastHierarchy(
                salesPanel(days: 900).before(days), horizon: 14, options: options, threads: 1)
            #expect(forecast.mean.allSatisfy { $0.isFinite && $0 >= 0 })
            #expect(forecast.quantiles.allSatisfy { $0.isFinite && $0 >= 0 })
        }
    }
}
