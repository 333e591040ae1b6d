/// Uncapacitated facility location with a fallback and bounds on the number of sites, on a dense matrix:
///
///     minimise  sum over open sites f_j  +  sum over clients min(fallback_i, min over open sites c_ij)
///
/// The p-median problem is the case of no fixed costs, no fallback and exactly p sites.
public struct FacilityProblem: Sendable {
    public let siteCount: Int
    public let clientCount: Int
    /// Cost of opening each site, finite.
    public let fixedCosts: [Double]
    /// Row-major sites x clients: cost of serving the whole client from the site; infinite where it may not.
    public let costs: CostMatrix
    /// Cost of serving each client without any site; infinite where it must have one.
    public internal(set) var fallback: [Double]
    /// Which sites may be open together.
    public internal(set) var rules: SiteRules
    /// Every finite cost is a whole number, so that every choice costs one.
    let isIntegral: Bool

    /// - Parameters:
    ///   - fallback: nil when every client needs a site.
    ///   - maximumSites: nil for no upper bound.
    public init(
        fixedCosts: [Double], costs: [Double], fallback: [Double]? = nil, clientCount: Int, minimumSites: Int = 0,
        maximumSites: Int? = nil, required: [Int] = [], forbidden: [Int] = [], budget: SiteBudget? = nil
    ) throws(PlacementError) {
        try self.init(
            fixedCosts: fixedCosts, matrix: CostMatrix(costs), fallback: fallback, clientCount: clientCount,
            minimumSites: minimumSites, maximumSites: maximumSites, required: required, forbidden: forbidden,
            budget: budget)
    }

    /// - Parameter matrix: costs in the precision in which they are known.
    public init(
        fixedCosts: [Double], matrix costs: CostMatrix, fallback: [Double]? = nil, clientCount: Int,
        minimumSites: Int = 0, maximumSites: Int? = nil, required: [Int] = [], forbidden: [Int] = [],
        budget: SiteBudget? = nil
    ) throws(PlacementError) {
        try self.init(
            fixedCosts: fixedCosts, matrix: costs, fallback: fallback, clientCount: clientCount,
            rules: SiteRules(
                siteCount: fixedCosts.count, minimum: minimumSites, maximum: maximumSites, required: required,
                forbidden: forbidden, budget: budget))
    }

    /// - Parameter rules: which sites may be open together.
    public init(
        fixedCosts: [Double], matrix costs: CostMatrix, fallback: [Double]? = nil, clientCount: Int, rules: SiteRules
    ) throws(PlacementError) {
        siteCount = fixedCosts.count
        self.clientCount = clientCount
        self.fixedCosts = fixedCosts
        self.costs = costs
        self.fallback = fallback ?? [Double](repeating: .infinity, count: clientCount)
        self.rules = rules
        guard rules.siteCount == fixedCosts.count else {
            throw .shape(what: "fixed costs", count: fixedCosts.count, expected: rules.siteCount)
        }
        guard costs.count == fixedCosts.count * clientCount else {
            throw .shape(what: "cost matrix", count: costs.count, expected: fixedCosts.count * clientCount)
        }
        guard self.fallback.count == clientCount else {
            throw .shape(what: "fallback costs", count: self.fallback.count, expected: clientCount)
        }
        for (site, cost) in fixedCosts.enumerated() where !cost.isFinite {
            throw .value(what: "fixed cost", position: site, value: cost)
        }
        // Infinite means "may not serve"; minus infinity and NaN mean nothing.
        for cell in costs.indices where !(costs[cell] > -.infinity) {
            throw .value(what: "service cost", position: cell, value: costs[cell])
        }
        for (client, cost) in self.fallback.enumerated() where !(cost > -.infinity) {
            throw .value(what: "fallback cost", position: client, value: cost)
        }
        func isWhole(_ cost: Double) -> Bool { cost == .infinity || (cost == cost.rounded() && abs(cost) < 0x1p40) }
        isIntegral =
            fixedCosts.allSatisfy(isWhole) && self.fallback.allSatisfy(isWhole)
            && costs.indices.allSatisfy { isWhole(costs[$0]) }
        for client in 0..<clientCount where self.fallback[client] == .infinity {
            let reachable = fixedCosts.indices.contains {
                !rules.forbidden[$0] && costs[$0 * clientCount + client] < .infinity
            }
            if !reachable { throw .unreachableRegion(client) }
        }
    }

    public var minimumSites: Int { rules.minimum }
    public var maximumSites: Int { rules.maximum }
    /// By site: must be open, may not be open.
    public var required: [Bool] { rules.required }
    public var forbidden: [Bool] { rules.forbidden }

    /// The p-median problem: exactly `sites` open, each client served by the nearest.
    public static func median(costs: [Double], siteCount: Int, clientCount: Int, sites: Int) throws(PlacementError)
        -> FacilityProblem
    {
        try FacilityProblem(
            fixedCosts: [Double](repeating: 0, count: siteCount), costs: costs, clientCount: clientCount,
            minimumSites: sites, maximumSites: sites)
    }

    /// The cost of a choice of sites, added up afresh; infinite when a client is out of reach.
    public func cost(of sites: [Int]) -> Double {
        var sum = 0.0
        for site in sites { sum += fixedCosts[site] }
        for client in 0..<clientCount { sum += serviceCost(client, sites).cost }
        return sum
    }

    /// The cheapest of the given sites for a client (nil: the fallback, also when it costs the same) and its cost.
    public func serviceCost(_ client: Int, _ sites: [Int]) -> (site: Int?, cost: Double) {
        var best: Int?
        var cost = fallback[client]
        for site in sites where costs[site * clientCount + client] < cost {
            cost = costs[site * clientCount + client]
            best = site
        }
        return (best, cost)
    }
}
