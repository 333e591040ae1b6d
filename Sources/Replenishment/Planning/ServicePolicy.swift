public import Retail

/// Which service each SKU is promised: its own, else its role's, else its margin's, else that of all; or what one goal
/// for the whole assortment gives it.
public struct ServicePolicy: Sendable, Equatable {
    /// For SKUs without a target of their own.
    public var base: ServiceTarget
    public var byRole: [ProductRole: ServiceTarget]
    /// Targets from a margin (part of the list price) on; the highest that is reached counts.
    public var byMargin: [MarginTarget]
    /// One goal for all SKUs and nodes together, in place of the others.
    public var assortment: AssortmentGoal?

    public struct MarginTarget: Sendable, Equatable {
        public var from: Double
        public var target: ServiceTarget
        public init(from: Double, target: ServiceTarget) { (self.from, self.target) = (from, target) }
    }

    public init(
        _ base: ServiceTarget, byRole: [ProductRole: ServiceTarget] = [:], byMargin: [MarginTarget] = [],
        assortment: AssortmentGoal? = nil
    ) {
        (self.base, self.byRole, self.byMargin, self.assortment) = (base, byRole, byMargin, assortment)
    }

    public func target(_ product: SKU) -> ServiceTarget {
        if let level = product.serviceLevel { return .cycle(level.fraction) }
        if let target = byRole[product.role] { return target }
        let price = product.listPrice.major
        let margin = price > 0 ? (price - product.unitCost.major) / price : 0
        return byMargin.filter { $0.from <= margin }.max { $0.from < $1.from }?.target ?? base
    }
}

/// One service level, or one sum of money in stock, for all that is stocked, split where it buys most
/// (`StockToService`).
public struct AssortmentGoal: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// Part of all demand served from stock.
        case service(Double)
        /// Money in stock levels, major units.
        case budget(Double)
    }

    public var kind: Kind
    /// A unit counts by its margin, not as one.
    public var weighsMargin: Bool
    public init(_ kind: Kind, weighsMargin: Bool = false) { (self.kind, self.weighsMargin) = (kind, weighsMargin) }
}

/// What ordering and holding cost, in major units of the currency.
public struct InventoryCosts: Sendable, Equatable, Codable {
    /// Cost of placing and receiving one order line.
    public var orderLine: Double
    /// Part of a unit's cost that holding it for a year costs.
    public var holdingRate: Double

    public init(orderLine: Double = 5, holdingRate: Double = 0.25) {
        self.orderLine = orderLine
        self.holdingRate = holdingRate
    }

    /// Cost of holding one unit for a day.
    public func holdingPerDay(_ unitCost: UnitPrice) -> Double { unitCost.major * holdingRate / 365 }
}

/// The rule a stock row is replenished by in a simulation: whole numbers only, so that it costs nothing to ask.
@frozen public struct PolicyParameters: Sendable, Hashable, Codable {
    public var reorderPoint: Int64
    public var orderUpTo: Int64
    public var minimumQuantity: Int64
    public var orderMultiple: Int64

    @inlinable
    public init(reorderPoint: Int64, orderUpTo: Int64, minimumQuantity: Int64 = 1, orderMultiple: Int64 = 1) {
        self.reorderPoint = reorderPoint
        self.orderUpTo = orderUpTo
        self.minimumQuantity = minimumQuantity
        self.orderMultiple = orderMultiple
    }

    /// The parameters of a stock target under the quantity rules of its feed.
    public init(_ target: StockTarget, feed: Feed? = nil) {
        self.init(
            reorderPoint: target.reorderPoint, orderUpTo: target.orderUpTo,
            minimumQuantity: feed?.minimumQuantity ?? 1, orderMultiple: feed?.orderMultiple ?? 1)
    }

    /// What to order at a review: nothing above the reorder point, else what is missing to the order-up-to level,
    /// at least the minimum, rounded up to the multiple.
    ///
    /// - Parameter position: on hand + in transit + on order - backordered, each unit once.
    @inlinable public func order(position: Int64) -> Int64 {
        let missing = missingUnits(to: orderUpTo, from: reorderPoint, position: position)
        guard missing > 0 else { return 0 }
        let least = max(missing, minimumQuantity)
        let multiple = max(1, orderMultiple)
        return (least + multiple - 1) / multiple * multiple
    }
}

/// (s, S), the rule of every review: nothing above the reorder point, else what is missing to the order-up-to level.
@inlinable public func missingUnits<Units: Comparable & SignedNumeric>(
    to orderUpTo: Units, from reorderPoint: Units, position: Units
) -> Units {
    position <= reorderPoint && position < orderUpTo ? orderUpTo - position : 0
}
