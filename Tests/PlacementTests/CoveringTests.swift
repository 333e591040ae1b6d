import NumericCore
import Testing

@testable import Placement

@Suite("Covering and centre problems against all subsets")
struct CoveringTests {
    private func points(_ seed: Int, _ count: Int) -> [(x: Double, y: Double)] {
        var random = RandomStream(seed: UInt64(seed), stream: 121, entity: entityHash("cover"), replication: 0)
        return (0..<count).map { _ in (random.uniform(), random.uniform()) }
    }

    private func subsets(_ count: Int) -> [[Int]] {
        (1..<1 << count).map { mask in (0..<count).filter { mask >> $0 & 1 == 1 } }
    }

    @Test("fewest sites, most clients and the smallest radius are those of the best subset", arguments: 0..<60)
    func optimum(seed: Int) throws {
        let n = 8
        let distances = Distances.euclidean(points(seed, n))
        let radius = 0.15 + 0.005 * Double(seed)
        func reach(_ sites: [Int]) -> [Double] {
            (0..<n).map { i in sites.map { distances[$0 * n + i] }.min() ?? .infinity }
        }
        let fewest = subsets(n).filter { reach($0).allSatisfy { $0 <= radius } }.map(\.count).min()
        let all = try FacilitySolver.solve(
            Covering.all(distances: distances, clientCount: n, radius: radius, rules: SiteRules(siteCount: n)))
        #expect(all.cost == Double(fewest ?? 0) && all.stopReason == .proved, "seed \(seed)")
        for p in 1...3 {
            let choices = subsets(n).filter { $0.count == p }
            let rules = try SiteRules(siteCount: n, minimum: p, maximum: p)
            let covered = choices.map { reach($0).count { $0 <= radius } }.max() ?? 0
            let most = try FacilitySolver.solve(
                Covering.most(
                    distances: distances, weights: [Double](repeating: 1, count: n), radius: radius, rules: rules))
            #expect(Double(n) - most.cost == Double(covered) && most.stopReason == .proved, "seed \(seed), p \(p)")
            let smallest = choices.map { reach($0).max() ?? 0 }.min()
            let centre = try Covering.centre(distances: distances, clientCount: n, rules: rules)
            #expect(centre.radius == smallest && centre.lowerBound == centre.radius, "seed \(seed), p \(p)")
            #expect(centre.sites.count == p && centre.stopReason == .proved)
        }
    }

    @Test("the bound on the sites that reach everybody is no weaker than counting clients far apart", arguments: 0..<8)
    func apart(seed: Int) throws {
        let n = 100
        let distances = Distances.euclidean(points(200 + seed, n))
        let radius = 0.1 + 0.04 * Double(seed)
        // No site reaches two clients that are more than two radii apart.
        var far: [Int] = []
        for client in 0..<n where far.allSatisfy({ distances[$0 * n + client] > 2 * radius }) { far.append(client) }
        var limits = SearchLimits()
        limits.steps = 3_000
        let found = try FacilitySolver.solve(
            Covering.all(distances: distances, clientCount: n, radius: radius, rules: SiteRules(siteCount: n)),
            limits: limits)
        #expect(found.lowerBound >= Double(far.count) - 1e-6 && found.lowerBound <= found.cost, "seed \(seed)")
    }

    @Test("shortest paths obey the triangle and agree with relaxing every edge over and over", arguments: 0..<20)
    func paths(seed: Int) {
        var random = RandomStream(seed: UInt64(seed), stream: 122, entity: entityHash("paths"), replication: 0)
        let n = 9
        let edges = (0..<14).map { _ in
            (from: random.integer(below: n), to: random.integer(below: n), length: Double(random.integer(below: 20)))
        }
        var slow = [Double](repeating: .infinity, count: n * n)
        for vertex in 0..<n { slow[vertex * n + vertex] = 0 }
        for _ in 0..<n {
            for edge in edges {
                for source in 0..<n {
                    let (a, b) = (source * n + edge.from, source * n + edge.to)
                    slow[b] = min(slow[b], slow[a] + edge.length)
                    slow[a] = min(slow[a], slow[b] + edge.length)
                }
            }
        }
        #expect(Distances.byPasses(vertices: n, edges: edges) == slow, "seed \(seed)")
        #expect(Distances.bySearches(vertices: n, edges: edges) == slow, "seed \(seed)")
        #expect(Distances.shortestPaths(vertices: n, edges: edges) == slow, "seed \(seed)")
    }

    @Test("a client nobody reaches is named")
    func unreachable() {
        #expect(throws: PlacementError.unreachableRegion(1)) {
            try Covering.centre(
                distances: [0, .infinity, .infinity, .infinity], clientCount: 2,
                rules: SiteRules(siteCount: 2, minimum: 1, maximum: 1))
        }
    }
}
