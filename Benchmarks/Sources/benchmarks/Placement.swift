import Datasets
import Foundation
import NumericCore
import Placement

/// Facility location on random points in the plane to a gap of at most 1 %, against scoring every pair of sites once
/// (the work of a single pass of swap search); then the published instances, where the data are there, against the
/// time each set may take.
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
    ] + (try publishedInstances())
}

/// One published instance: its set, its name, its published optimum, and how it is solved.
private struct Published {
    var set: String
    var name: String
    var capacity: Double?
    var optimum: Double
}

private func publishedInstances() throws -> [Measure] {
    let data = ProcessInfo.processInfo.environment["GRANARY_DATA"] ?? "../shared/data"
    let folder = data + "/placement"
    guard let text = try? String(contentsOfFile: data + "/../reference/placement_optima.csv", encoding: .utf8) else {
        print("published placement instances: skipped, no data at GRANARY_DATA")
        return []
    }
    let published = text.split(separator: "\n").dropFirst().compactMap { line -> Published? in
        let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 4, let optimum = Double(fields[3]) else { return nil }
        return Published(set: fields[0], name: fields[1], capacity: Double(fields[2]), optimum: optimum)
    }
    let hard: Set = ["capa", "capb", "capc"]
    var measures: [Measure] = []
    func measure(_ title: String, limit: Double, _ chosen: [Published]) throws {
        guard !chosen.isEmpty else { return }
        var seconds = 0.0
        for one in chosen { seconds += try time(one, folder) }
        measures.append(
            Measure(
                name: title, unit: "solutions", count: Double(chosen.count), seconds: seconds,
                yardstick: "the \(limit) s it may take", yardstickRate: Double(chosen.count) / limit))
    }
    try measure("pmed, all proved", limit: 3, published.filter { $0.set == "p-median" })
    for one in published where one.set.hasPrefix("uncapacitated") && hard.contains(one.name) {
        try measure("\(one.name) uncapacitated, proved", limit: 0.03, [one])
    }
    try measure(
        "cap41 to cap134 capacitated, all proved", limit: 2,
        published.filter { $0.set.hasPrefix("capacitated") && !hard.contains($0.name) })
    for one in published where one.set.hasPrefix("capacitated") && hard.contains(one.name) {
        try measure("\(one.name) capacity \(one.capacity ?? 0), proved", limit: 60, [one])
    }
    return measures
}

/// Seconds to solve and prove an instance, reading the file left out; the published optimum must come out.
private func time(_ one: Published, _ folder: String) throws -> Double {
    let clock = ContinuousClock()
    let (cost, isProved, duration): (Double, Bool, Duration)
    switch one.set {
    case "p-median":
        guard
            case .network(let vertices, let edges, let sites) = try PlacementInstances.median(
                path: "\(folder)/pmed/\(one.name).txt")
        else { preconditionFailure("\(one.name) is no network") }
        let began = clock.now
        let solution = try FacilitySolver.solve(
            .median(
                costs: Distances.shortestPaths(
                    vertices: vertices, edges: edges.map { ($0.from, $0.to, $0.length) }), siteCount: vertices,
                clientCount: vertices, sites: sites))
        (cost, isProved, duration) = (solution.cost, solution.stopReason == .proved, clock.now - began)
    default:
        let instance = try PlacementInstances.facility(path: "\(folder)/cap/\(one.name).txt")
        let began = clock.now
        if one.set.hasPrefix("un") {
            let solution = try FacilitySolver.solve(
                FacilityProblem(
                    fixedCosts: instance.fixedCosts, costs: instance.costs, clientCount: instance.clientCount))
            (cost, isProved, duration) = (solution.cost, solution.stopReason == .proved, clock.now - began)
        } else {
            let solution = try FacilitySolver.solve(
                CapacitatedProblem(
                    fixedCosts: instance.fixedCosts, capacities: instance.capacities.map { $0 ?? one.capacity ?? 0 },
                    demands: instance.demands, costs: instance.costs))
            (cost, isProved, duration) = (solution.cost, solution.stopReason == .proved, clock.now - began)
        }
    }
    // The table is rounded to a thousandth.
    precondition(isProved && abs(cost - one.optimum) < 0.002, "\(one.set) \(one.name): \(cost), \(one.optimum)")
    return duration / .seconds(1)
}
