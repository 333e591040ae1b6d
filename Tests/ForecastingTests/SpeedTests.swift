import Forecasting
import Retail
import Testing

@Suite struct SpeedTests {
    @Test("A year of daily demand is forecast for every series (prints series per second)")
    func seriesPerSecond() async throws {
        // Debug builds run lanes of numbers a hundred times slower: a small panel says as little there.
        var count = 2_400
        assert(
            {
                count = 24
                return true
            }())
        let (panel, calendar) = shop(series: count, days: 360)
        for horizon in [5, 14] {
            let clock = ContinuousClock()
            let started = clock.now
            let made = try await forecast(panel, calendar: calendar, horizon: horizon, threads: 1)
            let took = clock.now - started
            let seconds = Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18
            print(
                "\(count) series x 360 days, horizon \(horizon): \(Int(Double(count) / seconds)) series/s on one core")
            print(made.modelCounts().map { "\($0.model) \($0.series)" }.joined(separator: ", "))
            #expect(made.keys.count == count)
        }
    }
}
