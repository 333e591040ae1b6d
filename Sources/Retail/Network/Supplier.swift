/// Where in the trade a supplier stands.
public enum SupplierTier: String, Sendable, CaseIterable, Codable { case manufacturer, agent, wholesaler, trader }

/// A supplier with its terms. Row of `suppliers.csv`.
public struct Supplier: Sendable, Equatable, Codable {
    public typealias Index = DenseIndex<Supplier>

    public var code: String
    public var name: String
    public var tier: SupplierTier
    /// Mean and standard deviation of the time from order to dock, days.
    public var leadTime: Double
    public var leadTimeDeviation: Double
    /// Days between two orders to this supplier.
    public var reviewPeriod: Int32
    /// Smallest value of an order; zero is none.
    public var minimumOrderValue: Amount
    public var paymentDays: Int32
    /// Unsold goods may be returned to the vendor (退供).
    public var acceptsReturns: Bool
    /// Units it sends off in a week; 0 is no limit.
    public var weeklyCapacity: Int64
    /// Whether it delivers on each weekday, Monday first.
    public var deliveryDays: [Bool]
    /// Part of deliveries that are short, and what part of them comes then.
    public var shortRate: Rate
    public var shortPart: Rate
    /// Part of deliveries that are late, and by how many days on average.
    public var lateRate: Rate
    public var lateDays: Double

    public init(
        code: String, name: String, tier: SupplierTier = .wholesaler, leadTime: Double, leadTimeDeviation: Double,
        reviewPeriod: Int32 = 7, minimumOrderValue: Amount = .zero, paymentDays: Int32 = 30,
        acceptsReturns: Bool = false, weeklyCapacity: Int64 = 0,
        deliveryDays: [Bool] = [Bool](repeating: true, count: 7), shortRate: Rate = .zero, shortPart: Rate = .one,
        lateRate: Rate = .zero, lateDays: Double = 0
    ) {
        self.weeklyCapacity = weeklyCapacity
        self.deliveryDays = deliveryDays
        self.shortRate = shortRate
        self.shortPart = shortPart
        self.lateRate = lateRate
        self.lateDays = lateDays
        self.code = code
        self.name = name
        self.tier = tier
        self.leadTime = leadTime
        self.leadTimeDeviation = leadTimeDeviation
        self.reviewPeriod = reviewPeriod
        self.minimumOrderValue = minimumOrderValue
        self.paymentDays = paymentDays
        self.acceptsReturns = acceptsReturns
    }
}

/// A price that holds from a quantity on (all units of the line).
public struct PriceBreak: Sendable, Equatable, Codable {
    public var from: Quantity
    public var unitCost: UnitPrice

    public init(from: Quantity, unitCost: UnitPrice) {
        self.from = from
        self.unitCost = unitCost
    }
}

/// What a supplier asks for a SKU. Rows of `supply.csv`, one per price break.
public struct SupplyTerms: Sendable, Equatable {
    public var sku: SKU.Index
    public var supplier: Supplier.Index
    public var minimumQuantity: Quantity
    public var orderMultiple: Quantity
    /// Ascending by `from`; the first holds from the minimum quantity.
    public var breaks: [PriceBreak]

    public init(
        sku: SKU.Index, supplier: Supplier.Index, minimumQuantity: Quantity, orderMultiple: Quantity,
        breaks: [PriceBreak]
    ) {
        self.sku = sku
        self.supplier = supplier
        self.minimumQuantity = minimumQuantity
        self.orderMultiple = orderMultiple
        self.breaks = breaks
    }
}
