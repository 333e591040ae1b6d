import Foundation
import Retail
import Synchronization
import Testing

@testable import Forecasting

@Suite("Forecast of a panel") struct ForecastTests {
    @Test("The number of threads changes no bit, and progress ends at all series")
    func threads() async throws {
        let (panel, calendar) = shop(series: 70, days: 120)
        let last = LastProgress()
        let one = try await forecast(panel, calendar: calendar, horizon: 6, threads: 1) { last.note($0, $1) }
        let two = try await forecast(panel, calendar: calendar, horizon: 6, threads: 2)
        #expect(one.canonicalBytes == two.canonicalBytes)
        #expect(one == two)
        #expect(last.most == [70, 70])
        expectSound(one)
    }

    @Test("Closed days are forecast as exactly zero, quantiles too; the forecast starts the day after the panel")
    func closedDays() async throws {
        let (panel, calendar) = shop(series: 6, days: 100)
        let made = try await forecast(panel, calendar: calendar, horizon: 14, threads: 1)
        #expect(made.axis.origin == monday + 100)
        for step in 0..<14 where !calendar.isOpen(made.axis.day(step)) {
            for s in 0..<6 {
                #expect(made.mean(s, step) == 0)
                for level in made.levels.indices { #expect(made.quantile(s, step, level: level) == 0) }
            }
        }
        #expect((0..<14).contains { made.mean(0, $0) > 0 })
    }

    static let parted: [ForecastModel] = [
        .series(.ets), .series(.theta), .series(.ces), .series(.arima), .series(.tsb), .series(.seasonalMean), .ridge,
        .combination,
    ]

    @Test("The parts of every forecast add up to its mean over the horizon", arguments: parted)
    func parts(model: ForecastModel) async throws {
        let (panel, calendar) = shop(series: 9, days: 110)
        var options = ForecastOptions()
        if model != .combination { options.models = [model] }
        let made = try await forecast(panel, calendar: calendar, horizon: 9, options: options, threads: 1)
        for s in 0..<9 {
            let total = (0..<9).map { made.mean(s, $0) }.reduce(0, +)
            let sum = made.choices[s].parts.map(\.units).reduce(0, +)
            #expect(abs(total - sum) < 1e-9 * max(1, total))
            #expect(model == .combination || made.choices[s].model == model.rawValue)
        }
    }

    @Test("Measured in another unit the same demand has the same forecast")
    func scale() async throws {
        let (panel, calendar) = shop(series: 12, days: 100)
        var scaled = DemandPanel(axis: panel.axis)
        for s in 0..<12 {
            scaled.append(
                name: panel.names[s], key: panel.keys[s], start: Int(panel.starts[s]), panel.cells(s).map { $0 * 64 })
        }
        let one = try await forecast(panel, calendar: calendar, horizon: 8, threads: 1)
        let other = try await forecast(scaled, calendar: calendar, horizon: 8, threads: 1)
        #expect(one.choices.map(\.model) == other.choices.map(\.model))
        for (a, b) in zip(one.mean, other.mean) { #expect(abs(64 * a - b) <= 1e-6 * max(1, b)) }
        for (a, b) in zip(one.quantiles, other.quantiles) { #expect(abs(64 * a - b) <= 1e-6 * max(1, b)) }
    }

    static let additive: [ForecastModel] = [
        .series(.seasonalNaive), .series(.seasonalMean), .series(.windowAverage), .series(.naive), .series(.drift),
    ]

    @Test("A constant added to the demand is added to the forecast of additive models", arguments: additive)
    func shift(model: ForecastModel) async throws {
        let noise = normals(11, 90)
        let cells = (0..<90).map { (k: Int) -> Double in (40 + 6 * noise[k] + 3 * Double(k % 7)).rounded() }
        var options = ForecastOptions()
        options.models = [model]
        let panel = dailyPanel([cells, cells.map { $0 + 512 }])
        let made = try await forecast(panel, calendar: BusinessCalendar(), horizon: 10, options: options, threads: 1)
        for step in 0..<10 { #expect(abs(made.mean(0, step) + 512 - made.mean(1, step)) < 1e-4) }
    }

    @Test("No model is chosen that seasonal naive or the same-weekday mean beat by more than the noise")
    func benchmarks() async throws {
        let (panel, calendar) = shop(series: 60, days: 120)
        let made = try await forecast(panel, calendar: calendar, horizon: 7, threads: 2)
        // Six windows of a week, six of seven days open.
        let noise = 1 + 1 / (36.0).squareRoot()
        var (chosen, naive) = (0.0, 0.0)
        for choice in made.choices where choice.note.isEmpty {
            let scores = Dictionary(uniqueKeysWithValues: choice.scores.map { ($0.model, $0.error) })
            let own = try #require(scores[choice.model])
            for name in ["seasonal_naive", "seasonal_mean"] { #expect(own <= noise * (scores[name] ?? 0) + 1 / 6) }
            #expect(zip(choice.scores, choice.scores.dropFirst()).allSatisfy { $0.error <= $1.error })
            chosen += own
            naive += try #require(scores["seasonal_naive"])
        }
        #expect(chosen < naive)
    }

    @Test("A walk is not forecast from its weekday, a weekly shape is")
    func choice() async throws {
        let shape = [2.0, 4, 6, 8, 10, 20, 30]
        var walk = [400.0]
        for step in normals(21, 209) { walk.append(max(0, walk[walk.count - 1] + 8 * step)) }
        let noise = normals(22, 210)
        let weekly = (0..<210).map { (k: Int) -> Double in max(0, 10 * shape[k % 7] + noise[k]) }
        let made = try await forecast(
            dailyPanel([walk, weekly]), calendar: BusinessCalendar(), horizon: 7, threads: 1)
        let seasonal: Set = ["seasonal_naive", "seasonal_mean"]
        #expect(!seasonal.contains(made.choices[0].model))
        for step in 0..<7 { #expect(abs(made.mean(1, step) - 10 * shape[step]) < 3) }
    }

    @Test("A missing cell is not a zero")
    func missing() async throws {
        let cells = uniforms(31, 84).map { 20 + ($0 * 10).rounded() }
        let gaps = cells.indices.map { $0 % 4 == 1 ? Double.nan : cells[$0] }
        let zeros = cells.indices.map { $0 % 4 == 1 ? 0 : cells[$0] }
        let made = try await forecast(dailyPanel([gaps, zeros]), calendar: BusinessCalendar(), horizon: 7, threads: 1)
        let means = (0..<2).map { (s: Int) -> Double in (0..<7).map { made.mean(s, $0) }.reduce(0, +) / 7 }
        #expect(means[0] > 20 && means[0] < 30)
        #expect(means[1] < 22)
    }

    @Test("No forecast exceeds twice the largest value ever seen")
    func cap() async throws {
        let cells = (0..<90).map { pow(1.15, Double($0)) }
        let made = try await forecast(dailyPanel([cells]), calendar: BusinessCalendar(), horizon: 60, threads: 1)
        let most = 2 * Double(Float(pow(1.15, 89)))
        #expect(made.mean.allSatisfy { $0 <= most })
    }
}

/// The largest pair of numbers that a progress callback saw.
private final class LastProgress: Sendable {
    private let values = Mutex([0, 0])
    var most: [Int] { values.withLock { $0 } }
    func note(_ done: Int, _ total: Int) {
        values.withLock { $0 = [max($0[0], done), max($0[1], total)] }
    }
}
