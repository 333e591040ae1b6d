import NumericCore
import Placement
import Retail
import Testing

@Suite("Facility location against all subsets") struct FacilityTests {
    /// Solves and compares with brute force; returns whether the case was feasible.
    private func check(_ problem: FacilityProblem, _ seed: Int) throws -> Bool {
        let optimum = bruteForce(problem)
        guard optimum < .infinity else {
            #expect(throws: PlacementError.self, "seed \(seed)") { try FacilitySolver.solve(problem) }
            return false
        }
        let solution = try FacilitySolver.solve(problem)
        let slack = 1e-7 * max(1, abs(optimum))
        #expect(abs(solution.cost - optimum) <= slack, "seed \(seed): \(solution.cost), optimum \(optimum)")
        #expect(solution.lowerBound <= optimum + slack, "seed \(seed)")
        #expect(solution.stopReason == .proved && solution.gap < 1e-7, "seed \(seed): gap \(solution.gap)")
        #expect(problem.cost(of: solution.sites) == solution.cost, "seed \(seed)")
        #expect(solution.sites == solution.sites.sorted() && Set(solution.sites).count == solution.sites.count)
        #expect((problem.minimumSites...problem.maximumSites).contains(solution.sites.count), "seed \(seed)")
        for (client, site) in solution.assignment.enumerated() {
            #expect(site.map { solution.sites.contains($0) } ?? true, "seed \(seed)")
            let own = site.map { problem.costs[$0 * problem.clientCount + client] } ?? problem.fallback[client]
            for other in solution.sites {
                #expect(own <= problem.costs[other * problem.clientCount + client], "seed \(seed)")
            }
        }
        // The certificate, read by the independent check, proves what the solution claims.
        #expect(solution.certificate.bound(for: problem) >= solution.lowerBound, "seed \(seed)")
        return true
    }

    @Test("the solver finds and proves the optimum of random problems of every kind", arguments: 0..<40)
    func random(block: Int) throws {
        var feasible = 0
        for seed in block * 10..<block * 10 + 10 {
            var random = draws("facility", seed)
            do {
                let problem = try randomProblem(
                    &random, sites: 1 + random.integer(below: 8), clients: 1 + random.integer(below: 12))
                if try check(problem, seed) { feasible += 1 }
            } catch let error as PlacementError {
                // Contradictory bounds and unreachable clients are refused when the problem is made.
                #expect(!error.description.isEmpty)
            }
        }
        #expect(feasible > 0)
    }

    @Test("p-median: exactly p sites, each client at the nearest", arguments: 0..<60)
    func median(seed: Int) throws {
        var random = draws("median", seed)
        let points = (0..<11).map { _ in (random.uniform(), random.uniform()) }
        let costs = points.flatMap { a in
            points.map { b in ((a.0 - b.0) * (a.0 - b.0) + (a.1 - b.1) * (a.1 - b.1)).squareRoot() }
        }
        let sites = 1 + seed % 6
        let problem = try FacilityProblem.median(costs: costs, siteCount: 11, clientCount: 11, sites: sites)
        #expect(try check(problem, seed))
        #expect(try FacilitySolver.solve(problem).sites.count == sites)
    }

    @Test("a bound never exceeds the optimum, whatever the multipliers", arguments: 0..<60)
    func weakDuality(seed: Int) throws {
        var random = draws("duality", seed)
        guard let problem = try? randomProblem(&random, sites: 6, clients: 8) else { return }
        let optimum = bruteForce(problem)
        for _ in 0..<20 {
            let lambda = (0..<8).map { _ in 30 * random.uniform() - 5 }
            let bound = BoundCertificate(cases: [.init(multipliers: lambda)]).bound(for: problem)
            #expect(bound <= optimum + 1e-9, "seed \(seed)")
            let split = BoundCertificate(cases: [
                .init(multipliers: lambda, next: .branch(site: 2, open: 1, closed: 2)), .init(multipliers: lambda),
                .init(multipliers: lambda),
            ])
            if problem.required[2] || problem.forbidden[2] {
                #expect(split.bound(for: problem) == -.infinity, "seed \(seed)")
            } else {
                #expect(split.bound(for: problem) <= optimum + 1e-9, "seed \(seed)")
                #expect(split.bound(for: problem) >= bound - 1e-9, "seed \(seed)")
            }
        }
    }

    @Test("a certificate that leaves a case out proves nothing")
    func forgedCertificate() throws {
        let problem = try FacilityProblem.median(
            costs: [0, 5, 9, 5, 0, 4, 9, 4, 0], siteCount: 3, clientCount: 3, sites: 1)
        let lambda = [9.0, 5, 9]
        typealias Case = BoundCertificate.Case
        func bound(_ cases: [Case]) -> Double { BoundCertificate(cases: cases).bound(for: problem) }
        let leaf = Case(multipliers: lambda)
        let whole = bound([leaf])
        #expect(whole.isFinite)
        #expect(bound([]) == -.infinity)
        #expect(bound([Case(multipliers: lambda, next: .again(7))]) == -.infinity)
        #expect(bound([Case(multipliers: lambda, next: .again(0))]) == -.infinity)
        #expect(bound([Case(multipliers: [9, 5]), leaf]) == -.infinity)
        #expect(bound([Case(multipliers: [9, .nan, 9])]) == -.infinity)
        #expect(bound([Case(multipliers: lambda, next: .branch(site: 0, open: 1, closed: 1)), leaf]) == -.infinity)
        #expect(bound([Case(multipliers: lambda, next: .branch(site: 0, open: 1, closed: 2)), leaf]) == -.infinity)
        #expect(
            bound([Case(multipliers: lambda, next: .branch(site: 0, open: 1, closed: 2)), leaf, leaf]) >= whole)
        // A setting is refuted at its own price: all three sites closed is no choice at all, one open is.
        let refuted = Case(multipliers: lambda, refuted: [.init(site: 1, isOpen: true)])
        #expect(bound([refuted]) <= 9)
        #expect(
            bound([Case(multipliers: lambda, refuted: [.init(site: 1, isOpen: true), .init(site: 1, isOpen: false)])])
                == -.infinity)
    }

    @Test("a search that runs out of work still gives a true bound and says why it stopped")
    func workLimit() throws {
        var random = draws("limit", 3)
        let points = (0..<40).map { _ in (random.uniform(), random.uniform()) }
        let costs = points.flatMap { a in
            points.map { b in ((a.0 - b.0) * (a.0 - b.0) + (a.1 - b.1) * (a.1 - b.1)).squareRoot() }
        }
        let problem = try FacilityProblem.median(costs: costs, siteCount: 40, clientCount: 40, sites: 5)
        let full = try FacilitySolver.solve(problem)
        #expect(full.stopReason == .proved)
        let short = try FacilitySolver.solve(
            problem, limits: SearchLimits(steps: 5, rootSteps: 3, caseSteps: 1))
        #expect(short.stopReason == .workLimit && short.gap > 0)
        #expect(short.lowerBound <= full.cost + 1e-9 && short.cost >= full.cost - 1e-9)
        #expect(short.certificate.bound(for: problem) >= short.lowerBound)
    }

    @Test(
        "numbering the sites otherwise changes nothing but the numbers; a duplicate site adds nothing",
        arguments: 0..<40)
    func symmetry(seed: Int) throws {
        var random = draws("symmetry", seed)
        guard let problem = try? randomProblem(&random, sites: 6, clients: 9), bruteForce(problem) < .infinity else {
            return
        }
        let m = problem.clientCount
        let costs = problem.costs.indices.map { problem.costs[$0] }
        let order = (0..<6).reversed().map { $0 }
        let mirrored = try FacilityProblem(
            fixedCosts: order.map { problem.fixedCosts[$0] },
            costs: order.flatMap { Array(costs[$0 * m..<($0 + 1) * m]) }, fallback: problem.fallback,
            clientCount: m, minimumSites: problem.minimumSites, maximumSites: problem.maximumSites,
            required: (0..<6).filter { problem.required[order[$0]] },
            forbidden: (0..<6).filter { problem.forbidden[order[$0]] })
        let cost = try FacilitySolver.solve(problem).cost
        #expect(abs(try FacilitySolver.solve(mirrored).cost - cost) < 1e-9 * max(1, abs(cost)), "seed \(seed)")
        guard problem.fixedCosts.allSatisfy({ $0 >= 0 }) else { return }
        let doubled = try FacilityProblem(
            fixedCosts: problem.fixedCosts + [problem.fixedCosts[0]], costs: costs + costs[0..<m],
            fallback: problem.fallback, clientCount: m, minimumSites: problem.minimumSites,
            maximumSites: problem.maximumSites, required: (0..<6).filter { problem.required[$0] },
            forbidden: (0..<6).filter { problem.forbidden[$0] } + (problem.forbidden[0] ? [6] : []))
        // A duplicate can only help to fill a minimum number of sites more cheaply.
        let twice = try FacilitySolver.solve(doubled)
        if problem.minimumSites == 0 {
            #expect(abs(twice.cost - cost) < 1e-9 * max(1, abs(cost)), "seed \(seed)")
        }
        #expect(twice.cost <= cost + 1e-9 && twice.stopReason == .proved, "seed \(seed)")
    }

    @Test("what cannot be solved is named")
    func errors() throws {
        func make(
            least: Int = 0, most: Int? = nil, required: [Int] = [], forbidden: [Int] = [],
            costs: [Double] = [1, .infinity, .infinity, 1], fallback: [Double]? = nil
        ) throws -> FacilityProblem {
            try FacilityProblem(
                fixedCosts: [1, 1], costs: costs, fallback: fallback, clientCount: 2, minimumSites: least,
                maximumSites: most, required: required, forbidden: forbidden)
        }
        #expect(throws: PlacementError.unreachableRegion(1)) { try make(forbidden: [1]) }
        #expect(throws: PlacementError.contradictorySite(0)) { try make(required: [0], forbidden: [0]) }
        #expect(throws: PlacementError.unknownSite(5)) { try make(required: [5]) }
        #expect(throws: PlacementError.siteCount(minimum: 3, maximum: 2, required: 0, allowed: 2)) {
            try make(least: 3)
        }
        #expect(throws: PlacementError.siteCount(minimum: 0, maximum: 1, required: 2, allowed: 2)) {
            try make(most: 1, required: [0, 1])
        }
        #expect(throws: PlacementError.shape(what: "cost matrix", count: 3, expected: 4)) {
            try make(costs: [1, 2, 3])
        }
        #expect(throws: PlacementError.self) { try make(costs: [1, .nan, 3, 4]) }
        #expect(throws: PlacementError.self) { try make(fallback: [1, -.infinity]) }
        // Each client is reachable, but not both with one site.
        let one = try make(most: 1)
        #expect(throws: PlacementError.self) { try FacilitySolver.solve(one) }
        #expect(try FacilitySolver.solve(try make(most: 1, fallback: [9, 9])).cost == 11)
        // No sites at all is a plan when everybody has a fallback.
        let none = try make(most: 0, fallback: [9, 9])
        #expect(try FacilitySolver.solve(none).sites.isEmpty)
        #expect(try FacilitySolver.solve(none).cost == 18)
    }
}
