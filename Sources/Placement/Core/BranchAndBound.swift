/// The search behind `FacilitySolver`: depth first, each case with its own multipliers, every case that is closed
/// written down for the certificate.
struct BranchAndBound {
    /// A set of choices still to be looked at: `state` by site is 0 free, 1 open, -1 closed.
    private struct Node {
        var state: [Int8]
        var open: [Int] = []
        var closed: [Int] = []
        var lambda: [Double]

        mutating func decide(_ site: Int, isOpen: Bool) {
            state[site] = isOpen ? 1 : -1
            if isOpen { open.append(site) } else { closed.append(site) }
        }
    }

    /// With prices in place of infinite fallback costs.
    private let problem: FacilityProblem
    private let limits: SearchLimits
    private var lagrangian: Lagrangian
    private(set) var sites: [Int] = []
    private var best = Double.infinity
    private(set) var steps = 0
    private(set) var cases = 0
    private(set) var isComplete = false
    private(set) var certificate = BoundCertificate(cases: [], multipliers: [])
    /// Running mean of how often the relaxed choices open each site: near one half, the site is undecided.
    private var openness: [Double]
    private var lastTried: [Int] = []

    init(_ problem: FacilityProblem, limits: SearchLimits) {
        self.problem = problem.penalised()
        self.limits = limits
        lagrangian = Lagrangian(self.problem)
        openness = [Double](repeating: 0.5, count: problem.siteCount)
    }

    private var target: Double { best - FacilitySolver.tolerance * max(1, abs(best)) }

    mutating func run() {
        improve(from: [])
        var state = [Int8](repeating: 0, count: problem.siteCount)
        for site in state.indices { state[site] = problem.required[site] ? 1 : problem.forbidden[site] ? -1 : 0 }
        var stack = [Node(state: state, lambda: firstMultipliers(state))]
        while var node = stack.popLast() {
            guard steps < limits.steps || cases == 0 else {
                // What is left open counts with the bound it inherited.
                for rest in stack + [node] { close(rest, multipliers: keep(rest.lambda)) }
                return
            }
            cases += 1
            let bound = ascend(&node, iterations: cases == 1 ? limits.rootSteps : limits.caseSteps)
            if bound >= target {
                close(node, multipliers: keep(node.lambda))
                continue
            }
            fix(&node)
            guard let site = undecided(node.state) else {
                settle(node)
                continue
            }
            var other = node
            let opensFirst = lagrangian.isChosen[site]
            node.decide(site, isOpen: opensFirst)
            other.decide(site, isOpen: !opensFirst)
            stack.append(other)
            stack.append(node)
        }
        isComplete = true
    }

    // MARK: - Bound

    /// Each client's second-cheapest service: the price at which a client would just begin to matter to a site.
    private func firstMultipliers(_ state: [Int8]) -> [Double] {
        let m = problem.clientCount
        return (0..<m).map { i in
            var first = problem.fallback[i]
            var second = Double.infinity
            for j in state.indices where state[j] >= 0 {
                let cost = problem.costs[j * m + i]
                if cost < first { (first, second) = (cost, first) } else { second = min(second, cost) }
            }
            return min(second, problem.fallback[i])
        }
    }

    /// Subgradient ascent (Held, Wolfe and Crowder, 1974): steps of alpha (target - bound) / |g|^2 along the
    /// subgradient, alpha halved whenever the bound has not risen for a while. Leaves the best multipliers in `node`
    /// and evaluated in `lagrangian`.
    private mutating func ascend(_ node: inout Node, iterations: Int) -> Double {
        var lambda = node.lambda
        var highest = -Double.infinity
        var alpha = cases == 1 ? 2.0 : 1.0
        var idle = 0
        for _ in 0..<max(1, iterations) {
            let bound = lagrangian.evaluate(lambda, state: node.state)
            steps += 1
            if bound > highest {
                // A rise below the rounding of the bound is not worth waiting for.
                idle = bound > highest + 1e-7 * abs(bound) ? 0 : idle + 1
                highest = bound
                node.lambda = lambda
                if lagrangian.chosen != lastTried {
                    lastTried = lagrangian.chosen
                    tryChoice(lastTried)
                }
            } else {
                idle += 1
            }
            if highest >= target || highest == .infinity { break }
            if idle >= 15 {
                alpha *= 0.5
                idle = 0
                if alpha < 1e-4 { break }
                lambda = node.lambda
                lagrangian.evaluate(lambda, state: node.state)
                steps += 1
            }
            for j in openness.indices { openness[j] *= 0.95 }
            for j in lagrangian.chosen { openness[j] += 0.05 }
            var square = 0.0
            for g in lagrangian.subgradient { square += g * g }
            guard square > 0 else { break }
            let step = alpha * max(best - lagrangian.bound, 1e-9 * max(1, abs(best))) / square
            for i in lambda.indices {
                // Beyond the fallback cost a multiplier gains nothing.
                lambda[i] = min(lambda[i] + step * lagrangian.subgradient[i], problem.fallback[i])
            }
        }
        lagrangian.evaluate(node.lambda, state: node.state)
        steps += 1
        return lagrangian.bound
    }

    /// Fixes every free site whose other setting is proved to be no better than the best choice known.
    private mutating func fix(_ node: inout Node) {
        var row: Int?
        for site in node.state.indices where node.state[site] == 0 && lagrangian.forcedBound(site) >= target {
            let index = row ?? keep(node.lambda)
            row = index
            var refuted = node
            refuted.decide(site, isOpen: !lagrangian.isChosen[site])
            close(refuted, multipliers: index)
            node.decide(site, isOpen: lagrangian.isChosen[site])
        }
    }

    private func undecided(_ state: [Int8]) -> Int? {
        var site: Int?
        for j in state.indices where state[j] == 0 {
            if let known = site, abs(openness[j] - 0.5) >= abs(openness[known] - 0.5) { continue }
            site = j
        }
        return site
    }

    // MARK: - Choices

    /// No site is free: the one choice left is its own bound, with each client's cheapest service as multiplier.
    private mutating func settle(_ node: Node) {
        let open = node.state.indices.filter { node.state[$0] > 0 }
        if open.count >= problem.minimumSites && open.count <= problem.maximumSites { offer(open) }
        close(node, multipliers: keep((0..<problem.clientCount).map { problem.serviceCost($0, open).cost }))
    }

    private mutating func tryChoice(_ choice: [Int]) {
        guard choice.count >= problem.minimumSites, choice.count <= problem.maximumSites else { return }
        if problem.cost(of: choice) < best { improve(from: choice) }
    }

    private mutating func improve(from choice: [Int]) {
        var search = SiteSearch(problem, sites: choice)
        steps += search.improve(limit: 10 + 2 * problem.siteCount)
        offer(search.sites)
    }

    private mutating func offer(_ choice: [Int]) {
        let cost = problem.cost(of: choice)
        if cost < best {
            best = cost
            sites = choice.sorted()
        }
    }

    // MARK: - Certificate

    private mutating func keep(_ lambda: [Double]) -> Int {
        certificate.multipliers.append(lambda)
        return certificate.multipliers.count - 1
    }

    private mutating func close(_ node: Node, multipliers: Int) {
        certificate.cases.append(.init(open: node.open, closed: node.closed, multipliers: multipliers))
    }
}
