/// The best choice found for a capacitated problem, with the proof of how good it is.
public struct CapacitatedSolution: Sendable, Equatable {
    /// Open sites, ascending.
    public var sites: [Int]
    /// The site that serves the largest part of each client.
    public var assignment: [Int]
    /// The parts of clients that are served from more than one site: client, site, part of its demand.
    public var splits: [Split]
    public var cost: Double
    /// No choice costs less; recomputed from `certificate`, never above `cost`.
    public var lowerBound: Double
    public var certificate: BoundCertificate
    public var steps: Int
    public var cases: Int
    public var stopReason: StopReason

    public struct Split: Sendable, Equatable {
        public var client: Int
        public var site: Int
        public var part: Double
    }
}

extension FacilitySolver {
    /// Solves a capacitated problem: branch and bound over Lagrangian relaxations as for the uncapacitated one, with
    /// transportation problems for the choices.
    public static func solve(
        _ problem: CapacitatedProblem, limits: SearchLimits = SearchLimits(), from warm: WarmStart? = nil,
        shouldStop: @escaping (SearchProgress) -> Bool = { _ in false }
    ) throws(PlacementError) -> CapacitatedSolution {
        var search = BranchAndBound(CapacitatedModel(problem), limits: limits, shouldStop: shouldStop)
        search.run(from: warm)
        let sites = search.choice.sites
        let served = Service(problem, open: sites)
        guard served.cost < .infinity, search.choice.cost < .infinity else {
            guard search.isComplete else { throw .noSolutionWithinLimits }
            if let budget = problem.rules.budget {
                // Without its limit a choice is found, or room and reach are to blame.
                var free = problem
                free.rules = try problem.rules.withoutBudget()
                let found = try solve(free, limits: limits, shouldStop: shouldStop)
                throw .tooSmallBudget(budget: budget.limit, needed: budget.outlay(found.sites))
            }
            throw .tooLittleCapacity(
                capacity: problem.capacities.sorted(by: >).prefix(problem.maximumSites).reduce(0, +),
                demand: problem.totalDemand)
        }
        var assignment = [Int](repeating: 0, count: problem.clientCount)
        var largest = [Double](repeating: -1, count: problem.clientCount)
        var count = [Int](repeating: 0, count: problem.clientCount)
        for part in served.parts {
            let client = Int(part.client)
            count[client] += 1
            if part.units > largest[client] {
                largest[client] = part.units
                assignment[client] = sites[Int(part.site)]
            }
        }
        let splits = served.parts.filter { count[Int($0.client)] > 1 }.map {
            CapacitatedSolution.Split(
                client: Int($0.client), site: sites[Int($0.site)],
                part: $0.units / problem.demands[Int($0.client)])
        }.sorted { ($0.client, $0.site) < ($1.client, $1.site) }
        let bound = min(served.cost, search.certificate.bound(for: problem))
        let isProved = served.cost - bound <= 2 * tolerance * max(1, abs(served.cost))
        return CapacitatedSolution(
            sites: sites, assignment: assignment, splits: splits, cost: served.cost, lowerBound: bound,
            certificate: search.certificate, steps: search.steps, cases: search.cases,
            stopReason: isProved ? .proved : search.steps >= limits.steps ? .workLimit : .stopped)
    }
}

extension BoundCertificate {
    /// As for `FacilityProblem`.
    public func bound(for problem: CapacitatedProblem) -> Double {
        bound(problem.rules.firstState, multipliers: problem.clientCount + problem.rules.extraMultipliers) {
            RelaxedCapacities(problem, $0, $1)
        }
    }
}
