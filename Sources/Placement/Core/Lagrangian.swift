/// The Lagrangian of a facility problem with some sites fixed, evaluated over and over: reduced costs of all sites,
/// the bound, and the subgradient of the multipliers.
struct Lagrangian {
    let problem: FacilityProblem
    private(set) var bound = -Double.infinity
    private(set) var reduced: [Double]
    /// Sites the relaxed choice opens.
    private(set) var chosen: [Int] = []
    private(set) var isChosen: [Bool]
    private(set) var subgradient: [Double]
    /// The dearest free site chosen and the cheapest one left out.
    private var dearest: Int?
    private var next: Int?
    private var order: [Int] = []

    init(_ problem: FacilityProblem) {
        self.problem = problem
        reduced = [Double](repeating: 0, count: problem.siteCount)
        subgradient = [Double](repeating: 0, count: problem.clientCount)
        isChosen = [Bool](repeating: false, count: problem.siteCount)
    }

    /// Evaluates multipliers. `state` by site: 0 free, 1 open, -1 closed. Returns the bound.
    @discardableResult
    mutating func evaluate(_ lambda: [Double], state: [Int8]) -> Double {
        let n = problem.siteCount
        let m = problem.clientCount
        var value = 0.0
        for i in 0..<m {
            // A client goes to the fallback in the relaxation when that is cheaper than its multiplier.
            let beyond = problem.fallback[i] < lambda[i]
            value += beyond ? problem.fallback[i] : lambda[i]
            subgradient[i] = beyond ? 0 : 1
        }
        order.removeAll(keepingCapacity: true)
        (dearest, next) = (nil, nil)
        for j in chosen { isChosen[j] = false }
        chosen.removeAll(keepingCapacity: true)
        for j in 0..<n where state[j] >= 0 {
            reduced[j] = problem.fixedCosts[j] + Self.saving(problem.costs, row: j, count: m, lambda)
            if state[j] > 0 {
                value += reduced[j]
                chosen.append(j)
            } else {
                order.append(j)
            }
        }
        if chosen.count > problem.maximumSites || chosen.count + order.count < problem.minimumSites {
            bound = .infinity
            return bound
        }
        let reduced = reduced
        order.sort { (reduced[$0], $0) < (reduced[$1], $1) }
        for j in order {
            guard
                chosen.count < problem.minimumSites || (reduced[j] < 0 && chosen.count < problem.maximumSites)
            else {
                next = j
                break
            }
            value += reduced[j]
            chosen.append(j)
            dearest = j
        }
        for j in chosen {
            isChosen[j] = true
            let base = j * m
            for i in 0..<m where problem.costs[base + i] < lambda[i] { subgradient[i] -= 1 }
        }
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

    /// Sum over clients of min(0, c_ij - lambda_i), in four partial sums so that the processor can overlap them.
    private static func saving(_ costs: [Double], row: Int, count: Int, _ lambda: [Double]) -> Double {
        costs.withUnsafeBufferPointer { costs in
            lambda.withUnsafeBufferPointer { lambda in
                let base = row * count
                var sums = SIMD4<Double>.zero
                var i = 0
                while i + 4 <= count {
                    let c = SIMD4(costs[base + i], costs[base + i + 1], costs[base + i + 2], costs[base + i + 3])
                    let l = SIMD4(lambda[i], lambda[i + 1], lambda[i + 2], lambda[i + 3])
                    let difference = c - l
                    sums += difference.replacing(with: 0, where: difference .> 0)
                    i += 4
                }
                var sum = sums.sum()
                while i < count {
                    sum += min(0, costs[base + i] - lambda[i])
                    i += 1
                }
                return sum
            }
        }
    }
}
