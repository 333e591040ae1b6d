import Foundation
import NumericCore
import Retail
import Testing

@testable import Forecasting

@Suite("Models") struct ModelTests {
    static let weekly: [ForecastModel] = [.series(.seasonalNaive), .series(.seasonalMean)]

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
            #expect(
                abs(made.mean(0, step) - expected) < 1e-9 * 34)
        }
        #expect(made.choices[0].model == model.rawValue)
    }

    @Test("Window averages are the mean of the last four seasons")
    func window() async throws {
        let cells = uniforms(5, 60).map { ($0 * 9).rounded() }
        var options = ForecastOptions()
        options.models = [.series(.windowAverage)]
        let made = try await forecast(
            dailyPanel([cells]), calendar: BusinessCalendar(), horizon: 2, options: options, threads: 1)
        let expected = cells.suffix(28).reduce(0, +) / 28
        #expect(abs(made.mean(0, 0) - expected) < 1e-12 && made.mean(0, 1) == made.mean(0, 0))
    }
}
