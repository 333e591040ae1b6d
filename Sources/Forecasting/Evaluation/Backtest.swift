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
    let season = options.seasons?.min() ?? panel.axis.step.defaultSeason
    let timeline = Timeline(axis: panel.axis, calendar: dataset.calendar, horizon: 0, season: season)
    // Alone means alone: a plain model is measured as it is, the choice with all that belongs to it.
    let runs =
        [("chosen", options, method)]
        + models.map { model -> (String, ForecastOptions, ReconciliationMethod) in
            var alone = options
            alone.models = [model]
            return (model.rawValue, alone, .bottomUp)
        }
    var levels: [String] = []
    var tallies: [String: [BacktestTally]] = [:]
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
                    tallies[level.name] = runs.map { _ in BacktestTally() }
                }
                let forecast = made.level(l)
                for row in forecast.keys.indices {
                    guard let place = truth.places[l][forecast.names[row]] else { continue }
                    let series = OpenSeries(truth.panel, place, timeline, ending: .zeros)
                    tallies[level.name]?[run].add(forecast, row, against: series, timeline, back: back)
                }
            }
        }
    }
    let width = (options.levels.last ?? 0) - (options.levels.first ?? 0)
    return BacktestReport(
        horizon: horizon, origins: origins, nominalCoverage: width,
        rows: levels.reversed().flatMap { level in
            zip(runs, tallies[level] ?? []).map { $1.row(level: level, $0.0) }
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

private struct BacktestTally {
    var windows = 0
    var (sMAPE, mase, rmsse, pinball) = (0.0, 0.0, 0.0, 0.0)
    var (covered, steps, forecast, actual) = (0.0, 0.0, 0.0, 0.0)

    mutating func add(
        _ made: Forecast, _ row: Int, against series: OpenSeries, _ timeline: Timeline, back: Int
    ) {
        let origin = series.endCell - back
        guard origin > 0 else { return }
        let known = Int(timeline.before[origin]) - series.first
        guard known > 0 else { return }
        var (actuals, forecasts): ([Double], [Double]) = ([], [])
        var loss = 0.0
        for step in 0..<made.horizon {
            let open = Int(timeline.before[origin + step])
            guard open < Int(timeline.before[origin + step + 1]), open < series.end else { continue }
            guard series.weights[open - series.first] > 0 else { continue }
            let actual = series.values[open - series.first]
            actuals.append(actual)
            forecasts.append(made.mean(row, step))
            for (k, level) in made.levels.enumerated() {
                let quantile = made.quantile(row, step, level: k)
                loss += Accuracy.pinball(actual, quantile, level: level) / Double(made.levels.count)
            }
            if let last = made.levels.indices.last, actual >= made.quantile(row, step, level: 0),
                actual <= made.quantile(row, step, level: last)
            {
                covered += 1
            }
        }
        guard !actuals.isEmpty else { return }
        let absolute = ScoreRule(series, timeline, known: known, squared: false).scale
        let squared = ScoreRule(series, timeline, known: known, squared: true).scale
        windows += 1
        sMAPE += Accuracy.symmetricPercentageError(actuals, forecasts)
        mase += Accuracy.absoluteError(actuals, forecasts) / absolute
        rmsse += Accuracy.rootSquaredError(actuals, forecasts) / squared
        pinball += loss / Double(actuals.count) / absolute
        steps += Double(actuals.count)
        forecast += forecasts.reduce(0, +)
        actual += actuals.reduce(0, +)
    }

    func row(level: String, _ model: String) -> BacktestReport.Row {
        let n = Double(max(1, windows))
        return BacktestReport.Row(
            level: level, model: model, sMAPE: sMAPE / n, mase: mase / n, rmsse: rmsse / n, pinball: pinball / n,
            coverage: steps > 0 ? covered / steps : 0, bias: actual != 0 ? (forecast - actual) / abs(actual) : 0,
            windows: windows)
    }
}
