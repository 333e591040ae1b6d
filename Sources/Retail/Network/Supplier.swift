/// Where in the trade a supplier stands, nearest to the maker first.
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
    /// The lead time was given, not assumed for want of one.
    public var statesLeadTime: Bool
    /// Days between two orders to this supplier.
    public var reviewPeriod: Int32
    /// Smallest value of an order; zero is none.
    public var minimumOrderValue: Amount
    /// Smallest count of base units over all lines of an order; zero is none.
    public var minimumOrderUnits: Int64
    /// Volume of a container or truck, cubic decimetres (litres); zero: goods come loose.
    public var containerVolume: Int64
    /// Part of its volume from which a container is sent.
    public var containerFill: Rate
    /// What each begun container or truck costs to bring; zero: freight is in the prices.
    public var containerFreight = Amount.zero
    /// What an order costs, whatever is in it.
    public var orderCost = Amount.zero
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
    /// Goods are paid for when they are sold (代销).
    public var isConsignment: Bool
    /// Value added tax on purchases, and whether the prices of `supply` hold it.
    public var taxRate: Rate
    public var pricesIncludeTax: Bool

    public init(
        code: String, name: String, tier: SupplierTier = .wholesaler, leadTime: Double, leadTimeDeviation: Double,
        statesLeadTime: Bool = true, reviewPeriod: Int32 = 7, minimumOrderValue: Amount = .zero,
        minimumOrderUnits: Int64 = 0, containerVolume: Int64 = 0, containerFill: Rate = Supplier.usualFill,
        paymentDays: Int32 = 30, acceptsReturns: Bool = false, weeklyCapacity: Int64 = 0,
        deliveryDays: [Bool] = [Bool](repeating: true, count: 7), shortRate: Rate = .zero, shortPart: Rate = .one,
        lateRate: Rate = .zero, lateDays: Double = 0, isConsignment: Bool = false, taxRate: Rate = .zero,
        pricesIncludeTax: Bool = false
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
        self.statesLeadTime = statesLeadTime
        self.reviewPeriod = reviewPeriod
        self.minimumOrderValue = minimumOrderValue
        self.minimumOrderUnits = minimumOrderUnits
        self.containerVolume = containerVolume
        self.containerFill = containerFill
        self.paymentDays = paymentDays
        self.acceptsReturns = acceptsReturns
        self.isConsignment = isConsignment
        self.taxRate = taxRate
        self.pricesIncludeTax = pricesIncludeTax
    }

    /// Nine tenths: stowage leaves some room.
    public static let usualFill = Rate(partsPerMillion: 900_000)

    /// A price of this supplier without tax.
    public func net(_ price: UnitPrice) -> UnitPrice {
        guard pricesIncludeTax, taxRate > .zero else { return price }
        return UnitPrice(units: Int64((Double(price.units) / (1 + taxRate.fraction)).rounded()))
    }
}

/// A price that holds from a quantity on.
public struct PriceBreak: Sendable, Equatable, Codable {
    public var from: Quantity
    public var unitCost: UnitPrice

    public init(from: Quantity, unitCost: UnitPrice) {
        self.from = from
        self.unitCost = unitCost
    }
}

/// Which units of a line a price break is for.
public enum PriceBreakRule: String, Sendable, CaseIterable, Codable {
    /// The lower price holds for every unit of the line.
    case allUnits = "all_units"
    /// It holds for the units from the break on.
    case incremental
}

/// What a supplier asks for a SKU. Rows of `supply.csv`, one per price break.
public struct SupplyTerms: Sendable, Equatable {
    public var sku: SKU.Index
    public var supplier: Supplier.Index
    public var minimumQuantity: Quantity
    public var orderMultiple: Quantity
    /// Ascending by `from`; the first holds from the minimum quantity.
    public var breaks: [PriceBreak]
    public var breakRule: PriceBreakRule
    /// The lead time of this SKU, where it differs from the supplier's.
    public var leadTime: Double?
    /// First and last day orders may be placed on these terms; nil: open.
    public var contractFrom: Day?
    public var contractThrough: Day?

    public init(
        sku: SKU.Index, supplier: Supplier.Index, minimumQuantity: Quantity, orderMultiple: Quantity,
        breaks: [PriceBreak], breakRule: PriceBreakRule = .allUnits, leadTime: Double? = nil,
        contractFrom: Day? = nil, contractThrough: Day? = nil
    ) {
        self.sku = sku
        self.supplier = supplier
        self.minimumQuantity = minimumQuantity
        self.orderMultiple = orderMultiple
        self.breaks = breaks
        self.breakRule = breakRule
        self.leadTime = leadTime
        self.contractFrom = contractFrom
        self.contractThrough = contractThrough
    }

    /// Whether an order may be placed on these terms on a day.
    public func holds(on day: Day) -> Bool {
        (contractFrom.map { $0 <= day } ?? true) && (contractThrough.map { day <= $0 } ?? true)
    }
}

/// Days on which a supplier neither makes nor ships, such as the weeks around Chinese New Year.
/// Row of `supplier_calendar.csv`.
public struct SupplierClosure: Sendable, Equatable {
    public var supplier: Supplier.Index
    public var from: Day
    /// Last day closed.
    public var through: Day
    public var reason: String

    public init(supplier: Supplier.Index, from: Day, through: Day, reason: String = "") {
        self.supplier = supplier
        self.from = from
        self.through = through
        self.reason = reason
    }
}
