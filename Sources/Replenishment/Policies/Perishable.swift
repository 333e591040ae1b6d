import NumericCore
import Retail

/// Goods that expire: a base-stock policy for stock with a fixed shelf life, customers who find nothing go away, and
/// what is too old is thrown away at the end of its last period.
///
/// Figures come from one long simulated path that all levels share, with an interval by batch means: the state (what
/// there is of every age) is too large for an exact answer at shelf lives that matter.
public struct Perishable: Sendable {
    /// Which units customers get.
    public enum Issue: Sendable, Hashable {
        /// Those that expire first (FEFO; with equal shelf lives the oldest, FIFO).
        case oldestFirst
        /// The freshest, where customers choose for themselves (LIFO).
        case freshestFirst
    }

    public struct Result: Sendable, Equatable {
        public var level: Int
        /// Part of demand served, and part of what is bought that is thrown away.
        public var fillRate: Double
        public var wasteRate: Double
        /// Average cost per period with half the width of its 95 % interval.
        public var cost: Double
        public var halfWidth: Double
    }

    private let path: [Int]
    private let shelfLife: Int
    private let leadTime: Int
    private let issue: Issue
    private let holding: Double
    private let shortage: Double
    private let waste: Double
    private let highest: Int

    /// - Parameters:
    ///   - law: demand a period.
    ///   - shelfLife: periods in which a unit may be sold, counted from its arrival, at least 1.
    ///   - leadTime: periods between order and arrival; 0 is on the shelf for the coming period.
    ///   - waste: cost of a unit thrown away (its price and what disposal costs), beyond holding.
    public init(
        law: DemandLaw, shelfLife: Int, leadTime: Int, issue: Issue, holding: Double, shortage: Double, waste: Double,
        periods: Int = 100_000
    ) throws(ReplenishmentError) {
        try requirePositive("shortage cost", shortage)
        guard holding >= 0, waste >= 0, holding + waste > 0, holding + waste <= 1e15 else {
            throw .parameter(
                name: "holding or waste cost",
                value: holding + waste > 1e15 ? max(holding, waste) : min(holding, waste),
                expected: "0 or more, not both 0, at most 1e15")
        }
        guard (1...1_000).contains(shelfLife), (0...1_000).contains(leadTime) else {
            throw .parameter(
                name: "shelf life or lead time", value: Double(min(shelfLife, leadTime)), expected: "whole periods")
        }
        let table = try ProbabilityTable(law)
        let draw: AliasTable
        do { draw = try AliasTable(weights: table.probabilities) } catch {
            throw .text(name: "demand", value: "\(error)", expected: "probabilities")
        }
        var random = RandomStream(
            seed: 0, stream: RandomStreamID.policySearch.rawValue, entity: 4, replication: 0)
        path = (0..<max(1_000, periods)).map { _ in table.lowest + draw.sample(&random) }
        highest =
            try law.sum(over: Double(leadTime + shelfLife)).quantile(0.9999).isFinite
            ? Int(try law.sum(over: Double(leadTime + min(shelfLife, 60))).quantile(0.9999)) + 1 : 1
        (self.shelfLife, self.leadTime, self.issue) = (shelfLife, leadTime, issue)
        (self.holding, self.shortage, self.waste) = (holding, shortage, waste)
    }

    /// What a level gives.
    public func evaluate(level: Int) -> Result {
        // Stock by periods of life left, the last entry the freshest.
        var shelf = [Int](repeating: 0, count: shelfLife)
        var pipeline = [Int](repeating: 0, count: leadTime)
        var (place, bought, thrown, served, asked) = (0, 0, 0, 0, 0)
        let warmUp = min(path.count / 4, 10 * (shelfLife + leadTime) + 50)
        let batch = max(1, (path.count - warmUp) / 32)
        var (sum, batches) = (0.0, [Double]())
        for (period, units) in path.enumerated() {
            let position = shelf.reduce(0, +) + pipeline.reduce(0, +)
            let order = max(0, level - position)
            if leadTime == 0 {
                shelf[shelfLife - 1] += order
            } else {
                shelf[shelfLife - 1] += pipeline[place]
                pipeline[place] = order
                place = place + 1 == leadTime ? 0 : place + 1
            }
            var missing = units
            for step in 0..<shelfLife where missing > 0 {
                let age = issue == .oldestFirst ? step : shelfLife - 1 - step
                let taken = min(missing, shelf[age])
                shelf[age] -= taken
                missing -= taken
            }
            let expired = shelf[0]
            shelf.removeFirst()
            shelf.append(0)
            guard period >= warmUp else { continue }
            bought += order
            thrown += expired
            asked += units
            served += units - missing
            sum += holding * Double(shelf.reduce(0, +)) + shortage * Double(missing) + waste * Double(expired)
            if (period - warmUp + 1) % batch == 0 {
                batches.append(sum / Double(batch))
                sum = 0
            }
        }
        let mean = batches.reduce(0, +) / Double(batches.count)
        let square = batches.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, batches.count - 1))
        return Result(
            level: level, fillRate: asked > 0 ? Double(served) / Double(asked) : 1,
            wasteRate: bought > 0 ? Double(thrown) / Double(bought) : 0, cost: mean,
            halfWidth: 2.04 * (square / Double(batches.count)).squareRoot())
    }

    /// The cheapest level, by steps that halve around the best so far.
    public func solve() -> Result {
        var step = max(1, highest / 8)
        var best = evaluate(level: highest / 2)
        while true {
            let tries = [best.level - step, best.level + step].filter { $0 >= 0 }.map { evaluate(level: $0) }
            if let better = tries.min(by: { $0.cost < $1.cost }), better.cost < best.cost {
                best = better
            } else if step > 1 {
                step = max(1, step / 2)
            } else {
                return best
            }
        }
    }
}
