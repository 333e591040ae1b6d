/// The Lagrangian of a facility problem with some sites fixed, evaluated over and over: reduced costs of all sites,
/// the bound, and the subgradient of the multipliers.
struct Lagrangian {
    let problem: FacilityProblem
    /// Lists without the sites closed in the case looked at.
    var near: NearSites
    private(set) var bound = -Double.infinity
    private(set) var subgradient: [Double]
    private(set) var selection: SiteSelection
    private var reduced: [Double]
    /// Where each client's prefix of sites cheaper than its multiplier ends.
    private var ends: [Int]

    init(_ problem: FacilityProblem, near: NearSites) {
        self.problem = problem
        self.near = near
        reduced = [Double](repeating: 0, count: problem.siteCount)
        selection = SiteSelection(problem.rules)
        subgradient = [Double](repeating: 0, count: problem.clientCount + problem.rules.extraMultipliers)
        ends = [Int](repeating: 0, count: problem.clientCount)
    }

    /// Evaluates multipliers, none above its client's fallback. `state` by site: 0 free, 1 open, -1 closed. Returns
    /// the bound.
    @discardableResult
    mutating func evaluate(_ lambda: [Double], state: [Int8]) -> Double {
        var sum = price(lambda)
        let m = problem.clientCount
        if lambda.count > m { sum += selection.charge(&reduced, lambda[m]) }
        bound = sum + selection.choose(reduced, state: state)
        if bound < .infinity {
            count(lambda)
            if lambda.count > m { subgradient[m] = selection.overspent(at: lambda[m]) }
        }
        return bound
    }

    /// The bound of the same multipliers when a free site is forced against the relaxed choice. At or above the best
    /// known cost it proves the choice right for that site.
    func forcedBound(_ site: Int) -> Double { bound + selection.rise(forcing: site, reduced) }

    /// Fills the reduced costs; returns the sum of the multipliers.
    private mutating func price(_ lambda: [Double]) -> Double {
        var sum = 0.0
        let (lists, sites, costs) = (near.offsets, near.sites, near.costs)
        let fixed = problem.fixedCosts
        let clients = problem.clientCount
        reduced.withUnsafeMutableBufferPointer { reduced in
            for j in fixed.indices { reduced[j] = fixed[j] }
            ends.withUnsafeMutableBufferPointer { ends in
                costs.withUnsafeBufferPointer { costs in
                    sites.withUnsafeBufferPointer { sites in
                        for i in 0..<clients {
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
        let clients = problem.clientCount
        selection.isChosen.withUnsafeBufferPointer { isChosen in
            sites.withUnsafeBufferPointer { sites in
                for i in 0..<clients {
                    var served = 0
                    for k in lists[i]..<ends[i] where isChosen[Int(sites[k])] { served += 1 }
                    // At the fallback price the client may as well be served by nobody.
                    subgradient[i] = lambda[i] >= fallback[i] ? min(0, Double(1 - served)) : Double(1 - served)
                }
            }
        }
    }
}
