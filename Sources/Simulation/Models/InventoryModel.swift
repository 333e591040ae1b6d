/// A bare inventory system: one item at one place, a policy, a demand law, a lead-time law. It runs on the timing
/// wheel, the samplers and the keyed random numbers of the promotion day.
///
/// All times and rates are in one unit, the period. Periodic review: at the start of a period what has arrived is
/// put on the shelf, the position is reviewed and an order placed (one of lead time zero arrives at once), then the
/// period's demand is met, and holding and backorders are charged on what is left at its end. Continuous review:
/// each demand is followed by a review, and costs run with time.
public struct InventoryModel: Sendable, Equatable {
    public enum Policy: Sendable, Equatable {
        /// Order up to the level at every review.
        case baseStock(level: Int)
        /// At a position of the point or less, order as many lots as bring it above the point: (r, Q).
        case lots(point: Int, quantity: Int)
        /// At a position of the point or less, order up to the level: (s, S).
        case minMax(point: Int, level: Int)
        /// Order up to the mean demand of the last periods times the periods to cover (lead time and review);
        /// an order may be negative: goods sent back (Chen, Drezner, Ryan and Simchi-Levi, 2000).
        case movingAverage(periods: Int)
    }

    public enum DemandLaw: Sendable, Equatable {
        case poisson
        /// Standard deviation of a period's demand, above the square root of the mean.
        case negativeBinomial(deviation: Double)
        case normal(deviation: Double)
        case deterministic
    }

    public var isPeriodic: Bool
    public var policy: Policy
    public var demand: DemandLaw
    /// Units in a period.
    public var mean: Double
    public var leadTime: TimeLaw
    /// Periods.
    public var leadMean: Double
    /// Demand that finds no stock is lost; otherwise it waits.
    public var isLost: Bool
    /// Cost of a unit held, and of a unit backordered, for one period; of a unit lost; of an order.
    public var holding: Double
    public var backorder: Double
    public var lost: Double
    public var order: Double
    /// Periods not counted at the beginning, and counted after it.
    public var warmUp: Int
    public var length: Int
    public var currency: String

    public init(
        isPeriodic: Bool, policy: Policy, demand: DemandLaw = .poisson, mean: Double,
        leadTime: TimeLaw = .deterministic, leadMean: Double, isLost: Bool = false, holding: Double = 0,
        backorder: Double = 0, lost: Double = 0, order: Double = 0, warmUp: Int = 0, length: Int,
        currency: String = ""
    ) {
        self.isPeriodic = isPeriodic
        self.policy = policy
        self.demand = demand
        self.mean = mean
        self.leadTime = leadTime
        self.leadMean = leadMean
        self.isLost = isLost
        self.holding = holding
        self.backorder = backorder
        self.lost = lost
        self.order = order
        self.warmUp = warmUp
        self.length = length
        self.currency = currency
    }

    public var faults: [WorldFault] {
        var faults: [WorldFault] = []
        if !(mean > 0 && mean <= 1e9) { faults.append(WorldFault("demand", "the mean lies above 0, up to 1e9 units")) }
        if !(leadMean >= 0 && leadMean <= 1e6) {
            faults.append(WorldFault("lead_time", "a mean lead time is 0 to 1,000,000 periods, not \(leadMean)"))
        }
        if let message = leadTime.fault { faults.append(WorldFault("lead_time", message)) }
        switch demand {
        case .poisson, .deterministic: break
        case .negativeBinomial(let deviation):
            if !(deviation * deviation > mean) {
                faults.append(
                    WorldFault(
                        "demand",
                        "a negative binomial deviation lies above the square root of the mean, not \(deviation)"))
            }
        case .normal(let deviation):
            if !(deviation >= 0 && deviation.isFinite) {
                faults.append(WorldFault("demand", "a deviation is not negative"))
            }
            if !isPeriodic { faults.append(WorldFault("demand", "a normal law needs periodic review")) }
        }
        switch policy {
        case .baseStock: break
        case .lots(_, let quantity):
            if quantity < 1 { faults.append(WorldFault("policy", "a lot is at least 1 unit, not \(quantity)")) }
        case .minMax(let point, let level):
            if level <= point {
                faults.append(WorldFault("policy", "the level \(level) must lie above the reorder point \(point)"))
            }
        case .movingAverage(let periods):
            if !(1...10_000).contains(periods) {
                faults.append(WorldFault("policy", "averages span 1 to 10,000 periods"))
            }
            if !isPeriodic || isLost {
                faults.append(WorldFault("policy", "a moving average needs periodic review and backorders"))
            }
        }
        if warmUp < 0 || length < 1 { faults.append(WorldFault("length", "at least one period is counted")) }
        let events = Double(warmUp + length) * (isPeriodic ? 1 : max(1, mean))
        if events > 1e9 || warmUp + length > 100_000_000 {
            faults.append(WorldFault("length", "\(events) events are expected; shorten it below a billion"))
        }
        return faults
    }
}
