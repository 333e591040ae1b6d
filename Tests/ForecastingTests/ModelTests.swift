import Foundation
import NumericCore
import Retail
import Testing

@testable import Forecasting

@Suite("Models") struct ModelTests {
    private func window(_ series: OpenSeries, _ timeline: Timeline) -> [ForecastWindow] {
        [finalWindow(series, timeline)]
    }

    @Test("Croston's forecast of a textbook series is the ratio of smoothed sizes and intervals")
    func croston() {
        // Demands 3, 5, 2 after 2, 3, 1 steps. By hand with alpha 0.2: sizes 3, 3.4, 3.12; intervals 2, 2.2, 1.96.
        let (series, _) = openSeries([0, 3, 0, 0, 5, 2])
        let events = DemandEvents(series, known: series.count)
        #expect(events.sizes == [3, 5, 2] && events.intervals == [2, 3, 1])
        #expect(abs(crostonRate(events, alpha: 0.2) - 3.12 / 1.96) < 1e-15)
    }

    @Test("The correction of Syntetos and Boylan is one factor, 1 - alpha / 2, on Croston's rate")
    func syntetosBoylan() {
        // With one demand nothing is left to optimise: alpha is 0.1 for both.
        let (series, timeline) = openSeries([0, 0, 0, 8, 0])
        var (plain, corrected) = ([0.0, 0, 0], [0.0, 0, 0])
        _ = Forecasting.croston(corrected: false, series, window(series, timeline), &plain)
        _ = Forecasting.croston(corrected: true, series, window(series, timeline), &corrected)
        #expect(plain == [2, 2, 2])
        for (a, b) in zip(plain, corrected) { #expect(abs(b - 0.95 * a) < 1e-15) }
    }

    @Test("The method of Teunter, Syntetos and Babai decays geometrically while nothing sells")
    func teunter() {
        var state = TSBState(size: 4, chance: 0.5)
        state.update(6, alpha: 0.5, beta: 0.2)
        #expect(state.size == 5 && abs(state.chance - 0.6) < 1e-15)
        for _ in 0..<3 { state.update(0, alpha: 0.5, beta: 0.2) }
        #expect(state.size == 5 && abs(state.chance - 0.6 * 0.8 * 0.8 * 0.8) < 1e-15)
    }

    @Test("Simple smoothing is the exponentially weighted mean of the past")
    func simpleSmoothing() {
        let cells = uniforms(1, 40).map { 10 * $0 }
        let (series, timeline) = openSeries(cells)
        let p = SmoothingParameters(alpha: 0.3, beta: 0, phi: 0, gamma: 0)
        let start = SmoothingState(
            series, timeline, known: series.count, form: SmoothingForm(trend: false, season: false))
        var out = [0.0, 0, 0]
        _ = smoothingForecast(p, from: start, series, timeline, window(series, timeline), &out)
        let values = series.values
        var expected = pow(0.7, Double(values.count)) * start.level
        for (k, y) in values.reversed().enumerated() { expected += 0.3 * pow(0.7, Double(k)) * y }
        for value in out { #expect(abs(value - expected) < 1e-12) }
    }

    @Test("A damped trend follows the component form of Gardner and McKenzie")
    func dampedTrend() {
        // The textbook form l = a y + (1 - a)(l + phi b), b = b*(l - l') + (1 - b*) phi b, beta = a b*.
        let (a, share, phi): (Double, Double, Double) = (0.4, 0.25, 0.9)
        let cells = (0..<12).map { (k: Int) -> Double in 5 + 0.7 * Double(k) + (k % 2 == 0 ? 0.5 : -0.25) }
        let (series, timeline) = openSeries(cells)
        let start = SmoothingState(series, timeline, known: 12, form: SmoothingForm(trend: true, season: false))
        var (level, trend) = (start.level, start.trend)
        for y in series.values {
            let before = level
            level = a * y + (1 - a) * (level + phi * trend)
            trend = share * (level - before) + (1 - share) * phi * trend
        }
        let dampings: [Double] = [phi, phi + phi * phi, phi + phi * phi + phi * phi * phi]
        let expected = dampings.map { (d: Double) -> Double in level + d * trend }
        var out = [0.0, 0, 0]
        let p = SmoothingParameters(alpha: a, beta: a * share, phi: phi, gamma: 0)
        let parts = smoothingForecast(p, from: start, series, timeline, window(series, timeline), &out)
        for (made, value) in zip(out, expected) { #expect(abs(made - value) < 1e-12) }
        #expect(abs(parts[.level] + parts[.trend] - out.reduce(0, +)) < 1e-12)
    }

    @Test("Eight parameter sets in lanes have the errors that one after another would give")
    func lanes() {
        // The error of the fit found cannot be above that of a coarse grid run one set at a time.
        let noise = normals(3, 63)
        let cells = (0..<63).map { (k: Int) -> Double in 20 + noise[k] + 4 * Double(k % 7) + 0.1 * Double(k) }
        let (series, timeline) = openSeries(cells, season: 7)
        let form = SmoothingForm(trend: true, season: true)
        let start = SmoothingState(series, timeline, known: 63, form: form)
        func error(_ p: SmoothingParameters) -> Double {
            let steps = (0..<63).map { ForecastWindow(origin: $0, end: $0 + 1, offset: $0) }
            var out = [Double](repeating: 0, count: 63)
            _ = smoothingForecast(p, from: start, series, timeline, steps, &out)
            let misses = zip(out, series.values).map { (f: Double, y: Double) -> Double in f - y }
            return misses.reduce(0) { (sum: Double, miss: Double) -> Double in sum + miss * miss }
        }
        let found = error(fitSmoothing(form, series, timeline, known: 63, from: start))
        var least = Double.infinity
        for alpha in [0.01, 0.05, 0.1, 0.2, 0.4, 0.8] {
            for share in [0, 0.05, 0.2] {
                for gamma in [0, 0.05, 0.2] {
                    let p = SmoothingParameters(alpha: alpha, beta: alpha * share, phi: 0.9, gamma: gamma * (1 - alpha))
                    least = min(least, error(p))
                }
            }
        }
        #expect(found <= least * 1.02)
    }

    @Test("Missing steps move no smoothed state")
    func missing() {
        let cells = [4.0, 6, .nan, 5, .nan, .nan, 7, 3]
        let (gaps, timeline) = openSeries(cells)
        let (whole, short) = openSeries(cells.filter { !$0.isNaN })
        let p = SmoothingParameters(alpha: 0.3, beta: 0, phi: 0, gamma: 0)
        let form = SmoothingForm(trend: false, season: false)
        var (a, b) = ([0.0, 0, 0], [0.0, 0, 0])
        _ = smoothingForecast(
            p, from: SmoothingState(gaps, timeline, known: 8, form: form), gaps, timeline, window(gaps, timeline), &a)
        _ = smoothingForecast(
            p, from: SmoothingState(whole, short, known: 5, form: form), whole, short, window(whole, short), &b)
        #expect(a == b)
        #expect(DemandEvents(gaps, known: 8).intervals == DemandEvents(whole, known: 5).intervals)
    }

    static let weekly: [ForecastModel] = [.seasonalNaive, .seasonalMean, .seasonalSmoothing, .seasonalDampedTrend]

    @Test("A model with a season repeats an exact week, also when Saturdays are closed", arguments: weekly)
    func exactWeek(model: ForecastModel) async throws {
        // Monday to Sunday; what stands on closed Saturdays must not matter.
        let week = [3.0, 5, 8, 13, 21, 999, 34]
        let days = 7 * 14 + 3
        let panel = dailyPanel([(0..<days).map { week[$0 % 7] }])
        var options = ForecastOptions()
        options.models = [model]
        let made = try await forecast(
            panel, calendar: closed(weekday: 6, days: days + 20), horizon: 14, options: options, threads: 1)
        for step in 0..<14 {
            let weekday = (days + step) % 7
            let expected = weekday == 5 ? 0 : week[weekday]
            #expect(abs(made.mean(0, step) - expected) < 1e-9 * 34)
        }
        #expect(made.choices[0].model == model.rawValue)
    }

    @Test("Window averages are the mean of the last four seasons")
    func window() async throws {
        let cells = uniforms(5, 60).map { ($0 * 9).rounded() }
        var options = ForecastOptions()
        options.models = [.windowAverage]
        let made = try await forecast(
            dailyPanel([cells]), calendar: BusinessCalendar(), horizon: 2, options: options, threads: 1)
        let expected = cells.suffix(28).reduce(0, +) / 28
        #expect(abs(made.mean(0, 0) - expected) < 1e-12 && made.mean(0, 1) == made.mean(0, 0))
    }
}
