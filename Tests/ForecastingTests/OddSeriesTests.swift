import Foundation
import Retail
import Testing

@testable import Forecasting

@Suite("Odd series") struct OddSeriesTests {
    @Test("An empty panel gives an empty forecast")
    func emptyPanel() async throws {
        let panel = DemandPanel(axis: TimeAxis(step: .day, origin: monday, count: 30))
        let made = try await forecast(panel, calendar: BusinessCalendar(), horizon: 5, threads: 1)
        #expect(made.keys.isEmpty && made.mean.isEmpty && made.quantiles.isEmpty)
    }

    static let cases: [(name: String, cells: [Double], mean: Double?, note: String)] = [
        ("all missing", [Double](repeating: .nan, count: 60), 0, "nothing observed"),
        ("all zero", [Double](repeating: 0, count: 60), 0, "every observed value is zero"),
        ("one observation", [Double](repeating: .nan, count: 59) + [7], 7, "one observation"),
        ("constant", [Double](repeating: 4, count: 60), 4, "every observed value is the same"),
        ("constant with gaps", (0..<60).map { $0 % 3 == 0 ? .nan : 4 }, 4, "every observed value is the same"),
        ("two values", [Double](repeating: .nan, count: 58) + [2, 4], 3, "too short"),
        ("infinite cell", [.infinity] + (1..<60).map { Double($0 % 7) }, nil, ""),
        ("huge", (0..<60).map { 1e12 * Double(1 + $0 % 7) }, nil, ""),
        ("tiny", (0..<60).map { 1e-12 * Double(1 + $0 % 5) }, nil, ""),
        ("one spike", (0..<60).map { $0 == 30 ? 1e9 : 0 }, nil, ""),
        ("ends in missing cells", (0..<60).map { $0 > 40 ? .nan : Double($0 % 7) }, nil, ""),
        ("negative", (0..<60).map { _ in -5 }, 0, "every observed value is the same"),
    ]

    @Test("Every odd series has a finite, non-negative forecast and a named outcome", arguments: cases.indices)
    func alone(index: Int) async throws {
        let odd = OddSeriesTests.cases[index]
        let made = try await forecast(
            dailyPanel([odd.cells]), calendar: BusinessCalendar(), horizon: 9, threads: 1)
        expectSound(made)
        #expect(made.choices[0].note.hasPrefix(odd.note), "\(odd.name): \(made.choices[0].note)")
        #expect(made.choices[0].note.isEmpty == odd.note.isEmpty, "\(odd.name): \(made.choices[0].note)")
        if let mean = odd.mean {
            for step in 0..<9 { #expect(abs(made.mean(0, step) - mean) < 1e-12, "\(odd.name)") }
        }
    }

    @Test("Odd series change nothing but their own forecast's company: together all stay sound")
    func together() async throws {
        let made = try await forecast(
            dailyPanel(OddSeriesTests.cases.map(\.cells)), calendar: closed(weekday: 7, days: 90), horizon: 9,
            threads: 2)
        expectSound(made)
        #expect(made.choices[0].model == "none")
    }

    @Test("A series that ends early sold nothing since; on bare axes it is forecast from its own end")
    func earlyEnd() async throws {
        let cells = [[Double](repeating: 6, count: 40) + [5], (0..<100).map { 5 + Double($0 % 7) }]
        let panel = dailyPanel(cells, days: 100)
        var options = ForecastOptions()
        options.models = [.series(.windowAverage)]
        let dated = try await forecast(
            panel, calendar: BusinessCalendar(), horizon: 3, options: options, threads: 1)
        #expect(dated.mean(0, 0) == 0 && dated.mean(1, 0) > 0)
        options.ending = .own
        let own = try await forecast(panel, calendar: BusinessCalendar(), horizon: 3, options: options, threads: 1)
        #expect(abs(own.mean(0, 0) - (27 * 6.0 + 5) / 28) < 1e-12)
    }

    @Test("Options that make no sense are named errors")
    func badOptions() async {
        let panel = dailyPanel([[1, 2, 3, 4]])
        let calendar = BusinessCalendar()
        await #expect(throws: ForecastError.horizon(0)) {
            try await forecast(panel, calendar: calendar, horizon: 0, threads: 1)
        }
        await #expect(throws: ForecastError.levels([0.5, 0.5])) {
            try await forecast(panel, calendar: calendar, horizon: 1, options: .init(levels: [0.5, 0.5]), threads: 1)
        }
        await #expect(throws: ForecastError.levels([0, 0.5])) {
            try await forecast(panel, calendar: calendar, horizon: 1, options: .init(levels: [0, 0.5]), threads: 1)
        }
        await #expect(throws: ForecastError.season(0)) {
            try await forecast(panel, calendar: calendar, horizon: 1, options: .init(seasons: [0]), threads: 1)
        }
        await #expect(throws: ForecastError.noModels) {
            try await forecast(panel, calendar: calendar, horizon: 1, options: .init(models: []), threads: 1)
        }
        await #expect(throws: ForecastError.tooShort(axis: 4, needed: 4)) {
            try await backtest(shopData(panel), horizon: 2, origins: 2, threads: 1)
        }
    }

    @Test("A cancelled task makes no forecast")
    func cancelled() async throws {
        let (panel, calendar) = shop(series: 40, days: 60)
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await forecast(panel, calendar: calendar, horizon: 5, threads: 2)
        }
        task.cancel()
        await #expect(throws: ForecastError.cancelled) { try await task.value }
    }
}

/// Finite, non-negative, quantiles in order, one choice per series.
func expectSound(_ made: Forecast, _ place: SourceLocation = #_sourceLocation) {
    #expect(made.mean.count == made.keys.count * made.horizon, sourceLocation: place)
    #expect(made.mean.allSatisfy { $0.isFinite && $0 >= 0 }, sourceLocation: place)
    #expect(made.quantiles.allSatisfy { $0.isFinite && $0 >= 0 }, sourceLocation: place)
    #expect(made.choices.count == made.keys.count, sourceLocation: place)
    for s in made.keys.indices {
        for step in 0..<made.horizon {
            for level in made.levels.indices.dropFirst() {
                #expect(
                    made.quantile(s, step, level: level) >= made.quantile(s, step, level: level - 1),
                    sourceLocation: place)
            }
        }
    }
}
