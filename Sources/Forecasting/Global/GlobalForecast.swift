import Foundation
import NumericCore
public import Retail

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
    let stage: GroupStage

    init(_ panel: SalesPanel, horizon: Int, options: GlobalOptions) throws(ForecastError) {
        self.panel = panel
        self.horizon = horizon
        self.options = options
        hierarchy = Hierarchy(panel, levels: options.levels)
        cadence = Cadence(panel.demand.axis.step)
        origin = panel.demand.axis.count
        parents = Hierarchy(panel, levels: [options.parents]).levels[0]
        stage = GroupStage(
            panel, hierarchy, parents: parents, forecastsTotals: options.reconciliation.usesTotals, cadence: cadence,
            horizon: horizon)
        parentHistory = stage.parents(of: stage.history, width: origin)
        guard origin + horizon <= panel.knownDays else {
            throw .calendarEnds(days: panel.knownDays, needed: origin + horizon)
        }
    }

    /// Past origins, the latest first, a horizon and at least four blocks apart, with as much history as they need.
    private func pastOrigins(_ count: Int, history: Int) -> [Int] {
        let step = max(horizon, 4 * cadence.block)
        return (0..<count).map { origin - horizon - $0 * step }.filter { $0 >= history }
    }

    /// Origins that the groups' trees learn from, ascending: the last 110 blocks, two years of weeks, or nearly three.
    private func lessons() -> [Int] {
        (0..<(options.isThorough ? 150 : 110)).map { origin - horizon - $0 * cadence.block }
            .filter { $0 >= cadence.year + cadence.windows[4] }.reversed()
    }

    private var groupBoosting: BoostingOptions {
        BoostingOptions(
            loss: .squared, trees: options.isThorough ? 600 : 300, learningRate: options.isThorough ? 0.02 : 0.04,
            leaves: 15, minimumRows: 100, featureShare: 0.3)
    }

    /// Runs of the groups' trees that are averaged.
    private var groupRuns: Int { options.isThorough ? 6 : 1 }

    private var learning: ShareModel.Options { ShareModel.Options(isThorough: options.isThorough) }

    func run(threads: Int, _ progress: @Sendable (Int, Int) -> Void) async throws(ForecastError)
        -> HierarchicalForecast
    {
        func pass(_ step: Int) throws(ForecastError) {
            if Task.isCancelled { throw .cancelled }
            progress(step, 3)
        }
        let mixes = SecondOpinions.apply(to: cadence)
        let needsErrors = !options.quantiles.isEmpty || options.reconciliation == .leastSquares
        let judged = needsErrors || mixes ? Array(training.prefix(mixes ? 6 : 4)) : []
        let share = try await treeShare(threads: threads)
        let (nodes, groups) = try await groupForecasts(threads: threads)
        try pass(1)
        let asked = judged + [origin]
        let totals = await blockMeans(groups, asked: asked, threads: threads)
        var means = asked.indices.map {
            spread(totals[$0], groups[asked[$0]] ?? [], blocks: cadence.blocks(horizon), share: share)
        }
        if mixes {
            means = await SecondOpinions(
                panel, cadence: cadence, horizon: horizon, kin: options.kin
            ).mixed(means, origins: asked, threads: threads)
        }
        means = try await reconciled(
            zip(asked, means).map { (origin: $0, bottom: $1) }, groups: nodes, threads: threads)
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
        let made = HierarchicalForecast(
            hierarchy: hierarchy, axis: axis, mean: coherent, levels: options.quantiles, quantiles: quantiles)
        guard options.isCoherent else { return made }
        return await made.sampled(
            panel.demand, judged: zip(judged, means).map { (origin: $0, bottom: $1) }, seed: 1, threads: threads)
    }

    /// Forecasts of the stage's nodes by origin, past and present, and those of the parents.
    func groupForecasts(threads: Int) async throws(ForecastError) -> (nodes: [Int: [Double]], parents: [Int: [Double]])
    {
        let past = pastOrigins(26, history: 2 * cadence.windows[4])
        var nodes = try await stage.forecasts(
            lessons: lessons(), asked: (past + [origin]).sorted(), boosting: groupBoosting, runs: groupRuns,
            threads: threads)
        if options.reconciliation == .minTrace { nodes = try stage.agreed(nodes) }
        return (nodes, nodes.mapValues { parentForecasts($0) })
    }

    /// Past origins that the trees over the series learn from.
    private var training: [Int] { pastOrigins(learning.origins, history: cadence.year) }

    /// Means of the series with nothing on days that are closed.
    private func open(_ bottom: [Float]) -> [Float] {
        guard let closed = panel.flags.first(where: { $0.name == "closed" })?.isSet else { return bottom }
        return bottom.enumerated().map { k, mean in
            let step = origin + k % horizon
            return step < closed.count && closed[step] ? 0 : mean
        }
    }

    /// Totals of the bottom series by block for each asked origin, as the trees see them: series x blocks.
    func blockMeans(_ groups: [Int: [Double]], asked: [Int], threads: Int) async -> [[Float]] {
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
}
