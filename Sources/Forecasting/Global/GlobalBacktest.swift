public import Retail

/// How well the global engine forecast windows of the past, level by level, beside the same-weekday mean of the last four
/// seasons.
///
/// Calendar and listed prices count as known ahead; sales do not.
public struct HierarchyReport: Sendable {
    public struct Window: Sendable {
        /// Days known to the forecast.
        public var known: Int
        public var score: HierarchyScore
        public var benchmark: HierarchyScore
    }

    public var levels: [String]
    public var windows: [Window]

    /// One row for each window and level, and one for the mean of the levels.
    public func table(name: String = "backtest") -> ResultTable {
        var (days, names): ([Int64], [String]) = ([], [])
        var (wrmsse, wspl, coverage, bias): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
        var (benchmark, added): ([Double], [Double]) = ([], [])
        // What lies inside the inner pairs of quantiles, the wider first.
        let claims = Array(windows.first?.score.claims.dropFirst() ?? [])
        var inner = claims.map { _ in [Double]() }
        func add(_ window: Window, _ level: String, _ value: ([Double]) -> Double) {
            days.append(Int64(window.known))
            names.append(level)
            wrmsse.append(value(window.score.wrmsse))
            wspl.append(window.score.wspl.isEmpty ? .nan : value(window.score.wspl))
            coverage.append(window.score.wspl.isEmpty ? .nan : value(window.score.coverage))
            for k in claims.indices { inner[k].append(value(window.score.inside.map { $0[k + 1] })) }
            bias.append(value(window.score.bias))
            benchmark.append(value(window.benchmark.wrmsse))
            added.append(1 - wrmsse[wrmsse.count - 1] / benchmark[benchmark.count - 1])
        }
        for window in windows {
            for (k, level) in levels.enumerated() { add(window, level) { $0[k] } }
            add(window, "overall") { $0.reduce(0, +) / Double(max(1, $0.count)) }
        }
        return ResultTable(
            name,
            [
                Column("last_day", unit: "days", .integer(days)), Column("level", .text(names)),
                Column("wrmsse", unit: "ratio", .real(wrmsse)), Column("wspl", unit: "ratio", .real(wspl)),
                Column("coverage", unit: "share", .real(coverage)), Column("bias", unit: "share", .real(bias)),
                Column("benchmark_wrmsse", unit: "ratio", .real(benchmark)),
                Column("value_added", unit: "share", .real(added)),
            ]
                + zip(claims, inner).map { claim, shares in
                    Column("coverage_\(Int((100 * claim).rounded()))", unit: "share", .real(shares))
                })
    }
}

/// Forecasts and scores the windows after each of some last known days.
///
/// - Parameter lastDays: days of the axis known to each forecast; a horizon must follow each.
/// - Throws: `ForecastError`.
public func backtestHierarchy(
    _ panel: SalesPanel, lastDays: [Int], horizon: Int, options: GlobalOptions, threads: Int
) async throws(ForecastError) -> HierarchyReport {
    var windows: [HierarchyReport.Window] = []
    for known in lastDays {
        guard known >= 1, known + horizon <= panel.demand.axis.count else {
            throw .tooShort(axis: panel.demand.axis.count, needed: known + horizon - 1)
        }
        if Task.isCancelled { throw .cancelled }
        let past = panel.before(known)
        let made = try await forecastHierarchy(past, horizon: horizon, options: options, threads: threads)
        let benchmark = HierarchicalForecast.seasonalMean(
            past, made.hierarchy, horizon: horizon, season: Cadence(panel.demand.axis.step).block, seasons: 4)
        windows.append(
            HierarchyReport.Window(
                known: known, score: try await HierarchyScore(made, against: panel, threads: threads),
                benchmark: try await HierarchyScore(benchmark, against: panel, threads: threads)))
    }
    let names = Hierarchy(panel, levels: options.levels).levels.map(\.name)
    return HierarchyReport(levels: names, windows: windows)
}

extension HierarchicalForecast {
    /// The same-season mean of the last `seasons` seasons of every series, summed up.
    public static func seasonalMean(
        _ panel: SalesPanel, _ hierarchy: Hierarchy, horizon: Int, season: Int, seasons: Int
    ) -> HierarchicalForecast {
        let origin = panel.demand.axis.count
        var bottom = [Float](repeating: 0, count: hierarchy.series * horizon)
        for s in 0..<hierarchy.series {
            let (start, from) = (Int(panel.demand.starts[s]), panel.demand.offsets[s])
            for h in 0..<horizon {
                var sum: Float = 0
                for k in 1...seasons {
                    let day = origin + h % season - k * season
                    if day >= start { sum += panel.demand.values[from + day - start] }
                }
                bottom[s * horizon + h] = sum / Float(seasons)
            }
        }
        return HierarchicalForecast(
            hierarchy: hierarchy,
            axis: TimeAxis(step: panel.demand.axis.step, origin: panel.demand.axis.day(origin), count: horizon),
            mean: coherentMeans(bottom, hierarchy, horizon: horizon), levels: [], quantiles: [])
    }
}
