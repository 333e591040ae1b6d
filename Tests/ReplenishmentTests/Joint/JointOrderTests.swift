import Foundation
import NumericCore
import Retail
import Testing

@testable import Replenishment

@Suite("Buying together") struct JointOrderTests {
    private func problem(_ seed: Int, kind: Int) throws -> JointOrder {
        var random = draws("joint", seed)
        var suppliers: [JointOrder.Supplier] = []
        for _ in 0..<2 {
            var terms = JointOrder.Supplier()
            if kind == 1 || kind == 6 { terms.minimumValue = 30 * random.uniform() }
            if kind == 2 { terms.minimumUnits = 4 }
            if kind == 7 { terms.container = .init(volume: 5, cost: random.uniform(), leastFill: 0.8) }
            if kind == 8 { terms.maximumUnits = Int64(3 + random.integer(below: 4)) }
            if kind > 0, kind < 6 { terms.orderCost = 3 * random.uniform() }
            if kind == 3 { terms.container = .init(volume: 6, cost: 4 * random.uniform()) }
            suppliers.append(terms)
        }
        var lines: [JointOrder.Line] = []
        for place in 0..<4 {
            var prices: [(from: Int64, price: Double)] = [(from: 1, price: 1 + 5 * random.uniform())]
            if random.uniform() < 0.4 { prices = [(from: 1, price: 5), (from: 4, price: 3 + 2 * random.uniform())] }
            let terms = LineTerms(
                prices: prices, isIncremental: seed % 2 == 0, minimum: Int64(1 + random.integer(below: 3)),
                multiple: Int64(1 + random.integer(below: 2)), maximum: 5, unitVolume: 1)
            let law = DemandLaw.choose(mean: 1 + 3 * random.uniform(), variance: 6)
            let position = Int64(random.integer(below: 4)) - 1
            let (shortage, holding) = (1 + 8 * random.uniform(), 0.2 + random.uniform())
            let units = terms.allowed(atLeast: Int64(1 + random.integer(below: 3))) ?? 0
            let asked = JointOrder.Asked(
                units: units, most: 5, again: 3 * random.uniform(), left: Double(random.integer(below: 3)))
            lines.append(
                JointOrder.Line(
                    supplier: place % 2, place: kind == 9 ? place / 2 : 0, law: law, position: position,
                    shortage: shortage, holding: holding, terms: terms, asked: kind > 5 && units > 0 ? asked : nil))
        }
        if kind == 9 {
            return try JointOrder(
                lines: lines, suppliers: suppliers,
                spaces: [Double(random.integer(below: 5)), Double(1 + random.integer(below: 3))])
        }
        return try JointOrder(
            lines: lines, suppliers: suppliers, budget: kind == 4 ? 5 + 30 * random.uniform() : .infinity,
            spaces: kind == 5 ? [Double(2 + random.integer(below: 8))] : [])
    }

    /// The best of all small orders, and the value of given quantities (nil where they break a rule).
    private func value(_ order: JointOrder, _ units: [Int64]) -> Double? {
        var (total, cost) = (0.0, 0.0)
        var volume = order.spaces.map { _ in 0.0 }
        for (supplier, terms) in order.suppliers.enumerated() {
            var (spent, taken, room) = (0.0, Int64(0), 0.0)
            for (line, quantity) in units.enumerated() where order.lines[line].supplier == supplier && quantity > 0 {
                let one = order.lines[line]
                guard one.terms.allowed(atLeast: quantity) == quantity else { return nil }
                spent += one.terms.cost(quantity)
                taken += quantity
                room += Double(quantity) * one.terms.unitVolume
                volume[one.place] += Double(quantity) * one.terms.unitVolume
                if let asked = one.asked {
                    // Discounts count against the first price up to what is asked for, and against the price of that order
                    // for what would be bought later.
                    let base = min(quantity, asked.units)
                    let paid = one.terms.cost(base)
                    total += Double(base) * one.terms.prices[0].price - paid
                    if quantity > base { total += paid / Double(base) * Double(quantity) - one.terms.cost(quantity) }
                    // Worth: sales saved and a later line saved, up to what was asked for; beyond, a wait of what lies
                    // before at the span's mean and half of itself.
                    let counted = min(quantity, asked.units)
                    total += one.shortage * (one.law.loss(Double(one.position)))
                    total -= one.shortage * one.law.loss(Double(one.position + counted))
                    total += asked.again * Double(counted) / Double(asked.units)
                    for unit in counted..<quantity {
                        total -= one.holding * (asked.left + Double(unit) + 0.5) / one.law.mean
                    }
                    continue
                }
                total += Double(quantity) * one.terms.prices[0].price - one.terms.cost(quantity)
                let avoided =
                    one.law.loss(Double(one.position)) - one.law.loss(Double(one.position + quantity))
                total += (one.shortage + one.holding) * avoided - one.holding * Double(quantity)
                // Bought ahead: what is still there after the second span, the third, ... costs each of them.
                for spans in 2...20 {
                    let used = Double(spans) * one.law.mean
                    let (before, after) = (Double(one.position) - used, Double(one.position + quantity) - used)
                    total -= one.holding * (max(0, after) - max(0, before))
                }
            }
            cost += spent
            guard taken > 0 else { continue }
            guard spent >= terms.minimumValue - 1e-9, taken >= terms.minimumUnits else { return nil }
            total -= terms.orderCost
            guard taken <= terms.maximumUnits ?? .max else { return nil }
            if let container = terms.container {
                let count = (room / container.volume).rounded(.up)
                // To within one multiple (of 2 at most) of the fill.
                guard room + 2 > (count - 1 + container.leastFill) * container.volume else { return nil }
                total -= count * container.cost
            }
        }
        return cost <= order.budget + 1e-9 && zip(volume, order.spaces).allSatisfy { $0 <= $1 + 1e-9 } ? total : nil
    }

    @Test("the bound holds against all small orders, the plan keeps every rule, and comes near", arguments: 0..<100)
    func enumeration(seed: Int) throws {
        let kind = seed % 10
        let order = try problem(seed, kind: kind)
        let solution = order.solve()
        let own = try #require(value(order, solution.quantities), "seed \(seed): a rule is broken")
        #expect(abs(own - solution.value) < 1e-6 * max(1, abs(own)), "seed \(seed): \(own), \(solution.value)")
        var best = 0.0
        let most: Int64 = 5
        for a in 0...most {
            for b in 0...most {
                for c in 0...most { for d in 0...most { best = max(best, value(order, [a, b, c, d]) ?? 0) } }
            }
        }
        #expect(solution.upperBound >= best - 1e-6, "seed \(seed), kind \(kind)")
        // Nothing in common to share: line by line is the optimum.
        if kind == 0 { #expect(solution.value >= best - 1e-6, "seed \(seed)") }
        // Containers of five units leave little to choose from: whole steps decide.
        #expect(
            solution.value >= (kind == 7 ? 0.6 : 0.75) * best - 1e-6,
            "seed \(seed), kind \(kind): \(solution.value) of \(best)")
    }

    @Test("a minimum creates no order where there is no need")
    func noNeed() throws {
        let line = JointOrder.Line(
            supplier: 0, law: DemandLaw.choose(mean: 5, variance: 8), position: 60, shortage: 5, holding: 0.5,
            terms: LineTerms(prices: [(1, 10)], minimum: 50))
        let order = try JointOrder(lines: [line], suppliers: [JointOrder.Supplier(minimumValue: 1_000)])
        let solution = order.solve()
        #expect(solution.quantities == [0] && solution.isOrdered == [false] && solution.cost == 0)
    }

    @Test("with a budget the last yuan buys alike everywhere, and little is left on a long list")
    func budget() throws {
        var random = draws("budget", 1)
        var lines: [JointOrder.Line] = []
        for place in 0..<400 {
            let law = DemandLaw.choose(mean: 2 + 40 * random.uniform(), variance: 120)
            let prices: [(from: Int64, price: Double)] = [(from: 1, price: 1 + 20 * random.uniform())]
            let terms = LineTerms(prices: prices, multiple: Int64(1 + random.integer(below: 6)))
            lines.append(
                JointOrder.Line(
                    supplier: place % 8, law: law, position: Int64(random.integer(below: 12)),
                    shortage: 2 + 6 * random.uniform(), holding: 0.4, terms: terms))
        }
        let free = try JointOrder(lines: lines, suppliers: [JointOrder.Supplier](repeating: .init(), count: 8)).solve()
        let tight = try JointOrder(
            lines: lines, suppliers: [JointOrder.Supplier](repeating: .init(), count: 8), budget: free.cost / 2
        ).solve()
        #expect(tight.cost <= free.cost / 2 && tight.value < free.value)
        #expect(tight.gap < 0.002)
        #expect(tight.budgetPrice > 0)
    }

    @Test("a minimum that lies beyond what the supplier can send makes no order, and no bound without end")
    func unreachable() throws {
        let lines = (0..<12).map { place in
            JointOrder.Line(
                supplier: place % 2, law: DemandLaw.choose(mean: 40, variance: 90), position: 0, shortage: 3,
                holding: 0.1, terms: LineTerms(prices: [(1, 0.5)]))
        }
        // Two hundred units at a half are no thousand.
        let suppliers = [JointOrder.Supplier(minimumValue: 1_000, maximumUnits: 200), JointOrder.Supplier()]
        let solution = try JointOrder(lines: lines, suppliers: suppliers).solve()
        #expect(solution.isOrdered == [false, true])
        let all = try JointOrder(lines: lines, suppliers: [.init(), .init()]).solve()
        #expect(solution.upperBound <= all.value * 1.001, "\(solution.upperBound) of \(all.value)")
    }

    @Test(
        "freight by the container is in the choice and in the bound: on a long list little is left, with a budget or without"
    )
    func containers() throws {
        var random = draws("containers", 1)
        var lines: [JointOrder.Line] = []
        for place in 0..<300 {
            let law = DemandLaw.choose(mean: 10 + 60 * random.uniform(), variance: 150)
            let terms = LineTerms(
                prices: [(from: 1, price: 5 + 10 * random.uniform())], unitVolume: 1 + 4 * random.uniform())
            // What a litre costs to bring takes a third and more of the margin of the bulkiest.
            lines.append(
                JointOrder.Line(
                    supplier: place % 2, law: law, position: 0, shortage: 2 + 6 * random.uniform(), holding: 0.4,
                    terms: terms))
        }
        let container = JointOrder.Container(volume: 600, cost: 400, leastFill: 0.9)
        let suppliers = [JointOrder.Supplier](repeating: .init(container: container), count: 2)
        let free = try JointOrder(lines: lines, suppliers: suppliers).solve()
        let tight = try JointOrder(lines: lines, suppliers: suppliers, budget: free.cost / 2).solve()
        for solution in [free, tight] {
            #expect(solution.containers.allSatisfy { $0 > 5 }, "\(solution.containers)")
            #expect(solution.gap < 0.01, "\(solution.gap)")
        }
        #expect(tight.cost <= free.cost / 2)
        // Bulky goods that do not earn their freight stay behind.
        let dear = try JointOrder(
            lines: lines,
            suppliers: [JointOrder.Supplier](
                repeating: .init(container: .init(volume: 600, cost: 1_500, leastFill: 0.9)), count: 2)
        ).solve()
        #expect(dear.volume < 0.8 * free.volume)
    }
}

@Suite("Service of a whole assortment") struct StockToServiceTests {
    private func items(_ seed: Int) -> [StockToService.Item] {
        var random = draws("assortment", seed)
        return (0..<3).map { _ in
            let (mean, spread) = (0.3 + 2 * random.uniform(), 1 + 2 * random.uniform())
            return StockToService.Item(
                overLeadTime: DemandLaw.choose(mean: mean, variance: mean * spread),
                overLeadTimeAndReview: DemandLaw.choose(mean: 2 * mean, variance: 2 * mean * spread),
                unitCost: 1 + 9 * random.uniform())
        }
    }

    @Test("no levels serve more for the money of a point of the curve", arguments: 0..<20)
    func enumeration(seed: Int) throws {
        let items = items(seed)
        let assortment = try StockToService(items)
        let demand = items.reduce(0) { $0 + $1.demand }
        let most = 18
        let missed = items.map { item in (0..<most).map { item.missed(Int64($0)) } }
        for target in [0.7, 0.9, 0.97] {
            let point = try assortment.reaching(service: target)
            #expect(point.service >= target, "seed \(seed)")
            var highest = 0.0
            for a in 0..<most {
                for b in 0..<most {
                    for c in 0..<most {
                        let cost =
                            items[0].unitCost * Double(a) + items[1].unitCost * Double(b)
                            + items[2].unitCost * Double(c)
                        guard cost <= point.investment - 1e-9 else { continue }
                        highest = max(highest, 1 - (missed[0][a] + missed[1][b] + missed[2][c]) / demand)
                    }
                }
            }
            #expect(highest <= point.service + 1e-9, "seed \(seed)")
        }
    }

    @Test("the curve rises, a budget is kept, and one target for all costs more than the split")
    func curve() throws {
        let assortment = try StockToService(items(3) + items(4) + items(5))
        let curve = assortment.curve(points: 12)
        for (one, next) in zip(curve, curve.dropFirst()) {
            #expect(next.investment >= one.investment && next.service >= one.service - 1e-12)
        }
        let middle = curve[6]
        let within = try assortment.within(budget: middle.investment * 1.01)
        #expect(within.investment <= middle.investment * 1.01 && within.service >= middle.service - 1e-9)
        let alike = try assortment.items.reduce(into: (cost: 0.0, missed: 0.0, demand: 0.0)) { sum, item in
            let level = try OrderUpToLevel.wholeForFillRate(
                0.95, overLeadTime: item.overLeadTime, overLeadTimeAndReview: item.overLeadTimeAndReview)
            sum.cost += Double(level) * item.unitCost
            sum.missed += item.missed(level)
            sum.demand += item.demand
        }
        let split = try assortment.reaching(service: 1 - alike.missed / alike.demand)
        #expect(split.investment <= alike.cost + 1e-9)
    }
}

@Suite("Buying for a season") struct SeasonBuyTests {
    @Test("without a second order it is the newsvendor")
    func single() throws {
        let law = DemandLaw.poisson(PoissonDistribution(mean: 12))
        let season = try SeasonBuy(
            [.init(weight: 1, first: law, second: .none)],
            terms: .init(price: 10, cost: 6, secondCost: nil, salvage: 1))
        let best = season.solve()
        let known = try Newsvendor.solve(law: law, holding: 5, shortage: 4)
        #expect(best.first == Int(known.quantity))
        #expect(abs(best.profit - (4 * 12 - known.cost)) < 1e-9)
        #expect(best.profit == best.singleProfit)
    }

    @Test("a second order that learns from the first part earns more, and enumeration finds nothing better")
    func second() throws {
        let (slow, fast) = (
            DemandLaw.poisson(PoissonDistribution(mean: 2)), DemandLaw.poisson(PoissonDistribution(mean: 8))
        )
        let terms = SeasonBuy.Terms(price: 10, cost: 6, secondCost: 7, salvage: 0)
        let best = try SeasonBuy(
            [.init(weight: 0.6, first: slow, second: slow), .init(weight: 0.4, first: fast, second: fast)],
            terms: terms
        ).solve()
        #expect(best.profit > best.singleProfit + 1)
        // By hand: for each first order the best level for each number sold, all outcomes summed.
        func p(_ law: DemandLaw, _ k: Int) -> Double { law.cumulative(Double(k)) - law.cumulative(Double(k) - 1) }
        var top = -Double.infinity
        for order in 0...24 {
            var profit = -6.0 * Double(order)
            for one in 0...30 {
                let left = max(0, order - one)
                var bestLater = -Double.infinity
                for level in left...34 {
                    var later = 0.0
                    for (weight, law) in [(0.6, slow), (0.4, fast)] {
                        for two in 0...30 { later += weight * p(law, one) * p(law, two) * 10 * Double(min(two, level)) }
                        later -= weight * p(law, one) * 7 * Double(level - left)
                    }
                    bestLater = max(bestLater, later)
                }
                for (weight, law) in [(0.6, slow), (0.4, fast)] {
                    profit += weight * p(law, one) * 10 * Double(min(one, order))
                }
                profit += bestLater
            }
            top = max(top, profit)
        }
        #expect(abs(top - best.profit) < 1e-6, "\(top), \(best.profit)")
    }
}
