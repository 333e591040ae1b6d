import NumericCore
import Testing

@testable import Placement

private func subsets(_ count: Int) -> [[Int]] {
    (0..<1 << count).map { mask in (0..<count).filter { mask >> $0 & 1 == 1 } }
}

@Suite("Location problems by one door, and placements, against all choices")
struct LocationTests {
    @Test("mean cost, worst case and worst regret of every set of sites", arguments: 0..<30)
    func cases(block: Int) throws {
        for seed in block * 10..<block * 10 + 10 {
            var random = draws("location cases", seed)
            let (n, m, count) = (
                2 + random.integer(below: 4), 1 + random.integer(below: 5), 1 + random.integer(below: 3)
            )
            var problem = LocationProblem(
                fixedCosts: (0..<n).map { _ in 10 * random.uniform() },
                unitCosts: (0..<n * m).map { _ in random.bernoulli(0.2) ? .infinity : 5 * random.uniform() },
                fallback: (0..<m).map { _ in 7 * random.uniform() },
                cases: (0..<count).map { _ in
                    DemandScenario(
                        probability: 0.1 + random.uniform(), demands: (0..<m).map { _ in 5 * random.uniform() })
                })
            problem.objective = LocationProblem.Objective.allCases[random.integer(below: 3)]
            if random.bernoulli(0.3) { problem.maximumSites = 1 }
            if random.bernoulli(0.3) { problem.budget = 20 * random.uniform() }
            func cost(_ one: Int, _ sites: [Int]) -> Double {
                sites.reduce(0) { $0 + problem.fixedCosts[$1] }
                    + (0..<m).reduce(0) { sum, i in
                        let ways = sites.map { problem.unitCosts[$0 * m + i] } + [problem.fallback?[i] ?? .infinity]
                        return sum + problem.cases[one].demands[i] * (ways.min() ?? 0)
                    }
            }
            let allowed = subsets(n).filter { sites in
                sites.count <= problem.maximumSites ?? n
                    && sites.reduce(0) { $0 + problem.fixedCosts[$1] } <= problem.budget ?? .infinity
            }
            let whole = problem.cases.reduce(0) { $0 + $1.probability }
            let own = (0..<count).map { one in allowed.map { cost(one, $0) }.min() ?? 0 }
            let best =
                allowed.map { sites -> Double in
                    let costs = (0..<count).map { cost($0, sites) }
                    switch problem.objective {
                    case .worstCost where count > 1: return costs.max() ?? 0
                    case .worstRegret where count > 1: return zip(costs, own).map { $0 - $1 }.max() ?? 0
                    default: return zip(costs, problem.cases).reduce(0) { $0 + $1.0 * $1.1.probability / whole }
                    }
                }.min() ?? .infinity
            let found = try FacilitySolver.solve(problem).solution
            #expect(abs(found.objective - best) < 1e-6, "seed \(seed): \(found.objective) against \(best)")
            #expect(found.stopReason == .proved && found.lowerBound <= best + 1e-6, "seed \(seed)")
            for one in 0..<count { #expect(abs(found.caseCosts[one] - cost(one, found.sites)) < 1e-6, "seed \(seed)") }
            let mean = zip(found.caseCosts, problem.cases).reduce(0) { $0 + $1.0 * $1.1.probability / whole }
            #expect(abs(found.costs.total - mean) < 1e-6, "seed \(seed)")
        }
    }

    /// A random placement of few regions, with demand enough that everything matters.
    private func placement(_ random: inout RandomStream, candidates n: Int, regions m: Int) throws -> PlacementProblem {
        try PlacementProblem(
            weights: (0..<m).map { _ in Double(1 + random.integer(below: 9)) },
            isEligible: (0..<m).map { _ in random.bernoulli(0.9) },
            fixedCosts: (0..<n).map { _ in 8 * random.uniform() },
            distances: (0..<n * m).map { _ in 40 * random.uniform() },
            fallbackDistances: (0..<m).map { _ in 60 * random.uniform() }, radius: 30, frontCostPerKilometre: 0.02,
            fallbackCostPerKilometre: 0.03, oneHourBenefit: 1)
    }

    @Test("sizes to choose from, one source each, pooled stock and sites that must be open", arguments: 0..<30)
    func sizes(block: Int) throws {
        for seed in block * 4..<block * 4 + 4 {
            var random = draws("placement sizes", seed)
            let (n, m) = (2, 3)
            var problem = try placement(&random, candidates: n, regions: m)
            var terms = PlacementTerms()
            terms.isSingleSource = true
            terms.sizes = [
                SiteSize(code: "small", orders: 4 + 6 * random.uniform(), fixedCost: 0.5),
                SiteSize(code: "large", orders: 12 + 9 * random.uniform(), fixedCost: 1.3),
            ]
            if random.bernoulli(0.5) {
                terms.stock = SiteStock(
                    working: random.uniform(), safety: random.uniform(),
                    covariance: (0..<m).map { _ in 4 * random.uniform() })
            }
            if random.bernoulli(0.5) { problem.required = [random.integer(below: n)] }
            problem = try problem.asking(terms)
            var best = Double.infinity
            // Each site closed, small or large; each region from a site or from none.
            for code in 0..<9 {
                let size = [code % 3 - 1, code / 3 - 1]
                guard problem.required.allSatisfy({ size[$0] >= 0 }) else { continue }
                for choice in 0..<27 {
                    let server = [choice % 3 - 1, choice / 3 % 3 - 1, choice / 9 - 1]
                    var cost = 0.0
                    var load = [0.0, 0.0]
                    var variance = [0.0, 0.0]
                    for j in 0..<n where size[j] >= 0 { cost += problem.fixedCosts[j] * terms.sizes[size[j]].fixedCost }
                    for i in 0..<m {
                        let weight = problem.weights[i]
                        guard server[i] >= 0 else {
                            cost += weight * (0.03 * problem.fallbackDistances[i] + (problem.isEligible[i] ? 1 : 0))
                            continue
                        }
                        let j = server[i]
                        guard size[j] >= 0, problem.isEligible[i], problem.distances[j * m + i] <= 30 else {
                            cost = .infinity
                            break
                        }
                        cost += weight * 0.02 * problem.distances[j * m + i]
                        load[j] += weight
                        variance[j] += terms.stock?.covariance[i] ?? 0
                    }
                    for j in 0..<n where size[j] >= 0 {
                        if load[j] > terms.sizes[size[j]].orders { cost = .infinity }
                        cost +=
                            (terms.stock?.working ?? 0) * load[j].squareRoot()
                            + (terms.stock?.safety ?? 0) * variance[j].squareRoot()
                    }
                    best = min(best, cost)
                }
            }
            let found = try solve(problem, pricesSites: false)
            #expect(abs(found.objective - best) < 1e-6, "seed \(seed): \(found.objective) against \(best)")
            #expect(abs(found.costs.total - best) < 1e-6, "seed \(seed)")
            #expect(found.stopReason == .proved, "seed \(seed)")
        }
    }

    @Test("warehouses above the front ones, new and standing: the cheapest open way", arguments: 0..<30)
    func tiers(block: Int) throws {
        for seed in block * 4..<block * 4 + 4 {
            var random = draws("placement tiers", seed)
            let m = 4
            // Two fronts, a regional and a central warehouse that could be built; a central one that stands.
            var problem = try placement(&random, candidates: 4, regions: m)
            let tiers: [Int?] = [nil, nil, 1, 0, 0]
            let distances = (0..<25).map { _ in 50 * random.uniform() }
            let standing = (0..<m).map { _ in 60 * random.uniform() }
            var terms = PlacementTerms()
            terms.upper = UpperTiers(
                tiers: Array(tiers.dropLast()), existingTiers: [0], distances: distances, regionDistances: standing,
                costPerKilometre: 0.01)
            if random.bernoulli(0.3) { problem.required = [random.integer(below: 4)] }
            if random.bernoulli(0.3) { problem.maximumSites = 1 }
            problem = try problem.asking(terms)
            var best = Double.infinity
            for open in subsets(4) {
                guard problem.required.allSatisfy(open.contains),
                    open.count(where: { $0 < 2 }) <= problem.maximumSites ?? 2
                else { continue }
                func way(_ place: Int) -> Double {
                    if tiers[place] == 0 { return 0 }
                    let above = [2, 3, 4].filter {
                        ($0 == 4 || open.contains($0)) && (tiers[$0] ?? 9) < (tiers[place] ?? 9)
                    }
                    return above.map { way($0) + 0.01 * distances[$0 * 5 + place] }.min() ?? .infinity
                }
                var cost = open.reduce(0) { $0 + problem.fixedCosts[$1] }
                for i in 0..<m {
                    var ways = [Double]()
                    let late = problem.isEligible[i] ? 1.0 : 0
                    for place in [2, 3, 4] where place == 4 || open.contains(place) {
                        let kilometres = place == 4 ? standing[i] : problem.distances[place * m + i]
                        ways.append(way(place) + 0.03 * kilometres + late)
                    }
                    for front in [0, 1] where open.contains(front) && problem.reaches(front, i) {
                        ways.append(way(front) + 0.02 * problem.distances[front * m + i])
                    }
                    cost += problem.weights[i] * (ways.min() ?? .infinity)
                }
                best = min(best, cost)
            }
            let found = try solve(problem, pricesSites: false)
            #expect(abs(found.objective - best) < 1e-6, "seed \(seed): \(found.objective) against \(best)")
            #expect(abs(found.costs.total - best) < 1e-6 && found.stopReason == .proved, "seed \(seed)")
        }
    }

    @Test("a region may be served in parts where capacities bind, and the parts add up")
    func parts() throws {
        var problem = try PlacementProblem(
            weights: [10], fixedCosts: [1, 1], distances: [5, 5], fallbackDistances: [50], radius: 10,
            frontCostPerKilometre: 0.1, fallbackCostPerKilometre: 0.1, oneHourBenefit: 2)
        var terms = PlacementTerms()
        terms.capacities = [4, 3]
        problem = try problem.asking(terms)
        let found = try solve(problem)
        // 7 orders within the hour at 0.50, 3 from afar at 5 and late at 2.
        #expect(found.openSites == [0, 1] && abs(found.costs.total - (2 + 3.5 + 15 + 6)) < 1e-9)
        #expect(abs(found.services.reduce(0) { $0 + $1.part } - 1) < 1e-9 && abs(found.coverage - 0.7) < 1e-9)
        #expect(abs(found.costs.lateness - 6) < 1e-9)
    }

    @Test("wishes that no solver fulfils together, and lists of the wrong length, are named")
    func errors() throws {
        func problem() -> LocationProblem {
            LocationProblem(
                fixedCosts: [1, 1], unitCosts: [1, 2, 2, 1], cases: [DemandScenario(probability: 1, demands: [1, 1])])
        }
        var tiered = problem()
        tiered.tiers = [TieredProblem.Tier(fixedCosts: [1], unitCosts: [1, 1])]
        tiered.budget = 5
        #expect(throws: PlacementError.unsupported(what: "several tiers", with: "a budget")) {
            try FacilitySolver.solve(tiered)
        }
        var worst = problem()
        worst.objective = .worstCost
        worst.cases.append(DemandScenario(probability: 1, demands: [2, 2]))
        worst.capacities = [4, 4]
        #expect(throws: PlacementError.self) { try FacilitySolver.solve(worst) }
        var short = problem()
        short.fallback = [1, 2, 3]
        #expect(throws: PlacementError.shape(what: "fallback costs", count: 3, expected: 2)) {
            try FacilitySolver.solve(short)
        }
        var uneven = problem()
        uneven.cases.append(DemandScenario(probability: 1, demands: [1]))
        #expect(throws: PlacementError.self) { try FacilitySolver.solve(uneven) }
        var huge = problem()
        huge.cases[0].demands[1] = 1e308
        #expect(throws: PlacementError.tooLarge(what: "demand", position: 1, value: 1e308)) {
            try FacilitySolver.solve(huge)
        }
        var few = problem()
        few.minimumSites = 3
        #expect(throws: PlacementError.siteCount(minimum: 3, maximum: 2, required: 0, allowed: 2)) {
            try FacilitySolver.solve(few)
        }
    }
}
