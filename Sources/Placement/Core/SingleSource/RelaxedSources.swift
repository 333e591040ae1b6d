/// The relaxation of single sourcing, computed plainly, for the certificate.
struct RelaxedSources: RelaxedCase {
    private let problem: SingleSourceProblem
    private let sites: RelaxedSites

    /// Nil where a multiplier is not a number.
    init?(_ problem: SingleSourceProblem, _ lambda: [Double], _ state: [Int8]) {
        guard lambda.allSatisfy(\.isFinite) else { return nil }
        self.problem = problem
        let (n, m) = (problem.siteCount, problem.clientCount)
        var total = SumWithMagnitude()
        for price in lambda[..<m] { total.add(price) }
        var size = total.magnitude
        let fixed = problem.settings(state)
        var prices = [Double](repeating: 0, count: n)
        if let fixed {
            for site in 0..<n where fixed.sites[site] >= 0 {
                let (price, magnitude) = Self.price(problem, site, lambda, fixed.homes, state)
                prices[site] = problem.fixedCosts[site] + price
                size += magnitude + abs(problem.fixedCosts[site])
            }
        }
        sites = RelaxedSites(
            base: total.value, prices: prices, rules: problem.rules, multipliers: lambda[m...],
            margin: (64 + 4 * Double(m)) * Double.ulpOfOne * size)
    }

    func value(_ state: [Int8]) -> Double {
        guard let fixed = problem.settings(state) else { return .infinity }
        return sites.value(fixed.sites)
    }

    /// The least that serving a set of clients costs beyond what they pay, over all sets that the state leaves.
    private static func price(
        _ problem: SingleSourceProblem, _ site: Int, _ lambda: [Double], _ homes: [Int32], _ state: [Int8]
    ) -> (value: Double, magnitude: Double) {
        let (n, m) = (problem.siteCount, problem.clientCount)
        let must = (0..<m).filter { homes[$0] == Int32(site) }
        let pays = (0..<m).map { lambda[$0] - problem.costs[site * m + $0] }
        let free = (0..<m).filter { homes[$0] < 0 && state[n + site * m + $0] == 0 && pays[$0] > 0 }
        var base = SumWithMagnitude()
        for client in must { base.add(-pays[client]) }
        var magnitude = base.magnitude
        for client in free { magnitude += pays[client] }
        let load = must.reduce(0) { $0 + problem.demands[$1] }
        guard problem.fits(load, problem.capacities[site]) else { return (.infinity, 0) }
        if free.isEmpty {
            let stock = problem.stock?.cost(site, must) ?? 0
            return (base.value + stock, magnitude + stock)
        }
        var best = -Double.infinity
        if problem.capacities[site] < .infinity || problem.stock == nil {
            let room = problem.capacities[site] - load + 1e-9 * max(1, problem.capacities[site])
            best = base.value - mostPaid(free, pays, problem.demands, room)
        }
        guard let stock = problem.stock else { return (best, magnitude) }
        for under in stock.underestimates(site) {
            let linear = must.reduce(base.value) { $0 + under.linear[$1] }
            let start = must.reduce(0) { $0 + under.square[$1] }
            let paying = free.filter { pays[$0] > under.linear[$0] }.sorted {
                under.square[$0] * (pays[$1] - under.linear[$1]) < under.square[$1] * (pays[$0] - under.linear[$0])
            }
            // The cost is concave in the two sums: the least lies at the end of one of the prefixes.
            var least = linear + start.squareRoot()
            var (sum, square) = (linear, start)
            for client in paying {
                sum -= pays[client] - under.linear[client]
                square += under.square[client]
                least = min(least, sum + square.squareRoot())
            }
            best = max(best, least)
            magnitude += abs(linear) + square.squareRoot()
        }
        return (best, magnitude)
    }

    /// No set that fits pays more: by lists of undominated sums (Nemhauser and Ullmann, 1969), another way than the
    /// search goes. Sums that what is left cannot lift above a set known to fit are dropped; where the lists grow too
    /// long all the same, what a part of the last client would bring.
    private static func mostPaid(_ free: [Int], _ pays: [Double], _ demands: [Double], _ room: Double) -> Double {
        let load = free.reduce(0) { $0 + demands[$1] }
        if load <= room { return free.reduce(0) { $0 + pays[$1] } }
        let order = free.sorted { (pays[$0] * demands[$1], $1) > (pays[$1] * demands[$0], $0) }
        // Sums over the clients in this order.
        var (sizes, values) = ([0.0], [0.0])
        for client in order {
            sizes.append((sizes.last ?? 0) + demands[client])
            values.append((values.last ?? 0) + pays[client])
        }
        /// What the clients from the k-th on pay at most for some room, the last of them in part.
        func continuous(from k: Int, _ room: Double) -> Double {
            var (low, high) = (k, order.count)
            while low < high {
                let middle = (low + high + 1) / 2
                if sizes[middle] - sizes[k] <= room { low = middle } else { high = middle - 1 }
            }
            let whole = values[low] - values[k]
            guard low < order.count else { return whole }
            return whole + pays[order[low]] * max(0, room - (sizes[low] - sizes[k])) / demands[order[low]]
        }
        var (known, left) = (0.0, room)
        for client in order where demands[client] <= left {
            known += pays[client]
            left -= demands[client]
        }
        let slack = 1e-9 * known
        var list = [(size: 0.0, value: 0.0)]
        for (k, client) in order.enumerated() {
            let added = list.lazy.map { (size: $0.size + demands[client], value: $0.value + pays[client]) }
                .filter { $0.size <= room }
            var merged: [(size: Double, value: Double)] = []
            var highest = -1.0
            var (a, b) = (list.startIndex, added.startIndex)
            while a < list.endIndex || b < added.endIndex {
                let takesOld = b == added.endIndex || a < list.endIndex && list[a].size <= added[b].size
                let one = takesOld ? list[a] : added[b]
                if takesOld { a = list.index(after: a) } else { b = added.index(after: b) }
                guard one.value > highest else { continue }
                highest = one.value
                if one.value + continuous(from: k + 1, room - one.size) + slack < known { continue }
                if let last = merged.last, last.size == one.size {
                    merged[merged.count - 1] = one
                } else {
                    merged.append(one)
                }
            }
            if merged.count > 20_000 { return continuous(from: 0, room) }
            list = merged
        }
        return max(known, list.last?.value ?? 0)
    }
}

extension BoundCertificate {
    /// As for `FacilityProblem`.
    public func bound(for problem: SingleSourceProblem) -> Double {
        bound(problem.firstState, multipliers: problem.clientCount + problem.rules.extraMultipliers) {
            RelaxedSources(problem, $0, $1)
        }
    }
}
