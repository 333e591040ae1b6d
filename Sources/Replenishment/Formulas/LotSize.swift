/// How much to order at a time when each order costs something and holding stock does too.
public enum LotSize {
    /// The economic order quantity root(2 K d / h) and its cost root(2 K d h) per unit of time (Harris, 1913).
    ///
    /// - Parameters:
    ///   - orderCost: cost of placing one order.
    ///   - demand: units per unit of time.
    ///   - holding: cost of holding one unit for one unit of time.
    public static func economic(orderCost: Double, demand: Double, holding: Double) throws(ReplenishmentError)
        -> (quantity: Double, cost: Double)
    {
        try requirePositive("order cost", orderCost)
        try requirePositive("demand", demand)
        try requirePositive("holding cost", holding)
        return ((2 * orderCost * demand / holding).squareRoot(), (2 * orderCost * demand * holding).squareRoot())
    }

    /// The economic order quantity where customers may wait at `shortage` a unit and period, or goods come in at
    /// `productionRate` units a period while they are sold; the cost per period and the units waiting when an order
    /// comes in.
    public static func economic(
        orderCost: Double, demand: Double, holding: Double, shortage: Double?, productionRate: Double?
    ) throws(ReplenishmentError) -> (quantity: Double, cost: Double, backorder: Double) {
        var part = 1.0
        if let productionRate {
            guard productionRate > demand, productionRate.isFinite else {
                throw .parameter(name: "production rate", value: productionRate, expected: "more than demand")
            }
            part = 1 - demand / productionRate
        }
        guard let shortage else {
            let best = try economic(orderCost: orderCost, demand: demand, holding: part * holding)
            return (best.quantity, best.cost, 0)
        }
        try requirePositive("shortage cost", shortage)
        // Of the peak that stock and waiting share, each gets the part that makes their last units cost the same.
        let best = try economic(
            orderCost: orderCost, demand: demand, holding: part * holding * shortage / (holding + shortage))
        return (best.quantity, best.cost, part * best.quantity * holding / (holding + shortage))
    }

    /// What orders, holding and units cost, by period.
    public struct Costs: Sendable, Equatable {
        let order: [Double]
        let holding: [Double]
        let unit: [Double]

        /// Each list has one entry for all periods, or one for each.
        public init(periods: Int, order: [Double], holding: [Double], unit: [Double] = [0]) throws(ReplenishmentError) {
            func spread(_ name: String, _ values: [Double]) throws(ReplenishmentError) -> [Double] {
                guard values.count == 1 || values.count == periods else {
                    throw .shape(what: name, count: values.count, expected: periods)
                }
                if let bad = values.first(where: { !($0 >= 0 && $0.isFinite) }) {
                    throw .parameter(name: name, value: bad, expected: "a number of 0 or more")
                }
                return values.count == periods ? values : [Double](repeating: values[0], count: periods)
            }
            self.order = try spread("order cost", order)
            self.holding = try spread("holding cost", holding)
            self.unit = try spread("unit cost", unit)
        }
    }

    /// Cheapest orders for known demand by period, stock held at the end of a period costing `holding` a unit
    /// (Wagner and Whitin, 1958). O(periods^2).
    ///
    /// - Returns: the order of each period (0 in most) and the total cost. Ties go to the later last order.
    public static func dynamic(demand: [Double], orderCost: Double, holding: Double) throws(ReplenishmentError)
        -> (orders: [Double], cost: Double)
    {
        try dynamic(
            demand: demand, costs: Costs(periods: demand.count, order: [orderCost], holding: [holding]))
    }

    /// The same with costs that change from period to period.
    ///
    /// - Parameter stock: units on hand at the beginning; they meet the first demands and cost their holding.
    public static func dynamic(demand: [Double], costs: Costs, stock: Double = 0) throws(ReplenishmentError)
        -> (orders: [Double], cost: Double)
    {
        if let bad = demand.first(where: { !($0 >= 0 && $0.isFinite) }) {
            throw .parameter(name: "demand", value: bad, expected: "a number of 0 or more")
        }
        guard stock >= 0, stock.isFinite else {
            throw .parameter(name: "stock", value: stock, expected: "a number of 0 or more")
        }
        guard costs.order.count == demand.count else {
            throw .shape(what: "costs", count: costs.order.count, expected: demand.count)
        }
        let count = demand.count
        var need = demand
        var left = stock
        var held = 0.0
        for t in need.indices {
            let used = min(left, need[t])
            need[t] -= used
            left -= used
            held += costs.holding[t] * left
        }
        // best[t]: cheapest cost of covering periods t...; covers[t]: first period the order of t leaves uncovered.
        var best = [Double](repeating: 0, count: count + 1)
        var covers = [Int](repeating: count, count: count)
        for t in stride(from: count - 1, through: 0, by: -1) {
            if need[t] == 0 {
                // No order is needed in a period without demand.
                best[t] = best[t + 1]
                covers[t] = t
            } else {
                best[t] = .infinity
            }
            var carried = 0.0
            var toHold = costs.unit[t]
            for end in t..<count {
                carried += toHold * need[end]
                let cost = costs.order[t] + carried + best[end + 1]
                if cost < best[t] {
                    best[t] = cost
                    covers[t] = end + 1
                }
                toHold += costs.holding[end]
            }
        }
        var orders = [Double](repeating: 0, count: count)
        var t = 0
        while t < count {
            if covers[t] == t {
                t += 1
                continue
            }
            orders[t] = need[t..<covers[t]].reduce(0, +)
            t = covers[t]
        }
        return (orders, held + (best.first ?? 0))
    }
}
