/// Capacitated facility location; a client may be served from several sites:
///
///     minimise  sum f_j y_j + sum c_ij x_ij
///     where     sum over j of x_ij = 1,  sum over i of d_i x_ij <= s_j y_j,  0 <= x_ij <= y_j,  y_j is 0 or 1
public struct CapacitatedProblem: Sendable {
    public let siteCount: Int
    public let clientCount: Int
    /// Cost of opening each site, finite.
    public let fixedCosts: [Double]
    /// What each site can serve, in units of demand; not negative.
    public let capacities: [Double]
    /// By client, not negative.
    public let demands: [Double]
    /// Row-major sites x clients: cost of serving all of the client's demand from the site; infinite where it may not.
    public let costs: [Double]
    /// Which sites may be open together. No choice with fewer than the minimum has room for the demand.
    public internal(set) var rules: SiteRules
    /// The scenario each client's demand belongs to: capacities hold in each scenario for itself, while the sites are
    /// the same in all. Empty where there is one only.
    public let scenarios: [Int]
    /// The demand of the scenario that has most.
    public let totalDemand: Double

    /// - Parameters:
    ///   - maximumSites: nil for no upper bound.
    ///   - alternatives: sets of sites of which at most one may be open, such as the sizes one site could have.
    ///   - scenarios: by client, from 0; nil where all demand occurs together.
    public init(
        fixedCosts: [Double], capacities: [Double], demands: [Double], costs: [Double], minimumSites: Int = 0,
        maximumSites: Int? = nil, required: [Int] = [], forbidden: [Int] = [], budget: SiteBudget? = nil,
        alternatives: [[Int]] = [], scenarios: [Int]? = nil
    ) throws(PlacementError) {
        siteCount = fixedCosts.count
        clientCount = demands.count
        self.fixedCosts = fixedCosts
        self.capacities = capacities
        self.demands = demands
        self.costs = costs
        self.scenarios = scenarios ?? []
        guard capacities.count == siteCount else {
            throw .shape(what: "capacities", count: capacities.count, expected: siteCount)
        }
        guard costs.count == siteCount * clientCount else {
            throw .shape(what: "cost matrix", count: costs.count, expected: siteCount * clientCount)
        }
        guard self.scenarios.isEmpty || self.scenarios.count == clientCount else {
            throw .shape(what: "scenarios", count: self.scenarios.count, expected: clientCount)
        }
        for (site, cost) in fixedCosts.enumerated() where !cost.isFinite {
            throw .value(what: "fixed cost", position: site, value: cost)
        }
        for (site, capacity) in capacities.enumerated() where !(capacity >= 0 && capacity.isFinite) {
            throw .value(what: "capacity", position: site, value: capacity)
        }
        for (client, demand) in demands.enumerated() where !(demand >= 0 && demand.isFinite) {
            throw .value(what: "demand", position: client, value: demand)
        }
        for (cell, cost) in costs.enumerated() where !(cost > -.infinity) {
            throw .value(what: "service cost", position: cell, value: cost)
        }
        let highest = self.scenarios.max() ?? 0
        for scenario in self.scenarios where scenario < 0 || highest >= max(1, demands.count) {
            throw .value(what: "scenario", position: 0, value: Double(scenario))
        }
        let asked = try SiteRules(
            siteCount: siteCount, minimum: minimumSites, maximum: maximumSites, required: required,
            forbidden: forbidden, budget: budget, alternatives: alternatives)
        for client in demands.indices {
            let isReached = (0..<fixedCosts.count).contains {
                !asked.forbidden[$0] && costs[$0 * demands.count + client] < .infinity
            }
            if !isReached { throw .unreachableRegion(client) }
        }
        var sums = [Double](repeating: 0, count: highest + 1)
        for (client, demand) in demands.enumerated() {
            sums[self.scenarios.isEmpty ? 0 : self.scenarios[client]] += demand
        }
        totalDemand = sums.max() ?? 0
        guard !demands.isEmpty else {
            rules = asked
            return
        }
        let least = totalDemand * (1 - 1e-12)
        let (count, room) = asked.fewest(holding: least, capacities)
        guard room >= least else { throw .tooLittleCapacity(capacity: room, demand: totalDemand) }
        rules = try asked.raised(to: count)
    }

    public var minimumSites: Int { rules.minimum }
    public var maximumSites: Int { rules.maximum }

    /// Which scenario a client's demand belongs to, and how many there are.
    func scenario(_ client: Int) -> Int { scenarios.isEmpty ? 0 : scenarios[client] }
    var scenarioCount: Int { (scenarios.max() ?? 0) + 1 }
}

extension CapacitatedProblem {
    /// The same problem with one site more, the last, where there is room for everybody at a price beyond all others:
    /// what it would be used for shows by how much some sites fall short.
    func withNowhere() -> CapacitatedProblem { CapacitatedProblem(nowhereBeside: self) }

    private init(nowhereBeside other: CapacitatedProblem) {
        let m = other.clientCount
        var spread = other.fixedCosts.reduce(1) { $0 + abs($1) }
        for client in 0..<m {
            var highest = 0.0
            for site in 0..<other.siteCount where other.costs[site * m + client] < .infinity {
                highest = max(highest, abs(other.costs[site * m + client]))
            }
            spread += highest
        }
        let smallest = other.demands.filter { $0 > 0 }.min() ?? 1
        let price = 1e4 * spread / smallest
        siteCount = other.siteCount + 1
        clientCount = m
        fixedCosts = other.fixedCosts + [0]
        capacities = other.capacities + [2 * other.totalDemand + 1]
        demands = other.demands
        costs = other.costs + other.demands.map { price * ($0 > 0 ? $0 : smallest) }
        rules = other.rules
        scenarios = other.scenarios
        totalDemand = other.totalDemand
    }
}
