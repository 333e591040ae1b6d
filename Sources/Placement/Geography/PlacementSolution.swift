/// Which candidates to open, what that costs, and how good it is at least.
public struct PlacementSolution: Sendable, Equatable {
    /// Open candidates, ascending positions among the candidates.
    public var openSites: [Int]
    /// In the order of `openSites`: the size it is built in, nil where there is no choice; and the place that
    /// replenishes it (see `UpperTiers`), nil where that is no question.
    public var sizes: [Int?]
    public var feeds: [Int?]
    /// Who serves whom; the parts of a region add up to one.
    public var services: [PlacementService]
    /// The candidate that serves the largest part of each region; nil where an existing node does.
    public var assignment: [Int?]
    /// Of the mean over the cases of demand.
    public var costs: PlacementCosts
    /// Share of the weight of eligible regions that is served within the hour; 0 when there is none.
    public var coverage: Double
    /// How much dearer the best plan without each open site is than this one; in the order of `openSites`. Nil where
    /// there is no plan without it.
    public var regrets: [Double?]
    /// By case of demand its cost a day, and by how much that is above its own best (worst regret only).
    public var caseCosts: [Double]
    public var caseRegrets: [Double]
    /// What was made least: the mean cost, the worst case's, or the worst regret.
    public var objective: Double
    /// No other choice does better than this.
    public var lowerBound: Double
    /// Counted work of the search, and why it ended.
    public var steps: Int
    public var stopReason: StopReason
    var warmStart: WarmStart?

    /// A regret of nothing is met by a bound that rounding alone tells from it.
    public var gap: Double {
        abs(objective - lowerBound) <= 2 * FacilitySolver.tolerance * max(1, abs(costs.total))
            ? 0 : FacilitySolver.gap(objective, lowerBound)
    }

    /// Share of a region that is served within the hour.
    public func oneHourShares() -> [Double] {
        var result = [Double](repeating: 0, count: assignment.count)
        for one in services where one.isOneHour { result[one.region] += one.part }
        return result.map { min(1, $0) }
    }

    /// Mean road kilometres of an order by region.
    public func kilometres() -> [Double] {
        var result = [Double](repeating: 0, count: assignment.count)
        for one in services where one.part > 0 { result[one.region] += one.part * one.kilometres }
        return result
    }
}

/// A part of a region's orders and who serves it.
public struct PlacementService: Sendable, Equatable {
    public var region: Int
    /// A candidate; nil for existing nodes.
    public var site: Int?
    public var part: Double
    public var isOneHour: Bool
    public var kilometres: Double
}

/// What a placement costs a day, major units.
public struct PlacementCosts: Sendable, Equatable, Codable {
    public var fixed = 0.0
    /// Carrying orders from front warehouses, and from existing nodes.
    public var frontTransport = 0.0
    public var fallbackTransport = 0.0
    /// Carrying goods to the front warehouses.
    public var supply = 0.0
    /// Working and safety stock of the front warehouses.
    public var stock = 0.0
    /// Orders that asked for the hour and are not served within it.
    public var lateness = 0.0

    public init() {}

    public var transport: Double { frontTransport + fallbackTransport + supply }
    public var total: Double { fixed + transport + stock + lateness }
}

/// Opens candidates so that the total is smallest, and proves how far it could be from the best.
///
/// - Parameters:
///   - pricesSites: also solve the problem once more without each open site, for `regrets`.
///   - shouldStop: asked at every step; true ends the search with the best choice so far.
public func solve(
    _ problem: PlacementProblem, limits: SearchLimits = SearchLimits(), pricesSites: Bool = true,
    shouldStop: @escaping (SearchProgress) -> Bool = { _ in false }
) throws(PlacementError) -> PlacementSolution {
    var solution = try solve(
        try PlacementModel(problem), limits: limits, from: nil, shouldStop: shouldStop)
    if pricesSites {
        var regrets: [Double?] = []
        for site in solution.openSites {
            regrets.append(try regret(of: site, problem, solution, limits, shouldStop))
        }
        solution.regrets = regrets
    }
    return solution
}

private func solve(
    _ model: PlacementModel, limits: SearchLimits, from warm: WarmStart?,
    shouldStop: @escaping (SearchProgress) -> Bool
) throws(PlacementError) -> PlacementSolution {
    let found = try FacilitySolver.solve(model.location, limits: limits, from: warm, shouldStop: shouldStop)
    return model.placed(found.solution, warm: found.warmStart)
}

/// The best plan without the site, found from the one with it; nil where there is none, or none was found in time.
private func regret(
    of site: Int, _ problem: PlacementProblem, _ best: PlacementSolution, _ limits: SearchLimits,
    _ shouldStop: @escaping (SearchProgress) -> Bool
) throws(PlacementError) -> Double? {
    var without = problem
    without.required.removeAll { $0 == site }
    without.forbidden.append(site)
    do throws(PlacementError) {
        let model = try PlacementModel(without)
        let start = best.warmStart.map { warm in
            WarmStart(
                sites: warm.sites.filter { model.sites[$0] != .front(candidate: site, size: nil) },
                multipliers: warm.multipliers)
        }
        let next = try solve(model, limits: limits, from: start, shouldStop: shouldStop)
        return max(0, next.objective - best.objective)
    } catch { return nil }
}

/// One point of the curve of cost and coverage over the number of sites.
public struct PlacementCurvePoint: Sendable, Equatable {
    public var sites: Int
    public var solution: PlacementSolution
}

/// The best placement with exactly 0, 1, 2 ... front warehouses, as far as the required and allowed sites, the budget
/// and the reach of every region permit. Each point is searched from the one before it.
///
/// - Parameter most: the last number of sites; nil for as many as are allowed, 40 at most.
public func placementCurve(
    _ problem: PlacementProblem, through most: Int? = nil, limits: SearchLimits = SearchLimits(),
    shouldStop: @escaping (SearchProgress) -> Bool = { _ in false }
) throws(PlacementError) -> [PlacementCurvePoint] {
    let fronts = (0..<problem.candidateCount).filter { problem.isFront($0) }
    let allowed = fronts.count - Set(problem.forbidden).intersection(fronts).count
    let least = Set(problem.required).intersection(fronts).count
    var points: [PlacementCurvePoint] = []
    var warm: WarmStart?
    for sites in least...max(least, min(most ?? 40, allowed)) {
        do throws(PlacementError) {
            let model = try PlacementModel(problem, minimumSites: sites, maximumSites: sites)
            let solution = try solve(model, limits: limits, from: warm, shouldStop: shouldStop)
            warm = solution.warmStart
            points.append(PlacementCurvePoint(sites: sites, solution: solution))
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
        today.forbidden = (0..<candidateCount).filter { !isFront($0) }
        return try? solve(today, pricesSites: false)
    }
}
