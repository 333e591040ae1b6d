import Foundation
import NumericCore
import Replenishment
import Testing

@Suite("Formulas against plain simulation and enumeration") struct PlainSimulationTests {
    @Test("base stock: customers who wait and customers who leave, lead times drawn from two laws", arguments: 0..<4)
    func baseStock(seed: Int) {
        var random = draws("whole base stock", seed)
        let (rate, mean, level) = (2.0, 3.0, 6 + seed)
        let isLost = seed % 2 == 1
        // Palm and Erlang: the mean of the lead time is all that counts.
        var (time, onHand, due) = (0.0, level, [Double]())
        var (asked, served) = (0, 0)
        while asked < 150_000 {
            time += -log(random.uniform()) / rate
            for arrival in due where arrival <= time { onHand += arrival <= time ? 1 : 0 }
            due.removeAll { $0 <= time }
            asked += 1
            if onHand > 0 { served += 1 }
            if onHand > 0 || !isLost {
                onHand -= 1
                due.append(time + (seed < 2 ? 2 * mean * random.uniform() : -mean * log(random.uniform())))
            }
        }
        let share = Double(served) / Double(asked)
        let known =
            isLost
            ? BaseStock.lostSalesFillRate(level: level, meanOnOrder: rate * mean)
            : BaseStock.fillRate(level: level, meanOnOrder: rate * mean)
        #expect(abs(share - known) < 0.01, "seed \(seed): \(share), \(known)")
    }

    @Test(
        "bullwhip of a moving average: orders up to a forecast level, 60,000 periods",
        arguments: [(1, 5), (2, 5), (4, 8)])
    func bullwhip(lead: Int, window: Int) {
        var random = draws("whole bullwhip", lead)
        var past = (0..<window).map { _ in Normal.quantile(random.uniform()) }
        var level = Double(lead) * past.reduce(0, +) / Double(window)
        var (sum, squares, demandSum, demandSquares) = (0.0, 0.0, 0.0, 0.0)
        let count = 60_000
        for _ in 0..<count {
            let demand = Normal.quantile(random.uniform())
            past.removeFirst()
            past.append(demand)
            let next = Double(lead) * past.reduce(0, +) / Double(window)
            let order = next - level + demand
            level = next
            sum += order
            squares += order * order
            demandSum += demand
            demandSquares += demand * demand
        }
        let n = Double(count)
        let ratio = (squares / n - (sum / n) * (sum / n)) / (demandSquares / n - (demandSum / n) * (demandSum / n))
        let known = SafetyStock.bullwhip(leadTime: Double(lead), window: Double(window))
        #expect(abs(ratio / known - 1) < 0.03, "\(ratio), \(known)")
    }

    @Test("a season with a second order: random small ones against all first orders and all answers", arguments: 0..<6)
    func season(seed: Int) throws {
        var random = draws("whole season", seed)
        let weight = 0.2 + 0.6 * random.uniform()
        let means = (0..<4).map { _ in 0.5 + 4 * random.uniform() }
        let (price, cost) = (10.0, 3 + 5 * random.uniform())
        let (secondCost, salvage) = (cost + 1.5 * random.uniform(), 2 * random.uniform())
        func law(_ mean: Double) -> DemandLaw { .poisson(PoissonDistribution(mean: mean)) }
        let best = try SeasonBuy(
            [
                .init(weight: weight, first: law(means[0]), second: law(means[1])),
                .init(weight: 1 - weight, first: law(means[2]), second: law(means[3])),
            ], terms: SeasonBuy.Terms(price: price, cost: cost, secondCost: secondCost, salvage: salvage)
        ).solve()
        let tables = means.map { mean in
            let law = PoissonDistribution(mean: mean)
            return (0..<26).map { law.probability($0) }
        }
        let weights = [weight, 1 - weight]
        var top = -Double.infinity
        for order in 0...14 {
            var profit = -cost * Double(order)
            for one in 0..<26 {
                let left = max(0, order - one)
                var later = -Double.infinity
                for level in left...max(left, 18) {
                    var value = 0.0
                    for world in 0...1 {
                        let p = weights[world] * tables[2 * world][one]
                        value -= p * secondCost * Double(level - left)
                        for (two, q) in tables[2 * world + 1].enumerated() {
                            let sold = min(two, level)
                            value += p * q * (price * Double(sold) + salvage * Double(level - sold))
                        }
                    }
                    later = max(later, value)
                }
                for world in 0...1 {
                    profit += weights[world] * tables[2 * world][one] * price * Double(min(one, order))
                }
                profit += later
            }
            top = max(top, profit)
        }
        #expect(abs(top - best.profit) < 1e-6 * max(1, abs(top)), "seed \(seed): \(top), \(best)")
    }

    @Test("order-line fill of a base-stock level: lines drawn one by one, each ordered again", arguments: 0..<4)
    func lineFill(seed: Int) throws {
        var random = draws("whole line fill", seed)
        let sizes = [(units: 1, share: 0.5), (units: [3, 12, 6, 20][seed], share: 0.5)]
        let (rate, lead) = ([1.0, 0.08, 0.5, 0.05][seed], 2.0)
        let mean = rate * sizes.reduce(0) { $0 + Double($1.units) * $1.share }
        var table = [Double](repeating: 0, count: 21)
        for size in sizes { table[size.units] += size.share }
        let lines = ProbabilityTable(lowest: 0, probabilities: table)
        let units = try OrderLineFill.law(
            .poisson(PoissonDistribution(mean: mean * lead)), lines: lines)
        let level = try OrderLineFill.level(0.9, law: units, lines: lines)
        let promised = OrderLineFill.rate(level: level, law: units, lines: lines)
        var (time, stock, due) = (0.0, level, [(at: Double, units: Int64)]())
        var (asked, whole) = (0.0, 0.0)
        while asked < 60_000 {
            time += -log(random.uniform()) / rate
            while let first = due.first, first.at <= time {
                stock += first.units
                due.removeFirst()
            }
            let size = Int64(random.uniform() < 0.5 ? sizes[0].units : sizes[1].units)
            asked += 1
            if stock >= size { whole += 1 }
            stock -= size
            due.append((time + lead, size))
        }
        #expect(promised >= 0.9 && abs(whole / asked - promised) < 0.008, "seed \(seed): \(whole / asked), \(promised)")
    }
}
