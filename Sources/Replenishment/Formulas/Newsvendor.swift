/// One order before a selling season: what is left over costs, what is missing costs more (Edgeworth, 1888).
public enum Newsvendor {
    /// The order and its expected cost per season.
    public struct Solution: Sendable, Hashable {
        public var quantity: Double
        public var cost: Double
    }

    /// The critical ratio shortage / (shortage + holding): the probability with which the best order is enough.
    public static func criticalRatio(holding: Double, shortage: Double) -> Double { shortage / (shortage + holding) }

    /// The critical ratio, refused where the costs lie so far apart that it is 0 or 1 but for rounding.
    static func requiredRatio(holding: Double, shortage: Double) throws(ReplenishmentError) -> Double {
        try requirePositive("holding cost", holding)
        try requirePositive("shortage cost", shortage)
        let ratio = criticalRatio(holding: holding, shortage: shortage)
        guard ratio > 0, ratio < 1 else {
            throw .parameter(
                name: "shortage cost", value: shortage,
                expected: "less than 1e15 times the holding cost, and more than 1e-300 times; no stock is enough else")
        }
        return ratio
    }

    /// Expected cost of having `quantity` units: holding x units left + shortage x units short.
    public static func cost(_ quantity: Double, law: DemandLaw, holding: Double, shortage: Double) -> Double {
        let short = law.loss(quantity)
        return holding * (quantity - law.mean + short) + shortage * short
    }

    /// The cheapest order. For laws of counts it is a whole number.
    ///
    /// - Parameters:
    ///   - holding: cost of one unit left over, positive.
    ///   - shortage: cost of one unit short, positive.
    public static func solve(law: DemandLaw, holding: Double, shortage: Double) throws(ReplenishmentError) -> Solution {
        let quantity = law.quantile(try requiredRatio(holding: holding, shortage: shortage))
        return Solution(
            quantity: quantity, cost: cost(quantity, law: law, holding: holding, shortage: shortage))
    }
}

/// Refuses a value that is not positive, or too large to be reckoned with.
func requirePositive(_ name: String, _ value: Double) throws(ReplenishmentError) {
    guard value > 0, value <= 1e15 else {
        throw .parameter(name: name, value: value, expected: "a number above 0, at most 1e15")
    }
}

/// Refuses a probability that is not strictly between 0 and 1.
func requireShare(_ name: String, _ value: Double) throws(ReplenishmentError) {
    guard value > 0, value < 1 else {
        throw .parameter(name: name, value: value, expected: "a share strictly between 0 and 1")
    }
}
