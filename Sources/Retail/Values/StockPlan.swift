/// What to hold of a SKU at a node, and what that was made of.
public struct StockTarget: Sendable, Equatable {
    public var sku: SKU.Index
    public var node: Node.Index
    /// Mean and standard deviation of demand over lead time plus review, units.
    public var mean: Double
    public var deviation: Double
    public var safetyStock: Int64
    public var reorderPoint: Int64
    public var orderUpTo: Int64
    /// The law of lead-time demand used: `normal`, `gamma`, `negative binomial`, `poisson`,
    /// `empirical`.
    public var law: String

    public init(
        sku: SKU.Index, node: Node.Index, mean: Double, deviation: Double, safetyStock: Int64, reorderPoint: Int64,
        orderUpTo: Int64, law: String
    ) {
        self.sku = sku
        self.node = node
        self.mean = mean
        self.deviation = deviation
        self.safetyStock = safetyStock
        self.reorderPoint = reorderPoint
        self.orderUpTo = orderUpTo
        self.law = law
    }
}

/// How a service target is read.
public enum ServiceTarget: Sendable, Equatable {
    /// Probability of no stockout in a replenishment cycle (alpha).
    case cycle(Double)
    /// Part of demand served from stock (beta).
    case fill(Double)
}

/// Targets for every stocked (SKU, node) pair, ordered by (SKU, node).
public struct StockPlan: Sendable, Equatable {
    public var service: ServiceTarget
    public var targets: [StockTarget]
    public init(service: ServiceTarget, targets: [StockTarget]) {
        self.service = service
        self.targets = targets
    }
}
