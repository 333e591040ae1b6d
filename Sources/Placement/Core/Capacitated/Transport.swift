/// Clients served from given sites of limited capacity at the least cost: the transportation problem.
///
/// Every client starts at its cheapest site; what a site has too much of is moved on, along the cheapest chain of
/// clients changing over from site to site, to one with room (successive shortest paths; Busacker and Gowen, 1961).
/// The network has a node a site and not a client, so that a chain is found in a few operations.
struct Transport {
    /// Cost of serving, without what the sites cost; infinite where the sites have too little room or reach.
    private(set) var cost = Double.infinity
    /// The part of each client's demand served from each open site: (client, position of the site, units).
    private(set) var parts: [Part] = []
    /// The price of one more unit of room at each open site, by position: the dual of its capacity.
    private(set) var prices: [Double] = []

    struct Part {
        var client: Int32
        var site: Int32
        var units: Double
    }

    private let problem: CapacitatedProblem
    private let open: [Int]
    /// The clients served together, and what they demand.
    private let clients: [Int]

    /// - Parameter clients: those of one scenario.
    init(_ problem: CapacitatedProblem, open: [Int], clients: [Int]) {
        self.problem = problem
        self.open = open
        self.clients = clients
        solve()
    }

    private mutating func solve() {
        let k = open.count
        let m = clients.count
        guard k > 0 || m == 0 else { return }
        let slack = 1e-9 * max(1, problem.totalDemand)
        var load = [Double](repeating: 0, count: k)
        /// Parts by site, as numbers into `parts`.
        var held = [[Int32]](repeating: [], count: k)
        for client in clients {
            var best = 0
            for a in 1..<max(1, k) where cell(a, client) < cell(best, client) { best = a }
            guard cell(best, client) < .infinity else { return }
            held[best].append(Int32(parts.count))
            parts.append(Part(client: Int32(client), site: Int32(best), units: problem.demands[client]))
            load[best] += problem.demands[client]
        }
        // Cheapest client to move from a to b, per unit, and what it costs.
        var step = [Double](repeating: .infinity, count: k * k)
        var mover = [Int32](repeating: -1, count: k * k)
        func refresh(_ a: Int, _ parts: [Part], _ held: [[Int32]]) {
            for b in 0..<k {
                step[a * k + b] = .infinity
                mover[a * k + b] = -1
            }
            for number in held[a] {
                let part = parts[Int(number)]
                let demand = problem.demands[Int(part.client)]
                guard demand > 0, part.units > 0 else { continue }
                let here = cell(a, Int(part.client))
                for b in 0..<k where b != a {
                    let rise = (cell(b, Int(part.client)) - here) / demand
                    if rise < step[a * k + b] {
                        step[a * k + b] = rise
                        mover[a * k + b] = number
                    }
                }
            }
        }
        for a in 0..<k { refresh(a, parts, held) }
        var distance = [Double](repeating: 0, count: k)
        var before = [Int](repeating: -1, count: k)
        for source in 0..<k {
            var rounds = 0
            while load[source] > problem.capacities[open[source]] + slack {
                rounds += 1
                guard rounds < 100 * (m + k) else { return }
                // Bellman and Ford: some changes save cost, but no round trip does.
                for a in 0..<k { (distance[a], before[a]) = (.infinity, -1) }
                distance[source] = 0
                var changed = true
                var sweeps = 0
                while changed, sweeps <= k {
                    changed = false
                    sweeps += 1
                    for a in 0..<k where distance[a] < .infinity {
                        for b in 0..<k
                        where distance[a] + step[a * k + b] < distance[b] - 1e-12 * min(abs(distance[b]), 1e300) {
                            // Changes that cost nothing together may seem to save by rounding: never go in a circle.
                            if b == source || leads(b, to: a, before) { continue }
                            distance[b] = distance[a] + step[a * k + b]
                            before[b] = a
                            changed = true
                        }
                    }
                }
                var target = -1
                for b in 0..<k where load[b] < problem.capacities[open[b]] - slack {
                    if target < 0 || distance[b] < distance[target] { target = b }
                }
                guard target >= 0, distance[target] < .infinity else { return }
                var units = min(
                    load[source] - problem.capacities[open[source]], problem.capacities[open[target]] - load[target])
                var path = [target]
                while let last = path.last, last != source {
                    guard before[last] >= 0 else { return }
                    units = min(units, parts[Int(mover[before[last] * k + last])].units)
                    path.append(before[last])
                }
                for (b, a) in zip(path, path.dropFirst()) {
                    move(Int(mover[a * k + b]), from: a, to: b, units: units, &held)
                }
                load[source] -= units
                load[target] += units
                for a in path { refresh(a, parts, held) }
            }
        }
        finish(step, load, slack)
    }

    /// Whether the cheapest way to `b` known so far comes through `a`.
    private func leads(_ a: Int, to b: Int, _ before: [Int]) -> Bool {
        var at = b
        while at >= 0 {
            if at == a { return true }
            at = before[at]
        }
        return false
    }

    private mutating func move(_ number: Int, from a: Int, to b: Int, units: Double, _ held: inout [[Int32]]) {
        let client = parts[number].client
        if let same = held[b].first(where: { parts[Int($0)].client == client }) {
            parts[Int(same)].units += units
        } else {
            held[b].append(Int32(parts.count))
            parts.append(Part(client: client, site: Int32(b), units: units))
        }
        parts[number].units -= units
        if parts[number].units <= 1e-12 * problem.demands[Int(client)] {
            parts[number].units = 0
            held[a].removeAll { $0 == Int32(number) }
        }
    }

    private mutating func finish(_ step: [Double], _ load: [Double], _ slack: Double) {
        let k = open.count
        // A site with room has price 0; any other is worth what moving on from it to one with room costs. Where there is
        // no way on, no price is too high: one beyond every way does, and says what such sites are worth to each other.
        let longest = step.reduce(1) { $1 < .infinity ? max($0, abs($1)) : $0 }
        let beyond = Double(k + 1) * longest
        prices = (0..<k).map { load[$0] < problem.capacities[open[$0]] - slack ? 0 : beyond }
        for _ in 0...k {
            var changed = false
            for a in 0..<k {
                for b in 0..<k where step[a * k + b] + prices[b] < prices[a] - 1e-12 {
                    prices[a] = max(0, step[a * k + b] + prices[b])
                    changed = true
                }
            }
            if !changed { break }
        }
        parts.removeAll { $0.units <= 0 && problem.demands[Int($0.client)] > 0 }
        var sum = 0.0
        for part in parts {
            let demand = problem.demands[Int(part.client)]
            sum += cell(Int(part.site), Int(part.client)) * (demand > 0 ? part.units / demand : 1)
        }
        cost = sum
    }

    private func cell(_ position: Int, _ client: Int) -> Double {
        problem.costs[open[position] * problem.clientCount + client]
    }

    /// For a client the price at which it is served: cost plus the price of room, at the best site.
    func multiplier(_ client: Int) -> Double {
        var best = Double.infinity
        for position in open.indices where prices.indices.contains(position) {
            best = min(best, cell(position, client) + problem.demands[client] * prices[position])
        }
        return best < .infinity ? best : 0
    }
}

/// All clients served from the open sites, each scenario for itself.
struct Service {
    /// Total cost, that of the sites included; infinite where they have too little room or reach.
    private(set) var cost = 0.0
    private(set) var parts: [Transport.Part] = []
    /// For each client the price at which it is served.
    private(set) var multipliers: [Double]

    init(_ problem: CapacitatedProblem, open: [Int]) {
        multipliers = [Double](repeating: 0, count: problem.clientCount)
        for site in open { cost += problem.fixedCosts[site] }
        for scenario in 0..<problem.scenarioCount {
            let clients = (0..<problem.clientCount).filter { problem.scenario($0) == scenario }
            let served = Transport(problem, open: open, clients: clients)
            cost += served.cost
            parts += served.parts
            for client in clients { multipliers[client] = served.multiplier(client) }
        }
    }
}
