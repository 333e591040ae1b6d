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
    public var basis: TargetBasis
    /// The service that the levels come to by the law they were planned with: more than promised by what whole units
    /// add; nil where levels were not chosen for their service, as in front warehouses.
    public var planned: Double?
    /// Part of what is bought that is expected to expire on the shelf; nil where nothing does.
    public var waste: Double?

    public init(
        sku: SKU.Index, node: Node.Index, mean: Double, deviation: Double, safetyStock: Int64, reorderPoint: Int64,
        orderUpTo: Int64, law: String, basis: TargetBasis = TargetBasis(), planned: Double? = nil,
        waste: Double? = nil
    ) {
        (self.planned, self.waste) = (planned, waste)
        self.sku = sku
        self.node = node
        self.mean = mean
        self.deviation = deviation
        self.safetyStock = safetyStock
        self.reorderPoint = reorderPoint
        self.orderUpTo = orderUpTo
        self.law = law
        self.basis = basis
    }
}

/// What the levels of a stock target were reckoned for.
public struct TargetBasis: Sendable, Equatable {
    public var service: ServiceTarget
    /// Days from order to dock, mean and standard deviation, with the days the supplier is closed.
    public var leadTime: Double
    public var leadTimeDeviation: Double
    public var leadTimeSource: LeadTimeSource
    /// Days between two occasions to order.
    public var reviewPeriod: Int
    /// The largest gap between the law chosen and the forecast's own samples, 0 to 1; nil where it was chosen by mean
    /// and variance.
    public var fit: Double?

    public init(
        service: ServiceTarget = .cycle(0.95), leadTime: Double = 0, leadTimeDeviation: Double = 0,
        leadTimeSource: LeadTimeSource = .terms, reviewPeriod: Int = 1, fit: Double? = nil
    ) {
        self.fit = fit
        self.service = service
        self.leadTime = leadTime
        self.leadTimeDeviation = leadTimeDeviation
        self.leadTimeSource = leadTimeSource
        self.reviewPeriod = reviewPeriod
    }
}

/// Where a lead time was taken from.
public enum LeadTimeSource: Sendable, Hashable {
    /// The supplier's terms, or the terms of the transfers between our own nodes.
    case terms
    /// This many past orders.
    case measured(orders: Int)
    /// Nobody has stated one.
    case assumed

    /// `terms`, `assumed`, or `measured 23`.
    public var code: String {
        switch self {
        case .terms: "terms"
        case .measured(let orders): "measured \(orders)"
        case .assumed: "assumed"
        }
    }

    public init?(code: String) {
        switch code {
        case "terms": self = .terms
        case "assumed": self = .assumed
        default:
            guard code.hasPrefix("measured "), let orders = Int(code.dropFirst(9)) else { return nil }
            self = .measured(orders: orders)
        }
    }
}

/// How a service target is read.
public enum ServiceTarget: Sendable, Equatable {
    /// Probability of no stockout in a replenishment cycle (alpha).
    case cycle(Double)
    /// Part of demand served from stock (beta).
    case fill(Double)
    /// Part of order lines served in full from stock.
    case line(Double)
    /// Wherever a unit more costs as much as it saves. In a plan the level is the probability of no stockout in a cycle
    /// that this comes to; as a wish it is not looked at.
    case cost(Double)

    public var level: Double {
        switch self {
        case .cycle(let level), .fill(let level), .line(let level), .cost(let level): level
        }
    }

    /// The words for `kind`.
    public static let kinds = ["cycle", "fill", "line", "cost"]

    /// `cycle`, `fill`, `line` or `cost`.
    public var kind: String {
        switch self {
        case .cycle: "cycle"
        case .fill: "fill"
        case .line: "line"
        case .cost: "cost"
        }
    }

    public init?(kind: String, level: Double) {
        switch kind {
        case "cycle": self = .cycle(level)
        case "fill": self = .fill(level)
        case "line": self = .line(level)
        case "cost": self = .cost(level)
        default: return nil
        }
    }
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
