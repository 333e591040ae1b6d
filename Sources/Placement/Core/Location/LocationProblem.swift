/// Any of the problems of this folder by one door: sites with fixed costs, clients with demand in one or several cases,
/// and what else is asked of the choice. `FacilitySolver.solve` takes the solver that fits.
public struct LocationProblem: Sendable {
    public enum Objective: String, Sendable, CaseIterable, Codable {
        /// Least mean cost over the cases of demand.
        case expected
        /// The dearest case costs least.
        case worstCost = "worst_cost"
        /// The case that is furthest from its own best is least far from it.
        case worstRegret = "worst_regret"
    }

    /// By site; with tiers, those of the fronts.
    public var fixedCosts: [Double]
    /// Row-major sites x clients: cost of serving one unit; infinite where it may not.
    public var unitCosts: [Double]
    /// Cost of a unit that no site serves; infinite where every unit needs a site. Nil: every client needs one.
    public var fallback: [Double]?
    /// At least one; every case has the same clients.
    public var cases: [DemandScenario]
    public var objective = Objective.expected
    /// Units a site can serve in each case, infinite for no limit; nil: no limits.
    public var capacities: [Double]?
    /// Every client is served wholly from one site.
    public var isSingleSource = false
    /// Stock that a site pools for its clients.
    public var stock: PooledStock?
    /// Sites above, that goods pass on their way to the sites; the top first.
    public var tiers: [TieredProblem.Tier] = []
    public var minimumSites = 0
    public var maximumSites: Int?
    public var required: [Int] = []
    public var forbidden: [Int] = []
    /// Most that the fixed costs of the open sites may come to.
    public var budget: Double?
    /// Sets of sites of which at most one may be open, such as the sizes one site could have.
    public var alternatives: [[Int]] = []

    /// - Parameter cases: the demand, or the ways it may turn out.
    public init(fixedCosts: [Double], unitCosts: [Double], fallback: [Double]? = nil, cases: [DemandScenario]) {
        self.fixedCosts = fixedCosts
        self.unitCosts = unitCosts
        self.fallback = fallback
        self.cases = cases
    }

    public var siteCount: Int { fixedCosts.count }
    public var clientCount: Int { cases.first?.demands.count ?? 0 }

    /// Which solver fits.
    enum Kind { case plain, robust, capacitated, singleSource, tiered }

    /// - Throws: `PlacementError.shape`, and `unsupported` for wishes that no solver fulfils together.
    func kind() throws(PlacementError) -> Kind {
        guard unitCosts.count == siteCount * clientCount else {
            throw .shape(what: "cost matrix", count: unitCosts.count, expected: siteCount * clientCount)
        }
        if let fallback, fallback.count != clientCount {
            throw .shape(what: "fallback costs", count: fallback.count, expected: clientCount)
        }
        let sizes = [("fixed cost", fixedCosts), ("unit cost", unitCosts), ("fallback cost", fallback ?? [])]
        for (what, list) in sizes + cases.map({ ("demand", $0.demands) }) {
            for (position, value) in list.enumerated() where value.isFinite && abs(value) > 1e15 {
                throw .tooLarge(what: what, position: position, value: value)
            }
        }
        let hasCapacities = capacities?.contains { $0 < .infinity } ?? false
        let isRobust = objective != .expected && cases.count > 1
        func exclude(_ what: String, _ others: [(String, Bool)]) throws(PlacementError) {
            for (other, isAsked) in others where isAsked { throw .unsupported(what: what, with: other) }
        }
        let budgeted = ("a budget", budget != nil)
        let sized = ("capacities or sizes", hasCapacities || !alternatives.isEmpty)
        let single = ("a single source for each region", isSingleSource)
        let stocked = ("stock costs", stock != nil)
        let worst = ("the worst case of demand", isRobust)
        if !tiers.isEmpty {
            try exclude("several tiers", [budgeted, sized, single, stocked, worst])
            return .tiered
        }
        if isSingleSource || stock != nil {
            let what = isSingleSource ? single.0 : stocked.0
            try exclude(what, [worst, ("several cases of demand", cases.count > 1)])
            return .singleSource
        }
        if isRobust {
            try exclude(worst.0, [sized])
            return .robust
        }
        return sized.1 ? .capacitated : .plain
    }
}

/// The best choice found for any location problem, with the proof of how good it is.
public struct LocationSolution: Sendable, Equatable {
    /// Open sites, ascending; with tiers the open fronts.
    public var sites: [Int]
    /// Open sites above, numbered through from the top tier, and those that the goods of each site of `sites` pass.
    public var upperSites: [Int] = []
    public var ways: [[Int]] = []
    /// Who serves whom: clients ascending; the parts of a client add up to one.
    public var services: [Service]
    /// What is least: the mean cost, the cost of the worst case or its regret.
    public var objective: Double
    /// Costs of the mean over the cases.
    public var costs: LocationCosts
    /// By case of demand: what it costs, and by how much that is more than its own best choice would (worst regret
    /// only).
    public var caseCosts: [Double] = []
    public var caseRegrets: [Double] = []
    public var lowerBound: Double
    public var steps: Int
    public var stopReason: StopReason

    public struct Service: Sendable, Equatable {
        public var client: Int
        /// Nil: no site.
        public var site: Int?
        /// Part of the client's mean demand.
        public var part: Double
    }

    public var gap: Double { FacilitySolver.gap(objective, lowerBound) }

    /// For each client the site that serves the largest part of it; nil where none does.
    public func assignment(clients: Int) -> [Int?] {
        var result = [Int?](repeating: nil, count: clients)
        var largest = [Double](repeating: -1, count: clients)
        for one in services where one.part > largest[one.client] {
            largest[one.client] = one.part
            result[one.client] = one.site
        }
        return result
    }
}

public struct LocationCosts: Sendable, Equatable {
    /// Of all open sites of all tiers.
    public var fixed = 0.0
    /// Serving the clients, the way through the tiers included.
    public var service = 0.0
    public var workingStock = 0.0
    public var safetyStock = 0.0

    public var total: Double { fixed + service + workingStock + safetyStock }
}
