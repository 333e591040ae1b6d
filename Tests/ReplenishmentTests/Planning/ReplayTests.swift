import Foundation
import NumericCore
import Testing

@testable import Replenishment

@Suite("Replays of policies on past demand") struct ReplayTests {
    @Test(
        "what is on the shelf at arrival has the law that simulation finds, and the order is the smallest that covers")
    func arrivals() {
        var random = draws("arrivals", 1)
        let law = countTable(mean: 2, dispersion: 0.4)
        for lost in [true, false] {
            let outlook = ArrivalOutlook(onHand: 3, arrivals: [1, 2], demand: [law, law], salesAreLost: lost)
            let table = try? AliasTable(weights: law)
            var seen: [Int: Double] = [:]
            let rounds = 60_000
            for _ in 0..<rounds {
                var stock = 3
                for units in [1, 2] {
                    stock += units - (table?.sample(&random) ?? 0)
                    if lost { stock = max(0, stock) }
                }
                seen[stock, default: 0] += 1 / Double(rounds)
            }
            for (place, p) in outlook.stock.probabilities.enumerated() {
                #expect(abs(p - seen[outlook.stock.lowest + place, default: 0]) < 0.012)
            }
            let order = outlook.order(demand: law, ratio: 0.9)
            func covered(_ order: Int) -> Double {
                var sum = 0.0
                for (i, p) in outlook.stock.probabilities.enumerated() {
                    for (k, q) in law.enumerated() where k <= outlook.stock.lowest + i + order { sum += p * q }
                }
                return sum
            }
            #expect(covered(order) >= 0.9 && (order == 0 || covered(order - 1) < 0.9))
        }
    }

    @Test("a table of counts has its mean and variance", arguments: [(0.3, 0.5), (4.0, 0.1), (60, 1.5), (900, 0.05)])
    func countTables(mean: Double, dispersion: Double) {
        let table = countTable(mean: mean, dispersion: dispersion)
        let found = table.indices.reduce(0) { $0 + Double($1) * table[$1] }
        let square = table.indices.reduce(0) { $0 + (Double($1) - found) * (Double($1) - found) * table[$1] }
        #expect(agrees(found, mean, 1e-4) && agrees(square, mean + dispersion * mean * mean, 1e-2))
        #expect(agrees(table.reduce(0, +), 1, 1e-9))
    }

    @Test("goods come when they are due, lost sales are lost, waiting ones wait, and every unit is accounted for")
    func books() throws {
        let demand = try DemandHistory(
            seriesCount: 1, periodCount: 5, units: [1, 4, 0, 2, 3], isObserved: [Bool](repeating: true, count: 5))
        for lost in [true, false] {
            let replay = try Replay(
                demand: demand,
                rules: .init(leadTimes: [2], holding: 1, shortage: 10, salesAreLost: lost))
            var state = Replay.State(onHand: [2], arrivals: [[1, 0]])
            var ordered = 0
            let outcomes = replay.run(0..<5, from: &state) { period, _ in
                ordered += period == 0 ? 5 : 0
                return [period == 0 ? 5 : 0]
            }
            // Shelf: 2 + 1 - 1 = 2; 2 - 4; then the order of 5 comes before the third period.
            #expect(outcomes.map(\.served) == (lost ? [1, 2, 0, 2, 3] : [1, 2, 0, 2, 1]))
            #expect(outcomes[1].shortageCost == 20)
            let served = outcomes.reduce(0) { $0 + $1.served }
            #expect(state.onHand[0] == (lost ? 3 + ordered - served : 3 + ordered - 10))
        }
    }

    @Test(
        "demand that could not be seen is the mean of its neighbours; long zero runs of a fast seller are no demand seen"
    )
    func missing() throws {
        let history = try DemandHistory(
            seriesCount: 1, periodCount: 6, units: [4, 6, 0, 8, 2, 0],
            isObserved: [true, true, false, true, true, true])
        #expect(history.imputed(neighbours: 2).units[2] == 5)
        var units = (0..<200).map { Double(3 + $0 % 3) }
        for period in 100..<130 { units[period] = 0 }
        let long = try DemandHistory(
            seriesCount: 1, periodCount: 200, units: units, isObserved: [Bool](repeating: true, count: 200)
        ).zeroRunsHidden()
        #expect(long.isObserved.enumerated().allSatisfy { $0.element == !(100..<130).contains($0.offset) })
        let slow = try DemandHistory(
            seriesCount: 1, periodCount: 200, units: (0..<200).map { $0 % 20 == 0 ? 1 : 0 },
            isObserved: [Bool](repeating: true, count: 200))
        #expect(slow.zeroRunsHidden() == slow)
    }

    @Test("a forecaster finds level, season and dispersion of the counts it is shown")
    func forecaster() throws {
        var random = draws("forecaster", 1)
        let season = [0.5, 0.8, 1.0, 1.2, 1.5, 1.0, 1.0]
        let (count, periods) = (60, 400)
        var units: [Double] = []
        for series in 0..<count {
            let mean = 0.5 + Double(series % 10)
            for period in 0..<periods {
                // Dispersion 0.5: a gamma factor of shape 2.
                let rate = mean * season[period % 7] * random.gamma(shape: 2, scale: 0.5)
                units.append(Double(random.poisson(mean: rate)))
            }
        }
        let history = try DemandHistory(
            seriesCount: count, periodCount: periods, units: units,
            isObserved: [Bool](repeating: true, count: units.count))
        let outlook = CountForecaster(
            history, settings: .init(discount: 0.01, slowDiscount: 0.002, prior: 20, cycle: 7)
        ).outlook(known: periods, horizon: 7)
        var (sum, truth) = (0.0, 0.0)
        for series in 0..<count {
            for step in 0..<7 {
                sum += outlook.means[series * 7 + step]
                truth += (0.5 + Double(series % 10)) * season[(periods + step) % 7]
            }
        }
        #expect(abs(sum / truth - 1) < 0.05)
        let shape = (0..<7).map { step in (0..<count).reduce(0.0) { $0 + outlook.means[$1 * 7 + step] } }
        #expect(shape[(4 - periods % 7 + 7) % 7] > 2 * shape[(0 - periods % 7 + 7) % 7])
        let dispersion = outlook.dispersions.reduce(0, +) / Double(count)
        #expect(dispersion > 0.35 && dispersion < 0.75)
    }

    @Test("the leader is the member that has cost least so far")
    func leader() throws {
        var random = draws("leader", 1)
        let periods = 80
        let demand = try DemandHistory(
            seriesCount: 10, periodCount: periods,
            units: (0..<10 * periods).map { _ in Double(random.poisson(mean: 3)) },
            isObserved: [Bool](repeating: true, count: 10 * periods))
        let replay = try Replay(
            demand: demand,
            rules: .init(
                leadTimes: [Int](repeating: 1, count: 10), holding: 0.2, shortage: 1, salesAreLost: true))
        let settings = CountForecaster.Settings(discount: 0.05, cycle: 1)
        var family = LeadingPolicy(
            members: [.init(forecast: settings, ratio: 0.2), .init(forecast: settings, ratio: 0.8)], seen: demand,
            replay: replay,
            start: .init(onHand: [Int](repeating: 3, count: 10), arrivals: [[Int]](repeating: [3], count: 10)),
            memory: 30)
        for period in 30..<70 { family.advance(period: period) }
        #expect(family.leader == 1)
        #expect(family.costs[0].count == 40)
    }

    @Test("a calibrated target is read off the curve of what targets gave")
    func calibration() {
        let target = FillRatePolicy.calibrated(0.95, targets: [0.8, 0.9, 0.98], reached: [0.85, 0.93, 0.97])
        #expect(agrees(target, 0.94))
        #expect(FillRatePolicy.calibrated(0.99, targets: [0.8, 0.98], reached: [0.85, 0.97]) > 0.98)
    }
}
