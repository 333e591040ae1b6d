import NumericCore
public import Retail

/// Forecasts the last `origins` windows of a data set, each from what was known before it only (choice of model
/// included), once with the choice and once with plain models, and measures them against what happened, level by level.
///
/// Steps on which an article was sold out are not measured: their demand is not known.
///
/// - Parameters:
///   - origins: Windows measured; they end at the end of the axis and lie `options.stride` apart (the horizon by
///     default). `options.origins` remains the number of past origins used inside each forecast.
///   - models: what the choice is measured beside, bottom-up.
/// - Throws: `ForecastError`, also `tooShort` where the axis does not reach back far enough.
public func backtest(
    _ dataset: Dataset, horizon: Int, origins: Int, options: ForecastOptions = .init(),
    models: [ForecastModel] = [.series(.seasonalNaive), .series(.seasonalMean), .series(.ets)],
    method: ReconciliationMethod = .leastSquares, threads: Int, progress: (@Sendable (Int, Int) -> Void)? = nil
) async throws(ForecastError) -> BacktestReport {
    let panel = dataset.demand
    try options.check(horizon: horizon, axis: panel.axis.count)
    guard origins >= 1 else { throw .origins(origins) }
    let stride = options.stride ?? horizon
    let reach = horizon + (origins - 1) * stride
    guard panel.axis.count > reach else { throw .tooShort(axis: panel.axis.count, needed: reach) }
    let ruler = BacktestRuler(dataset, horizon: horizon, options)
    // Alone means alone: a plain model is measured as it is, the choice with all that belongs to it.
    let runs =
        [("chosen", options, method)]
        + models.map { model -> (String, ForecastOptions, ReconciliationMethod) in
            var alone = options
            alone.models = [model]
            return (model.rawValue, alone, .bottomUp)
        }
    var levels: [String] = []
    var tallies: [String: BacktestTally] = [:]
    for k in (0..<origins).reversed() {
        let back = horizon + k * stride
        let past = dataset.before(panel.axis.count - back)
        for (run, (_, options, method)) in runs.enumerated() {
            let done = (origins - 1 - k) * runs.count + run
            progress?(done, origins * runs.count)
            let made = try await forecast(
                past, horizon: horizon, options: options, method: method, threads: threads
            ).reconciled
            let truth = dataset.truth(made.hierarchy)
            for (l, level) in made.hierarchy.levels.enumerated() {
                if tallies[level.name] == nil {
                    levels.append(level.name)
                    tallies[level.name] = BacktestTally(runs: runs.count)
                }
                let (forecast, weights) = (
                    made.level(l), ruler.weights(level, made.series, before: past.demand.axis.count)
                )
                for row in forecast.keys.indices {
                    guard let place = truth.places[l][forecast.names[row]] else { continue }
                    let series = OpenSeries(truth.panel, place, ruler.timeline, ending: .zeros)
                    guard let window = ruler.window(series, back: back, weight: weights[row]) else { continue }
                    tallies[level.name]?.scores[run].append(window.score(forecast, row))
                    if run == 0 { tallies[level.name]?.naive2.append(window.naive2(forecast.levels.count, ruler)) }
                }
            }
        }
    }
    return BacktestReport(
        horizon: horizon, origins: origins, levels: options.levels, names: runs.map(\.0),
        scores: levels.reversed().compactMap { level in
            tallies[level].map { (level: level, scores: $0.scores, naive2: $0.naive2) }
        })
}

extension Dataset {
    /// What happened to the series of a hierarchy and their totals, by level and name; sold-out steps are missing.
    fileprivate func truth(_ hierarchy: Hierarchy) -> (panel: DemandPanel, places: [[String: Int]]) {
        var panel = demand
        if demandInStock.count == panel.values.count {
            for cell in demandInStock.indices where !demandInStock[cell] { panel.missing[cell] = true }
        }
        let whole = Hierarchy(
            SalesPanel(demand: panel, attributes: SalesPanel.attributes(self)),
            levels: hierarchy.levels.dropLast().map(\.attributes), name: ReconciledForecast.name)
        let places = whole.levels.indices.map { level in
            Dictionary(
                whole.levels[level].groups.enumerated().map { ($1, whole.offsets[level] + $0) },
                uniquingKeysWith: { first, _ in first })
        }
        return (panel.withTotals(whole, calendar: calendar, season: nil), places)
    }
}

/// The scores of one level, by way of forecasting.
private struct BacktestTally {
    var scores: [[WindowScore]]
    var naive2: [WindowScore] = []

    init(runs: Int) { scores = [[WindowScore]](repeating: [], count: runs) }
}

/// What forecasts of a data set are measured with.
private struct BacktestRuler {
    let timeline: Timeline
    let plain: Timeline
    let grid: SeasonGrid
    let horizon: Int
    let levels: [Double]
    private let dataset: Dataset
    private let rows: [String: Int]

    init(_ dataset: Dataset, horizon: Int, _ options: ForecastOptions) {
        let axis = dataset.demand.axis
        let seasons = (options.seasons ?? axis.step.defaultSeasons).sorted()
        timeline = Timeline(axis: axis, calendar: dataset.calendar, horizon: 0, season: seasons.first ?? 1)
        plain = Timeline(axis: axis, calendar: dataset.calendar, horizon: 0, season: 1)
        grid = SeasonGrid(axis: axis, calendar: dataset.calendar, horizon: 0, seasons: seasons)
        (self.horizon, levels, self.dataset) = (horizon, options.levels, dataset)
        rows = Dictionary(
            dataset.demand.names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What the members of each group sold over the last horizon known, at list prices where there are some.
    func weights(_ level: Hierarchy.Level, _ series: Forecast, before end: Int) -> [Double] {
        let panel = dataset.demand
        var weights = [Double](repeating: 0, count: level.groups.count)
        for (s, name) in series.names.enumerated() {
            guard let row = rows[name] else { continue }
            let price = panel.keys[row].sku.flatMap { sku in
                dataset.skus.indices.contains(sku.position) ? dataset.skus[sku.position].listPrice.major : nil
            }
            let (start, from) = (Int(panel.starts[row]), panel.offsets[row])
            for cell in max(
                start, end - horizon)..<max(start, end - horizon, min(end, start + panel.offsets[row + 1] - from))
            where !panel.missing[from + cell - start] {
                weights[Int(level.of[s])] += abs(Double(panel.values[from + cell - start])) * max(price ?? 1, 1e-9)
            }
        }
        return weights
    }

    /// The window of a series that ends so many cells before the end of the axis less the horizon; nil where there is
    /// nothing to measure.
    func window(_ series: OpenSeries, back: Int, weight: Double) -> BacktestWindow? {
        let origin = series.endCell - back
        guard origin > 0 else { return nil }
        let known = Int(timeline.before[origin]) - series.first
        guard known > 0 else { return nil }
        var (actuals, steps): ([Double], [Int]) = ([], [])
        for step in 0..<horizon {
            let open = Int(timeline.before[origin + step])
            guard open < Int(timeline.before[origin + step + 1]), open < series.end else { continue }
            guard series.weights[open - series.first] > 0 else { continue }
            actuals.append(series.values[open - series.first])
            steps.append(step)
        }
        guard !actuals.isEmpty else { return nil }
        return BacktestWindow(
            series: series, origin: origin, actuals: actuals, steps: steps, levels: levels,
            scales: WindowScore.Scales(series, timeline, plain: plain, known: known), weight: weight)
    }
}

/// What happened to one series in one window.
private struct BacktestWindow {
    var series: OpenSeries
    var origin: Int
    var actuals: [Double]
    /// Steps ahead of the actual values.
    var steps: [Int]
    var levels: [Double]
    var scales: WindowScore.Scales
    var weight: Double

    func score(_ made: Forecast, _ row: Int) -> WindowScore {
        WindowScore(
            actuals, means: steps.map { made.mean(row, $0) },
            quantiles: steps.flatMap { step in made.levels.indices.map { made.quantile(row, step, level: $0) } },
            levels: made.levels, scales, weight: weight)
    }

    /// The seasonally adjusted naive forecast of the same window.
    func naive2(_ width: Int, _ ruler: BacktestRuler) -> WindowScore {
        let grid = ruler.grid
        let prepared = PreparedSeries(
            series.gridded(grid, ruler.timeline, before: origin), seasons: grid.seasons)
        let ahead = steps.map { Int(grid.before[origin + $0]) - Int(grid.before[origin]) }
        let made = Forecasting.naive2(
            prepared.values, season: grid.seasons.first ?? 1, horizon: (ahead.last ?? 0) + 1)
        let means = ahead.map { made[$0] * prepared.unit }
        return WindowScore(
            actuals, means: means, quantiles: means.flatMap { [Double](repeating: $0, count: width) },
            levels: levels, scales, weight: weight)
    }
}
