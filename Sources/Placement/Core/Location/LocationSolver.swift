extension FacilitySolver {
    /// Solves any location problem with the solver that fits.
    ///
    /// - Parameter warm: sites and multipliers of an answer to much the same problem, where that is of the plain kind.
    public static func solve(
        _ problem: LocationProblem, limits: SearchLimits = SearchLimits(), from warm: WarmStart? = nil,
        shouldStop: @escaping (SearchProgress) -> Bool = { _ in false }
    ) throws(PlacementError) -> (solution: LocationSolution, warmStart: WarmStart?) {
        let door = LocationDoor(problem: problem, limits: limits, shouldStop: shouldStop)
        switch try problem.kind() {
        case .plain: return try door.plain(warm)
        case .robust: return (try door.robust(), nil)
        case .capacitated: return (try door.capacitated(), nil)
        case .singleSource: return (try door.singleSource(), nil)
        case .tiered: return (try door.tiered(), nil)
        }
    }
}

/// A location problem said in the words of each solver, and the answers said back.
private struct LocationDoor {
    let problem: LocationProblem
    let limits: SearchLimits
    let shouldStop: (SearchProgress) -> Bool

    private var n: Int { problem.siteCount }
    private var m: Int { problem.clientCount }
    private var budget: SiteBudget? { problem.budget.map { SiteBudget(outlays: problem.fixedCosts, limit: $0) } }

    /// Demand of the mean case.
    private func mean() throws(PlacementError) -> [Double] {
        let checked = try DemandScenario.checked(problem.cases, clients: m)
        return (0..<m).map { i in checked.reduce(0) { $0 + $1.probability * $1.demands[i] } }
    }

    private func fixed(_ sites: [Int]) -> Double {
        sites.reduce(0) { $0 + ($1 < n ? problem.fixedCosts[$1] : 0) }
    }

    func plain(_ warm: WarmStart?) throws(PlacementError) -> (LocationSolution, WarmStart?) {
        let facility = try FacilityProblem.expected(
            fixedCosts: problem.fixedCosts, unitCosts: problem.unitCosts, fallback: problem.fallback,
            scenarios: problem.cases, minimumSites: problem.minimumSites, maximumSites: problem.maximumSites,
            required: problem.required, forbidden: problem.forbidden, budget: budget)
        let found = try FacilitySolver.solve(facility, limits: limits, from: warm, shouldStop: shouldStop)
        var solution = LocationSolution(
            sites: found.sites, services: whole(found.assignment), objective: found.cost, costs: LocationCosts(),
            lowerBound: found.lowerBound, steps: found.steps, stopReason: found.stopReason)
        let fixed = fixed(found.sites)
        solution.costs = LocationCosts(fixed: fixed, service: found.cost - fixed)
        solution.caseCosts = nearestCosts(found.assignment, fixed)
        return (solution, found.warmStart)
    }

    /// Nobody has a reason to go elsewhere than to the cheapest: every case is served alike.
    private func whole(_ assignment: [Int?]) -> [LocationSolution.Service] {
        assignment.enumerated().map { .init(client: $0, site: $1, part: 1) }
    }

    private func nearestCosts(_ assignment: [Int?], _ fixed: Double) -> [Double] {
        problem.cases.map { one in
            (0..<m).reduce(fixed) { sum, i in
                guard one.demands[i] > 0 else { return sum }
                return sum + one.demands[i]
                    * (assignment[i].map { problem.unitCosts[$0 * m + i] } ?? problem.fallback?[i] ?? .infinity)
            }
        }
    }

    func robust() throws(PlacementError) -> LocationSolution {
        var allowances: [Double]?
        if problem.objective == .worstRegret {
            var own: [Double] = []
            for one in problem.cases {
                var alone = problem
                (alone.objective, alone.cases) = (.expected, [one])
                own.append(
                    try FacilitySolver.solve(alone, limits: limits, shouldStop: shouldStop).solution.objective)
            }
            allowances = own
        }
        let model = try RobustProblem(
            fixedCosts: problem.fixedCosts, unitCosts: problem.unitCosts, fallback: problem.fallback,
            scenarios: problem.cases, allowances: allowances, minimumSites: problem.minimumSites,
            maximumSites: problem.maximumSites, required: problem.required, forbidden: problem.forbidden,
            budget: budget)
        let found = try FacilitySolver.solve(model, limits: limits, shouldStop: shouldStop)
        let assignment = (0..<m).map { i -> Int? in
            var best = problem.fallback?[i] ?? .infinity
            var site: Int?
            for j in found.sites where problem.unitCosts[j * m + i] < best {
                (best, site) = (problem.unitCosts[j * m + i], j)
            }
            return site
        }
        let fixed = fixed(found.sites)
        let costs = nearestCosts(assignment, fixed)
        let weights = try DemandScenario.checked(problem.cases, clients: m).map(\.probability)
        let expected = zip(costs, weights).reduce(0) { $0 + $1.0 * $1.1 }
        return LocationSolution(
            sites: found.sites, services: whole(assignment), objective: found.cost,
            costs: LocationCosts(fixed: fixed, service: expected - fixed), caseCosts: costs,
            caseRegrets: allowances.map { zip(costs, $0).map { $0 - $1 } } ?? [], lowerBound: found.lowerBound,
            steps: found.steps, stopReason: found.stopReason)
    }

    /// The problem with one site more, the last, in place of the fallback: it is open at no cost and has room for all.
    private struct Widened {
        var fixedCosts: [Double]
        var unitCosts: [Double]
        var minimum: Int
        var maximum: Int?
        var required: [Int]
        var budget: SiteBudget?
    }

    private func widened() throws(PlacementError) -> Widened {
        var wide = Widened(
            fixedCosts: problem.fixedCosts, unitCosts: problem.unitCosts, minimum: problem.minimumSites,
            maximum: problem.maximumSites, required: problem.required, budget: budget)
        guard let fallback = problem.fallback else { return wide }
        // The rules are read before they are widened, so that what is wrong with them is told in the asker's numbers.
        _ = try SiteRules(
            siteCount: n, minimum: problem.minimumSites, maximum: problem.maximumSites, required: problem.required,
            forbidden: problem.forbidden, budget: budget, alternatives: problem.alternatives)
        wide.fixedCosts.append(0)
        wide.unitCosts += fallback
        wide.minimum += 1
        if let maximum = wide.maximum { wide.maximum = maximum + 1 }
        wide.required.append(n)
        wide.budget?.outlays.append(0)
        return wide
    }

    /// Capacities with a finite number where there is no limit.
    private func capacities(_ count: Int) throws(PlacementError) -> [Double] {
        guard problem.capacities == nil || problem.capacities?.count == n else {
            throw .shape(what: "capacities", count: problem.capacities?.count ?? 0, expected: n)
        }
        let most = problem.cases.map { $0.demands.reduce(0, +) }.max() ?? 0
        let own = problem.capacities ?? [Double](repeating: .infinity, count: n)
        return (own + [Double](repeating: .infinity, count: count - n)).map { $0 == .infinity ? most * 1.001 + 1 : $0 }
    }

    func capacitated() throws(PlacementError) -> LocationSolution {
        let wide = try widened()
        let model = try CapacitatedProblem.expected(
            fixedCosts: wide.fixedCosts, capacities: try capacities(wide.fixedCosts.count), unitCosts: wide.unitCosts,
            scenarios: problem.cases, minimumSites: wide.minimum, maximumSites: wide.maximum, required: wide.required,
            forbidden: problem.forbidden, budget: wide.budget, alternatives: problem.alternatives)
        let found = try FacilitySolver.solve(model, limits: limits, shouldStop: shouldStop)
        let mean = try mean()
        let checked = try DemandScenario.checked(problem.cases, clients: m)
        // Clients of the model are numbered case after case; parts are of the mean demand.
        var parts = [[Int: Double]](repeating: [:], count: m)
        var caseCosts = [Double](repeating: fixed(found.sites), count: checked.count)
        var split = Set<Int>()
        func add(_ client: Int, _ site: Int, _ part: Double) {
            let (one, i) = (client / m, client % m)
            let units = part * checked[one].demands[i]
            guard units > 0 else { return }
            caseCosts[one] += units * wide.unitCosts[site * m + i]
            // A case of no probability has no part in the mean.
            if mean[i] > 0 { parts[i][site, default: 0] += checked[one].probability * units / mean[i] }
        }
        for one in found.splits {
            split.insert(one.client)
            add(one.client, one.site, one.part)
        }
        for (client, site) in found.assignment.enumerated() where !split.contains(client) { add(client, site, 1) }
        let services = (0..<m).flatMap { i -> [LocationSolution.Service] in
            // Without demand any site will do: the one of the first case.
            if parts[i].isEmpty { return [.init(client: i, site: own(found.assignment[i]), part: 1)] }
            return parts[i].keys.sorted().map { .init(client: i, site: own($0), part: parts[i][$0] ?? 0) }
        }
        let fixed = fixed(found.sites)
        return LocationSolution(
            sites: found.sites.filter { $0 < n }, services: services, objective: found.cost,
            costs: LocationCosts(fixed: fixed, service: found.cost - fixed), caseCosts: caseCosts,
            lowerBound: found.lowerBound, steps: found.steps, stopReason: found.stopReason)
    }

    private func own(_ site: Int) -> Int? { site < n ? site : nil }

    func singleSource() throws(PlacementError) -> LocationSolution {
        let wide = try widened()
        let demands = try mean()
        var stock = problem.stock
        if problem.fallback != nil {
            // What no site serves is part of a pool that is there anyway.
            stock?.working.append(0)
            stock?.safety.append(0)
        }
        let count = wide.fixedCosts.count
        let model = try SingleSourceProblem(
            fixedCosts: wide.fixedCosts,
            costs: wide.unitCosts.indices.map { scaled(wide.unitCosts[$0], by: demands[$0 % m]) }, demands: demands,
            capacities: problem.capacities == nil ? nil : try capacities(count), stock: stock,
            minimumSites: wide.minimum, maximumSites: wide.maximum, required: wide.required,
            forbidden: problem.forbidden, budget: wide.budget, alternatives: problem.alternatives)
        let found = try FacilitySolver.solve(model, limits: limits, shouldStop: shouldStop)
        return LocationSolution(
            sites: found.sites.filter { $0 < n }, services: whole(found.assignment.map(own)),
            objective: found.cost,
            costs: LocationCosts(
                fixed: found.costs.fixed, service: found.costs.service, workingStock: found.costs.workingStock,
                safetyStock: found.costs.safetyStock), caseCosts: [found.cost], lowerBound: found.lowerBound,
            steps: found.steps, stopReason: found.stopReason)
    }

    func tiered() throws(PlacementError) -> LocationSolution {
        guard problem.fallback == nil else { throw .unsupported(what: "several tiers", with: "a fallback") }
        let volumes = try mean()
        let model = try TieredProblem(
            tiers: problem.tiers, frontFixedCosts: problem.fixedCosts,
            costs: problem.unitCosts.indices.map { scaled(problem.unitCosts[$0], by: volumes[$0 % m]) },
            volumes: volumes, minimumFronts: problem.minimumSites, maximumFronts: problem.maximumSites,
            requiredFronts: problem.required, forbiddenFronts: problem.forbidden)
        let found = try FacilitySolver.solve(model, limits: limits, shouldStop: shouldStop)
        let fixed = fixed(found.fronts) + found.upperSites.reduce(0) { $0 + model.upperFixedCost($1) }
        return LocationSolution(
            sites: found.fronts, upperSites: found.upperSites, ways: found.ways,
            services: whole(found.assignment.map { $0 < 0 ? nil : $0 }), objective: found.cost,
            costs: LocationCosts(fixed: fixed, service: found.cost - fixed), caseCosts: [],
            lowerBound: found.lowerBound, steps: found.steps, stopReason: found.stopReason)
    }
}
