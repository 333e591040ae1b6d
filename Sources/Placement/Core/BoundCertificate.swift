/// Proof of a lower bound: a set of cases that together cover every choice of sites, each with multipliers that show
/// that no choice in the case costs less.
public struct BoundCertificate: Sendable, Equatable {
    /// All choices with `open` open and `closed` closed.
    public struct Case: Sendable, Equatable {
        public var open: [Int]
        public var closed: [Int]
        /// Row of `multipliers`.
        public var multipliers: Int

        public init(open: [Int], closed: [Int], multipliers: Int) {
            self.open = open
            self.closed = closed
            self.multipliers = multipliers
        }
    }
    public var cases: [Case]
    /// Lagrange multipliers of the clients' assignment constraints.
    public var multipliers: [[Double]]

    public init(cases: [Case], multipliers: [[Double]]) {
        self.cases = cases
        self.multipliers = multipliers
    }

    /// The bound this certificate proves for `problem`, computed from nothing else in plain double arithmetic: the
    /// smallest Lagrangian value over the cases. Minus infinity when the cases do not cover every choice.
    public func bound(for problem: FacilityProblem) -> Double {
        guard covers(cases.map { Dictionary(fixings($0), uniquingKeysWith: { $0 && $1 }) }) else { return -.infinity }
        var lowest = Double.infinity
        for one in cases {
            guard multipliers.indices.contains(one.multipliers),
                multipliers[one.multipliers].count == problem.clientCount
            else { return -.infinity }
            lowest = min(
                lowest,
                Self.lagrangian(problem, multipliers[one.multipliers], open: one.open, closed: one.closed))
        }
        return lowest
    }

    /// The Lagrangian value of multipliers lambda where some sites are fixed open or closed: a lower bound on every
    /// choice that agrees with them, whatever the multipliers are.
    ///
    ///     sum lambda_i + sum min(0, fallback_i - lambda_i)
    ///         + the best choice of sites by reduced cost rho_j = f_j + sum over i of min(0, c_ij - lambda_i)
    ///
    /// The best choice opens what must be open, then the cheapest up to the minimum number of sites, then every
    /// further site of negative reduced cost up to the maximum. Infinite when no choice has a valid number of sites.
    public static func lagrangian(_ problem: FacilityProblem, _ lambda: [Double], open: [Int], closed: [Int]) -> Double
    {
        var value = 0.0
        for client in 0..<problem.clientCount {
            value += lambda[client] + min(0, problem.fallback[client] - lambda[client])
        }
        var free: [Double] = []
        var count = 0
        for site in 0..<problem.siteCount {
            let isOpen = problem.required[site] || open.contains(site)
            let isClosed = problem.forbidden[site] || closed.contains(site)
            if isOpen && isClosed { return .infinity }
            if isClosed { continue }
            var reduced = problem.fixedCosts[site]
            for client in 0..<problem.clientCount {
                reduced += min(0, problem.costs[site * problem.clientCount + client] - lambda[client])
            }
            if isOpen {
                value += reduced
                count += 1
            } else {
                free.append(reduced)
            }
        }
        if count > problem.maximumSites || count + free.count < problem.minimumSites { return .infinity }
        for reduced in free.sorted() {
            guard count < problem.minimumSites || (reduced < 0 && count < problem.maximumSites) else { break }
            value += reduced
            count += 1
        }
        return value
    }

    private func fixings(_ one: Case) -> [(Int, Bool)] { one.open.map { ($0, true) } + one.closed.map { ($0, false) } }

    /// Whether cases cover every choice: there is one without conditions, or a site on which all have a condition and
    /// both halves are covered.
    private func covers(_ cases: [[Int: Bool]]) -> Bool {
        guard let first = cases.first else { return false }
        if cases.contains(where: \.isEmpty) { return true }
        let common = first.keys.sorted().first { site in cases.allSatisfy { $0[site] != nil } }
        guard let common else { return false }
        func half(_ isOpen: Bool) -> [[Int: Bool]] {
            cases.filter { $0[common] == isOpen }.map { $0.filter { $0.key != common } }
        }
        return covers(half(true)) && covers(half(false))
    }
}
