/// Problems of reach: who lies within a radius of an open site. Each is a facility problem of its own, so that the
/// one solver proves them all.
public enum Covering {
    /// Fewest sites that leave no client beyond the radius (Toregas et al., 1971): the cost is the number of sites.
    /// - Parameter distances: row-major sites x clients.
    public static func all(
        distances: [Double], siteCount: Int, clientCount: Int, radius: Double, maximumSites: Int? = nil
    ) throws(PlacementError) -> FacilityProblem {
        try FacilityProblem(
            fixedCosts: [Double](repeating: 1, count: siteCount), costs: reach(distances, radius),
            clientCount: clientCount, minimumSites: min(1, siteCount), maximumSites: maximumSites)
    }

    /// Most weight within the radius of exactly `sites` sites (Church and ReVelle, 1974): the cost is the weight left
    /// beyond it.
    public static func most(
        distances: [Double], weights: [Double], siteCount: Int, radius: Double, sites: Int
    ) throws(PlacementError) -> FacilityProblem {
        try FacilityProblem(
            fixedCosts: [Double](repeating: 0, count: siteCount), costs: reach(distances, radius), fallback: weights,
            clientCount: weights.count, minimumSites: sites, maximumSites: sites)
    }

    private static func reach(_ distances: [Double], _ radius: Double) -> [Double] {
        distances.map { $0 <= radius ? 0 : .infinity }
    }
}

/// The smallest radius within which a number of sites serves every client (the p-centre problem; Hakimi, 1964).
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
    /// - Parameter distances: row-major sites x clients; infinite where a site may not serve.
    public static func centre(
        distances: [Double], siteCount: Int, clientCount: Int, sites: Int, limits: SearchLimits = SearchLimits(),
        shouldStop: @escaping (SearchProgress) -> Bool = { _ in false }
    ) throws(PlacementError) -> CentreSolution {
        guard (1...max(1, siteCount)).contains(sites), siteCount > 0 else {
            throw .siteCount(minimum: sites, maximum: sites, required: 0, allowed: siteCount)
        }
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
                distances: distances, weights: everyone, siteCount: siteCount, radius: radii[middle], sites: sites)
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
            throw .tooFewSites(maximum: sites, region: farthest(distances, siteCount, clientCount))
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

    /// The client that the fewest sites reach.
    private static func farthest(_ distances: [Double], _ siteCount: Int, _ clientCount: Int) -> Int {
        (0..<clientCount).min { a, b in
            func reach(_ client: Int) -> Int {
                (0..<siteCount).count { distances[$0 * clientCount + client] < .infinity }
            }
            return reach(a) < reach(b)
        } ?? 0
    }
}
