import NumericCore
import Replenishment
import Retail
import Simulation

/// What was promised, held against what came out.
extension PlanTrial {
    init(
        _ prepared: PreparedScenario, _ options: Options, _ warmUp: Int, first: [Losses], all: [Losses]
    ) throws(ReplenishmentError) {
        days = options.days
        let count = prepared.dataset.skus.count
        let replications = options.replications
        let promises = try Self.promises(prepared, options, warmUp)
        var (served, wanted) = (
            [Double](repeating: 0, count: replications), [Double](repeating: 0, count: replications)
        )
        var (kept, whole, weight) = (0.0, 0.0, 0.0)
        var beyond: [Why: Double] = [:]
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
            whole += promise.planned * promise.demand
            weight += promise.demand
            let row = Self.row(SKU.Index(sku), promise, units: units, shares: shares)
            if !shares.isEmpty {
                let why = Self.cause(promise, asked: row.asked, reached: row.reached, count: units.count)
                beyond[why, default: 0] += (row.promised - row.reached) * row.asked
            }
            rows.append(row)
        }
        missed = Why.allCases.compactMap { why in beyond[why].map { (why, $0) } }.sorted { $0.units > $1.units }
        fillRate = Self.interval(zip(served, wanted).map { $1 > 0 ? $0 / $1 : 1 })
        (promised, planned) = weight > 0 ? (kept / weight, whole / weight) : (1, 1)
    }

    struct Promise {
        var promised = 0.0
        var planned = 0.0
        var demand = 0.0
        var variance = 0.0
        var isUnreliable = false
        var lots = 0.0
        /// Part of its units that came in orders beyond what the plan reckons with.
        var giants = 0.0
    }

    /// What the plan promises each article over all nodes that serve buyers, weighted by their demand; nil where it is
    /// not planned at all.
    private static func promises(
        _ prepared: PreparedScenario, _ options: Options, _ warmUp: Int
    ) throws(ReplenishmentError) -> [Promise?] {
        var promises = [Promise?](repeating: nil, count: prepared.dataset.skus.count)
        let demand = prepared.demand.from(prepared.scenario.clock.start + warmUp)
        var planned: [Int64: StockTarget] = [:]
        func key(_ sku: SKU.Index, _ node: Node.Index) -> Int64 { Int64(sku.raw) << 32 | Int64(node.raw) }
        for target in prepared.stockPlan.targets { planned[key(target.sku, target.node)] = target }
        for row in 0..<demand.rowCount {
            let (sku, node) = (demand.skus[row], demand.nodes[row])
            // Demand at the top holds that of the nodes below: the article's units, and its promise where buyers meet it.
            guard prepared.network.upstream[node.position] == nil, let target = planned[key(sku, node)],
                let feed = prepared.feeds[row]
            else { continue }
            let ahead = demand.daily(row).cumulative(span: Double(options.days))
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
            promise.giants = prepared.supplyStep.lines.giantShare(sku)
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
        switch verdict {
        case .below, .above: why = cause(promise, asked: asked, reached: mean, count: units.count)
        case .kept, .few: break
        }
        return Row(
            sku: sku, promised: promise.promised, planned: promise.planned, reached: mean, halfWidth: halfWidth,
            asked: asked,
            expected: promise.demand, verdict: verdict, why: why)
    }

    /// Why an article was served less, or more, than promised.
    private static func cause(_ promise: Promise, asked: Double, reached: Double, count: Int) -> Why {
        // Two standard deviations of what the plan says about the mean of the replications, and a twentieth.
        let noise = 2 * (promise.variance / Double(max(1, count))).squareRoot() + 0.05 * promise.demand
        if reached >= promise.promised {
            return asked < promise.demand - noise ? .demandBelow : promise.lots > 0.3 ? .lots : .spread
        }
        if asked > promise.demand + noise { return .demandAbove }
        // What giants ask for beyond the largest usual order is not there.
        if promise.giants > 0.5 * (promise.promised - reached) { return .giants }
        return promise.isUnreliable ? .supplier : .spread
    }

    private static func interval(_ values: [Double]) -> (mean: Double, halfWidth: Double) {
        let (mean, halfWidth) = meanAndHalfWidth(values)
        return (values.isEmpty ? 1 : mean, halfWidth ?? 0)
    }
}
