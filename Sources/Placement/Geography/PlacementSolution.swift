/// Which candidates to open, what that costs, and how good it is at least.
public struct PlacementSolution: Sendable, Equatable {
    /// Open candidates, ascending positions among the candidates.
    public var openSites: [Int]
    /// The candidate that serves each region within the hour; nil where the nearest existing node does.
    public var assignment: [Int?]
    public var costs: PlacementCosts
    /// Share of the weight of eligible regions that is served within the hour; 0 when there is none.
    public var coverage: Double
    /// How much dearer the plan would be without each open site, its regions served by the next best; in the order
    /// of `openSites`. Nil where nothing else serves its regions.
    public var regrets: [Double?]
    /// The proof: bound, gap, steps of work and why the search stopped.
    public var search: FacilitySolution

    public var lowerBound: Double { search.lowerBound }
    public var gap: Double { search.gap }
    public var iterations: Int { search.steps }
    public var stopReason: StopReason { search.stopReason }
}

/// What a placement costs a day, major units.
public struct PlacementCosts: Sendable, Equatable, Codable {
    public var fixed: Double
    /// Carrying orders from front warehouses, and from existing nodes.
    public var frontTransport: Double
    public var fallbackTransport: Double
    /// Worth of the orders served within the hour, counted against the cost.
    public var benefit: Double

    public var transport: Double { frontTransport + fallbackTransport }
    public var total: Double { fixed + transport - benefit }
}

/// Opens candidates so that the total is smallest, and proves how far it could be from the best.
public func solve(_ problem: PlacementProblem, limits: SearchLimits = SearchLimits()) throws(PlacementError)
    -> PlacementSolution
{
    try solve(problem, problem.facilityProblem(), limits: limits)
}

/// One point of the curve of cost and coverage over the number of sites.
public struct PlacementCurvePoint: Sendable, Equatable {
    public var sites: Int
    public var solution: PlacementSolution
}

/// The best placement with exactly 0, 1, 2 ... sites, as far as the required and allowed sites and the reach of every
/// region permit.
public func placementCurve(_ problem: PlacementProblem, limits: SearchLimits = SearchLimits()) throws(PlacementError)
    -> [PlacementCurvePoint]
{
    let allowed = problem.candidateCount - Set(problem.forbidden).count
    let least = max(0, Set(problem.required).count)
    var points: [PlacementCurvePoint] = []
    for sites in least...max(least, allowed) {
        do {
            let facility = try problem.facilityProblem(minimumSites: sites, maximumSites: sites)
            points.append(
                PlacementCurvePoint(sites: sites, solution: try solve(problem, facility, limits: limits)))
        } catch PlacementError.tooFewSites {
            // So few sites leave a region out of reach: the curve begins further on.
            continue
        }
    }
    return points
}

private func solve(_ problem: PlacementProblem, _ facility: FacilityProblem, limits: SearchLimits)
    throws(PlacementError) -> PlacementSolution
{
    let search = try FacilitySolver.solve(facility, limits: limits)
    var costs = PlacementCosts(fixed: 0, frontTransport: 0, fallbackTransport: 0, benefit: 0)
    for site in search.sites { costs.fixed += problem.fixedCosts[site] }
    var covered = 0.0
    var eligible = 0.0
    for region in 0..<problem.regionCount {
        let weight = problem.weights[region]
        guard weight > 0 else { continue }
        if problem.isEligible[region] { eligible += weight }
        if let site = search.assignment[region] {
            costs.frontTransport += weight * problem.frontCostPerKilometre * problem.distance(site, region)
            costs.benefit += weight * problem.oneHourBenefit
            covered += weight
        } else {
            costs.fallbackTransport += weight * problem.fallbackCostPerKilometre * problem.fallbackDistances[region]
        }
    }
    let regrets = search.sites.map { site -> Double? in
        let without = facility.cost(of: search.sites.filter { $0 != site })
        return without < .infinity ? without - search.cost : nil
    }
    return PlacementSolution(
        openSites: search.sites, assignment: search.assignment, costs: costs,
        coverage: eligible > 0 ? covered / eligible : 0, regrets: regrets, search: search)
}
