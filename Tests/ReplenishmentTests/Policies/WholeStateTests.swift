import Foundation
import NumericCore
import Testing

@testable import Replenishment

/// Optimal policies against dynamic programming over the whole state, which knows nothing of the policy's form.
@Suite("Optimal policies against dynamic programming over the whole state") struct WholeStateTests {
    /// Average cost per period of the best of all rules that may raise a position of stock, by relative value iteration.
    ///
    /// - Parameter demand: probabilities of 0, 1, 2 ... units between two decisions.
    /// - Parameter lot: orders are multiples of it.
    private func bestOrdering(
        demand: [Double], orderCost: Double, lot: Int = 1, cost: (Int) -> Double
    ) -> Double {
        let (lowest, highest) = (-60, 90)
        let costs = (lowest...highest).map(cost)
        var values = [Double](repeating: 0, count: costs.count)
        var gain = (low: -Double.infinity, high: Double.infinity)
        for _ in 0..<40_000 where gain.high - gain.low > 1e-9 {
            let after = costs.indices.map { y in
                demand.indices.reduce(costs[y]) { $0 + demand[$1] * values[max(0, y - $1)] }
            }
            var best = after
            for x in best.indices.reversed() where x + lot < best.count {
                // Cheapest of ordering on to any higher place.
                var (y, cheapest) = (x + lot, Double.infinity)
                while y < best.count {
                    cheapest = min(cheapest, after[y])
                    y += lot
                }
                best[x] = min(after[x], orderCost + cheapest)
            }
            // Half a step, so that cycles settle; the ends of the range are not looked at.
            let inner = 40...110
            gain = (
                inner.map { best[$0] - values[$0] }.min() ?? 0, inner.map { best[$0] - values[$0] }.max() ?? 0
            )
            let shift = best[60]
            values = values.indices.map { 0.5 * (values[$0] + best[$0] - shift) }
            values = values.map { $0 - values[60] }
        }
        return 0.5 * (gain.low + gain.high)
    }

    private func poisson(_ mean: Double, _ count: Int) -> [Double] {
        var terms = [exp(-mean)]
        for k in 1..<count { terms.append(terms[k - 1] * mean / Double(k)) }
        return terms
    }

    /// Expected holding and shortage of a position after demand.
    private func penalty(_ y: Int, _ demand: [Double], holding: Double, shortage: Double) -> Double {
        demand.enumerated().reduce(0) { sum, item in
            let left = Double(y - item.offset)
            return sum + item.element * (left >= 0 ? holding * left : -shortage * left)
        }
    }

    @Test("no rule of ordering at reviews is cheaper than the exact (s, S), with a lead time too", arguments: 0..<5)
    func periodicReview(seed: Int) throws {
        var random = draws("whole s S", seed)
        let mean = 0.6 + 2.5 * random.uniform()
        let (lead, orderCost) = (seed % 3, 1 + 15 * random.uniform())
        let (holding, shortage) = (0.5 + random.uniform(), 2 + 8 * random.uniform())
        let best = try PeriodicReview.solve(
            try PeriodicReview.Costs(
                poissonMean: mean, leadTime: lead, orderCost: orderCost, holding: holding, shortage: shortage))
        let covered = poisson(mean * Double(lead + 1), 60)
        let known = bestOrdering(demand: poisson(mean, 30), orderCost: orderCost) {
            penalty($0, covered, holding: holding, shortage: shortage)
        }
        #expect(agrees(best.cost, known, 1e-6), "seed \(seed): \(best), \(known)")
    }

    @Test("no rule of ordering whole lots at reviews is cheaper than the exact (s, nQ)", arguments: 0..<4)
    func lots(seed: Int) throws {
        var random = draws("whole s nQ", seed)
        let law = DemandLaw.poisson(PoissonDistribution(mean: 0.8 + 2 * random.uniform()))
        let (shortage, lot) = (3 + 10 * random.uniform(), 2 + seed)
        let lead = 1 + seed % 2
        let best = try LotReview.solve(
            try LotReview.Costs(
                law: law, overLeadTime: try law.sum(over: Double(lead + 1)), orderCost: 0, holding: 1,
                shortage: shortage), lot: lot)
        let covered = poisson(law.mean * Double(lead + 1), 60)
        let known = bestOrdering(demand: poisson(law.mean, 30), orderCost: 0, lot: lot) {
            penalty($0, covered, holding: 1, shortage: shortage)
        }
        #expect(agrees(best.cost, known, 1e-6), "seed \(seed): \(best), \(known)")
    }

    @Test("no rule of ordering after each customer is cheaper than the exact (r, Q)", arguments: 0..<4)
    func continuousReview(seed: Int) throws {
        var random = draws("whole r Q", seed)
        let (rate, lead) = (0.5 + 2 * random.uniform(), 0.5 + 2 * random.uniform())
        let (order, holding, shortage) = (1 + 20 * random.uniform(), 0.5 + random.uniform(), 2 + 15 * random.uniform())
        let best = try ContinuousReview.solve(
            rate: rate, leadTime: lead, orderCost: order, holding: holding, shortage: shortage)
        let covered = poisson(rate * lead, 60)
        // One unit from customer to customer, 1 / rate of time apart.
        let known = bestOrdering(demand: [0, 1], orderCost: order) {
            penalty($0, covered, holding: holding, shortage: shortage) / rate
        }
        #expect(agrees(best.cost, known * rate, 1e-6), "seed \(seed): \(best), \(known * rate)")
    }

    /// A law of few units with random weights.
    private func fewUnits(_ random: inout RandomStream, _ count: Int) -> (law: DemandLaw, chances: [Double]) {
        let weights = (0..<count).map { _ in 0.1 + random.uniform() }
        let chances = weights.map { $0 / weights.reduce(0, +) }
        return (
            .empirical(EmpiricalDistribution(values: (0..<count).map { Double($0) }, weights: chances)), chances
        )
    }

    @Test("lost sales: no rule that sees shelf and pipeline is cheaper, lead time 2", arguments: 0..<4)
    func lostSales(seed: Int) throws {
        var random = draws("whole lost sales", seed)
        let (law, chances) = fewUnits(&random, 4)
        let shortage = 2 + 10 * random.uniform()
        let best = try LostSales(law: law, leadTime: 2, holding: 1, shortage: shortage).solve()
        #expect(best.isExact)
        let (shelves, orders) = (16, 6)
        var values = [Double](repeating: 0, count: shelves * orders)
        var gain = (low: 0.0, high: 1.0)
        while gain.high - gain.low > 1e-8 {
            var next = values
            for x in 0..<shelves {
                for coming in 0..<orders {
                    var cheapest = Double.infinity
                    for order in 0..<orders {
                        var cost = 0.0
                        for (units, p) in chances.enumerated() {
                            let left = max(0, x - units)
                            let to = min(shelves - 1, left + coming)
                            cost +=
                                p * (Double(left) + shortage * Double(max(0, units - x)) + values[to * orders + order])
                        }
                        cheapest = min(cheapest, cost)
                    }
                    next[x * orders + coming] = cheapest
                }
            }
            let steps = zip(next, values).map { $0 - $1 }
            gain = (steps.min() ?? 0, steps.max() ?? 0)
            values = zip(next, values).map { 0.5 * ($0 + $1) - 0.5 * next[0] }
        }
        #expect(agrees(best.cost, gain.low, 1e-5), "seed \(seed): \(best.cost), \(gain.low)")
    }

    @Test("goods that last two periods: cost, waste and best level are those of the Markov chain", arguments: 0..<6)
    func perishable(seed: Int) throws {
        var random = draws("whole perishable", seed)
        let (law, chances) = fewUnits(&random, 5)
        let lead = seed % 2
        let (holding, shortage, waste) = (0.2 * random.uniform(), 2 + 6 * random.uniform(), 0.5 + 3 * random.uniform())
        let goods = try Perishable(
            law: law, shelfLife: 2, leadTime: lead, issue: .oldestFirst, holding: holding, shortage: shortage,
            waste: waste)
        struct State: Hashable {
            var old: Int
            var coming: Int
        }
        func exact(_ level: Int) -> (cost: Double, waste: Double) {
            var law = [State(old: 0, coming: 0): 1.0]
            var (cost, bought, thrown) = (0.0, 0.0, 0.0)
            for _ in 0..<600 {
                var next: [State: Double] = [:]
                (cost, bought, thrown) = (0, 0, 0)
                for (state, p) in law {
                    let order = max(0, level - state.old - state.coming)
                    let fresh = lead == 0 ? order : state.coming
                    bought += p * Double(order)
                    for (units, q) in chances.enumerated() {
                        let fromOld = min(units, state.old)
                        let fromFresh = min(units - fromOld, fresh)
                        let expired = state.old - fromOld
                        let left = fresh - fromFresh
                        thrown += p * q * Double(expired)
                        cost +=
                            p * q
                            * (holding * Double(left) + shortage * Double(units - fromOld - fromFresh)
                                + waste * Double(expired))
                        next[State(old: left, coming: lead == 0 ? 0 : order), default: 0] += p * q
                    }
                }
                law = law.mapValues { 0.5 * $0 }.merging(next.mapValues { 0.5 * $0 }, uniquingKeysWith: +)
            }
            return (cost, bought > 0 ? thrown / bought : 0)
        }
        let best = goods.solve()
        let known = exact(best.level)
        #expect(abs(best.cost - known.cost) < 2 * best.halfWidth, "seed \(seed): \(best), \(known)")
        #expect(abs(best.wasteRate - known.waste) < 0.01, "seed \(seed): \(best), \(known)")
        for level in 0...16 {
            #expect(exact(level).cost >= known.cost - 2 * best.halfWidth, "seed \(seed): \(level)")
        }
    }

    @Test(
        "two suppliers a period apart: no rule is cheaper than the two levels; two periods apart none by much",
        arguments: 0..<4)
    func dualSourcing(seed: Int) throws {
        var random = draws("whole dual sourcing", seed)
        let (law, chances) = fewUnits(&random, 4)
        let (premium, shortage) = (0.3 + 3 * random.uniform(), 3 + 10 * random.uniform())
        func best(_ slow: Int) -> Double {
            // What is there or due now, and what comes a period later (only where slow orders take two periods).
            let (low, high, orders) = (-10, 12, slow == 1 ? 1 : 6)
            let levels = high - low + 1
            var values = [Double](repeating: 0, count: levels * orders)
            var gain = (low: 0.0, high: 1.0)
            while gain.high - gain.low > 1e-7 {
                var next = values
                for z in 0..<levels {
                    for coming in 0..<orders {
                        var cheapest = Double.infinity
                        for fast in 0...min(8, levels - 1 - z) {
                            for slowOrder in 0..<6 {
                                var cost = premium * Double(fast)
                                for (units, p) in chances.enumerated() {
                                    let net = low + z + fast - units
                                    let later = net + (slow == 1 ? slowOrder : coming)
                                    let at = min(levels - 1, max(0, later - low)) * orders + (slow == 1 ? 0 : slowOrder)
                                    cost += p * (Double(max(0, net)) + shortage * Double(max(0, -net)) + values[at])
                                }
                                cheapest = min(cheapest, cost)
                            }
                        }
                        next[z * orders + coming] = cheapest
                    }
                }
                let steps = (6..<levels).flatMap { z in
                    (0..<orders).map { next[z * orders + $0] - values[z * orders + $0] }
                }
                gain = (steps.min() ?? 0, steps.max() ?? 0)
                let middle = next[-low * orders]
                values = zip(next, values).map { 0.5 * ($0 + $1 - middle) }
                let base = values[-low * orders]
                values = values.map { $0 - base }
            }
            return 0.5 * (gain.low + gain.high)
        }
        let slow = 1 + seed % 2
        let found = try DualSourcing(
            law: law, fastLead: 0, slowLead: slow, premium: premium, holding: 1, shortage: shortage
        ).solve()
        let known = best(slow)
        let room = slow == 1 ? 0.015 : 0.06
        #expect(found.cost > 0.985 * known && found.cost < (1 + room) * known, "seed \(seed): \(found), \(known)")
    }
}
