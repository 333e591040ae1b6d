import NumericCore
public import Replenishment
public import Retail
import Simulation

/// A stock plan tried in the order simulator: weeks of orders against the plan's levels, its suppliers and its
/// transfers, and the service reached held against the service promised, article by article.
///
/// The shop is the scenario's without its promotions and mishaps; every place opens somewhere between its levels, as it
/// would be found on any day, suppliers keep their terms, and the first weeks, as long as the longest lead time with its
/// review, are not counted. They are taken off by running them alone as well: with the same random numbers both runs are
/// the same up to there.
public struct PlanTrial: Sendable {
    public struct Row: Sendable, Equatable {
        public var sku: SKU.Index
        /// Part of demand promised to be served from stock, weighted over nodes; under another kind of promise what the
        /// plan's levels come to.
        public var promised: Double
        /// Part that the plan's levels should serve: more than promised by what whole units add.
        public var planned: Double
        /// Mean over the replications and half the width of its 95 % interval.
        public var reached: Double
        public var halfWidth: Double
        /// Units asked for in a replication, and expected by the plan.
        public var asked: Double
        public var expected: Double
        public var verdict: PlanReplay.Verdict
        public var why: Why?
    }

    /// Why a promise was not kept, or kept by far.
    public enum Why: String, Sendable, CaseIterable {
        /// Orders asked for more, or less, than the plan had forecast.
        case demandAbove = "demand_above"
        case demandBelow = "demand_below"
        /// The supplier delivers late, short, or less a week than is needed.
        case supplier
        /// Baskets make demand spread more, or less, from day to day than the forecast says.
        case spread
        /// Whole units, minimum and multiple, or goods of other nodes that stand in.
        case lots
        case few
    }

    public var rows: [Row] = []
    /// Units of all articles served, per cent of all asked for: mean over the replications and half width; and what
    /// the plan promised, weighted by demand.
    public var fillRate: (mean: Double, halfWidth: Double) = (1, 0)
    public var promised = 1.0
    /// Days counted in each replication.
    public var days = 0

    public struct Options: Sendable, Equatable {
        /// Days counted.
        public var days = 28
        public var replications = 4
        public init() {}
    }

    /// - Parameters:
    ///   - scenario: whose plan is tried, in whose shop.
    ///   - options: how long and how often.
    public static func run(
        _ scenario: Scenario, _ dataset: Dataset, options: Options = Options(), cache: ForecastCache = .none,
        threads: Int, progress: @escaping @Sendable (Double) -> Void = { _ in },
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) async throws(PipelineError) -> PlanTrial {
        var quiet = scenario
        quiet.branch = nil
        quiet.promotions = []
        quiet.faults = []
        quiet.demand.live = []
        quiet.demand.spikes = []
        quiet.stock.opening = 1
        quiet.flow.keepsSupplierTerms = true
        var empty = dataset
        (empty.stock, empty.lots, empty.openOrders) = ([], [], [])
        func world(_ days: Int) async throws(PipelineError) -> PreparedScenario {
            var plan = quiet
            plan.clock.days = days
            return try await Pipeline.prepare(plan, empty, cache: cache, threads: threads)
        }
        let warmUp = Self.warmUp(dataset.suppliers)
        // Both runs see the same forecast: the shorter one only ends earlier.
        quiet.leastForecast = scenario.clock.start + warmUp + options.days - (scenario.demand.historyThrough + 1)
        let whole = try await world(warmUp + options.days)
        let short = try await world(warmUp)
        let steps = Double(2 * options.replications)
        var done = 0.0
        /// Units asked for and lost by SKU in each replication.
        func losses(_ world: World) async throws(PipelineError) -> [Losses] {
            var result: [Losses] = []
            for replication in 0..<options.replications {
                let at = done
                var opened = world
                opened.stock = Self.opened(whole.world.stock, replication, dataset, whole.network, seed: scenario.seed)
                let run: RunResult
                do {
                    run = try await Simulator.run(
                        opened, seed: scenario.seed &+ UInt64(replication), replications: 1, threads: threads,
                        progress: { progress((at + $0.fraction) / steps) }, isCancelled: isCancelled)
                } catch { throw .simulation(error) }
                done += 1
                result.append(Losses(run))
            }
            return result
        }
        let first = try await losses(short.world)
        let all = try await losses(whole.world)
        do { return try PlanTrial(whole, options, warmUp, first: first, all: all) } catch {
            throw .replenishment(error)
        }
    }

    /// The shop that a data set alone tells of, from the day after its history ends: where a plan without a scenario is
    /// tried.
    public static func shop(
        _ dataset: Dataset, settings: ReviewSettings
    ) throws(PipelineError) -> Scenario {
        let start = dataset.demand.axis.day(dataset.demand.axis.count)
        var scenario: Scenario
        do {
            scenario = try ScenarioLoader.load(
                text: "granary: 1\nname: \(plainName)\ndata: \(plainName)\nclock:\n  start: \(start)\n  days: 1\n",
                name: plainName)
        } catch { throw .scenario(error) }
        scenario.network.frontWarehouses = .none
        scenario.stock.service = settings.service
        scenario.replenishment.costs = settings.costs
        scenario.replenishment.reviewDays = settings.reviewDays.map { Double($0) }
        return scenario
    }

    private static let plainName = "plan"

    /// Days until the plan alone says what is there: the longest lead time with twice its spread, and its review.
    private static func warmUp(_ suppliers: [Supplier]) -> Int {
        let longest = suppliers.map { $0.leadTime + 2 * $0.leadTimeDeviation + Double($0.reviewPeriod) }.max() ?? 14
        return min(150, max(14, Int(longest.rounded(.up))))
    }

    /// Every row at a level between its two, each as likely as the others.
    private static func opened(
        _ stock: StockRows, _ replication: Int, _ dataset: Dataset, _ network: Network, seed: UInt64
    ) -> StockRows {
        let rows = stock.rows.map { row -> StockRow in
            let entity = combine(
                entityHash(dataset.skus[row.sku.position].code), entityHash(network.nodes[row.node.position].code))
            var draws = RandomStream(
                seed: seed, stream: RandomStreamID.planOpening.rawValue, entity: entity,
                replication: UInt32(replication))
            var row = row
            let lot = Int(row.orderUpTo) - Int(max(0, row.reorderPoint))
            row.opening = row.orderUpTo - Quantity(lot > 0 ? draws.integer(below: lot) : 0)
            return row
        }
        return StockRows(skuCount: stock.offsets.count - 1, rows: rows)
    }

    private struct Losses {
        var asked: [Double] = []
        var lost: [Double] = []

        init(_ run: RunResult) {
            guard let table = run.table("sku_losses"), case .real(let asked)? = table.column("demanded"),
                case .real(let lost)? = table.column("lost")
            else { return }
            (self.asked, self.lost) = (asked, lost)
        }
    }

    private init(
        _ prepared: PreparedScenario, _ options: Options, _ warmUp: Int, first: [Losses], all: [Losses]
    ) throws(ReplenishmentError) {
        days = options.days
        let count = prepared.dataset.skus.count
        let replications = options.replications
        let promises = try Self.promises(prepared, options, warmUp)
        var (served, wanted) = (
            [Double](repeating: 0, count: replications), [Double](repeating: 0, count: replications)
        )
        var (kept, weight) = (0.0, 0.0)
        for sku in 0..<count {
            guard let promise = promises[sku] else { continue }
            var shares: [Double] = []
            var units: [Double] = []
            for replication in 0..<replications {
                let (whole, before) = (all[replication], first[replication])
                guard sku < whole.asked.count, sku < before.asked.count else { continue }
                let ask = whole.asked[sku] - before.asked[sku]
                let miss = whole.lost[sku] - before.lost[sku]
                units.append(ask)
                served[replication] += ask - miss
                wanted[replication] += ask
                if ask > 0 { shares.append(1 - miss / ask) }
            }
            kept += promise.promised * promise.demand
            weight += promise.demand
            rows.append(Self.row(SKU.Index(sku), promise, units: units, shares: shares))
        }
        fillRate = Self.interval(zip(served, wanted).map { $1 > 0 ? $0 / $1 : 1 })
        promised = weight > 0 ? kept / weight : 1
    }

    private struct Promise {
        var promised = 0.0
        var planned = 0.0
        var demand = 0.0
        var variance = 0.0
        var isUnreliable = false
        var lots = 0.0
    }

    /// What the plan promises each article over all nodes that serve buyers, weighted by their demand; nil where it is
    /// not planned at all.
    private static func promises(
        _ prepared: PreparedScenario, _ options: Options, _ warmUp: Int
    ) throws(ReplenishmentError) -> [Promise?] {
        var promises = [Promise?](repeating: nil, count: prepared.dataset.skus.count)
        let demand = prepared.demand
        let first = max(0, prepared.scenario.clock.start - demand.start) + warmUp
        var planned: [Int64: StockTarget] = [:]
        func key(_ sku: SKU.Index, _ node: Node.Index) -> Int64 { Int64(sku.raw) << 32 | Int64(node.raw) }
        for target in prepared.stockPlan.targets { planned[key(target.sku, target.node)] = target }
        for row in 0..<demand.rowCount {
            let (sku, node) = (demand.skus[row], demand.nodes[row])
            // Demand at the top holds that of the nodes below: the article's units, and its promise where buyers meet it.
            guard prepared.network.upstream[node.position] == nil, let target = planned[key(sku, node)],
                let feed = prepared.feeds[row]
            else { continue }
            let ahead = demand.daily(row).cumulative(from: first, span: Double(options.days))
            guard ahead.mean > 0 else { continue }
            var promise = promises[sku.position] ?? Promise()
            let fill = try StockPlanner.fill(target, daily: demand.daily(row), feed: feed)
            var promised = fill
            if case .fill(let share) = target.basis.service { promised = min(fill, share) }
            let units = promise.demand + ahead.mean
            promise.promised = (promise.promised * promise.demand + promised * ahead.mean) / units
            promise.planned = (promise.planned * promise.demand + fill * ahead.mean) / units
            promise.demand += ahead.mean
            promise.variance += ahead.variance
            promise.lots = max(promise.lots, Double(target.orderUpTo - target.reorderPoint) / max(1, target.mean))
            if case .supplier(let supplier) = feed.source {
                let terms = prepared.supplyStep.suppliers[supplier.position]
                promise.isUnreliable =
                    promise.isUnreliable || terms.lateRate > .zero || terms.shortRate > .zero
                    || terms.weeklyCapacity > 0
            }
            promises[sku.position] = promise
        }
        return promises
    }

    private static func row(_ sku: SKU.Index, _ promise: Promise, units: [Double], shares: [Double]) -> Row {
        let (mean, halfWidth) = interval(shares)
        let asked = units.reduce(0, +) / Double(max(1, units.count))
        var verdict: PlanReplay.Verdict = .kept
        var why: Why?
        if shares.count < 2 || units.reduce(0, +) < 100 {
            (verdict, why) = (.few, .few)
        } else if mean + halfWidth < promise.promised {
            verdict = .below
        } else if mean - halfWidth > promise.planned {
            verdict = .above
        }
        // Two standard deviations of what the plan says about the mean of the replications, and a twentieth.
        let noise = 2 * (promise.variance / Double(max(1, units.count))).squareRoot() + 0.05 * promise.demand
        switch verdict {
        case .below:
            why = asked > promise.demand + noise ? .demandAbove : promise.isUnreliable ? .supplier : .spread
        case .above:
            why = asked < promise.demand - noise ? .demandBelow : promise.lots > 0.3 ? .lots : .spread
        case .kept, .few: break
        }
        return Row(
            sku: sku, promised: promise.promised, planned: promise.planned, reached: mean, halfWidth: halfWidth,
            asked: asked,
            expected: promise.demand, verdict: verdict, why: why)
    }

    private static func interval(_ values: [Double]) -> (mean: Double, halfWidth: Double) {
        let (mean, halfWidth) = meanAndHalfWidth(values)
        return (values.isEmpty ? 1 : mean, halfWidth ?? 0)
    }

    /// One line for each article, the promises not kept first.
    public func table(_ names: SuggestionNames, language: Language = .english) -> ResultTable {
        let order: [PlanReplay.Verdict] = [.below, .above, .kept, .few]
        let list = rows.sorted {
            (order.firstIndex(of: $0.verdict) ?? 0, -$0.asked, $0.sku) < (
                order.firstIndex(of: $1.verdict) ?? 0, -$1.asked, $1.sku
            )
        }
        return ResultTable(
            "plan_trial",
            [
                Column("sku", .text(list.map { names.skuCode($0.sku) })),
                Column("name", .text(list.map { names.sku($0.sku) })),
                Column("promised", unit: "share", .real(list.map(\.promised))),
                Column("planned", unit: "share", .real(list.map(\.planned))),
                Column("reached", unit: "share", .real(list.map(\.reached))),
                Column("plus_minus", unit: "share", .real(list.map(\.halfWidth))),
                Column("asked_units", unit: "units", .real(list.map(\.asked))),
                Column("expected_units", unit: "units", .real(list.map(\.expected))),
                Column("check", .text(list.map { Catalogue.text("verdict.\($0.verdict.rawValue)", language) })),
                Column(
                    "reason",
                    .text(list.map { row in row.why.map { Catalogue.text("trial.\($0.rawValue)", language) } ?? "" })),
            ])
    }
}
