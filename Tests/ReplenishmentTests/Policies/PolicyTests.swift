import Foundation
import NumericCore
import Testing

@testable import Replenishment

@Suite("Policies against enumeration and against each other") struct PolicyTests {
    @Test("lost sales: the published bounds on orders lose nothing against wider ones", arguments: 0..<6)
    func lostSalesBounds(seed: Int) throws {
        var random = draws("lost sales bounds", seed)
        let law = DemandLaw.poisson(PoissonDistribution(mean: 0.5 + 2 * random.uniform()))
        let problem = try LostSales(
            law: law, leadTime: 1 + seed % 3, holding: 1, shortage: 2 + 15 * random.uniform())
        let narrow = try #require(problem.optimal(margin: 0))
        let wide = try #require(problem.optimal(margin: 3))
        #expect(agrees(narrow.cost, wide.cost, 1e-8), "seed \(seed)")
    }

    @Test("lost sales: no policy by table on a tiny problem is cheaper than the optimum", arguments: 0..<4)
    func lostSalesEnumeration(seed: Int) throws {
        var random = draws("lost sales enumeration", seed)
        let p = 0.3 + 0.5 * random.uniform()
        let law = DemandLaw.empirical(EmpiricalDistribution(values: [0, 1], weights: [1 - p, p]))
        let shortage = 1 + 8 * random.uniform()
        let problem = try LostSales(law: law, leadTime: 1, holding: 1, shortage: shortage)
        let best = try problem.solve()
        // Lead time 1: a policy is an order for each shelf 0...3; enumerate all with orders 0...2.
        var cheapest = Double.infinity
        for code in 0..<81 {
            let orders = (0..<4).map { code / [1, 3, 9, 27][$0] % 3 }
            var law = [1.0, 0, 0, 0]
            var cost = 0.0
            var isBounded = true
            for _ in 0..<4_000 {
                var next = [0.0, 0, 0, 0]
                cost = 0
                for x in 0..<4 where law[x] > 0 {
                    for (d, q) in [(0, 1 - p), (1, p)] {
                        let left = max(0, x - d)
                        cost += law[x] * q * (Double(left) + shortage * Double(max(0, d - x)))
                        let to = left + orders[x]
                        if to > 3 { isBounded = false } else { next[to] += law[x] * q }
                    }
                }
                // Half a step, so that periodic policies settle on their average too.
                law = zip(law, next).map { 0.5 * ($0 + $1) }
            }
            if isBounded { cheapest = min(cheapest, cost) }
        }
        #expect(abs(best.cost - cheapest) < 1e-6, "seed \(seed): \(best.cost), \(cheapest)")
    }

    @Test("lost sales: the capped policy lies between the optimum and five per cent above it", arguments: [2, 4])
    func cappedPolicy(leadTime: Int) throws {
        let problem = try LostSales(
            law: .poisson(PoissonDistribution(mean: 3)), leadTime: leadTime, holding: 1, shortage: 9)
        let exact = try problem.solve()
        let capped = try problem.cappedBaseStock()
        #expect(exact.isExact && !capped.isExact)
        #expect(capped.cost > exact.cost - 2 * capped.halfWidth && capped.cost < 1.05 * exact.cost)
        #expect(capped.lowerBound <= exact.cost + 1e-9)
    }

    @Test("continuous (r, Q): no neighbour is cheaper, and both ends cost the average", arguments: 0..<20)
    func continuousReorder(seed: Int) throws {
        var random = draws("continuous r Q", seed)
        let mean = 20 + 200 * random.uniform()
        let law = DemandLaw.normal(
            NormalDistribution(mean: mean, standardDeviation: mean * (0.05 + 0.4 * random.uniform())))
        let costs = try ContinuousReview.Costs(
            rate: mean / 2, overLeadTime: law, orderCost: 1 + 100 * random.uniform(), holding: 0.1 + random.uniform(),
            shortage: 1 + 10 * random.uniform())
        let best = try ContinuousReview.solveContinuous(costs)
        #expect(agrees(costs.position(best.reorderPoint), best.cost, 1e-6), "seed \(seed)")
        #expect(agrees(costs.position(best.reorderPoint + best.quantity), best.cost, 1e-6), "seed \(seed)")
        for (r, q) in [(0.5, 0.0), (-0.5, 0), (0, 0.5), (0, -0.5), (0.4, -0.6), (-0.4, 0.6)] {
            #expect(costs.average(best.reorderPoint + r, best.quantity + q) >= best.cost * (1 - 1e-10), "seed \(seed)")
        }
    }

    @Test("a lot-size plan with changing costs is the cheapest of all sets of order periods", arguments: 0..<40)
    func changingCosts(seed: Int) throws {
        var random = draws("lot sizes", seed)
        let periods = 6
        func list(_ top: Double) -> [Double] { (0..<periods).map { _ in top * random.uniform() } }
        let demand = (0..<periods).map { _ in Double(random.integer(below: 20)) }
        let (order, holding, unit) = (list(60), list(2), list(5))
        let stock = Double(random.integer(below: 15))
        let plan = try LotSize.dynamic(
            demand: demand, costs: LotSize.Costs(periods: periods, order: order, holding: holding, unit: unit),
            stock: stock)
        var cheapest = Double.infinity
        for mask in 0..<(1 << periods) {
            // Each order brings what is missing until the next one; a period without stock rules the set out.
            var (shelf, cost, isFeasible) = (stock, 0.0, true)
            for t in 0..<periods {
                if mask & 1 << t != 0 {
                    let next = (t + 1..<periods).first { mask & 1 << $0 != 0 } ?? periods
                    let lot = max(0, demand[t..<next].reduce(0, +) - shelf)
                    if lot > 0 { cost += order[t] + unit[t] * lot }
                    shelf += lot
                }
                shelf -= demand[t]
                if shelf < 0 { isFeasible = false }
                cost += holding[t] * max(0, shelf)
            }
            if isFeasible { cheapest = min(cheapest, cost) }
        }
        #expect(abs(plan.cost - cheapest) < 1e-9 * max(1, cheapest), "seed \(seed)")
    }

    @Test("price breaks: no quantity on a fine grid is cheaper", arguments: 0..<40)
    func priceBreaks(seed: Int) throws {
        var random = draws("price breaks", seed)
        let breaks = [
            QuantityDiscount.Break(from: 0, price: 10), .init(from: 30 + 50 * random.uniform(), price: 9),
            .init(from: 100 + 200 * random.uniform(), price: 7 + 1.9 * random.uniform()),
        ]
        let (orderCost, demand, rate) = (1 + 80 * random.uniform(), 20 + 400 * random.uniform(), 0.1 + random.uniform())
        for incremental in [false, true] {
            let best = try QuantityDiscount.solve(
                breaks: breaks, incremental: incremental, orderCost: orderCost, demand: demand, holdingRate: rate)
            var cheapest = Double.infinity
            for step in 1..<1_000 {
                let quantity = Double(step)
                let value: Double
                if incremental {
                    value = breaks.enumerated().reduce(0) { sum, item in
                        let end = item.offset + 1 < breaks.count ? breaks[item.offset + 1].from : .infinity
                        return sum + item.element.price * max(0, min(quantity, end) - item.element.from)
                    }
                } else {
                    value = quantity * (breaks.last { $0.from <= quantity }?.price ?? 0)
                }
                let price = value / quantity
                let cost = demand * price + orderCost * demand / quantity + 0.5 * rate * price * quantity
                cheapest = min(cheapest, cost)
            }
            #expect(cheapest >= best.cost * (1 - 1e-12) && cheapest < best.cost * 1.01, "seed \(seed)")
        }
    }

    @Test("waiting customers and gradual receipt: a unit of quantity either way costs more")
    func economicVariants() throws {
        let best = try LotSize.economic(
            orderCost: 8, demand: 1300, holding: 0.225, shortage: 5, productionRate: 2_000)
        func cost(_ quantity: Double, _ backorder: Double) -> Double {
            let part = 1 - 1300.0 / 2_000
            let peak = quantity * part
            return 8 * 1300 / quantity
                + (0.225 * (peak - backorder) * (peak - backorder) + 5 * backorder * backorder) / (2 * peak)
        }
        #expect(agrees(cost(best.quantity, best.backorder), best.cost, 1e-12))
        for (q, b) in [(1.0, 0.0), (-1, 0), (0, 0.5), (0, -0.5)] {
            #expect(cost(best.quantity + q, best.backorder + b) > best.cost)
        }
    }

    @Test("no (s, nQ) in a wide grid is cheaper, and the Markov chain confirms its cost", arguments: 0..<8)
    func lotReview(seed: Int) throws {
        var random = draws("lot review", seed)
        let law = DemandLaw.poisson(PoissonDistribution(mean: 0.5 + 4 * random.uniform()))
        let costs = try LotReview.Costs(
            law: law, overLeadTime: try law.sum(over: 2), orderCost: 20 * random.uniform(), holding: 1,
            shortage: 2 + 10 * random.uniform())
        let best = try LotReview.solve(costs)
        for s in -4...25 { for lot in 1...40 { #expect(costs.average(s, lot) >= best.cost - 1e-9, "seed \(seed)") } }
        let fixed = try LotReview.solve(costs, lot: 6)
        for s in -6...25 { #expect(costs.average(s, 6) >= fixed.cost - 1e-9, "seed \(seed)") }
        // The position after ordering, from review to review.
        let demand = try ProbabilityTable(law).probabilities
        var position = [Double](repeating: 0, count: best.lot)
        position[0] = 1
        var orders = 0.0
        for _ in 0..<3_000 {
            var next = [Double](repeating: 0, count: best.lot)
            orders = 0
            for (place, p) in position.enumerated() where p > 0 {
                for (units, q) in demand.enumerated() {
                    if units > place { orders += p * q }
                    next[((place - units) % best.lot + best.lot) % best.lot] += p * q
                }
            }
            position = zip(position, next).map { 0.5 * ($0 + $1) }
        }
        let cost =
            costs.orderCost * orders
            + position.enumerated().reduce(0) { $0 + $1.element * costs.position(best.reorderPoint + 1 + $1.offset) }
        #expect(agrees(cost, best.cost, 1e-6), "seed \(seed)")
    }

    @Test(
        "order-line fill: lines of one unit see the ready rate, larger lines less, and the level found is the smallest")
    func orderLines() throws {
        let law = DemandLaw.poisson(PoissonDistribution(mean: 9))
        let single = ProbabilityTable(lowest: 1, probabilities: [1])
        #expect(agrees(OrderLineFill.rate(level: 12, law: law, lines: single), law.cumulative(11)))
        let mixed = ProbabilityTable(lowest: 1, probabilities: [0.5, 0.3, 0.2])
        #expect(OrderLineFill.rate(level: 12, law: law, lines: mixed) < law.cumulative(11))
        let level = try OrderLineFill.level(0.95, law: law, lines: mixed)
        #expect(OrderLineFill.rate(level: level, law: law, lines: mixed) >= 0.95)
        #expect(OrderLineFill.rate(level: level - 1, law: law, lines: mixed) < 0.95)
    }

    @Test("reorder points by fill rate are the roots that halving finds, for every law", arguments: 0..<60)
    func fillRateRoots(seed: Int) throws {
        var random = draws("fill roots", seed)
        let mean = 1 + 200 * random.uniform() * random.uniform()
        let variance = mean * (1.1 + 20 * random.uniform())
        let laws: [DemandLaw] = [
            .normal(NormalDistribution(mean: mean, standardDeviation: variance.squareRoot())),
            .gamma(GammaDistribution(mean: mean, variance: variance)), .poisson(PoissonDistribution(mean: mean)),
            NegativeBinomialDistribution(mean: mean, variance: variance).map { .negativeBinomial($0) } ?? .none,
            .empirical(EmpiricalDistribution((0..<9).map { _ in mean * 2 * random.uniform() })),
        ]
        let quantity = (1 + 60 * random.uniform()).rounded()
        let target = 0.5 + 0.4999 * random.uniform()
        for law in laws {
            func rate(_ level: Double) -> Double { ReorderPoint.fillRate(level, quantity: quantity, law: law) }
            let found = try ReorderPoint.forFillRate(target, quantity: quantity, law: law)
            if rate(0) >= target {
                #expect(found == 0, "seed \(seed), \(law.name)")
            } else {
                let root = bisect(in: 0...100 * (mean + variance)) { rate($0) - target } ?? -1
                #expect(abs(found - root) < 1e-9 * max(1, root), "seed \(seed), \(law.name): \(found), \(root)")
            }
            let whole = try ReorderPoint.wholeForFillRate(target, quantity: quantity, law: law)
            #expect(rate(Double(whole)) >= target - 1e-12, "seed \(seed), \(law.name)")
            if whole > 0 { #expect(rate(Double(whole - 1)) < target + 1e-12, "seed \(seed), \(law.name)") }
        }
    }

    @Test("base stock levels found are the smallest that reach, and the cheapest")
    func baseStockLevels() throws {
        let demand = DemandLaw.poisson(PoissonDistribution(mean: 2))
        let over = try demand.sum(over: 5)
        for lost in [false, true] {
            let model = try BaseStockModel(
                demand: demand, overLeadTime: over, overLeadTimeAndReview: over, lostSales: lost)
            let level = try model.level(forFillRate: 0.9)
            #expect(try model.fillRate(level) >= 0.9 && model.fillRate(level - 1) < 0.9)
            let best = try model.cheapestLevel(holding: 1, shortage: 30)
            let cost = try model.cost(best, holding: 1, shortage: 30)
            for other in 0..<60 { #expect(try model.cost(Double(other), holding: 1, shortage: 30) >= cost - 1e-12) }
        }
    }

    @Test("sums of a law: families are closed, observed units convolve, random lead times add their spread")
    func sums() throws {
        let observed = DemandLaw.empirical(EmpiricalDistribution([0, 0, 1, 4]))
        let three = try observed.sum(over: 3)
        #expect(agrees(three.mean, 3 * observed.mean) && agrees(three.variance, 3 * observed.variance))
        #expect(agrees(three.cumulative(0), 0.125))
        let negative = try DemandLaw(text: "negative-binomial:4,3").sum(over: 2.5)
        #expect(agrees(negative.mean, 10) && agrees(negative.variance, 22.5))
        let random = try DemandLaw(text: "normal:20,6").sum(over: 9, deviation: 2)
        #expect(agrees(random.standardDeviation, 43.8634243989226176))
    }

    @Test(
        "what is no law of demand is refused with what a law looks like",
        arguments: [
            "", "poisson", "poisson:-1", "normal:5", "normal:5,0", "normal:a,b", "gamma:0,1", "negative-binomial:4,1",
            "empirical:", "empirical:x", "uniform:1,2", "normal:1,2,3", "poisson:nan", "empirical:1*-1", "normal:sd=1",
            "poisson:1e10", "normal:1e308,1e308", "normal:5,1e-300", "gamma:1e308,1", "gamma:1e-300,1e-300",
        ])
    func badLaws(text: String) {
        #expect(throws: ReplenishmentError.self) { try DemandLaw(text: text) }
    }

    @Test("what leads out of the range of numbers, or into a search without end, is refused by name")
    func refused() throws {
        let law = DemandLaw.poisson(PoissonDistribution(mean: 10))
        let normal = DemandLaw.normal(NormalDistribution(mean: 50, standardDeviation: 8))
        #expect(throws: ReplenishmentError.self) { try Newsvendor.solve(law: normal, holding: 1e-12, shortage: 1e9) }
        #expect(throws: ReplenishmentError.self) { try Newsvendor.solve(law: normal, holding: 1, shortage: 1e308) }
        #expect(throws: ReplenishmentError.self) {
            try PeriodicReview.solve(
                try PeriodicReview.Costs(poissonMean: 10, leadTime: 0, orderCost: 1e9, holding: 1, shortage: 9))
        }
        #expect(throws: ReplenishmentError.self) {
            try ContinuousReview.solve(rate: 1e9, leadTime: 2, orderCost: 100, holding: 20, shortage: 150)
        }
        #expect(throws: ReplenishmentError.self) { try normal.sum(over: 0, deviation: 2) }
        let many = try law.sum(over: 1e5)
        #expect(throws: ReplenishmentError.self) {
            try BaseStockModel(demand: law, overLeadTime: many, overLeadTimeAndReview: many, lostSales: true)
        }
        // Legal, if extreme.
        let rare = try Newsvendor.solve(
            law: .poisson(PoissonDistribution(mean: 1e-6)), holding: 1, shortage: 9)
        #expect(rare.quantity == 0 && agrees(rare.cost, 9e-6))
        let busy = try Newsvendor.solve(law: .poisson(PoissonDistribution(mean: 1e6)), holding: 1, shortage: 9)
        let normalBusy = 1e6 + 1_000 * Normal.quantile(0.9)
        #expect(abs(busy.quantity - normalBusy) < 2)
    }
}
