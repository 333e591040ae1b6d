import Foundation
import NumericCore
import Retail
import Testing

@testable import Forecasting

@Suite("Stock-outs are not zero demand") struct CensoredDemandTests {
    @Test("A normal variable above a bound has its textbook moments; a count has those of brute force")
    func moments() {
        // Above its own mean: mean + deviation x sqrt(2 / pi); the mean square is that of the whole.
        let half = normalAbove(5, mean: 5, deviation: 2)
        #expect(abs(half.mean - (5 + 2 * (2 / Double.pi).squareRoot())) < 1e-12)
        #expect(abs(half.square - (4 + 25 + 2 * 5 * 2 * (2 / Double.pi).squareRoot())) < 1e-9)
        let tail = normalAbove(100, mean: 0, deviation: 1)
        #expect(tail.mean > 100 && tail.mean < 100.02)
        let law = NegativeBinomialDistribution(mean: 3, size: 2)
        var (total, sum) = (0.0, 0.0)
        for k in 4..<400 {
            total += law.probability(k)
            sum += law.probability(k) * Double(k)
        }
        #expect(abs(countAbove(4, mean: 3, dispersion: 1 + 3.0 / 2).mean - sum / total) < 1e-7)
    }

    /// Daily demand with a weekly shape, and what is sold of it when a shelf of random depth is filled each morning.
    private func simulated(_ entity: Int, mean: Double, days: Int) -> (demand: [Double], sales: [Double], open: [Bool])
    {
        var stream = RandomStream(
            seed: 11, stream: RandomStreamID.verification.rawValue, entity: UInt64(entity), replication: 0)
        var (demand, sales, open): ([Double], [Double], [Bool]) = ([], [], [])
        for t in 0..<days {
            let shape = [0.8, 0.8, 0.9, 1.0, 1.2, 1.4, 0.9][t % 7]
            let asked = Double(stream.negativeBinomial(mean: mean * shape, size: 6))
            // Two weeks in ten there is no more than what is usual, three days of them nothing at all.
            let shelf = t / 14 % 5 == 4 ? (t % 14 < 3 ? 0 : (mean * 0.9).rounded()) : 1e9
            demand.append(asked)
            sales.append(min(asked, shelf))
            open.append(asked < shelf)
        }
        return (demand, sales, open)
    }

    @Test(
        "The mean of censored demand comes back within 3 %, where sales are more than 5 % short",
        arguments: [4.0, 20, 150])
    func recovered(mean: Double) {
        var (truth, found, naive) = (0.0, 0.0, 0.0)
        for entity in 0..<8 {
            let (demand, sales, open) = simulated(entity, mean: mean, days: 350)
            let (corrected, report) = dailyPanel([sales]).uncensored(open)
            #expect(report.steps == open.count { !$0 } && report.unknown > 0 && report.raised > 0)
            let cells = corrected.cells(0)
            let known = cells.filter(\.isFinite)
            truth += demand.reduce(0, +) / 350
            found += known.reduce(0, +) / Double(known.count)
            naive += sales.reduce(0, +) / 350
        }
        #expect(abs(found / truth - 1) < 0.03)
        #expect(naive / truth < 0.95)
    }

    @Test("Without flags, and where all is in stock, nothing changes; a series never in stock says so")
    func unchanged() {
        let panel = dailyPanel([[1, 2, 0, 4], [3, 0, 1, 2]])
        #expect(panel.uncensored([]).panel == panel)
        #expect(panel.uncensored([Bool](repeating: true, count: 8)).panel == panel)
        let never = panel.uncensored([false, false, false, false, true, true, true, true])
        #expect(never.report.neverInStock == 1)
        #expect(never.panel.cells(1) == [3, 0, 1, 2])
        #expect(never.panel.cells(0)[2].isNaN)
    }

    @Test("A forecast of censored sales is near the demand's, one of the sales as they are is not")
    func forecasts() async throws {
        var (truth, found, naive) = (0.0, 0.0, 0.0)
        let series = (0..<12).map { simulated($0, mean: 30, days: 350) }
        let panel = dailyPanel(series.map(\.sales))
        var options = ForecastOptions()
        options.models = [.series(.windowAverage)]
        var data = shopData(panel)
        data.demandInStock = series.flatMap(\.open)
        let made = try await forecast(data, horizon: 14, options: options, method: .bottomUp, threads: 2)
        let plain = try await forecast(shopData(panel), horizon: 14, options: options, method: .bottomUp, threads: 2)
        for s in 0..<12 {
            truth += series[s].demand.suffix(28).reduce(0, +) / 28
            found += made.reconciled.series.mean(s, 0)
            naive += plain.reconciled.series.mean(s, 0)
        }
        #expect(abs(found / truth - 1) < 0.08)
        #expect(naive / truth < 0.9)
    }

    @Test("A stretch of zeros too long for chance is reported where it is, ordinary zeros are not")
    func zeroRuns() throws {
        var often = uniforms(3, 200).map { $0 < 0.6 ? 2.0 : 0 }
        for t in 120..<150 { often[t] = 0 }
        often[119] = 1
        often[150] = 1
        let rare = uniforms(4, 200).map { $0 < 0.05 ? 1.0 : 0 }
        let late = [Double](repeating: 0, count: 100) + uniforms(5, 100).map { 1 + $0 }
        let runs = dailyPanel([often, rare, late]).suspiciousZeroRuns()
        let run = try #require(runs.first)
        #expect(runs.count == 1 && run.series == 0 && run.steps == 120..<150 && run.chance < 1e-6)
    }
}
