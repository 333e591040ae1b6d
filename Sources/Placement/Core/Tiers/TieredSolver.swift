/// The best choice found over all tiers, with the proof of how good it is.
public struct TieredSolution: Sendable, Equatable {
    /// Open sites above the fronts, numbered through from the top tier; and open fronts.
    public var upperSites: [Int]
    public var fronts: [Int]
    /// The front that serves each client.
    public var assignment: [Int]
    /// The sites above each front in `fronts` that its goods pass through, from the top.
    public var ways: [[Int]]
    public var cost: Double
    public var lowerBound: Double
    public var certificate: TieredCertificate
    public var steps: Int
    public var stopReason: StopReason

    public var gap: Double { FacilitySolver.gap(cost, lowerBound) }
}

/// Proof of a lower bound over all tiers: a tree that splits by the sites above the fronts, with the proof of the
/// choice of fronts at each end.
public indirect enum TieredCertificate: Sendable, Equatable {
    /// The fronts, when every site above them that is not closed may be passed free of charge.
    case fronts(BoundCertificate)
    /// No choice of fronts reaches everybody, or too many sites are open.
    case impossible
    case branch(site: Int, open: TieredCertificate, closed: TieredCertificate)

    /// The bound this proves, computed from nothing else; minus infinity when it proves nothing.
    public func bound(for problem: TieredProblem) -> Double { bound(problem, problem.firstState) }

    private func bound(_ problem: TieredProblem, _ state: [Int8]) -> Double {
        switch self {
        case .branch(let site, let open, let closed):
            guard state.indices.contains(site), state[site] == 0 else { return -.infinity }
            var (with, without) = (state, state)
            (with[site], without[site]) = (1, -1)
            return min(open.bound(problem, with), closed.bound(problem, without))
        case .impossible:
            // Believed only where it can be seen at once: too many open, or nobody to serve a client.
            guard problem.obeysMaximum(state) else { return .infinity }
            do throws(PlacementError) {
                _ = try problem.fronts(through: state.map { $0 >= 0 })
                return -.infinity
            } catch { return .infinity }
        case .fronts(let certificate):
            guard let fronts = try? problem.fronts(through: state.map { $0 >= 0 }) else { return .infinity }
            var fixed = SumWithMagnitude()
            for site in state.indices where state[site] > 0 { fixed.add(problem.upperFixedCost(site)) }
            return certificate.bound(for: fronts) + fixed.value - 8 * Double.ulpOfOne * fixed.magnitude
        }
    }
}

extension FacilitySolver {
    /// Solves a problem of several tiers. When some sites above the fronts are open, some closed and the others
    /// passed free of charge, what is left is a facility problem of the fronts, whose bound holds for every choice
    /// that agrees; branching ends when all sites that its goods pass are open.
    public static func solve(
        _ problem: TieredProblem, limits: SearchLimits = SearchLimits(),
        shouldStop: @escaping (SearchProgress) -> Bool = { _ in false }
    ) throws(PlacementError) -> TieredSolution {
        var search = TierSearch(problem: problem, limits: limits, shouldStop: shouldStop)
        let certificate = try search.look(problem.firstState, from: nil)
        guard var best = search.best else {
            if let error = search.failure, search.isComplete { throw error }
            throw .noSolutionWithinLimits
        }
        best.certificate = certificate
        best.lowerBound = min(best.cost, certificate.bound(for: problem))
        best.steps = search.steps
        best.stopReason =
            best.cost - best.lowerBound <= 2 * tolerance * max(1, abs(best.cost))
            ? .proved : search.steps >= limits.steps ? .workLimit : .stopped
        return best
    }
}

private struct TierSearch {
    let problem: TieredProblem
    let limits: SearchLimits
    let shouldStop: (SearchProgress) -> Bool
    var best: TieredSolution?
    var failure: PlacementError?
    var isComplete = true
    var steps = 0

    mutating func look(_ state: [Int8], from warm: WarmStart?) throws(PlacementError) -> TieredCertificate {
        guard problem.obeysMaximum(state) else { return .impossible }
        let fronts: FacilityProblem
        do throws(PlacementError) { fronts = try problem.fronts(through: state.map { $0 >= 0 }) } catch {
            if failure == nil { failure = error }
            if state == problem.firstState { throw error }
            return .impossible
        }
        let fixed = state.indices.reduce(0) { $0 + (state[$1] > 0 ? problem.upperFixedCost($1) : 0) }
        var own = limits
        own.steps = max(1, limits.steps == .max ? .max : limits.steps - steps)
        if let best { own.sufficientBound = min(own.sufficientBound, best.cost - fixed) }
        let solution: FacilitySolution
        do throws(PlacementError) {
            solution = try FacilitySolver.solve(fronts, limits: own, from: warm, shouldStop: shouldStop)
        } catch {
            if case .noSolutionWithinLimits = error { isComplete = false }
            if failure == nil { failure = error }
            if state == problem.firstState { throw error }
            // A bound that is proved all the same: without it nothing is claimed for this part.
            return try unproved(fronts)
        }
        steps += solution.steps
        let here = TieredCertificate.fronts(solution.certificate)
        let used = Set(offer(solution, state))
        let slack = FacilitySolver.tolerance * max(1, abs(solution.cost))
        if let best, solution.lowerBound + fixed >= best.cost - slack { return here }
        guard solution.stopReason == .proved else {
            isComplete = false
            return here
        }
        let free = used.filter { state[$0] == 0 }
        guard
            let site = free.max(by: {
                (problem.upperFixedCost($0), -$0) < (problem.upperFixedCost($1), -$1)
            }), steps < limits.steps, !shouldStop(SearchProgress(steps: steps, cases: 0))
        else { return here }
        var (with, without) = (state, state)
        (with[site], without[site]) = (1, -1)
        let open = try look(with, from: solution.warmStart)
        return .branch(site: site, open: open, closed: try look(without, from: solution.warmStart))
    }

    /// What a facility problem without a solution proves: that there is none, once its search is through.
    private func unproved(_ fronts: FacilityProblem) throws(PlacementError) -> TieredCertificate {
        var search = BranchAndBound(UncapacitatedModel(fronts), limits: limits, shouldStop: shouldStop)
        search.run()
        return .fronts(search.certificate)
    }

    /// Takes what the fronts' solution makes of all tiers; returns the sites above that its goods pass.
    private mutating func offer(_ solution: FacilitySolution, _ state: [Int8]) -> [Int] {
        let ways = problem.ways(through: state.map { $0 >= 0 }).sites
        var serving = Set(solution.assignment.compactMap(\.self))
        for front in solution.sites where !ways[front].isEmpty || problem.tiers.isEmpty { serving.insert(front) }
        let needed = Set(solution.assignment.compactMap(\.self).flatMap { ways[$0] })
        let open = (0..<problem.upperCount).filter { state[$0] > 0 || needed.contains($0) }
        let fixed = open.reduce(0) { $0 + problem.upperFixedCost($1) }
        var opened = [Int8](repeating: -1, count: state.count)
        for site in open { opened[site] = 1 }
        if problem.obeysMaximum(opened), solution.cost + fixed < best?.cost ?? .infinity {
            best = TieredSolution(
                upperSites: open, fronts: solution.sites, assignment: solution.assignment.map { $0 ?? -1 },
                ways: solution.sites.map { ways[$0] }, cost: solution.cost + fixed, lowerBound: -.infinity,
                certificate: .impossible, steps: 0, stopReason: .stopped)
        }
        return Array(needed)
    }
}

extension TieredProblem {
    var firstState: [Int8] {
        tiers.flatMap { tier in
            tier.fixedCosts.indices.map { tier.required.contains($0) ? 1 : tier.forbidden.contains($0) ? -1 : 0 }
        }
    }

    /// No tier has more open sites than it may.
    func obeysMaximum(_ state: [Int8]) -> Bool {
        tiers.indices.allSatisfy { tier in
            let start = first(of: tier)
            let open = tiers[tier].fixedCosts.indices.count { state[start + $0] > 0 }
            return open <= tiers[tier].maximumSites ?? .max
        }
    }
}
