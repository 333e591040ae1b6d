import NumericCore

/// The (r, Q) policy under continuous review: when the position falls to r, order Q.
///
/// The average cost is (K lambda + sum of G(y) for y = r + 1 ... r + Q) / Q, where G is the newsvendor cost of
/// lead-time demand, since the position is uniform on those values (Zipkin, 1986): exact for demand unit by unit, and
/// the usual approximation otherwise. For continuous laws the sum is an integral.
public enum ContinuousReview {
    public struct Policy: Sendable, Hashable {
        public var reorderPoint: Int
        public var quantity: Int
        /// Average cost per unit of time.
        public var cost: Double
    }

    /// The same for demand that is measured rather than counted.
    public struct ContinuousPolicy: Sendable, Hashable {
        public var reorderPoint: Double
        public var quantity: Double
        public var cost: Double
    }

    /// What the policy costs: `rate` units of demand a unit of time, `law` over the lead time.
    public struct Costs: Sendable {
        let rate: Double
        let law: DemandLaw
        let orderCost: Double
        let holding: Double
        let shortage: Double

        public init(
            rate: Double, overLeadTime law: DemandLaw, orderCost: Double, holding: Double, shortage: Double
        ) throws(ReplenishmentError) {
            try requirePositive("demand rate", rate)
            try requirePositive("order cost", orderCost)
            try requirePositive("holding cost", holding)
            try requirePositive("shortage cost", shortage)
            (self.rate, self.law, self.orderCost) = (rate, law, orderCost)
            (self.holding, self.shortage) = (holding, shortage)
        }

        var best: Double { law.quantile(Newsvendor.criticalRatio(holding: holding, shortage: shortage)) }

        /// G(y).
        public func position(_ y: Double) -> Double {
            Newsvendor.cost(y, law: law, holding: holding, shortage: shortage)
        }

        /// Average cost of (r, Q) in whole units.
        public func average(_ reorderPoint: Int, _ quantity: Int) -> Double {
            var sum = CompensatedSum()
            sum.add(orderCost * rate)
            for y in 1...max(1, quantity) { sum.add(position(Double(reorderPoint + y))) }
            return sum.value / Double(max(1, quantity))
        }

        /// Average cost of (r, Q) where the position takes any value.
        public func average(_ reorderPoint: Double, _ quantity: Double) -> Double {
            let pieces = Int(min(4_096, max(1, (quantity / max(law.standardDeviation, 1e-9)).rounded(.up))))
            let width = quantity / Double(pieces)
            let sum = (0..<pieces).reduce(orderCost * rate) { sum, piece in
                let start = reorderPoint + Double(piece) * width
                return sum + GaussLegendre.integral(from: start, to: start + width) { position($0) }
            }
            return sum / quantity
        }
    }

    /// Average cost per unit of time of (r, Q) under Poisson demand.
    public static func cost(
        reorderPoint: Int, quantity: Int, rate: Double, leadTime: Double, orderCost: Double, holding: Double,
        shortage: Double
    ) throws(ReplenishmentError) -> Double {
        try Costs(
            rate: rate, overLeadTime: .poisson(PoissonDistribution(mean: rate * leadTime)), orderCost: orderCost,
            holding: holding, shortage: shortage
        ).average(reorderPoint, quantity)
    }

    /// The cheapest (r, Q) under Poisson demand.
    public static func solve(
        rate: Double, leadTime: Double, orderCost: Double, holding: Double, shortage: Double
    ) throws(ReplenishmentError) -> Policy {
        try requirePositive("demand rate", rate)
        try requirePositive("lead time", leadTime)
        return try solve(
            try Costs(
                rate: rate, overLeadTime: .poisson(PoissonDistribution(mean: rate * leadTime)), orderCost: orderCost,
                holding: holding, shortage: shortage))
    }

    private static let largestSearch = 50_000.0

    /// The cheapest (r, Q) in whole units, exact (Federgruen and Zheng, 1992): grow the set of cheapest positions
    /// around the minimum of G one by one, always on the cheaper side, while the next costs less than the average.
    public static func solve(_ costs: Costs) throws(ReplenishmentError) -> Policy {
        func g(_ y: Int) -> Double { costs.position(Double(y)) }
        let perUnit = costs.holding * costs.shortage / (costs.holding + costs.shortage)
        guard (2 * costs.orderCost * costs.rate / perUnit).squareRoot() + costs.law.standardDeviation < largestSearch
        else {
            throw .parameter(
                name: "demand", value: costs.rate,
                expected:
                    "orders and a spread of fewer than \(Int(largestSearch)) units; count in larger units, or take "
                    + "a normal or gamma law")
        }
        let middle = costs.best
        guard abs(middle) < 1e15 else {
            throw .parameter(name: "demand", value: middle, expected: "fewer than 1e15 units over the lead time")
        }
        let best = Int(middle.rounded())
        var low = best
        var high = best
        var sum = CompensatedSum()
        sum.add(costs.orderCost * costs.rate)
        sum.add(g(best))
        var below = g(low - 1)
        var above = g(high + 1)
        while true {
            let average = sum.value / Double(high - low + 1)
            let next = min(below, above)
            guard next < average else {
                return Policy(reorderPoint: low - 1, quantity: high - low + 1, cost: average)
            }
            guard high - low < DemandLaw.largestTable else {
                throw .parameter(
                    name: "order cost", value: costs.orderCost,
                    expected: "an order of fewer than \(DemandLaw.largestTable) units; count in larger units")
            }
            sum.add(next)
            if below <= above {
                low -= 1
                below = g(low - 1)
            } else {
                high += 1
                above = g(high + 1)
            }
        }
    }

    /// The cheapest (r, Q) where the position takes any value: G(r) = G(r + Q) = average cost (Zheng, 1992,
    /// Management Science 38).
    public static func solveContinuous(_ costs: Costs) throws(ReplenishmentError) -> ContinuousPolicy {
        let best = costs.best
        guard abs(best) < 1e15 else {
            throw .parameter(name: "demand", value: best, expected: "fewer than 1e15 units over the lead time")
        }
        let floor = costs.position(best)
        let step = max(costs.law.standardDeviation, 1e-6 * max(1, abs(best)))
        /// The two positions that cost c.
        func ends(_ c: Double) -> (low: Double, high: Double) {
            func reach(_ direction: Double) -> Double {
                var far = step
                while costs.position(best + direction * far) < c, far < 1e15 { far *= 2 }
                let found = bisect(in: 0...far, tolerance: 1e-13 * far) { costs.position(best + direction * $0) - c }
                return best + direction * (found ?? 0)
            }
            return (reach(-1), reach(1))
        }
        // The average over the band that costs at most c falls below c exactly once as c grows.
        var (low, high) = (floor, floor + max(1e-9, costs.orderCost * costs.rate / step))
        func average(_ c: Double) -> (cost: Double, policy: ContinuousPolicy) {
            let (r, top) = ends(c)
            let quantity = max(top - r, 1e-12)
            let cost = costs.average(r, quantity)
            return (cost, ContinuousPolicy(reorderPoint: r, quantity: quantity, cost: cost))
        }
        while average(high).cost > high, high < 1e300 { high = floor + 2 * (high - floor) }
        for _ in 0..<200 where high - low > 1e-14 * max(1e-300, abs(high)) {
            let middle = low + 0.5 * (high - low)
            if average(middle).cost > middle { low = middle } else { high = middle }
        }
        return average(high).policy
    }
}
