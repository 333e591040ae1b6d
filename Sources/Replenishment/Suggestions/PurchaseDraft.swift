import Retail

/// A purchase in the making: its quantity may still grow until its supplier's whole order is known.
struct PurchaseDraft {
    let target: StockTarget
    let feed: Feed
    let supplier: Supplier.Index
    let position: StockPosition
    let daily: DailyDemand
    let offset: Int
    let today: Day
    let ladder: PriceLadder
    /// Expected units a day over lead time plus review.
    let perDay: Double
    let law: DemandLaw
    var chain: QuantityChain
    var isBelowOrderValue = false

    /// Nil where the position is above the reorder point, or nothing is missing to the order-up-to level.
    init?(
        target: StockTarget, feed: Feed, supplier: Supplier.Index, position: StockPosition, daily: DailyDemand,
        offset: Int, today: Day, ladder: PriceLadder, options: SuggestionOptions
    ) {
        guard position.position <= target.reorderPoint, position.position < target.orderUpTo else { return nil }
        self.target = target
        self.feed = feed
        self.supplier = supplier
        self.position = position
        self.daily = daily
        self.offset = offset
        self.today = today
        self.ladder = ladder
        let review = Double(max(1, feed.reviewPeriod))
        law =
            daily.leadTimeMoments(
                from: offset, leadTime: feed.leadTime, leadTimeDeviation: feed.leadTimeDeviation, review: review
            ).law
        perDay = law.mean / (feed.leadTime + review)
        chain = ladder.chain(
            need: target.orderUpTo - position.position, perDay: perDay, holdingRate: options.holdingRate,
            longestCover: options.longestCover)
    }

    func value(_ quantity: Int64, in currency: Currency) throws(ReplenishmentError) -> Amount {
        do {
            return try ladder.unitCost(quantity).amount(quantity, in: currency)
        } catch {
            throw .overflow("the value of an order line")
        }
    }

    func suggestion(listPrice: UnitPrice, currency: Currency, options: SuggestionOptions)
        throws(ReplenishmentError) -> PurchaseSuggestion
    {
        let stockout = Projection.stockout(
            free: position.onHand - position.reserved - position.backordered, receipts: position.receipts,
            daily: daily, offset: offset, today: today, days: options.projectionDays)
        // To be in time goods must be on the dock by the day stock runs out; without a stockout in sight, by the end
        // of the projection. An order date is never in the past: what is too late is ordered today and says so.
        let needed = stockout ?? today + options.projectionDays
        let orderBy = max(today, needed - feed.leadDays)
        let quantity = chain.final
        let free = Double(position.free)
        let short = law.loss(max(0, free)) + max(0, -free)
        let margin = max(0, listPrice.major - ladder.unitCost(quantity).major)
        let atRisk = short * margin * Double(currency.minorPerMajor)
        let line = PurchaseLine(
            onHand: position.onHand, reserved: position.reserved, inTransit: position.inTransit,
            onOrder: position.onOrder, backordered: position.backordered, expiring: position.expiring,
            demandMean: law.mean, demandP10: law.quantile(0.1), demandP50: law.quantile(0.5),
            demandP90: law.quantile(0.9), safetyStock: target.safetyStock, reorderPoint: target.reorderPoint,
            orderUpTo: target.orderUpTo, quantity: chain, unitCost: ladder.unitCost(quantity),
            value: try value(quantity, in: currency), isBelowOrderValue: isBelowOrderValue, orderBy: orderBy,
            receipt: today + feed.leadDays, stockout: stockout,
            daysOfCoverBefore: Projection.daysOfCover(free, daily: daily, offset: offset, limit: options.coverLimit),
            daysOfCoverAfter: Projection.daysOfCover(
                free + Double(quantity), daily: daily, offset: offset, limit: options.coverLimit),
            stockoutProbability: free < 0 ? 1 : law.upperTail(free),
            marginAtRisk: Amount(minor: atRisk < 9e18 ? Int64(atRisk.rounded()) : .max))
        return PurchaseSuggestion(sku: target.sku, supplier: supplier, node: target.node, line: line)
    }
}
