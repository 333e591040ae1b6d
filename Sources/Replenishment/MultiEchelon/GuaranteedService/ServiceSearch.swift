import NumericCore
import Retail

/// Branch and bound over service times. Bounds come from the dynamic programme over a spanning forest with the other
/// links priced (Lagrangian relaxation): a link says of every time t that a customer whose supplier quotes t or more is
/// quoted t or more, and each of these has a price of its own, which bounds far better than one price a link. Plans come
/// from the same programme with the other links held apart by a time in
/// between, so that each pass solves a large part of the chain exactly and never makes the plan dearer.
struct ServiceSearch {
    let chain: ServiceChain
    private var program: TreeProgram
    private var random: RandomStream
    private(set) var best: (cost: Double, times: ServiceTimes)
    private(set) var bound = 0.0
    private(set) var steps = 0
    /// Where each link's prices begin, one for each time from 1 on that its supplier can quote; one more than links.
    private let startPrice: [Int]

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
        var starts = [0]
        for (arc, link) in chain.arcs.enumerated() { starts.append(starts[arc] + chain.longestOut[link.from]) }
        startPrice = starts
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
        var root = Node(domain: domain, prices: [Double](repeating: 0, count: startPrice[chain.arcs.count]), bound: 0)
        improve(passes: 10, shouldStop)
        var rounds = max(4, limits.steps / 1_000)
        while rounds > 0, root.step > 1e-4, !isOver(limits, shouldStop) {
            rounds -= 1
            guard relax(&root, passes: 60, limits, shouldStop) != nil else { break }
            bound = root.bound
            improve(passes: 10, shouldStop)
        }
        bound = min(best.cost, root.bound)
        // While plans still get cheaper that is the quickest way to close the gap.
        var before = Double.infinity
        while best.cost < before * (1 - 1e-5), !isOver(limits, shouldStop) {
            before = best.cost
            improve(passes: 100, shouldStop)
        }
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
        var direction = [Double](repeating: 0, count: prices.count)
        for pass in 0..<passes {
            if pass > 0, shouldStop() || (bound > 0 && steps >= limits.steps) { break }
            steps += 1
            guard let found = program.solve(tree, domain: node.domain, charges: charges(prices, tree)) else {
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
            if pass % 4 == 0 { repair(found.times, tree) }
            if node.bound >= best.cost * (1 - 1e-12) { return nil }
            if stale >= 8 {
                (node.step, stale) = (node.step * 0.5, 0)
                if node.step < 1e-4 { break }
            }
            // Part of the last direction is kept, which smooths the zigzag (Camerini, Fratta and Maffioli, 1975).
            var square = 0.0
            for (arc, link) in chain.arcs.enumerated() where !tree.contains[arc] {
                let (out, into) = (found.times.outgoing[link.from], found.times.incoming[link.to])
                for place in startPrice[arc]..<startPrice[arc + 1] {
                    let time = place - startPrice[arc] + 1
                    let excess = (out >= time ? 1.0 : 0) - (into >= time ? 1.0 : 0)
                    direction[place] = excess + 0.6 * direction[place]
                    if direction[place] > 0 || prices[place] > 0 { square += direction[place] * direction[place] }
                }
            }
            guard square > 0 else { break }
            let length = node.step * max(best.cost - value, 1e-6 * best.cost) / square
            for arc in chain.arcs.indices where !tree.contains[arc] {
                for place in startPrice[arc]..<startPrice[arc + 1] {
                    prices[place] = max(0, prices[place] + length * direction[place])
                }
            }
        }
        return answer
    }

    /// The charges on service times that the prices of the links outside the forest come to. Links of the forest hold by
    /// themselves; a price on them could only lower the bound.
    private func charges(_ prices: [Double], _ tree: ServiceTree) -> (incoming: [Double], outgoing: [Double]) {
        var incoming = [Double](repeating: 0, count: program.startIn[chain.stages.count])
        var outgoing = [Double](repeating: 0, count: program.startOut[chain.stages.count])
        for (arc, link) in chain.arcs.enumerated() where !tree.contains[arc] {
            let (out, into) = (program.startOut[link.from], program.startIn[link.to])
            let longest = chain.longestIn[link.to]
            var sum = 0.0
            for time in stride(from: 1, through: max(longest, chain.longestOut[link.from]), by: 1) {
                if time <= chain.longestOut[link.from] {
                    sum += prices[startPrice[arc] + time - 1]
                    outgoing[out + time] += sum
                }
                if time <= longest { incoming[into + time] -= sum }
            }
        }
        return (incoming, outgoing)
    }

    private func price(_ arc: Int, _ prices: [Double]) -> Double {
        prices[startPrice[arc]..<startPrice[arc + 1]].reduce(0, +)
    }

    private func forest(_ prices: [Double]) -> ServiceTree {
        // Links without a price yet rank by what a long wait over them would cost.
        let weights = chain.arcs.map { chain.cost($0.to, periods: chain.longestOut[$0.from]) }
        let sums = chain.arcs.indices.map { price($0, prices) }
        let preference = chain.arcs.indices.sorted {
            sums[$0] != sums[$1]
                ? sums[$0] > sums[$1] : weights[$0] != weights[$1] ? weights[$0] > weights[$1] : $0 < $1
        }
        return ServiceTree(count: chain.stages.count, arcs: chain.arcs, preference: preference)
    }

    /// Two parts that together hold every plan of the node, neither of them the relaxed one.
    private func split(_ node: Node, _ relaxed: ServiceTimes) -> (Node, Node)? {
        var choice: (weight: Double, arc: Int, time: Int)?
        for (arc, link) in chain.arcs.enumerated() {
            let (out, into) = (relaxed.outgoing[link.from], relaxed.incoming[link.to])
            let weight =
                Double(abs(out - into)) * (out > into ? 1e6 : 0)
                + Double(abs(out - into)) * price(arc, node.prices)
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

    /// Makes a plan of relaxed times: the same forest once more, every other link held apart by a time at or between
    /// what its ends had.
    private mutating func repair(_ times: ServiceTimes, _ tree: ServiceTree) {
        var domain = ServiceDomain(chain)
        for (arc, link) in chain.arcs.enumerated() where !tree.contains[arc] {
            let (out, into) = (times.outgoing[link.from], times.incoming[link.to])
            let time = min(out, into) + random.integer(below: abs(into - out) + 1)
            hold(link, at: time, &domain)
        }
        steps += 1
        if domain.propagate(chain), let found = program.solve(tree, domain: domain) { adopt(found.times) }
    }

    private func hold(_ link: ServiceChain.Link, at time: Int, _ domain: inout ServiceDomain) {
        domain.highOut[link.from] = min(domain.highOut[link.from], time)
        domain.lowIn[link.to] = max(domain.lowIn[link.to], min(time, domain.highIn[link.to]))
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
                hold(link, at: out + random.integer(below: into - out + 1), &domain)
            }
            steps += 1
            if let found = program.solve(tree, domain: domain) { adopt(found.times) }
        }
    }
}
