import Datasets
import Forecasting
public import Placement
import Replenishment
public import Retail
import Simulation
public import Store

/// The way from a data set and a scenario to a world that can run: forecast, placement, stock, baskets.
public enum Pipeline {
    /// The parts of the preparation, as progress reports name them.
    public enum Stage: String, Sendable, CaseIterable {
        case forecast, demand, placement, stock, world
    }

    /// Prepares a scenario against a data set.
    ///
    /// The same data, scenario and stored forecast give the same world with any number of threads.
    ///
    /// - Parameters:
    ///   - decisions: what people decided about earlier suggestions: lines rejected or postponed take no part in what
    ///     the suggestions settle together, and orders placed count as on order, as many units as were ordered. The
    ///     world is the same with and without them.
    ///   - cache: where the forecast is taken from by digest, and kept.
    ///   - shouldStopPlacing: true takes the best placement so far; what was stopped is not reproducible.
    ///   - progress: called with the stage and the part of it that is done, from any task.
    public static func prepare(
        _ scenario: Scenario, _ dataset: Dataset, decisions: [Decision] = [], cache: ForecastCache = .none,
        threads: Int = 1,
        shouldStopPlacing: @escaping @Sendable (SearchProgress) -> Bool = { _ in false },
        progress: @escaping @Sendable (Stage, Double) -> Void = { _, _ in }
    ) async throws(PipelineError) -> PreparedScenario {
        guard let branch = scenario.branch else {
            return try await prepareAlone(
                scenario, dataset, decisions, cache: cache, threads: threads, shouldStopPlacing: shouldStopPlacing,
                progress: progress)
        }
        let base = try await prepareAlone(
            branch.base, dataset, [], cache: cache, threads: threads, shouldStopPlacing: shouldStopPlacing,
            progress: progress)
        // Warehouses that stand do not move at noon.
        var plan = scenario
        let candidates = Set(dataset.candidates.map(\.code))
        let standing = base.network.nodes.filter { $0.kind == .front && candidates.contains($0.code) }.map(\.code)
        plan.network.frontWarehouses = standing.isEmpty ? .none : .listed(standing)
        var prepared = try await prepareAlone(
            plan, dataset, decisions, cache: cache, threads: threads, shouldStopPlacing: shouldStopPlacing,
            progress: progress)
        prepared.world.stock = base.world.stock.withLevels(of: prepared.world.stock)
        prepared.world.branch = .at(branch.moment.instant(from: scenario.clock.start), base: base.world)
        return prepared
    }

    private static func prepareAlone(
        _ scenario: Scenario, _ data: Dataset, _ decisions: [Decision], cache: ForecastCache, threads: Int,
        shouldStopPlacing: @escaping @Sendable (SearchProgress) -> Bool,
        progress: @escaping @Sendable (Stage, Double) -> Void
    ) async throws(PipelineError) -> PreparedScenario {
        try check(data)
        var resolution: ScenarioResolution
        do { resolution = try ScenarioResolution(scenario, data) } catch { throw .scenario(error) }

        let trade = await TradeStep(scenario, data, resolution, threads: threads)
        let dataset = trade.dataset
        resolution.promotions = trade.promotions
        let (statistical, digest) = try await ForecastStep(scenario, dataset, trade: trade.effects).run(
            cache: cache, threads: threads, progress: { progress(.forecast, $0) })
        if Task.isCancelled { throw .cancelled }
        let signals = SignalStep.apply(
            statistical, dataset, promotions: resolution.promotions, through: scenario.demand.historyThrough,
            trade: trade.effects)
        let people = signals.forecast.adjusted(
            by: dataset.adjustments + resolution.adjustments, skus: dataset.skus, calendar: dataset.calendar,
            today: scenario.demand.historyThrough, shares: AdjustmentShares(dataset))
        let forecast = people.adjusted

        progress(.demand, 0)
        let mix = OrderMix(
            dataset, through: scenario.demand.historyThrough, measured: scenario.measured.minutes)
        let step = DemandStep(scenario, dataset, forecast, mix: mix, resolution: resolution, trade: trade)

        progress(.placement, 0)
        let oneHourShare = scenario.demand.tiers[ServiceTier.oneHour.number].fraction
        let placed: PlacementStep
        do {
            placed = try PlacementStep(
                scenario, dataset, resolution, mix: mix, orders: step.ordersPerDay, oneHourShare: oneHourShare,
                shouldStop: shouldStopPlacing)
        } catch { throw .placement(error) }
        if Task.isCancelled { throw .cancelled }

        progress(.stock, 0)
        let stock: StockStep
        do {
            stock = try StockStep(
                scenario, dataset, forecast, mix: mix, step: step, network: placed.network,
                oneHourShare: placed.placement == nil ? 0 : oneHourShare, decisions: decisions)
        } catch { throw .replenishment(error) }

        progress(.world, 0)
        let final = WorldStep(scenario, dataset, resolution, step: step, network: placed.network, stock: stock)
        return PreparedScenario(
            dataset: dataset, scenario: scenario, forecast: forecast, forecastDigest: digest,
            placement: placed.placement, network: placed.network, demand: stock.demand, feeds: stock.feeds,
            stockPlan: stock.plan, planDigest: planDigest(stock.plan, placed.network, dataset),
            suggestions: stock.suggestions, situation: stock.situation, supplyStep: stock.supply,
            promotions: resolution.promotions,
            world: final.world,
            oneHourShare: oneHourShare, assortments: stock.assortments,
            assumptions: dataset.assumptions + mix.assumptions + signals.assumptions + people.assumptions
                + step.assumptions
                + placed.assumptions
                + stock.assumptions + final.assumptions + calendarNotes(scenario, dataset))
    }

    /// A warning where the calendar's table does not reach the days simulated.
    private static func calendarNotes(_ scenario: Scenario, _ dataset: Dataset) -> [Assumption] {
        dataset.calendar.warning(from: scenario.clock.start, through: scenario.clock.end - 1)
            .map { [Assumption(subject: "calendar", text: $0)] } ?? []
    }

    private static func check(_ dataset: Dataset) throws(PipelineError) {
        if dataset.demand.axis.step != .day { throw .missing("demand by day") }
        if dataset.skus.isEmpty { throw .missing("products") }
        if dataset.channels.isEmpty { throw .missing("channels") }
        if dataset.regions.isEmpty { throw .missing("regions") }
        if !dataset.nodes.contains(where: { $0.kind != .supplier }) { throw .missing("nodes") }
        if dataset.carriers.isEmpty || dataset.rates.isEmpty { throw .missing("carriers and rates") }
    }

    /// SHA-256 over the plan's codes and levels.
    private static func planDigest(_ plan: StockPlan, _ network: Network, _ dataset: Dataset) -> String {
        var fingerprint = Fingerprint()
        for target in plan.targets {
            let line = [
                dataset.skus[target.sku.position].code, network.nodes[target.node.position].code,
                "\(target.safetyStock)", "\(target.reorderPoint)", "\(target.orderUpTo)", target.law,
            ].joined(separator: "\t")
            fingerprint.update(Array((line + "\n").utf8))
        }
        return fingerprint.hexadecimal()
    }
}
