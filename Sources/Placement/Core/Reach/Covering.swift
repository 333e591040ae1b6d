/// Problems of reach: who lies within a radius of an open site. Each is a facility problem of its own, so that the
/// one solver proves them all.
public enum Covering {
    /// The cheapest sites that leave no client beyond the radius (Toregas et al., 1971).
    /// - Parameters:
    ///   - distances: row-major sites x clients; infinite where a site may not serve.
    ///   - fixedCosts: by site; nil: each costs 1, so that the cost is the number of sites.
    public static func all(
        distances: [Double], clientCount: Int, radius: Double, fixedCosts: [Double]? = nil, rules: SiteRules
    ) throws(PlacementError) -> FacilityProblem {
        try FacilityProblem(
            fixedCosts: fixedCosts ?? [Double](repeating: 1, count: rules.siteCount),
            matrix: CostMatrix(reach(distances, radius)), clientCount: clientCount, rules: rules)
    }

    /// Most weight within the radius of the sites that the rules allow (Church and ReVelle, 1974): the cost is the
    /// weight left beyond it. What sites cost counts where the rules have a budget for it.
    public static func most(
        distances: [Double], weights: [Double], radius: Double, rules: SiteRules
    ) throws(PlacementError) -> FacilityProblem {
        try FacilityProblem(
            fixedCosts: [Double](repeating: 0, count: rules.siteCount), matrix: CostMatrix(reach(distances, radius)),
            fallback: weights, clientCount: weights.count, rules: rules)
    }

    private static func reach(_ distances: [Double], _ radius: Double) -> [Double] {
        distances.map { $0 <= radius ? 0 : .infinity }
    }
}

/// The smallest radius within which the sites that may be open serve every client (the p-centre problem; Hakimi, 1964).
public struct CentreSolution: Sendable, Equatable {
    public var sites: [Int]
    public var assignment: [Int]
    public var radius: Double
    /// No choice of sites has a smaller radius.
    public var lowerBound: Double
    public var stopReason: StopReason
}

extension Covering {
    /// Bisection over the distances that occur (Minieka, 1970): at each it is asked whether the sites can leave nobody
    /// beyond it.
    /// - Parameters:
    ///   - distances: row-major sites x clients; infinite where a site may not serve.
    ///   - rules: exactly p sites, or any others.
    /// - Throws: the rule that keeps a client out of reach of every choice, however large the radius.
    public static func centre(
        distances: [Double], clientCount: Int, rules: SiteRules, limits: SearchLimits = SearchLimits(),
        shouldStop: @escaping (SearchProgress) -> Bool = { _ in false }
    ) throws(PlacementError) -> CentreSolution {
        guard clientCount > 0 else { throw .noDemand }
        var radii: [Double] = []
        for distance in distances.sorted() where distance < .infinity && distance != radii.last {
            radii.append(distance)
        }
        // Radii before `low` are refuted, the one at `high` is covered.
        var (low, high) = (0, radii.count)
        var best: FacilitySolution?
        var unknown: Int?
        let everyone = [Double](repeating: 1, count: clientCount)
        while low < high {
            let middle = (low + high) / 2
            let problem = try most(
                distances: distances, weights: everyone, radius: radii[middle], rules: rules)
            // Whether anybody is left out is all that is asked.
            var limits = limits
            limits.sufficientBound = 0.01
            let solution = try FacilitySolver.solve(problem, limits: limits, shouldStop: shouldStop)
            if solution.cost == 0 {
                (best, high) = (solution, middle)
            } else {
                // Undecided radii are treated as refuted in the search, but not in the bound.
                if solution.lowerBound < 1 { unknown = min(unknown ?? middle, middle) }
                low = middle + 1
            }
        }
        guard let best else {
            guard unknown == nil else { throw .noSolutionWithinLimits }
            // To reach everybody from however far fails for the same reason.
            let anywhere = try all(
                distances: distances, clientCount: clientCount, radius: .greatestFiniteMagnitude,
                fixedCosts: rules.budget?.outlays, rules: rules)
            _ = try FacilitySolver.solve(anywhere, limits: limits, shouldStop: shouldStop)
            throw .noSolutionWithinLimits
        }
        let centres = best.sites
        var radius = 0.0
        let assignment = (0..<clientCount).map { client -> Int in
            var nearest = centres[0]
            for site in centres
            where distances[site * clientCount + client] < distances[nearest * clientCount + client] { nearest = site }
            radius = max(radius, distances[nearest * clientCount + client])
            return nearest
        }
        let isProved = unknown.map { $0 >= high } ?? true
        return CentreSolution(
            sites: centres, assignment: assignment, radius: radius,
            lowerBound: isProved ? radius : unknown.map { $0 > 0 ? radii[$0] : 0 } ?? radius,
            stopReason: isProved ? .proved : shouldStop(SearchProgress(steps: 0, cases: 0)) ? .stopped : .workLimit)
    }
}
