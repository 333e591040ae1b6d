import NumericCore
public import Retail

/// Forecasts the last `origins` windows of a panel, each from what was known before it only (choice of model
/// included), once with the choice and once with every model alone, and measures them against what happened.
///
/// - Parameters:
///   - origins: Windows measured; they end at the end of the axis and lie `options.stride` apart (the horizon by
///     default). `options.origins` remains the number of past origins used inside each forecast.
/// - Throws: `ForecastError`, also `tooShort` where the axis does not reach back far enough.
public func backtest(
    _ panel: DemandPanel, calendar: BusinessCalendar, horizon: Int, origins: Int,
    options: ForecastOptions = .init(), threads: Int
) async throws(ForecastError) -> BacktestReport {
    try options.check(horizon: horizon, axis: panel.axis.count)
    guard origins >= 1 else { throw .origins(origins) }
    let stride = options.stride ?? horizon
    let reach = horizon + (origins - 1) * stride
    guard panel.axis.count > reach else { throw .tooShort(axis: panel.axis.count, needed: reach) }
    let ending = options.ending ?? (panel.axis.step == .bare ? .own : .zeros)
    let season = options.season ?? panel.axis.step.defaultSeason
    let truth = Timeline(axis: panel.axis, calendar: calendar, horizon: 0, season: season)

    let models = ForecastModel.allCases.filter(options.models.contains)
    var tallies = [BacktestTally](repeating: BacktestTally(), count: 1 + models.count)
    for k in (0..<origins).reversed() {
        let back = horizon + k * stride
        let past = PanelPast(panel, back: back, ending: ending)
        for run in tallies.indices {
            var runOptions = options
            runOptions.ending = ending
            if run > 0 { runOptions.models = [models[run - 1]] }
            let forecast = try await forecast(
                past.panel, calendar: calendar, horizon: horizon, options: runOptions, threads: threads)
            for (row, s) in past.kept.enumerated() {
                let series = OpenSeries(panel, s, truth, ending: ending)
                tallies[run].add(forecast, row, against: series, truth, back: back)
            }
        }
    }
    let width = (options.levels.last ?? 0) - (options.levels.first ?? 0)
    return BacktestReport(
        horizon: horizon, origins: origins, nominalCoverage: width,
        rows: zip(["chosen"] + models.map(\.rawValue), tallies).map { $1.row($0) })
}

/// A panel as it was known `back` steps before its end, with the series that had cells then.
private struct PanelPast {
    var panel: DemandPanel
    var kept: [Int] = []

    init(_ full: DemandPanel, back: Int, ending: SeriesEnding) {
        panel = DemandPanel(
            axis: TimeAxis(step: full.axis.step, origin: full.axis.origin, count: full.axis.count - back))
        for s in full.keys.indices {
            let start = Int(full.starts[s])
            let length = full.offsets[s + 1] - full.offsets[s]
            let end = ending == .own ? start + length - back : panel.axis.count
            let cells = min(length, end - start)
            guard cells > 0 else { continue }
            kept.append(s)
            panel.append(name: full.names[s], key: full.keys[s], start: start, Array(full.cells(s).prefix(cells)))
        }
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

    func row(_ model: String) -> BacktestReport.Row {
        let n = Double(max(1, windows))
        return BacktestReport.Row(
            model: model, sMAPE: sMAPE / n, mase: mase / n, rmsse: rmsse / n, pinball: pinball / n,
            coverage: steps > 0 ? covered / steps : 0, bias: actual != 0 ? (forecast - actual) / abs(actual) : 0,
            windows: windows)
    }
}
