/// Which candidates to open, what that costs, and how good it is at least.
public struct PlacementSolution: Sendable, Equatable {
    /// Open candidates, ascending positions among the candidates.
    public var openSites: [Int]
    /// The candidate that serves each region within the hour; nil where the nearest existing node does.
    public var assignment: [Int?]
    public var costs: PlacementCosts
    /// Share of the weight of eligible regions that is served within the hour; 0 when there is none.
    public var coverage: Double
    /// How much dearer the best plan without each open site is than this one; in the order of `openSites`. Nil where
    /// there is no plan without it.
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
///
/// - Parameter pricesSites: also solve the problem once more without each open site, for `regrets`.
public func solve(
    _ problem: PlacementProblem, limits: SearchLimits = SearchLimits(), pricesSites: Bool = true
) throws(PlacementError) -> PlacementSolution {
    let facility = try problem.facilityProblem()
    let search = try FacilitySolver.solve(facility, limits: limits)
    var solution = placed(problem, search)
    if pricesSites {
        solution.regrets = solution.openSites.map { regret(of: $0, problem, facility, search, limits) }
    }
    return solution
}

/// The best plan without the site, found from the one with it.
private func regret(
    of site: Int, _ problem: PlacementProblem, _ facility: FacilityProblem, _ best: FacilitySolution,
    _ limits: SearchLimits
) -> Double? {
    var without = problem
    without.required.removeAll { $0 == site }
    without.forbidden.append(site)
    let start = WarmStart(sites: best.sites.filter { $0 != site }, multipliers: best.warmStart.multipliers)
    do throws(PlacementError) {
        let next = try FacilitySolver.solve(try without.facilityProblem(), limits: limits, from: start)
        return max(0, next.cost - best.cost)
    } catch { return nil }
}

/// One point of the curve of cost and coverage over the number of sites.
public struct PlacementCurvePoint: Sendable, Equatable {
    public var sites: Int
    public var solution: PlacementSolution
}

/// The best placement with exactly 0, 1, 2 ... sites, as far as the required and allowed sites, the budget and the
/// reach of every region permit. Each point is searched from the one before it.
///
/// - Parameter most: the last number of sites; nil for as many as are allowed, 40 at most.
public func placementCurve(
    _ problem: PlacementProblem, through most: Int? = nil, limits: SearchLimits = SearchLimits()
) throws(PlacementError) -> [PlacementCurvePoint] {
    let allowed = problem.candidateCount - Set(problem.forbidden).count
    let least = Set(problem.required).count
    var points: [PlacementCurvePoint] = []
    var warm: WarmStart?
    for sites in least...max(least, min(most ?? 40, allowed)) {
        do throws(PlacementError) {
            let facility = try problem.facilityProblem(minimumSites: sites, maximumSites: sites)
            let search = try FacilitySolver.solve(facility, limits: limits, from: warm)
            warm = search.warmStart
            points.append(PlacementCurvePoint(sites: sites, solution: placed(problem, search)))
        } catch {
            switch error {
            // So few sites leave a region out of reach: the curve begins further on; or so many break the budget.
            case .tooFewSites: continue
            case .tooSmallBudget where !points.isEmpty: return points
            default: throw error
            }
        }
    }
    return points
}

extension PlacementProblem {
    /// The plan that opens no candidate at all: today's network, where the existing nodes serve everybody; nil where
    /// they do not reach a region.
    public func withoutCandidates() -> PlacementSolution? {
        var today = self
        today.required = []
        today.minimumSites = 0
        today.maximumSites = 0
        today.budget = nil
        return try? solve(today, pricesSites: false)
    }
}

private func placed(_ problem: PlacementProblem, _ search: FacilitySolution) -> PlacementSolution {
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
        } else if problem.service(of: region).isFront {
            costs.frontTransport += weight * problem.frontCostPerKilometre * problem.frontDistances[region]
            costs.benefit += weight * problem.oneHourBenefit
            covered += weight
        } else {
            costs.fallbackTransport += weight * problem.fallbackCostPerKilometre * problem.fallbackDistances[region]
        }
    }
    return PlacementSolution(
        openSites: search.sites, assignment: search.assignment, costs: costs,
        coverage: eligible > 0 ? covered / eligible : 0, regrets: search.sites.map { _ in nil }, search: search)
}
