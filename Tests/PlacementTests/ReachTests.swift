import NumericCore
import Placement
import Testing

/// Covering and centre problems with sites and clients apart, ways that do not exist, weights and bounds, against every
/// set of sites; what cannot be done names why.
@Suite("Reach against all sets of sites, feasible or not") struct ReachTests {
    private struct Instance {
        let n: Int
        let m: Int
        let distances: [Double]
        let weights: [Double]
        let radius: Double
        let p: Int

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
            p = 1 + random.integer(below: n + 1)
        }

        var sets: [[Int]] { (0..<1 << n).map { mask in (0..<n).filter { mask >> $0 & 1 == 1 } } }
        func nearest(_ client: Int, _ sites: [Int]) -> Double {
            sites.map { distances[$0 * m + client] }.min() ?? .infinity
        }
        func farthest(_ sites: [Int]) -> Double { (0..<m).map { nearest($0, sites) }.max() ?? 0 }
    }

    @Test("fewest sites that reach everybody, with a bound on their number", arguments: 0..<12)
    func all(block: Int) throws {
        for seed in block * 50..<block * 50 + 50 {
            let one = Instance(seed)
            let most = one.p <= one.n ? one.p : one.n
            let fewest = one.sets.filter { one.farthest($0) <= one.radius }.map(\.count).min()
            let unreachable = (0..<one.m).filter { one.nearest($0, Array(0..<one.n)) > one.radius }
            do {
                let found = try FacilitySolver.solve(
                    Covering.all(
                        distances: one.distances, siteCount: one.n, clientCount: one.m, radius: one.radius,
                        maximumSites: most))
                let best = try #require(fewest, "seed \(seed)")
                #expect(found.cost == Double(max(1, best)) && found.stopReason == .proved, "seed \(seed)")
                #expect(best <= most && one.farthest(found.sites) <= one.radius, "seed \(seed)")
            } catch {
                switch error as? PlacementError {
                case .unreachableRegion(let client): #expect(unreachable.contains(client), "seed \(seed)")
                case .tooFewSites(let maximum, let region):
                    #expect(maximum == most && (fewest ?? .max) > most && region < one.m, "seed \(seed)")
                default: throw error
                }
            }
        }
    }

    @Test("most weight within reach of a number of sites", arguments: 0..<12)
    func most(block: Int) throws {
        for seed in block * 50..<block * 50 + 50 {
            let one = Instance(seed)
            let choices = one.sets.filter { $0.count == one.p }
            do {
                let found = try FacilitySolver.solve(
                    Covering.most(
                        distances: one.distances, weights: one.weights, siteCount: one.n, radius: one.radius,
                        sites: one.p))
                let left = choices.map { sites in
                    (0..<one.m).reduce(0) { $0 + (one.nearest($1, sites) <= one.radius ? 0 : one.weights[$1]) }
                }.min()
                #expect(found.cost == left && found.stopReason == .proved, "seed \(seed)")
                #expect(found.sites.count == one.p, "seed \(seed)")
            } catch {
                guard case .siteCount(let minimum, _, _, let allowed) = error else { throw error }
                #expect(minimum == one.p && one.p > one.n && allowed == one.n, "seed \(seed)")
            }
        }
    }

    @Test("the smallest radius that a number of sites needs", arguments: 0..<12)
    func centre(block: Int) throws {
        for seed in block * 50..<block * 50 + 50 {
            let one = Instance(seed)
            let smallest = one.sets.filter { $0.count == one.p }.map(one.farthest).min() ?? .infinity
            do {
                let found = try Covering.centre(
                    distances: one.distances, siteCount: one.n, clientCount: one.m, sites: one.p)
                #expect(found.radius == smallest && found.lowerBound == smallest, "seed \(seed)")
                #expect(found.stopReason == .proved && one.farthest(found.sites) == smallest, "seed \(seed)")
            } catch {
                switch error {
                case .siteCount(let minimum, _, _, _):
                    #expect(minimum == one.p && one.p > one.n, "seed \(seed)")
                case .tooFewSites(let maximum, let region):
                    #expect(maximum == one.p && smallest == .infinity && region < one.m, "seed \(seed)")
                default: throw error
                }
            }
        }
    }
}
