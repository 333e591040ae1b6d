import NumericCore
import Retail

/// Two suppliers, one cheap and slow, one dear and fast: the dual-index policy. Each period the fast one brings the
/// stock due within its lead time up to one level, the slow one all stock on order up to another (Veeraraghavan and
/// Scheller-Wolf, 2008, Operations Research 56). Customers wait.
///
/// For each distance between the levels the fast level is a newsvendor's over what a simulated path of the overshoot
/// leaves to cover, so that only the distance is searched.
public struct DualSourcing: Sendable {
    public struct Solution: Sendable, Equatable {
        public var fastLevel: Int
        public var slowLevel: Int
        /// Average cost per period: holding, waiting, and the premium of units bought fast.
        public var cost: Double
        /// Part of all units that come from the fast supplier.
        public var fastShare: Double
        /// The same with one supplier only.
        public var slowOnlyCost: Double
        public var fastOnlyCost: Double
    }

    private let path: [Int]
    private let law: DemandLaw
    private let fastLead: Int
    private let slowLead: Int
    private let premium: Double
    private let holding: Double
    private let shortage: Double

    /// - Parameters:
    ///   - premium: what a unit from the fast supplier costs more.
    ///   - fastLead: periods from order to arrival, 0 for the coming period, and below `slowLead`.
    public init(
        law: DemandLaw, fastLead: Int, slowLead: Int, premium: Double, holding: Double, shortage: Double,
        periods: Int = 60_000
    ) throws(ReplenishmentError) {
        try requirePositive("holding cost", holding)
        try requirePositive("shortage cost", shortage)
        guard fastLead >= 0, fastLead < slowLead, slowLead < 1_000 else {
            throw .parameter(
                name: "lead time of the fast supplier", value: Double(fastLead),
                expected: "whole periods, fewer than the slow one's")
        }
        guard premium >= 0, premium <= 1e15 else {
            throw .parameter(name: "premium", value: premium, expected: "a number of 0 or more, at most 1e15")
        }
        _ = try Newsvendor.requiredRatio(holding: holding, shortage: shortage)
        let table = try ProbabilityTable(law)
        let draw: AliasTable
        do { draw = try AliasTable(weights: table.probabilities) } catch {
            throw .text(name: "demand", value: "\(error)", expected: "probabilities")
        }
        var random = RandomStream(
            seed: 0, stream: RandomStreamID.policySearch.rawValue, entity: 5, replication: 0)
        path = (0..<max(2_000, periods)).map { _ in table.lowest + draw.sample(&random) }
        self.law = law
        (self.fastLead, self.slowLead) = (fastLead, slowLead)
        (self.premium, self.holding, self.shortage) = (premium, holding, shortage)
    }

    public func solve() throws(ReplenishmentError) -> Solution {
        let widest = Int(try law.sum(over: Double(slowLead - fastLead)).quantile(0.9999)) + 1
        func single(_ lead: Int) throws(ReplenishmentError) -> Double {
            try Newsvendor.solve(law: try law.sum(over: Double(lead + 1)), holding: holding, shortage: shortage).cost
        }
        // Cost over the distance is close to convex: coarse steps, then finer ones around the best.
        var (low, high) = (0, widest)
        var best = evaluate(distance: 0)
        while true {
            let step = max(1, (high - low) / 12)
            for distance in stride(from: low, through: high, by: step) {
                let found = evaluate(distance: distance)
                if found.cost < best.cost { best = found }
            }
            if step == 1 { break }
            let middle = best.slowLevel - best.fastLevel
            (low, high) = (max(0, middle - step), middle + step)
        }
        best.slowOnlyCost = try single(slowLead)
        best.fastOnlyCost = try single(fastLead) + premium * law.mean
        return best
    }

    /// The best policy whose levels lie `distance` apart.
    public func evaluate(distance: Int) -> Solution {
        // Both levels moved together move the stock alike: simulate with the fast level at 0, then choose it.
        var fastQueue = [Int](repeating: 0, count: fastLead)
        var slowQueue = [Int](repeating: 0, count: slowLead)
        var (net, bought) = (0, 0)
        var leftovers: [Double] = []
        let warmUp = min(path.count / 4, 20 * slowLead + 200)
        for (period, units) in path.enumerated() {
            // Due within the fast lead time: on hand, all fast orders, and slow orders that come as early.
            let early = net + fastQueue.reduce(0, +) + slowQueue[...fastLead].reduce(0, +)
            let fast = max(0, -early)
            fastQueue.append(fast)
            let all = net + fastQueue.reduce(0, +) + slowQueue.reduce(0, +)
            slowQueue.append(max(0, distance - all))
            net += fastQueue.removeFirst() + slowQueue.removeFirst() - units
            guard period >= warmUp else { continue }
            bought += fast
            leftovers.append(Double(net))
        }
        // Net stock is fastLevel + what was seen; the newsvendor quantile of its negative is the best level.
        let count = Double(leftovers.count)
        let needs = EmpiricalDistribution(leftovers.map { -$0 })
        let level = needs.quantile(Newsvendor.criticalRatio(holding: holding, shortage: shortage))
        let cost = Newsvendor.cost(level, law: .empirical(needs), holding: holding, shortage: shortage)
        let fastUnits = Double(bought) / count
        return Solution(
            fastLevel: Int(level), slowLevel: Int(level) + distance, cost: cost + premium * fastUnits,
            fastShare: law.mean > 0 ? fastUnits / law.mean : 0, slowOnlyCost: .nan, fastOnlyCost: .nan)
    }
}
