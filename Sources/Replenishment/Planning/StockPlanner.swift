public import Retail

/// Turns a forecast per node into what to hold there: reorder points, order-up-to levels and safety stocks.
public enum StockPlanner {
    /// Plans every row of `demand` that has a feed. Targets come ordered by (SKU, node).
    ///
    /// - Parameters:
    ///   - demand: expected demand per stocked pair and day, the first day being the day of the plan.
    ///   - feeds: one per row of `demand`; nil leaves the row without a target.
    ///   - lines: units of an order line, for promises of order-line fill.
    public static func plan(
        demand: NodeDemand, feeds: [Feed?], skus: [SKU], service: ServicePolicy,
        costs: InventoryCosts = InventoryCosts(), lines: LineSizes = LineSizes()
    ) throws(ReplenishmentError) -> StockPlan {
        let bases = try bases(demand: demand, feeds: feeds, skus: skus, service: service, costs: costs, lines: lines)
        var rows: [RowPlan] = []
        rows.reserveCapacity(bases.count)
        if let goal = service.assortment {
            let point = try StockToService(bases.map { $0.basis.item(goal.weighsMargin) }).point(goal)
            for (at, base) in bases.enumerated() { rows.append(base.basis.plan(level: point.levels[at])) }
        } else {
            for base in bases { rows.append(try base.basis.plan()) }
        }
        let targets = zip(bases, rows).map { base, row in
            let feed = base.basis.feed
            return StockTarget(
                sku: demand.skus[base.row], node: demand.nodes[base.row], mean: row.law.mean,
                deviation: row.law.standardDeviation, safetyStock: row.safetyStock, reorderPoint: row.reorderPoint,
                orderUpTo: row.orderUpTo, law: row.law.name,
                basis: TargetBasis(
                    service: row.target, leadTime: feed.leadTime, leadTimeDeviation: feed.leadTimeDeviation,
                    leadTimeSource: feed.leadTimeSource, reviewPeriod: max(1, feed.reviewPeriod),
                    fit: base.basis.fit),
                planned: base.basis.reached(
                    feed.policy.hasReorderPoint ? row.reorderPoint : row.orderUpTo, row.target),
                waste: base.basis.waste(row.orderUpTo))
        }
        return StockPlan(service: service.base, targets: targets)
    }

    /// Part of demand that a target's levels serve from stock, by the laws it was planned with.
    public static func fill(
        _ target: StockTarget, daily: DailyDemand, feed: Feed, sku: SKU, lines: [LineSizes.Size]
    ) throws(ReplenishmentError) -> Double {
        var chooser = LawChooser()
        let basis = try RowBasis(
            daily: daily, feed: feed, target: target.basis.service, costs: InventoryCosts(),
            value: RowValue(sku, feed: feed, lines: lines), lot: target.orderUpTo - target.reorderPoint,
            chooser: &chooser)
        return basis.fill(Double(feed.policy.hasReorderPoint ? target.reorderPoint : target.orderUpTo))
    }

    /// The stock-to-service curve of the whole assortment: money in stock levels against demand served, when every yuan
    /// goes where it serves most.
    public static func curve(
        demand: NodeDemand, feeds: [Feed?], skus: [SKU], service: ServicePolicy,
        costs: InventoryCosts = InventoryCosts(), points: Int = 20
    ) throws(ReplenishmentError) -> [StockToService.Point] {
        let bases = try bases(
            demand: demand, feeds: feeds, skus: skus, service: service, costs: costs, lines: LineSizes())
        let weighsMargin = service.assortment?.weighsMargin ?? false
        return try StockToService(bases.map { $0.basis.item(weighsMargin) }).curve(points: points)
    }

    /// The same with feeds resolved from the network, the suppliers' terms and the transfers between nodes.
    ///
    /// - Parameter transfers: terms of the transfers into each node, by node; a node beyond the end gets the default.
    public static func plan(
        demand: NodeDemand, network: Network, skus: [SKU], suppliers: [Supplier], supply: [SupplyTerms],
        transfers: [TransferTerms] = [], service: ServicePolicy, costs: InventoryCosts = InventoryCosts()
    ) throws(ReplenishmentError) -> StockPlan {
        let feeds = Feed.resolve(
            demand: demand, upstream: network.upstream, skus: skus, suppliers: suppliers, supply: supply,
            transfers: transfers)
        return try plan(demand: demand, feeds: feeds, skus: skus, service: service, costs: costs)
    }

    private static func bases(
        demand: NodeDemand, feeds: [Feed?], skus: [SKU], service: ServicePolicy, costs: InventoryCosts,
        lines: LineSizes
    ) throws(ReplenishmentError) -> [(row: Int, basis: RowBasis)] {
        guard feeds.count == demand.rowCount else {
            throw .shape(what: "feeds", count: feeds.count, expected: demand.rowCount)
        }
        guard costs.holdingRate >= 0, costs.orderLine >= 0 else {
            throw .parameter(
                name: "holding rate or order cost", value: min(costs.holdingRate, costs.orderLine),
                expected: "a number of 0 or more")
        }
        if let fault = demand.firstFault() { throw fault }
        var chooser = LawChooser()
        var bases: [(Int, RowBasis)] = []
        bases.reserveCapacity(demand.rowCount)
        for row in demand.orderedRows {
            guard let feed = feeds[row] else { continue }
            let sku = demand.skus[row]
            guard sku.position < skus.count else {
                throw .shape(what: "skus", count: skus.count, expected: sku.position + 1)
            }
            let product = skus[sku.position]
            let basis = try RowBasis(
                daily: demand.daily(row), feed: feed, target: service.target(product), costs: costs,
                value: RowValue(product, feed: feed, lines: lines[sku]), chooser: &chooser)
            bases.append((row, basis))
        }
        return bases
    }
}

/// The levels of one stock row and what they were made of.
public struct RowPlan: Sendable, Equatable {
    /// Demand over lead time plus review.
    public var law: DemandLaw
    /// What the level that protects the row must last for, and demand over the lead time alone.
    public var protection: DemandLaw
    public var overLeadTime: DemandLaw
    /// The service the levels were chosen for.
    public var target: ServiceTarget
    /// Units ordered at a time under (R, s, S), before any need beyond it; 0 under (R, S).
    public var lot: Int64
    public var reorderPoint: Int64
    public var orderUpTo: Int64
    /// What the level that protects the row holds above expected demand (s under (R, s, S), S under (R, S)), rounded
    /// to whole units. Negative where a low fill rate is reached with less than expected demand.
    public var safetyStock: Int64
    /// Orders are whole lots of `lot` units.
    public var isInLots: Bool

    /// - Parameters:
    ///   - daily: demand from the day of the plan on.
    ///   - offset: days from the vector's first day to the day of the plan.
    ///   - levelDoubt: squared coefficient of variation of a factor on all days alike that nobody knows yet.
    public init(
        daily: DailyDemand, offset: Int = 0, feed: Feed, target: ServiceTarget, costs: InventoryCosts,
        value: RowValue = RowValue(), levelDoubt: Double = 0
    ) throws(ReplenishmentError) {
        var chooser = LawChooser()
        self = try RowBasis(
            daily: daily, offset: offset, feed: feed, target: target, costs: costs, value: value,
            levelDoubt: levelDoubt, chooser: &chooser
        ).plan()
    }

    init(
        _ basis: RowBasis, target: ServiceTarget, lot: Int64, reorderPoint: Int64, orderUpTo: Int64, safetyStock: Int64
    ) {
        isInLots = basis.feed.policy.isInLots
        (law, protection, overLeadTime) = (basis.law, basis.protection, basis.overLeadTime)
        (self.target, self.lot) = (target, lot)
        (self.reorderPoint, self.orderUpTo, self.safetyStock) = (reorderPoint, orderUpTo, safetyStock)
    }
}
