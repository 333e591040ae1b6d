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

    /// Cheapest orders for known demand by period, stock held at the end of a period costing `holding` a unit
    /// (Wagner and Whitin, 1958). O(periods^2).
    ///
    /// - Returns: the order of each period (0 in most) and the total cost. Ties go to the later last order.
    public static func dynamic(demand: [Double], orderCost: Double, holding: Double) throws(ReplenishmentError)
        -> (orders: [Double], cost: Double)
    {
        guard orderCost >= 0, orderCost.isFinite else {
            throw .parameter(name: "order cost", value: orderCost, expected: "a number of 0 or more")
        }
        guard holding >= 0, holding.isFinite else {
            throw .parameter(name: "holding cost", value: holding, expected: "a number of 0 or more")
        }
        if let bad = demand.first(where: { !($0 >= 0 && $0.isFinite) }) {
            throw .parameter(name: "demand", value: bad, expected: "a number of 0 or more")
        }
        let count = demand.count
        // best[t]: cheapest cost of covering periods t...; covers[t]: first period the order of t leaves uncovered.
        var best = [Double](repeating: 0, count: count + 1)
        var covers = [Int](repeating: count, count: count)
        for t in stride(from: count - 1, through: 0, by: -1) {
            if demand[t] == 0 {
                // No order is needed in a period without demand.
                best[t] = best[t + 1]
                covers[t] = t
            } else {
                best[t] = .infinity
            }
            var carried = 0.0
            for end in t..<count {
                carried += holding * Double(end - t) * demand[end]
                let cost = orderCost + carried + best[end + 1]
                if cost < best[t] {
                    best[t] = cost
                    covers[t] = end + 1
                }
            }
        }
        var orders = [Double](repeating: 0, count: count)
        var t = 0
        while t < count {
            if covers[t] == t {
                t += 1
                continue
            }
            orders[t] = demand[t..<covers[t]].reduce(0, +)
            t = covers[t]
        }
        return (orders, best.first ?? 0)
    }
}
