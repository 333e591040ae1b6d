public import Retail

/// Turns a forecast per node into what to hold there: reorder points, order-up-to levels and safety stocks.
public enum StockPlanner {
    /// Plans every row of `demand` that has a feed. Targets come ordered by (SKU, node).
    ///
    /// - Parameters:
    ///   - demand: expected demand per stocked pair and day, the first day being the day of the plan.
    ///   - feeds: one per row of `demand`; nil leaves the row without a target.
    public static func plan(
        demand: NodeDemand, feeds: [Feed?], skus: [SKU], service: ServicePolicy,
        costs: InventoryCosts = InventoryCosts()
    ) throws(ReplenishmentError) -> StockPlan {
        guard feeds.count == demand.rowCount else {
            throw .shape(what: "feeds", count: feeds.count, expected: demand.rowCount)
        }
        guard costs.holdingRate >= 0, costs.orderLine >= 0 else {
            throw .parameter(
                name: "holding rate or order cost", value: min(costs.holdingRate, costs.orderLine),
                expected: "a number of 0 or more")
        }
        if let fault = demand.firstFault() { throw fault }
        var targets: [StockTarget] = []
        targets.reserveCapacity(demand.rowCount)
        for row in demand.orderedRows {
            guard let feed = feeds[row] else { continue }
            let sku = demand.skus[row]
            guard sku.position < skus.count else {
                throw .shape(what: "skus", count: skus.count, expected: sku.position + 1)
            }
            let levels = try RowPlan(
                daily: demand.daily(row), feed: feed, target: service.target(skus[sku.position].role), costs: costs)
            let basis = TargetBasis(
                service: levels.target, leadTime: feed.leadTime, leadTimeDeviation: feed.leadTimeDeviation,
                leadTimeSource: feed.leadTimeSource, reviewPeriod: max(1, feed.reviewPeriod))
            targets.append(
                StockTarget(
                    sku: sku, node: demand.nodes[row], mean: levels.law.mean, deviation: levels.law.standardDeviation,
                    safetyStock: levels.safetyStock, reorderPoint: levels.reorderPoint, orderUpTo: levels.orderUpTo,
                    law: levels.law.name, basis: basis))
        }
        return StockPlan(service: service.base, targets: targets)
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
}

/// The levels of one stock row and what they were made of.
public struct RowPlan: Sendable, Equatable {
    /// Demand over lead time plus review.
    public var law: DemandLaw
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
    ///
    /// Where orders wait for a reorder point the lot is the economic order quantity, at least the demand of a review period and the
    /// supplier's minimum, rounded up to the order multiple: a minimum makes orders larger, so that fewer are at risk,
    /// and the reorder point takes this into account. s covers lead time plus review, S = s + lot.
    public init(
        daily: DailyDemand, offset: Int = 0, feed: Feed, target: ServiceTarget, costs: InventoryCosts,
        levelDoubt: Double = 0
    ) throws(ReplenishmentError) {
        isInLots = feed.policy.isInLots
        guard feed.leadTime >= 0, feed.leadTime.isFinite else {
            throw .parameter(name: "lead time", value: feed.leadTime, expected: "days, 0 or more")
        }
        guard feed.leadTimeDeviation >= 0, feed.leadTimeDeviation.isFinite else {
            throw .parameter(name: "lead time deviation", value: feed.leadTimeDeviation, expected: "days, 0 or more")
        }
        // Under continuous review somebody looks every hour.
        let review = feed.policy.isContinuous ? 1.0 / 24 : Double(max(1, feed.reviewPeriod))
        func demand(review: Double) -> DemandLaw {
            var moments = daily.leadTimeMoments(
                from: offset, leadTime: feed.leadTime, leadTimeDeviation: feed.leadTimeDeviation, review: review)
            moments.variance += levelDoubt * moments.mean * moments.mean
            return moments.law
        }
        law = demand(review: review)
        self.target = target
        guard law.mean > 0 else {
            (lot, reorderPoint, orderUpTo, safetyStock) = (0, 0, 0, 0)
            switch target {
            case .cycle(let level): try requireShare("cycle service level", level)
            case .fill(let level): try requireShare("fill rate", level)
            }
            return
        }
        switch feed.policy {
        case .orderUpTo, .baseStock:
            lot = 0
            switch target {
            case .cycle(let level):
                orderUpTo = try OrderUpToLevel.wholeForCycleService(level, overLeadTimeAndReview: law)
            case .fill(let level):
                orderUpTo = try OrderUpToLevel.wholeForFillRate(
                    level, overLeadTime: demand(review: 0), overLeadTimeAndReview: law)
            }
            // Anything missing to S is ordered: s is the highest position below S.
            reorderPoint = max(0, orderUpTo - 1)
            safetyStock = orderUpTo - Int64(law.mean.rounded())
        case .minMax, .continuousMinMax, .fixedLot, .lotReview:
            let perDay = law.mean / (feed.leadTime + review)
            let holding = costs.holdingPerDay(feed.unitCost)
            var units = max(1, perDay * review)
            if holding > 0, costs.orderLine > 0 {
                units = max(
                    units, try LotSize.economic(orderCost: costs.orderLine, demand: perDay, holding: holding).quantity)
            }
            // More than a year's demand at a time is never economic when goods go out of fashion.
            units = min(units, max(1, perDay * 365))
            let multiple = max(1, feed.orderMultiple)
            let least = max(Int64(clampedUp: units), feed.minimumQuantity)
            lot = (least + multiple - 1) / multiple * multiple
            switch target {
            case .cycle(let level): reorderPoint = try ReorderPoint.wholeForCycleService(level, law: law)
            case .fill(let level):
                reorderPoint = try ReorderPoint.wholeForFillRate(level, quantity: Double(lot), law: law)
            }
            orderUpTo = reorderPoint + lot
            safetyStock = reorderPoint - Int64(law.mean.rounded())
        }
    }
}
