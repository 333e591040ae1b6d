import Forecasting
import Retail
import Testing

@Test("An empty panel gives an empty forecast")
func emptyPanel() async throws {
    let panel = DemandPanel(axis: TimeAxis(step: .day, origin: Day(number: 15_000), count: 30))
    let forecast = try await forecast(panel, calendar: BusinessCalendar(), horizon: 5, threads: 1)
    #expect(forecast.keys.isEmpty && forecast.mean.isEmpty && forecast.quantiles.isEmpty)
}
