import NumericCore
public import Retail

/// Forecasts every series of a panel: the first day forecast is the one after the panel's axis.
///
/// For each series the models that suit it are tried at rolling past origins and combined by their errors there,
/// steadied by those of series like it, unless the seasonal naive or the same-weekday mean did better. Quantiles come
/// from the errors of that backtest, the series' own blended with those of series of like volume.
///
/// - Closed days of the calendar (daily and hourly axes) are not demand: cells on them are left out of the history,
///   and their forecast is exactly 0. Missing cells are unknown, not zero.
/// - A series whose cells end before the axis is taken to have sold nothing since (`ForecastOptions.ending`).
/// - Series that cannot be tried (nothing observed, all zero, constant, one observation, too short) get a plain
///   forecast and a note on their choice; no input gives a NaN or a negative number.
/// - The result has the same bits for any number of threads.
///
/// - Parameters:
///   - horizon: Steps to forecast, closed ones included.
///   - threads: Tasks that run at a time.
///   - progress: Called now and then with the number of series done and the number of all, from any task.
/// - Throws: `ForecastError` for options that make no sense, and `cancelled` when the task is cancelled.
public func forecast(
    _ panel: DemandPanel, calendar: BusinessCalendar, horizon: Int, options: ForecastOptions = .init(),
    threads: Int, progress: (@Sendable (Int, Int) -> Void)? = nil
) async throws(ForecastError) -> Forecast {
    try await PanelRun(
        panel, calendar: calendar, horizon: horizon, options: options, threads: threads, progress: progress
    ).forecast
}

/// A forecast of a panel with the errors that were made on the way.
struct PanelRun: Sendable {
    var forecast: Forecast
    /// By series; nil where there is nothing to be uncertain about.
    var residuals: [Residuals?]

    init(
        _ panel: DemandPanel, calendar: BusinessCalendar, horizon: Int, options: ForecastOptions,
        outside: OutsideForecasts? = nil, threads: Int, progress: (@Sendable (Int, Int) -> Void)? = nil
    ) async throws(ForecastError) {
        let context = try await ForecastContext(
            panel, calendar: calendar, horizon: horizon, options: options, outside: outside, threads: threads)
        let count = panel.seriesCount
        let blocks = chunks(count: count, of: ForecastContext.chunkSize)
        let tally = ProgressTally(total: count, passes: 2, report: progress)

        let trials = try await concurrentMap(chunks: blocks.count, threads: threads) {
            (k: Int) throws(ForecastError) -> [Trial] in
            if Task.isCancelled { throw .cancelled }
            defer { tally.add(blocks[k].count) }
            let workspace = LaneWorkspace()
            return blocks[k].map { context.trial(context.series($0), workspace) }
        }.flatMap { $0 }
        let classes = SeriesClasses(trials)
        let pooled = classes.scores(trials)

        let made = try await concurrentMap(chunks: blocks.count, threads: threads) {
            (k: Int) throws(ForecastError) -> [SeriesForecast] in
            if Task.isCancelled { throw .cancelled }
            defer { tally.add(blocks[k].count) }
            let workspace = LaneWorkspace()
            return blocks[k].map { s in
                let series = context.series(s)
                let selection = context.select(series, trials[s], pooled: pooled[s])
                return context.forecast(series, trials[s], selection, workspace)
            }
        }.flatMap { $0 }

        let pool = ResidualPool(made.map(\.residuals), classes: classes, levels: options.levels, horizon: horizon)
        let quantiles = try await concurrentMap(chunks: blocks.count, threads: threads) {
            (k: Int) throws(ForecastError) -> [Double] in
            if Task.isCancelled { throw .cancelled }
            var out: [Double] = []
            out.reserveCapacity(blocks[k].count * horizon * options.levels.count)
            for s in blocks[k] { made[s].appendQuantiles(pool, volume: classes.volume[s], to: &out) }
            return out
        }.flatMap { $0 }

        let axis = TimeAxis(step: panel.axis.step, origin: panel.axis.day(panel.axis.count), count: horizon)
        forecast = Forecast(
            axis: axis, keys: panel.keys, names: panel.names, mean: made.flatMap(\.mean), levels: options.levels,
            quantiles: quantiles, choices: made.map(\.choice))
        residuals = made.map(\.residuals)
    }
}

extension SeriesForecast {
    /// Adds steps x levels: the mean itself where nothing is uncertain, 0 on closed steps.
    fileprivate func appendQuantiles(_ pool: ResidualPool, volume: Int, to out: inout [Double]) {
        let width = pool.levels.count
        guard let residuals else {
            for value in mean { out.append(contentsOf: repeatElement(value, count: width)) }
            return
        }
        let start = out.count
        pool.quantiles(residuals, volume: volume, means: mean, into: &out)
        for step in mean.indices where !isOpen[step] {
            for k in 0..<width { out[start + step * width + k] = 0 }
        }
    }
}
