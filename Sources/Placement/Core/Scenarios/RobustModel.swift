/// The robust problem as branch and bound sees it: the worst scenario is relaxed into a weighted mean of all, with
/// weights that are multipliers like those of the clients.
struct RobustModel: SiteModel {
    let problem: RobustProblem
    private(set) var bound = -Double.infinity
    private(set) var subgradient: [Double]
    private var reduced: [Double]
    private var selection: SiteSelection

    init(_ problem: RobustProblem) {
        self.problem = problem
        reduced = [Double](repeating: 0, count: problem.siteCount)
        selection = SiteSelection(problem.rules)
        subgradient = [Double](repeating: 0, count: problem.multiplierCount)
    }

    var siteCount: Int { problem.siteCount }
    var firstState: [Int8] { problem.rules.firstState }
    var isIntegral: Bool { false }
    var chosen: [Int32] { selection.chosen }
    var isChosen: [Bool] { selection.isChosen }
    private var m: Int { problem.clientCount }
    private var offset: Int { problem.scenarioCount * m }

    func clamp(_ lambda: inout [Double]) { problem.project(&lambda) }

    @discardableResult
    mutating func evaluate(_ lambda: [Double], state: [Int8]) -> Double {
        for j in 0..<siteCount { reduced[j] = problem.fixedCosts[j] }
        var sum = 0.0
        for s in 0..<problem.scenarioCount {
            let weight = lambda[offset + s] / problem.unit
            let costs = problem.costs[s]
            sum -= weight * problem.allowances[s]
            for i in 0..<m {
                let price = lambda[s * m + i]
                sum += price + min(0, weight * problem.fallback[s][i] - price)
                for j in 0..<siteCount where costs[j * m + i] < .infinity {
                    let saving = weight * costs[j * m + i] - price
                    if saving < 0 { reduced[j] += saving }
                }
            }
        }
        if problem.rules.budget != nil { sum += selection.charge(&reduced, lambda[lambda.count - 1]) }
        bound = sum + selection.choose(reduced, state: state)
        if bound < .infinity { count(lambda) }
        return bound
    }

    private mutating func count(_ lambda: [Double]) {
        for s in 0..<problem.scenarioCount {
            let weight = lambda[offset + s] / problem.unit
            let costs = problem.costs[s]
            var spent = -problem.allowances[s]
            for i in 0..<m {
                let price = lambda[s * m + i]
                var served = 0.0
                if weight * problem.fallback[s][i] < price {
                    served += 1
                    spent += problem.fallback[s][i]
                }
                for j in chosen {
                    let cost = costs[Int(j) * m + i]
                    if cost < .infinity, weight * cost < price {
                        served += 1
                        spent += cost
                    }
                }
                subgradient[s * m + i] = 1 - served
            }
            subgradient[offset + s] = spent / problem.unit
        }
        // The weights always add up to one: only what sets the scenarios apart moves them.
        let mean =
            (0..<problem.scenarioCount).reduce(0) { $0 + subgradient[offset + $1] }
            / Double(problem.scenarioCount)
        for s in 0..<problem.scenarioCount { subgradient[offset + s] -= mean }
        if problem.rules.budget != nil {
            subgradient[subgradient.count - 1] = selection.overspent(at: lambda[lambda.count - 1])
        }
    }

    func forcedBound(_ site: Int) -> Double { bound + selection.rise(forcing: site, reduced) }

    // MARK: - Choices

    /// From all sites downwards; every scenario weighs the same at first.
    mutating func start() -> (choice: SiteChoice, multipliers: [Double]) {
        let weight = 1 / Double(problem.scenarioCount)
        var lambda: [Double] = []
        for s in 0..<problem.scenarioCount {
            for i in 0..<m {
                let costs = (0..<siteCount).map { problem.costs[s][$0 * m + i] }.filter { $0 < .infinity }.sorted()
                lambda.append(weight * (costs.count > 1 ? 0.5 * (costs[0] + costs[1]) : costs.first ?? 0))
            }
        }
        lambda += [Double](repeating: weight * problem.unit, count: problem.scenarioCount)
        lambda += [Double](repeating: 0, count: problem.rules.extraMultipliers)
        evaluate(lambda, state: firstState)
        let all = (0..<siteCount).filter { !problem.rules.forbidden[$0] }
        let first = improve(all, below: .infinity, isThorough: true)
        let second = improve(chosen.map(Int.init), below: .infinity, isThorough: true)
        let none = SiteChoice(sites: [], cost: .infinity)
        let (a, b) = (first ?? none, second ?? none)
        return (a.cost <= b.cost ? a : b, lambda)
    }

    mutating func improve(_ sites: [Int], below best: Double, isThorough: Bool) -> SiteChoice? {
        var choice = SiteChoice(sites: sites.sorted(), cost: problem.cost(of: sites), work: 1)
        guard isThorough || choice.cost < best else { return nil }
        let order = (0..<siteCount).filter { !problem.rules.forbidden[$0] }
            .sorted { (reduced[$0], $0) < (reduced[$1], $1) }
        for _ in 0..<30 {
            var found: (sites: [Int], cost: Double)?
            func look(_ sites: [Int]) {
                let cost = problem.cost(of: sites)
                choice.work += 1
                if cost < min(choice.cost, found?.cost ?? .infinity) { found = (sites.sorted(), cost) }
            }
            let closed = order.lazy.filter { [sites = choice.sites] in !sites.contains($0) }.prefix(10)
            for site in closed { look(choice.sites + [site]) }
            for site in choice.sites { look(choice.sites.filter { $0 != site }) }
            if found == nil {
                for out in choice.sites { for site in closed { look(choice.sites.filter { $0 != out } + [site]) } }
            }
            guard let found else { break }
            (choice.sites, choice.cost) = (found.sites, found.cost)
        }
        return choice.cost < .infinity ? choice : nil
    }

    /// The worst scenario alone, with each client paying for its own service, proves the cost of the only choice.
    mutating func settle(_ state: [Int8]) -> (choice: SiteChoice, multipliers: [Double]) {
        let open = (0..<siteCount).filter { state[$0] > 0 }
        var lambda = [Double](repeating: 0, count: problem.multiplierCount)
        // With a price on clients out of reach, as the relaxation has it.
        func service(_ s: Int, _ i: Int) -> Double {
            open.reduce(problem.fallback[s][i]) { min($0, problem.costs[s][$1 * m + i]) }
        }
        let priced = (0..<problem.scenarioCount).map { s in
            (0..<m).reduce(-problem.allowances[s]) { $0 + service(s, $1) }
        }
        if let worst = priced.indices.max(by: { priced[$0] < priced[$1] }) {
            lambda[offset + worst] = problem.unit
            for i in 0..<m { lambda[worst * m + i] = service(worst, i) }
        }
        return (SiteChoice(sites: open, cost: problem.cost(of: open)), lambda)
    }
}

/// The relaxation of a robust problem, computed plainly, for the certificate.
struct RelaxedRobust: RelaxedCase {
    private let sites: RelaxedSites

    /// Nil where a multiplier is not a number or no scenario has weight.
    init?(_ problem: RobustProblem, _ lambda: [Double], _ state: [Int8]) {
        guard lambda.allSatisfy(\.isFinite) else { return nil }
        let (m, count) = (problem.clientCount, problem.scenarioCount)
        let weights = lambda[(count * m)..<(count * (m + 1))].map { max(0, $0) }
        let whole = weights.reduce(0, +)
        guard whole > 0 else { return nil }
        var total = SumWithMagnitude()
        var reduced = problem.fixedCosts
        var size = 0.0
        for s in 0..<count {
            let weight = weights[s] / whole
            total.add(-weight * problem.allowances[s])
            for i in 0..<m {
                total.add(lambda[s * m + i])
                total.add(min(0, weight * problem.fallback[s][i] - lambda[s * m + i]))
            }
        }
        for site in 0..<problem.siteCount where state[site] >= 0 {
            var sum = SumWithMagnitude()
            sum.add(problem.fixedCosts[site])
            for s in 0..<count {
                let weight = weights[s] / whole
                for i in 0..<m where problem.costs[s][site * m + i] < .infinity {
                    sum.add(min(0, weight * problem.costs[s][site * m + i] - lambda[s * m + i]))
                }
            }
            reduced[site] = sum.value
            size += sum.magnitude
        }
        sites = RelaxedSites(
            base: total.value, prices: reduced, rules: problem.rules, multipliers: lambda[(count * (m + 1))...],
            margin: (16 + 2 * Double(count)) * Double.ulpOfOne * (size + total.magnitude))
    }

    func value(_ state: [Int8]) -> Double { sites.value(state) }
}

extension BoundCertificate {
    /// As for `FacilityProblem`.
    public func bound(for problem: RobustProblem) -> Double {
        bound(problem.rules.firstState, multipliers: problem.multiplierCount) { RelaxedRobust(problem, $0, $1) }
    }
}

/// The choice whose worst scenario is least bad, with the proof of how good it is.
public struct RobustSolution: Sendable, Equatable {
    public var sites: [Int]
    public var cost: Double
    /// Cost of every scenario, that of the sites included, without the allowances.
    public var scenarioCosts: [Double]
    public var lowerBound: Double
    public var certificate: BoundCertificate
    public var steps: Int
    public var cases: Int
    public var stopReason: StopReason

    public var gap: Double { FacilitySolver.gap(cost, lowerBound) }
}

extension FacilitySolver {
    /// Solves a robust problem: branch and bound over weighted means of the scenarios.
    public static func solve(
        _ problem: RobustProblem, limits: SearchLimits = SearchLimits(),
        shouldStop: @escaping (SearchProgress) -> Bool = { _ in false }
    ) throws(PlacementError) -> RobustSolution {
        var search = BranchAndBound(RobustModel(problem), limits: limits, shouldStop: shouldStop)
        search.run()
        let (sites, cost) = (search.choice.sites, search.choice.cost)
        guard cost < .infinity else {
            guard search.isComplete else { throw .noSolutionWithinLimits }
            if let budget = problem.rules.budget {
                let least = try solve(
                    FacilityProblem(problem, rules: problem.rules.withoutBudget()), limits: limits,
                    shouldStop: shouldStop)
                throw .tooSmallBudget(budget: budget.limit, needed: budget.outlay(least.sites))
            }
            throw .tooFewSites(maximum: problem.rules.maximum, region: 0)
        }
        let bound = min(cost, search.certificate.bound(for: problem))
        let fixed = sites.reduce(0) { $0 + problem.fixedCosts[$1] }
        return RobustSolution(
            sites: sites, cost: cost,
            scenarioCosts: (0..<problem.scenarioCount).map { fixed + problem.service($0, sites) },
            lowerBound: bound, certificate: search.certificate, steps: search.steps, cases: search.cases,
            stopReason: cost - bound <= 2 * tolerance * max(1, abs(cost))
                ? .proved : search.steps >= limits.steps ? .workLimit : .stopped)
    }
}

extension FacilityProblem {
    /// The first scenario alone: who can reach whom is the same in all.
    fileprivate init(_ problem: RobustProblem, rules: SiteRules) throws(PlacementError) {
        try self.init(
            fixedCosts: problem.fixedCosts, costs: problem.costs[0], clientCount: problem.clientCount)
        self.rules = rules
    }
}
