import NumericCore

/// A base-stock level under one law of demand: what it serves, what it costs, and which is best.
///
/// Under continuous review with Poisson demand everything is exact; under periodic review the level covers lead time
/// plus review. Where customers do not wait only Poisson demand has an answer in closed form (Erlang's loss formula);
/// `LostSales` has the others.
public struct BaseStockModel: Sendable {
    /// Demand that a level must cover: over lead time, plus the review period under periodic review.
    public let law: DemandLaw
    private let demand: DemandLaw
    private let overLeadTime: DemandLaw
    private let lostSales: Bool

    public init(
        demand: DemandLaw, overLeadTime: DemandLaw, overLeadTimeAndReview: DemandLaw, lostSales: Bool = false
    ) throws(ReplenishmentError) {
        (self.demand, self.overLeadTime, law) = (demand, overLeadTime, overLeadTimeAndReview)
        self.lostSales = lostSales
        guard lostSales else { return }
        guard overLeadTime.mean <= 0.5 * Double(DemandLaw.largestTable) else {
            throw .parameter(
                name: "demand over the lead time", value: overLeadTime.mean,
                expected: "at most \(DemandLaw.largestTable / 2) units where sales are lost; count in larger units")
        }
        guard case .poisson = demand, law == overLeadTime else {
            throw .text(
                name: "demand", value: demand.name,
                expected: "Poisson demand under continuous review where sales are lost; LostSales has the rest")
        }
    }

    private var isPeriodic: Bool { law != overLeadTime }

    /// Units in the pipeline, on average, when every unit demanded is ordered.
    private var offered: Double { overLeadTime.mean }

    /// Part of demand served from stock.
    public func fillRate(_ level: Double) throws(ReplenishmentError) -> Double {
        if lostSales { return BaseStock.lostSalesFillRate(level: try whole(level), meanOnOrder: offered) }
        if isPeriodic {
            return OrderUpToLevel.fillRate(level, overLeadTime: overLeadTime, overLeadTimeAndReview: law)
        }
        return law.cumulative(law.isCount ? level - 1 : level)
    }

    /// Expected units waiting.
    public func backorders(_ level: Double) -> Double { law.loss(level) }

    /// Average cost per period; `shortage` is per unit waiting and period, or per unit lost.
    public func cost(_ level: Double, holding: Double, shortage: Double) throws(ReplenishmentError) -> Double {
        guard lostSales else { return Newsvendor.cost(level, law: law, holding: holding, shortage: shortage) }
        let served = BaseStock.lostSalesFillRate(level: try whole(level), meanOnOrder: offered)
        return holding * (level - offered * served) + shortage * demand.mean * (1 - served)
    }

    /// The smallest level that reaches a fill rate, whole for laws of counts.
    public func level(forFillRate target: Double) throws(ReplenishmentError) -> Double {
        try requireShare("fill rate", target)
        if !lostSales, !law.isCount {
            return isPeriodic
                ? try OrderUpToLevel.forFillRate(target, overLeadTime: overLeadTime, overLeadTimeAndReview: law)
                : law.quantile(target)
        }
        var high = 1
        while try fillRate(Double(high)) < target, high < DemandLaw.largestTable { high *= 2 }
        var low = 0
        while high - low > 1 {
            let middle = (low + high) / 2
            if try fillRate(Double(middle)) >= target { high = middle } else { low = middle }
        }
        return Double(high)
    }

    /// The level that costs least.
    public func cheapestLevel(holding: Double, shortage: Double) throws(ReplenishmentError) -> Double {
        guard lostSales else { return try Newsvendor.solve(law: law, holding: holding, shortage: shortage).quantity }
        try requirePositive("holding cost", holding)
        try requirePositive("shortage cost", shortage)
        // Each further unit serves less than the one before (Erlang's formula is convex), so the first rise ends it.
        var level = 0
        var best = try cost(0, holding: holding, shortage: shortage)
        var blocking = 1.0
        while level < DemandLaw.largestTable {
            blocking = BaseStock.blocking(level + 1, before: blocking, meanOnOrder: offered)
            let next = holding * (Double(level + 1) - offered * (1 - blocking)) + shortage * demand.mean * blocking
            guard next < best else { break }
            (level, best) = (level + 1, next)
        }
        return Double(level)
    }

    private func whole(_ level: Double) throws(ReplenishmentError) -> Int {
        guard level >= 0, level == level.rounded(), level < Double(DemandLaw.largestTable) else {
            throw .parameter(name: "level", value: level, expected: "whole units, 0 or more")
        }
        return Int(level)
    }
}
