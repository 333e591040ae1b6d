/// One line a buyer can sign: what to order, from whom, by when, and why.
public struct PurchaseSuggestion: Sendable, Equatable {
    public var sku: SKU.Index
    public var supplier: Supplier.Index
    public var node: Node.Index
    public var onHand: Int64
    public var reserved: Int64
    public var inTransit: Int64
    public var onOrder: Int64
    public var backordered: Int64
    /// Expected demand over lead time plus review, and its 10 %, 50 % and 90 % quantiles.
    public var demandMean: Double
    public var demandP10: Double
    public var demandP50: Double
    public var demandP90: Double
    public var safetyStock: Int64
    public var reorderPoint: Int64
    public var orderUpTo: Int64
    public var quantity: QuantityChain
    public var unitCost: UnitPrice
    public var value: Amount
    /// Last day to order and still be in time; never before the day of the suggestion.
    public var orderBy: Day
    public var receipt: Day
    /// The day stock runs out if nothing is ordered; nil when it does not within the horizon.
    public var stockout: Day?
    public var daysOfCoverBefore: Double
    public var daysOfCoverAfter: Double
    public var stockoutProbability: Double
    /// Units on hand that expire before they can be sold: not part of `onHand`, shown beside it.
    public var expiring: Int64 = 0
    /// The supplier's order stays below its minimum order value even after topping up.
    public var isBelowOrderValue = false
    /// Margin expected to be lost until the next chance to order, if nothing is ordered now.
    public var marginAtRisk: Amount = .zero

    public init(
        sku: SKU.Index, supplier: Supplier.Index, node: Node.Index, onHand: Int64, reserved: Int64, inTransit: Int64,
        onOrder: Int64, backordered: Int64, demandMean: Double, demandP10: Double, demandP50: Double,
        demandP90: Double, safetyStock: Int64, reorderPoint: Int64, orderUpTo: Int64, quantity: QuantityChain,
        unitCost: UnitPrice, value: Amount, orderBy: Day, receipt: Day, stockout: Day?, daysOfCoverBefore: Double,
        daysOfCoverAfter: Double, stockoutProbability: Double
    ) {
        self.sku = sku
        self.supplier = supplier
        self.node = node
        self.onHand = onHand
        self.reserved = reserved
        self.inTransit = inTransit
        self.onOrder = onOrder
        self.backordered = backordered
        self.demandMean = demandMean
        self.demandP10 = demandP10
        self.demandP50 = demandP50
        self.demandP90 = demandP90
        self.safetyStock = safetyStock
        self.reorderPoint = reorderPoint
        self.orderUpTo = orderUpTo
        self.quantity = quantity
        self.unitCost = unitCost
        self.value = value
        self.orderBy = orderBy
        self.receipt = receipt
        self.stockout = stockout
        self.daysOfCoverBefore = daysOfCoverBefore
        self.daysOfCoverAfter = daysOfCoverAfter
        self.stockoutProbability = stockoutProbability
    }

    /// Stock is expected to run out before goods ordered on the day of the suggestion can arrive.
    public var isLate: Bool { stockout.map { receipt > $0 } ?? false }

    /// On hand + in transit + on order - backordered, each unit once (reserved is inside on hand).
    public var position: Int64 { onHand + inTransit + onOrder - backordered }
}

/// How a need became an order quantity, step by step.
public struct QuantityChain: Sendable, Equatable {
    /// Order-up-to level less inventory position.
    public var need: Int64
    /// After the supplier's minimum (a minimum never creates an order where there is no need).
    public var afterMinimum: Int64
    /// After rounding up to the order multiple.
    public var afterMultiple: Int64
    /// After taking a price break that pays for itself.
    public var afterBreak: Int64
    /// After the line's part in reaching the supplier's minimum order value.
    public var afterOrderValue: Int64

    /// - Parameter afterOrderValue: nil where no topping up was needed.
    public init(
        need: Int64, afterMinimum: Int64, afterMultiple: Int64, afterBreak: Int64, afterOrderValue: Int64? = nil
    ) {
        self.need = need
        self.afterMinimum = afterMinimum
        self.afterMultiple = afterMultiple
        self.afterBreak = afterBreak
        self.afterOrderValue = afterOrderValue ?? afterBreak
    }

    public var final: Int64 { afterOrderValue }
}
