/// A purchase the stock plan asks for: what to buy from whom for which node, and all that speaks for it.
@dynamicMemberLookup
public struct PurchaseSuggestion: Sendable, Equatable {
    public var sku: SKU.Index
    public var supplier: Supplier.Index
    public var node: Node.Index
    public var line: PurchaseLine

    public init(sku: SKU.Index, supplier: Supplier.Index, node: Node.Index, line: PurchaseLine) {
        self.sku = sku
        self.supplier = supplier
        self.node = node
        self.line = line
    }

    public subscript<Value>(dynamicMember path: KeyPath<PurchaseLine, Value>) -> Value { line[keyPath: path] }
}

/// The part of a suggestion that is the same whether its product, supplier and node are known by index or by code:
/// the stock it starts from, the demand it answers, how much, at what cost and by when.
public struct PurchaseLine: Sendable, Equatable {
    public var onHand: Int64
    public var reserved: Int64
    public var inTransit: Int64
    public var onOrder: Int64
    public var backordered: Int64
    /// Units on hand that expire before they can be sold: not part of `onHand`, shown beside it.
    public var expiring: Int64
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
    /// The supplier's order stays below its minimum order value even after topping up.
    public var isBelowOrderValue: Bool
    /// Last day to order and still be in time; never before the day of the suggestion.
    public var orderBy: Day
    public var receipt: Day
    /// The day stock runs out if nothing is ordered; nil when it does not within the horizon.
    public var stockout: Day?
    public var daysOfCoverBefore: Double
    public var daysOfCoverAfter: Double
    public var stockoutProbability: Double
    /// Margin expected to be lost until the next chance to order, if nothing is ordered now.
    public var marginAtRisk: Amount

    public init(
        onHand: Int64, reserved: Int64, inTransit: Int64, onOrder: Int64, backordered: Int64, expiring: Int64 = 0,
        demandMean: Double, demandP10: Double, demandP50: Double, demandP90: Double, safetyStock: Int64,
        reorderPoint: Int64, orderUpTo: Int64, quantity: QuantityChain, unitCost: UnitPrice, value: Amount,
        isBelowOrderValue: Bool = false, orderBy: Day, receipt: Day, stockout: Day?, daysOfCoverBefore: Double,
        daysOfCoverAfter: Double, stockoutProbability: Double, marginAtRisk: Amount = .zero
    ) {
        self.onHand = onHand
        self.reserved = reserved
        self.inTransit = inTransit
        self.onOrder = onOrder
        self.backordered = backordered
        self.expiring = expiring
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
        self.isBelowOrderValue = isBelowOrderValue
        self.orderBy = orderBy
        self.receipt = receipt
        self.stockout = stockout
        self.daysOfCoverBefore = daysOfCoverBefore
        self.daysOfCoverAfter = daysOfCoverAfter
        self.stockoutProbability = stockoutProbability
        self.marginAtRisk = marginAtRisk
    }

    /// On hand + in transit + on order - backordered, each unit once (reserved is inside on hand).
    public var position: Int64 { onHand + inTransit + onOrder - backordered }

    public var urgency: Urgency { stockout.map { $0 < receipt ? .late : .soon } ?? .calm }
}

/// How pressing a purchase is.
public enum Urgency: String, Sendable, CaseIterable {
    /// Stock is expected to run out before goods ordered on the day of the suggestion can arrive.
    case late
    /// Stock runs out within the horizon unless something is ordered.
    case soon
    /// Stock lasts; the order only refills it.
    case calm
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
