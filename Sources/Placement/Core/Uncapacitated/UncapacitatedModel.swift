/// Facility location without capacities as branch and bound sees it.
struct UncapacitatedModel: SiteModel {
    /// With prices in place of infinite fallback costs.
    let problem: FacilityProblem
    /// Lists of every site that is not forbidden, and those of the sites that the first case leaves open to question.
    private let near: NearSites
    private var base: NearSites
    private var lagrangian: Lagrangian

    init(_ problem: FacilityProblem) {
        let problem = problem.penalised()
        self.problem = problem
        near = NearSites(problem) { problem.forbidden[$0] }
        base = near
        lagrangian = Lagrangian(problem, near: near)
    }

    private var clientCount: Int { problem.clientCount }
    var siteCount: Int { problem.siteCount }
    var firstState: [Int8] { problem.rules.firstState }
    var isIntegral: Bool { problem.isIntegral }
    var bound: Double { lagrangian.bound }
    var chosen: [Int32] { lagrangian.selection.chosen }
    var isChosen: [Bool] { lagrangian.selection.isChosen }
    var subgradient: [Double] { lagrangian.subgradient }

    /// No multiplier need be higher than the client's fallback; the price of a budget is not negative.
    func clamp(_ lambda: inout [Double]) {
        for i in 0..<clientCount where lambda[i] > problem.fallback[i] { lambda[i] = problem.fallback[i] }
        for i in clientCount..<lambda.count { lambda[i] = max(0, lambda[i]) }
    }

    @discardableResult
    mutating func evaluate(_ lambda: [Double], state: [Int8]) -> Double { lagrangian.evaluate(lambda, state: state) }

    func forcedBound(_ site: Int) -> Double { lagrangian.forcedBound(site) }

    mutating func turn(to state: [Int8]) {
        lagrangian.near = base
        lagrangian.near.drop { state[$0] < 0 }
    }

    mutating func narrow(to state: [Int8]) { lagrangian.near.drop { state[$0] < 0 } }

    mutating func keepNarrow() { base = lagrangian.near }

    /// Half-way between a client's best and second-best service a multiplier pays for one site and not for two.
    mutating func start() -> (choice: SiteChoice, multipliers: [Double]) {
        var search = SiteSearch(problem, near: near)
        let work = search.improve(limit: 10 + 2 * problem.siteCount)
        return (
            choice(search.sites, work: work),
            (0..<clientCount).map { min(0.5 * (search.first[$0] + search.second[$0]), ownCost($0)) }
                + [Double](repeating: 0, count: problem.rules.extraMultipliers)
        )
    }

    /// What serving a client by a site opened for it alone would cost at least; infinite where sites are free, as this
    /// then says nothing. Where a client has no second service but a price that must never be paid, it begins here.
    private func ownCost(_ client: Int) -> Double {
        var least = Double.infinity
        for k in near.offsets[client]..<near.offsets[client + 1] {
            let fixed = problem.fixedCosts[Int(near.sites[k])]
            guard fixed > 0 else { return .infinity }
            least = min(least, near.costs[k] + fixed)
        }
        return least
    }

    mutating func improve(_ sites: [Int], below best: Double, isThorough: Bool) -> SiteChoice? {
        guard sites.count >= problem.minimumSites, sites.count <= problem.maximumSites || isThorough else { return nil }
        guard isThorough || problem.cost(of: sites) < best else { return nil }
        var search = SiteSearch(problem, near: near, sites: sites)
        let work = search.improve(limit: 10 + 2 * problem.siteCount)
        return choice(search.sites, work: work)
    }

    mutating func settle(_ state: [Int8]) -> (choice: SiteChoice, multipliers: [Double]) {
        let open = (0..<siteCount).filter { state[$0] > 0 }
        return (
            choice(open, work: 0),
            (0..<clientCount).map { problem.serviceCost($0, open).cost }
                + [Double](repeating: 0, count: problem.rules.extraMultipliers)
        )
    }

    private func choice(_ sites: [Int], work: Int) -> SiteChoice {
        SiteChoice(
            sites: sites, cost: problem.rules.allows(sites) ? problem.cost(of: sites) : .infinity, work: work)
    }
}
