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
        _ problem: CapacitatedProblem, limits: SearchLimits = SearchLimits(),
        shouldStop: @escaping () -> Bool = { false }
    ) throws(PlacementError) -> CapacitatedSolution {
        var search = BranchAndBound(CapacitatedModel(problem), limits: limits, shouldStop: shouldStop)
        search.run()
        let served = Transport(problem, open: search.sites)
        guard served.cost < .infinity else {
            guard search.isComplete else { throw .noSolutionWithinLimits }
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
                assignment[client] = search.sites[Int(part.site)]
            }
        }
        let splits = served.parts.filter { count[Int($0.client)] > 1 }.map {
            CapacitatedSolution.Split(
                client: Int($0.client), site: search.sites[Int($0.site)],
                part: $0.units / problem.demands[Int($0.client)])
        }.sorted { ($0.client, $0.site) < ($1.client, $1.site) }
        let bound = min(served.cost, search.certificate.bound(for: problem))
        let isProved = served.cost - bound <= 2 * tolerance * max(1, abs(served.cost))
        return CapacitatedSolution(
            sites: search.sites, assignment: assignment, splits: splits, cost: served.cost, lowerBound: bound,
            certificate: search.certificate, steps: search.steps, cases: search.cases,
            stopReason: isProved ? .proved : search.steps >= limits.steps ? .workLimit : .stopped)
    }
}

extension BoundCertificate {
    /// As for `FacilityProblem`.
    public func bound(for problem: CapacitatedProblem) -> Double {
        bound([Int8](repeating: 0, count: problem.siteCount), clients: problem.clientCount) {
            RelaxedCapacities(problem, $0, $1)
        }
    }
}
