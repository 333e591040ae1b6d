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
    /// No choice with fewer sites has room for the demand; none with more is allowed.
    public let minimumSites: Int
    public let maximumSites: Int
    public let totalDemand: Double

    /// - Parameter maximumSites: nil for no upper bound.
    public init(
        fixedCosts: [Double], capacities: [Double], demands: [Double], costs: [Double], minimumSites: Int = 0,
        maximumSites: Int? = nil
    ) throws(PlacementError) {
        siteCount = fixedCosts.count
        clientCount = demands.count
        self.fixedCosts = fixedCosts
        self.capacities = capacities
        self.demands = demands
        self.costs = costs
        guard capacities.count == siteCount else {
            throw .shape(what: "capacities", count: capacities.count, expected: siteCount)
        }
        guard costs.count == siteCount * clientCount else {
            throw .shape(what: "cost matrix", count: costs.count, expected: siteCount * clientCount)
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
        for client in 0..<clientCount {
            let row = client
            if !(0..<siteCount).contains(where: { costs[$0 * demands.count + row] < .infinity }) {
                throw .unreachableRegion(client)
            }
        }
        totalDemand = demands.reduce(0, +)
        self.maximumSites = min(maximumSites ?? siteCount, siteCount)
        // The largest sites together must hold the demand.
        var (room, count) = (0.0, 0)
        for capacity in capacities.sorted(by: >) {
            if room >= totalDemand * (1 - 1e-12), count > 0 || clientCount == 0 { break }
            room += capacity
            count += 1
        }
        guard room >= totalDemand * (1 - 1e-12) else {
            throw .tooLittleCapacity(capacity: room, demand: totalDemand)
        }
        self.minimumSites = max(minimumSites, clientCount == 0 ? 0 : count)
        guard self.minimumSites <= self.maximumSites else {
            throw .siteCount(
                minimum: self.minimumSites, maximum: self.maximumSites, required: 0, allowed: siteCount)
        }
    }
}
