import Datasets
import Forecasting
import Foundation
import NumericCore
import Retail

/// The M5 rows: accuracy of the default configuration on the windows after d_1745, d_1773, d_1801 and d_1829, beside
/// AutoETS by store and department split down by shares, and AutoETS of every node.
///
/// The engine's features and settings were chosen on origins before d_1745 only.
enum M5Accuracy {
    private static let horizon = 28
    private static let origins = [1_745, 1_773, 1_801, 1_829]
    private static let quantiles = [0.005, 0.025, 0.165, 0.25, 0.5, 0.75, 0.835, 0.975, 0.995]
    private static let threads = ProcessInfo.processInfo.activeProcessorCount

    static func check(_ data: URL) async throws -> [Finding] {
        let folder = try data.file("m5")
        _ = try data.file("m5/calendar.csv")
        let panel = try M5Reader.read(folder: folder.path)
        let options = GlobalOptions.m5(quantiles: quantiles)
        var (scores, shares, naives): ([HierarchyScore], [HierarchyScore], [HierarchyScore]) = ([], [], [])
        for origin in origins {
            let past = panel.before(origin)
            let made = try await forecastHierarchy(past, horizon: horizon, options: options, threads: threads)
            scores.append(try await HierarchyScore(made, against: panel, threads: threads))
            let split = try await sharedSmoothing(past, made.hierarchy)
            shares.append(try await HierarchyScore(split, against: panel, threads: threads))
            let naive = HierarchicalForecast.seasonalMean(past, made.hierarchy, horizon: horizon, season: 7, seasons: 4)
            naives.append(try await HierarchyScore(naive, against: panel, threads: threads))
        }
        let spread = try await HierarchyScore(
            try await smoothingByNode(panel.before(origins[3])), against: panel, threads: threads)
        func mean(_ scores: [HierarchyScore]) -> Double {
            scores.reduce(0) { $0 + $1.meanWRMSSE } / Double(scores.count)
        }
        return [
            Finding(
                name: "WRMSSE of the same-weekday mean after d_1829, published .840",
                found: abs(naives[3].meanWRMSSE - 0.840), required: 0.0005, unit: "off"),
            Finding(name: "WRMSSE after d_1829, 12 levels", found: scores[3].meanWRMSSE, required: 0.62),
            Finding(
                name: "mean WRMSSE of four windows against AutoETS with shares", found: mean(scores) / mean(shares),
                required: 0.85, unit: "x"),
            Finding(
                name: "WSPL after d_1829 against AutoETS of every node", found: scores[3].meanWSPL / spread.meanWSPL,
                required: 0.8, unit: "x"),
        ] + coverage(scores, Hierarchy(panel, levels: Hierarchy.m5Levels).levels.map(\.name))
    }

    /// The share of days inside the intervals, level by level, over the four windows. An interval that holds too much is
    /// seen in the WSPL.
    private static func coverage(_ scores: [HierarchyScore], _ levels: [String]) -> [Finding] {
        levels.indices.flatMap { level in
            scores[0].claims.indices.map { pair in
                let claim = scores[0].claims[pair]
                return Finding(
                    name: "share of days inside the \(Int((100 * claim).rounded())) % interval, level \(levels[level])",
                    found: scores.reduce(0) { $0 + $1.inside[level][pair] } / Double(scores.count),
                    required: claim - 0.1, isUpperLimit: false)
            }
        }
    }

    /// AutoETS of every store and department, split down by the shares of the last 28 and 56 days.
    private static func sharedSmoothing(_ past: SalesPanel, _ hierarchy: Hierarchy) async throws
        -> HierarchicalForecast
    {
        let level = hierarchy.levels.firstIndex { $0.attributes == ["store", "dept"] } ?? 0
        let made = try await smoothing(nodes(past, hierarchy, levels: [level]), levels: [])
        let days = past.demand.axis.count
        func shares(_ window: Int) -> [Double] {
            let sums = hierarchy.history(past.demand, level: hierarchy.levels.count - 1, steps: days - window..<days)
            return (0..<hierarchy.series).map { sums[$0 * window..<($0 + 1) * window].reduce(0, +) }
        }
        let blended = zip(shares(28), shares(56)).map { $0 / 28 + $1 / 56 }
        let reconciliation = Reconciliation(hierarchy)
        var mean = [Float](repeating: 0, count: hierarchy.nodes * horizon)
        for h in 0..<horizon {
            let split = reconciliation.middleOut(made.map { $0.mean[h] }, level: level, shares: blended)
            for (node, value) in split.enumerated() { mean[node * horizon + h] = Float(value) }
        }
        return HierarchicalForecast(
            hierarchy: hierarchy, axis: axis(past), mean: mean, levels: [], quantiles: [])
    }

    /// AutoETS of every node of all levels by itself, with its quantiles.
    private static func smoothingByNode(_ past: SalesPanel) async throws -> HierarchicalForecast {
        let hierarchy = Hierarchy(past, levels: Hierarchy.m5Levels)
        let panel = nodes(past, hierarchy, levels: Array(hierarchy.levels.indices))
        let made = try await smoothing(panel, levels: quantiles)
        return HierarchicalForecast(
            hierarchy: hierarchy, axis: axis(past), mean: made.flatMap { $0.mean.map { Float($0) } },
            levels: quantiles, quantiles: made.flatMap { $0.quantiles.map { Float(max(0, $0)) } })
    }

    private static func smoothing(_ panel: DemandPanel, levels: [Double]) async throws -> [UnivariateForecast] {
        try await forecast(
            series: 0..<panel.seriesCount, of: panel,
            UnivariateOptions(horizon: horizon, seasons: [7], levels: levels, model: .ets), threads: threads)
    }

    private static func axis(_ past: SalesPanel) -> TimeAxis {
        TimeAxis(step: .day, origin: past.demand.axis.day(past.demand.axis.count), count: horizon)
    }

    /// The history of the nodes of some levels as a panel.
    private static func nodes(_ past: SalesPanel, _ hierarchy: Hierarchy, levels: [Int]) -> DemandPanel {
        let days = past.demand.axis.count
        var panel = DemandPanel(axis: past.demand.axis)
        for level in levels {
            let groups = hierarchy.levels[level].groups
            // The series themselves are there already; their totals are summed up.
            let history = level == hierarchy.levels.count - 1 ? [] : hierarchy.history(past.demand, level: level)
            for (g, name) in groups.enumerated() {
                let row =
                    history.isEmpty
                    ? [Double](repeating: 0, count: Int(past.demand.starts[g])) + past.demand.cells(g)
                    : Array(history[g * days..<(g + 1) * days])
                let first = row.firstIndex { $0 > 0 } ?? 0
                panel.append(name: name, key: SeriesKey(), start: first, Array(row.dropFirst(first)))
            }
        }
        return panel
    }
}
