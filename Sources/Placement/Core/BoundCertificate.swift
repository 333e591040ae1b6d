/// Proof of a lower bound: a tree of cases that together cover every choice of sites, each with multipliers that show
/// that no choice in the case costs less.
public struct BoundCertificate: Sendable, Equatable {
    /// A set of choices: those that agree with all that was decided on the way to it.
    public struct Case: Sendable, Equatable {
        /// Lagrange multipliers of the clients' assignment constraints.
        public var multipliers: [Double]
        /// Settings of single sites that these multipliers show to be no better than the bound; the choices that
        /// are left have the opposite settings.
        public var refuted: [Setting]
        public var next: Next

        public init(multipliers: [Double], refuted: [Setting] = [], next: Next = .bounded) {
            self.multipliers = multipliers
            self.refuted = refuted
            self.next = next
        }
    }

    public struct Setting: Sendable, Equatable {
        public var site: Int
        public var isOpen: Bool

        public init(site: Int, isOpen: Bool) {
            self.site = site
            self.isOpen = isOpen
        }
    }

    /// What becomes of the choices that are left.
    public enum Next: Sendable, Equatable {
        /// The case's own multipliers bound them.
        case bounded
        /// Other multipliers are better for them: the case of that number.
        case again(Int)
        /// One half has `site` open, the other closed: the cases of those numbers.
        case branch(site: Int, open: Int, closed: Int)
    }

    /// The first case holds every choice.
    public var cases: [Case]

    public init(cases: [Case]) { self.cases = cases }

    /// The bound this certificate proves for `problem`, computed from nothing else: the smallest Lagrangian value over
    /// the cases, each less a margin for rounding; where every choice costs a whole number, the next whole number.
    /// Minus infinity when the cases do not cover every choice.
    public func bound(for problem: FacilityProblem) -> Double {
        let state = (0..<problem.siteCount).map { site -> Int8 in
            problem.required[site] ? 1 : problem.forbidden[site] ? -1 : 0
        }
        let lowest = bound(of: 0, state, problem, depth: 0)
        return problem.isIntegral && lowest.isFinite ? lowest.rounded(.up) : lowest
    }

    private func bound(of index: Int, _ state: [Int8], _ problem: FacilityProblem, depth: Int) -> Double {
        // A case belongs to one place in the tree: going round in a circle proves nothing.
        guard cases.indices.contains(index), depth < cases.count else { return -.infinity }
        let one = cases[index]
        guard one.multipliers.count == problem.clientCount,
            let relaxed = RelaxedChoice(problem, one.multipliers, state)
        else { return -.infinity }
        var lowest = Double.infinity
        var rest = state
        for setting in one.refuted {
            guard rest.indices.contains(setting.site), rest[setting.site] == 0 else { return -.infinity }
            lowest = min(lowest, relaxed.value(forcing: setting))
            rest[setting.site] = setting.isOpen ? -1 : 1
        }
        switch one.next {
        case .bounded: return min(lowest, relaxed.value(rest))
        case .again(let other): return min(lowest, bound(of: other, rest, problem, depth: depth + 1))
        case .branch(let site, let open, let closed):
            guard rest.indices.contains(site), rest[site] == 0, open != closed else { return -.infinity }
            for (half, setting) in [(open, Int8(1)), (closed, -1)] {
                rest[site] = setting
                lowest = min(lowest, bound(of: half, rest, problem, depth: depth + 1))
            }
            return lowest
        }
    }
}

/// The Lagrangian value of multipliers lambda where some sites are fixed open or closed: a lower bound on every choice
/// that agrees with them, whatever the multipliers are.
///
///     sum lambda_i + sum min(0, fallback_i - lambda_i)
///         + the best choice of sites by reduced cost rho_j = f_j + sum over i of min(0, c_ij - lambda_i)
///
/// The best choice opens what must be open, then the cheapest up to the minimum number of sites, then every further
/// site of negative reduced cost up to the maximum. Infinite when no choice has a valid number of sites.
struct RelaxedChoice {
    private let problem: FacilityProblem
    private let state: [Int8]
    private let multiplierSum: Double
    private let reduced: [Double]
    /// Free sites by reduced cost.
    private let order: [Int]
    /// No sum of these numbers is further from the true one.
    private let margin: Double

    /// Nil where a multiplier is not a number.
    init?(_ problem: FacilityProblem, _ lambda: [Double], _ state: [Int8]) {
        guard lambda.allSatisfy(\.isFinite) else { return nil }
        self.problem = problem
        self.state = state
        var total = CompensatedSum()
        for client in 0..<problem.clientCount {
            total.add(lambda[client])
            total.add(min(0, problem.fallback[client] - lambda[client]))
        }
        var size = total.magnitude
        var reduced = [Double](repeating: 0, count: problem.siteCount)
        for site in 0..<problem.siteCount where state[site] >= 0 {
            var sum = CompensatedSum()
            sum.add(problem.fixedCosts[site])
            let base = site * problem.clientCount
            for client in 0..<problem.clientCount {
                let saving = problem.costs[base + client] - lambda[client]
                if saving < 0 { sum.add(saving) }
            }
            reduced[site] = sum.value
            size += sum.magnitude
        }
        multiplierSum = total.value
        self.reduced = reduced
        order = state.indices.filter { state[$0] == 0 }.sorted { reduced[$0] < reduced[$1] }
        // Each difference and each compensated sum is off by a few units in the last place of its largest part.
        margin = 8 * Double.ulpOfOne * size
    }

    /// The bound for the case with `rest` fixed on top of what was fixed at first.
    func value(_ rest: [Int8]) -> Double {
        var value = multiplierSum
        var count = 0
        for site in rest.indices where rest[site] > 0 {
            value += reduced[site]
            count += 1
        }
        guard count <= problem.maximumSites else { return .infinity }
        for site in order where rest[site] == 0 {
            guard count < problem.minimumSites || (reduced[site] < 0 && count < problem.maximumSites) else { break }
            value += reduced[site]
            count += 1
        }
        return count < problem.minimumSites ? .infinity : value - margin
    }

    func value(forcing setting: BoundCertificate.Setting) -> Double {
        var forced = state
        forced[setting.site] = setting.isOpen ? 1 : -1
        return value(forced)
    }
}

/// A sum that keeps what rounding would lose (Neumaier, 1974), with the sum of the magnitudes for an error bound.
private struct CompensatedSum {
    private var sum = 0.0
    private var lost = 0.0
    private(set) var magnitude = 0.0

    mutating func add(_ term: Double) {
        let next = sum + term
        lost += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
        sum = next
        magnitude += abs(term)
    }

    var value: Double { sum + lost }
}
