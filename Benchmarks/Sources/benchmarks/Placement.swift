import NumericCore
import Placement

/// Facility location on random points in the plane to a gap of at most 1 %, against scoring every pair of sites once
/// (the work of a single pass of swap search): solutions a second.
func measurePlacement() async throws -> [Measure] {
    let (sites, clients) = (60, 600)
    var random = RandomStream(seed: 11, stream: 113, entity: entityHash("placement benchmark"), replication: 0)
    func point() -> (Double, Double) { (random.uniform(), random.uniform()) }
    let places = (0..<sites).map { _ in point() }
    let points = (0..<clients).map { _ in point() }
    let costs = places.flatMap { q in
        points.map { p in ((p.0 - q.0) * (p.0 - q.0) + (p.1 - q.1) * (p.1 - q.1)).squareRoot() }
    }
    let problem = try FacilityProblem(
        fixedCosts: Array(repeating: 6, count: sites), costs: costs, clientCount: clients)

    var gap = 1.0
    let solve = try medianSeconds(rounds: 3) { gap = try FacilitySolver.solve(problem).gap }
    precondition(gap <= 0.01, "the gap is \(gap)")
    let pass = medianSeconds(rounds: 3) {
        var best = Double.infinity
        for a in 0..<sites { for b in 0..<a { best = min(best, problem.cost(of: [b, a])) } }
        precondition(best < .infinity)
    }
    return [
        Measure(
            name: "placement to a 1 % gap, \(sites) sites x \(clients) regions", unit: "solutions", count: 1,
            seconds: solve, yardstick: "scoring every pair of sites once", yardstickRate: 1 / pass)
    ]
}
