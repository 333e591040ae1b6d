import Foundation
import NumericCore
import Testing

@testable import Replenishment

@Suite("Stock along a chain") struct MultiEchelonTests {
    /// The bulldozer of Graves and Willems (2003), as published.
    static func bulldozer() -> [ServiceChain.Stage] {
        let rows: [(String, Int, Double, [String])] = [
            ("Boggie", 11, 575, []), ("Brake", 8, 3850, []), ("Case", 15, 2200, []),
            ("Case&Frame", 16, 1500, ["Case", "Frame"]),
            ("Chassis", 7, 4320, ["Platform", "Fender", "Roll"]),
            ("Common", 5, 8000, ["Case&Frame", "Transmission", "Final"]),
            ("Dressed", 10, 4100, ["Engine", "Fans"]), ("Drive", 9, 1550, []), ("Engine", 7, 4500, []),
            ("Fans", 12, 650, []), ("Fender", 9, 900, []),
            ("Assembly", 4, 8000, ["Main", "Track", "Suspension"]),
            ("Final", 6, 3680, ["Brake", "Drive", "Plant"]), ("Frame", 19, 605, []),
            ("Main", 8, 12000, ["Chassis", "Common", "Dressed"]), ("Pin", 35, 90, []), ("Plant", 9, 155, []),
            ("Platform", 6, 725, []), ("Roll", 8, 1150, []), ("Suspension", 7, 3600, ["Boggie", "Pin"]),
            ("Track", 10, 3000, []), ("Transmission", 15, 7450, []),
        ]
        let places = Dictionary(uniqueKeysWithValues: rows.enumerated().map { ($1.0, $0) })
        return rows.map { name, lead, cost, suppliers in
            var stage = ServiceChain.Stage(
                name: name, leadTime: lead, addedCost: cost,
                upstream: suppliers.compactMap { s in places[s].map { ($0, 1) } })
            if name == "Assembly" {
                stage.maximumServiceTime = 0
                (stage.demandMean, stage.demandDeviation, stage.safetyFactor) = (5, 3, 1.645)
            }
            return stage
        }
    }

    @Test("the bulldozer's safety stock costs 632,775 a year at a holding rate of 0.30")
    func bulldozer() throws {
        let chain = try ServiceChain(stages: Self.bulldozer(), holdingRate: 0.3)
        let isTree = chain.isForest
        #expect(isTree)
        let best = try GuaranteedService.solve(chain)
        #expect(best.cost.rounded() == 632_775)
        #expect(best.isProved)
        let quoted = Dictionary(uniqueKeysWithValues: zip(chain.stages.map(\.name), best.stages.map(\.outgoing)))
        #expect(quoted["Common"] == 20 && quoted["Main"] == 28 && quoted["Pin"] == 21 && quoted["Assembly"] == 0)
    }

    /// A small random network; `links` more than a tree has.
    private func network(_ name: String, _ seed: Int, stages count: Int, links: Int) -> [ServiceChain.Stage] {
        var random = draws(name, seed)
        var stages = (0..<count).map { place in
            ServiceChain.Stage(
                name: "\(place)", leadTime: random.integer(below: 4), addedCost: 1 + 9 * random.uniform(),
                upstream: place == 0 ? [] : [(random.integer(below: place), 1)])
        }
        for _ in 0..<links {
            let to = 1 + random.integer(below: count - 1)
            let from = random.integer(below: to)
            if !stages[to].upstream.contains(where: { $0.stage == from }) {
                stages[to].upstream.append((from, Double(1 + random.integer(below: 2))))
            }
        }
        for place in stages.indices where random.uniform() < 0.4 || place == count - 1 {
            stages[place].maximumServiceTime = random.integer(below: 2)
            (stages[place].demandDeviation, stages[place].safetyFactor) = (1 + 4 * random.uniform(), 1.5)
        }
        return stages
    }

    /// The cheapest of all assignments of service times.
    private func cheapest(_ chain: ServiceChain) throws -> Double {
        var best = Double.infinity
        var outgoing = [Int](repeating: 0, count: chain.stages.count)
        func walk(_ at: Int) {
            if at == chain.order.count {
                let incoming = GuaranteedService.incomingTimes(chain, outgoing)
                best = min(best, GuaranteedService.totalCost(chain, incoming, outgoing))
                return
            }
            let stage = chain.order[at]
            let incoming = chain.stages[stage].upstream.reduce(0) { max($0, outgoing[$1.stage]) }
            let longest = min(
                incoming + chain.stages[stage].leadTime, chain.stages[stage].maximumServiceTime ?? .max)
            for time in 0...longest {
                outgoing[stage] = time
                walk(at + 1)
            }
        }
        walk(0)
        return best
    }

    @Test(
        "no assignment of service times in a small tree or network is cheaper, and the bound is proved",
        arguments: 0..<60)
    func smallNetworks(seed: Int) throws {
        let stages = network("networks", seed, stages: 5, links: seed % 2 == 0 ? 0 : 3)
        let chain = try ServiceChain(stages: stages, holdingRate: 0.2)
        let best = try GuaranteedService.solve(chain)
        let least = try cheapest(chain)
        #expect(abs(best.cost - least) < 1e-9 * max(1, least), "seed \(seed)")
        #expect(best.lowerBound <= least * (1 + 1e-9), "seed \(seed)")
        #expect(best.isProved, "seed \(seed)")
        #expect(try GuaranteedService.evaluate(chain, outgoing: best.stages.map(\.outgoing)).cost == best.cost)
    }

    @Test("a network of generated stages is bounded, its plan keeps every link, and repeats to the last digit")
    func generated() throws {
        let stages = ChainGenerator.chain(stages: 60, seed: 3)
        let isSame = stages == ChainGenerator.chain(stages: 60, seed: 3)
        let isOther = stages != ChainGenerator.chain(stages: 60, seed: 4)
        #expect(isSame && isOther)
        let chain = try ServiceChain(stages: stages, holdingRate: 0.2)
        let isTree = chain.isForest
        #expect(!isTree)
        let limits = GuaranteedService.Limits(steps: 400, gap: 0.01)
        let best = try GuaranteedService.solve(chain, limits: limits)
        #expect(best.lowerBound <= best.cost && best.gap < 0.05)
        for (place, stage) in best.stages.enumerated() {
            #expect(stage.bridged >= 0)
            for link in chain.stages[place].upstream {
                #expect(best.stages[link.stage].outgoing <= stage.incoming)
            }
        }
        let isRepeated = try GuaranteedService.solve(chain, limits: limits) == best
        #expect(isRepeated)
    }

    @Test("a circle of suppliers is named")
    func circle() {
        let stages = [
            ServiceChain.Stage(name: "a", leadTime: 1, addedCost: 1, upstream: [(1, 1)]),
            ServiceChain.Stage(name: "b", leadTime: 1, addedCost: 1, upstream: [(0, 1)]),
        ]
        #expect(throws: ReplenishmentError.self) { try ServiceChain(stages: stages, holdingRate: 0.1) }
    }

    /// Example 6.1 of Snyder and Shen (2019).
    private func example() throws -> SerialSystem {
        try SerialSystem(
            stages: [
                .init(name: "1", leadTime: 1, echelonHolding: 3), .init(name: "2", leadTime: 1, echelonHolding: 2),
                .init(name: "3", leadTime: 2, echelonHolding: 2),
            ], demand: .normal(NormalDistribution(mean: 5, standardDeviation: 1)), shortage: 37.12)
    }

    @Test("Snyder and Shen's serial system: echelon levels 6.49, 12.02, 22.7, cost 47.65 to 47.67")
    func serialExample() throws {
        let best = try example().solve(resolution: 20)
        #expect(abs(best.echelonLevels[0] - 6.49) < 0.03)
        #expect(abs(best.echelonLevels[1] - 12.02) < 0.06)
        #expect(abs(best.echelonLevels[2] - 22.7) < 0.06)
        #expect(best.cost > 47.60 && best.cost < 47.70)
        #expect(best.gridError < 1e-3)
    }

    @Test("a serial system of one stage is a newsvendor over its lead time")
    func singleStage() throws {
        let demand = DemandLaw.poisson(PoissonDistribution(mean: 4))
        let system = try SerialSystem(
            stages: [.init(name: "only", leadTime: 2, echelonHolding: 1)], demand: demand, shortage: 9)
        let best = try system.solve()
        let known = try Newsvendor.solve(law: try demand.sum(over: 2), holding: 1, shortage: 9)
        #expect(best.echelonLevels == [known.quantity])
        #expect(agrees(best.cost, known.cost, 1e-10))
    }

    @Test("no other levels of a serial system are cheaper, and a simulation confirms the cost", arguments: 0..<3)
    func serialLevels(seed: Int) throws {
        var random = draws("serial", seed)
        let demand = DemandLaw.poisson(PoissonDistribution(mean: 1 + 2 * random.uniform()))
        let system = try SerialSystem(
            stages: [
                .init(name: "low", leadTime: 1, echelonHolding: 1 + random.uniform()),
                .init(name: "high", leadTime: 2, echelonHolding: 0.5 + random.uniform()),
            ], demand: demand, shortage: 5 + 10 * random.uniform())
        let best = try system.solve(review: 1)
        for one in -3...3 {
            for two in -3...3 {
                let other = try system.solve(
                    review: 1, levels: [best.echelonLevels[0] + Double(one), best.echelonLevels[1] + Double(two)])
                #expect(other.cost >= best.cost - 1e-9, "seed \(seed)")
            }
        }
        // Period by period: orders first, arrivals, demand, and costs at the end of the period.
        guard case .poisson(let law) = demand else { return }
        let (s1, s2) = (Int(best.echelonLevels[0]), Int(best.echelonLevels[1]))
        var (upper, lower) = (s2 - s1, s1)
        var (toUpper, toLower) = ([0, 0], [0])
        var sum = 0.0
        let periods = 60_000
        for _ in 0..<periods {
            let echelon1 = lower + toLower.reduce(0, +)
            let echelon2 = upper + toUpper.reduce(0, +) + echelon1
            toUpper.append(max(0, s2 - echelon2))
            upper += toUpper.removeFirst()
            let sent = min(max(0, s1 - echelon1), upper)
            upper -= sent
            toLower.append(sent)
            lower += toLower.removeFirst()
            lower -= random.poisson(mean: law.mean)
            let (h1, h2) = (system.stages[0].echelonHolding, system.stages[1].echelonHolding)
            sum +=
                h1 * Double(lower) + h2 * Double(upper + toLower.reduce(0, +) + lower)
                + (system.shortage + h1 + h2) * Double(max(0, -lower))
        }
        let average = sum / Double(periods)
        #expect(abs(average - best.cost) < 0.03 * best.cost, "seed \(seed): \(average), \(best.cost)")
    }

    @Test("two levels: exact laws agree with a simulation, and no neighbouring level is cheaper")
    func twoLevels() throws {
        let places = [
            TwoLevelSystem.Place(name: "a", mean: 1, leadTime: 1, holding: 1, shortage: 10),
            TwoLevelSystem.Place(name: "b", mean: 0.5, leadTime: 2, holding: 1, shortage: 20),
        ]
        let system = try TwoLevelSystem(places: places, warehouseLeadTime: 3, warehouseHolding: 0.5)
        let best = try system.solve()
        for level in 0...15 { #expect(try system.solve(warehouseLevel: level).cost >= best.cost - 1e-12) }
        var random = draws("two levels", 1)
        // Continuous time: a sale at a place asks the warehouse for one unit at once, first come first served.
        var (time, arrivals, waiting) = (0.0, [Double](), [(place: Int, asked: Double)]())
        var onHand = best.warehouseLevel
        var levels = best.levels
        var shipments: [(due: Double, place: Int)] = []
        var (served, asked) = ([0, 0], [0, 0])
        func ship(_ place: Int, _ at: Double) { shipments.append((at + places[place].leadTime, place)) }
        while asked[0] < 60_000 {
            time += -log(random.uniform()) / 1.5
            while let first = arrivals.first, first <= time {
                arrivals.removeFirst()
                if waiting.isEmpty { onHand += 1 } else { ship(waiting.removeFirst().place, first) }
            }
            for shipment in shipments where shipment.due <= time { levels[shipment.place] += 1 }
            shipments.removeAll { $0.due <= time }
            let place = random.uniform() < 2.0 / 3 ? 0 : 1
            asked[place] += 1
            if levels[place] > 0 { served[place] += 1 }
            levels[place] -= 1
            arrivals.append(time + 3)
            if onHand > 0 {
                onHand -= 1
                ship(place, time)
            } else {
                waiting.append((place, time))
            }
        }
        for place in 0...1 {
            let share = Double(served[place]) / Double(asked[place])
            #expect(abs(share - best.fillRates[place]) < 0.01, "\(share), \(best.fillRates[place])")
        }
    }

    @Test("no split of what there is leaves less expected shortage", arguments: 0..<40)
    func allocation(seed: Int) {
        var random = draws("allocation", seed)
        let claims = (0..<3).map { _ in
            Allocation.Claim(
                law: DemandLaw.choose(mean: 0.5 + 4 * random.uniform(), variance: 1 + 8 * random.uniform()),
                position: Int64(random.integer(below: 3)) - 1, shortage: 1 + 2 * random.uniform(),
                room: random.uniform() < 0.3 ? 2 : nil)
        }
        let available = Int64(random.integer(below: 12))
        func shortage(_ split: [Int64]) -> Double {
            zip(claims, split).reduce(0) { $0 + $1.0.shortage * $1.0.law.loss(Double($1.0.position + $1.1)) }
        }
        let given = Allocation.share(available, among: claims)
        #expect(given.reduce(0, +) <= available)
        for (claim, units) in zip(claims, given) { #expect(units >= 0 && units <= claim.room ?? .max) }
        var least = Double.infinity
        for a in 0...available {
            for b in 0...(available - a) {
                for c in 0...(available - a - b)
                where a <= claims[0].room ?? .max && b <= claims[1].room ?? .max && c <= claims[2].room ?? .max {
                    least = min(least, shortage([a, b, c]))
                }
            }
        }
        #expect(shortage(given) <= least + 1e-9, "seed \(seed)")
    }

    @Test("pooling: errors in common are not pooled away, and an estimate from few periods is drawn to independence")
    func pooling() throws {
        var random = draws("pooling", 1)
        let common = (0..<400).map { _ in 2 * random.uniform() - 1 }
        let errors = (0..<3).map { _ in common.map { $0 + 0.5 * (2 * random.uniform() - 1) } }
        let estimate = try Pooling.Covariance(errors: errors)
        #expect(try estimate.together() > 0.9 * estimate.apart)
        #expect(try estimate.together() <= estimate.apart + 1e-12)
        let few = try Pooling.Covariance(errors: errors.map { Array($0[0..<2]) })
        #expect(try few.together() <= few.apart + 1e-12)
        #expect(throws: ReplenishmentError.self) {
            try Pooling.Covariance(deviations: [1, 1, 1], correlation: -0.9).together()
        }
    }
}
