import Foundation
import NumericCore

/// Stages in a row, each replenished from the one above, customers waiting at the last: the best echelon base-stock
/// levels and their cost (Clark and Scarf, 1960, Management Science 6; in the form of Chen and Zheng, 1994).
///
/// Exact for demand in whole units. Other laws are cut to a grid; the answer names how much a grid twice as coarse
/// would have changed it.
public struct SerialSystem: Sendable, Equatable {
    public struct Stage: Sendable, Equatable {
        public var name: String
        /// Periods from the stage above (or the outside supplier) to this one.
        public var leadTime: Double
        /// Cost of holding a unit for a period beyond what the stage above charges.
        public var echelonHolding: Double
        public init(name: String, leadTime: Double, echelonHolding: Double) {
            (self.name, self.leadTime, self.echelonHolding) = (name, leadTime, echelonHolding)
        }
    }

    public struct Solution: Sendable, Equatable {
        /// From the customers' stage upwards: stock at the stage and on the way below it, less what customers wait for.
        public var echelonLevels: [Double]
        /// The same as levels for each stage alone.
        public var localLevels: [Double]
        /// Average cost per period, as in Clark and Scarf: echelon holding on echelon stock, and customers waiting.
        public var cost: Double
        /// Part by which the cost changes from a grid twice as coarse; 0 for demand in whole units.
        public var gridError: Double
        public var gridStep: Double
    }

    /// From the customers' stage upwards.
    public let stages: [Stage]
    public let demand: DemandLaw
    /// Cost of a customer's waiting for a period.
    public let shortage: Double

    public init(stages: [Stage], demand: DemandLaw, shortage: Double) throws(ReplenishmentError) {
        try requirePositive("shortage cost", shortage)
        try requirePositive("demand", demand.mean)
        guard (1...1_000).contains(stages.count) else {
            throw .shape(what: "stages", count: stages.count, expected: 1)
        }
        for stage in stages {
            try requirePositive("echelon holding cost of \(stage.name)", stage.echelonHolding)
            guard stage.leadTime >= 0, stage.leadTime.isFinite else {
                throw .parameter(
                    name: "lead time of \(stage.name)", value: stage.leadTime, expected: "periods, 0 or more")
            }
        }
        (self.stages, self.demand, self.shortage) = (stages, demand, shortage)
    }

    /// - Parameters:
    ///   - review: periods between two orders, added to what the customers' stage must cover; 0 under continuous
    ///     review.
    ///   - resolution: grid cells in one standard deviation of the shortest demand that is not nil.
    ///   - levels: echelon levels to be judged instead of the best.
    public func solve(
        review: Double = 0, resolution: Int = 100, levels: [Double]? = nil
    ) throws(ReplenishmentError) -> Solution {
        if let levels, levels.count != stages.count {
            throw .shape(what: "levels", count: levels.count, expected: stages.count)
        }
        var laws: [DemandLaw] = []
        for (place, stage) in stages.enumerated() {
            laws.append(try demand.sum(over: stage.leadTime + (place == 0 ? review : 0)))
        }
        if demand.isCount { return try recursion(laws, review: review, step: 1, levels: levels) }
        let least = laws.map(\.standardDeviation).filter { $0 > 0 }.min() ?? 1
        let spread = laws.reduce(0) { $0 + $1.mean + 20 * $1.standardDeviation }
        // The grid as asked, unless it would take too many cells.
        let step = max(least / Double(max(4, resolution)), spread / 60_000)
        var fine = try recursion(laws, review: review, step: step, levels: levels)
        let coarse = try recursion(laws, review: review, step: 2 * step, levels: levels)
        fine.gridError = abs(fine.cost - coarse.cost) / max(fine.cost, 1e-300)
        return fine
    }

    private func recursion(
        _ laws: [DemandLaw], review: Double, step: Double, levels: [Double]?
    ) throws(ReplenishmentError) -> Solution {
        let tables = try laws.map { law throws(ReplenishmentError) in try GridLaw(law, step: step) }
        let totalHolding = stages.reduce(0) { $0 + $1.echelonHolding }
        let lowest = min(0, tables.reduce(0) { $0 + min(0, $1.lowest) }) - 2
        let highest = tables.reduce(0) { $0 + $1.lowest + $1.weights.count } + 2
        guard highest - lowest < 1 << 22 else {
            throw .parameter(name: "demand", value: demand.mean, expected: "fewer units; count in larger ones")
        }
        // What the stages below cost at each stock position; straight below the grid.
        var below = PositionCost(
            lowest: lowest,
            values: (lowest...highest).map { (shortage + totalHolding) * step * Double(max(0, -$0)) })
        var echelon: [Double] = []
        for (place, table) in tables.enumerated() {
            let holding = stages[place].echelonHolding
            // Stock is charged at the end of a period, after its demand, at every stage alike.
            let mean = laws[place].mean + (place == 0 ? 0 : review * demand.mean)
            let previous = below
            var values = [Double](repeating: 0, count: highest - lowest + 1)
            for y in lowest...highest {
                var sum = 0.0
                for (k, weight) in table.weights.enumerated() { sum += weight * previous[y - table.lowest - k] }
                values[y - lowest] = sum + holding * (step * Double(y) - mean)
            }
            let costs = PositionCost(lowest: lowest, values: values)
            let best: Int
            if let levels {
                guard abs(levels[place] / step) < 1e15 else {
                    throw .parameter(name: "level", value: levels[place], expected: "units")
                }
                best = min(highest, max(lowest, Int((levels[place] / step).rounded())))
            } else {
                best = lowest + (values.indices.min { values[$0] < values[$1] } ?? 0)
            }
            echelon.append(step * Double(best))
            // Nobody below can have more than the level, whatever the position above.
            below = costs.cut(at: best)
        }
        let cost = below[highest]
        var local: [Double] = []
        var lower = 0.0
        for place in echelon.indices {
            // A level above that of a stage further up is never reached.
            let reached = echelon[place...].min() ?? 0
            local.append(max(0, reached - lower))
            lower = max(lower, reached)
        }
        return Solution(echelonLevels: echelon, localLevels: local, cost: cost, gridError: 0, gridStep: step)
    }
}

/// Costs by position on a grid, straight on both sides of it.
private struct PositionCost {
    var lowest: Int
    var values: [Double]

    subscript(y: Int) -> Double {
        let place = y - lowest
        if place < 0 { return values[0] + Double(place) * (values[1] - values[0]) }
        if place >= values.count { return values[values.count - 1] }
        return values[place]
    }

    func cut(at level: Int) -> PositionCost {
        var cut = self
        let place = level - lowest
        for above in place..<values.count { cut.values[above] = values[place] }
        return cut
    }
}

/// A law of demand on a grid: cell k holds what lies within half a step of it.
private struct GridLaw {
    var lowest: Int
    var weights: [Double]

    init(_ law: DemandLaw, step: Double) throws(ReplenishmentError) {
        guard law.variance > 0 else {
            lowest = Int((law.mean / step).rounded())
            weights = [1]
            return
        }
        if law.isCount {
            let table = try ProbabilityTable(law)
            (lowest, weights) = (table.lowest, table.probabilities)
            return
        }
        let low = Int((law.quantile(1e-15) / step).rounded(.down))
        let high = Int((law.quantile(1 - 1e-15) / step).rounded(.up))
        guard high - low < 1 << 20 else {
            throw .parameter(name: "demand", value: law.mean, expected: "a spread that fits the grid")
        }
        lowest = low
        weights = (low...high).map { k in
            let (from, to) = (step * (Double(k) - 0.5), step * (Double(k) + 0.5))
            return from > law.mean
                ? law.upperTail(from) - law.upperTail(to) : law.cumulative(to) - law.cumulative(from)
        }
        let sum = compensatedSum(weights)
        for k in weights.indices { weights[k] = max(0, weights[k]) / sum }
    }
}
