import NumericCore

/// The (s, S) policy under periodic review with a fixed cost per order: when the position is at or below s, order up
/// to S. Unmet demand waits.
public enum PeriodicReview {
    /// Levels farther apart than this are refused: demand should be counted in larger units.
    static let widestSpan = 1 << 17

    public struct Policy: Sendable, Hashable {
        public var reorderPoint: Int
        public var orderUpTo: Int
        /// Average cost per period.
        public var cost: Double

        public init(reorderPoint: Int, orderUpTo: Int, cost: Double) {
            (self.reorderPoint, self.orderUpTo, self.cost) = (reorderPoint, orderUpTo, cost)
        }
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
        /// The position that costs least, and the costs of the positions from there up and down.
        let best: Int
        private var above: [Double] = []
        private var below: [Double] = []

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
            let best = overLeadTime.quantile(try Newsvendor.requiredRatio(holding: holding, shortage: shortage))
            guard abs(best) < Double(DemandLaw.largestTable) else {
                throw .parameter(
                    name: "demand", value: overLeadTime.mean,
                    expected: "fewer than \(DemandLaw.largestTable) units over the lead time; count in larger units")
            }
            self.best = Int(best.rounded())
            self.demand = demand
            law = overLeadTime
            self.orderCost = orderCost
            self.holding = holding
            self.shortage = shortage
            renewal = [1 / (1 - demand[0])]
            renewalSum = [0, renewal[0]]
        }

        /// Any law of demand a period, lead time in whole periods. A continuous law is cut to whole units.
        public init(
            law: DemandLaw, leadTime: Int, orderCost: Double, holding: Double, shortage: Double
        ) throws(ReplenishmentError) {
            guard leadTime >= 0 else {
                throw .parameter(name: "lead time", value: Double(leadTime), expected: "whole periods, 0 or more")
            }
            try self.init(
                demand: try ProbabilityTable(law).probabilities, overLeadTime: try law.sum(over: Double(leadTime + 1)),
                orderCost: orderCost, holding: holding, shortage: shortage)
        }

        /// Poisson demand a period, lead time in whole periods.
        public init(
            poissonMean: Double, leadTime: Int, orderCost: Double, holding: Double, shortage: Double
        ) throws(ReplenishmentError) {
            try requirePositive("mean demand", poissonMean)
            try self.init(
                law: .poisson(PoissonDistribution(mean: poissonMean)), leadTime: leadTime, orderCost: orderCost,
                holding: holding, shortage: shortage)
        }

        /// G(y): expected holding and shortage cost charged to a period whose position after ordering is y.
        public func position(_ y: Int) -> Double {
            let step = y - best
            if step >= 0, step < above.count { return above[step] }
            if step < 0, -step <= below.count { return below[-step - 1] }
            return Newsvendor.cost(Double(y), law: law, holding: holding, shortage: shortage)
        }

        /// Average cost per period of (s, S), s < S.
        public mutating func average(_ reorderPoint: Int, _ orderUpTo: Int) -> Double {
            let span = orderUpTo - reorderPoint
            extend(span)
            prepare(reorderPoint...orderUpTo)
            var sum = orderCost
            for j in 0..<span { sum += renewal[j] * position(orderUpTo - j) }
            return sum / renewalSum[span]
        }

        /// The largest s below `orderUpTo` for which (s, S) costs no more than the position s itself, found by
        /// lowering s one by one from `start`; and its cost.
        mutating func lowerReorderPoint(from start: Int, orderUpTo: Int) throws(ReplenishmentError)
            -> (reorderPoint: Int, cost: Double)
        {
            var low = start
            var sum = average(low, orderUpTo) * renewalSum[orderUpTo - low]
            while sum / renewalSum[orderUpTo - low] > position(low) {
                let span = orderUpTo - low
                guard span < PeriodicReview.widestSpan else {
                    throw .parameter(
                        name: "order cost", value: orderCost,
                        expected: "an order of fewer than \(PeriodicReview.widestSpan) units; count in larger units")
                }
                extend(span + 1)
                prepare(low - 1...low)
                sum += renewal[span] * position(low)
                low -= 1
            }
            return (low, sum / renewalSum[orderUpTo - low])
        }

        private mutating func prepare(_ positions: ClosedRange<Int>) {
            while best + above.count <= positions.upperBound { above.append(position(best + above.count)) }
            while best - below.count > positions.lowerBound { below.append(position(best - below.count - 1)) }
        }

        private mutating func extend(_ count: Int) {
            while renewal.count < count {
                let j = renewal.count
                var sum = 0.0
                let last = min(j, demand.count - 1)
                if last >= 1 { for k in 1...last { sum += demand[k] * renewal[j - k] } }
                renewal.append(sum / (1 - demand[0]))
                renewalSum.append(renewalSum[j] + renewal[j])
            }
        }
    }

    private static let largestOrder = 20_000.0

    /// The cheapest (s, S), exact (Zheng and Federgruen, 1991, Operations Research 39).
    public static func solve(_ costs: Costs) throws(ReplenishmentError) -> Policy {
        var costs = costs
        // What an order would be without any luck; each of its units is looked at as often as it has units.
        let mean = costs.demand.indices.reduce(0) { $0 + Double($1) * costs.demand[$1] }
        let perUnit = costs.holding * costs.shortage / (costs.holding + costs.shortage)
        guard (2 * costs.orderCost * mean / perUnit).squareRoot() < largestOrder else {
            throw .parameter(
                name: "order cost", value: costs.orderCost,
                expected: "an order of fewer than \(Int(largestOrder)) units; count in larger units")
        }
        var high = costs.best
        var (low, cost) = try costs.lowerReorderPoint(from: high - 1, orderUpTo: high)
        var candidate = high + 1
        // Beyond the first position that alone costs more than the average no order-up-to level can be better.
        while costs.position(candidate) <= cost {
            guard candidate - low < widestSpan else {
                throw .parameter(
                    name: "order cost", value: costs.orderCost,
                    expected: "an order of fewer than \(widestSpan) units; count in larger units")
            }
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
