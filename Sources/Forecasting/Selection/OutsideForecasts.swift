import Retail

/// Forecasts of all series of a panel that were made elsewhere, at its past origins and in earnest: a candidate that is
/// weighed like any other.
struct OutsideForecasts: Sendable {
    let horizon: Int
    /// By the axis cell of the origin: row-major series x horizon.
    private let means: [Int: [Float]]
    private let origins: [Int]

    init(horizon: Int, means: [Int: [Float]]) {
        self.horizon = horizon
        self.means = means
        origins = means.keys.sorted()
    }

    /// What was said at the last origin up to a cell about that cell; nil where there was none within the horizon.
    func value(series: Int, origin cell: Int, at: Int) -> Double? {
        guard let origin = origins.last(where: { $0 <= cell }), at - origin < horizon else { return nil }
        return means[origin].map { Double($0[series * horizon + at - origin]) }
    }
}

extension OutsideForecasts {
    /// The global engine's word on the series of a data set and their totals, in the order of `hierarchy`'s nodes.
    ///
    /// - Returns: nil for axes that the engine does not know, or where no origin has enough history.
    static func global(
        _ dataset: Dataset, attributes: [SeriesAttribute], levels: [[String]], horizon: Int, options: ForecastOptions,
        threads: Int
    ) async throws(ForecastError) -> OutsideForecasts? {
        var panel: SalesPanel
        do { panel = try SalesPanel(dataset, horizon: horizon) } catch { return nil }
        panel.attributes = attributes
        var engine = GlobalOptions.retail(panel)
        engine.levels = levels
        let end = dataset.demand.axis.count
        let stride = options.stride(horizon: horizon, step: dataset.demand.axis.step)
        let origins = [end] + (0..<options.origins).map { end - horizon - $0 * stride }
        var means: [Int: [Float]] = [:]
        for origin in origins where origin > 8 * max(1, dataset.demand.axis.step.defaultSeason) {
            do {
                means[origin] = try await forecastHierarchy(
                    panel.before(origin), horizon: horizon, options: engine, threads: threads
                ).mean
            } catch .cancelled { throw .cancelled } catch { continue }
        }
        return means[end] == nil || means.count < 2 ? nil : OutsideForecasts(horizon: horizon, means: means)
    }
}
