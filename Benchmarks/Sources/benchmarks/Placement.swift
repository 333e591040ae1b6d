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
struct PublishedInstance {
    var set: String
    var name: String
    var capacity: Double?
    var optimum: Double
    var folder: String

    /// `pmedian`, `uncapacitated` or `capacitated`.
    var kind: String { self.set == "p-median" ? "pmedian" : self.set.hasPrefix("un") ? "uncapacitated" : "capacitated" }
    var file: String { folder + (kind == "pmedian" ? "/pmed/" : "/cap/") + name + ".txt" }
    var title: String { "\(name) \(kind)" + (capacity.map { " (\(Int($0)))" } ?? "") }
    var isLarge: Bool { ["capa", "capb", "capc"].contains(name) }

    /// Seconds to solve and prove it, reading the file left out; the published optimum must come out.
    func seconds() throws -> Double {
        let clock = ContinuousClock()
        let (cost, isProved, duration): (Double, Bool, Duration)
        if kind == "pmedian" {
            guard case .network(let vertices, let edges, let sites) = try PlacementInstances.median(path: file) else {
                preconditionFailure("\(name) is no network")
            }
            let began = clock.now
            let solution = try FacilitySolver.solve(
                .median(
                    costs: Distances.shortestPaths(
                        vertices: vertices, edges: edges.map { ($0.from, $0.to, $0.length) }), siteCount: vertices,
                    clientCount: vertices, sites: sites))
            (cost, isProved, duration) = (solution.cost, solution.stopReason == .proved, clock.now - began)
        } else {
            let instance = try PlacementInstances.facility(path: file)
            let began = clock.now
            if kind == "uncapacitated" {
                let solution = try FacilitySolver.solve(
                    FacilityProblem(
                        fixedCosts: instance.fixedCosts, costs: instance.costs, clientCount: instance.clientCount))
                (cost, isProved, duration) = (solution.cost, solution.stopReason == .proved, clock.now - began)
            } else {
                let solution = try FacilitySolver.solve(
                    CapacitatedProblem(
                        fixedCosts: instance.fixedCosts, capacities: instance.capacities.map { $0 ?? capacity ?? 0 },
                        demands: instance.demands, costs: instance.costs))
                (cost, isProved, duration) = (solution.cost, solution.stopReason == .proved, clock.now - began)
            }
        }
        // The table is rounded to a thousandth.
        precondition(isProved && abs(cost - optimum) < 0.002, "\(title): \(cost), \(optimum)")
        return duration / .seconds(1)
    }
}

/// Every instance whose optimum is published; none where the data are not there.
func publishedInstanceList() -> [PublishedInstance] {
    let data = ProcessInfo.processInfo.environment["GRANARY_DATA"] ?? "../shared/data"
    guard let text = try? String(contentsOfFile: data + "/../reference/placement_optima.csv", encoding: .utf8) else {
        print("published placement instances: skipped, no data at GRANARY_DATA")
        return []
    }
    return text.split(separator: "\n").dropFirst().compactMap { line -> PublishedInstance? in
        let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 4, let optimum = Double(fields[3]) else { return nil }
        return PublishedInstance(
            set: fields[0], name: fields[1], capacity: Double(fields[2]), optimum: optimum,
            folder: data + "/placement")
    }
}

private func publishedInstances() throws -> [Measure] {
    let published = publishedInstanceList()
    var measures: [Measure] = []
    func measure(_ title: String, limit: Double, _ chosen: [PublishedInstance]) throws {
        guard !chosen.isEmpty else { return }
        var seconds = 0.0
        for one in chosen { seconds += try one.seconds() }
        measures.append(
            Measure(
                name: title, unit: "solutions", count: Double(chosen.count), seconds: seconds,
                yardstick: "the \(limit) s it may take", yardstickRate: Double(chosen.count) / limit))
    }
    try measure("pmed, all proved", limit: 3, published.filter { $0.kind == "pmedian" })
    for one in published where one.kind == "uncapacitated" && one.isLarge {
        try measure("\(one.title), proved", limit: 0.03, [one])
    }
    try measure(
        "cap41 to cap134 capacitated, all proved", limit: 2,
        published.filter { $0.kind == "capacitated" && !$0.isLarge })
    for one in published where one.kind == "capacitated" && one.isLarge {
        try measure("\(one.title), proved", limit: 60, [one])
    }
    return measures
}
