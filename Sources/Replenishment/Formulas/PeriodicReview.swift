import NumericCore

/// The (s, S) policy under periodic review with a fixed cost per order: when the position is at or below s, order up
/// to S. Unmet demand waits.
public enum PeriodicReview {
    public struct Policy: Sendable, Hashable {
        public var reorderPoint: Int
        public var orderUpTo: Int
        /// Average cost per period.
        public var cost: Double
    }

    /// What a policy costs: the law of one period's demand, and the newsvendor cost of a position.
    public struct Costs: Sendable {
        /// Probability of 0, 1, 2 ... units in one period.
        let demand: [Double]
        let law: DemandLaw
        let orderCost: Double
        let holding: Double
        let shortage: Double
        /// m(j) and M(j) = m(0) + ... + m(j - 1) of Zheng and Federgruen: expected periods spent j below S, and until
        /// j units have been demanded.
        private var renewal: [Double]
        private var renewalSum: [Double]

        /// - Parameters:
        ///   - demand: probability of 0, 1, 2 ... units in a period, adding up to 1; not all at 0.
        ///   - overLeadTime: law of demand over lead time plus the review period, which is what a position must cover.
        public init(
            demand: [Double], overLeadTime: DemandLaw, orderCost: Double, holding: Double, shortage: Double
        ) throws(ReplenishmentError) {
            try requirePositive("order cost", orderCost)
            try requirePositive("holding cost", holding)
            try requirePositive("shortage cost", shortage)
            let sum = demand.reduce(0, +)
            guard demand.allSatisfy({ $0 >= 0 }), abs(sum - 1) < 1e-9, demand.count > 1, demand[0] < 1 else {
                throw .parameter(
                    name: "demand probabilities", value: sum, expected: "probabilities that add up to 1, not all at 0")
            }
            self.demand = demand
            law = overLeadTime
            self.orderCost = orderCost
            self.holding = holding
            self.shortage = shortage
            renewal = [1 / (1 - demand[0])]
            renewalSum = [0, renewal[0]]
        }

        /// Poisson demand a period, lead time in whole periods.
        public init(
            poissonMean: Double, leadTime: Int, orderCost: Double, holding: Double, shortage: Double
        ) throws(ReplenishmentError) {
            try requirePositive("mean demand", poissonMean)
            let period = PoissonDistribution(mean: poissonMean)
            let last = Int(poissonMean + 12 * poissonMean.squareRoot() + 30)
            var demand = (0...last).map { period.probability($0) }
            // What lies beyond the table is below the last digit; the sum is made exactly one.
            let sum = demand.reduce(0, +)
            for k in demand.indices { demand[k] /= sum }
            try self.init(
                demand: demand, overLeadTime: .poisson(PoissonDistribution(mean: poissonMean * Double(leadTime + 1))),
                orderCost: orderCost, holding: holding, shortage: shortage)
        }

        /// G(y): expected holding and shortage cost charged to a period whose position after ordering is y.
        public func position(_ y: Int) -> Double {
            Newsvendor.cost(Double(y), law: law, holding: holding, shortage: shortage)
        }

        /// Average cost per period of (s, S), s < S.
        public mutating func average(_ reorderPoint: Int, _ orderUpTo: Int) -> Double {
            let span = orderUpTo - reorderPoint
            extend(span)
            var sum = orderCost
            for j in 0..<span { sum += renewal[j] * position(orderUpTo - j) }
            return sum / renewalSum[span]
        }

        private mutating func extend(_ count: Int) {
            while renewal.count < count {
                let j = renewal.count
                var sum = 0.0
                for k in 1...j where k < demand.count { sum += demand[k] * renewal[j - k] }
                renewal.append(sum / (1 - demand[0]))
                renewalSum.append(renewalSum[j] + renewal[j])
            }
        }
    }

    /// The cheapest (s, S), exact (Zheng and Federgruen, 1991, Operations Research 39).
    public static func solve(_ costs: Costs) -> Policy {
        var costs = costs
        let best = Int(
            costs.law.quantile(Newsvendor.criticalRatio(holding: costs.holding, shortage: costs.shortage)))
        var low = best - 1
        var high = best
        while costs.average(low, high) > costs.position(low) { low -= 1 }
        var cost = costs.average(low, high)
        var candidate = high + 1
        // Beyond the first position that alone costs more than the average no order-up-to level can be better.
        while costs.position(candidate) <= cost {
            if costs.average(low, candidate) < cost {
                high = candidate
                while low + 1 < high, costs.average(low, high) <= costs.position(low + 1) { low += 1 }
                cost = costs.average(low, high)
            }
            candidate += 1
        }
        return Policy(reorderPoint: low, orderUpTo: high, cost: cost)
    }
}
