/// The best choice found where each client has one site, with the proof of how good it is.
public struct SingleSourceSolution: Sendable, Equatable {
    /// Open sites, ascending.
    public var sites: [Int]
    public var assignment: [Int]
    public var costs: SingleSourceCosts
    /// No choice costs less; recomputed from `certificate`, never above the cost.
    public var lowerBound: Double
    public var certificate: BoundCertificate
    public var steps: Int
    public var cases: Int
    public var stopReason: StopReason

    public var cost: Double { costs.total }
    public var gap: Double { FacilitySolver.gap(cost, lowerBound) }
}

public struct SingleSourceCosts: Sendable, Equatable {
    public var fixed: Double
    public var service: Double
    public var workingStock: Double
    public var safetyStock: Double
    public var total: Double
}

extension FacilitySolver {
    /// Solves a problem with single sourcing: branch and bound over sites, then over who is served where.
    public static func solve(
        _ problem: SingleSourceProblem, limits: SearchLimits = SearchLimits(),
        shouldStop: @escaping (SearchProgress) -> Bool = { _ in false }
    ) throws(PlacementError) -> SingleSourceSolution {
        var search = BranchAndBound(SingleSourceModel(problem), limits: limits, shouldStop: shouldStop)
        search.run()
        let choice = search.choice
        guard choice.cost < .infinity else {
            guard search.isComplete else { throw .noSolutionWithinLimits }
            if let budget = problem.rules.budget {
                // Without its limit a choice is found, or room and reach are to blame.
                let found = try solve(try problem.withoutBudget(), limits: limits, shouldStop: shouldStop)
                throw .tooSmallBudget(budget: budget.limit, needed: budget.outlay(found.sites))
            }
            if problem.capacities.contains(where: { $0 < .infinity }) {
                let most = problem.capacities.sorted(by: >).prefix(problem.rules.maximum).reduce(0, +)
                throw .noSingleSource(capacity: most, demand: problem.demands.reduce(0, +))
            }
            throw .tooFewSites(maximum: problem.rules.maximum, region: 0)
        }
        let bound = min(choice.cost, search.certificate.bound(for: problem))
        let isProved = choice.cost - bound <= 2 * tolerance * max(1, abs(choice.cost))
        return SingleSourceSolution(
            sites: choice.sites, assignment: choice.assignment,
            costs: problem.costs(of: choice.sites, assignment: choice.assignment), lowerBound: bound,
            certificate: search.certificate, steps: search.steps, cases: search.cases,
            stopReason: isProved ? .proved : search.steps >= limits.steps ? .workLimit : .stopped)
    }
}

extension SingleSourceProblem {
    /// The cost of a choice, part by part.
    public func costs(of sites: [Int], assignment: [Int]) -> SingleSourceCosts {
        var (service, working, safety) = (0.0, 0.0, 0.0)
        for site in sites {
            let clients = assignment.indices.filter { assignment[$0] == site }
            for client in clients { service += costs[site * clientCount + client] }
            guard let stock else { continue }
            let (mean, variance) = stock.demand(clients)
            working += stock.working[site] * mean.squareRoot()
            safety += stock.safety[site] * variance.squareRoot()
        }
        return SingleSourceCosts(
            fixed: sites.reduce(0) { $0 + fixedCosts[$1] }, service: service, workingStock: working,
            safetyStock: safety, total: cost(of: sites, assignment: assignment))
    }
}
