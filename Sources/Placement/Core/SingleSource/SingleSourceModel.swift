/// Single sourcing as branch and bound sees it. Relaxed are the clients' assignments; each site then serves the set of
/// clients that pays best for it. Behind the settings of the sites a state holds one for each pair of site and client:
/// 1 served from there, -1 not.
struct SingleSourceModel: SiteModel {
    let problem: SingleSourceProblem
    private(set) var bound = -Double.infinity
    private(set) var subgradient: [Double]
    private var reduced: [Double]
    private var selection: SiteSelection
    /// The set each site would serve.
    private var sets: [[Int32]]
    private let underestimates: [[(linear: [Double], square: [Double])]]
    private let search: SourceSearch
    /// Sets of sites that have been searched around.
    private var tried: Set<[Int]> = []

    init(_ problem: SingleSourceProblem) {
        self.problem = problem
        reduced = [Double](repeating: 0, count: problem.siteCount)
        sets = [[Int32]](repeating: [], count: problem.siteCount)
        selection = SiteSelection(problem.rules)
        subgradient = [Double](repeating: 0, count: problem.clientCount + problem.rules.extraMultipliers)
        underestimates = problem.stock.map { stock in (0..<problem.siteCount).map { stock.underestimates($0) } } ?? []
        search = SourceSearch(problem)
    }

    private var m: Int { problem.clientCount }
    var siteCount: Int { problem.siteCount }
    var firstState: [Int8] { problem.firstState }
    var isIntegral: Bool { false }
    var choosesAssignments: Bool { true }
    var chosen: [Int32] { selection.chosen }
    var isChosen: [Bool] { selection.isChosen }

    func clamp(_ lambda: inout [Double]) {
        for i in m..<lambda.count { lambda[i] = max(0, lambda[i]) }
    }

    @discardableResult
    mutating func evaluate(_ lambda: [Double], state: [Int8]) -> Double {
        bound = .infinity
        guard let (sites, homes) = problem.settings(state) else { return bound }
        var must = [[Int32]](repeating: [], count: siteCount)
        for (client, home) in homes.enumerated() where home >= 0 { must[Int(home)].append(Int32(client)) }
        for j in 0..<siteCount where sites[j] >= 0 {
            reduced[j] = problem.fixedCosts[j] + price(j, lambda, must[j], homes, state)
            if reduced[j] == .infinity, sites[j] > 0 { return bound }
        }
        bound = lambda[..<m].reduce(0, +)
        if lambda.count > m { bound += selection.charge(&reduced, lambda[m]) }
        bound += selection.choose(reduced, state: sites)
        guard bound < .infinity else { return bound }
        for i in 0..<m { subgradient[i] = 1 }
        for j in chosen { for i in sets[Int(j)] { subgradient[Int(i)] -= 1 } }
        if lambda.count > m { subgradient[m] = selection.overspent(at: lambda[m]) }
        return bound
    }

    func forcedBound(_ site: Int) -> Double { bound + selection.rise(forcing: site, reduced) }

    /// A lower bound on the cost of the set that pays best at the multipliers, less what its clients pay.
    private mutating func price(
        _ j: Int, _ lambda: [Double], _ must: [Int32], _ homes: [Int32], _ state: [Int8]
    ) -> Double {
        let row = j * m
        var (base, load) = (0.0, 0.0)
        for client in must {
            base += problem.costs[row + Int(client)] - lambda[Int(client)]
            load += problem.demands[Int(client)]
        }
        sets[j] = must
        let room = problem.capacities[j] - load
        guard room > -1e-9 * max(1, load) else { return .infinity }
        // Who may come and would pay for it.
        var free: [(value: Double, size: Double, item: Int32)] = []
        for i in 0..<m where homes[i] < 0 && state[siteCount + row + i] == 0 {
            let value = lambda[i] - problem.costs[row + i]
            if value > 0 { free.append((value, problem.demands[i], Int32(i))) }
        }
        if free.isEmpty { return base + (problem.stock?.cost(j, must.map(Int.init)) ?? 0) }
        var best = -Double.infinity
        if problem.capacities[j] < .infinity || problem.stock == nil {
            let slack = problem.capacities[j] < .infinity ? 1e-9 * max(1, problem.capacities[j]) : 0
            let knapsack = Knapsack(free, room: max(0, room) + slack)
            best = base - knapsack.bound
            sets[j] = must + knapsack.chosen
        }
        guard problem.stock != nil else { return best }
        for under in underestimates[j] {
            let (value, set) = pooled(under, base, must, free)
            if value > best { (best, sets[j]) = (value, must + set) }
        }
        return best
    }

    /// The best set under a linear cost plus the root of a sum: one of the first so many in the order of what each
    /// pays for its part of the sum (Shen, Coullard and Daskin, 2003).
    private func pooled(
        _ under: (linear: [Double], square: [Double]), _ base: Double, _ must: [Int32],
        _ free: [(value: Double, size: Double, item: Int32)]
    ) -> (Double, [Int32]) {
        var (sum, square) = (base, 0.0)
        for i in must {
            sum += under.linear[Int(i)]
            square += under.square[Int(i)]
        }
        var paying: [(ratio: Double, pays: Double, item: Int32)] = []
        for (value, _, item) in free {
            let pays = value - under.linear[Int(item)]
            if pays > 0 { paying.append((under.square[Int(item)] / pays, pays, item)) }
        }
        paying.sort { ($0.ratio, $0.item) < ($1.ratio, $1.item) }
        var (best, count) = (sum + square.squareRoot(), 0)
        for (position, one) in paying.enumerated() {
            sum -= one.pays
            square += under.square[Int(one.item)]
            let value = sum + square.squareRoot()
            if value < best { (best, count) = (value, position + 1) }
        }
        return (best, paying[..<count].map(\.item))
    }

    /// A client that the relaxed sets serve never or more than once, at a site that wants it; then any that is left.
    func undecided(_ state: [Int8]) -> (setting: Int, opensFirst: Bool)? {
        guard let (sites, homes) = problem.settings(state) else { return nil }
        var open: (client: Int, weight: Double)?
        for i in 0..<m where homes[i] < 0 {
            let weight = abs(subgradient[i]) * 1e6 + problem.demands[i]
            if weight > open?.weight ?? -1,
                (0..<siteCount).contains(where: { sites[$0] > 0 && state[siteCount + $0 * m + i] == 0 })
            {
                open = (i, weight)
            }
        }
        guard let client = open?.client else { return nil }
        var best: (site: Int, cost: Double)?
        for j in 0..<siteCount where sites[j] > 0 && state[siteCount + j * m + client] == 0 {
            let isWanted = sets[j].contains(Int32(client))
            let cost = problem.costs[j * m + client] - (isWanted ? 1e12 : 0)
            if cost < best?.cost ?? .infinity { best = (j, cost) }
        }
        return best.map { (siteCount + $0.site * m + client, true) }
    }

    // MARK: - Choices

    /// Served in parts the problem is much easier: its prices and sites are near those looked for here.
    mutating func start() -> (choice: SiteChoice, multipliers: [Double]) {
        var choice = search.start()
        var multipliers =
            (0..<m).map { i -> Double in
                var (first, second) = (Double.infinity, Double.infinity)
                for j in 0..<siteCount where !problem.rules.forbidden[j] {
                    let cost = problem.costs[j * m + i]
                    if cost < first { (first, second) = (cost, first) } else { second = min(second, cost) }
                }
                return second < .infinity ? 0.5 * (first + second) : first
            } + [Double](repeating: 0, count: problem.rules.extraMultipliers)
        if let split = problem.servedInParts() {
            var parts = BranchAndBound(
                CapacitatedModel(split), limits: SearchLimits(steps: 1_000, rootSteps: 800, caseSteps: 20),
                shouldStop: { _ in false })
            parts.run()
            if let root = parts.certificate.cases.first { multipliers = root.multipliers }
            choice.work += parts.steps
            evaluate(multipliers, state: firstState)
            if let found = search.improve(parts.choice.sites, reduced, below: choice.cost, isThorough: true),
                found.cost < choice.cost
            {
                choice = SiteChoice(
                    sites: found.sites, cost: found.cost, work: choice.work + found.work,
                    assignment: found.assignment)
            }
        }
        evaluate(multipliers, state: firstState)
        return (choice, multipliers)
    }

    /// Who is served once in the relaxation stays there; the sites are searched around once for each set of them.
    mutating func improve(_ sites: [Int], below best: Double, isThorough: Bool) -> SiteChoice? {
        var hint = [Int](repeating: -1, count: m)
        for j in sites {
            for client in sets[j] {
                let i = Int(client)
                if hint[i] < 0 || problem.costs[j * m + i] < problem.costs[hint[i] * m + i] { hint[i] = j }
            }
        }
        let near = search.assign(sites.sorted(), hint: hint)
        guard isThorough, tried.insert(sites.sorted()).inserted else { return near.cost < best ? near : nil }
        guard var choice = search.improve(sites, reduced, below: best, isThorough: true) else {
            return near.cost < best ? near : nil
        }
        choice.work += near.work
        return near.cost < choice.cost ? near : choice
    }

    /// The pairs that are set say who is served where.
    mutating func settle(_ state: [Int8]) -> (choice: SiteChoice, multipliers: [Double]) {
        let zeros = [Double](repeating: 0, count: subgradient.count)
        guard let (sites, homes) = problem.settings(state), !homes.contains(-1) else {
            return (SiteChoice(sites: [], cost: .infinity), zeros)
        }
        let open = (0..<siteCount).filter { sites[$0] > 0 }
        let assignment = homes.map(Int.init)
        return (
            SiteChoice(sites: open, cost: problem.cost(of: open, assignment: assignment), assignment: assignment),
            zeros
        )
    }
}

extension SingleSourceProblem {
    /// The sites as the rules have them; of the pairs those are closed that can never serve.
    var firstState: [Int8] {
        var state = rules.firstState
        state.reserveCapacity(siteCount * (clientCount + 1))
        for site in 0..<siteCount {
            for client in 0..<clientCount {
                let isOut = costs[site * clientCount + client] == .infinity || !fits(demands[client], capacities[site])
                state.append(isOut || state[site] < 0 ? -1 : 0)
            }
        }
        return state
    }

    /// What a state says: the setting of each site, open too where a client must be served from it, and the site of
    /// each client that has one (-1 for the others). Nil where it contradicts itself or leaves a client no site.
    func settings(_ state: [Int8]) -> (sites: [Int8], homes: [Int32])? {
        var sites = Array(state[..<siteCount])
        var homes = [Int32](repeating: -1, count: clientCount)
        var hasSite = [Bool](repeating: false, count: clientCount)
        for site in 0..<siteCount {
            let row = siteCount + site * clientCount
            for client in 0..<clientCount where state[row + client] >= 0 {
                if state[row + client] > 0 {
                    guard homes[client] < 0, sites[site] >= 0 else { return nil }
                    homes[client] = Int32(site)
                    sites[site] = 1
                }
                if sites[site] >= 0 { hasSite[client] = true }
            }
        }
        return hasSite.contains(false) ? nil : (sites, homes)
    }
}
