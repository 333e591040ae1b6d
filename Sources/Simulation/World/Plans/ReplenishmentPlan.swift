public import Retail

/// What a supplier does with our orders.
public struct SupplierPlan: Sendable, Equatable {
    public var code: String
    /// Days between two of our orders to it.
    public var reviewDays: Int32
    /// Units it sends off in a week; what goes beyond waits for the weeks after. Zero is no limit.
    public var weeklyCapacity: Int64
    /// Weekdays on which it delivers, Monday first; goods due on another day come on the next that it does.
    public var deliveryDays: [Bool]
    /// Part of deliveries that are short, and the part of them that comes.
    public var shortRate: Rate
    public var shortPart: Rate
    /// Part of deliveries that are late, and the mean of the days they are (exponential).
    public var lateRate: Rate
    public var lateDays: Double

    public init(
        code: String, reviewDays: Int32 = 1, weeklyCapacity: Int64 = 0,
        deliveryDays: [Bool] = [Bool](repeating: true, count: 7),
        shortRate: Rate = .zero, shortPart: Rate = .one, lateRate: Rate = .zero, lateDays: Double = 0
    ) {
        self.code = code
        self.reviewDays = reviewDays
        self.weeklyCapacity = weeklyCapacity
        self.deliveryDays = deliveryDays
        self.shortRate = shortRate
        self.shortPart = shortPart
        self.lateRate = lateRate
        self.lateDays = lateDays
    }
}

/// When stock is looked at and reordered. Levels and lead times are the stock rows'.
public struct ReplenishmentPlan: Sendable, Equatable {
    /// Seconds after midnight of each review of rows supplied from a node upstream (transfers).
    public var transferReviews: [Int32]
    /// Seconds after midnight of each review of rows supplied from outside.
    public var supplierReviews: [Int32]
    /// Cost of moving a unit between our nodes.
    public var transferCostPerUnit: UnitPrice
    /// The suppliers, as `StockRow.supplier` counts them.
    public var suppliers: [SupplierPlan]
    /// Part of what is known that the rolling forecast forgets from one review day to the next (see `Reforecast`); 0
    /// keeps the levels of the plan.
    public var rollingWeight: Double
    /// What it forecasts from; nil where the weight is 0.
    public var rolling: RollingPlan?
    /// Levels by day; nil keeps the stock rows'.
    public var levels: LevelPlan?
    /// A node whose node upstream has nothing left is helped by its neighbours with more than their order-up-to level
    /// (lateral transshipment).
    public var lateral: Bool
    /// 预售下沉: how long before a presale's balance window its goods are moved towards their buyers; nil moves none.
    public var presaleMoves: Instant?

    public init(
        transferReviews: [Int32] = [2 * 3_600, 8 * 3_600, 14 * 3_600, 20 * 3_600],
        supplierReviews: [Int32] = [7 * 3_600], transferCostPerUnit: UnitPrice = UnitPrice(units: 100),
        suppliers: [SupplierPlan] = [], rollingWeight: Double = 0, rolling: RollingPlan? = nil, lateral: Bool = false,
        presaleMoves: Instant? = nil
    ) {
        self.transferReviews = transferReviews
        self.supplierReviews = supplierReviews
        self.transferCostPerUnit = transferCostPerUnit
        self.suppliers = suppliers
        self.rollingWeight = rollingWeight
        self.rolling = rolling
        self.lateral = lateral
        self.presaleMoves = presaleMoves
    }
}
