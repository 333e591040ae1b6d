/// The (R, s, nQ) policy: at every review at which the position is at or below s, as many whole lots Q are ordered as
/// lift it above s. Unmet demand waits.
///
/// After ordering the position is uniform on s + 1 ... s + Q (Hadley and Whitin, 1963), so that the average cost a review
/// is K E[min(D, Q)] / Q plus the mean of G over those positions: exact for whole lots.
public enum LotReview {
    public struct Policy: Sendable, Hashable {
        public var reorderPoint: Int
        public var lot: Int
        /// Average cost per review.
        public var cost: Double
    }

    public struct Costs: Sendable {
        let demand: [Double]
        let law: DemandLaw
        let orderCost: Double
        let holding: Double
        let shortage: Double

        /// - Parameters:
        ///   - law: demand between two reviews.
        ///   - overLeadTime: demand over lead time plus the time between reviews.
        public init(
            law: DemandLaw, overLeadTime: DemandLaw, orderCost: Double, holding: Double, shortage: Double
        ) throws(ReplenishmentError) {
            try requirePositive("holding cost", holding)
            try requirePositive("shortage cost", shortage)
            guard orderCost >= 0, orderCost.isFinite else {
                throw .parameter(name: "order cost", value: orderCost, expected: "a number of 0 or more")
            }
            demand = try ProbabilityTable(law).probabilities
            self.law = overLeadTime
            (self.orderCost, self.holding, self.shortage) = (orderCost, holding, shortage)
        }

        func position(_ y: Int) -> Double {
            Newsvendor.cost(Double(y), law: law, holding: holding, shortage: shortage)
        }

        /// Reviews at which an order is placed.
        func orderShare(_ lot: Int) -> Double {
            demand.indices.reduce(0) { $0 + demand[$1] * Double(min($1, lot)) } / Double(lot)
        }

        public func average(_ reorderPoint: Int, _ lot: Int) -> Double {
            orderCost * orderShare(lot)
                + (1...lot).reduce(0) { $0 + position(reorderPoint + $1) } / Double(lot)
        }
    }

    /// The cheapest s for a lot that is given (a pallet, a case), or of all lots when none is.
    public static func solve(_ costs: Costs, lot given: Int? = nil) throws(ReplenishmentError) -> Policy {
        if let given, !(1...DemandLaw.largestTable).contains(given) {
            throw .parameter(name: "lot", value: Double(given), expected: "1 to \(DemandLaw.largestTable) units")
        }
        let middle = costs.law.quantile(
            Newsvendor.criticalRatio(holding: costs.holding, shortage: costs.shortage))
        guard abs(middle) < Double(DemandLaw.largestTable) else {
            throw .parameter(name: "demand", value: costs.law.mean, expected: "fewer units; count in larger ones")
        }
        // The cheapest run of Q positions grows around the cheapest one, always on the cheaper side (G is convex).
        var (low, high) = (Int(middle.rounded()), Int(middle.rounded()))
        var sum = costs.position(low)
        var best: Policy?
        for lot in 1...(given ?? DemandLaw.largestTable) {
            if lot > 1 {
                let (under, over) = (costs.position(low - 1), costs.position(high + 1))
                if under <= over { low -= 1 } else { high += 1 }
                sum += min(under, over)
            }
            let stock = sum / Double(lot)
            let cost = stock + costs.orderCost * costs.orderShare(lot)
            if given == nil || lot == given, cost < best?.cost ?? .infinity {
                best = Policy(reorderPoint: low - 1, lot: lot, cost: cost)
            }
            // The mean over the cheapest run only rises: no larger lot can win any more.
            if given == nil, stock >= best?.cost ?? .infinity { break }
        }
        return best ?? Policy(reorderPoint: low - 1, lot: 1, cost: costs.average(low - 1, 1))
    }
}
