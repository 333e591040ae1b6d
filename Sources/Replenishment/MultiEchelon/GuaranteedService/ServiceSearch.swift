import NumericCore
import Retail

/// Branch and bound over service times. Bounds come from the dynamic programme over a spanning forest with the other
/// links priced (Lagrangian relaxation); plans from the same programme with the other links held apart by a time in
/// between, so that each pass solves a large part of the chain exactly and never makes the plan dearer.
struct ServiceSearch {
    let chain: ServiceChain
    private var program: TreeProgram
    private var random: RandomStream
    private(set) var best: (cost: Double, times: ServiceTimes)
    private(set) var bound = 0.0
    private(set) var steps = 0

    /// A part of the search space that may still hold something cheaper.
    private struct Node {
        var domain: ServiceDomain
        var prices: [Double]
        var bound: Double
        /// Part of the way to the best plan's cost that a step on the prices takes.
        var step = 1.0
    }

    init(_ chain: ServiceChain) throws(ReplenishmentError) {
        self.chain = chain
        program = TreeProgram(chain)
        random = RandomStream(seed: 0, stream: RandomStreamID.policySearch.rawValue, entity: 3, replication: 0)
        // Quoting nothing is always possible: every stage then bridges its own lead time.
        let none = [Int](repeating: 0, count: chain.stages.count)
        best = (GuaranteedService.totalCost(chain, none, none), ServiceTimes(incoming: none, outgoing: none))
    }

    mutating func run(_ limits: GuaranteedService.Limits, _ shouldStop: () -> Bool) {
        var domain = ServiceDomain(chain)
        guard domain.propagate(chain) else { return }
        let tree = ServiceTree(count: chain.stages.count, arcs: chain.arcs)
        if tree.isComplete {
            steps += 1
            if let found = program.solve(tree, domain: domain) { adopt(found.times) }
            bound = best.cost
            return
        }
        var root = Node(domain: domain, prices: [Double](repeating: 0, count: chain.arcs.count), bound: 0)
        improve(passes: 30, shouldStop)
        var rounds = max(4, limits.steps / 1_000)
        while rounds > 0, root.step > 1e-4, !isOver(limits, shouldStop) {
            rounds -= 1
            guard relax(&root, passes: 60, limits, shouldStop) != nil else { break }
            bound = root.bound
            improve(passes: 30, shouldStop)
        }
        bound = min(best.cost, root.bound)
        root.step = 0.5
        var open = [root]
        while !open.isEmpty, !isOver(limits, shouldStop) {
            // The lowest bound first; the list is short beside the work of a node.
            let next = open.indices.min { open[$0].bound < open[$1].bound } ?? 0
            var node = open.remove(at: next)
            bound = min(best.cost, node.bound)
            if node.bound >= best.cost * (1 - limits.gap) - 1e-9 * max(1, best.cost) {
                open.append(node)
                break
            }
            guard let relaxed = relax(&node, passes: 40, limits, shouldStop), let split = split(node, relaxed) else {
                continue
            }
            for var child in [split.0, split.1] {
                child.step = 0.5
                guard child.domain.propagate(chain) else { continue }
                guard relax(&child, passes: 12, limits, shouldStop) != nil else { continue }
                if child.bound < best.cost { open.append(child) }
            }
            if steps % 50 == 0 { improve(passes: 5, shouldStop) }
        }
        bound = min(best.cost, open.map(\.bound).min() ?? best.cost)
    }

    private func isOver(_ limits: GuaranteedService.Limits, _ shouldStop: () -> Bool) -> Bool {
        steps >= limits.steps || best.cost - bound <= limits.gap * best.cost || shouldStop()
    }

    // MARK: Bounds

    /// Raises a node's bound by subgradient steps on the prices of the links (Held, Wolfe and Crowder, 1974), over the
    /// forest of the links whose prices are highest so far. Nil when nothing in the node is allowed or
    /// cheaper; else the times of its best bound.
    private mutating func relax(
        _ node: inout Node, passes: Int, _ limits: GuaranteedService.Limits, _ shouldStop: () -> Bool
    ) -> ServiceTimes? {
        var prices = node.prices
        let tree = forest(prices)
        var bestBound = -Double.infinity
        var answer: ServiceTimes?
        var stale = 0
        for pass in 0..<passes {
            if pass > 0, shouldStop() || (bound > 0 && steps >= limits.steps) { break }
            // Links of the forest hold by themselves; a price on them could only lower the bound.
            var priceIn = [Double](repeating: 0, count: chain.stages.count)
            var priceOut = priceIn
            for (arc, link) in chain.arcs.enumerated() where !tree.contains[arc] {
                priceIn[link.to] -= prices[arc]
                priceOut[link.from] += prices[arc]
            }
            steps += 1
            guard let found = program.solve(tree, domain: node.domain, priceIn: priceIn, priceOut: priceOut) else {
                return nil
            }
            let value = found.value - 1e-12 * abs(found.value)
            if value > bestBound + 1e-7 * abs(bestBound) { stale = 0 } else { stale += 1 }
            if value > bestBound {
                bestBound = value
                answer = found.times
                node.prices = prices
            }
            node.bound = max(node.bound, bestBound)
            if pass % 10 == 0 || passes < 50 { repair(found.times) }
            if node.bound >= best.cost * (1 - 1e-12) { return nil }
            if stale >= 8 {
                (node.step, stale) = (node.step * 0.5, 0)
                if node.step < 1e-4 { break }
            }
            var square = 0.0
            for (arc, link) in chain.arcs.enumerated() where !tree.contains[arc] {
                let excess = Double(found.times.outgoing[link.from] - found.times.incoming[link.to])
                if excess > 0 || prices[arc] > 0 { square += excess * excess }
            }
            guard square > 0 else { break }
            let length = node.step * max(best.cost - value, 1e-6 * best.cost) / square
            for (arc, link) in chain.arcs.enumerated() where !tree.contains[arc] {
                let excess = Double(found.times.outgoing[link.from] - found.times.incoming[link.to])
                prices[arc] = max(0, prices[arc] + length * excess)
            }
        }
        return answer
    }

    private func forest(_ prices: [Double]) -> ServiceTree {
        let preference = chain.arcs.indices.sorted { prices[$0] != prices[$1] ? prices[$0] > prices[$1] : $0 < $1 }
        return ServiceTree(count: chain.stages.count, arcs: chain.arcs, preference: preference)
    }

    /// Two parts that together hold every plan of the node, neither of them the relaxed one.
    private func split(_ node: Node, _ relaxed: ServiceTimes) -> (Node, Node)? {
        var choice: (weight: Double, arc: Int, time: Int)?
        for (arc, link) in chain.arcs.enumerated() {
            let (out, into) = (relaxed.outgoing[link.from], relaxed.incoming[link.to])
            let weight = Double(abs(out - into)) * (out > into ? 1e6 + node.prices[arc] : node.prices[arc])
            guard out != into, weight > 0, choice.map({ weight > $0.weight }) ?? true else { continue }
            let time = out > into ? into + (out - into - 1) / 2 : out + (into - out - 1) / 2
            choice = (weight, arc, time)
        }
        var (low, high) = (node, node)
        if let (_, arc, time) = choice {
            let link = chain.arcs[arc]
            if relaxed.outgoing[link.from] > relaxed.incoming[link.to] {
                low.domain.highOut[link.from] = min(low.domain.highOut[link.from], time)
                high.domain.lowOut[link.from] = max(high.domain.lowOut[link.from], time + 1)
            } else {
                low.domain.highIn[link.to] = min(low.domain.highIn[link.to], time)
                high.domain.lowIn[link.to] = max(high.domain.lowIn[link.to], time + 1)
            }
            return (low, high)
        }
        // The relaxed plan keeps every link and pays for none: it is the best of the node unless numbers stand between.
        guard
            let stage = chain.stages.indices.max(by: {
                node.domain.highOut[$0] - node.domain.lowOut[$0] < node.domain.highOut[$1] - node.domain.lowOut[$1]
            }), node.domain.highOut[stage] > node.domain.lowOut[stage]
        else { return nil }
        let middle = (node.domain.lowOut[stage] + node.domain.highOut[stage]) / 2
        low.domain.highOut[stage] = middle
        high.domain.lowOut[stage] = middle + 1
        return (low, high)
    }

    // MARK: Plans

    /// Keeps a plan when it is cheaper than the best.
    private mutating func adopt(_ times: ServiceTimes) {
        let incoming = GuaranteedService.incomingTimes(chain, times.outgoing)
        let cost = GuaranteedService.totalCost(chain, incoming, times.outgoing)
        if cost < best.cost { best = (cost, ServiceTimes(incoming: incoming, outgoing: times.outgoing)) }
    }

    /// Makes a plan of relaxed times: every stage quotes what it may, given its slowest supplier.
    private mutating func repair(_ times: ServiceTimes) {
        var outgoing = times.outgoing
        for stage in chain.order {
            let incoming = chain.stages[stage].upstream.reduce(0) { max($0, outgoing[$1.stage]) }
            outgoing[stage] = min(outgoing[stage], incoming + chain.stages[stage].leadTime)
        }
        adopt(ServiceTimes(incoming: times.incoming, outgoing: outgoing))
    }

    /// Solves the chain over random forests, every other link held by a time between what its ends have now.
    private mutating func improve(passes: Int, _ shouldStop: () -> Bool) {
        for _ in 0..<passes {
            if shouldStop() { return }
            let keys = chain.arcs.map { _ in random.next() }
            let preference = chain.arcs.indices.sorted { keys[$0] < keys[$1] }
            let tree = ServiceTree(count: chain.stages.count, arcs: chain.arcs, preference: preference)
            var domain = ServiceDomain(chain)
            for (arc, link) in chain.arcs.enumerated() where !tree.contains[arc] {
                let (out, into) = (best.times.outgoing[link.from], best.times.incoming[link.to])
                let time = out + random.integer(below: into - out + 1)
                domain.highOut[link.from] = min(domain.highOut[link.from], time)
                domain.lowIn[link.to] = max(domain.lowIn[link.to], time)
            }
            steps += 1
            if let found = program.solve(tree, domain: domain) { adopt(found.times) }
        }
    }
}
