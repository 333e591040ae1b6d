/// The cheapest order under price breaks, for steady demand (Hadley and Whitin, 1963, section 2).
public enum QuantityDiscount {
    public struct Break: Sendable, Hashable {
        /// Units from which the price holds.
        public var from: Double
        public var price: Double
        public init(from: Double, price: Double) {
            self.from = from
            self.price = price
        }
    }

    public struct Solution: Sendable, Hashable {
        public var quantity: Double
        /// Purchase, ordering and holding, per period.
        public var cost: Double
        /// What a unit costs on average at that quantity.
        public var unitPrice: Double
    }

    /// - Parameters:
    ///   - breaks: in any order; the lowest starts at 0 (or 1).
    ///   - incremental: whether a price counts only for the units beyond its quantity (all-units otherwise).
    ///   - holdingRate: part of a unit's price that holding it for a period costs.
    public static func solve(
        breaks: [Break], incremental: Bool, orderCost: Double, demand: Double, holdingRate: Double
    ) throws(ReplenishmentError) -> Solution {
        try requirePositive("order cost", orderCost)
        try requirePositive("demand", demand)
        try requirePositive("holding rate", holdingRate)
        let steps = breaks.sorted { $0.from < $1.from }
        guard let first = steps.first, first.from >= 0, first.from <= 1 else {
            throw .parameter(
                name: "first price break", value: steps.first?.from ?? .nan, expected: "a price from 0 or 1 units on")
        }
        for (one, next) in zip(steps, steps.dropFirst()) where one.from == next.from {
            throw .parameter(name: "price break", value: one.from, expected: "each quantity once")
        }
        for step in steps { try requirePositive("price", step.price) }
        // What the units below a break cost beyond what they would at its own price.
        var surcharge = 0.0
        var best: Solution?
        for (place, step) in steps.enumerated() {
            if place > 0 { surcharge += (steps[place - 1].price - step.price) * step.from }
            let fixed = incremental ? orderCost + surcharge : orderCost
            let until = place + 1 < steps.count ? steps[place + 1].from : .infinity
            func cost(_ quantity: Double) -> (cost: Double, price: Double) {
                let price = incremental && quantity > 0 ? step.price + surcharge / quantity : step.price
                return (
                    demand * price + orderCost * demand / quantity + 0.5 * holdingRate * price * quantity, price
                )
            }
            // Within a step the cost has one valley; its end is the next step's business.
            let valley = fixed > 0 ? (2 * fixed * demand / (holdingRate * step.price)).squareRoot() : 0
            let quantity = max(valley, step.from, 1e-9)
            guard quantity < until else { continue }
            let (total, price) = cost(quantity)
            if best.map({ total < $0.cost }) ?? true {
                best = Solution(quantity: quantity, cost: total, unitPrice: price)
            }
        }
        guard let best else {
            throw .parameter(name: "price breaks", value: .nan, expected: "prices that a quantity can reach")
        }
        return best
    }
}
