/// Sites kept by greedy choice and local search: an upper bound on the cost of a facility problem.
struct SiteSearch {
    let problem: FacilityProblem
    private let near: NearSites
    private let isPlain: Bool
    private(set) var isOpen: [Bool]
    private(set) var count = 0
    private(set) var cost = 0.0
    /// Cost of the best and second-best service of each client, and the best site; -1 is the fallback.
    private(set) var first: [Double]
    private(set) var second: [Double]
    private var firstSite: [Int32]
    /// What opening each site would save on service, and what closing each would cost.
    private var gain: [Double]
    private var loss: [Double]

    /// Starts from the given sites and those required, dropping what is forbidden.
    /// - Parameter near: lists of at least the sites that are not forbidden.
    init(_ problem: FacilityProblem, near: NearSites, sites: some Sequence<Int> = []) {
        self.problem = problem
        self.near = near
        isPlain = problem.rules.isPlain
        isOpen = problem.required
        for site in sites where !problem.forbidden[site] { isOpen[site] = true }
        first = problem.fallback
        second = problem.fallback
        firstSite = [Int32](repeating: -1, count: problem.clientCount)
        gain = [Double](repeating: 0, count: problem.siteCount)
        loss = gain
        refresh()
    }

    var sites: [Int] { isOpen.indices.filter { isOpen[$0] } }

    /// Opens sites one by one, each time the one that saves most, while it pays or the minimum asks for it; closes
    /// the one that is missed least while there are too many. Then adds, drops and swaps until nothing helps
    /// (Teitz and Bart, 1968); all swaps of a round are priced together (Resende and Werneck, 2007).
    ///
    /// - Returns: rounds made, as a count of work.
    mutating func improve(limit: Int) -> Int {
        var rounds = 0
        while count > problem.maximumSites, let drop = bestDrop() {
            set(drop.site, false)
            rounds += 1
        }
        while isOverBudget, let drop = bestSaving() {
            set(drop, false)
            rounds += 1
        }
        while count < problem.minimumSites, let add = bestAdd() {
            set(add.site, true)
            rounds += 1
        }
        if problem.rules.budget != nil, isOverBudget || count < problem.minimumSites {
            // Greedy steps have spent what the lower bound needs; the cheapest sites keep within it.
            for site in isOpen.indices { isOpen[site] = false }
            for site in problem.rules.cheapestSites { isOpen[site] = true }
            refresh()
        }
        while rounds < limit {
            rounds += 1
            var best = -1e-10 * max(1, abs(cost))
            var move: (in: Int?, out: Int?)?
            if count < problem.maximumSites, let add = bestAdd(), add.change < best {
                (best, move) = (add.change, (add.site, nil))
            }
            if count > problem.minimumSites, let drop = bestDrop(), drop.change < best {
                (best, move) = (drop.change, (nil, drop.site))
            }
            // Swaps are looked at only where neither adding nor dropping helps: they cost the most to find.
            if move == nil, let swap = bestSwap(), swap.change < best { move = (swap.in, swap.out) }
            guard let move else { break }
            if let site = move.in { isOpen[site] = true }
            if let site = move.out { isOpen[site] = false }
            refresh()
        }
        return rounds
    }

    private mutating func set(_ site: Int, _ open: Bool) {
        isOpen[site] = open
        refresh()
    }

    /// Serves every client afresh and prices all single moves.
    private mutating func refresh() {
        count = 0
        cost = 0
        for site in isOpen.indices {
            if isOpen[site] {
                count += 1
                cost += problem.fixedCosts[site]
            }
            gain[site] = 0
            loss[site] = 0
        }
        for client in 0..<problem.clientCount {
            let (begin, end) = (near.offsets[client], near.offsets[client + 1])
            var k = begin
            while k < end, !isOpen[Int(near.sites[k])] { k += 1 }
            let best = k < end ? near.costs[k] : problem.fallback[client]
            for closer in begin..<k { gain[Int(near.sites[closer])] += best - near.costs[closer] }
            first[client] = best
            firstSite[client] = k < end ? near.sites[k] : -1
            cost += best
            guard k < end else {
                second[client] = best
                continue
            }
            let site = Int(near.sites[k])
            k += 1
            while k < end, !isOpen[Int(near.sites[k])] { k += 1 }
            second[client] = k < end ? near.costs[k] : problem.fallback[client]
            loss[site] += second[client] - best
        }
    }

    private var isOverBudget: Bool { problem.rules.budget.map { !$0.holds($0.outlay(sites)) } ?? false }

    /// The site that is missed least for what closing it saves of the budget.
    private func bestSaving() -> Int? {
        guard let budget = problem.rules.budget else { return nil }
        return isOpen.indices.filter { isOpen[$0] && !problem.required[$0] && budget.outlays[$0] > 0 }.min {
            let (a, b) = (loss[$0] - problem.fixedCosts[$0], loss[$1] - problem.fixedCosts[$1])
            return (a / budget.outlays[$0], $0) < (b / budget.outlays[$1], $1)
        }
    }

    /// Whether the rules let a closed site in, after `out` has gone.
    private func isFree(_ site: Int, without out: Int? = nil) -> Bool {
        isPlain ? !problem.forbidden[site] : problem.rules.allows(site, with: sites, without: out)
    }

    private func bestAdd() -> (site: Int, change: Double)? {
        var best: (site: Int, change: Double)?
        for site in isOpen.indices where !isOpen[site] && !problem.forbidden[site] {
            let change = problem.fixedCosts[site] - gain[site]
            if change < best?.change ?? .infinity, isFree(site) { best = (site, change) }
        }
        return best
    }

    private func bestDrop() -> (site: Int, change: Double)? {
        var best: (site: Int, change: Double)?
        for site in isOpen.indices where isOpen[site] && !problem.required[site] {
            let change = loss[site] - problem.fixedCosts[site]
            if change < best?.change ?? .infinity { best = (site, change) }
        }
        return best
    }

    /// The change of a swap is that of the addition plus that of the removal, less what both count: a client that
    /// loses its site but finds the new one nearer than its second-best.
    private func bestSwap() -> (in: Int, out: Int, change: Double)? {
        let out = isOpen.indices.filter { isOpen[$0] && !problem.required[$0] }
        guard !out.isEmpty else { return nil }
        var column = [Int32](repeating: -1, count: problem.siteCount)
        for (position, site) in out.enumerated() { column[site] = Int32(position) }
        let width = out.count
        var saved = [Double](repeating: 0, count: problem.siteCount * width)
        saved.withUnsafeMutableBufferPointer { saved in
            for client in 0..<problem.clientCount where firstSite[client] >= 0 {
                let position = Int(column[Int(firstSite[client])])
                guard position >= 0 else { continue }
                let (nearest, limit) = (first[client], second[client])
                var k = near.offsets[client]
                let end = near.offsets[client + 1]
                while k < end, near.costs[k] < limit {
                    saved[Int(near.sites[k]) * width + position] += limit - max(nearest, near.costs[k])
                    k += 1
                }
            }
        }
        let removal = out.map { loss[$0] - problem.fixedCosts[$0] }
        var best: (in: Int, out: Int, change: Double)?
        for site in isOpen.indices where !isOpen[site] && !problem.forbidden[site] {
            let addition = problem.fixedCosts[site] - gain[site]
            for position in 0..<width {
                let change = addition + removal[position] - saved[site * width + position]
                if change < best?.change ?? .infinity, isPlain || isFree(site, without: out[position]) {
                    best = (site, out[position], change)
                }
            }
        }
        return best
    }
}
