import NumericCore
public import Replenishment
public import Retail
import Simulation

/// A stock plan tried in the order simulator: weeks of orders against the plan's levels, its suppliers and its
/// transfers, and the service reached held against the service promised, article by article.
///
/// The shop is the scenario's without its promotions and mishaps; levels are those planned for the days counted; every
/// place opens somewhere between its levels, as it
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
        /// Orders larger than the plan reckons with (`LineSizes.giants`).
        case giants
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
    /// The same with what whole units add.
    public var planned = 1.0
    /// Units missed beyond those the promises allow, per replication, by the cause of each article's, most first; negative
    /// where more was served than promised.
    public var missed: [(why: Why, units: Double)] = []
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
        // The levels are those that a review in the middle of it all would set for the days counted.
        quiet.planDay = scenario.clock.start + warmUp
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

    struct Losses {
        var asked: [Double] = []
        var lost: [Double] = []

        init(_ run: RunResult) {
            guard let table = run.table("sku_losses"), case .real(let asked)? = table.column("demanded"),
                case .real(let lost)? = table.column("lost")
            else { return }
            (self.asked, self.lost) = (asked, lost)
        }
    }
}
