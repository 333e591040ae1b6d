import Foundation
import NumericCore
import Replenishment
import Retail
import Testing

@Suite("Optimal policies against plain enumeration") struct BruteForceTests {
    @Test("the newsvendor order is the cheapest whole order, its cost the sum over all outcomes", arguments: 0..<40)
    func newsvendor(seed: Int) throws {
        var random = draws("newsvendor", seed)
        let mean = 0.3 + 20 * random.uniform()
        let holding = 0.1 + random.uniform()
        let shortage = 0.2 + 9 * random.uniform()
        let variance = mean * (random.uniform() < 0.5 ? 1 : 1.2 + 3 * random.uniform())
        let law = DemandLaw.choose(mean: mean, variance: variance)
        let probabilities = (0...600).map { k in law.cumulative(Double(k)) - law.cumulative(Double(k) - 1) }
        func cost(_ order: Int) -> Double {
            var sum = 0.0
            for (units, p) in probabilities.enumerated() {
                sum += p * (units < order ? holding * Double(order - units) : shortage * Double(units - order))
            }
            return sum
        }
        let cheapest = (0...200).map(cost).min() ?? 0
        let best = try Newsvendor.solve(law: law, holding: holding, shortage: shortage)
        #expect(agrees(best.cost, cheapest, 1e-8), "seed \(seed)")
        #expect(agrees(cost(Int(best.quantity)), cheapest, 1e-8), "seed \(seed)")
    }

    /// Long-run average cost of (s, S) by the stationary law of the position after ordering, found by iteration.
    private func stationaryCost(
        _ s: Int, _ upTo: Int, demand: [Double], orderCost: Double, holding: Double, shortage: Double
    )
        -> Double
    {
        let states = upTo - s
        var law = [Double](repeating: 0, count: states)
        law[0] = 1
        var orders = 0.0
        for _ in 0..<4_000 {
            var next = [Double](repeating: 0, count: states)
            orders = 0
            for (below, p) in law.enumerated() where p > 0 {
                for (units, q) in demand.enumerated() {
                    if below + units < states { next[below + units] += p * q } else { orders += p * q }
                }
            }
            next[0] += orders
            law = zip(law, next).map { 0.5 * ($0 + $1) }
        }
        var cost = orderCost * orders
        for (below, p) in law.enumerated() {
            let position = upTo - below
            for (units, q) in demand.enumerated() {
                let left = Double(position - units)
                cost += p * q * (left >= 0 ? holding * left : -shortage * left)
            }
        }
        return cost
    }

    @Test(
        "no (s, S) in a wide grid is cheaper than the exact one, and the Markov chain confirms its cost",
        arguments: 0..<6)
    func minMax(seed: Int) throws {
        var random = draws("min-max", seed)
        let mean = 0.7 + 4 * random.uniform()
        let orderCost = 1 + 20 * random.uniform()
        let holding = 0.5 + random.uniform()
        let shortage = 2 + 10 * random.uniform()
        var costs = try PeriodicReview.Costs(
            poissonMean: mean, leadTime: 0, orderCost: orderCost, holding: holding, shortage: shortage)
        let best = try PeriodicReview.solve(costs)
        let law = PoissonDistribution(mean: mean)
        let demand = (0...60).map { law.probability($0) }
        let chain = stationaryCost(
            best.reorderPoint, best.orderUpTo, demand: demand, orderCost: orderCost, holding: holding,
            shortage: shortage)
        #expect(agrees(best.cost, chain, 1e-8), "seed \(seed): \(best) but the chain says \(chain)")
        for s in -6...12 {
            for upTo in s + 1...s + 30 {
                #expect(costs.average(s, upTo) >= best.cost - 1e-9, "seed \(seed): (\(s), \(upTo))")
            }
        }
    }

    @Test("no (r, Q) in a wide grid is cheaper than the exact one", arguments: 0..<6)
    func reorderQuantity(seed: Int) throws {
        var random = draws("rq", seed)
        let (rate, lead) = (0.5 + 3 * random.uniform(), 0.5 + 3 * random.uniform())
        let (order, holding, shortage) = (1 + 50 * random.uniform(), 0.5 + random.uniform(), 2 + 20 * random.uniform())
        let best = try ContinuousReview.solve(
            rate: rate, leadTime: lead, orderCost: order, holding: holding, shortage: shortage)
        for r in -3...25 {
            for quantity in 1...40 {
                let cost = try ContinuousReview.cost(
                    reorderPoint: r, quantity: quantity, rate: rate, leadTime: lead, orderCost: order,
                    holding: holding, shortage: shortage)
                #expect(cost >= best.cost - 1e-9, "seed \(seed): (\(r), \(quantity))")
            }
        }
    }

    @Test("Wagner-Whitin finds the cheapest of all 2^n order patterns", arguments: 0..<30)
    func lotSizes(seed: Int) throws {
        var random = draws("lots", seed)
        let demand = (0..<7).map { _ in Double(random.integer(below: 4) * random.integer(below: 40)) }
        let (order, holding) = (Double(1 + random.integer(below: 80)), 0.1 + random.uniform())
        var cheapest = Double.infinity
        for pattern in 0..<1 << demand.count {
            var cost = 0.0
            var last: Int?
            var isFeasible = true
            for t in demand.indices {
                if pattern >> t & 1 == 1 {
                    last = t
                    cost += order
                }
                guard demand[t] > 0 else { continue }
                guard let last else {
                    isFeasible = false
                    break
                }
                cost += holding * Double(t - last) * demand[t]
            }
            if isFeasible { cheapest = min(cheapest, cost) }
        }
        let plan = try LotSize.dynamic(demand: demand, orderCost: order, holding: holding)
        #expect(abs(plan.cost - cheapest) < 1e-9, "seed \(seed)")
        #expect(plan.orders.reduce(0, +) == demand.reduce(0, +), "seed \(seed)")
    }

    @Test("a simulated (R, Q) store fills what the formula says", arguments: 0..<3)
    func simulatedFillRate(seed: Int) throws {
        // Poisson demand of single customers, fixed lead time, continuous review: the formula is exact.
        var random = draws("fill", seed)
        let (rate, lead, quantity) = (3.0, 2.0, 8)
        let law = DemandLaw.poisson(PoissonDistribution(mean: rate * lead))
        let r = 5 + seed
        var (time, onHand, served, asked) = (0.0, r + quantity, 0, 0)
        var due: [Double] = []
        while asked < 200_000 {
            time += -log(random.uniform()) / rate
            while let first = due.first, first <= time {
                due.removeFirst()
                onHand += quantity
            }
            asked += 1
            if onHand > 0 { served += 1 }
            onHand -= 1
            if onHand + quantity * due.count <= r { due.append(time + lead) }
        }
        let formula = ReorderPoint.fillRate(Double(r), quantity: Double(quantity), law: law)
        // Demands of a cycle are correlated: about 25,000 independent cycles stand behind the share.
        #expect(abs(Double(served) / Double(asked) - formula) < 0.006, "seed \(seed): formula \(formula)")
    }
}
