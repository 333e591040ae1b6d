/// The Lagrangian of a facility problem with some sites fixed, evaluated over and over: reduced costs of all sites,
/// the bound, and the subgradient of the multipliers.
struct Lagrangian {
    let problem: FacilityProblem
    /// Lists without the sites closed in the case looked at.
    var near: NearSites
    private(set) var bound = -Double.infinity
    private(set) var reduced: [Double]
    /// Sites the relaxed choice opens.
    private(set) var chosen: [Int32] = []
    private(set) var isChosen: [Bool]
    private(set) var subgradient: [Double]
    /// The dearest free site chosen and the cheapest one left out.
    private var dearest: Int?
    private var next: Int?
    private var order: [Int32] = []
    /// Where each client's prefix of sites cheaper than its multiplier ends.
    private var ends: [Int]

    init(_ problem: FacilityProblem, near: NearSites) {
        self.problem = problem
        self.near = near
        reduced = [Double](repeating: 0, count: problem.siteCount)
        subgradient = [Double](repeating: 0, count: problem.clientCount)
        isChosen = [Bool](repeating: false, count: problem.siteCount)
        ends = [Int](repeating: 0, count: problem.clientCount)
    }

    /// Evaluates multipliers, none above its client's fallback. `state` by site: 0 free, 1 open, -1 closed. Returns
    /// the bound.
    @discardableResult
    mutating func evaluate(_ lambda: [Double], state: [Int8]) -> Double {
        for j in chosen { isChosen[Int(j)] = false }
        chosen.removeAll(keepingCapacity: true)
        order.removeAll(keepingCapacity: true)
        (dearest, next) = (nil, nil)
        var value = price(lambda)
        var negative = 0
        for j in state.indices where state[j] >= 0 {
            if state[j] > 0 {
                value += reduced[j]
                chosen.append(Int32(j))
            } else {
                order.append(Int32(j))
                if reduced[j] < 0 { negative += 1 }
            }
        }
        let fixed = chosen.count
        if fixed > problem.maximumSites || fixed + order.count < problem.minimumSites {
            bound = .infinity
            return bound
        }
        let wanted = min(max(negative, problem.minimumSites - fixed), problem.maximumSites - fixed)
        partition(wanted)
        for j in order[..<wanted] {
            value += reduced[Int(j)]
            chosen.append(j)
            if dearest.map({ reduced[Int(j)] > reduced[$0] }) ?? true { dearest = Int(j) }
        }
        for j in order[wanted...] where next.map({ reduced[Int(j)] < reduced[$0] }) ?? true { next = Int(j) }
        for j in chosen { isChosen[Int(j)] = true }
        count(lambda)
        bound = value
        return value
    }

    /// The bound of the same multipliers when free site `j` is forced against the relaxed choice: open when the choice
    /// closes it, closed when the choice opens it. At or above the best known cost it proves the choice right for `j`.
    func forcedBound(_ j: Int) -> Double {
        if isChosen[j] {
            // Closing j lets in the next site where the minimum needs one, or where the maximum had kept one out.
            let mustReplace = chosen.count <= problem.minimumSites
            guard let next else { return mustReplace ? .infinity : bound - reduced[j] }
            let replaces = mustReplace || (reduced[next] < 0 && chosen.count >= problem.maximumSites)
            return bound - reduced[j] + (replaces ? reduced[next] : 0)
        }
        // Opening j pushes out the dearest chosen free site when the number of sites is full, or when that site was
        // only there to reach the minimum.
        let isFull = chosen.count >= problem.maximumSites
        guard let dearest else { return isFull ? .infinity : bound + reduced[j] }
        return bound + reduced[j] - (isFull || reduced[dearest] > 0 ? reduced[dearest] : 0)
    }

    /// Fills the reduced costs; returns the sum of the multipliers.
    private mutating func price(_ lambda: [Double]) -> Double {
        var sum = 0.0
        let (lists, sites, costs) = (near.offsets, near.sites, near.costs)
        let fixed = problem.fixedCosts
        reduced.withUnsafeMutableBufferPointer { reduced in
            for j in fixed.indices { reduced[j] = fixed[j] }
            ends.withUnsafeMutableBufferPointer { ends in
                costs.withUnsafeBufferPointer { costs in
                    sites.withUnsafeBufferPointer { sites in
                        for i in lambda.indices {
                            let price = lambda[i]
                            sum += price
                            var k = lists[i]
                            let end = lists[i + 1]
                            while k < end, costs[k] < price {
                                reduced[Int(sites[k])] += costs[k] - price
                                k += 1
                            }
                            ends[i] = k
                        }
                    }
                }
            }
        }
        return sum
    }

    /// One for each client, less the sites of the relaxed choice that would serve it at its price.
    private mutating func count(_ lambda: [Double]) {
        let (lists, sites) = (near.offsets, near.sites)
        let fallback = problem.fallback
        isChosen.withUnsafeBufferPointer { isChosen in
            sites.withUnsafeBufferPointer { sites in
                for i in lambda.indices {
                    var served = 0
                    for k in lists[i]..<ends[i] where isChosen[Int(sites[k])] { served += 1 }
                    // At the fallback price the client may as well be served by nobody.
                    subgradient[i] = lambda[i] >= fallback[i] ? min(0, Double(1 - served)) : Double(1 - served)
                }
            }
        }
    }

    /// Puts the `count` sites of smallest reduced cost first in `order`, in no order among themselves (Hoare's
    /// selection; equal costs go by number, so that the choice is one and the same everywhere).
    private mutating func partition(_ count: Int) {
        guard count > 0, count < order.count else { return }
        let reduced = reduced
        func less(_ a: Int32, _ b: Int32) -> Bool {
            let (x, y) = (reduced[Int(a)], reduced[Int(b)])
            return x != y ? x < y : a < b
        }
        var (low, high) = (0, order.count - 1)
        while low < high {
            let pivot = order[low + (high - low) / 2]
            var (i, j) = (low, high)
            while i <= j {
                while less(order[i], pivot) { i += 1 }
                while less(pivot, order[j]) { j -= 1 }
                if i <= j {
                    order.swapAt(i, j)
                    i += 1
                    j -= 1
                }
            }
            if count - 1 <= j { high = j } else if count - 1 >= i { low = i } else { return }
        }
    }
}
