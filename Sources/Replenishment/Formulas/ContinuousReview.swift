import NumericCore

/// The (r, Q) policy under continuous review and Poisson demand: when the position falls to r, order Q.
public enum ContinuousReview {
    public struct Policy: Sendable, Hashable {
        public var reorderPoint: Int
        public var quantity: Int
        /// Average cost per unit of time.
        public var cost: Double
    }

    /// Average cost per unit of time: (K lambda + sum of G(y) for y = r + 1 ... r + Q) / Q, where G is the newsvendor
    /// cost of lead-time demand, since the position is uniform on those values (Zipkin, 1986).
    public static func cost(
        reorderPoint: Int, quantity: Int, rate: Double, leadTime: Double, orderCost: Double, holding: Double,
        shortage: Double
    ) -> Double {
        let law = DemandLaw.poisson(PoissonDistribution(mean: rate * leadTime))
        var sum = orderCost * rate
        for y in 1...max(1, quantity) {
            sum += Newsvendor.cost(Double(reorderPoint + y), law: law, holding: holding, shortage: shortage)
        }
        return sum / Double(max(1, quantity))
    }

    /// The cheapest (r, Q), exact (Federgruen and Zheng, 1992): grow the set of cheapest positions around the
    /// minimum of G one by one, always on the cheaper side, while the next position costs less than the average.
    public static func solve(
        rate: Double, leadTime: Double, orderCost: Double, holding: Double, shortage: Double
    ) throws(ReplenishmentError) -> Policy {
        try requirePositive("demand rate", rate)
        try requirePositive("lead time", leadTime)
        try requirePositive("order cost", orderCost)
        try requirePositive("holding cost", holding)
        try requirePositive("shortage cost", shortage)
        let law = DemandLaw.poisson(PoissonDistribution(mean: rate * leadTime))
        func g(_ y: Int) -> Double { Newsvendor.cost(Double(y), law: law, holding: holding, shortage: shortage) }
        let best = Int(law.quantile(Newsvendor.criticalRatio(holding: holding, shortage: shortage)))
        var low = best
        var high = best
        var sum = orderCost * rate + g(best)
        var below = g(low - 1)
        var above = g(high + 1)
        while true {
            let average = sum / Double(high - low + 1)
            let next = min(below, above)
            guard next < average else {
                return Policy(reorderPoint: low - 1, quantity: high - low + 1, cost: average)
            }
            sum += next
            if below <= above {
                low -= 1
                below = g(low - 1)
            } else {
                high += 1
                above = g(high + 1)
            }
        }
    }
}
