import Datasets
import Forecasting
import Retail

/// What the forecast may see and how far it looks.
struct ForecastStep {
    /// Raised when the way from a data set to a forecast changes, so that stored forecasts are not mistaken for new.
    static let version = "1"
    /// The plan looks at least this far, though the clock may end sooner: lead times reach beyond the promotion.
    static let leastHorizon = 14

    let panel: DemandPanel
    let horizon: Int
    let request: String
    let options: ForecastOptions

    /// - Parameter trade: effects to take out of the past, so that what is forecast is demand at ordinary prices.
    init(_ scenario: Scenario, _ dataset: Dataset, trade: TradeEffects? = nil) {
        let axis = dataset.demand.axis
        let end = axis.index(of: scenario.demand.historyThrough) + 1
        let past = dataset.demand.before(end)
        panel = Self.withTotals(trade?.baseline(past) ?? past, channels: dataset.channels.map(\.code))
        let asked = scenario.clock.end - (scenario.demand.historyThrough + 1)
        horizon = max(Self.leastHorizon, scenario.leastForecast, asked)
        options = ForecastOptions()
        let question = [
            "granary forecast \(Self.version)", dataset.fingerprint, "\(scenario.demand.historyThrough)", "\(horizon)",
            String(describing: options),
        ]
        let cleaned = trade == nil ? [] : ["at ordinary prices \(Self.digest(panel))"]
        request = Fingerprint.sha256((question + cleaned).joined(separator: "\n"))
    }

    /// What is taken out of the past is told by what is left of it.
    private static func digest(_ panel: DemandPanel) -> String {
        var fingerprint = Fingerprint()
        var bytes: [UInt8] = []
        for value in panel.values {
            withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
        }
        fingerprint.update(bytes)
        return fingerprint.hexadecimal()
    }

    /// The whole history of a data set, `horizon` steps ahead.
    init(whole dataset: Dataset, horizon: Int, trade: TradeEffects? = nil) {
        panel = Self.withTotals(
            trade?.baseline(dataset.demand) ?? dataset.demand, channels: dataset.channels.map(\.code))
        self.horizon = max(1, horizon)
        options = ForecastOptions()
        let question = [
            "granary forecast \(Self.version)", dataset.fingerprint, "whole", "\(self.horizon)",
            String(describing: options),
        ]
        let cleaned = trade == nil ? [] : ["at ordinary prices \(Self.digest(panel))"]
        request = Fingerprint.sha256((question + cleaned).joined(separator: "\n"))
    }

    /// The panel with a series for the total of each channel: its intervals are measured on the total, where sums of
    /// intervals of single SKUs would either ignore what they share or count it 800 times.
    private static func withTotals(_ panel: DemandPanel, channels: [String]) -> DemandPanel {
        var result = panel
        let count = panel.axis.count
        for channel in channels.indices {
            var sums = [Double](repeating: .nan, count: count)
            for series in panel.keys.indices where panel.keys[series].channel?.position == channel {
                guard panel.keys[series].sku != nil else { continue }
                let start = Int(panel.starts[series])
                for (i, cell) in panel.cells(series).enumerated() where !cell.isNaN {
                    sums[start + i] = (sums[start + i].isNaN ? 0 : sums[start + i]) + cell
                }
            }
            guard let first = sums.firstIndex(where: { !$0.isNaN }) else { continue }
            result.append(
                name: "*/\(channels[channel])", key: SeriesKey(channel: Channel.Index(channel)), start: first,
                Array(sums[first...]))
        }
        return result
    }

    /// The stored forecast of this request, else a new one that is stored.
    func run(
        _ calendar: BusinessCalendar, cache: ForecastCache, threads: Int,
        progress: @escaping @Sendable (Double) -> Void
    ) async throws(PipelineError) -> (forecast: Forecast, digest: String?) {
        do {
            if let known = try cache.find(request) { return known }
        } catch { throw .store(error) }
        let made: Forecast
        do {
            made = try await forecast(
                panel, calendar: calendar, horizon: horizon, options: options, threads: threads,
                progress: { done, all in progress(Double(done) / Double(max(1, all))) })
        } catch { throw .forecast(error) }
        do {
            guard let digest = try cache.keep(request, made) else { return (made, nil) }
            // What was stored is what runs: the same bytes now and on every repeat.
            return try cache.find(request) ?? (made, digest)
        } catch { throw .store(error) }
    }
}
