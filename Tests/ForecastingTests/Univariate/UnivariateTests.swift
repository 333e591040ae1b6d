import Foundation
import NumericCore
import Retail
import Testing

@testable import Forecasting

private func allFinite(_ values: [Double]) -> Bool { values.allSatisfy { $0.isFinite } }

@Suite("Single series") struct UnivariateTests {
    private let levels = [0.05, 0.5, 0.95]

    private func made(_ values: [Double], season: [Int] = [7], model: UnivariateModel? = nil) -> UnivariateForecast {
        forecast(
            series: values, named: "x", UnivariateOptions(horizon: 5, seasons: season, levels: levels, model: model))
    }

    private func weekly(_ n: Int, _ entity: Int = 3) -> [Double] {
        zip(0..<n, normals(entity, n)).map { 50 + 10 * Double($0 % 7) + 4 * $1 }
    }

    @Test("A series without information has a named outcome, never a NaN")
    func oddities() {
        let cases: [(String, [Double], String)] = [
            ("none", [], "nothing observed"), ("none", [.nan, .nan, .nan], "nothing observed"),
            ("naive", [Double](repeating: 0, count: 40), "every observed value is zero"),
            ("naive", [Double](repeating: 3, count: 40), "every observed value is the same"),
            ("naive", [.nan, 4, .nan], "one observation"), ("window_average", [1, 2, 4], "too short"),
            ("none", [.infinity, .nan], "nothing observed"),
        ]
        for (model, values, note) in cases {
            let forecast = made(values)
            #expect(forecast.model == model, "\(values)")
            #expect(forecast.note.contains(note), "\(values)")
            #expect(allFinite(forecast.mean) && allFinite(forecast.quantiles))
            #expect(forecast.mean.count == 5 && forecast.quantiles.count == 15)
        }
        #expect(made([Double](repeating: 3, count: 40)).mean == [3, 3, 3, 3, 3])
    }

    @Test("Every model answers every odd series with finite numbers in order", arguments: UnivariateModel.allCases)
    func everyModel(_ model: UnivariateModel) {
        var gaps = weekly(60)
        for t in [3, 4, 5, 20, 59] { gaps[t] = .nan }
        let outlier = weekly(50).enumerated().map { $0 == 30 ? 1e9 : $1 }
        let cases: [[Double]] = [
            weekly(60), gaps, outlier, weekly(16), weekly(9), [1, 2, 3, 4, 5], [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 2],
            weekly(40).map { -$0 }, weekly(40).map { $0 * 1e-12 }, weekly(40).map { $0 * 1e12 },
            weekly(40).map { $0 * 1e-300 }, weekly(40).map { $0 * 1e300 }, (0..<40).map { pow(2, Double($0)) },
            (0..<30).map { Double($0) }, [5, 5, 5, 5, 5, 5, 5, 5, 5, 6], (0..<80).map { Double($0 % 2) },
        ]
        for (k, values) in cases.enumerated() {
            let forecast = made(values, model: model)
            #expect(forecast.mean.count == 5 && allFinite(forecast.mean), "case \(k)")
            #expect(allFinite(forecast.quantiles), "case \(k)")
            for h in 0..<5 {
                let row = forecast.quantiles[3 * h..<3 * h + 3]
                #expect(zip(row, row.dropFirst()).allSatisfy { $0 <= $1 }, "case \(k)")
            }
            if values.allSatisfy({ !($0 < 0) }) { #expect(forecast.mean.allSatisfy { $0 >= 0 }, "case \(k)") }
        }
    }

    @Test("The combination answers odd series too, and says what it is made of")
    func combination() {
        let forecast = made(weekly(200))
        #expect(forecast.model == "combination")
        #expect(abs(forecast.members.reduce(0) { $0 + $1.weight } - 1) < 1e-12)
        #expect(made(weekly(12)).mean.allSatisfy { $0.isFinite && $0 >= 0 })
        var gaps = weekly(100)
        gaps[40] = .nan
        #expect(made(gaps).note.contains("1 missing values filled in"))
    }

    @Test("The unit of a series does not matter, to the last bit for powers of two")
    func scale() {
        let plain = made(weekly(120).map { $0 + 0.25 })
        let large = made(weekly(120).map { 1_024 * ($0 + 0.25) })
        #expect(large.mean == plain.mean.map { 1_024 * $0 })
        #expect(large.quantiles == plain.quantiles.map { 1_024 * $0 })
        for scale in [1e-12, 1e12] {
            let other = made(weekly(120).map { scale * ($0 + 0.25) })
            for (a, b) in zip(plain.mean, other.mean) { #expect(abs(b / scale - a) < 0.02 * abs(a)) }
        }
    }

    @Test("Series with negative values may be forecast below zero, demand never is")
    func signs() {
        let falling = (0..<60).map { 30 - Double($0) + normals(7, 60)[$0] }
        #expect(made(falling, season: [], model: .drift).mean.allSatisfy { $0 < 0 })
        let demand = (0..<60).map { max(0.0, 30 - 0.55 * Double($0)) }
        #expect(made(demand, season: [], model: .drift).mean.allSatisfy { $0 >= 0 })
    }

    /// The part of the last five values of each series that lies inside the outer quantiles of its forecast.
    private func covered(_ series: [[Double]], season: [Int]) -> Double {
        var inside = 0
        for values in series {
            let forecast = made(Array(values.dropLast(5)), season: season)
            for (h, value) in values.suffix(5).enumerated()
            where value >= forecast.quantiles[3 * h] && value <= forecast.quantiles[3 * h + 2] { inside += 1 }
        }
        return Double(inside) / Double(5 * series.count)
    }

    @Test("Quantiles of the combination cover what a seasonal process does")
    func coverage() {
        // 300 steps at 90 %: standard error 1.7 %.
        let share = covered((0..<60).map { weekly(120, 100 + $0) }, season: [7])
        #expect(share > 0.82 && share < 0.97)
    }

    @Test("Quantiles of a dozen values cover as they claim, though a fit to so few looks better than it is")
    func coverageOfShortSeries() {
        let walks = (0..<150).map { s -> [Double] in
            var level = 100.0
            return normals(700 + s, 18).map { step in
                level += 2 + 3 * step
                return level
            }
        }
        // 90 % of 750 steps, of which the five of one series go together: standard error some 2 %.
        let share = covered(walks, season: [])
        #expect(share > 0.82 && share < 0.97)
    }

    @Test("A season nobody stated is found where it stands out, and not in noise or a trend")
    func seasonSearch() {
        #expect(seasonFound(in: weekly(60)) == 7)
        #expect(seasonFound(in: PublishedSeries.airline) == 12)
        #expect(seasonFound(in: normals(12, 400)) == 1)
        #expect(seasonFound(in: (0..<300).map { Double($0) + normals(13, 300)[$0] }) == 1)
        #expect(seasonFound(in: [1, 2, 3]) == 1)
    }

    @Test("A combination gives way to the seasonal naive as far as that did better at past origins")
    func guardHolds() {
        // A pattern that repeats exactly: nothing beats repeating it.
        let values = (0..<140).map { Double([3, 8, 1, 9, 2, 7, 4][$0 % 7]) + ($0 < 3 ? 0.5 : 0) }
        let forecast = made(values)
        for h in 0..<5 { #expect(abs(forecast.mean[h] - values[133 + h]) < 1e-6) }
    }

    @Test("A panel is forecast alike by one task and by many, in whole or in parts")
    func threads() async throws {
        let panel = dailyPanel((0..<20).map { weekly(80, 40 + $0) })
        let options = UnivariateOptions(horizon: 4, seasons: [7], levels: [0.1, 0.9])
        let one = try await forecast(series: 0..<20, of: panel, options, threads: 1)
        let many = try await forecast(series: 0..<20, of: panel, options, threads: 4)
        let part = try await forecast(series: 7..<12, of: panel, options, threads: 2)
        #expect(one == many)
        #expect(part == Array(one[7..<12]))
        await #expect(throws: ForecastError.horizon(0)) {
            try await forecast(series: 0..<1, of: panel, UnivariateOptions(horizon: 0), threads: 1)
        }
    }

    @Test("A backtest measures Naive2 as one, and the seasonal naive as worth nothing more than itself")
    func backtests() async throws {
        let panel = dailyPanel((0..<6).map { weekly(90, 60 + $0) })
        let options = UnivariateOptions(horizon: 7, seasons: [7], levels: [0.05, 0.95])
        let report = try await backtest(series: panel, options, origins: 2, models: [.ets], threads: 2)
        #expect(report.rows.map(\.level).filter { $0 == "series" }.count == 4)
        for row in report.rows {
            #expect(row.windows == ["series": 12, "total": 2, "all": 14][row.level])
            if row.model == "naive2" { #expect(abs(row.owa - 1) < 1e-12) }
            if row.model == "seasonal_naive" { #expect(abs(row.valueAdded) < 1e-12) }
            if row.model == "chosen" { #expect(row.valueAdded > 0) }
        }
        // Over all levels: the plain mean.
        for row in report.rows where row.level == "all" {
            let parts = ["series", "total"].compactMap { report.row(row.model, level: $0) }
            #expect(abs(row.wrmsse - parts.reduce(0) { $0 + $1.wrmsse } / 2) < 1e-12)
        }
    }

    @Test("A backtest with regressors is better than the same without them, where they move the series")
    func backtestRegressors() async throws {
        let on = (0..<6).map { s in (0..<104).map { t in (t * 7 + s * 5) % 11 < 3 ? 1.0 : 0 } }
        let cells = (0..<6).map { s in weekly(104, 80 + s).enumerated().map { $1 * (1 + on[s][$0]) } }
        let regressors = RegressorPanel(names: ["promo"], values: on.map { $0.map { Float($0) } })
        let options = UnivariateOptions(horizon: 7, seasons: [7], levels: [0.05, 0.95])
        let report = try await backtest(
            series: dailyPanel(cells), options, origins: 2, models: [], regressors: regressors, threads: 2)
        let (with, without) = (
            try #require(report.row("chosen")), try #require(report.row("without_regressors"))
        )
        #expect(with.mase < 0.7 * without.mase, "\(with.mase) against \(without.mase)")
        #expect(with.windows == without.windows)
    }

    @Test("A model fitted anew from an earlier fit is as likely as one fitted from the beginning")
    func refits() throws {
        let workspace = LaneWorkspace()
        for seed in 0..<6 {
            let values = weekly(200, 300 + seed)
            for model in [UnivariateModel.ets, .ces, .arima, .mstl] {
                let early = try #require(fit(model, Array(values.prefix(150)), seasons: [7], workspace))
                let again = try #require(early.refitted(to: values, workspace))
                let ahead = again.means(values, horizon: 7, workspace)
                let fresh = try #require(fit(model, values, seasons: [7], workspace))
                #expect(ahead.allSatisfy { $0.isFinite })
                // The same form from the usual beginnings.
                if case .ets(let mine) = again,
                    let other = fitETS(mine.form, values, season: mine.season, workspace)
                {
                    #expect(mine.logLikelihood > other.logLikelihood - 0.1)
                }
                let size = values.reduce(0, +) / Double(values.count)
                for (a, b) in zip(ahead, fresh.means(values, horizon: 7, workspace)) {
                    #expect(abs(a - b) < 0.15 * size, "\(model)")
                }
            }
        }
    }

    @Test("A model whose trend runs away is held, and says so")
    func runaway() {
        let values = [Double](repeating: 1, count: 59) + [1e12]
        var options = UnivariateOptions(horizon: 40, seasons: [], levels: [0.05, 0.95])
        options.model = .etsMultiplicativeTrend
        let made = forecast(series: values, options)
        #expect((made.mean + made.quantiles).allSatisfy { $0.isFinite && $0 >= 0 && $0 <= 1e15 * 1.001 })
    }
}
