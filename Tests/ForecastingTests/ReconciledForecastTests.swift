import Foundation
import NumericCore
import Retail
import Testing

@testable import Forecasting

@Suite("Series and totals that agree") struct ReconciledForecastTests {
    /// Twelve series in two regions and three groups; levels that cross.
    private func panel() -> (DemandPanel, BusinessCalendar, [SeriesAttribute], [[String]]) {
        let (panel, calendar) = shop(series: 12, days: 140)
        let attributes = [
            SeriesAttribute(name: "region", codes: ["n", "s"], of: (0..<12).map { Int32($0 % 2) }),
            SeriesAttribute(name: "group", codes: ["a", "b", "c"], of: (0..<12).map { Int32($0 / 4) }),
        ]
        return (panel, calendar, attributes, [[], ["region"], ["group"]])
    }

    @Test(
        "By every method all means are sums of the means of their series, and none is negative",
        arguments: ReconciliationMethod.allCases)
    func coherent(method: ReconciliationMethod) async throws {
        let (panel, calendar, attributes, levels) = panel()
        let made = try await forecast(
            panel, attributes: attributes, levels: levels, calendar: calendar, horizon: 9, method: method, threads: 2)
        #expect(made.totals.names == ["total", "region=n", "region=s", "group=a", "group=b", "group=c"])
        for (l, level) in made.hierarchy.levels.enumerated() {
            let rows = made.level(l)
            for h in 0..<9 {
                var sums = [Double](repeating: 0, count: level.groups.count)
                for (s, group) in level.of.enumerated() { sums[Int(group)] += made.series.mean(s, h) }
                for g in sums.indices {
                    #expect(abs(sums[g] - rows.mean(g, h)) < 1e-6 * max(1, sums[g]))
                    #expect(rows.mean(g, h) >= 0)
                }
            }
        }
        expectSound(made.whole)
    }

    @Test("Bottom-up leaves the series alone; top-down leaves the grand total alone")
    func ends() async throws {
        let (panel, calendar, attributes, levels) = panel()
        func made(_ method: ReconciliationMethod) async throws -> ReconciledForecast {
            try await forecast(
                panel, attributes: attributes, levels: levels, calendar: calendar, horizon: 5, method: method,
                threads: 1)
        }
        let hierarchy = Hierarchy(SalesPanel(demand: panel, attributes: attributes), levels: levels)
        let base = try await forecast(
            panel.withTotals(hierarchy, calendar: calendar, season: nil), calendar: calendar, horizon: 5, threads: 1)
        let (up, down) = (try await made(.bottomUp), try await made(.topDown))
        for h in 0..<5 {
            for s in 0..<12 { #expect(abs(up.series.mean(s, h) - base.mean(6 + s, h)) < 1e-9) }
            #expect(abs(down.totals.mean(0, h) - base.mean(0, h)) < 1e-9)
        }
    }

    @Test("Joint samples are coherent with the quantiles: their sums have the totals' quantiles and means")
    func samples() async throws {
        let (panel, calendar, attributes, levels) = panel()
        let made = try await forecast(
            panel, attributes: attributes, levels: levels, calendar: calendar, horizon: 4, threads: 1)
        let draws = (0..<ReconciledForecast.samples).map { made.sampler.sample(UInt32($0), seed: 1) }
        for h in 0..<4 where made.totals.mean(0, h) > 0 {
            let sums = draws.map { draw in (0..<12).reduce(0) { $0 + draw[$1 * 4 + h] } }.sorted()
            let mean = sums.reduce(0, +) / Double(sums.count)
            #expect(abs(mean / made.totals.mean(0, h) - 1) < 0.1)
            for (q, level) in made.totals.levels.enumerated() {
                let wanted = sampleQuantile(sums, level) * made.totals.mean(0, h) / mean
                #expect(abs(made.totals.quantile(0, h, level: q) - wanted) < 1e-3 * wanted + 1e-6)
            }
        }
    }

    @Test("The number of threads changes no bit of series, totals or samples")
    func threads() async throws {
        let (panel, calendar, attributes, levels) = panel()
        func made(_ threads: Int) async throws -> ReconciledForecast {
            try await forecast(
                panel, attributes: attributes, levels: levels, calendar: calendar, horizon: 4, method: .minTrace,
                threads: threads)
        }
        let (one, two) = (try await made(1), try await made(3))
        #expect(one.whole.canonicalBytes == two.whole.canonicalBytes)
        #expect(one.sampler.sample(7, seed: 3) == two.sampler.sample(7, seed: 3))
        #expect(one.sampler.sample(7, seed: 3) != one.sampler.sample(8, seed: 3))
    }

    @Test("Series that move together have totals as uncertain as their sum; independent ones are less so")
    func correlation() async throws {
        // Twenty series, the same luck for all or each its own.
        func spread(shared: Bool) async throws -> (total: Double, series: [Double]) {
            let common = normals(900, 160)
            let cells = (0..<20).map { (s: Int) -> [Double] in
                let own = normals(901 + s, 160)
                return (0..<160).map { t in max(0, 100 + 10 * (shared ? common[t] : own[t])) }
            }
            let made = try await forecast(
                dailyPanel(cells), attributes: [], levels: [[]], calendar: BusinessCalendar(), horizon: 3, threads: 1)
            let last = made.totals.levels.count - 1
            func width(_ forecast: Forecast, _ s: Int) -> Double {
                forecast.quantile(s, 1, level: last) - forecast.quantile(s, 1, level: 0)
            }
            return (width(made.totals, 0), (0..<20).map { width(made.series, $0) })
        }
        let (together, apart) = (try await spread(shared: true), try await spread(shared: false))
        // Quantiles of a sum of what moves as one are the sums of quantiles; variances of what does not add up.
        let sum = together.series.reduce(0, +)
        #expect(abs(together.total / sum - 1) < 0.05, "\(together.total) of \(sum)")
        let root = apart.series.reduce(0) { $0 + $1 * $1 }.squareRoot()
        #expect(abs(apart.total / root - 1) < 0.35, "\(apart.total) of \(root)")
        // Truth: 20 x 10 x 3.29 = 658, and the root of 20 x 10 x 3.29 = 147; the luck shared by all is one sequence, so that
        // its spread is known from eighteen errors only.
        #expect(together.total > 300 && together.total < 900)
        #expect(apart.total > 90 && apart.total < 260)
    }

    @Test("The total of counts that are mostly zero is as uncertain as what moves them together")
    func sharedRates() async throws {
        // Eighty series that sell 0.3 a day times a luck that all share: their own correlations are a twentieth.
        let (series, days, rate, spread) = (80, 200, 0.3, 0.5)
        let luck = normals(700, days).map { exp(spread * $0 - spread * spread / 2) }
        let cells = (0..<series).map { s -> [Double] in
            var random = RandomStream(
                seed: 4, stream: RandomStreamID.verification.rawValue, entity: UInt64(s), replication: 0)
            return luck.map { Double(random.poisson(mean: rate * $0)) }
        }
        let made = try await forecast(
            dailyPanel(cells), attributes: [], levels: [[]], calendar: BusinessCalendar(), horizon: 7, threads: 2)
        let mean = Double(series) * rate
        let truth = (mean + mean * mean * (exp(spread * spread) - 1)).squareRoot()
        let last = made.totals.levels.count - 1
        for h in 0..<7 {
            let width = made.totals.quantile(0, h, level: last) - made.totals.quantile(0, h, level: 0)
            // Six origins know the size to a third, and are allowed for.
            let deviation = width / (2 * 1.645)
            #expect(deviation > 0.6 * truth && deviation < 2 * truth, "\(deviation) of \(truth)")
            // As independent series they would have a root of the mean.
            #expect(deviation > 1.3 * mean.squareRoot())
        }
    }

    @Test("Names joined by slashes become attributes; other names do not")
    func names() {
        var panel = DemandPanel(axis: TimeAxis(step: .day, origin: monday, count: 1))
        for name in ["a/x", "b/x", "a/y"] { panel.append(name: name, key: SeriesKey(), start: 0, [1]) }
        let attributes = panel.nameAttributes()
        #expect(attributes?.map(\.name) == ["part1", "part2"])
        #expect(attributes?[0].of == [0, 1, 0])
        panel.append(name: "plain", key: SeriesKey(), start: 0, [1])
        #expect(panel.nameAttributes() == nil)
    }

    @Test("quantiles follow their mean, but a forecast of next to nothing is not blown up with it")
    func moved() {
        #expect(ReconciledForecast.moved(6, from: 2, to: 3) == 9)
        #expect(ReconciledForecast.moved(6, from: 2, to: 0) == 0)
        #expect(ReconciledForecast.moved(0, from: 0.1, to: 5) == 0)
        #expect(ReconciledForecast.moved(6, from: 0, to: 3) == 3)
        let quantiles = [0.0, 0.02, 0.16].map { ReconciledForecast.moved($0, from: 1e-11, to: 0.0025) }
        #expect(quantiles == quantiles.sorted() && quantiles[2] < 1)
    }
}
