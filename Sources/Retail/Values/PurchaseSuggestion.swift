/// A purchase the stock plan asks for: what to buy from whom for which node, and all that speaks for it.
@dynamicMemberLookup
public struct PurchaseSuggestion: Sendable, Equatable {
    public var sku: SKU.Index
    public var supplier: Supplier.Index
    public var node: Node.Index
    /// The supplier that comes next in cost; nil where there is no other.
    public var rival: Supplier.Index?
    public var line: PurchaseLine

    public init(
        sku: SKU.Index, supplier: Supplier.Index, node: Node.Index, rival: Supplier.Index? = nil, line: PurchaseLine
    ) {
        self.sku = sku
        self.supplier = supplier
        self.node = node
        self.rival = rival
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
    /// The law of that demand, and what the levels were reckoned for.
    public var law: String
    public var basis: TargetBasis
    /// The supplier's smallest line and the multiple its lines come in.
    public var minimumQuantity: Int64
    public var orderMultiple: Int64
    public var quantity: QuantityChain
    public var unitCost: UnitPrice
    public var value: Amount
    /// Cubic centimetres of the whole line.
    public var volume: Int64
    /// What a unit costs when payment days, tax, the stock its lead time asks for and faulty goods are counted;
    /// and what it would cost at the next supplier (zero where there is none).
    public var effectiveCost: UnitPrice
    public var rivalCost: UnitPrice
    public var part: OrderPart
    /// The supplier's order stays below its minimum order value or units even after topping up.
    public var isBelowOrderValue: Bool
    /// Its last container stays emptier than the supplier sends one.
    public var isBelowContainer: Bool
    /// Days of demand that minimum, multiple and the rules of the whole order add beyond the need.
    public var forcedDays: Double
    /// Last day to order and still be in time; never before the day of the suggestion.
    public var orderBy: Day
    public var receipt: Day
    /// The day stock and all that is on order are used up; nil when they are not within the horizon.
    public var stockout: Day?
    /// The first day without stock before an open order lands; nil when there is none.
    public var firstGap: Day?
    public var daysOfCoverBefore: Double
    public var daysOfCoverAfter: Double
    public var stockoutProbability: Double
    /// Margin expected to be lost until the next chance to order, if nothing is ordered now.
    public var marginAtRisk: Amount

    public init(
        onHand: Int64, reserved: Int64, inTransit: Int64, onOrder: Int64, backordered: Int64, expiring: Int64 = 0,
        demandMean: Double, demandP10: Double, demandP50: Double, demandP90: Double, safetyStock: Int64,
        reorderPoint: Int64, orderUpTo: Int64, law: String = "", basis: TargetBasis = TargetBasis(),
        minimumQuantity: Int64 = 1, orderMultiple: Int64 = 1, quantity: QuantityChain, unitCost: UnitPrice,
        value: Amount, volume: Int64 = 0,
        effectiveCost: UnitPrice = .zero, rivalCost: UnitPrice = .zero, part: OrderPart = .whole,
        isBelowOrderValue: Bool = false, isBelowContainer: Bool = false, forcedDays: Double = 0, orderBy: Day,
        receipt: Day, stockout: Day?, firstGap: Day? = nil, daysOfCoverBefore: Double, daysOfCoverAfter: Double,
        stockoutProbability: Double, marginAtRisk: Amount = .zero
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
        self.law = law
        self.basis = basis
        self.minimumQuantity = minimumQuantity
        self.orderMultiple = orderMultiple
        self.quantity = quantity
        self.unitCost = unitCost
        self.value = value
        self.volume = volume
        self.effectiveCost = effectiveCost
        self.rivalCost = rivalCost
        self.part = part
        self.isBelowOrderValue = isBelowOrderValue
        self.isBelowContainer = isBelowContainer
        self.forcedDays = forcedDays
        self.orderBy = orderBy
        self.receipt = receipt
        self.stockout = stockout
        self.firstGap = firstGap
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

/// Whether a need is bought from one supplier or shared between two.
public enum OrderPart: String, Sendable, CaseIterable {
    case whole
    /// From a quicker supplier: what is sold before the rest can arrive.
    case urgent
    /// From the cheaper supplier: the rest.
    case rest
}

/// How a quantity is brought to a multiple. One rule holds for all lines of a review, and each line names it.
public enum RoundingRule: String, Sendable, CaseIterable, Codable {
    /// To the next multiple: never below what is needed.
    case up
    /// To the nearest multiple, half up: may stay below the need by less than half a multiple.
    case nearest
    /// To the multiple below, but never to nothing: stays within the order-up-to level.
    case down
}

/// How a need became an order quantity, step by step.
public struct QuantityChain: Sendable, Equatable {
    /// Order-up-to level less inventory position.
    public var need: Int64
    /// After the supplier's minimum (a minimum never creates an order where there is no need).
    public var afterMinimum: Int64
    /// After rounding to the order multiple by `rounding`.
    public var afterMultiple: Int64
    public var rounding: RoundingRule
    /// After taking a price break that pays for itself.
    public var afterBreak: Int64
    /// After the line's part in reaching the supplier's minimum order value or units.
    public var afterOrderValue: Int64
    /// After the line's part in filling a container.
    public var afterContainer: Int64
    /// After what the supplier can send until the next order, and the warehouse can hold.
    public var afterLimits: Int64
    /// After what the budget does not reach has been cut.
    public var afterBudget: Int64

    /// - Parameters: each later step is nil where it changed nothing.
    public init(
        need: Int64, afterMinimum: Int64, afterMultiple: Int64, rounding: RoundingRule = .up, afterBreak: Int64? = nil,
        afterOrderValue: Int64? = nil, afterContainer: Int64? = nil, afterLimits: Int64? = nil,
        afterBudget: Int64? = nil
    ) {
        self.need = need
        self.afterMinimum = afterMinimum
        self.afterMultiple = afterMultiple
        self.rounding = rounding
        self.afterBreak = afterBreak ?? afterMultiple
        self.afterOrderValue = afterOrderValue ?? self.afterBreak
        self.afterContainer = afterContainer ?? self.afterOrderValue
        self.afterLimits = afterLimits ?? self.afterContainer
        self.afterBudget = afterBudget ?? self.afterLimits
    }

    public var final: Int64 { afterBudget }
}
