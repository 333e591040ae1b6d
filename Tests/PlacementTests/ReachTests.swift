import NumericCore
import Placement
import Testing

/// Covering and centre problems with sites and clients apart, ways that do not exist, weights, fixed costs and all the
/// rules that sites can have, against every set of sites; what cannot be done names why.
@Suite("Reach against all sets of sites, feasible or not") struct ReachTests {
    /// A random instance and its rules as they were drawn, which may contradict each other.
    private struct Instance {
        let n: Int
        let m: Int
        let distances: [Double]
        let weights: [Double]
        let radius: Double
        let fixedCosts: [Double]
        let minimum: Int
        let maximum: Int
        let required: [Int]
        let forbidden: [Int]
        let limit: Double?

        init(_ seed: Int) {
            var random = draws("reach", seed)
            let (n, m) = (1 + random.integer(below: 7), 1 + random.integer(below: 8))
            let missing = random.bernoulli(0.5) ? 0.3 : 0.05
            (self.n, self.m) = (n, m)
            // Whole numbers, so that distances and radii tie.
            distances = (0..<n * m).map { _ in
                random.uniform() < missing ? .infinity : Double(1 + random.integer(below: 9))
            }
            weights = (0..<m).map { _ in Double(random.integer(below: 5)) }
            radius = Double(1 + random.integer(below: 9))
            fixedCosts = (0..<n).map { _ in Double(random.integer(below: 6)) }
            // Exactly p sites, as in the text-book, or between two bounds.
            let p = 1 + random.integer(below: n + 1)
            minimum = random.bernoulli(0.5) ? p : random.integer(below: p + 1)
            maximum = p
            required = random.bernoulli(0.3) ? [random.integer(below: n)] : []
            forbidden = random.bernoulli(0.4) ? [random.integer(below: n), random.integer(below: n)] : []
            limit = random.bernoulli(0.4) ? Double(random.integer(below: 12)) : nil
        }

        func rules() throws(PlacementError) -> SiteRules {
            try SiteRules(
                siteCount: n, minimum: minimum, maximum: maximum, required: required, forbidden: forbidden,
                budget: limit.map { SiteBudget(outlays: fixedCosts, limit: $0) })
        }

        /// Every set of sites that keeps all the rules, or all but the budget; written without the code under test.
        func sets(forAnyMoney: Bool = false) -> [[Int]] {
            (0..<1 << n).map { mask in (0..<n).filter { mask >> $0 & 1 == 1 } }.filter { sites in
                (minimum...maximum).contains(sites.count) && required.allSatisfy(sites.contains)
                    && !forbidden.contains(where: sites.contains)
                    && (forAnyMoney || limit.map { cost(sites) <= $0 } ?? true)
            }
        }
        func cost(_ sites: [Int]) -> Double { sites.reduce(0) { $0 + fixedCosts[$1] } }
        func nearest(_ client: Int, _ sites: [Int]) -> Double {
            sites.map { distances[$0 * m + client] }.min() ?? .infinity
        }
        func farthest(_ sites: [Int]) -> Double { (0..<m).map { nearest($0, sites) }.max() ?? 0 }
        func left(_ sites: [Int]) -> Double {
            (0..<m).reduce(0) { $0 + (nearest($1, sites) <= radius ? 0 : weights[$1]) }
        }

        /// Whether an error names a rule that does bind where everybody must be within `radius`.
        func explains(_ error: PlacementError, radius: Double) -> Bool {
            func reaches(_ sites: [Int]) -> Bool { farthest(sites) <= radius }
            guard !sets().contains(where: reaches) else { return false }
            let allowed = (0..<n).filter { !forbidden.contains($0) }
            switch error {
            case .contradictorySite(let site): return required.contains(site) && forbidden.contains(site)
            case .siteCount(let least, let most, let open, let free):
                return sets(forAnyMoney: true).isEmpty && (least, most) == (minimum, maximum)
                    && (open, free) == (required.count, allowed.count)
            case .unreachableRegion(let client): return nearest(client, allowed) > radius
            case .tooSmallBudget(let budget, let needed):
                // What is needed would do, and is more than there is.
                return budget == limit && needed > budget
                    && sets(forAnyMoney: true).contains { cost($0) == needed && (sets().isEmpty || reaches($0)) }
            case .tooFewSites(let most, let region):
                // With as many sites as one likes, and any money, everybody is reached.
                return most == min(maximum, allowed.count) && region < m && reaches(allowed)
                    && !sets(forAnyMoney: true).contains(where: reaches)
            default: return false
            }
        }
    }

    private static let blocks = 0..<16

    @Test("the cheapest sites that reach everybody", arguments: blocks)
    func all(block: Int) throws {
        for seed in block * 50..<block * 50 + 50 {
            let one = Instance(seed)
            for costs in [nil, one.fixedCosts] {
                func cost(_ sites: [Int]) -> Double { costs == nil ? Double(sites.count) : one.cost(sites) }
                let best = one.sets().filter { one.farthest($0) <= one.radius }.map(cost).min()
                do throws(PlacementError) {
                    let rules = try one.rules()
                    let found = try FacilitySolver.solve(
                        Covering.all(
                            distances: one.distances, clientCount: one.m, radius: one.radius, fixedCosts: costs,
                            rules: rules))
                    #expect(found.cost == best && found.stopReason == .proved, "seed \(seed)")
                    #expect(one.sets().contains(found.sites) && one.farthest(found.sites) <= one.radius, "seed \(seed)")
                    #expect(found.cost == cost(found.sites), "seed \(seed)")
                } catch {
                    #expect(one.explains(error, radius: one.radius), "seed \(seed): \(error)")
                }
            }
        }
    }

    @Test("most weight within reach", arguments: blocks)
    func most(block: Int) throws {
        for seed in block * 50..<block * 50 + 50 {
            let one = Instance(seed)
            do throws(PlacementError) {
                let rules = try one.rules()
                let found = try FacilitySolver.solve(
                    Covering.most(distances: one.distances, weights: one.weights, radius: one.radius, rules: rules))
                #expect(found.cost == one.sets().map(one.left).min(), "seed \(seed)")
                #expect(found.stopReason == .proved && one.sets().contains(found.sites), "seed \(seed)")
                #expect(found.cost == one.left(found.sites), "seed \(seed)")
            } catch {
                // Nobody must be reached: only the rules can contradict each other.
                #expect(one.sets().isEmpty && one.explains(error, radius: .infinity), "seed \(seed): \(error)")
            }
        }
    }

    @Test("the smallest radius within which the sites reach everybody", arguments: blocks)
    func centre(block: Int) throws {
        for seed in block * 50..<block * 50 + 50 {
            let one = Instance(seed)
            do throws(PlacementError) {
                let rules = try one.rules()
                let found = try Covering.centre(distances: one.distances, clientCount: one.m, rules: rules)
                let smallest = one.sets().map(one.farthest).min()
                #expect(found.radius == smallest && found.lowerBound == smallest, "seed \(seed)")
                #expect(found.stopReason == .proved && one.farthest(found.sites) == smallest, "seed \(seed)")
                #expect(one.sets().contains(found.sites), "seed \(seed)")
                for client in 0..<one.m {
                    let site = found.assignment[client]
                    #expect(found.sites.contains(site), "seed \(seed)")
                    #expect(one.distances[site * one.m + client] <= found.radius, "seed \(seed)")
                }
            } catch {
                #expect(one.explains(error, radius: 1e9), "seed \(seed): \(error)")
            }
        }
    }

    @Test("each rule that keeps the last client out of reach is named")
    func named() throws {
        // The first site reaches the first client and costs 5, the second the second and costs 3.
        let distances: [Double] = [1, .infinity, .infinity, 2]
        func centre(_ make: () throws(PlacementError) -> SiteRules) throws(PlacementError) -> Double {
            try Covering.centre(distances: distances, clientCount: 2, rules: make()).radius
        }
        func money(_ limit: Double) -> SiteBudget { SiteBudget(outlays: [5, 3], limit: limit) }
        #expect(try centre { () throws(PlacementError) in try SiteRules(siteCount: 2, budget: money(8)) } == 2)
        #expect(throws: PlacementError.tooSmallBudget(budget: 7, needed: 8)) {
            try centre { () throws(PlacementError) in try SiteRules(siteCount: 2, budget: money(7)) }
        }
        #expect(throws: PlacementError.unreachableRegion(1)) {
            try centre { () throws(PlacementError) in try SiteRules(siteCount: 2, forbidden: [1]) }
        }
        #expect(throws: PlacementError.tooFewSites(maximum: 1, region: 1)) {
            try centre { () throws(PlacementError) in try SiteRules(siteCount: 2, maximum: 1, required: [0]) }
        }
        #expect(throws: PlacementError.noDemand) {
            try Covering.centre(distances: [], clientCount: 0, rules: SiteRules(siteCount: 2))
        }
    }
}
