/// A spanning forest of a chain's links, in the order in which a dynamic programme walks it.
struct ServiceTree: Sendable {
    /// By link, whether it is in the forest.
    private(set) var contains: [Bool]
    /// Every stage, those below it in the forest before it.
    private(set) var order: [Int] = []
    /// The stage above in the forest, -1 for roots; and whether that one is a customer (else a supplier).
    private(set) var parent: [Int]
    private(set) var parentIsCustomer: [Bool]

    /// Takes links in the given order (all of them in their own when nil) as long as they close no circle.
    init(count: Int, arcs: [ServiceChain.Link], preference: [Int]? = nil) {
        contains = [Bool](repeating: false, count: arcs.count)
        parent = [Int](repeating: -1, count: count)
        parentIsCustomer = [Bool](repeating: false, count: count)
        var leader = Array(0..<count)
        func root(_ stage: Int) -> Int {
            var at = stage
            while leader[at] != at {
                leader[at] = leader[leader[at]]
                at = leader[at]
            }
            return at
        }
        var links = [[(other: Int, otherIsCustomer: Bool)]](repeating: [], count: count)
        for arc in preference ?? Array(arcs.indices) {
            let (from, to) = (arcs[arc].from, arcs[arc].to)
            let (a, b) = (root(from), root(to))
            guard a != b else { continue }
            leader[a] = b
            contains[arc] = true
            links[from].append((to, true))
            links[to].append((from, false))
        }
        // Walked from the roots down; the reverse has children first.
        var isSeen = [Bool](repeating: false, count: count)
        for start in 0..<count where !isSeen[start] {
            isSeen[start] = true
            var next = order.count
            order.append(start)
            while next < order.count {
                let stage = order[next]
                for (other, otherIsCustomer) in links[stage] where !isSeen[other] {
                    isSeen[other] = true
                    parent[other] = stage
                    parentIsCustomer[other] = !otherIsCustomer
                    order.append(other)
                }
                next += 1
            }
        }
        order.reverse()
    }

    var isComplete: Bool { contains.allSatisfy(\.self) }
}

/// The service times that are still allowed, by stage: quoted to it and by it.
struct ServiceDomain: Sendable {
    var lowIn: [Int]
    var highIn: [Int]
    var lowOut: [Int]
    var highOut: [Int]

    init(_ chain: ServiceChain) {
        lowIn = [Int](repeating: 0, count: chain.stages.count)
        lowOut = lowIn
        highIn = chain.longestIn
        highOut = chain.longestOut
    }

    /// Draws in what follows: a stage is quoted the longest of its suppliers' times, and quotes at most that and its own
    /// lead time. False when nothing is left for some stage.
    mutating func propagate(_ chain: ServiceChain) -> Bool {
        var isChanging = true
        while isChanging {
            isChanging = false
            func lower(_ value: inout Int, to bound: Int) {
                if bound < value { (value, isChanging) = (bound, true) }
            }
            func raise(_ value: inout Int, to bound: Int) {
                if bound > value { (value, isChanging) = (bound, true) }
            }
            for stage in chain.order {
                let suppliers = chain.stages[stage].upstream
                lower(&highIn[stage], to: suppliers.reduce(0) { max($0, highOut[$1.stage]) })
                for (supplier, _) in suppliers {
                    raise(&lowIn[stage], to: lowOut[supplier])
                    lower(&highOut[supplier], to: highIn[stage])
                }
                lower(&highOut[stage], to: highIn[stage] + chain.stages[stage].leadTime)
                raise(&lowIn[stage], to: lowOut[stage] - chain.stages[stage].leadTime)
                if lowIn[stage] > highIn[stage] || lowOut[stage] > highOut[stage] { return false }
            }
        }
        return true
    }
}

/// Service times of all stages: quoted to each and by each.
struct ServiceTimes: Sendable, Equatable {
    var incoming: [Int]
    var outgoing: [Int]
}
