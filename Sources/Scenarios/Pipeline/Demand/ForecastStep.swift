import Datasets
import Forecasting
import Retail

/// What the forecast may see and how far it looks.
struct ForecastStep {
    /// Raised when the way from a data set to a forecast changes, so that stored forecasts are not mistaken for new.
    static let version = "3"
    /// The plan looks at least this far, though the clock may end sooner: lead times reach beyond the promotion.
    static let leastHorizon = 14

    let dataset: Dataset
    let horizon: Int
    let request: String
    let options = ForecastOptions()

    /// - Parameter trade: effects to take out of the past, so that what is forecast is demand at ordinary prices.
    init(_ scenario: Scenario, _ dataset: Dataset, trade: TradeEffects? = nil) {
        let end = dataset.demand.axis.index(of: scenario.demand.historyThrough) + 1
        self.init(
            dataset.before(end),
            horizon: max(
                Self.leastHorizon, scenario.leastForecast,
                scenario.clock.end - (scenario.demand.historyThrough + 1)),
            through: "\(scenario.demand.historyThrough)", trade)
    }

    /// The whole history of a data set, `horizon` steps ahead.
    init(whole dataset: Dataset, horizon: Int, trade: TradeEffects? = nil) {
        self.init(dataset, horizon: max(1, horizon), through: "whole", trade)
    }

    private init(_ past: Dataset, horizon: Int, through: String, _ trade: TradeEffects?) {
        var dataset = past
        if let trade { dataset.demand = trade.baseline(past.demand) }
        self.dataset = dataset
        self.horizon = horizon
        let question = [
            "granary forecast \(Self.version)", dataset.fingerprint, through, "\(horizon)",
            String(describing: options),
        ]
        let cleaned = trade == nil ? [] : ["at ordinary prices \(Self.digest(dataset.demand))"]
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

    /// The series with the total of each channel, whose intervals are those of the sum: sums of intervals of single SKUs
    /// would either ignore what they share or count it 800 times.
    private func withTotals(_ made: ReconciledForecast) -> Forecast {
        var result = made.series
        guard dataset.demand.keys.contains(where: { $0.channel != nil }) else { return result }
        // With one channel the grand total is the channel's.
        let level = made.hierarchy.levels.firstIndex { $0.attributes == ["channel"] } ?? 0
        let totals = made.level(level)
        guard level > 0 || made.hierarchy.levels[0].attributes.isEmpty else { return result }
        for g in totals.keys.indices {
            let member = made.hierarchy.levels[level].of.firstIndex(of: Int32(g))
            guard let channel = member.flatMap({ made.series.keys[$0].channel }) else { continue }
            result.keys.append(SeriesKey(channel: channel))
            result.names.append("*/\(dataset.channels[channel.position].code)")
            result.choices.append(totals.choices[g])
        }
        result.mean += totals.mean
        result.quantiles += totals.quantiles
        return result
    }

    /// The stored forecast of this request, else a new one that is stored.
    func run(
        cache: ForecastCache, threads: Int, progress: @escaping @Sendable (Double) -> Void
    ) async throws(PipelineError) -> (forecast: Forecast, digest: String?) {
        do {
            if let known = try cache.find(request) { return known }
        } catch { throw .store(error) }
        let made: Forecast
        do {
            made = withTotals(
                try await forecast(
                    dataset, horizon: horizon, options: options, threads: threads,
                    progress: { done, all in progress(Double(done) / Double(max(1, all))) }
                ).reconciled)
        } catch { throw .forecast(error) }
        do {
            guard let digest = try cache.keep(request, made) else { return (made, nil) }
            // What was stored is what runs: the same bytes now and on every repeat.
            return try cache.find(request) ?? (made, digest)
        } catch { throw .store(error) }
    }
}
