import Retail

/// A purchase in the making: its quantity may still change until its supplier's whole order is known.
struct PurchaseDraft {
    let target: StockTarget
    let feed: Feed
    let supplier: Supplier.Index
    let outlook: RowOutlook
    let ladder: PriceLadder
    let product: SKU
    /// Cost of a unit with all that comes with it, here and at the next supplier; major units.
    let cost: Double
    let rival: SupplierChoice.Offer?
    /// Days from order to dock while the supplier works.
    private let leadTime: Double
    var part = OrderPart.whole
    var chain: QuantityChain
    var isBelowOrderValue = false
    var isBelowContainer = false

    /// Nil where nothing is needed: the position is above the reorder point, or nothing is missing to the
    /// order-up-to level.
    ///
    /// - Parameters:
    ///   - offer: whom to buy from; `feed` is made of it.
    ///   - need: nil: what is missing to the order-up-to level.
    init?(
        target: StockTarget, feed: Feed, offer: SupplierChoice.Offer, rival: SupplierChoice.Offer?,
        outlook: RowOutlook, product: SKU, need: Int64? = nil, options: SuggestionOptions
    ) {
        let position = outlook.position.position
        guard position <= target.reorderPoint, position < target.orderUpTo else { return nil }
        self.target = target
        self.feed = feed
        supplier = offer.terms.supplier
        self.outlook = outlook
        ladder = PriceLadder(offer.terms, fallback: product.unitCost)
        self.product = product
        cost = offer.cost
        leadTime = offer.leadTime
        self.rival = rival
        chain = ladder.chain(need: need ?? target.orderUpTo - position, rounding: options.rounding)
    }

    /// The day goods ordered today arrive.
    var receipt: Day { outlook.today + feed.leadDays }

    /// What a person may have declined.
    var key: PurchaseKey { PurchaseKey(sku: target.sku, supplier: supplier, node: target.node) }

    /// The last day to order so that goods are on the dock by `needed`, days on which the supplier is closed counted;
    /// today where that has passed.
    private func lastOrder(for needed: Day, _ calendar: SupplierCalendar) -> Day {
        let days = wholeDays(leadTime)
        var day = max(outlook.today, needed - days)
        while day > outlook.today, calendar.arrival(supplier, ordered: day, leadDays: days) > needed { day = day - 1 }
        return day
    }

    /// Margin of a unit bought here, major units.
    var margin: Double { max(0, product.listPrice.major - ladder.unitCost(chain.final).major) }

    func value(_ quantity: Int64, in currency: Currency) throws(ReplenishmentError) -> Amount {
        do { return try ladder.value(quantity, in: currency) } catch { throw .overflow("the value of an order line") }
    }

    /// Cubic centimetres of a quantity.
    func volume(_ quantity: Int64) throws(ReplenishmentError) -> Int64 {
        let (volume, overflow) = quantity.multipliedReportingOverflow(by: Int64(product.volume))
        if overflow { throw .overflow("the volume of an order line") }
        return volume
    }

    /// Days of demand in the order beyond what would be ordered without minimum, multiple and the rules of the whole
    /// order. Where the supplier's minimum is what an order brings beyond the reorder point, the plan holds it already:
    /// then it is measured against the lot that would be economic without it.
    func forcedDays(_ costs: InventoryCosts) -> Double {
        guard outlook.perDay > 0 else { return 0 }
        var extra = Double(chain.final - chain.need)
        let least = ladder.rounded(ladder.minimumQuantity)
        if chain.final > 0, feed.policy.hasReorderPoint, target.orderUpTo - target.reorderPoint == least {
            let holding = costs.holdingPerDay(feed.unitCost)
            let economic = try? LotSize.economic(orderCost: costs.orderLine, demand: outlook.perDay, holding: holding)
            let usual = max(1, outlook.perDay * Double(feed.reviewPeriod), economic?.quantity ?? 0)
            extra = max(extra, Double(least) - usual)
        }
        return max(0, extra) / outlook.perDay
    }

    func suggestion(
        calendar: SupplierCalendar, currency: Currency, options: SuggestionOptions
    ) throws(ReplenishmentError) -> PurchaseSuggestion {
        let (today, position, law) = (outlook.today, outlook.position, outlook.law)
        // To be in time goods must be on the dock by the day stock runs out; without a stockout in sight, by the end
        // of the projection. An order date is never in the past: what is too late is ordered today and says so.
        let needed = outlook.stockout ?? today + options.projectionDays
        let quantity = chain.final
        let line = PurchaseLine(
            onHand: position.onHand, reserved: position.reserved, inTransit: position.inTransit,
            onOrder: position.onOrder, backordered: position.backordered, expiring: position.expiring,
            demandMean: law.mean, demandP10: law.quantile(0.1), demandP50: law.quantile(0.5),
            demandP90: law.quantile(0.9), safetyStock: target.safetyStock, reorderPoint: target.reorderPoint,
            orderUpTo: target.orderUpTo, law: law.name, basis: target.basis,
            minimumQuantity: ladder.minimumQuantity, orderMultiple: ladder.orderMultiple, quantity: chain,
            unitCost: ladder.unitCost(quantity), value: try value(quantity, in: currency),
            volume: try volume(quantity), effectiveCost: price(cost), rivalCost: rival.map { price($0.cost) } ?? .zero,
            part: part, isBelowOrderValue: isBelowOrderValue, isBelowContainer: isBelowContainer,
            forcedDays: forcedDays(options.costs), orderBy: lastOrder(for: needed, calendar), receipt: receipt,
            stockout: outlook.stockout, firstGap: outlook.firstGap,
            daysOfCoverBefore: cover(outlook.free, options),
            daysOfCoverAfter: cover(outlook.free + Double(quantity), options),
            stockoutProbability: outlook.stockoutProbability, marginAtRisk: money(outlook.short(), at: margin, currency)
        )
        return PurchaseSuggestion(
            sku: target.sku, supplier: supplier, node: target.node, rival: rival?.terms.supplier, line: line)
    }

    private func cover(_ units: Double, _ options: SuggestionOptions) -> Double {
        Projection.daysOfCover(units, daily: outlook.daily, offset: outlook.offset, limit: options.coverLimit)
    }

    private func price(_ major: Double) -> UnitPrice {
        UnitPrice(units: major.magnitude < 9e14 ? Int64((major * 10_000).rounded()) : 0)
    }
}
