/// Proof of a lower bound: a tree of cases that together cover every choice of sites, each with multipliers that show
/// that no choice in the case costs less.
public struct BoundCertificate: Sendable, Equatable {
    /// A set of choices: those that agree with all that was decided on the way to it.
    public struct Case: Sendable, Equatable {
        /// Lagrange multipliers of the clients' assignment constraints, then those of the rules for the sites.
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
        let lowest = bound(problem.rules.firstState, multipliers: problem.clientCount + problem.rules.extraMultipliers)
        {
            RelaxedChoice(problem, $0, $1)
        }
        return problem.isIntegral && lowest.isFinite ? lowest.rounded(.up) : lowest
    }

    /// - Parameter relax: the relaxation of a problem at multipliers and a state of its sites (0 free, 1 open, -1
    ///   closed); nil where a multiplier is not a number.
    func bound(
        _ state: [Int8], multipliers: Int, _ relax: ([Double], [Int8]) -> (any RelaxedCase)?
    ) -> Double { bound(of: 0, state, multipliers, relax, depth: 0) }

    private func bound(
        of index: Int, _ state: [Int8], _ count: Int, _ relax: ([Double], [Int8]) -> (any RelaxedCase)?, depth: Int
    ) -> Double {
        // A case belongs to one place in the tree: going round in a circle proves nothing.
        guard cases.indices.contains(index), depth < cases.count else { return -.infinity }
        let one = cases[index]
        guard one.multipliers.count == count, let relaxed = relax(one.multipliers, state) else { return -.infinity }
        var lowest = Double.infinity
        var rest = state
        for setting in one.refuted {
            guard rest.indices.contains(setting.site), rest[setting.site] == 0 else { return -.infinity }
            var forced = state
            forced[setting.site] = setting.isOpen ? 1 : -1
            lowest = min(lowest, relaxed.value(forced))
            rest[setting.site] = setting.isOpen ? -1 : 1
        }
        switch one.next {
        case .bounded: return min(lowest, relaxed.value(rest))
        case .again(let other): return min(lowest, bound(of: other, rest, count, relax, depth: depth + 1))
        case .branch(let site, let open, let closed):
            guard rest.indices.contains(site), rest[site] == 0, open != closed else { return -.infinity }
            for (half, setting) in [(open, Int8(1)), (closed, -1)] {
                rest[site] = setting
                lowest = min(lowest, bound(of: half, rest, count, relax, depth: depth + 1))
            }
            return lowest
        }
    }
}

/// A relaxation at fixed multipliers, from which bounds of several cases can be read.
protocol RelaxedCase {
    /// No choice that agrees with `state` costs less, rounding included. The sites fixed when the relaxation was made
    /// are fixed in `state` too.
    func value(_ state: [Int8]) -> Double
}
