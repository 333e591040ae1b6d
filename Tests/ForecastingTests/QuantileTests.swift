import Foundation
import Retail
import Testing

@testable import Forecasting

@Suite("Quantiles") struct QuantileTests {
    @Test("Nine in ten of new observations fall between the 5 % and the 95 % quantile")
    func coverage() async throws {
        // Noise of very different size around a weekly shape: what is pooled must be free of scale.
        let (series, days, horizon) = (120, 105, 7)
        let truth = (0..<series).map { (s: Int) -> [Double] in
            let noise = normals(1_000 + s, days + horizon)
            let level = Double(20 * (1 + s % 10))
            let spread = level * (s % 2 == 0 ? 0.1 : 0.2)
            return noise.indices.map { (day: Int) -> Double in
                max(0, level * (1 + 0.1 * Double(day % 7)) + spread * noise[day])
            }
        }
        var options = ForecastOptions()
        options.models = [.series(.seasonalMean), .series(.windowAverage)]
        let made = try await forecast(
            dailyPanel(truth.map { Array($0.prefix(days)) }), calendar: BusinessCalendar(), horizon: horizon,
            options: options, threads: 2)
        var below = [Double](repeating: 0, count: made.levels.count)
        for s in 0..<series {
            for step in 0..<horizon {
                for k in below.indices where truth[s][days + step] <= made.quantile(s, step, level: k) { below[k] += 1 }
            }
        }
        for (k, level) in made.levels.enumerated() {
            #expect(abs(below[k] / Double(series * horizon) - level) < 0.05, "level \(level)")
        }
    }

    @Test("Slow movers have a zero lower quantile and an upper one above the mean")
    func counts() async throws {
        let cells = (0..<60).map { (s: Int) -> [Double] in uniforms(s, 140).map { $0 < 0.15 ? 1 : 0 } }
        let made = try await forecast(dailyPanel(cells), calendar: BusinessCalendar(), horizon: 5, threads: 2)
        for s in 0..<60 {
            #expect(made.quantile(s, 0, level: 0) == 0)
            #expect(made.quantile(s, 0, level: made.levels.count - 1) > made.mean(s, 0))
        }
    }

    @Test("The quantile of a sample interpolates between its order statistics")
    func sample() {
        // R's default (type 7): quantile(c(1, 2, 4, 8), c(0, .25, .5, .9, 1)) is 1, 1.75, 3, 6.8, 8.
        let sorted = [1.0, 2, 4, 8]
        for (level, value) in [(0.0, 1.0), (0.25, 1.75), (0.5, 3), (0.9, 6.8), (1, 8)] {
            #expect(abs(sampleQuantile(sorted, level) - value) < 1e-12)
        }
        #expect(sampleQuantile([5], 0.3) == 5)
    }

    @Test("Without anything to learn from, the spread is that of a Poisson count")
    func poisson() async throws {
        var options = ForecastOptions()
        options.levels = [0.5, 0.841_344_746_068_542_9]
        let made = try await forecast(
            dailyPanel([[.nan, .nan, 100]]), calendar: BusinessCalendar(), horizon: 1, options: options, threads: 1)
        #expect(abs(made.quantile(0, 0, level: 0) - 100) < 1e-9)
        #expect(abs(made.quantile(0, 0, level: 1) - 110) < 1e-6)
    }
}
