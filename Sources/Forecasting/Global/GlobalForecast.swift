import Foundation
import NumericCore
public import Retail

/// How the global engine works on a panel: what is forecast where.
public struct GlobalOptions: Sendable {
    /// The aggregate levels of the hierarchy, by attributes; see `Hierarchy`.
    public var levels: [[String]]
    /// The attributes of the groups that regression forecasts and whose forecasts are split down: where the calendar
    /// can be told from noise.
    public var parents: [String]
    /// The attribute whose groups are a series' kin: the same item elsewhere.
    public var kin: [String]
    /// Quantile levels, ascending.
    public var quantiles: [Double]
    /// More trees, more origins and more bags: slower and a little better.
    public var isThorough: Bool

    public init(
        levels: [[String]], parents: [String], kin: [String], quantiles: [Double] = [], isThorough: Bool = false
    ) {
        self.levels = levels
        self.parents = parents
        self.kin = kin
        self.quantiles = quantiles
        self.isThorough = isThorough
    }

    /// The M5 competition's twelve levels, regression by store and department, kin by item.
    public static func m5(quantiles: [Double] = [], isThorough: Bool = false) -> GlobalOptions {
        GlobalOptions(
            levels: Hierarchy.m5Levels, parents: ["store", "dept"], kin: ["item"], quantiles: quantiles,
            isThorough: isThorough)
    }
}

/// Forecasts every series of a panel and all totals over them.
///
/// Regression forecasts the groups where the calendar can be told from noise; boosted trees over all series say how
/// each series' share of its group moves; shares are aligned to the groups, so that every total is as good as the
/// groups'. The same panel gives the same bytes for any number of threads.
///
/// - Parameter progress: called with the steps done and their number.
/// - Throws: `ForecastError`, `cancelled` between steps when the task was.
public func forecastHierarchy(
    _ panel: SalesPanel, horizon: Int, options: GlobalOptions, threads: Int,
    progress: @Sendable (Int, Int) -> Void = { _, _ in }
) async throws(ForecastError) -> HierarchicalForecast {
    guard horizon >= 1 else { throw .horizon(horizon) }
    guard panel.demand.axis.count >= 1, panel.demand.seriesCount > 0 else { throw .emptyAxis }
    let engine = try GlobalEngine(panel, horizon: horizon, options: options)
    return try await engine.run(threads: threads, progress)
}

struct GlobalEngine: Sendable {
    let panel: SalesPanel
    let horizon: Int
    let options: GlobalOptions
    let hierarchy: Hierarchy
    let cadence: Cadence
    let origin: Int
    /// One group for each pair of parent attributes' codes.
    let parents: Hierarchy.Level
    let parentHistory: [Double]

    init(_ panel: SalesPanel, horizon: Int, options: GlobalOptions) throws(ForecastError) {
        self.panel = panel
        self.horizon = horizon
        self.options = options
        hierarchy = Hierarchy(panel, levels: options.levels)
        cadence = Cadence(panel.demand.axis.step)
        origin = panel.demand.axis.count
        let single = Hierarchy(panel, levels: [options.parents])
        parents = single.levels[0]
        parentHistory = single.history(panel.demand, level: 0)
        guard origin + horizon <= panel.knownDays else {
            throw .calendarEnds(days: panel.knownDays, needed: origin + horizon)
        }
    }

    /// Past origins, the latest first, a horizon and at least four blocks apart, with as much history as they need.
    private func pastOrigins(_ count: Int, history: Int) -> [Int] {
        let step = max(horizon, 4 * cadence.block)
        return (0..<count).map { origin - horizon - $0 * step }.filter { $0 >= history }
    }

    /// Origins that the parents' trees learn from, ascending: the last 110 blocks, two years of weeks.
    private func lessons() -> [Int] {
        (0..<110).map { origin - horizon - $0 * cadence.block }
            .filter { $0 >= cadence.year + cadence.windows[4] }.reversed()
    }

    private var groupBoosting: BoostingOptions {
        BoostingOptions(
            loss: .squared, trees: options.isThorough ? 800 : 300, learningRate: options.isThorough ? 0.015 : 0.04,
            leaves: 15, minimumRows: 100, featureShare: 0.3)
    }

    private var learning: ShareModel.Options { ShareModel.Options(isThorough: options.isThorough) }

    func run(threads: Int, _ progress: @Sendable (Int, Int) -> Void) async throws(ForecastError)
        -> HierarchicalForecast
    {
        func pass(_ step: Int) throws(ForecastError) {
            if Task.isCancelled { throw .cancelled }
            progress(step, 3)
        }
        let training = pastOrigins(learning.origins, history: cadence.year)
        let mixes = SecondOpinions.apply(to: cadence)
        let judged = options.quantiles.isEmpty && !mixes ? [] : Array(training.prefix(mixes ? 6 : 4))
        let past = pastOrigins(26, history: 2 * cadence.windows[4])
        let lessons = lessons()
        let regression = try await groupForecasts(Set(past + lessons + [origin]).sorted(), threads: threads)
        let groups = await GroupModel(
            GroupFeatures(panel, cadence: cadence, groups: parents, history: parentHistory), horizon: horizon,
            boosting: groupBoosting, regression: regression
        ).forecasts(training: lessons, asked: (past + [origin]).sorted(), threads: threads)
        try pass(1)
        let asked = judged + [origin]
        let totals = await blockMeans(groups, training: training, asked: asked, threads: threads)
        var means = asked.indices.map {
            spread(totals[$0], groups[asked[$0]] ?? [], blocks: cadence.blocks(horizon))
        }
        if mixes {
            means = await SecondOpinions(
                panel, cadence: cadence, horizon: horizon, kin: options.kin
            ).mixed(means, origins: asked, threads: threads)
        }
        guard let latest = means.last else { throw .emptyAxis }
        try pass(2)
        let axis = TimeAxis(
            step: panel.demand.axis.step, origin: panel.demand.axis.day(origin), count: horizon)
        let coherent = HierarchicalForecast.coherentMeans(open(latest), hierarchy, horizon: horizon)
        let quantiles =
            options.quantiles.isEmpty
            ? []
            : await quantiles(
                coherent, judged: zip(judged, means).map { (origin: $0, bottom: $1) }, groups: groups,
                threads: threads)
        try pass(3)
        return HierarchicalForecast(
            hierarchy: hierarchy, axis: axis, mean: coherent, levels: options.quantiles, quantiles: quantiles)
    }

    /// Means of the series with nothing on days that are closed.
    private func open(_ bottom: [Float]) -> [Float] {
        guard let closed = panel.flags.first(where: { $0.name == "closed" })?.isSet else { return bottom }
        return bottom.enumerated().map { k, mean in
            let step = origin + k % horizon
            return step < closed.count && closed[step] ? 0 : mean
        }
    }

    /// Forecasts of the parents by origin: parents x horizon. Parents that begin later are fitted apart.
    private func groupForecasts(_ origins: [Int], threads: Int) async throws(ForecastError) -> [Int: [Double]] {
        let days = origin
        let count = parents.groups.count
        let rounding = 4 * cadence.block
        var members: [Int: [Int]] = [:]
        for g in 0..<count {
            let first = (0..<days).first { parentHistory[g * days + $0] != 0 } ?? days
            // Beginnings are rounded up, so that few designs are needed.
            members[first <= rounding ? 0 : (first / rounding + 1) * rounding, default: []].append(g)
        }
        var forecasts: [Int: [Double]] = [:]
        for origin in origins { forecasts[origin] = [Double](repeating: 0, count: count * horizon) }
        let design = DriverDesign(panel, origin: origin)
        for (first, groups) in members.sorted(by: { $0.key < $1.key }) {
            let usable = origins.filter { $0 > first + 2 * cadence.windows[2] }
            guard !usable.isEmpty else { continue }
            let ridge = SharedRidge(design: design, options: SharedRidge.Options(cadence))
            let rows = groups.flatMap { parentHistory[$0 * days..<($0 + 1) * days] }
            do {
                let made = try await ridge.forecasts(
                    rows, days: days, first: first, origins: usable, horizon: horizon, threads: threads)
                for (k, origin) in usable.enumerated() {
                    for (row, g) in groups.enumerated() {
                        for h in 0..<horizon {
                            forecasts[origin]?[g * horizon + h] = made[k][row * horizon + h]
                        }
                    }
                }
            } catch {
                throw .regression("\(error)")
            }
        }
        return forecasts
    }

    /// Totals of the bottom series by block for each asked origin, as the trees see them: series x blocks.
    private func blockMeans(_ groups: [Int: [Double]], training: [Int], asked: [Int], threads: Int) async
        -> [[Float]]
    {
        let blocks = cadence.blocks(horizon)
        let parentTotals = RunningTotals(parentHistory, steps: origin)
        let kin = Hierarchy(panel, levels: [options.kin])
        let features = ShareFeatures(
            panel: panel, cadence: cadence, parents: parentTotals, parentOf: parents.of,
            kin: RunningTotals(kin.history(panel.demand, level: 0), steps: origin), kinOf: kin.levels[0].of)
        var outlooks: [Int: [Double]] = [:]
        for (origin, forecast) in groups {
            outlooks[origin] = outlook(forecast, parentTotals, origin: origin, blocks: blocks)
        }
        let model = ShareModel(
            features: features, options: learning, blocks: blocks, horizon: horizon, outlooks: outlooks)
        return await model.forecasts(training: training, asked: asked, threads: threads)
    }

    /// By parent and block: the mean forecast over the recent mean.
    private func outlook(_ forecast: [Double], _ totals: RunningTotals, origin: Int, blocks: Int) -> [Double] {
        var outlook = [Double](repeating: 1, count: parents.groups.count * blocks)
        for g in parents.groups.indices {
            let recent = totals.mean(g, origin - cadence.windows[2], origin)
            guard recent > 0 else { continue }
            for block in 0..<blocks {
                let steps = block * cadence.block..<min(horizon, (block + 1) * cadence.block)
                let mean = steps.reduce(0) { $0 + forecast[g * horizon + $1] } / Double(steps.count)
                outlook[g * blocks + block] = mean > 0 ? mean / recent : 1
            }
        }
        return outlook
    }

    /// How much of what the trees over the series say about the parents is believed beside the parents' own forecasts.
    private static let treeShare = 0.1

    /// Spreads block totals over the steps by the parent's profile, and aligns their sums to the parent: the
    /// regression's forecast and the sum of the series, averaged geometrically.
    private func spread(_ totals: [Float], _ forecast: [Double], blocks: Int) -> [Float] {
        let count = hierarchy.series
        var sums = [Double](repeating: 0, count: parents.groups.count * blocks)
        for s in 0..<count {
            for block in 0..<blocks { sums[Int(parents.of[s]) * blocks + block] += Double(totals[s * blocks + block]) }
        }
        var factors = [Double](repeating: 0, count: sums.count)
        for place in sums.indices where sums[place] > 0 {
            let (g, block) = (place / blocks, place % blocks)
            let steps = block * cadence.block..<min(horizon, (block + 1) * cadence.block)
            let regression = steps.reduce(0) { $0 + forecast[g * horizon + $1] }
            let whole = sums[place] * Double(steps.count) / Double(cadence.block)
            // Wherever the two differ beyond reason the regression holds.
            let ratio = regression > 0 ? min(2, max(0.5, whole / regression)) : 1
            factors[place] = pow(ratio, GlobalEngine.treeShare) / sums[place]
        }
        var means = [Float](repeating: 0, count: count * horizon)
        for s in 0..<count {
            let g = Int(parents.of[s])
            for h in 0..<horizon {
                let block = h / cadence.block
                means[s * horizon + h] = Float(
                    Double(totals[s * blocks + block]) * factors[g * blocks + block] * forecast[g * horizon + h])
            }
        }
        return means
    }
}
