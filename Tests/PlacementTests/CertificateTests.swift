import NumericCore
import Placement
import Testing

/// Proofs of bounds gone through choice by choice, with nothing of the code that makes or reads them.
///
/// Every set of sites that the rules allow is followed down the tree of cases: where a case refutes one of its settings,
/// or ends, the multipliers there say by plain sums what the set costs at least.
@Suite("Certificates read by hand, every set of sites followed through its cases") struct CertificateTests {
    /// What multipliers say that a set of sites costs at least: each client pays its multiplier, or is served for less.
    private func least(_ problem: FacilityProblem, _ sites: [Int], _ lambda: [Double]) -> Double {
        var sum = 0.0
        for client in 0..<problem.clientCount { sum += min(lambda[client], problem.fallback[client]) }
        for site in sites {
            sum += problem.fixedCosts[site]
            for client in 0..<problem.clientCount {
                sum += min(0, problem.costs[site * problem.clientCount + client] - lambda[client])
            }
        }
        return sum
    }

    /// The smallest of what the certificate proves for each set of sites; nil where one falls through.
    private func proved(_ certificate: BoundCertificate, _ problem: FacilityProblem, _ sets: [[Int]]) -> Double? {
        var lowest = Double.infinity
        for sites in sets {
            var (place, isOver, steps) = (0, false, 0)
            while !isOver {
                guard certificate.cases.indices.contains(place), steps <= certificate.cases.count else { return nil }
                steps += 1
                let one = certificate.cases[place]
                isOver = one.refuted.contains { sites.contains($0.site) == $0.isOpen }
                if !isOver {
                    switch one.next {
                    case .bounded: isOver = true
                    case .again(let other): place = other
                    case .branch(let site, let open, let closed): place = sites.contains(site) ? open : closed
                    }
                }
                if isOver { lowest = min(lowest, least(problem, sites, one.multipliers)) }
            }
        }
        return lowest
    }

    private func sets(_ problem: FacilityProblem) -> [[Int]] {
        (0..<1 << problem.siteCount).map { mask in (0..<problem.siteCount).filter { mask >> $0 & 1 == 1 } }.filter {
            $0.count >= problem.minimumSites && $0.count <= problem.maximumSites
                && !$0.contains { problem.forbidden[$0] }
                && (0..<problem.siteCount).filter { problem.required[$0] }.allSatisfy($0.contains)
        }
    }

    @Test("the bound of a thousand random problems is what their certificates prove", arguments: 0..<20)
    func facility(block: Int) throws {
        var (checked, branched) = (0, 0)
        for seed in block * 50..<block * 50 + 50 {
            var random = draws("certificate", seed)
            guard
                let problem = try? randomProblem(
                    &random, sites: 2 + random.integer(below: 6), clients: 1 + random.integer(below: 10)),
                let solution = try? FacilitySolver.solve(problem)
            else { continue }
            checked += 1
            if solution.cases > 1 { branched += 1 }
            let found = try #require(proved(solution.certificate, problem, sets(problem)), "seed \(seed)")
            // Costs of whole numbers leave nothing between two of them.
            let costs = problem.costs.indices.map { problem.costs[$0] } + problem.fixedCosts + problem.fallback
            let isWhole = costs.allSatisfy { $0 == .infinity || $0 == $0.rounded() }
            let slack = 1e-9 * max(1, abs(solution.cost))
            #expect((isWhole ? (found - slack).rounded(.up) : found) >= solution.lowerBound - slack, "seed \(seed)")
        }
        #expect(checked > 20)
    }

    @Test("so is that of larger medians that take several cases, and one that was stopped", arguments: 0..<12)
    func median(seed: Int) throws {
        var random = draws("certificate medians", seed)
        let n = 14
        let points = (0..<n).map { _ in (random.uniform(), random.uniform()) }
        let costs = points.flatMap { a in
            points.map { b in ((a.0 - b.0) * (a.0 - b.0) + (a.1 - b.1) * (a.1 - b.1)).squareRoot() }
        }
        let problem = try FacilityProblem.median(costs: costs, siteCount: n, clientCount: n, sites: 2 + seed % 5)
        for limits in [SearchLimits(rootSteps: 20, caseSteps: 5), SearchLimits(steps: 60, rootSteps: 10, caseSteps: 3)]
        {
            let solution = try FacilitySolver.solve(problem, limits: limits)
            let found = try #require(proved(solution.certificate, problem, sets(problem)), "seed \(seed)")
            #expect(found >= solution.lowerBound - 1e-9, "seed \(seed)")
            #expect(solution.cost >= found - 1e-9, "seed \(seed)")
        }
    }

    @Test("costs in single precision are the costs of the problem, to the last digit", arguments: 0..<10)
    func single(seed: Int) throws {
        var random = draws("single precision", seed)
        let (n, m) = (7, 12)
        let exact = (0..<n * m).map { _ in random.bernoulli(0.1) ? .infinity : 10 * random.uniform() }
        let fixed = (0..<n).map { _ in 8 * random.uniform() }
        let fallback = [Double](repeating: 9, count: m)
        let rounded = try FacilityProblem(
            fixedCosts: fixed, matrix: CostMatrix(exact.map { Float($0) }), fallback: fallback, clientCount: m)
        let double = try FacilityProblem(fixedCosts: fixed, costs: exact, fallback: fallback, clientCount: m)
        let whole = try FacilityProblem(
            fixedCosts: fixed, costs: exact.map { $0.rounded() }, fallback: fallback, clientCount: m)
        #expect(rounded.costs.isSingle && whole.costs.isSingle && !double.costs.isSingle)
        #expect(double.costs.indices.allSatisfy { double.costs[$0] == exact[$0] })
        #expect(whole.costs.indices.allSatisfy { whole.costs[$0] == exact[$0].rounded() })
        for problem in [rounded, double, whole] {
            let solution = try FacilitySolver.solve(problem)
            let best = bruteForce(problem)
            #expect(abs(solution.cost - best) < 1e-12 * best && solution.stopReason == .proved, "seed \(seed)")
            let found = try #require(proved(solution.certificate, problem, sets(problem)))
            #expect(found >= solution.lowerBound - 1e-9 && solution.lowerBound <= best, "seed \(seed)")
        }
    }

    @Test("a certificate that claims too much is found out")
    func forged() throws {
        let problem = try FacilityProblem.median(
            costs: [0, 5, 9, 5, 0, 4, 9, 4, 0], siteCount: 3, clientCount: 3, sites: 1)
        // One site: the best serves the others for 4 and 5.
        let honest = try FacilitySolver.solve(problem)
        #expect(honest.cost == 9)
        #expect(abs(try #require(proved(honest.certificate, problem, sets(problem))) - 9) < 1e-6)
        let greedy = BoundCertificate(cases: [.init(multipliers: [100, 100, 100])])
        #expect(try #require(proved(greedy, problem, sets(problem))) <= 9)
        #expect(
            proved(BoundCertificate(cases: [.init(multipliers: [1, 1, 1], next: .again(3))]), problem, [[0]]) == nil)
    }
}
