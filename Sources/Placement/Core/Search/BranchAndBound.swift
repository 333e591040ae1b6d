/// The search behind `FacilitySolver`: depth first, each case with its own multipliers, every case written down for
/// the certificate.
struct BranchAndBound<Model: SiteModel> {
    /// A set of choices still to be looked at: `state` by site is 0 free, 1 open, -1 closed.
    private struct Node {
        /// Number of its case in the certificate.
        var index: Int
        var state: [Int8]
        var lambda: [Double]
    }

    private(set) var model: Model
    private let limits: SearchLimits
    private let shouldStop: (SearchProgress) -> Bool
    /// The best choice found.
    private(set) var choice = SiteChoice(sites: [], cost: .infinity)
    private var best: Double { choice.cost }
    private(set) var steps = 0
    private(set) var cases = 0
    private(set) var isComplete = false
    private(set) var certificate = BoundCertificate(cases: [])
    /// Running mean of how often the relaxed choices open each site: near one half, the site is undecided.
    private var openness: [Double]
    private var lastTried: [Int32] = []
    /// The step from which the next relaxed choice is searched around, and how many steps lie between such searches.
    private var nextTry = 0
    private var tryInterval = 8
    /// The step from which it is next counted how many sites could be fixed.
    private var nextCount = 100

    init(_ model: Model, limits: SearchLimits, shouldStop: @escaping (SearchProgress) -> Bool) {
        self.model = model
        self.limits = limits
        self.shouldStop = shouldStop
        openness = [Double](repeating: 0.5, count: model.siteCount)
    }

    /// A bound from here on proves the best choice: costs of whole numbers cannot lie in between.
    private var target: Double {
        let slack = FacilitySolver.tolerance * max(1, abs(best))
        return min(limits.sufficientBound, model.isIntegral ? best - 1 + 1e3 * slack : best - slack)
    }

    private var progress: SearchProgress { SearchProgress(steps: steps, cases: certificate.cases.count) }

    private var isOutOfWork: Bool { steps >= limits.steps || shouldStop(progress) }

    /// - Parameter warm: the answer to a problem much like this one, over the same sites and clients.
    mutating func run(from warm: WarmStart? = nil) {
        var (choice, lambda) = model.start()
        offer(choice)
        if let warm {
            if let better = model.improve(warm.sites, below: best, isThorough: true) { offer(better) }
            if warm.multipliers.count == lambda.count { lambda = warm.multipliers }
            model.clamp(&lambda)
        }
        let state = model.firstState
        var stack = [Node(index: add(lambda), state: state, lambda: lambda)]
        while var node = stack.popLast() {
            guard cases == 0 || !isOutOfWork else {
                // What is left open counts with the bound it inherited.
                return
            }
            cases += 1
            if cases > 1 { model.turn(to: node.state) }
            look(at: &node, &stack)
            if cases == 1 { model.keepNarrow() }
        }
        isComplete = true
    }

    /// Raises the bound of a case and fixes sites for as long as that gets on, then closes or branches.
    private mutating func look(at node: inout Node, _ stack: inout [Node]) {
        var iterations = cases == 1 ? limits.rootSteps : limits.caseSteps
        while true {
            let bound = ascend(&node, iterations: iterations)
            certificate.cases[node.index].multipliers = node.lambda
            if bound >= target { return }
            let before = node.state.count { $0 == 0 }
            fix(&node)
            guard let (site, opensFirst) = undecided(node.state) else { return settle(&node) }
            if isOutOfWork { return }
            let free = node.state.count { $0 == 0 }
            if free * 10 < before * 9 {
                // With many sites fixed the same multipliers can be improved at little cost.
                model.narrow(to: node.state)
                let next = add(node.lambda)
                certificate.cases[node.index].next = .again(next)
                node.index = next
                iterations = max(limits.caseSteps, iterations / 2)
                continue
            }
            let halves = (open: add(node.lambda), closed: add(node.lambda))
            certificate.cases[node.index].next = .branch(site: site, open: halves.open, closed: halves.closed)
            for isOpen in [!opensFirst, opensFirst] {
                var half = Node(index: isOpen ? halves.open : halves.closed, state: node.state, lambda: node.lambda)
                half.state[site] = isOpen ? 1 : -1
                stack.append(half)
            }
            return
        }
    }

    // MARK: - Bound

    /// Subgradient ascent (Held, Wolfe and Crowder, 1974) along deflected directions (Camerini, Fratta and Maffioli,
    /// 1975): steps of alpha (target - bound) / |d|^2, alpha cut whenever the bound has not risen for a while.
    /// Leaves the best multipliers in `node` and evaluated in the model.
    private mutating func ascend(_ node: inout Node, iterations: Int) -> Double {
        var lambda = node.lambda
        var direction = [Double](repeating: 0, count: lambda.count)
        var highest = -Double.infinity
        // Long steps from where nothing is known; what a case before has found is near the best.
        var alpha = certificate.cases.count == 1 ? 1.5 : 1.0
        var idle = 0
        for _ in 0..<max(1, iterations) {
            let bound = model.evaluate(lambda, state: node.state)
            steps += 1
            if bound > highest {
                // A rise that would take a thousand more like it is not worth waiting for.
                idle = bound > highest + 1e-4 * abs(best - bound) ? 0 : idle + 1
                highest = bound
                node.lambda = lambda
            } else {
                idle += 1
            }
            // A relaxed choice that serves everybody just once is a choice in its own right, as good as its bound.
            let isWhole = model.choosesAssignments && bound < .infinity && !model.subgradient.contains { $0 != 0 }
            if isWhole || steps >= nextTry && (model.chosen != lastTried || model.choosesAssignments) {
                lastTried = model.chosen
                let before = best
                tryChoice(lastTried)
                // Searches that find nothing become rarer.
                tryInterval = best < before ? 8 : min(200, tryInterval + max(2, tryInterval / 3))
                nextTry = steps + tryInterval
            }
            if highest >= target || highest == .infinity || shouldStop(progress) { break }
            // Once much can be fixed, the steps to come are cheaper with it fixed.
            if bound == highest, steps >= nextCount {
                nextCount = steps + 50
                if hasMuchToFix(node.state) { break }
            }
            if idle >= limits.patience ?? 16 {
                alpha *= 0.6
                idle = 0
                if alpha < 0.01 { break }
                lambda = node.lambda
                model.evaluate(lambda, state: node.state)
                for i in direction.indices { direction[i] = 0 }
                steps += 1
            }
            for j in openness.indices { openness[j] *= 0.95 }
            for j in model.chosen { openness[Int(j)] += 0.05 }
            var square = 0.0
            for i in direction.indices {
                direction[i] = model.subgradient[i] + 0.7 * direction[i]
                square += direction[i] * direction[i]
            }
            guard square > 0 else { break }
            let step = alpha * max(best - model.bound, 1e-9 * max(1, abs(best))) / square
            for i in lambda.indices { lambda[i] += step * direction[i] }
            model.clamp(&lambda)
        }
        model.evaluate(node.lambda, state: node.state)
        steps += 1
        return model.bound
    }

    private func hasMuchToFix(_ state: [Int8]) -> Bool {
        var (free, fixable) = (0, 0)
        for site in 0..<model.siteCount where state[site] == 0 {
            free += 1
            if model.forcedBound(site) >= target { fixable += 1 }
        }
        return fixable * 3 >= free && free > 4
    }

    /// Fixes every free site whose other setting is proved to be no better than the best choice known.
    private mutating func fix(_ node: inout Node) {
        for site in 0..<model.siteCount where node.state[site] == 0 && model.forcedBound(site) >= target {
            let isOpen = model.isChosen[site]
            certificate.cases[node.index].refuted.append(.init(site: site, isOpen: !isOpen))
            node.state[site] = isOpen ? 1 : -1
        }
    }

    private func undecided(_ state: [Int8]) -> (setting: Int, opensFirst: Bool)? {
        var site: Int?
        for j in openness.indices where state[j] == 0 {
            if let known = site, abs(openness[j] - 0.5) >= abs(openness[known] - 0.5) { continue }
            site = j
        }
        return site.map { ($0, model.isChosen[$0]) } ?? model.undecided(state)
    }

    // MARK: - Choices

    /// No site is free: the one choice left is its own bound.
    private mutating func settle(_ node: inout Node) {
        let (choice, multipliers) = model.settle(node.state)
        offer(choice)
        certificate.cases[node.index].next = .again(add(multipliers))
    }

    /// Once the first case is done, only what beats the best as it stands is worth a search.
    private mutating func tryChoice(_ choice: [Int32]) {
        if let better = model.improve(choice.map(Int.init), below: best, isThorough: cases == 1) { offer(better) }
    }

    private mutating func offer(_ found: SiteChoice) {
        steps += found.work
        if found.cost < best {
            choice = found
            choice.sites.sort()
        }
    }

    private mutating func add(_ lambda: [Double]) -> Int {
        certificate.cases.append(.init(multipliers: lambda))
        return certificate.cases.count - 1
    }
}
