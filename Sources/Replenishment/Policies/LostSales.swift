import NumericCore
import Retail

/// Periodic review where demand that finds no stock is lost, and an order placed now comes `leadTime` periods later.
///
/// Costs are charged at the end of a period: holding for each unit left, shortage for each unit lost. The state is what
/// is on the shelf and what comes in each of the next periods, so that exact answers stop at short lead times; beyond,
/// capped base-stock policies come within a few per cent of the optimum (Xin, 2021, Operations Research 69).
public struct LostSales: Sendable {
    /// Work of one step of the exact programme that is still taken on, counted in products.
    static let largestWork = 60_000_000

    public struct Solution: Sendable, Equatable {
        /// Average cost per period.
        public var cost: Double
        /// Half the width of the interval the cost is known to lie in.
        public var halfWidth: Double
        /// Nothing orders cheaper than this.
        public var lowerBound: Double
        public var isExact: Bool
        /// What the answer is: `optimal`, or the policy that was found.
        public var method: String
        /// The level and the cap of the policy found; nil for the optimal policy, which has neither.
        public var level: Int?
        public var cap: Int?
        /// States of the exact programme and steps taken.
        public var states: Int
        public var steps: Int
    }

    let demand: ProbabilityTable
    let law: DemandLaw
    let leadTime: Int
    let holding: Double
    let shortage: Double
    /// Bounds on the optimal order and on the position after it (Zipkin, 2008, Operations Research 56): what covers
    /// demand of one period, and of lead time plus one period, with the newsvendor's probability.
    let largestOrder: Int
    let largestPosition: Int

    public init(
        law: DemandLaw, leadTime: Int, holding: Double, shortage: Double
    ) throws(ReplenishmentError) {
        try requirePositive("holding cost", holding)
        try requirePositive("shortage cost", shortage)
        guard (0...10_000).contains(leadTime) else {
            throw .parameter(name: "lead time", value: Double(leadTime), expected: "whole periods, 0 to 10000")
        }
        demand = try ProbabilityTable(law)
        self.law = law
        (self.leadTime, self.holding, self.shortage) = (leadTime, holding, shortage)
        let ratio = Newsvendor.criticalRatio(holding: holding, shortage: shortage)
        let (one, total) = (law.quantile(ratio), try law.sum(over: Double(leadTime + 1)).quantile(ratio))
        guard one < Double(DemandLaw.largestTable), total < Double(DemandLaw.largestTable) else {
            throw .parameter(
                name: "demand or shortage cost", value: law.mean,
                expected: "fewer units (count in larger ones) and a shortage cost that holding does not vanish beside")
        }
        largestOrder = Int(max(0, one).rounded(.up))
        largestPosition = max(largestOrder, Int(max(0, total).rounded(.up)))
    }

    /// Expected cost of a period that begins with `x` on the shelf.
    func periodCost(_ x: Int) -> Double {
        var cost = 0.0
        for (units, p) in demand.probabilities.enumerated() {
            cost += p * (units <= x ? holding * Double(x - units) : shortage * Double(units - x))
        }
        return cost
    }

    /// The lower bound that holds for any lead time: waiting customers who cost shortage / (lead time + 1) a period
    /// are never dearer (Janakiraman, Seshadri and Shanthikumar, 2007, Operations Research 55).
    func waitingBound() throws(ReplenishmentError) -> Double {
        let table = try demand.sum(of: leadTime + 1)
        let short = shortage / Double(leadTime + 1)
        let ratio = Newsvendor.criticalRatio(holding: holding, shortage: short)
        var level = 0
        var reached = table.probabilities[0]
        while reached < ratio, level + 1 < table.probabilities.count {
            level += 1
            reached += table.probabilities[level]
        }
        var cost = 0.0
        for (units, p) in table.probabilities.enumerated() {
            cost += p * (units <= level ? holding * Double(level - units) : short * Double(units - level))
        }
        return cost
    }

    /// The optimal cost where the state is small enough, else the best capped base-stock policy with an interval.
    public func solve() throws(ReplenishmentError) -> Solution {
        if leadTime == 0 {
            let level = largestOrder
            let best = (max(0, level - 1)...level + 1).map { ($0, periodCost($0)) }.min { $0.1 < $1.1 }
            let (order, cost) = best ?? (level, periodCost(level))
            return Solution(
                cost: cost, halfWidth: 0, lowerBound: cost, isExact: true, method: "optimal", level: order, cap: nil,
                states: 1, steps: 0)
        }
        if let exact = optimal(margin: 0) { return exact }
        return try cappedBaseStock()
    }

    /// Value iteration over all states, to a relative gap of 1e-10 between the bounds on the average cost (Odoni,
    /// 1969); nil where the programme is too large.
    ///
    /// - Parameter margin: units by which the bounds on orders and positions are widened.
    func optimal(margin: Int) -> Solution? {
        let orders = largestOrder + margin + 1
        let shelf = largestPosition + margin + 1
        var pipelines = 1
        for _ in 1..<max(1, leadTime) {
            let (product, overflow) = pipelines.multipliedReportingOverflow(by: orders)
            if overflow || product > Self.largestWork { return nil }
            pipelines = product
        }
        guard pipelines * shelf <= Self.largestWork / orders / max(1, demand.probabilities.count) else { return nil }
        let charges = (0..<shelf).map(periodCost)
        let total = (0..<pipelines).map { code in
            var rest = code
            var sum = 0
            for _ in 1..<max(1, leadTime) {
                sum += rest % orders
                rest /= orders
            }
            return sum
        }
        var value = [Double](repeating: 0, count: pipelines * shelf)
        var next = value
        let oldest = pipelines / orders
        let limit = shelf - 1
        var steps = 0
        while steps < 100_000 {
            var (least, most) = (Double.infinity, -Double.infinity)
            for code in 0..<pipelines where total[code] <= limit {
                // The pipeline's first entry comes next period; the new order takes the last place.
                let arriving = leadTime == 1 ? 0 : code % orders
                let moved = leadTime == 1 ? 0 : code / orders
                for x in 0...(limit - total[code]) { next[code * shelf + x] = .infinity }
                for order in 0..<min(orders, limit - total[code] + 1) {
                    let target = leadTime == 1 ? 0 : moved + order * max(1, oldest)
                    let into = leadTime == 1 ? order : arriving
                    let base = target * shelf + into
                    for x in 0...(limit - total[code] - order) {
                        // Demand takes units one by one; the last entry holds all demand that empties the shelf.
                        var sum = 0.0
                        var left = 1.0
                        let last = min(x, demand.probabilities.count)
                        for units in 0..<last {
                            sum += demand.probabilities[units] * value[base + x - units]
                            left -= demand.probabilities[units]
                        }
                        sum += max(0, left) * value[base]
                        if sum < next[code * shelf + x] { next[code * shelf + x] = sum }
                    }
                }
                for x in 0...(limit - total[code]) {
                    let cell = code * shelf + x
                    next[cell] += charges[x]
                    let change = next[cell] - value[cell]
                    least = min(least, change)
                    most = max(most, change)
                }
            }
            steps += 1
            let offset = next[0]
            for cell in next.indices { value[cell] = next[cell] - offset }
            if most - least <= 1e-10 * max(1, most) {
                return Solution(
                    cost: 0.5 * (least + most), halfWidth: 0.5 * (most - least), lowerBound: least, isExact: true,
                    method: "optimal", level: nil, cap: nil, states: pipelines * shelf, steps: steps)
            }
        }
        return nil
    }
}
