import Foundation
import NumericCore
import Retail
import Testing

@testable import Forecasting

@Suite("Ridge regression") struct RidgeTests {
    private let days = 120
    private let calendar: BusinessCalendar = {
        var listed = (0..<160).map { monday + $0 }.filter { $0.weekday == 6 }
            .map { CalendarDay(day: $0, isOpen: false, event: "") }
        listed.append(CalendarDay(day: monday + 30, isOpen: true, event: "fair"))
        listed.append(CalendarDay(day: monday + 124, isOpen: true, event: "fair"))
        return BusinessCalendar(listed)
    }()

    /// The minimiser of the penalised squares by Gaussian elimination on plainly summed normal equations.
    private func bruteForce(_ features: CalendarFeatures, _ series: OpenSeries, origin: Int, weights: [Double])
        -> [Double]
    {
        let p = features.columns
        var a = [[Double]](repeating: [Double](repeating: 0, count: p + 1), count: p)
        for step in series.first..<origin {
            let row = Array(features.design.row(step))
            let w = series.weights[step - series.first] * weights[step] / weights[origin - 1]
            for i in 0..<p {
                for j in 0..<p { a[i][j] += w * row[i] * row[j] }
                a[i][p] += w * row[i] * series.values[step - series.first]
            }
        }
        for i in 0..<p { a[i][i] += features.penalty[i] }
        for i in 0..<p {
            let pivot = (i..<p).max { abs(a[$0][i]) < abs(a[$1][i]) } ?? i
            a.swapAt(i, pivot)
            for k in i + 1..<max(p, i + 1) {
                let factor = a[k][i] / a[i][i]
                for j in i...p { a[k][j] -= factor * a[i][j] }
            }
        }
        var x = [Double](repeating: 0, count: p)
        for i in (0..<p).reversed() {
            x[i] = a[i][p]
            for j in i + 1..<max(p, i + 1) { x[i] -= a[i][j] * x[j] }
            x[i] /= a[i][i]
        }
        return x
    }

    private func product(_ effects: [Double], _ row: ArraySlice<Double>) -> Double {
        var sum = 0.0
        for (effect, value) in zip(effects, row) { sum += effect * value }
        return sum
    }

    @Test("Shared factors give every series its own least penalised squares", arguments: [false, true])
    func equalsBruteForce(gaps: Bool) async throws {
        var cells = [9, 17].map { (start: Int) -> [Double] in
            let draws = uniforms(start, days)
            return (0..<days).map { (day: Int) -> Double in day < start ? .nan : (draws[day] * 20).rounded() }
        }
        if gaps { for k in stride(from: 40, to: 60, by: 3) { cells[0][k] = .nan } }
        let panel = dailyPanel(cells)
        let context = try await ForecastContext(
            panel, calendar: calendar, horizon: 10, options: ForecastOptions(models: [.ridge]), threads: 1)
        let bank = try #require(context.bank)
        for s in 0..<2 {
            let series = context.series(s)
            #expect(series.isComplete == !(gaps && s == 0))
            var windows = context.windows(series)
            var last = finalWindow(series, context.timeline)
            last.offset = windows.map(\.count).reduce(0, +)
            windows.append(last)
            var out = [Double](repeating: 0, count: last.offset + last.count)
            let parts = try #require(ridgeRegression(bank, series, windows, &out))
            for window in windows {
                let effects = bruteForce(bank.features, series, origin: window.origin, weights: bank.weights)
                for step in window.origin..<window.end {
                    let expected = product(effects, bank.features.design.row(step))
                    #expect(abs(out[window.offset + step - window.origin] - expected) < 1e-8)
                }
            }
            let total = out.suffix(last.count).reduce(0, +)
            let sum = Parts.Kind.allCases.reduce(0) { $0 + parts[$1] }
            #expect(abs(sum - total) < 1e-9)
        }
    }

    @Test("Ridge from shared factors is NumericCore's ridge")
    func equalsLibrary() async throws {
        let cells = uniforms(8, days).map { ($0 * 12).rounded() }
        let context = try await ForecastContext(
            dailyPanel([cells]), calendar: calendar, horizon: 7, options: ForecastOptions(models: [.ridge]), threads: 1)
        let bank = try #require(context.bank)
        let series = context.series(0)
        let window = finalWindow(series, context.timeline)
        var out = [Double](repeating: 0, count: window.count)
        _ = ridgeRegression(bank, series, [window], &out)
        let p = bank.features.columns
        let design = Matrix(
            rows: series.count, columns: p, Array(bank.features.design.elements.prefix(series.count * p)))
        let weights = (0..<series.count).map { bank.weights[$0] / bank.weights[series.count - 1] }
        let effects = try ridge(
            design: design, target: series.values, weights: weights, penalty: bank.features.penalty)
        for step in window.origin..<window.end {
            let expected = product(effects, bank.features.design.row(step))
            #expect(abs(out[step - window.origin] - expected) < 1e-8)
        }
    }

    @Test("An event seen once lifts the day it comes again, and its part says so")
    func event() async throws {
        var cells = (0..<days).map { (day: Int) -> Double in 10 + Double(day % 7) }
        cells[30] += 60
        var options = ForecastOptions()
        options.models = [.ridge]
        let made = try await forecast(
            dailyPanel([cells]), calendar: calendar, horizon: 7, options: options, threads: 1)
        let neighbours = (made.mean(0, 3) + made.mean(0, 6)) / 2
        #expect(made.mean(0, 4) > neighbours + 10)
        let events = made.choices[0].parts.first { $0.name == "events" }
        #expect((events?.units ?? 0) > 10)
    }

    @Test("The days before Christmas are a feature only where the history holds some")
    func christmas() {
        func columns(_ origin: Day) -> Int {
            let axis = TimeAxis(step: .day, origin: origin, count: 60)
            let timeline = Timeline(axis: axis, calendar: BusinessCalendar(), horizon: 5, season: 7)
            return CalendarFeatures(axis: axis, calendar: BusinessCalendar(), timeline: timeline).columns
        }
        let spring = columns(Day(number: 18_322))
        let autumn = columns(Day(number: 18_580))
        #expect(spring == 1 + 7 + 1)
        #expect(autumn > spring)
    }
}
