public import Retail

/// Which service each product role is promised.
public struct ServicePolicy: Sendable, Equatable {
    /// For roles without a target of their own.
    public var base: ServiceTarget
    public var byRole: [ProductRole: ServiceTarget]

    public init(_ base: ServiceTarget, byRole: [ProductRole: ServiceTarget] = [:]) {
        self.base = base
        self.byRole = byRole
    }

    public func target(_ role: ProductRole) -> ServiceTarget { byRole[role] ?? base }
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
        guard position <= reorderPoint, position < orderUpTo else { return 0 }
        let least = max(orderUpTo - position, minimumQuantity)
        let multiple = max(1, orderMultiple)
        return (least + multiple - 1) / multiple * multiple
    }
}
