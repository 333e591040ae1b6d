/// Front warehouses that are replenished through tiers of others, such as central over regional over front:
///
///     minimise  fixed costs of all open sites of all tiers  +  cost of serving every client from its front
///               +  its volume times the cheapest way through open sites from the top to its front
public struct TieredProblem: Sendable {
    /// The sites above the fronts, the top tier first. Sites of all tiers are numbered through, in this order.
    public let tiers: [Tier]
    public let frontFixedCosts: [Double]
    /// Row-major fronts x clients: cost of serving the whole client; infinite where it may not.
    public let costs: [Double]
    /// Units each client takes, which travel through the tiers; not negative.
    public let volumes: [Double]
    public let minimumFronts: Int
    public let maximumFronts: Int?
    public let requiredFronts: [Int]
    public let forbiddenFronts: [Int]

    public struct Tier: Sendable {
        public var fixedCosts: [Double]
        /// Row-major: this tier's sites x those of the tier below (the fronts below the last): cost of one unit
        /// carried; infinite where there is no way.
        public var unitCosts: [Double]
        public var maximumSites: Int?
        public var required: [Int]
        public var forbidden: [Int]

        public init(
            fixedCosts: [Double], unitCosts: [Double], maximumSites: Int? = nil, required: [Int] = [],
            forbidden: [Int] = []
        ) {
            self.fixedCosts = fixedCosts
            self.unitCosts = unitCosts
            self.maximumSites = maximumSites
            self.required = required
            self.forbidden = forbidden
        }
    }

    public init(
        tiers: [Tier], frontFixedCosts: [Double], costs: [Double], volumes: [Double], minimumFronts: Int = 0,
        maximumFronts: Int? = nil, requiredFronts: [Int] = [], forbiddenFronts: [Int] = []
    ) throws(PlacementError) {
        self.tiers = tiers
        self.frontFixedCosts = frontFixedCosts
        self.costs = costs
        self.volumes = volumes
        self.minimumFronts = minimumFronts
        self.maximumFronts = maximumFronts
        self.requiredFronts = requiredFronts
        self.forbiddenFronts = forbiddenFronts
        guard costs.count == frontFixedCosts.count * volumes.count else {
            throw .shape(what: "cost matrix", count: costs.count, expected: frontFixedCosts.count * volumes.count)
        }
        for (client, volume) in volumes.enumerated() where !(volume >= 0 && volume.isFinite) {
            throw .value(what: "volume", position: client, value: volume)
        }
        for (number, tier) in tiers.enumerated() {
            let below = number + 1 < tiers.count ? tiers[number + 1].fixedCosts.count : frontFixedCosts.count
            let expected = tier.fixedCosts.count * below
            guard tier.unitCosts.count == expected else {
                throw .shape(what: "unit costs of a tier", count: tier.unitCosts.count, expected: expected)
            }
            for (site, cost) in tier.fixedCosts.enumerated() where !(cost >= 0 && cost.isFinite) {
                throw .value(what: "fixed cost", position: site, value: cost)
            }
            for (cell, cost) in tier.unitCosts.enumerated() where !(cost >= 0) {
                throw .value(what: "unit cost", position: cell, value: cost)
            }
            _ = try SiteRules(
                siteCount: tier.fixedCosts.count, maximum: tier.maximumSites, required: tier.required,
                forbidden: tier.forbidden)
        }
    }

    /// Sites above the fronts, and where each tier begins among them.
    public var upperCount: Int { tiers.reduce(0) { $0 + $1.fixedCosts.count } }
    func first(of tier: Int) -> Int { tiers[..<tier].reduce(0) { $0 + $1.fixedCosts.count } }
    func upperFixedCost(_ site: Int) -> Double {
        var rest = site
        for tier in tiers {
            if rest < tier.fixedCosts.count { return tier.fixedCosts[rest] }
            rest -= tier.fixedCosts.count
        }
        return 0
    }

    /// For every front the cost of the cheapest way of one unit through the sites allowed, and that way's sites.
    public func ways(through isAllowed: [Bool]) -> (costs: [Double], sites: [[Int]]) {
        var above = [Double]()
        var paths = [[Int]]()
        for (number, tier) in tiers.enumerated() {
            let start = first(of: number)
            let count = tier.fixedCosts.count
            if number == 0 {
                above = (0..<count).map { isAllowed[$0] ? 0 : .infinity }
                paths = (0..<count).map { [$0] }
            }
            let isLast = number + 1 == tiers.count
            let below = isLast ? frontFixedCosts.count : tiers[number + 1].fixedCosts.count
            var costs = [Double](repeating: .infinity, count: below)
            var ways = [[Int]](repeating: [], count: below)
            for b in 0..<below where isLast || isAllowed[start + count + b] {
                for a in 0..<count where above[a] + tier.unitCosts[a * below + b] < costs[b] {
                    costs[b] = above[a] + tier.unitCosts[a * below + b]
                    ways[b] = paths[a] + (isLast ? [] : [start + count + b])
                }
            }
            (above, paths) = (costs, ways)
        }
        guard !tiers.isEmpty else {
            return (
                [Double](repeating: 0, count: frontFixedCosts.count),
                [[Int]](repeating: [], count: frontFixedCosts.count)
            )
        }
        return (above, paths)
    }

    /// Choosing the fronts when goods may go through the sites allowed, free of those sites' fixed costs.
    public func fronts(through isAllowed: [Bool]) throws(PlacementError) -> FacilityProblem {
        let way = ways(through: isAllowed).costs
        let m = volumes.count
        return try FacilityProblem(
            fixedCosts: frontFixedCosts,
            costs: costs.indices.map { cell in
                let (front, client) = (cell / m, cell % m)
                return way[front] < .infinity ? costs[cell] + volumes[client] * way[front] : .infinity
            }, clientCount: m, minimumSites: minimumFronts, maximumSites: maximumFronts, required: requiredFronts,
            forbidden: forbiddenFronts)
    }
}
