/// Sites whose worst scenario is least bad:
///
///     minimise  sum over open sites f_j  +  max over scenarios of (cost of serving its demand - its allowance)
///
/// With allowances of zero that is the worst cost; with each scenario's own least cost, the worst regret (Kouvelis and
/// Yu, 1997), which does not let one dear scenario decide alone.
public struct RobustProblem: Sendable {
    public let siteCount: Int
    /// Clients of one scenario.
    public let clientCount: Int
    public let fixedCosts: [Double]
    /// By scenario, row-major sites x clients.
    public let costs: [[Double]]
    /// By scenario and client: cost without any site.
    let fallback: [[Double]]
    public let allowances: [Double]
    public let rules: SiteRules
    /// In the relaxation the weights of the scenarios are counted in this unit, so that their slopes have the size of
    /// the clients'.
    let unit: Double
    /// A cost that no client served within reach comes to: marks choices that leave one out.
    private let ceiling: Double

    /// - Parameters:
    ///   - unitCosts: row-major sites x clients: cost of serving one unit; infinite where it may not.
    ///   - fallback: cost of a unit that no site serves; nil when every client needs a site.
    ///   - allowances: by scenario; nil for none.
    public init(
        fixedCosts: [Double], unitCosts: [Double], fallback: [Double]? = nil, scenarios: [DemandScenario],
        allowances: [Double]? = nil, minimumSites: Int = 0, maximumSites: Int? = nil, required: [Int] = [],
        forbidden: [Int] = [], budget: SiteBudget? = nil
    ) throws(PlacementError) {
        let n = fixedCosts.count
        let m = scenarios.first?.demands.count ?? 0
        let checked = try DemandScenario.checked(scenarios, clients: m)
        guard unitCosts.count == n * m else {
            throw .shape(what: "cost matrix", count: unitCosts.count, expected: n * m)
        }
        // What is wrong with one scenario is wrong with the problem; each also prices what is out of reach.
        var costs: [[Double]] = []
        var prices: [[Double]] = []
        var rules: SiteRules?
        var total = 0.0
        for scenario in checked {
            let one = try FacilityProblem(
                fixedCosts: fixedCosts,
                costs: unitCosts.indices.map { scaled(unitCosts[$0], by: scenario.demands[$0 % m]) },
                fallback: fallback.map { list in list.indices.map { scaled(list[$0], by: scenario.demands[$0]) } },
                clientCount: m, minimumSites: minimumSites, maximumSites: maximumSites, required: required,
                forbidden: forbidden, budget: budget)
            costs.append(one.costs.indices.map { one.costs[$0] })
            let priced = one.penalised()
            prices.append(priced.fallback)
            rules = one.rules
            // What the clients cost at most, within reach or left to the fallback.
            for client in 0..<m {
                var highest = one.fallback[client] < .infinity ? abs(one.fallback[client]) : 0
                for site in 0..<n where one.costs[site * m + client] < .infinity {
                    highest = max(highest, abs(one.costs[site * m + client]))
                }
                total += highest
            }
        }
        guard let rules else { throw .shape(what: "scenarios", count: 0, expected: 1) }
        guard allowances == nil || allowances?.count == checked.count else {
            throw .shape(what: "allowances", count: allowances?.count ?? 0, expected: checked.count)
        }
        siteCount = n
        clientCount = m
        self.fixedCosts = fixedCosts
        self.costs = costs
        self.fallback = prices
        self.allowances = allowances ?? [Double](repeating: 0, count: checked.count)
        for (number, value) in self.allowances.enumerated() where !value.isFinite {
            throw .value(what: "allowance", position: number, value: value)
        }
        self.rules = rules
        let cells = Double(max(1, checked.count * m))
        unit = max(1e-9, total / Double(checked.count) / cells.squareRoot())
        ceiling = fallback == nil ? (prices.flatMap { $0 }.min() ?? .infinity) : .infinity
    }

    public var scenarioCount: Int { costs.count }
    var multiplierCount: Int { scenarioCount * (clientCount + 1) + rules.extraMultipliers }

    /// Cost of serving one scenario from some sites, without what they cost; infinite when a client is out of reach.
    public func service(_ scenario: Int, _ sites: [Int]) -> Double {
        var sum = 0.0
        for client in 0..<clientCount {
            var best = fallback[scenario][client]
            if best >= ceiling { best = .infinity }
            for site in sites { best = min(best, costs[scenario][site * clientCount + client]) }
            sum += best
        }
        return sum
    }

    /// The cost of a choice; infinite when the rules forbid it or a client is out of reach.
    public func cost(of sites: [Int]) -> Double {
        guard rules.allows(sites) else { return .infinity }
        let fixed = sites.reduce(0) { $0 + fixedCosts[$1] }
        return fixed + ((0..<scenarioCount).map { service($0, sites) - allowances[$0] }.max() ?? 0)
    }

    /// Brings the weights at `lambda[offset...]`, in `unit`s, to the nearest that are not negative and add up to one
    /// (Held, Wolfe and Crowder, 1974).
    func project(_ lambda: inout [Double]) {
        let offset = scenarioCount * clientCount
        let weights = (0..<scenarioCount).map { lambda[offset + $0] / unit }
        let order = weights.sorted(by: >)
        var (sum, shift) = (0.0, 0.0)
        for (position, weight) in order.enumerated() {
            sum += weight
            let candidate = (sum - 1) / Double(position + 1)
            if weight > candidate { shift = candidate }
        }
        for s in 0..<scenarioCount { lambda[offset + s] = unit * max(0, weights[s] - shift) }
        for i in (offset + scenarioCount)..<lambda.count { lambda[i] = max(0, lambda[i]) }
    }
}
