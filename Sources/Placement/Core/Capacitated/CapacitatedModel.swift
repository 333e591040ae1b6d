/// Facility location with capacities as branch and bound sees it. Relaxed are the clients' assignments; each site then
/// fills itself with what pays most per unit of room, and as many sites are chosen as the demand takes at the least
/// (Christofides and Beasley, 1983).
struct CapacitatedModel: SiteModel {
    let problem: CapacitatedProblem
    private(set) var bound = -Double.infinity
    private(set) var subgradient: [Double]
    /// Value of opening each site at the multipliers.
    private var reduced: [Double]
    private var selection: SiteSelection
    /// What each site takes: (client, part), site after site.
    private var taken: [(client: Int32, part: Double)] = []
    private var takenFrom: [Int] = []
    private var candidates: [(ratio: Double, client: Int32)] = []
    /// Costs of the choices looked at; forgotten all at once when there are too many.
    private var known: [[Int]: Double] = [:]
    private let mostKnown = 50_000
    private var room: [Double]

    init(_ problem: CapacitatedProblem) {
        self.problem = problem
        reduced = [Double](repeating: 0, count: problem.siteCount)
        selection = SiteSelection(problem.rules)
        subgradient = [Double](repeating: 0, count: problem.clientCount + problem.rules.extraMultipliers)
        takenFrom = [Int](repeating: 0, count: problem.siteCount + 1)
        room = [Double](repeating: 0, count: problem.scenarioCount)
    }

    private var clientCount: Int { problem.clientCount }
    var siteCount: Int { problem.siteCount }
    var firstState: [Int8] { problem.rules.firstState }
    var isIntegral: Bool { false }
    var chosen: [Int32] { selection.chosen }
    var isChosen: [Bool] { selection.isChosen }

    func clamp(_ lambda: inout [Double]) {
        for i in clientCount..<lambda.count { lambda[i] = max(0, lambda[i]) }
    }

    @discardableResult
    mutating func evaluate(_ lambda: [Double], state: [Int8]) -> Double {
        fill(lambda, state)
        bound = lambda[..<clientCount].reduce(0, +)
        if lambda.count > clientCount { bound += selection.charge(&reduced, lambda[clientCount]) }
        bound += selection.choose(reduced, state: state)
        guard bound < .infinity else { return bound }
        for i in 0..<clientCount { subgradient[i] = 1 }
        for j in chosen {
            for k in takenFrom[Int(j)]..<takenFrom[Int(j) + 1] {
                subgradient[Int(taken[k].client)] -= taken[k].part
            }
        }
        if lambda.count > clientCount { subgradient[clientCount] = selection.overspent(at: lambda[clientCount]) }
        return bound
    }

    func forcedBound(_ site: Int) -> Double { bound + selection.rise(forcing: site, reduced) }

    /// Every site that is not closed takes the clients that save most per unit, the last of them in part.
    private mutating func fill(_ lambda: [Double], _ state: [Int8]) {
        taken.removeAll(keepingCapacity: true)
        let m = problem.clientCount
        for j in state.indices {
            takenFrom[j] = taken.count
            guard state[j] >= 0 else { continue }
            candidates.removeAll(keepingCapacity: true)
            var value = problem.fixedCosts[j]
            var load = 0.0
            for i in 0..<m {
                let saving = problem.costs[j * m + i] - lambda[i]
                guard saving < 0 else { continue }
                if problem.demands[i] > 0 {
                    candidates.append((saving / problem.demands[i], Int32(i)))
                    load += problem.demands[i]
                } else {
                    value += saving
                    taken.append((Int32(i), 1))
                }
            }
            // Only where not everything fits does the order matter.
            if load > problem.capacities[j] { candidates.sort { ($0.ratio, $0.client) < ($1.ratio, $1.client) } }
            for scenario in room.indices { room[scenario] = problem.capacities[j] }
            for (ratio, client) in candidates {
                let scenario = problem.scenario(Int(client))
                let units = min(room[scenario], problem.demands[Int(client)])
                guard units > 0 else { continue }
                value += ratio * units
                room[scenario] -= units
                taken.append((client, units / problem.demands[Int(client)]))
            }
            reduced[j] = value
        }
        takenFrom[state.count] = taken.count
    }

    // MARK: - Choices

    /// The prices of an unlimited network say which sites are worth their cost; from there on it is searched.
    mutating func start() -> (choice: SiteChoice, multipliers: [Double]) {
        let all = (0..<problem.siteCount).filter { !problem.rules.forbidden[$0] }
        let everything = Service(problem, open: all)
        let multipliers = everything.multipliers + extra
        evaluate(multipliers, state: firstState)
        var choice = SiteChoice(sites: all, cost: problem.rules.allows(all) ? everything.cost : .infinity, work: 1)
        if let better = improve(chosen.map(Int.init), below: .infinity, isThorough: true), better.cost < choice.cost {
            choice = better
        }
        return (choice, multipliers)
    }

    private var extra: [Double] { [Double](repeating: 0, count: problem.rules.extraMultipliers) }

    mutating func improve(_ sites: [Int], below best: Double, isThorough: Bool) -> SiteChoice? {
        var open = sites.sorted()
        // What the relaxation leaves without room is opened, by value.
        var room = open.reduce(0) { $0 + problem.capacities[$1] }
        let order = (0..<problem.siteCount).sorted { (reduced[$0], $0) < (reduced[$1], $1) }
        for site in order
        where room < problem.totalDemand && !open.contains(site) && problem.rules.allows(site, with: open) {
            open.append(site)
            room += problem.capacities[site]
        }
        open.sort()
        guard problem.rules.allows(open), known[open] == nil else { return nil }
        let choice = SiteChoice(sites: open, cost: cost(open), work: 1)
        guard choice.cost < .infinity else { return nil }
        return isThorough && choice.cost < best * (1 + 0.02) || choice.cost < best ? search(choice, rounds: 20) : choice
    }

    mutating func settle(_ state: [Int8]) -> (choice: SiteChoice, multipliers: [Double]) {
        let open = state.indices.filter { state[$0] > 0 }
        guard problem.rules.allows(open) else {
            return (SiteChoice(sites: open, cost: .infinity), [Double](repeating: 0, count: clientCount) + extra)
        }
        let served = Service(problem, open: open)
        guard served.cost == .infinity else {
            return (SiteChoice(sites: open, cost: served.cost), served.multipliers + extra)
        }
        // What cannot be served at any price shows in the prices when the rest may go nowhere, very dear.
        let short = Service(problem.withNowhere(), open: open + [problem.siteCount])
        return (SiteChoice(sites: open, cost: .infinity), short.multipliers + extra)
    }

    private mutating func cost(_ sites: [Int]) -> Double {
        if let cost = known[sites] { return cost }
        let cost = Service(problem, open: sites).cost
        if known.count >= mostKnown { known.removeAll(keepingCapacity: true) }
        known[sites] = cost
        return cost
    }

    /// Closes, opens and exchanges single sites while that helps. Looked at are the open sites and those closed ones
    /// that the multipliers speak for most.
    private mutating func search(_ start: SiteChoice, rounds: Int) -> SiteChoice {
        var best = start
        let order = (0..<problem.siteCount).sorted { (reduced[$0], $0) < (reduced[$1], $1) }
        let sets = problem.rules.alternatives
        for _ in 0..<rounds {
            let closed = order.filter { !best.sites.contains($0) && !problem.rules.forbidden[$0] }
            let promising = closed.prefix(8).map { [$0] } + [[]]
            var found: (sites: [Int], cost: Double)?
            func look(_ sites: [Int], _ model: inout Self) {
                guard model.problem.rules.allows(sites) else { return }
                let cost = model.cost(sites)
                best.work += 1
                if cost < min(best.cost, found?.cost ?? .infinity) { found = (sites, cost) }
            }
            for site in promising { look((best.sites + site).sorted(), &self) }
            for site in best.sites { look(best.sites.filter { $0 != site }, &self) }
            // Another size of the same site.
            for out in best.sites where sets[out] >= 0 {
                for site in closed where sets[site] == sets[out] {
                    look((best.sites.filter { $0 != out } + [site]).sorted(), &self)
                }
            }
            if found == nil {
                for out in best.sites {
                    for site in promising.prefix(3) { look((best.sites.filter { $0 != out } + site).sorted(), &self) }
                }
            }
            guard let found else { break }
            (best.sites, best.cost) = (found.sites, found.cost)
        }
        return best
    }
}
