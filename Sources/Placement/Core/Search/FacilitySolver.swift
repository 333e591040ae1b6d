/// How much work a search may do, in counted steps, so that the answer is the same on every machine.
public struct SearchLimits: Sendable, Equatable, Codable {
    /// Evaluations of the Lagrangian and rounds of local search together.
    public var steps: Int
    /// Steps spent on the multipliers before the first branch, and in each case after it.
    public var rootSteps: Int
    public var caseSteps: Int
    /// Steps without a rise worth having after which the steps are made smaller; nil: by the size of the problem. What
    /// is too large to branch on for long is worth more of them at the root.
    public var patience: Int?
    /// A bound from here on answers the caller's question: the search ends when it is proved.
    public var sufficientBound = Double.infinity

    public init(steps: Int = 200_000, rootSteps: Int = 1_500, caseSteps: Int = 60) {
        self.steps = steps
        self.rootSteps = rootSteps
        self.caseSteps = caseSteps
    }
}

/// How far a search has come.
public struct SearchProgress: Sendable {
    public var steps: Int
    /// Cases written down for the certificate: each is gone over once more when the proof is checked at the end.
    public var cases: Int
}

/// Where a search begins: sites and multipliers of an answer to a problem much like it.
public struct WarmStart: Sendable, Equatable {
    public var sites: [Int]
    public var multipliers: [Double]

    public init(sites: [Int], multipliers: [Double]) {
        self.sites = sites
        self.multipliers = multipliers
    }
}

public enum StopReason: String, Sendable, CaseIterable, Codable {
    /// The lower bound meets the cost: no better choice exists.
    case proved
    /// The work limit was reached first; the gap says how much better a choice might be at most.
    case workLimit = "work_limit"
    /// The caller asked to stop first, such as at a time limit.
    case stopped
}

/// The best choice found, with the proof of how good it is.
public struct FacilitySolution: Sendable, Equatable {
    /// Open sites, ascending.
    public var sites: [Int]
    /// The site each client is served from; nil is the fallback.
    public var assignment: [Int?]
    public var cost: Double
    /// No choice costs less; recomputed from `certificate`, never above `cost`.
    public var lowerBound: Double
    public var certificate: BoundCertificate
    /// Steps of work done, and cases looked at by branch and bound (1 when the root was enough).
    public var steps: Int
    public var cases: Int
    public var stopReason: StopReason

    /// How far the bound lies below the cost, as a share of the larger of the two.
    public var gap: Double { FacilitySolver.gap(cost, lowerBound) }

    /// From where to solve the problem again after a small change.
    public var warmStart: WarmStart {
        WarmStart(sites: sites, multipliers: certificate.cases.first?.multipliers ?? [])
    }
}

/// Greedy and local search for the choice, a Lagrangian relaxation of the assignment constraints by subgradient
/// ascent for the bound (Geoffrion, 1974; Cornuejols, Fisher and Nemhauser, 1977), reduced-cost fixing and branch and
/// bound to close what is left between them.
public enum FacilitySolver {
    /// Relative difference within which a bound counts as meeting a cost.
    public static let tolerance = 1e-9

    /// Sites times clients from which on a problem is large.
    private static let largeCells = 20_000_000

    /// How far a bound is from a cost, as a share of the larger of the two.
    public static func gap(_ cost: Double, _ bound: Double) -> Double {
        let scale = max(abs(cost), abs(bound))
        return scale > 0 ? abs(cost - bound) / scale : 0
    }

    /// - Parameters:
    ///   - warm: the answer to a problem much like this one, over the same sites and clients: the search begins there.
    ///   - shouldStop: asked at every step; true ends the search with the best choice so far and its gap. An answer
    ///     that was stopped depends on the machine's speed, one that ended by `limits` does not.
    public static func solve(
        _ problem: FacilityProblem, limits: SearchLimits = SearchLimits(), from warm: WarmStart? = nil,
        shouldStop: @escaping (SearchProgress) -> Bool = { _ in false }
    ) throws(PlacementError) -> FacilitySolution {
        var limits = limits
        if limits.patience == nil, problem.siteCount * problem.clientCount >= Self.largeCells {
            limits.patience = 40
            limits.rootSteps = max(limits.rootSteps, 20_000)
        }
        var search = BranchAndBound(UncapacitatedModel(problem), limits: limits, shouldStop: shouldStop)
        search.run(from: warm)
        let sites = search.choice.sites
        var assignment: [Int?] = []
        assignment.reserveCapacity(problem.clientCount)
        var unreached: Int?
        for client in 0..<problem.clientCount {
            let (site, cost) = problem.serviceCost(client, sites)
            assignment.append(site)
            if cost == .infinity, unreached == nil { unreached = client }
        }
        if unreached != nil || search.choice.cost == .infinity {
            guard search.isComplete else { throw .noSolutionWithinLimits }
            if let budget = problem.rules.budget {
                // Without its limit a choice is found, or another rule is to blame.
                var free = problem
                free.rules = try problem.rules.withoutBudget()
                let found = try solve(free, limits: limits, shouldStop: shouldStop)
                throw .tooSmallBudget(budget: budget.limit, needed: budget.outlay(found.sites))
            }
            throw .tooFewSites(maximum: problem.maximumSites, region: unreached ?? 0)
        }
        let cost = problem.cost(of: sites)
        let bound = min(cost, search.certificate.bound(for: search.model.problem))
        let isProved = cost - bound <= 2 * tolerance * max(1, abs(cost))
        return FacilitySolution(
            sites: sites, assignment: assignment, cost: cost, lowerBound: bound, certificate: search.certificate,
            steps: search.steps, cases: search.cases,
            stopReason: isProved ? .proved : search.steps >= limits.steps ? .workLimit : .stopped)
    }
}

extension FacilityProblem {
    /// The same problem with a price so high in place of an infinite fallback that leaving a client unserved never
    /// pays: the search can then pass through choices that leave some out of reach.
    func penalised() -> FacilityProblem {
        guard fallback.contains(.infinity) else { return self }
        var spread = 1.0
        for fixed in fixedCosts { spread += abs(fixed) }
        var highest = [Double](repeating: 0, count: clientCount)
        for client in 0..<clientCount {
            var low = Double.infinity
            var high = -Double.infinity
            for site in 0...siteCount {
                let cost = site < siteCount ? costs[site * clientCount + client] : fallback[client]
                if cost < .infinity {
                    low = min(low, cost)
                    high = max(high, cost)
                }
            }
            guard low <= high else { continue }
            spread += high - low
            highest[client] = high
        }
        var prices = fallback
        for client in 0..<clientCount where prices[client] == .infinity { prices[client] = highest[client] + spread }
        var result = self
        result.fallback = prices
        return result
    }
}
