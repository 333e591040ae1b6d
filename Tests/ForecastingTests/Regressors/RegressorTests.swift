import Foundation
import NumericCore
import Retail
import Testing

@testable import Forecasting

@Suite struct RegressorTests {
    /// Series of 200 days whose demand answers to a price (elasticity about -2) and a flag (times 1.5), or as sums.
    private func world(_ count: Int, additive: Bool = false, days: Int = 200, ahead: Int = 7) -> (
        DemandPanel, RegressorPanel, [[Double]]
    ) {
        var random = RandomStream(
            seed: 5, stream: RandomStreamID.verification.rawValue, entity: 4, replication: 0)
        var panel = DemandPanel(axis: TimeAxis(step: .day, origin: monday, count: days))
        var columns: [[Float]] = []
        var future: [[Double]] = []
        for series in 0..<count {
            var (cells, rows, next): ([Double], [Float], [Double]) = ([], [], [])
            for t in 0..<days + ahead {
                let price = 1 + 0.3 * (random.uniform() - 0.5)
                let flag = random.uniform() < 0.15 ? 1.0 : 0
                rows += [Float(log(price)), Float(flag)]
                let season = [0, 0, 0, 0.1, 0.3, 0.5, 0.2][t % 7]
                if additive {
                    let mean = -20 + 10 * season - 30 * log(price) + 12 * flag
                    if t < days { cells.append(mean + 2 * (random.uniform() - 0.5)) } else { next.append(mean) }
                } else {
                    let mean = 30 * exp(season - 2 * log(price) + log(1.5) * flag)
                    if t < days { cells.append(Double(random.poisson(mean: mean))) } else { next.append(mean) }
                }
            }
            panel.append(name: "s\(series)", key: SeriesKey(sku: SKU.Index(series)), start: 0, cells)
            columns.append(rows)
            future.append(next)
        }
        return (panel, RegressorPanel(names: ["log_price", "flag"], values: columns), future)
    }

    private func error(_ made: [Double], _ truth: [Double]) -> Double {
        zip(made, truth).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(truth.count)
    }

    @Test("Known effects are found, and the forecast follows what is known ahead", arguments: [false, true])
    func follows(additive: Bool) async throws {
        let (panel, regressors, truth) = world(6, additive: additive)
        let options = UnivariateOptions(horizon: 7, seasons: [7], levels: [0.1, 0.5, 0.9])
        let effects = try await RegressorEffects(panel, regressors, horizon: 7, season: 7, threads: 2)
        #expect(effects.outcomes.allSatisfy { $0 == .used })
        if !additive {
            #expect(effects.overall[0].interval(0.99).contains(-2), "\(effects.overall[0])")
            #expect(effects.overall[1].interval(0.99).contains(log(1.5)), "\(effects.overall[1])")
        }
        let plain = try await forecast(series: 0..<6, of: panel, options, threads: 1)
        let base = try await forecast(series: 0..<6, of: effects.baseline, options, threads: 1)
        var (with, without) = (0.0, 0.0)
        for series in 0..<6 {
            let made = effects.applied(to: base[series], series: series, levels: options.levels)
            #expect(made.model.hasPrefix("regression+"))
            with += error(made.mean, truth[series])
            without += error(plain[series].mean, truth[series])
            for step in 0..<7 {
                let quantiles = made.quantiles[3 * step..<3 * step + 3]
                #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 <= $1 })
                #expect(additive || quantiles.first! >= 0)
            }
        }
        #expect(with < 0.5 * without, "\(with) against \(without)")
    }

    @Test("A missing value ahead is named with its column and step, and the series is forecast without")
    func missingFuture() async throws {
        var (panel, regressors, _) = world(3)
        regressors.values[1][2 * 204] = .nan
        regressors.values[2].removeLast(14)
        let effects = try await RegressorEffects(panel, regressors, horizon: 7, season: 7, threads: 1)
        #expect(effects.outcomes[0] == .used)
        #expect(effects.outcomes[1] == .noFuture(column: "log_price", step: 5))
        #expect(effects.outcomes[2] == .noFuture(column: "log_price", step: 1))
        #expect(effects.baseline.cells(1) == panel.cells(1))
        let made = forecast(series: panel.cells(1), UnivariateOptions(horizon: 7, seasons: [7]))
        let said = effects.applied(to: made, series: 1, levels: [])
        #expect(said.mean == made.mean && said.note.contains("'log_price' has no value for step 5"))
        panel.names[0] = "x"
    }

    @Test("Noise is left out, and columns that never change teach nothing")
    func useless() async throws {
        let (panel, regressors, _) = world(8)
        // Columns of other series: nothing to do with this one's demand.
        var shuffled = regressors
        shuffled.values = (0..<8).map { series in
            (0..<207).flatMap { t in
                regressors.values[(series + 3) % 8][2 * ((t * 37) % 207)...2 * ((t * 37) % 207) + 1]
            }
        }
        let effects = try await RegressorEffects(panel, shuffled, horizon: 7, season: 7, threads: 1)
        for estimate in effects.overall { #expect(estimate.interval(0.999).contains(0)) }
        var flat = regressors
        flat.values = flat.values.map { $0.map { _ in 1 } }
        let none = try await RegressorEffects(panel, flat, horizon: 7, season: 7, threads: 1)
        #expect(none.outcomes.allSatisfy { $0 == .nothingToLearn })
    }

    @Test("Odd series and odd columns end in a named outcome and finite numbers")
    func odd() async throws {
        let (good, regressors, _) = world(2, days: 60)
        let odd: [[Double]] = [
            [], [3], [Double](repeating: 0, count: 60), [Double](repeating: .nan, count: 60),
            [Double](repeating: 1e12, count: 60), (0..<60).map { Double($0 % 2) * 1e-12 },
            (0..<60).map { $0 % 3 == 0 ? .nan : -1e12 * Double($0) },
        ]
        var panel = DemandPanel(axis: good.axis)
        var columns = RegressorPanel(names: regressors.names, values: [])
        for (series, cells) in (odd + [good.cells(0), good.cells(1)]).enumerated() {
            panel.append(name: "s\(series)", key: SeriesKey(sku: SKU.Index(series)), start: 0, cells)
            var rows = Array(regressors.values[series % 2].prefix(2 * (cells.count + 7)))
            if series == 4 { rows = rows.enumerated().map { $0.offset % 2 == 0 ? 1e11 * $0.element : $0.element } }
            columns.values.append(rows)
        }
        let effects = try await RegressorEffects(panel, columns, horizon: 7, season: 7, threads: 1)
        let options = UnivariateOptions(horizon: 7, seasons: [7], levels: [0.1, 0.9])
        let base = try await forecast(series: 0..<panel.seriesCount, of: effects.baseline, options, threads: 1)
        for series in 0..<panel.seriesCount {
            let made = effects.applied(to: base[series], series: series, levels: options.levels)
            #expect(made.mean.allSatisfy(\.isFinite) && made.quantiles.allSatisfy(\.isFinite), "\(series)")
        }
    }
}
