import Forecasting
import NumericCore
import Retail

/// Daily series of a year forecast with the combination of the models that suit them, against the seasonal naive forecast alone.
func measureForecast() async throws -> [Measure] {
    let series = 1_000
    let panel = syntheticPanel(series: series, days: 365)
    func seconds(_ options: ForecastOptions) async throws -> Double {
        try await medianSeconds(rounds: 3) {
            let result = try await forecast(
                panel, calendar: BusinessCalendar(), horizon: 14, options: options, threads: 1)
            precondition(result.keys.count == series)
        }
    }
    let chosen = try await seconds(ForecastOptions())
    let naive = try await seconds(ForecastOptions(models: [.series(.seasonalNaive)]))
    return [
        Measure(
            name: "forecast, all models, one thread", unit: "series", count: Double(series), seconds: chosen,
            yardstick: "the seasonal naive forecast alone", yardstickRate: Double(series) / naive)
    ]
}

/// Poisson demand with a weekly season, means from a fraction of a unit to some dozens a day.
private func syntheticPanel(series: Int, days: Int) -> DemandPanel {
    let season = [1.0, 0.9, 0.9, 1.0, 1.3, 1.6, 1.4]
    var panel = DemandPanel(axis: TimeAxis(step: .day, origin: Day(number: 14_975), count: days))
    for s in 0..<series {
        var random = RandomStream(seed: 7, stream: 113, entity: UInt64(s), replication: 0)
        let mean = 0.2 * Double(1 + s % 100)
        let cells = (0..<days).map { Double(random.poisson(mean: mean * season[$0 % 7])) }
        panel.append(name: "series \(s)", key: SeriesKey(sku: SKU.Index(s)), start: 0, cells)
    }
    return panel
}
