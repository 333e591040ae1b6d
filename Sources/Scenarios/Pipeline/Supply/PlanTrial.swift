import NumericCore
public import Replenishment
public import Retail
import Simulation

/// A stock plan tried in the order simulator: weeks of orders against the plan's levels, and the service of each shelf
/// held against the service promised for it.
///
/// A promise is about one shelf fed as its terms say, so that is what is tried first: the nodes of one level serve alone
/// all that the plan reckons with there, line by line, and are fed without fail; levels are those that a review sets that
/// morning, every day; demand is that of the plan, in whole baskets (`PlanLuck`); and every place opens somewhere
/// between its levels, as it would be found on any day. Orders of the first weeks, as long as the longest lead time with
/// its review, are not counted. Then the same levels are tried with the nodes feeding each other, and in the shop as it
/// is: what becomes of the promise there is told beside it.
public struct PlanTrial: Sendable {
    public struct Row: Sendable, Equatable {
        public var sku: SKU.Index
        public var node: Node.Index
        /// Part of demand promised to be served from stock; under another kind of promise what the plan's levels come to.
        public var promised: Double
        /// Part that the plan's levels should serve, played by themselves: other than promised by what whole units add,
        /// and by what levels do that move from day to day.
        public var planned: Double
        /// Reached in the trial, and half the width of its 95 % interval.
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
        /// Levels move from day to day: what lies above one that falls protects, and one that rises is met late.
        case moving
        /// Baskets make demand spread more, or less, from day to day than the forecast says.
        case spread
        case few
    }

    /// How the levels are tried.
    public enum Setting: String, Sendable, CaseIterable {
        /// Each level of nodes by itself, as the promise has it.
        case shelves
        /// The same, but buyers who find nothing go away.
        case leaving
        /// Nodes feed each other, and each serves its own regions alone.
        case network
        /// The same with suppliers as they are: late, short, or at their weekly limit; where any is.
        case suppliers
        /// As the shop does it: other nodes stand in, goods come back, orders are of any size.
        case shop
    }

    public struct Outcome: Sendable, Equatable {
        public var setting: Setting
        /// Part of units served: all replications, and half the width of its 95 % interval.
        public var served: Double
        public var halfWidth: Double
    }

    public var rows: [Row] = []
    /// The first is what the promise is held against.
    public var outcomes: [Outcome] = []
    /// What the plan promises, and what its levels come to in whole units and from day to day: weighted as the units that
    /// were asked for.
    public var promised = 1.0
    public var planned = 1.0
    /// Days counted in each replication.
    public var days = 0

    /// Whether the promise, with what whole units and moving levels add, lies within the interval of what was served.
    public var isKept: Bool {
        guard let first = outcomes.first else { return true }
        return first.served + first.halfWidth >= promised && first.served - first.halfWidth <= max(promised, planned)
    }

    public struct Options: Sendable, Equatable {
        /// Days counted.
        public var days = 28
        public var replications = 8
        public init() {}
    }

    /// The longest a trial may count, with the weeks before.
    public static let mostDays = 120

    /// - Parameters:
    ///   - scenario: whose plan is tried, in whose shop, without its promotions and mishaps.
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
        let warmUp = Self.warmUp(dataset.suppliers, days: options.days)
        quiet.clock.days = warmUp + options.days
        quiet.leastForecast = scenario.clock.start + quiet.clock.days - (scenario.demand.historyThrough + 1)
        let prepared = try await Pipeline.prepare(quiet, empty, cache: cache, threads: threads)
        let levels: DailyPlans
        do { levels = try await DailyPlans(prepared, warmUp: warmUp, threads: threads) } catch {
            throw .replenishment(error)
        }
        let worlds = TrialWorlds(prepared, levels, warmUp: warmUp)
        let tried = worlds.all
        let steps = Double(tried.count * options.replications)
        var done = 0.0
        var counts: [[ShelfCounts]] = []
        for (_, world) in tried {
            var results: [ShelfCounts] = []
            for replication in 0..<options.replications {
                let at = done
                var opened = world
                opened.stock = worlds.opened(world.stock, replication, seed: scenario.seed)
                let run: RunResult
                do {
                    run = try await Simulator.run(
                        opened, seed: scenario.seed &+ UInt64(replication), replications: 1, threads: threads,
                        progress: { progress((at + $0.fraction) / steps) }, isCancelled: isCancelled)
                } catch { throw .simulation(error) }
                done += 1
                results.append(ShelfCounts(run, rows: opened.stock.rows.count))
            }
            counts.append(results)
        }
        return PlanTrial(
            prepared, options, warmUp: warmUp, worlds: worlds, levels: levels,
            counts: zip(tried, counts).map { ($0.setting, $1) })
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
    private static func warmUp(_ suppliers: [Supplier], days: Int) -> Int {
        let longest = suppliers.map { $0.leadTime + 2 * $0.leadTimeDeviation + Double($0.reviewPeriod) }.max() ?? 14
        return min(180 - days, max(14, Int(min(longest, 180).rounded(.up))))
    }

    /// What was asked of each stock row, missing there, and how often something was.
    struct ShelfCounts {
        var asked: [Double]
        var missed: [Double]
        var shortages: [Double]

        init(_ run: RunResult, rows: Int) {
            func column(_ name: String) -> [Double] {
                guard case .real(let cells)? = run.table("shelf_service")?.column(name), cells.count == rows else {
                    return [Double](repeating: 0, count: rows)
                }
                return cells
            }
            (asked, missed, shortages) = (column("asked"), column("missed"), column("shortages"))
        }
    }
}
