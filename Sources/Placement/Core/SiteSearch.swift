/// Sites kept by greedy choice and local search: an upper bound on the cost of a facility problem.
struct SiteSearch {
    let problem: FacilityProblem
    private(set) var isOpen: [Bool]
    private(set) var count = 0
    private(set) var cost = 0.0
    /// Best and second-best service of each client; site -1 is the fallback.
    private var first: [Double]
    private var second: [Double]
    private var firstSite: [Int]

    /// Starts from the given sites and those required, dropping what is forbidden.
    init(_ problem: FacilityProblem, sites: [Int] = []) {
        self.problem = problem
        isOpen = problem.required
        for site in sites where !problem.forbidden[site] { isOpen[site] = true }
        first = problem.fallback
        second = [Double](repeating: .infinity, count: problem.clientCount)
        firstSite = [Int](repeating: -1, count: problem.clientCount)
        refresh()
    }

    var sites: [Int] { isOpen.indices.filter { isOpen[$0] } }

    /// Opens sites one by one, each time the one that saves most, while it pays or the minimum asks for it; closes
    /// the one that is missed least while there are too many. Then adds, drops and swaps until nothing helps
    /// (Teitz and Bart, 1968; swaps in O(sites x clients) a round after Whitaker, 1983).
    ///
    /// - Returns: rounds made, as a count of work.
    mutating func improve(limit: Int) -> Int {
        var rounds = 0
        while count > problem.maximumSites, let site = cheapestDrop()?.site {
            set(site, false)
            rounds += 1
        }
        while count < problem.minimumSites, let site = bestAdd()?.site {
            set(site, true)
            rounds += 1
        }
        while rounds < limit {
            rounds += 1
            let slack = 1e-10 * max(1, abs(cost))
            var best = -slack
            var move: (in: Int?, out: Int?)?
            if count < problem.maximumSites, let add = bestAdd(), add.change < best {
                (best, move) = (add.change, (add.site, nil))
            }
            if count > problem.minimumSites, let drop = cheapestDrop(), drop.change < best {
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

    private mutating func refresh() {
        let m = problem.clientCount
        count = 0
        cost = 0
        for i in 0..<m {
            first[i] = problem.fallback[i]
            second[i] = .infinity
            firstSite[i] = -1
        }
        for j in isOpen.indices where isOpen[j] {
            count += 1
            cost += problem.fixedCosts[j]
            for i in 0..<m {
                let c = problem.costs[j * m + i]
                if c < first[i] {
                    second[i] = first[i]
                    first[i] = c
                    firstSite[i] = j
                } else if c < second[i] {
                    second[i] = c
                }
            }
        }
        for i in 0..<m { cost += first[i] }
    }

    /// Change of cost when a closed site opens: its fixed cost less what it saves.
    private func bestAdd() -> (site: Int, change: Double)? {
        var best: (site: Int, change: Double)?
        let m = problem.clientCount
        for j in isOpen.indices where !isOpen[j] && !problem.forbidden[j] {
            var change = problem.fixedCosts[j]
            for i in 0..<m { change += min(0, problem.costs[j * m + i] - first[i]) }
            if change < best?.change ?? .infinity { best = (j, change) }
        }
        return best
    }

    private func cheapestDrop() -> (site: Int, change: Double)? {
        var change = problem.fixedCosts.map { -$0 }
        for i in firstSite.indices where firstSite[i] >= 0 { change[firstSite[i]] += second[i] - first[i] }
        var best: (site: Int, change: Double)?
        for j in isOpen.indices where isOpen[j] && !problem.required[j] && change[j] < best?.change ?? .infinity {
            best = (j, change[j])
        }
        return best
    }

    private func bestSwap() -> (in: Int, out: Int, change: Double)? {
        let m = problem.clientCount
        let drops = isOpen.indices.filter { isOpen[$0] && !problem.required[$0] }
        guard !drops.isEmpty else { return nil }
        var best: (in: Int, out: Int, change: Double)?
        var loss = [Double](repeating: 0, count: problem.siteCount)
        for j in isOpen.indices where !isOpen[j] && !problem.forbidden[j] {
            for site in drops { loss[site] = 0 }
            var gain = -problem.fixedCosts[j]
            for i in 0..<m {
                let c = problem.costs[j * m + i]
                if c < first[i] {
                    gain += first[i] - c
                } else if firstSite[i] >= 0 {
                    loss[firstSite[i]] += min(c, second[i]) - first[i]
                }
            }
            for site in drops {
                let change = loss[site] - problem.fixedCosts[site] - gain
                if change < best?.change ?? .infinity { best = (j, site, change) }
            }
        }
        return best
    }
}
