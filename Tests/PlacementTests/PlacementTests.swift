import NumericCore
import Placement
import Retail
import Testing

@Suite("Front warehouse placement") struct PlacementTests {
    /// Towns on a plane of a hundred kilometres, a warehouse at its edge.
    private func problem(_ seed: Int, regions: Int = 12, candidates: Int = 6) throws -> PlacementProblem {
        var random = draws("placement", seed)
        func point() -> (Double, Double) { (100 * random.uniform(), 100 * random.uniform()) }
        func distance(_ a: (Double, Double), _ b: (Double, Double)) -> Double {
            ((a.0 - b.0) * (a.0 - b.0) + (a.1 - b.1) * (a.1 - b.1)).squareRoot()
        }
        let towns = (0..<regions).map { _ in point() }
        let places = (0..<candidates).map { _ in point() }
        return try PlacementProblem(
            weights: (0..<regions).map { _ in (300 * random.uniform()).rounded() },
            isEligible: (0..<regions).map { $0 != 3 }, fixedCosts: (0..<candidates).map { _ in 100 * random.uniform() },
            distances: places.flatMap { a in towns.map { distance(a, $0) } },
            fallbackDistances: towns.map { distance($0, (0, 0)) }, radius: 35, frontCostPerKilometre: 0.02,
            fallbackCostPerKilometre: 0.03, oneHourBenefit: 0.4)
    }

    @Test("the parts of the cost add up, and no set of candidates is cheaper", arguments: 0..<40)
    func optimal(seed: Int) throws {
        let problem = try problem(seed)
        let solution = try solve(problem)
        #expect(abs(solution.costs.total - solution.objective) < 1e-9 * max(1, abs(solution.objective)))
        #expect(solution.gap < 1e-8 && solution.stopReason == .proved, "seed \(seed)")
        // All subsets, priced by the definition rather than through the matrix.
        var best = Double.infinity
        for subset in 0..<1 << problem.candidateCount {
            var cost = 0.0
            for j in 0..<problem.candidateCount where subset >> j & 1 == 1 { cost += problem.fixedCosts[j] }
            for i in 0..<problem.regionCount {
                var way = problem.fallbackDistances[i] * problem.fallbackCostPerKilometre + (i != 3 ? 0.4 : 0)
                for j in 0..<problem.candidateCount where subset >> j & 1 == 1 && i != 3 {
                    let distance = problem.distances[j * problem.regionCount + i]
                    if distance <= 35 { way = min(way, 0.02 * distance) }
                }
                cost += problem.weights[i] * way
            }
            best = min(best, cost)
        }
        #expect(abs(solution.costs.total - best) < 1e-8 * max(1, abs(best)), "seed \(seed)")
    }

    @Test("what a site cannot fill on the spot goes out as it would without it, and costs that", arguments: 0..<40)
    func localFill(seed: Int) throws {
        var problem = try problem(seed)
        var random = draws("local fill", seed)
        problem.localFill = (0..<problem.candidateCount).map { _ in random.uniform() }
        let solution = try solve(problem)
        #expect(abs(solution.costs.total - solution.objective) < 1e-9 * max(1, abs(solution.objective)))
        var best = Double.infinity
        for subset in 0..<1 << problem.candidateCount {
            var cost = 0.0
            for j in 0..<problem.candidateCount where subset >> j & 1 == 1 { cost += problem.fixedCosts[j] }
            for i in 0..<problem.regionCount {
                let base = problem.fallbackDistances[i] * problem.fallbackCostPerKilometre + (i != 3 ? 0.4 : 0)
                var way = base
                for j in 0..<problem.candidateCount where subset >> j & 1 == 1 && i != 3 {
                    let distance = problem.distances[j * problem.regionCount + i]
                    guard distance <= 35 else { continue }
                    way = min(way, base + problem.localFill[j] * (0.02 * distance - base))
                }
                cost += problem.weights[i] * way
            }
            best = min(best, cost)
        }
        #expect(abs(solution.costs.total - best) < 1e-8 * max(1, abs(best)), "seed \(seed)")
        // Each region is served whole, and no more of it within the hour than its site can fill.
        var parts = [Double](repeating: 0, count: problem.regionCount)
        for one in solution.services {
            parts[one.region] += one.part
            if let site = one.site { #expect(one.part <= problem.localFill[site] + 1e-12) }
        }
        for part in parts { #expect(abs(part - 1) < 1e-12) }
    }

    @Test("where every case has the same best plan there is no regret, and no gap beside it", arguments: 0..<10)
    func noRegret(seed: Int) throws {
        let plain = try problem(seed)
        var terms = PlacementTerms()
        terms.objective = .worstRegret
        terms.cases = [0.5, 0.5].map { DemandScenario(probability: $0, demands: plain.weights) }
        let solution = try solve(try plain.asking(terms))
        #expect(abs(solution.objective) < 1e-6 && solution.gap == 0 && solution.stopReason == .proved)
    }

    @Test("front warehouses serve only eligible regions within their radius", arguments: 0..<20)
    func radius(seed: Int) throws {
        let problem = try problem(seed)
        let solution = try solve(problem)
        #expect(solution.assignment[3] == nil)
        var covered = 0.0
        var eligible = 0.0
        for (region, site) in solution.assignment.enumerated() {
            if region != 3 { eligible += problem.weights[region] }
            guard let site else { continue }
            #expect(problem.distance(site, region) <= 35 && solution.openSites.contains(site))
            covered += problem.weights[region]
        }
        #expect(abs(solution.coverage - covered / eligible) < 1e-12)
        #expect((0...1).contains(solution.coverage))
    }

    @Test("the curve runs over every number of sites; its lowest point is the free optimum", arguments: 0..<12)
    func curve(seed: Int) throws {
        let problem = try problem(seed)
        let points = try placementCurve(problem)
        #expect(points.map(\.sites) == Array(0...6))
        for point in points { #expect(point.solution.openSites.count == point.sites) }
        let best = try solve(problem)
        let lowest = points.map(\.solution.costs.total).min() ?? .infinity
        #expect(abs(lowest - best.costs.total) < 1e-8 * max(1, abs(lowest)), "seed \(seed)")
        #expect(points[0].solution.coverage == 0 && points[0].solution.costs.fixed == 0)
    }

    @Test("dropping an open site is never cheaper, by as much as its regret says", arguments: 0..<20)
    func regret(seed: Int) throws {
        let problem = try problem(seed)
        let solution = try solve(problem)
        for (site, regret) in zip(solution.openSites, solution.regrets) {
            let value = try #require(regret)
            #expect(value >= -1e-9)
            var without = problem
            without.forbidden = [site]
            // The best plan without the site is at most as dear as just dropping it.
            #expect(try solve(without).costs.total <= solution.costs.total + value + 1e-9, "seed \(seed)")
        }
    }

    @Test("a data set's regions, candidates and warehouses become the problem")
    func geography() throws {
        func node(_ code: String, _ kind: NodeKind, _ latitude: Double, _ longitude: Double, _ cost: Int64) -> Node {
            Node(
                code: code, name: code, kind: kind, location: Coordinate(latitude: latitude, longitude: longitude),
                fixedCostPerDay: Amount(minor: cost))
        }
        func region(_ code: String, _ latitude: Double, _ longitude: Double, export: Bool = false) -> Region {
            Region(
                code: code, name: code, location: Coordinate(latitude: latitude, longitude: longitude), tier: 1,
                population: 1_000, zone: "a", isExport: export)
        }
        let regions = [
            region("london", 51.5074, -0.1278), region("leeds", 53.8008, -1.5491),
            region("export", 51.5, 0, export: true),
        ]
        let candidates = [node("f-london", .front, 51.5, -0.12, 5_000), node("f-leeds", .front, 53.8, -1.55, 9_000)]
        let problem = try PlacementProblem(
            regions: regions, weights: [400, 100, 50], candidates: candidates,
            existing: [node("cdc", .central, 52.4862, -1.8904, 0)], currency: .gbp,
            roads: Roads(factor: 1.25, radius: 30), frontCostPerKilometre: 0.01, fallbackCostPerKilometre: 0.01,
            oneHourBenefit: 0.5)
        // Birmingham to London is about 163 km as the crow flies.
        #expect(abs(problem.fallbackDistances[0] / 1.25 - 163) < 2)
        let solution = try solve(problem)
        // London saves 400 x (0.5 + about 2.04) > 50.00 a day; Leeds 100 x (0.5 + about 1.86) > 90.00.
        #expect(solution.openSites == [0, 1] && solution.assignment == [0, 1, nil])
        #expect(solution.coverage == 1 && solution.costs.fixed == 140 && solution.costs.lateness == 0)
        for table in [
            PlacementTables.sites(solution, problem: problem, candidates: candidates, currency: .gbp),
            PlacementTables.regions(solution, problem: problem, regions: regions, candidates: candidates),
            PlacementTables.curve(try placementCurve(problem), candidates: candidates, currency: .gbp),
        ] {
            #expect(table.rowCount > 0 && table.columns.allSatisfy { $0.values.count == table.rowCount })
        }
        #expect(throws: PlacementError.self) {
            try PlacementProblem(
                regions: [region("swapped", 139.7, 35.7)], weights: [1], candidates: candidates, existing: [],
                currency: .gbp, roads: Roads(factor: 1, radius: 1), frontCostPerKilometre: 1,
                fallbackCostPerKilometre: 1,
                oneHourBenefit: 0)
        }
        func place(_ candidates: [Node]) throws {
            _ = try PlacementProblem(
                regions: regions, weights: [400, 100, 50], candidates: candidates, existing: [], currency: .gbp,
                roads: Roads(factor: 1, radius: 1), frontCostPerKilometre: 1, fallbackCostPerKilometre: 1,
                oneHourBenefit: 0)
        }
        #expect(throws: PlacementError.duplicateSite(code: "f-leeds", other: "f-leeds")) {
            try place(candidates + [node("f-leeds", .front, 53.9, -1.5, 1)])
        }
        #expect(throws: PlacementError.duplicateSite(code: "f-london", other: "f-copy")) {
            try place(candidates + [node("f-copy", .front, 51.5, -0.12, 1)])
        }
        try place(candidates)
    }

    @Test("no demand, negative weights and distances and regions out of reach are named")
    func badInput() throws {
        func make(
            weights: [Double] = [1, 1], distances: [Double] = [1, 1], fallback: [Double] = [5, 5], radius: Double = 10
        ) throws -> PlacementProblem {
            try PlacementProblem(
                weights: weights, fixedCosts: [3], distances: distances, fallbackDistances: fallback, radius: radius,
                frontCostPerKilometre: 1, fallbackCostPerKilometre: 1, oneHourBenefit: 0)
        }
        #expect(throws: PlacementError.noDemand) { try make(weights: [0, 0]) }
        #expect(throws: PlacementError.self) { try make(weights: [1, -1]) }
        #expect(throws: PlacementError.self) { try make(distances: [1, -2]) }
        #expect(throws: PlacementError.self) { try make(distances: [1, .nan]) }
        #expect(throws: PlacementError.self) { try make(distances: [1]) }
        #expect(throws: PlacementError.unreachableRegion(1)) {
            try solve(try make(distances: [1, 99], fallback: [5, .infinity]))
        }
        #expect(try solve(try make(weights: [1, 0], distances: [1, 99], fallback: [5, .infinity])).openSites == [0])
    }
}

@Suite("Places that cannot be right")
struct PlaceCheckTests {
    private func problem(_ places: [(Double, Double)], site: (Double, Double) = (52, -1)) throws -> PlacementProblem {
        let regions = places.enumerated().map { number, place in
            Region(
                code: "r\(number)", name: "", location: Coordinate(latitude: place.0, longitude: place.1), tier: 1,
                population: 1, zone: "a", isExport: false)
        }
        return try PlacementProblem(
            regions: regions, weights: regions.map { _ in 1 },
            candidates: [
                Node(
                    code: "c", name: "", kind: .front, location: Coordinate(latitude: site.0, longitude: site.1))
            ], existing: [], currency: .gbp, roads: Roads(factor: 1, radius: 500), frontCostPerKilometre: 1,
            fallbackCostPerKilometre: 1, oneHourBenefit: 0)
    }

    private let britain = [(51.5, -0.1), (53.8, -1.5), (52.5, -1.9), (55.9, -3.2), (51.4, -2.6)]

    @Test("candidates that are all out of reach of everybody are a mistake, and the closest two are named")
    func nobodyInReach() throws {
        do {
            _ = try problem(britain, site: (11.5, -1))
            Issue.record("a site in Africa is taken for one in Britain")
        } catch {
            guard case .nobodyInReach(let candidate, let region, let kilometres, let radius) = error as? PlacementError
            else { throw error }
            let ways = britain.map {
                greatCircleKilometres(
                    Coordinate(latitude: $0.0, longitude: $0.1), Coordinate(latitude: 11.5, longitude: -1))
            }
            let nearest = try #require(ways.min())
            #expect(candidate == "c" && region == "r\(ways.firstIndex(of: nearest) ?? -1)" && radius == 500)
            #expect(abs(kilometres - nearest) < 1e-6)
        }
    }

    @Test("one place with its coordinates exchanged is named; far places that are no better exchanged are not")
    func swapped() throws {
        _ = try problem(britain)
        #expect(
            throws: PlacementError.swappedCoordinate(what: "region", code: "r5", latitude: -1.2, longitude: 52.9)
        ) { try problem(britain + [(-1.2, 52.9)]) }
        #expect(
            throws: PlacementError.swappedCoordinate(what: "candidate", code: "c", latitude: -1, longitude: 52)
        ) { try problem(britain, site: (-1, 52)) }
        // Gibraltar is far, but is not in Britain either way round.
        _ = try problem(britain + [(36.1, -5.3)])
    }

    @Test("the curve's points are the plans of their sizes, whichever point they are searched from", arguments: 0..<15)
    func curve(seed: Int) throws {
        var random = draws("curve", seed)
        let (n, m) = (6, 12)
        let problem = try PlacementProblem(
            weights: (0..<m).map { _ in 20 * random.uniform() }, fixedCosts: (0..<n).map { _ in 30 * random.uniform() },
            distances: (0..<n * m).map { _ in 40 * random.uniform() },
            fallbackDistances: (0..<m).map { _ in 60 * random.uniform() }, radius: 25, frontCostPerKilometre: 0.2,
            fallbackCostPerKilometre: 0.3, oneHourBenefit: 1)
        let points = try placementCurve(problem)
        #expect(points.map(\.sites) == Array(0...n))
        for point in points {
            var alone = problem
            alone.minimumSites = point.sites
            alone.maximumSites = point.sites
            let best = try solve(alone)
            #expect(abs(best.costs.total - point.solution.costs.total) < 1e-7, "seed \(seed), \(point.sites) sites")
            #expect(point.solution.stopReason == .proved)
        }
        let least = points.map(\.solution.costs.total).min()
        #expect(abs(try solve(problem).costs.total - (least ?? 0)) < 1e-7, "seed \(seed)")
        let today = try #require(problem.withoutCandidates())
        #expect(today.openSites.isEmpty && today.costs.total == points[0].solution.costs.total)
    }

    @Test("a front warehouse that is open already counts today, and takes from a candidate what it serves as well")
    func existingFronts() throws {
        func make(_ fronts: [Double]?) throws -> PlacementProblem {
            try PlacementProblem(
                weights: [10, 10], fixedCosts: [15], distances: [2, 2], fallbackDistances: [50, 50],
                frontDistances: fronts, radius: 10, frontCostPerKilometre: 0.1, fallbackCostPerKilometre: 0.02,
                oneHourBenefit: 1)
        }
        // Alone the candidate earns 2 x 10 x (1 + 1 - 0.2) - 15; beside a front warehouse that serves both, nothing.
        #expect(try solve(try make(nil)).openSites == [0])
        #expect(try solve(try make([3, 3])).openSites.isEmpty)
        #expect(try solve(try make([3, 3])).coverage == 1)
        #expect(try make([3, .infinity]).withoutCandidates()?.coverage == 0.5)
        // Beyond the radius it does not count.
        #expect(try make([11, 11]).withoutCandidates()?.coverage == 0)
    }

    @Test("the generator makes the same problem of the same seed, and another of another")
    func generator() throws {
        let (a, b) = (
            GeneratedPlacement.points(count: 200, seed: 1), GeneratedPlacement.points(count: 200, seed: 1)
        )
        #expect(a.map(\.x) == b.map(\.x) && a.map(\.y) == b.map(\.y))
        #expect(a.map(\.x) != GeneratedPlacement.points(count: 200, seed: 2).map(\.x))
        let problem = try GeneratedPlacement.regions(count: 300, candidates: 40, seed: 1)
        let again = try GeneratedPlacement.regions(count: 300, candidates: 40, seed: 1)
        #expect(problem.costs == again.costs && problem.fixedCosts == again.fixedCosts)
        let solution = try FacilitySolver.solve(problem)
        #expect(solution.stopReason == .proved && !solution.sites.isEmpty)
    }
}
