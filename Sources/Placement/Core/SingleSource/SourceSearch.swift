/// Choices under single sourcing: clients handed out by regret, then moved and exchanged; sites opened, closed and
/// exchanged around that.
struct SourceSearch {
    let problem: SingleSourceProblem

    init(_ problem: SingleSourceProblem) { self.problem = problem }

    private var m: Int { problem.clientCount }

    /// Of the choices "all sites" and "as few as the rules and the demand ask for" the better.
    func start() -> SiteChoice {
        let all = (0..<problem.siteCount).filter { !problem.rules.forbidden[$0] }
        let order = all.sorted { a, b in
            (problem.fixedCosts[a] / max(1e-9, min(problem.capacities[a], 1e12)), a)
                < (problem.fixedCosts[b] / max(1e-9, min(problem.capacities[b], 1e12)), b)
        }
        var open = (0..<problem.siteCount).filter { problem.rules.required[$0] }
        var best = assign(open)
        for site in order where !open.contains(site) && open.count < problem.rules.maximum {
            guard problem.rules.allows(site, with: open) else { continue }
            open.append(site)
            let next = assign(open.sorted())
            best.work += next.work
            if next.cost < best.cost {
                best = SiteChoice(sites: next.sites, cost: next.cost, work: best.work, assignment: next.assignment)
            }
        }
        return best
    }

    func improve(_ sites: [Int], _ prices: [Double], below best: Double, isThorough: Bool) -> SiteChoice? {
        var open = sites.sorted()
        let order = (0..<problem.siteCount).filter { !problem.rules.forbidden[$0] }
            .sorted { (prices[$0], $0) < (prices[$1], $1) }
        var room = open.reduce(0) { $0 + problem.capacities[$1] }
        let demand = problem.demands.reduce(0, +)
        for site in order
        where room < demand && !open.contains(site) && open.count < problem.rules.maximum
            && problem.rules.allows(site, with: open)
        {
            open.append(site)
            room += problem.capacities[site]
        }
        open.sort()
        var choice = assign(open)
        guard isThorough || choice.cost < best else { return choice.cost < .infinity ? choice : nil }
        for _ in 0..<30 {
            var found: SiteChoice?
            func look(_ sites: [Int]) {
                guard problem.rules.allows(sites) else { return }
                let next = assign(sites.sorted())
                choice.work += next.work
                if next.cost < min(choice.cost, found?.cost ?? .infinity) { found = next }
            }
            let closed = order.filter { !choice.sites.contains($0) }
            for site in closed.prefix(6) { look(choice.sites + [site]) }
            for site in choice.sites { look(choice.sites.filter { $0 != site }) }
            if found == nil {
                for out in choice.sites {
                    let set = problem.rules.alternatives[out]
                    let near = closed.prefix(3) + closed.filter { set >= 0 && problem.rules.alternatives[$0] == set }
                    for site in Set(near).sorted() { look(choice.sites.filter { $0 != out } + [site]) }
                }
            }
            guard let found else { break }
            choice = SiteChoice(sites: found.sites, cost: found.cost, work: choice.work, assignment: found.assignment)
        }
        return choice.cost < .infinity ? choice : nil
    }

    // MARK: - Clients

    /// The clients of the open sites and what they are together.
    private struct Shares {
        var home: [Int]
        var load: [Double]
        var mean: [Double]
        var variance: [Double]
        var members: [[Int]]
    }

    /// The clients handed out over exactly these sites; infinite when no way was found.
    /// - Parameter hint: the site where each client had better be; -1 where nothing speaks for any.
    func assign(_ open: [Int], hint: [Int] = []) -> SiteChoice {
        let none = SiteChoice(sites: open, cost: .infinity, work: 1)
        guard problem.rules.allows(open), !open.isEmpty || m == 0 else { return none }
        var shares = Shares(
            home: [Int](repeating: -1, count: m), load: [Double](repeating: 0, count: problem.siteCount),
            mean: [Double](repeating: 0, count: problem.siteCount),
            variance: [Double](repeating: 0, count: problem.siteCount),
            members: [[Int]](repeating: [], count: problem.siteCount))
        // Who loses most by not getting the nearest goes first.
        let regret = (0..<m).map { client -> Double in
            var (first, second) = (Double.infinity, Double.infinity)
            for site in open where problem.fits(problem.demands[client], problem.capacities[site]) {
                let cost = problem.costs[site * m + client]
                if cost < first { (first, second) = (cost, first) } else { second = min(second, cost) }
            }
            return first == .infinity ? .infinity : second - first
        }
        let isRoomy = open.allSatisfy { problem.capacities[$0] == .infinity }
        let order = (0..<m).sorted {
            isRoomy
                ? (-regret[$0], $0) < (-regret[$1], $1)
                : (-regret[$0], -problem.demands[$0], $0) < (-regret[$1], -problem.demands[$1], $1)
        }
        for (client, site) in hint.enumerated()
        where site >= 0 && problem.fits(shares.load[site] + problem.demands[client], problem.capacities[site]) {
            put(client, site, &shares)
        }
        for client in order where shares.home[client] < 0 && !place(client, open, &shares) { return none }
        guard repair(open, &shares) else { return packed(open) ?? none }
        exchange(open, &shares)
        return finished(open, shares)
    }

    /// The dearest packing rule, for when regret leaves no room: largest demand first, where most room is.
    private func packed(_ open: [Int]) -> SiteChoice? {
        var shares = Shares(
            home: [Int](repeating: -1, count: m), load: [Double](repeating: 0, count: problem.siteCount),
            mean: [Double](repeating: 0, count: problem.siteCount),
            variance: [Double](repeating: 0, count: problem.siteCount),
            members: [[Int]](repeating: [], count: problem.siteCount))
        for client in (0..<m).sorted(by: { (-problem.demands[$0], $0) < (-problem.demands[$1], $1) }) {
            let site = open.filter {
                problem.costs[$0 * m + client] < .infinity
                    && problem.fits(shares.load[$0] + problem.demands[client], problem.capacities[$0])
            }.max { problem.capacities[$0] - shares.load[$0] < problem.capacities[$1] - shares.load[$1] }
            guard let site else { return nil }
            put(client, site, &shares)
        }
        exchange(open, &shares)
        return finished(open, shares)
    }

    private func finished(_ open: [Int], _ shares: Shares) -> SiteChoice {
        SiteChoice(
            sites: open, cost: problem.cost(of: open, assignment: shares.home), work: 1 + m / 50,
            assignment: shares.home)
    }

    /// What the site's cost rises by with one more client.
    private func marginal(_ client: Int, _ site: Int, _ shares: Shares) -> Double {
        let cost = problem.costs[site * m + client]
        guard let stock = problem.stock, cost < .infinity else { return cost }
        let variance = shares.variance[site] + addedVariance(client, site, shares, stock)
        return cost + stock.cost(site, mean: shares.mean[site] + stock.means[client], variance: variance)
            - stock.cost(site, mean: shares.mean[site], variance: shares.variance[site])
    }

    private func addedVariance(_ client: Int, _ site: Int, _ shares: Shares, _ stock: PooledStock) -> Double {
        shares.members[site].reduce(stock.covariance[client * m + client]) {
            $1 == client ? $0 : $0 + 2 * stock.covariance[client * m + $1]
        }
    }

    private func put(_ client: Int, _ site: Int, _ shares: inout Shares) {
        if let stock = problem.stock {
            shares.variance[site] += addedVariance(client, site, shares, stock)
            shares.mean[site] += stock.means[client]
        }
        shares.members[site].append(client)
        shares.load[site] += problem.demands[client]
        shares.home[client] = site
    }

    private func take(_ client: Int, _ shares: inout Shares) {
        let site = shares.home[client]
        shares.members[site].removeAll { $0 == client }
        shares.load[site] -= problem.demands[client]
        if let stock = problem.stock {
            shares.variance[site] -= addedVariance(client, site, shares, stock)
            shares.mean[site] -= stock.means[client]
        }
        shares.home[client] = -1
    }

    /// At the cheapest site with room, or the one that is least too full; false where no open site may serve it.
    private func place(_ client: Int, _ open: [Int], _ shares: inout Shares) -> Bool {
        var best: (site: Int, cost: Double)?
        var fallback: (site: Int, over: Double)?
        let demand = problem.demands[client]
        for site in open where problem.costs[site * m + client] < .infinity {
            if problem.fits(shares.load[site] + demand, problem.capacities[site]) {
                let cost = marginal(client, site, shares)
                if cost < best?.cost ?? .infinity { best = (site, cost) }
            } else if problem.fits(demand, problem.capacities[site]) {
                let over = shares.load[site] + demand - problem.capacities[site]
                if over < fallback?.over ?? .infinity { fallback = (site, over) }
            }
        }
        guard let site = best?.site ?? fallback?.site else { return false }
        put(client, site, &shares)
        return true
    }

    /// Moves and exchanges clients until no site is too full; false when that does not succeed.
    private func repair(_ open: [Int], _ shares: inout Shares) -> Bool {
        func over(_ site: Int, _ load: Double) -> Double {
            problem.fits(load, problem.capacities[site]) ? 0 : load - problem.capacities[site]
        }
        for _ in 0..<(4 * m + 20) {
            guard let full = open.first(where: { over($0, shares.load[$0]) > 0 }) else { return true }
            var best: (client: Int, to: Int, back: Int?, cost: Double)?
            let before = over(full, shares.load[full])
            for client in shares.members[full] {
                let demand = problem.demands[client]
                for site in open where site != full && problem.costs[site * m + client] < .infinity {
                    let rise = problem.costs[site * m + client] - problem.costs[full * m + client]
                    func offer(_ back: Int?, _ returned: Double, _ more: Double) {
                        let relief =
                            before - over(full, shares.load[full] - demand + returned)
                            - over(site, shares.load[site] + demand - returned)
                            + over(site, shares.load[site])
                        guard relief > 1e-9 * max(1, before) else { return }
                        let cost = (rise + more) / relief
                        if cost < best?.cost ?? .infinity { best = (client, site, back, cost) }
                    }
                    offer(nil, 0, 0)
                    for other in shares.members[site]
                    where problem.demands[other] < demand && problem.costs[full * m + other] < .infinity {
                        offer(
                            other, problem.demands[other],
                            problem.costs[full * m + other] - problem.costs[site * m + other])
                    }
                }
            }
            guard let best else { return false }
            take(best.client, &shares)
            if let back = best.back {
                take(back, &shares)
                put(back, full, &shares)
            }
            put(best.client, best.to, &shares)
        }
        return false
    }

    /// Moves single clients, and exchanges two, while that saves.
    private func exchange(_ open: [Int], _ shares: inout Shares) {
        for _ in 0..<20 {
            var isBetter = false
            for client in 0..<m {
                let here = shares.home[client]
                let demand = problem.demands[client]
                take(client, &shares)
                let now = marginal(client, here, shares)
                var best = (site: here, cost: now - 1e-9 * max(1, abs(now)))
                for site in open
                where site != here && problem.fits(shares.load[site] + demand, problem.capacities[site]) {
                    let cost = marginal(client, site, shares)
                    if cost < best.cost { best = (site, cost) }
                }
                put(client, best.site, &shares)
                if best.site != here { isBetter = true }
            }
            if problem.stock == nil { isBetter = exchangePairs(open, &shares) || isBetter }
            if !isBetter { return }
        }
    }

    private func exchangePairs(_ open: [Int], _ shares: inout Shares) -> Bool {
        var isBetter = false
        for client in 0..<m {
            let here = shares.home[client]
            let (own, demand) = (problem.costs[here * m + client], problem.demands[client])
            for site in open where site != here && problem.costs[site * m + client] < own {
                let gain = own - problem.costs[site * m + client]
                var best: (other: Int, change: Double)?
                for other in shares.members[site] {
                    let change =
                        problem.costs[here * m + other] - problem.costs[site * m + other] - gain
                    let shift = demand - problem.demands[other]
                    if change < min(-1e-9 * max(1, gain), best?.change ?? .infinity),
                        problem.fits(shares.load[site] + shift, problem.capacities[site]),
                        problem.fits(shares.load[here] - shift, problem.capacities[here])
                    {
                        best = (other, change)
                    }
                }
                guard let best else { continue }
                take(client, &shares)
                take(best.other, &shares)
                put(client, site, &shares)
                put(best.other, here, &shares)
                isBetter = true
                break
            }
        }
        return isBetter
    }
}
