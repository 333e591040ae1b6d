import NumericCore
import Testing

@testable import Placement

/// Every subset of the first `count` numbers.
private func subsets(_ count: Int) -> [[Int]] {
    (0..<1 << count).map { mask in (0..<count).filter { mask >> $0 & 1 == 1 } }
}

private func randomRules(_ random: inout RandomStream, sites: Int, money: [Double]) -> (
    least: Int, most: Int?, required: [Int], forbidden: [Int], budget: SiteBudget?, alternatives: [[Int]]
) {
    let least = random.bernoulli(0.3) ? random.integer(below: 3) : 0
    let most = random.bernoulli(0.3) ? 1 + random.integer(below: sites) : nil
    let required = random.bernoulli(0.2) ? [random.integer(below: sites)] : []
    let forbidden = random.bernoulli(0.2) ? [random.integer(below: sites)] : []
    let budget =
        random.bernoulli(0.5)
        ? SiteBudget(outlays: money, limit: money.reduce(0, +) * (0.2 + 0.6 * random.uniform())) : nil
    let alternatives = random.bernoulli(0.4) && sites > 3 ? [[0, 1], [2, 3]] : []
    return (least, most, required, forbidden, budget, alternatives)
}

@Suite("Rules for sites against all subsets")
struct RuleTests {
    @Test("budgets, opened and forbidden sites: the best subset, proved; or the rule that binds", arguments: 0..<20)
    func facility(block: Int) throws {
        for seed in block * 50..<block * 50 + 50 {
            var random = draws("rules", seed)
            let (n, m) = (2 + random.integer(below: 6), 1 + random.integer(below: 8))
            let money = (0..<n).map { _ in Double(random.integer(below: 10)) }
            let rules = randomRules(&random, sites: n, money: money)
            let problem: FacilityProblem
            do {
                problem = try FacilityProblem(
                    fixedCosts: (0..<n).map { _ in 8 * random.uniform() },
                    costs: (0..<n * m).map { _ in random.bernoulli(0.15) ? .infinity : 10 * random.uniform() },
                    fallback: random.bernoulli(0.5) ? nil : (0..<m).map { _ in 15 * random.uniform() }, clientCount: m,
                    minimumSites: rules.least, maximumSites: rules.most, required: rules.required,
                    forbidden: rules.forbidden, budget: rules.budget)
            } catch { continue }
            let allowed = subsets(n).filter { problem.rules.allows($0) }
            // The rules as they are written, told apart from the code that reads them.
            for sites in subsets(n) {
                let isFine =
                    sites.count >= max(rules.least, rules.required.count) && sites.count <= rules.most ?? n
                    && rules.required.allSatisfy(sites.contains) && !rules.forbidden.contains(where: sites.contains)
                    && (rules.budget.map { b in sites.reduce(0) { $0 + b.outlays[$1] } <= b.limit } ?? true)
                #expect(problem.rules.allows(sites) == isFine, "seed \(seed), \(sites)")
            }
            let best = allowed.map { problem.cost(of: $0) }.min() ?? .infinity
            guard best < .infinity else {
                do {
                    _ = try FacilitySolver.solve(problem)
                    Issue.record("seed \(seed): a choice was found where there is none")
                } catch {
                    if case .tooSmallBudget(_, let needed) = error {
                        #expect(needed > rules.budget?.limit ?? .infinity, "seed \(seed)")
                    }
                }
                continue
            }
            let solution = try FacilitySolver.solve(problem)
            #expect(abs(solution.cost - best) < 1e-7 && solution.stopReason == .proved, "seed \(seed)")
            #expect(problem.rules.allows(solution.sites), "seed \(seed)")
            #expect(solution.certificate.bound(for: problem) <= best + 1e-9, "seed \(seed)")
        }
    }

    @Test("capacities with sizes to choose from, budgets and scenarios: the best subset, proved", arguments: 0..<60)
    func capacitated(block: Int) throws {
        for seed in block * 10..<block * 10 + 10 {
            var random = draws("capacitated rules", seed)
            let (n, m) = (2 + random.integer(below: 5), 1 + random.integer(below: 5))
            let money = (0..<n).map { _ in Double(1 + random.integer(below: 9)) }
            let rules = randomRules(&random, sites: n, money: money)
            let scenarios = (0..<1 + random.integer(below: 3)).map { _ in
                DemandScenario(
                    probability: 0.1 + random.uniform(), demands: (0..<m).map { _ in Double(random.integer(below: 6)) })
            }
            let largest = scenarios.map { $0.demands.reduce(0, +) }.max() ?? 0
            let problem: CapacitatedProblem
            do {
                problem = try CapacitatedProblem.expected(
                    fixedCosts: (0..<n).map { _ in 20 * random.uniform() },
                    capacities: (0..<n).map { _ in largest * (0.2 + 0.8 * random.uniform()) },
                    unitCosts: (0..<n * m).map { _ in random.bernoulli(0.1) ? .infinity : 8 * random.uniform() },
                    scenarios: scenarios, minimumSites: rules.least, maximumSites: rules.most,
                    required: rules.required, forbidden: rules.forbidden, budget: rules.budget,
                    alternatives: rules.alternatives)
            } catch { continue }
            let best = subsets(n).filter { problem.rules.allows($0) }.map { Service(problem, open: $0).cost }.min()
            guard let best, best < .infinity else {
                #expect(throws: PlacementError.self, "seed \(seed)") { try FacilitySolver.solve(problem) }
                continue
            }
            let solution = try FacilitySolver.solve(problem)
            #expect(abs(solution.cost - best) < 1e-6 && solution.stopReason == .proved, "seed \(seed)")
            #expect(problem.rules.allows(solution.sites), "seed \(seed)")
            #expect(solution.certificate.bound(for: problem) <= best + 1e-6, "seed \(seed)")
        }
    }

    @Test("rules that contradict each other are named")
    func contradictions() {
        let budget = SiteBudget(outlays: [4, 5, 6], limit: 8)
        #expect(throws: PlacementError.tooSmallBudget(budget: 8, needed: 9)) {
            try SiteRules(siteCount: 3, minimum: 2, budget: budget)
        }
        #expect(throws: PlacementError.siteCount(minimum: 3, maximum: 2, required: 0, allowed: 2)) {
            try SiteRules(siteCount: 3, minimum: 3, alternatives: [[0, 1]])
        }
        #expect(throws: PlacementError.value(what: "outlay", position: 1, value: -1)) {
            try SiteRules(siteCount: 2, budget: SiteBudget(outlays: [1, -1], limit: 8))
        }
        #expect(throws: PlacementError.contradictorySite(1)) {
            try SiteRules(siteCount: 3, alternatives: [[0, 1], [1, 2]])
        }
    }
}

@Suite("Single sourcing and location with inventory against all assignments")
struct SingleSourceTests {
    /// The least cost over every assignment and every set of sites that the rules allow.
    private func bruteForce(_ problem: SingleSourceProblem) -> Double {
        let (n, m) = (problem.siteCount, problem.clientCount)
        var best = Double.infinity
        let allowed = subsets(n).filter { problem.rules.allows($0) }
        guard !allowed.isEmpty else { return best }
        var assignment = [Int](repeating: 0, count: m)
        while true {
            let used = Set(assignment)
            for sites in allowed where used.isSubset(of: sites) {
                var served = [[Int]](repeating: [], count: n)
                for (client, site) in assignment.enumerated() { served[site].append(client) }
                var cost = 0.0
                for site in sites {
                    let load = served[site].reduce(0) { $0 + problem.demands[$1] }
                    guard load <= problem.capacities[site] + 1e-9 else {
                        cost = .infinity
                        break
                    }
                    cost += problem.fixedCosts[site]
                    var (mean, variance) = (0.0, 0.0)
                    for i in served[site] {
                        cost += problem.costs[site * m + i]
                        if let stock = problem.stock {
                            mean += stock.means[i]
                            for k in served[site] { variance += stock.covariance[i * m + k] }
                        }
                    }
                    if let stock = problem.stock {
                        cost +=
                            stock.working[site] * mean.squareRoot()
                            + stock.safety[site] * max(0, variance).squareRoot()
                    }
                }
                best = min(best, cost)
            }
            guard let place = assignment.lastIndex(where: { $0 < n - 1 }) else { return best }
            assignment[place] += 1
            for later in (place + 1)..<m { assignment[later] = 0 }
        }
    }

    private func check(_ problem: SingleSourceProblem, _ seed: Int) throws -> Bool {
        let best = bruteForce(problem)
        guard best < .infinity else {
            #expect(throws: PlacementError.self, "seed \(seed)") { try FacilitySolver.solve(problem) }
            return false
        }
        let solution = try FacilitySolver.solve(problem)
        #expect(abs(solution.cost - best) < 1e-6, "seed \(seed): \(solution.cost) against \(best)")
        #expect(solution.stopReason == .proved, "seed \(seed): \(solution.lowerBound) for \(best)")
        let bound = solution.certificate.bound(for: problem)
        #expect(bound <= best + 1e-6 && bound >= solution.lowerBound - 1e-9, "seed \(seed)")
        #expect(problem.cost(of: solution.sites, assignment: solution.assignment) == solution.cost)
        let parts = solution.costs
        #expect(abs(parts.fixed + parts.service + parts.workingStock + parts.safetyStock - parts.total) < 1e-9)
        return true
    }

    @Test("each client from one site within capacities", arguments: 0..<50)
    func capacities(block: Int) throws {
        var feasible = 0
        for seed in block * 20..<block * 20 + 20 {
            var random = draws("single source", seed)
            let (n, m) = (2 + random.integer(below: 3), 1 + random.integer(below: 6))
            let demands = (0..<m).map { _ in Double(random.integer(below: 7)) }
            let total = demands.reduce(0, +)
            let money = (0..<n).map { _ in Double(1 + random.integer(below: 9)) }
            let rules = randomRules(&random, sites: n, money: money)
            let isTight = random.bernoulli(0.5)
            guard
                let problem = try? SingleSourceProblem(
                    fixedCosts: (0..<n).map { _ in 15 * random.uniform() },
                    costs: (0..<n * m).map { _ in random.bernoulli(0.1) ? .infinity : 20 * random.uniform() },
                    demands: demands,
                    capacities: (0..<n).map { _ in ((isTight ? 0.4 : 0.8) * total * (0.5 + random.uniform())).rounded()
                    },
                    minimumSites: rules.least, maximumSites: rules.most, required: rules.required,
                    forbidden: rules.forbidden, budget: rules.budget, alternatives: rules.alternatives)
            else { continue }
            if try check(problem, seed) { feasible += 1 }
        }
        #expect(feasible > 0)
    }

    @Test("stock pooled by site, with covariances of either sign", arguments: 0..<50)
    func inventory(block: Int) throws {
        for seed in block * 20..<block * 20 + 20 {
            var random = draws("inventory", seed)
            let (n, m) = (2 + random.integer(below: 3), 1 + random.integer(below: 5))
            // Loadings on two common factors and a part of each client's own make a true covariance matrix.
            let isMixed = random.bernoulli(0.4)
            let loadings = (0..<2 * m).map { _ in 3 * random.uniform() - (isMixed ? 1.5 : 0) }
            let own = (0..<m).map { _ in 4 * random.uniform() }
            var covariance = [Double](repeating: 0, count: m * m)
            for i in 0..<m {
                for k in 0..<m {
                    covariance[i * m + k] =
                        loadings[2 * i] * loadings[2 * k] + loadings[2 * i + 1] * loadings[2 * k + 1]
                        + (i == k ? own[i] : 0)
                }
            }
            let stock = try PooledStock(
                working: (0..<n).map { _ in 2 * random.uniform() }, safety: (0..<n).map { _ in 3 * random.uniform() },
                means: (0..<m).map { _ in 10 * random.uniform() },
                covariance: random.bernoulli(0.2) ? own : covariance)
            let problem = try SingleSourceProblem(
                fixedCosts: (0..<n).map { _ in 10 * random.uniform() },
                costs: (0..<n * m).map { _ in 12 * random.uniform() }, demands: stock.means,
                capacities: random.bernoulli(0.3) ? [Double](repeating: stock.means.reduce(0, +), count: n) : nil,
                stock: stock)
            _ = try check(problem, seed)
        }
    }

    @Test("clients whose variance goes with their mean: one more warehouse pays for the stock it breaks up")
    func pooling() throws {
        // Two equal clients, each beside its own site: apart they need root 2 times the safety stock of both together.
        let stock = try PooledStock(working: [0, 0], safety: [10, 10], means: [4, 4], covariance: [1, 1])
        func solve(_ haul: Double) throws -> SingleSourceSolution {
            try FacilitySolver.solve(
                SingleSourceProblem(
                    fixedCosts: [1, 1], costs: [0, haul, haul, 0], demands: [4, 4], stock: stock))
        }
        // Apart: 2 + 20; together: 1 + 10 root 2 + haul.
        let edge = 22 - 1 - 10 * 2.0.squareRoot()
        #expect(try solve(edge - 0.01).sites.count == 1)
        #expect(try solve(edge + 0.01).sites.count == 2)
    }

    @Test("what cannot be served from one site each is named")
    func errors() throws {
        #expect(throws: PlacementError.tooLargeDemand(region: 1, demand: 9, capacity: 5)) {
            try SingleSourceProblem(fixedCosts: [1, 1], costs: [1, 1, 1, 1], demands: [1, 9], capacities: [5, 5])
        }
        // Three thirds of 4 do not go into two rooms of 6.
        let split = try SingleSourceProblem(
            fixedCosts: [1, 1], costs: [1, 1, 1, 1, 1, 1], demands: [4, 4, 4], capacities: [6, 6])
        #expect(throws: PlacementError.noSingleSource(capacity: 12, demand: 12)) { try FacilitySolver.solve(split) }
        #expect(throws: PlacementError.asymmetric(what: "covariance", row: 1, column: 0, one: 0.5, other: 0)) {
            try PooledStock(working: [1], safety: [1], means: [1, 1], covariance: [1, 0, 0.5, 1])
        }
        #expect(throws: PlacementError.self) {
            try PooledStock(working: [1], safety: [1], means: [1, 1], covariance: [1, 2, 2, 1])
        }
    }

    @Test("a knapsack's bound is the best set's value", arguments: 0..<40)
    func knapsack(seed: Int) {
        var random = draws("knapsack", seed)
        for _ in 0..<20 {
            let count = random.integer(below: 11)
            let items = (0..<count).map { k in
                (value: Double(1 + random.integer(below: 30)), size: Double(random.integer(below: 12)), item: Int32(k))
            }
            let room = Double(random.integer(below: 40))
            let best =
                subsets(count).filter { $0.reduce(0) { $0 + items[$1].size } <= room }
                .map { $0.reduce(0) { $0 + items[$1].value } }.max() ?? 0
            let knapsack = Knapsack(items, room: room)
            #expect(abs(knapsack.bound - best) < 1e-9, "seed \(seed)")
            #expect(knapsack.chosen.reduce(0) { $0 + items[Int($1)].value } == best, "seed \(seed)")
            #expect(Knapsack(items, room: room, limit: 1).bound >= best, "seed \(seed)")
        }
    }
}

@Suite("Uncertain demand and several tiers against all subsets")
struct RobustAndTierTests {
    @Test("the worst scenario, or the worst regret, is least bad", arguments: 0..<60)
    func robust(block: Int) throws {
        for seed in block * 10..<block * 10 + 10 {
            var random = draws("robust", seed)
            let (n, m) = (2 + random.integer(below: 5), 1 + random.integer(below: 6))
            let scenarios = (0..<1 + random.integer(below: 4)).map { _ in
                DemandScenario(probability: 1, demands: (0..<m).map { _ in 5 * random.uniform() })
            }
            let unit = (0..<n * m).map { _ in random.bernoulli(0.1) ? Double.infinity : 5 * random.uniform() }
            let fallback = random.bernoulli(0.5) ? (0..<m).map { _ in 8 * random.uniform() } : nil
            let fixed = (0..<n).map { _ in 10 * random.uniform() }
            let money = (0..<n).map { _ in Double(1 + random.integer(below: 9)) }
            let rules = randomRules(&random, sites: n, money: money)
            let isRegret = random.bernoulli(0.5)
            var problem: RobustProblem
            do {
                func make(_ allowances: [Double]?) throws(PlacementError) -> RobustProblem {
                    try RobustProblem(
                        fixedCosts: fixed, unitCosts: unit, fallback: fallback, scenarios: scenarios,
                        allowances: allowances, minimumSites: rules.least, maximumSites: rules.most,
                        required: rules.required, forbidden: rules.forbidden, budget: rules.budget)
                }
                problem = try make(nil)
                if isRegret {
                    let own = scenarios.indices.map { s in
                        subsets(n).filter { problem.rules.allows($0) }.map { sites in
                            sites.reduce(0) { $0 + fixed[$1] } + problem.service(s, sites)
                        }.min() ?? .infinity
                    }
                    guard own.allSatisfy({ $0 < .infinity }) else { continue }
                    problem = try make(own)
                }
            } catch { continue }
            // Added up from the unit costs, not by the problem's own sum.
            let best =
                subsets(n).filter { problem.rules.allows($0) }.map { sites -> Double in
                    let worst =
                        scenarios.indices.map { s -> Double in
                            (0..<m).reduce(-problem.allowances[s]) { sum, i in
                                let costs = sites.map { unit[$0 * m + i] } + (fallback.map { [$0[i]] } ?? [])
                                let least = costs.min() ?? .infinity
                                return sum + (least < .infinity ? least * scenarios[s].demands[i] : .infinity)
                            }
                        }.max() ?? 0
                    return worst + sites.reduce(0) { $0 + fixed[$1] }
                }.min() ?? .infinity
            guard best < .infinity else {
                #expect(throws: PlacementError.self, "seed \(seed)") { try FacilitySolver.solve(problem) }
                continue
            }
            let solution = try FacilitySolver.solve(problem)
            #expect(abs(solution.cost - best) < 1e-6, "seed \(seed): \(solution.cost) against \(best)")
            #expect(solution.stopReason == .proved, "seed \(seed): \(solution.lowerBound) for \(best)")
            #expect(solution.certificate.bound(for: problem) <= best + 1e-7, "seed \(seed)")
        }
    }

    @Test("the expected cost over scenarios is the mean of their costs", arguments: 0..<20)
    func expected(seed: Int) throws {
        var random = draws("expected", seed)
        let (n, m) = (5, 7)
        let unit = (0..<n * m).map { _ in 5 * random.uniform() }
        let fixed = (0..<n).map { _ in 8 * random.uniform() }
        let scenarios = (0..<3).map { _ in
            DemandScenario(probability: random.uniform(), demands: (0..<m).map { _ in 5 * random.uniform() })
        }
        let whole = scenarios.reduce(0) { $0 + $1.probability }
        let problem = try FacilityProblem.expected(fixedCosts: fixed, unitCosts: unit, scenarios: scenarios)
        for sites in subsets(n) where !sites.isEmpty {
            let mean = scenarios.reduce(0) { sum, scenario in
                sum + scenario.probability / whole
                    * (0..<m).reduce(0) { inner, i in
                        inner + scenario.demands[i] * (sites.map { unit[$0 * m + i] }.min() ?? 0)
                    }
            }
            #expect(abs(problem.cost(of: sites) - mean - sites.reduce(0) { $0 + fixed[$1] }) < 1e-9)
        }
        #expect(try FacilitySolver.solve(problem).stopReason == .proved)
    }

    @Test("two and three tiers: the best of all subsets of all tiers, proved", arguments: 0..<60)
    func tiers(block: Int) throws {
        for seed in block * 10..<block * 10 + 10 {
            var random = draws("tiers", seed)
            let counts = (0..<1 + random.integer(below: 2)).map { _ in 1 + random.integer(below: 3) }
            let (n, m) = (1 + random.integer(below: 4), 1 + random.integer(below: 5))
            func list(_ count: Int, _ scale: Double, _ gaps: Double) -> [Double] {
                (0..<count).map { _ in random.bernoulli(gaps) ? .infinity : scale * random.uniform() }
            }
            let tiers = counts.indices.map { t in
                TieredProblem.Tier(
                    fixedCosts: list(counts[t], 10, 0),
                    unitCosts: list(counts[t] * (t + 1 < counts.count ? counts[t + 1] : n), 3, 0.1),
                    maximumSites: random.bernoulli(0.3) ? 1 : nil, required: random.bernoulli(0.2) ? [0] : [],
                    forbidden: random.bernoulli(0.2) && counts[t] > 1 ? [1] : [])
            }
            let most = random.bernoulli(0.3) ? 1 + random.integer(below: n) : nil
            let problem = try TieredProblem(
                tiers: tiers, frontFixedCosts: list(n, 6, 0), costs: list(n * m, 8, 0.1),
                volumes: list(m, 4, 0), maximumFronts: most)
            let best = bruteForce(problem, most)
            guard best < .infinity else {
                #expect(throws: PlacementError.self, "seed \(seed)") { try FacilitySolver.solve(problem) }
                continue
            }
            let solution = try FacilitySolver.solve(problem)
            #expect(abs(solution.cost - best) < 1e-7, "seed \(seed): \(solution.cost) against \(best)")
            #expect(solution.stopReason == .proved, "seed \(seed): \(solution.lowerBound) for \(best)")
            #expect(solution.certificate.bound(for: problem) <= best + 1e-7, "seed \(seed)")
        }
    }

    /// Every set of open sites in every tier; goods take the cheapest open way, found by trying all of them.
    private func bruteForce(_ problem: TieredProblem, _ most: Int?) -> Double {
        let upper = problem.upperCount
        let (n, m) = (problem.frontFixedCosts.count, problem.volumes.count)
        var best = Double.infinity
        for above in subsets(upper) {
            var isAllowed = true
            var start = 0
            for tier in problem.tiers {
                let open = above.filter { $0 >= start && $0 < start + tier.fixedCosts.count }.map { $0 - start }
                if open.count > tier.maximumSites ?? .max || !tier.required.allSatisfy(open.contains)
                    || tier.forbidden.contains(where: open.contains)
                {
                    isAllowed = false
                }
                start += tier.fixedCosts.count
            }
            guard isAllowed else { continue }
            func way(_ tier: Int, _ site: Int, _ start: Int) -> Double {
                // Cheapest cost of a unit from the top to this site; tier == tiers.count are the fronts.
                guard tier > 0 else { return above.contains(site) ? 0 : .infinity }
                let own = problem.tiers[tier - 1]
                let width = tier == problem.tiers.count ? n : problem.tiers[tier].fixedCosts.count
                if tier < problem.tiers.count, !above.contains(start + site) { return .infinity }
                let before = start - own.fixedCosts.count
                return (0..<own.fixedCosts.count).map { a in
                    above.contains(before + a) ? way(tier - 1, a, before) + own.unitCosts[a * width + site] : .infinity
                }.min() ?? .infinity
            }
            let ways = (0..<n).map { way(problem.tiers.count, $0, upper) }
            let fixed = above.reduce(0) { $0 + problem.upperFixedCost($1) }
            for fronts in subsets(n) where fronts.count <= most ?? n {
                var cost = fixed + fronts.reduce(0) { $0 + problem.frontFixedCosts[$1] }
                for i in 0..<m {
                    cost += fronts.map { problem.costs[$0 * m + i] + problem.volumes[i] * ways[$0] }.min() ?? .infinity
                }
                if cost.isFinite { best = min(best, cost) }
            }
        }
        return best
    }
}
