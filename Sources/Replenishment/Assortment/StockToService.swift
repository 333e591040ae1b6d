import Foundation
import NumericCore

/// One service level, or one budget, for a whole assortment, split over its items where it buys most: the
/// stock-to-service curve.
///
/// Each item's level rises unit by unit; a unit serves what the next one would have missed, and costs its price. Taking
/// units in order of demand served per yuan gives, at every point of the curve, the highest service for its money
/// (Sherbrooke, 1968, marginal analysis; exact at the curve's points).
public struct StockToService: Sendable {
    public struct Item: Sendable {
        /// Demand over the lead time, and over lead time plus review.
        public var overLeadTime: DemandLaw
        public var overLeadTimeAndReview: DemandLaw
        /// Money that a unit of stock binds.
        public var unitCost: Double
        /// What a unit served counts for: 1 for a unit fill rate, its margin for a margin-weighted one, or units per
        /// order line for the order-line fill.
        public var weight: Double
        /// The level may not be lower, or higher.
        public var range: ClosedRange<Int64>
        public init(
            overLeadTime: DemandLaw, overLeadTimeAndReview: DemandLaw, unitCost: Double, weight: Double = 1,
            range: ClosedRange<Int64> = 0...1_000_000_000
        ) {
            (self.overLeadTime, self.overLeadTimeAndReview) = (overLeadTime, overLeadTimeAndReview)
            (self.unitCost, self.weight, self.range) = (unitCost, weight, range)
            (lot, scale) = (0, weight)
            demand = weight * max(0, overLeadTimeAndReview.mean - overLeadTime.mean)
        }

        /// An item ordered in lots from a reorder point, which is its level.
        ///
        /// - Parameters:
        ///   - protection: demand that the reorder point must last for.
        ///   - cycle: mean units of an order.
        ///   - demand: units of a review period.
        public init(
            protection: DemandLaw, overLeadTime: DemandLaw, lot: Int64, cycle: Double, demand: Double,
            unitCost: Double, weight: Double = 1, range: ClosedRange<Int64> = 0...1_000_000_000
        ) {
            (self.overLeadTime, overLeadTimeAndReview) = (overLeadTime, protection)
            (self.unitCost, self.weight, self.range, self.lot) = (unitCost, weight, range, max(1, lot))
            scale = weight * demand / max(1, cycle)
            self.demand = weight * demand
        }

        private let lot: Int64
        /// Weighted units of a review period for each unit that a cycle misses.
        private let scale: Double
        /// Weighted demand of a review period.
        let demand: Double
        /// Money that a level binds: under lots half of one lies above the reorder point.
        func money(_ level: Int64) -> Double { unitCost * (Double(level) + 0.5 * Double(lot)) }

        /// Weighted units of a review period that a level misses.
        func missed(_ level: Int64) -> Double {
            scale * max(0, overLeadTimeAndReview.loss(Double(level)) - overLeadTime.loss(Double(level + lot)))
        }

        /// Weighted units that one more unit of level serves in a review period.
        func gain(_ level: Int64) -> Double {
            scale * (overLeadTimeAndReview.upperTail(Double(level)) - overLeadTime.upperTail(Double(level + lot)))
        }

        /// The level whose last unit is the last to serve at least `threshold` a yuan. Gains rise to a single peak and
        /// then fall; what lies before the peak is taken whole when the average up to a unit reaches the threshold.
        func level(threshold: Double) -> Int64 {
            let price = max(unitCost, 1e-12)
            var peak = range.lowerBound
            var high = max(range.lowerBound, min(range.upperBound, Int64(clampedUp: overLeadTimeAndReview.mean)))
            // Beyond the mean over lead time plus review every further unit serves less.
            while high < range.upperBound, gain(high) >= threshold * price {
                peak = high
                high = min(range.upperBound, high + max(1, high))
            }
            var low = peak
            while low < high {
                let middle = low + (high - low) / 2
                if gain(middle) >= threshold * price { low = middle + 1 } else { high = middle }
            }
            // Worth having at all: all units up to there together, against none.
            let (all, none) = (missed(range.lowerBound) - missed(low), threshold * price)
            return all >= none * Double(low - range.lowerBound) ? low : range.lowerBound
        }
    }

    public struct Point: Sendable, Equatable {
        public var levels: [Int64]
        /// Money bound in the levels.
        public var investment: Double
        /// Part of the weighted demand served from the shelf.
        public var service: Double
        /// Weighted units that the last yuan serves in a review period.
        public var threshold: Double
    }

    public let items: [Item]
    private let demand: Double

    public init(_ items: [Item]) throws(ReplenishmentError) {
        for item in items {
            guard item.unitCost >= 0, item.unitCost.isFinite, item.weight >= 0, item.weight.isFinite else {
                throw .parameter(
                    name: "unit cost or weight", value: min(item.unitCost, item.weight), expected: "0 or more")
            }
        }
        self.items = items
        demand = items.reduce(0) { $0 + $1.demand }
    }

    /// The point of the curve at which a yuan serves `threshold`.
    public func point(threshold: Double) -> Point {
        var point = Point(levels: [], investment: 0, service: 1, threshold: threshold)
        var missed = 0.0
        for item in items {
            let level = item.level(threshold: threshold)
            point.levels.append(level)
            point.investment += item.money(level)
            missed += item.missed(level)
        }
        if demand > 0 { point.service = 1 - missed / demand }
        return point
    }

    /// The point that a goal asks for.
    func point(_ goal: AssortmentGoal) throws(ReplenishmentError) -> Point {
        switch goal.kind {
        case .service(let share): try reaching(service: share)
        case .budget(let money): try within(budget: money)
        }
    }

    /// The cheapest point of the curve that reaches a service level.
    public func reaching(service target: Double) throws(ReplenishmentError) -> Point {
        try requireShare("service level", target)
        return search { $0.service >= target }.reached
    }

    /// The best point of the curve that costs at most `budget`.
    public func within(budget: Double) throws(ReplenishmentError) -> Point {
        guard budget >= 0 else { throw .parameter(name: "budget", value: budget, expected: "0 or more") }
        return search { $0.investment > budget }.missed
    }

    /// The curve at thresholds spread evenly in their logarithm between nothing and almost everything.
    public func curve(points: Int = 20) -> [Point] {
        let top = highest
        return (0..<max(2, points)).map {
            point(threshold: top * pow(10, -6 * Double($0) / Double(max(2, points) - 1)))
        }
    }

    private var highest: Double { items.reduce(1e-12) { max($0, $1.weight / max($1.unitCost, 1e-12)) } }

    /// The neighbouring points on both sides of where a condition begins to hold as the threshold falls.
    private func search(_ holds: (Point) -> Bool) -> (missed: Point, reached: Point) {
        var (high, low) = (highest * 2, 0.0)
        var missed = point(threshold: high)
        var reached = point(threshold: highest * 1e-12)
        if holds(missed) { return (missed, missed) }
        if !holds(reached) { return (reached, reached) }
        low = highest * 1e-12
        for _ in 0..<80 where high > low * (1 + 1e-12) {
            let middle = (high * low).squareRoot()
            let found = point(threshold: middle)
            if holds(found) { (low, reached) = (middle, found) } else { (high, missed) = (middle, found) }
        }
        return (missed, reached)
    }
}
