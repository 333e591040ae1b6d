import NumericCore
public import Retail

/// Plays a stock plan day by day against demand and lead times drawn from what it was planned for, and holds the
/// service reached against the service promised.
///
/// Every row runs alone: receipts in the morning, then (on review days) an order by the row's policy with its minimum
/// and multiple (`PolicyParameters`, the rule the promotion-day simulator asks too), then the day's demand; what is
/// not there waits. Demand is stationary at the mean, variance, shape and correlation of days that the plan saw over lead
/// time plus review, in whole units; lead times are as the plan saw them, in whole days. A row fed by
/// another node is fed without fail: what shortages there would add is the promise of that node.
public struct PlanReplay: Sendable, Equatable {
    public var rows: [Row] = []

    /// What one row reached.
    public struct Row: Sendable, Equatable {
        public var sku: SKU.Index
        public var node: Node.Index
        public var promised: ServiceTarget
        /// Mean over the replications and half the width of its 95 % interval.
        public var reached: Double
        public var halfWidth: Double
        public var units: Double
        public var cycles: Int
        public var verdict: Verdict
    }

    public enum Verdict: String, Sendable, CaseIterable {
        /// The promise lies within the interval, or a whole unit less would break it.
        case kept
        /// More service than promised, by more than the interval: whole units, minimum or multiple.
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
                target.mean > 1e-6
            else { continue }
            let shelf = Shelf(daily: demand.daily(row), feed: feed, target: target, lines: lines[target.sku])
            let entity = combine(
                entityHash(skus[target.sku.position].code), entityHash(nodes[target.node.position].code))
            var outcomes: [Shelf.Outcome] = []
            for replication in 0..<options.replications {
                let outcome = shelf.play(
                    days: options.days, warmUp: options.warmUp, seed: options.seed, entity: entity,
                    replication: replication)
                served[replication] += outcome.served
                asked[replication] += outcome.asked
                outcomes.append(outcome)
            }
            replay.rows.append(judge(target, outcomes))
        }
        let shares = zip(served, asked).map { $1 > 0 ? $0 / $1 : 1 }
        replay.fillRate = interval(shares)
        return replay
    }

    private static func judge(_ target: StockTarget, _ outcomes: [Shelf.Outcome]) -> Row {
        let asked = outcomes.reduce(0) { $0 + $1.asked }
        let cycles = outcomes.reduce(0) { $0 + $1.cycles }
        let shares = outcomes.map { outcome -> Double in
            switch target.basis.service {
            case .fill: outcome.asked > 0 ? outcome.served / outcome.asked : 1
            case .line: outcome.lines > 0 ? outcome.wholeLines / outcome.lines : 1
            case .cycle, .cost: outcome.cycles > 0 ? Double(outcome.wholeCycles) / Double(outcome.cycles) : 1
            }
        }
        let (mean, halfWidth) = interval(shares)
        let promise = target.basis.service.level
        let verdict: Verdict =
            cycles < 40 || asked < 100
            ? .few
            : mean + halfWidth < promise ? .below : mean - halfWidth > promise ? .above : .kept
        return Row(
            sku: target.sku, node: target.node, promised: target.basis.service, reached: mean, halfWidth: halfWidth,
            units: asked, cycles: cycles, verdict: verdict)
    }

    /// Mean and half width of the 95 % interval by Student's t.
    static func interval(_ values: [Double]) -> (mean: Double, halfWidth: Double) {
        let count = Double(values.count)
        guard count > 1 else { return (values.first ?? 1, 0) }
        let mean = values.reduce(0, +) / count
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        // 97.5 % points of Student's t with 1 ... 9 degrees of freedom, then the normal law's.
        let points = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262]
        let point = values.count - 2 < points.count ? points[values.count - 2] : 1.96
        return (mean, point * (variance / count).squareRoot())
    }
}

/// One stock row with the tables its days are drawn from.
private struct Shelf {
    struct Outcome {
        var asked = 0.0
        var served = 0.0
        var cycles = 0
        var wholeCycles = 0
        var lines = 0.0
        var wholeLines = 0.0
    }

    let policy: PolicyParameters
    let review: Int
    let byReview: Bool
    /// Equally likely values of a day's demand and of the lead time.
    let demands: [Double]
    /// Of the normal scores of two days in a row.
    let correlation: Double
    let leads: [Int16]
    /// Equally likely units of an order line.
    let lines: [Int64]

    /// Fine enough that the table's own steps are far below what is measured.
    static let demandSteps = 2_048
    static let leadSteps = 256

    init(daily: DailyDemand, feed: Feed, target: StockTarget, lines sizes: [LineSizes.Size]) {
        policy = PolicyParameters(target, feed: feed)
        review = max(1, feed.reviewPeriod)
        byReview = feed.policy == .orderUpTo
        let span = feed.leadTime + Double(review)
        let days = max(1, Int(span.rounded(.up)))
        let mean = daily.cumulative(from: 0, span: span).mean / span
        let variance = (0..<days).reduce(0.0) { $0 + daily.variance(day: $1) } / Double(days)
        correlation = daily.correlation
        let law = Moments(mean: mean, variance: variance).law
        let shape = Array(daily.shape)
        let steps = (0..<Self.demandSteps).map { step -> Double in
            let place = (Double(step) + 0.5) / Double(Self.demandSteps)
            let value =
                shape.isEmpty
                ? law.quantile(place)
                : mean + variance.squareRoot() * DemandShape.value(shape, Normal.quantile(place))
            return min(max(0, value), 1e9)
        }
        let own = steps.reduce(0, +) / Double(Self.demandSteps)
        demands = shape.isEmpty || own <= 0 ? steps : steps.map { $0 * mean / own }
        leads = feed.leadTimeLaw.draws(Self.leadSteps).map { Int16(min(max(0, $0.rounded()), 3_650)) }
        guard case .line = target.basis.service else {
            lines = []
            return
        }
        var (parts, share) = ([Int64](), 0.0)
        for size in sizes {
            share += size.share
            while parts.count < 512, (Double(parts.count) + 0.5) / 512 <= share { parts.append(size.units) }
        }
        lines = parts.isEmpty ? [1] : parts
    }

    /// Cuts a day's demand into lines and counts those that what is there serves in full, first come first served.
    private func serveLines(_ wanted: Int64, stock: Int64, _ stream: inout RandomStream, _ outcome: inout Outcome) {
        var (left, free) = (wanted, max(0, stock))
        while left > 0 {
            let line = min(left, lines[stream.integer(below: lines.count)])
            outcome.lines += 1
            if line <= free { outcome.wholeLines += 1 }
            free -= min(free, line)
            left -= line
        }
    }

    func play(days: Int, warmUp: Int, seed: UInt64, entity: UInt64, replication: Int) -> Outcome {
        var demandStream = RandomStream(
            seed: seed, stream: RandomStreamID.planDemand.rawValue, entity: entity, replication: UInt32(replication))
        var leadStream = RandomStream(
            seed: seed, stream: RandomStreamID.leadTime.rawValue, entity: entity, replication: UInt32(replication))
        var lineStream = RandomStream(
            seed: seed, stream: RandomStreamID.planLines.rawValue, entity: entity, replication: UInt32(replication))
        let longest = Int(leads.max() ?? 0)
        let first = warmUp + 2 * longest
        // Arrivals by day, in a ring.
        var ring = [Int64](repeating: 0, count: longest + 1)
        var stock = policy.orderUpTo
        var onOrder: Int64 = 0
        var outcome = Outcome()
        var isShort = false
        var hasCycle = false
        func endCycle(_ day: Int) {
            if day >= first, hasCycle {
                outcome.cycles += 1
                outcome.wholeCycles += isShort ? 0 : 1
            }
            hasCycle = day >= first
            isShort = false
        }
        // What a day's demand has beyond whole units is asked for with the next day's.
        var carried = 0.0
        var score = 0.0
        let fresh = (1 - correlation * correlation).squareRoot()
        for day in 0..<first + days {
            let slot = day % ring.count
            if ring[slot] > 0 {
                // Under (R, s, S) a cycle ends when goods arrive; under (R, S) each review period is one, whether
                // anything was missing to S or not.
                if !byReview { endCycle(day) }
                stock += ring[slot]
                onOrder -= ring[slot]
                ring[slot] = 0
            }
            if day % review == 0 {
                if byReview { endCycle(day) }
                let quantity = policy.order(position: stock + onOrder)
                if quantity > 0 {
                    let lead = Int(leads[leadStream.integer(below: leads.count)])
                    if lead == 0 {
                        stock += quantity
                    } else {
                        ring[(day + lead) % ring.count] += quantity
                        onOrder += quantity
                    }
                }
            }
            var step = demandStream.integer(below: demands.count)
            if correlation != 0 {
                let drawn = Normal.quantile((Double(step) + 0.5) / Double(demands.count))
                score = day == 0 ? drawn : correlation * score + fresh * drawn
                step = min(demands.count - 1, Int(Normal.cumulative(score) * Double(demands.count)))
            }
            carried += demands[step]
            let wanted = Int64(carried)
            carried -= Double(wanted)
            if day >= first, !lines.isEmpty { serveLines(wanted, stock: stock, &lineStream, &outcome) }
            let served = min(max(0, stock), wanted)
            if served < wanted { isShort = true }
            stock -= wanted
            if day >= first {
                outcome.asked += Double(wanted)
                outcome.served += Double(served)
            }
        }
        return outcome
    }
}
