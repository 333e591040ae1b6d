import Foundation
import NumericCore

/// One warehouse and the places it replenishes one for one, first come first served, customers waiting at the places.
///
/// With Poisson demand and fixed lead times the laws of what is waiting everywhere are exact (Simon, 1971, Operations
/// Research 19; Graves, 1985, Management Science 31); more variable demand is fitted by two moments.
public struct TwoLevelSystem: Sendable, Equatable {
    public struct Place: Sendable, Equatable {
        public var name: String
        /// Demand a period, mean and variance (at least the mean).
        public var mean: Double
        public var variance: Double
        /// Periods from the warehouse to the place.
        public var leadTime: Double
        public var holding: Double
        public var shortage: Double
        public init(
            name: String, mean: Double, variance: Double? = nil, leadTime: Double, holding: Double, shortage: Double
        ) {
            self.name = name
            self.mean = mean
            self.variance = max(mean, variance ?? mean)
            (self.leadTime, self.holding, self.shortage) = (leadTime, holding, shortage)
        }
    }

    public struct Solution: Sendable, Equatable {
        public var warehouseLevel: Int
        public var levels: [Int]
        /// Average cost of holding everywhere and of waiting customers, per period.
        public var cost: Double
        public var fillRates: [Double]
        /// Expected units that the places wait for at the warehouse.
        public var warehouseBackorders: Double
    }

    public let places: [Place]
    public let warehouseLeadTime: Double
    public let warehouseHolding: Double

    public init(places: [Place], warehouseLeadTime: Double, warehouseHolding: Double) throws(ReplenishmentError) {
        guard !places.isEmpty else { throw .shape(what: "places", count: 0, expected: 1) }
        for place in places {
            try requirePositive("demand of \(place.name)", place.mean)
            try requirePositive("holding cost of \(place.name)", place.holding)
            try requirePositive("shortage cost of \(place.name)", place.shortage)
            guard place.leadTime >= 0, place.leadTime.isFinite, place.variance.isFinite else {
                throw .parameter(name: "lead time of \(place.name)", value: place.leadTime, expected: "0 or more")
            }
        }
        guard warehouseLeadTime >= 0, warehouseLeadTime.isFinite, warehouseHolding >= 0, warehouseHolding.isFinite
        else {
            throw .parameter(
                name: "lead time or holding cost of the warehouse", value: min(warehouseLeadTime, warehouseHolding),
                expected: "0 or more")
        }
        self.places = places
        self.warehouseLeadTime = warehouseLeadTime
        self.warehouseHolding = warehouseHolding
    }

    private var isPoisson: Bool { places.allSatisfy { $0.variance == $0.mean } }
    private var totalMean: Double { places.reduce(0) { $0 + $1.mean } }

    /// The law of demand on the warehouse over its lead time.
    private var warehouseLaw: DemandLaw {
        DemandLaw.choose(
            mean: totalMean * warehouseLeadTime,
            variance: places.reduce(0) { $0 + $1.variance } * warehouseLeadTime)
    }

    /// The law of what a place has on order, by the warehouse's level: its part of the warehouse's backorders and its
    /// own demand over the lead time.
    func onOrder(_ place: Int, warehouseLevel: Int) throws(ReplenishmentError) -> ProbabilityTable {
        let (one, law) = (places[place], warehouseLaw)
        let part = one.mean / totalMean
        if isPoisson {
            let demand = try ProbabilityTable(law)
            var waiting = [Double](repeating: 0, count: 1)
            for (units, p) in demand.probabilities.enumerated() {
                let short = max(0, units - warehouseLevel)
                while waiting.count <= short { waiting.append(0) }
                waiting[short] += p
            }
            var own = [Double](repeating: 0, count: waiting.count)
            for (short, p) in waiting.enumerated() where p > 0 {
                let split = BinomialDistribution(count: short, probability: part)
                for k in 0...short { own[k] += p * split.probability(k) }
            }
            let ahead = try ProbabilityTable(.poisson(PoissonDistribution(mean: one.mean * one.leadTime)))
            return ProbabilityTable(lowest: 0, probabilities: own).adding(ahead)
        }
        let level = Double(warehouseLevel)
        let mean = law.loss(level)
        // E[(D - S)+^2] = sum of (2 (x - S) + 1) P(D > x) over whole x from S on, or its integral.
        var square = 0.0
        var x = level
        let last = max(law.quantile(1 - 1e-12), level + 1)
        while x < last {
            square += (2 * (x - level) + 1) * law.upperTail(x)
            x += 1
        }
        let spread = max(0, square - mean * mean)
        let own = one.mean * one.leadTime
        return try ProbabilityTable(
            DemandLaw.choose(
                mean: part * mean + own,
                variance: part * part * spread + part * (1 - part) * mean + one.variance * one.leadTime))
    }

    /// The cheapest levels for one level of the warehouse.
    public func solve(warehouseLevel: Int) throws(ReplenishmentError) -> Solution {
        let law = warehouseLaw
        let waiting = law.loss(Double(warehouseLevel))
        var cost = warehouseHolding * (Double(warehouseLevel) - law.mean + waiting)
        var levels: [Int] = []
        var fills: [Double] = []
        for (index, place) in places.enumerated() {
            let table = try onOrder(index, warehouseLevel: warehouseLevel)
            let ratio = Newsvendor.criticalRatio(holding: place.holding, shortage: place.shortage)
            var level = 0
            var reached = table.probabilities[0]
            var before = 0.0
            while reached < ratio, level + 1 < table.probabilities.count {
                before = reached
                level += 1
                reached += table.probabilities[level]
            }
            var part = 0.0
            for (units, p) in table.probabilities.enumerated() {
                part +=
                    p
                    * (units <= level
                        ? place.holding * Double(level - units) : place.shortage * Double(units - level))
            }
            cost += part
            levels.append(level)
            fills.append(before)
        }
        return Solution(
            warehouseLevel: warehouseLevel, levels: levels, cost: cost, fillRates: fills,
            warehouseBackorders: waiting)
    }

    /// The cheapest levels of all. Every level of the warehouse from none to one that all but always has stock is
    /// looked at, since the cost may have several valleys; more than `most` of them are looked at in steps, then all
    /// between the neighbours of the best.
    public func solve(most: Int = 200) throws(ReplenishmentError) -> Solution {
        let law = warehouseLaw
        let top = law.quantile(0.9999)
        guard top < Double(DemandLaw.largestTable) else {
            throw .parameter(name: "demand", value: law.mean, expected: "fewer units; count in larger ones")
        }
        var (low, high) = (0, max(1, Int(top)))
        while true {
            let step = max(1, (high - low) / max(2, most))
            var best: Solution?
            for level in stride(from: low, through: high, by: step) {
                let found = try solve(warehouseLevel: level)
                if found.cost < best?.cost ?? .infinity { best = found }
            }
            guard let best else { return try solve(warehouseLevel: low) }
            if step == 1 { return best }
            (low, high) = (max(0, best.warehouseLevel - step), best.warehouseLevel + step)
        }
    }
}
