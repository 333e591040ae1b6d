import NumericCore
public import Retail

/// Plays a stock plan day by day against demand and lead times drawn from what it was planned for, and holds the
/// service reached against the service promised.
///
/// Every row runs alone: on review days an order in the morning by the row's policy with its minimum and multiple
/// (`PolicyParameters`, the rule the promotion-day simulator asks too), then the day's demand, evenly over the day, in the
/// midst of which goods may come; what is not there waits. Demand is stationary at the mean, variance and correlation of
/// days that the plan saw over lead time plus review: order by order where past orders show how many units a line has, else
/// in whole units of the days' shape. Lead times are as the plan saw them. A row fed by another node is fed without fail:
/// what shortages there would add is the promise of that node. Rows whose levels were not chosen for their service
/// (`StockTarget.planned`) are not played.
public struct PlanReplay: Sendable, Equatable {
    public var rows: [Row] = []

    /// What one row reached.
    public struct Row: Sendable, Equatable {
        public var sku: SKU.Index
        public var node: Node.Index
        public var promised: ServiceTarget
        /// What the levels come to by the plan's own formulas: more than promised by what whole units add.
        public var planned: Double
        /// Mean over the replications and half the width of its 95 % interval.
        public var reached: Double
        public var halfWidth: Double
        public var units: Double
        public var cycles: Int
        public var verdict: Verdict
    }

    public enum Verdict: String, Sendable, CaseIterable {
        /// The interval reaches from the promise, or lies between it and what whole units add to it.
        case kept
        /// More service than even whole units add, by more than the interval.
        case above
        case below
        /// Too few cycles to tell.
        case few
    }

    public struct Options: Sendable, Equatable {
        public var days = 364
        /// Days before anything is counted, beyond twice the lead time.
        public var warmUp = 56
        public var replications = 8
        public var seed: UInt64 = 1

        public init() {}
    }

    /// Units of all rows served at once, per cent of all asked for: mean over the replications and half width.
    public var fillRate: (mean: Double, halfWidth: Double) = (1, 0)
    /// Means over the rows that were judged: service promised, planned with whole units, and reached.
    public var means: (promised: Double, planned: Double, reached: Double) {
        let judged = rows.filter { $0.verdict != .few }
        let units = judged.reduce(0) { $0 + $1.units }
        guard units > 0 else { return (1, 1, 1) }
        func mean(_ value: (Row) -> Double) -> Double { judged.reduce(0) { $0 + $1.units * value($1) } / units }
        return (mean(\.promised.level), mean(\.planned), mean(\.reached))
    }

    public static func == (a: Self, b: Self) -> Bool { a.rows == b.rows && a.fillRate == b.fillRate }

    /// - Parameter skus, nodes: name the rows' random numbers, so that a row's luck does not depend on the others.
    public static func run(
        demand: NodeDemand, feeds: [Feed?], plan: StockPlan, skus: [SKU], nodes: [Node],
        lines: LineSizes = LineSizes(), options: Options = Options()
    ) -> PlanReplay {
        var targets: [Int64: StockTarget] = [:]
        for target in plan.targets { targets[PositionTable.key(target.sku, target.node)] = target }
        var replay = PlanReplay()
        var served = [Double](repeating: 0, count: options.replications)
        var asked = served
        for row in demand.orderedRows {
            guard let feed = feeds[row], let target = targets[PositionTable.key(demand.skus[row], demand.nodes[row])],
                target.mean > 1e-6, target.planned != nil
            else { continue }
            let shelf = ReplayShelf(daily: demand.daily(row), feed: feed, target: target, lines: lines[target.sku])
            let entity = combine(
                entityHash(skus[target.sku.position].code), entityHash(nodes[target.node.position].code))
            var outcomes: [ReplayShelf.Outcome] = []
            for replication in 0..<options.replications {
                let outcome = shelf.play(
                    days: options.days, warmUp: options.warmUp, seed: options.seed, entity: entity,
                    replication: replication)
                served[replication] += outcome.served
                asked[replication] += outcome.asked
                outcomes.append(outcome)
            }
            replay.rows.append(judge(target, outcomes, lump: lines.lumps(target.sku).size))
        }
        let (share, halfWidth) = shareAndHalfWidth(served, of: asked)
        replay.fillRate = (share ?? 1, halfWidth ?? 0)
        return replay
    }

    private static func judge(_ target: StockTarget, _ outcomes: [ReplayShelf.Outcome], lump: Double) -> Row {
        let service = target.basis.service
        let cycles = outcomes.reduce(0) { $0 + $1.cycles }
        let short = Double(cycles - outcomes.reduce(0) { $0 + $1.wholeCycles })
        let reached =
            switch service {
            case .fill:
                ServiceReached(
                    served: outcomes.map(\.served), asked: outcomes.map(\.asked), shortages: short, usualMiss: lump)
            case .line:
                ServiceReached(
                    served: outcomes.map(\.wholeLines), asked: outcomes.map(\.lines), shortages: short, usualMiss: 1)
            case .cycle, .cost:
                ServiceReached(
                    served: outcomes.map { Double($0.wholeCycles) }, asked: outcomes.map { Double($0.cycles) },
                    shortages: short, usualMiss: 1)
            }
        let planned = max(service.level, target.planned ?? service.level)
        return Row(
            sku: target.sku, node: target.node, promised: service, planned: planned, reached: reached.share,
            halfWidth: reached.halfWidth, units: outcomes.reduce(0) { $0 + $1.asked }, cycles: cycles,
            verdict: reached.verdict(promised: service.level, planned: planned))
    }
}
