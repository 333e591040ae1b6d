/// Each client is served wholly from one site, and what a site costs depends on all it serves together:
///
///     minimise  sum over open sites f_j  +  sum over clients c_ij of its site j  +  stock cost of every site's clients
///     where     the demand of a site's clients fits its capacity
///
/// Without stock this is capacitated facility location with single sourcing. With it, location with inventory (Shen,
/// Coullard and Daskin, 2003): stock pooled at a site grows with the root of what it serves, so that every further
/// site pays for the stock it breaks up.
public struct SingleSourceProblem: Sendable {
    public let siteCount: Int
    public let clientCount: Int
    public let fixedCosts: [Double]
    /// Row-major sites x clients: cost of serving the client from the site; infinite where it may not.
    public let costs: [Double]
    /// By client; and by site, infinite where there is no limit.
    public let demands: [Double]
    public let capacities: [Double]
    public let stock: PooledStock?
    public let rules: SiteRules

    /// - Parameters:
    ///   - capacities: nil for sites without limit.
    ///   - alternatives: sets of sites of which at most one may be open, such as the sizes one site could have.
    public init(
        fixedCosts: [Double], costs: [Double], demands: [Double], capacities: [Double]? = nil,
        stock: PooledStock? = nil, minimumSites: Int = 0, maximumSites: Int? = nil, required: [Int] = [],
        forbidden: [Int] = [], budget: SiteBudget? = nil, alternatives: [[Int]] = []
    ) throws(PlacementError) {
        let (n, m) = (fixedCosts.count, demands.count)
        siteCount = n
        clientCount = m
        self.fixedCosts = fixedCosts
        self.costs = costs
        self.demands = demands
        self.capacities = capacities ?? [Double](repeating: .infinity, count: n)
        self.stock = stock
        guard self.capacities.count == n else {
            throw .shape(what: "capacities", count: self.capacities.count, expected: n)
        }
        guard costs.count == n * m else { throw .shape(what: "cost matrix", count: costs.count, expected: n * m) }
        for (site, cost) in fixedCosts.enumerated() where !cost.isFinite {
            throw .value(what: "fixed cost", position: site, value: cost)
        }
        for (site, capacity) in self.capacities.enumerated() where !(capacity >= 0) {
            throw .value(what: "capacity", position: site, value: capacity)
        }
        for (client, demand) in demands.enumerated() where !(demand >= 0 && demand.isFinite) {
            throw .value(what: "demand", position: client, value: demand)
        }
        for (cell, cost) in costs.enumerated() where !(cost > -.infinity) {
            throw .value(what: "service cost", position: cell, value: cost)
        }
        try stock?.validate(sites: n, clients: m)
        let asked = try SiteRules(
            siteCount: n, minimum: minimumSites, maximum: maximumSites, required: required, forbidden: forbidden,
            budget: budget, alternatives: alternatives)
        let limits = self.capacities
        var total = 0.0
        for client in 0..<m {
            let near = (0..<n).filter { !asked.forbidden[$0] && costs[$0 * m + client] < .infinity }
            guard !near.isEmpty else { throw .unreachableRegion(client) }
            let largest = near.map { limits[$0] }.max() ?? 0
            guard Self.fits(demands[client], largest) else {
                throw .tooLargeDemand(region: client, demand: demands[client], capacity: largest)
            }
            total += demands[client]
        }
        guard m > 0 else {
            rules = asked
            return
        }
        let (count, room) = asked.fewest(holding: total - 1e-9 * max(1, total), self.capacities)
        guard Self.fits(total, room) else { throw .tooLittleCapacity(capacity: room, demand: total) }
        rules = try asked.raised(to: count)
    }

    /// What the site costs beyond its fixed cost when it serves exactly these clients; infinite when they do not fit.
    public func cost(_ site: Int, serving clients: [Int]) -> Double {
        var (sum, load) = (0.0, 0.0)
        for client in clients {
            sum += costs[site * clientCount + client]
            load += demands[client]
        }
        guard fits(load, capacities[site]) else { return .infinity }
        return sum + (stock?.cost(site, clients) ?? 0)
    }

    /// The cost of a choice: open sites and the site of each client, added up afresh; infinite when the rules or a
    /// capacity forbid it.
    public func cost(of sites: [Int], assignment: [Int]) -> Double {
        guard assignment.count == clientCount, rules.allows(sites) else { return .infinity }
        var served = [[Int]](repeating: [], count: siteCount)
        for (client, site) in assignment.enumerated() {
            guard sites.contains(site) else { return .infinity }
            served[site].append(client)
        }
        return sites.reduce(0) { $0 + fixedCosts[$1] + cost($1, serving: served[$1]) }
    }

    /// Sums of many demands may miss a capacity by rounding alone.
    static func fits(_ load: Double, _ capacity: Double) -> Bool { load <= capacity + 1e-9 * max(1, abs(load)) }
    func fits(_ load: Double, _ capacity: Double) -> Bool { Self.fits(load, capacity) }

    /// The same problem when clients may be served from several sites; nil with stock or without capacities.
    func servedInParts() -> CapacitatedProblem? {
        guard stock == nil, !capacities.contains(.infinity) else { return nil }
        return try? CapacitatedProblem(
            fixedCosts: fixedCosts, capacities: capacities, demands: demands, costs: costs,
            minimumSites: rules.minimum, maximumSites: rules.maximum,
            required: (0..<siteCount).filter { rules.required[$0] },
            forbidden: (0..<siteCount).filter { rules.forbidden[$0] }, budget: rules.budget,
            alternatives: rules.alternativeSets)
    }

    /// The same without budget.
    func withoutBudget() throws(PlacementError) -> SingleSourceProblem {
        try SingleSourceProblem(self, rules: rules.withoutBudget())
    }

    private init(_ other: SingleSourceProblem, rules: SiteRules) {
        siteCount = other.siteCount
        clientCount = other.clientCount
        fixedCosts = other.fixedCosts
        costs = other.costs
        demands = other.demands
        capacities = other.capacities
        stock = other.stock
        self.rules = rules
    }
}
