import NumericCore
public import Retail

/// Forecasts some series of a panel one by one, each from its own last cell on, on several tasks at a time.
///
/// Only the series of `range` are looked at, so that a caller can write a panel block by block. The result does not
/// depend on `threads`.
///
/// - Parameter progress: called now and then with the number of series done, from any task.
/// - Throws: `ForecastError` for options that make no sense, and `cancelled` when the task is cancelled.
public func forecast(
    series range: Range<Int>, of panel: DemandPanel, _ options: UnivariateOptions, threads: Int,
    progress: (@Sendable (Int) -> Void)? = nil
) async throws(ForecastError) -> [UnivariateForecast] {
    try options.check()
    let blocks = chunks(count: range.count, of: 8)
    let tally = ProgressTally(total: range.count, passes: 1) { done, _ in progress?(done) }
    let made = try await concurrentMap(chunks: blocks.count, threads: threads) {
        (k: Int) throws(ForecastError) -> [UnivariateForecast] in
        if Task.isCancelled { throw .cancelled }
        defer { tally.add(blocks[k].count) }
        let forecaster = UnivariateForecaster(options)
        return blocks[k].map { i in
            let s = range.lowerBound + i
            return forecaster.forecast(panel.cells(s), named: panel.names[s])
        }
    }
    return made.flatMap { $0 }
}

extension DemandPanel {
    /// The label of the step `h` (0 is the first) after the last cell of a series: a day, a day with its hour, or the
    /// number of the step.
    public func label(series s: Int, ahead h: Int) -> String {
        let cell = Int(starts[s]) + offsets[s + 1] - offsets[s] + h
        switch axis.step {
        case .bare: return String(Int(axis.origin.number) + cell)
        case .hour: return CivilTime(axis.day(cell), hour: cell % 24).description
        default: return axis.day(cell).description
        }
    }
}

/// Forecasts of some series in the long format: `unique_id`, `ds`, `model`, `mean`, then one column a level, named
/// `q0.05` and so on.
public func longTable(
    _ forecasts: [UnivariateForecast], of range: Range<Int>, in panel: DemandPanel, _ options: UnivariateOptions
) -> ResultTable {
    var (ids, dates, models): ([String], [String], [String]) = ([], [], [])
    for (made, s) in zip(forecasts, range) {
        for h in 0..<options.horizon {
            ids.append(panel.names[s])
            dates.append(panel.label(series: s, ahead: h))
            models.append(made.model)
        }
    }
    var columns = [
        Column("unique_id", .text(ids)), Column("ds", .text(dates)), Column("model", .text(models)),
        Column("mean", unit: "units", .real(forecasts.flatMap(\.mean))),
    ]
    let width = options.levels.count
    for (k, level) in options.levels.enumerated() {
        let values = forecasts.flatMap { made in (0..<options.horizon).map { made.quantiles[$0 * width + k] } }
        columns.append(Column("q\(level)", unit: "units", .real(values)))
    }
    return ResultTable("forecast", columns)
}
