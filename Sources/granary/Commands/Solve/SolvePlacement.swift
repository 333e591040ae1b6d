import ArgumentParser
import Datasets
import Placement

extension SolveCommand {
    struct Median: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "pmedian",
            abstract: "Open exactly p sites so that the sum of distances to the nearest is smallest.")

        @OptionGroup var instance: MedianOptions
        @OptionGroup var limits: LimitOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            try reporting {
                let clock = SolveClock(limits)
                let (distances, count, sites) = try instance.read()
                let problem = try FacilityProblem.median(
                    costs: distances, siteCount: count, clientCount: count, sites: sites)
                SolveAnswer(
                    try FacilitySolver.solve(problem, limits: limits.search, shouldStop: clock.isOver), clock
                ).print(output)
            }
        }
    }

    struct Facility: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "facility",
            abstract: "Open sites so that fixed costs and the costs of serving every client are smallest.")

        @Argument(help: "A file of OR-Library's cap series.", completion: .file())
        var file: String

        @Flag(help: "Leave the capacities out.")
        var uncapacitated = false

        @OptionGroup var limits: LimitOptions
        @OptionGroup var output: OutputOptions

        @Option(help: "The capacity of every site for which the file says only 'capacity'.")
        var capacity: Double?

        func validate() throws {
            if let capacity, !(capacity >= 0 && capacity.isFinite) {
                throw ValidationError("--capacity takes a number from 0, not \(capacity).")
            }
        }

        func run() throws {
            try reporting {
                let clock = SolveClock(limits)
                let instance = try PlacementInstances.facility(path: file)
                if uncapacitated {
                    let problem = try FacilityProblem(
                        fixedCosts: instance.fixedCosts, costs: instance.costs, clientCount: instance.clientCount)
                    return SolveAnswer(
                        try FacilitySolver.solve(problem, limits: limits.search, shouldStop: clock.isOver), clock
                    ).print(output)
                }
                let capacities = try instance.capacities.map { one in
                    guard let value = one ?? capacity else {
                        throw ValidationError("The file leaves the capacities open: give --capacity.")
                    }
                    return value
                }
                let problem = try CapacitatedProblem(
                    fixedCosts: instance.fixedCosts, capacities: capacities, demands: instance.demands,
                    costs: instance.costs)
                let solution = try FacilitySolver.solve(problem, limits: limits.search, shouldStop: clock.isOver)
                SolveAnswer(
                    objective: solution.cost, bound: solution.lowerBound, sites: solution.sites,
                    assignment: solution.assignment, splits: solution.splits, reason: solution.stopReason, clock: clock
                ).print(output)
            }
        }
    }

    struct Cover: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "cover",
            abstract: "Reach clients within a radius: all of them with the fewest sites, or the most with p sites.")

        @OptionGroup var instance: MedianOptions

        @Option(help: "The distance within which a site serves a client.")
        var radius: Double

        @Flag(help: "Reach as many clients as possible with the p sites, instead of all with the fewest.")
        var maximal = false

        @OptionGroup var limits: LimitOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard radius >= 0, radius.isFinite else {
                throw ValidationError("--radius takes a number from 0, not \(radius).")
            }
        }

        func run() throws {
            try reporting {
                let clock = SolveClock(limits)
                let isMost = maximal || instance.p != nil
                let (distances, count, sites) = try instance.read(needsSites: isMost)
                let problem =
                    isMost
                    ? try Covering.most(
                        distances: distances, weights: [Double](repeating: 1, count: count), siteCount: count,
                        radius: radius, sites: sites)
                    : try Covering.all(distances: distances, siteCount: count, clientCount: count, radius: radius)
                var answer = SolveAnswer(
                    try FacilitySolver.solve(problem, limits: limits.search, shouldStop: clock.isOver), clock)
                if isMost {
                    // What is covered counts, not what is left out.
                    (answer.objective, answer.bound) = (Double(count) - answer.objective, Double(count) - answer.bound)
                }
                answer.print(output)
            }
        }
    }

    struct Centre: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "centre", abstract: "Open p sites so that the farthest client is as near as can be.")

        @OptionGroup var instance: MedianOptions
        @OptionGroup var limits: LimitOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            try reporting {
                let clock = SolveClock(limits)
                let (distances, count, sites) = try instance.read()
                let solution = try Covering.centre(
                    distances: distances, siteCount: count, clientCount: count, sites: sites, limits: limits.search,
                    shouldStop: clock.isOver)
                SolveAnswer(
                    objective: solution.radius, bound: solution.lowerBound, sites: solution.sites,
                    assignment: solution.assignment, reason: solution.stopReason, clock: clock
                ).print(output)
            }
        }
    }
}

/// A p-median file and the number of sites.
struct MedianOptions: ParsableArguments {
    @Argument(
        help: "An OR-Library pmed file, or TSPLIB coordinates (Euclidean distances, not rounded).",
        completion: .file())
    var file: String

    @Option(help: "Sites to open; goes before the file's own.")
    var p: Int?

    /// The distances between all points, how many there are, and the number of sites.
    func read(needsSites: Bool = true) throws -> (distances: [Double], count: Int, sites: Int) {
        switch try PlacementInstances.median(path: file) {
        case .network(let vertices, let edges, let sites):
            return (
                Distances.shortestPaths(vertices: vertices, edges: edges.map { ($0.from, $0.to, $0.length) }), vertices,
                p ?? sites
            )
        case .points(let points):
            guard p != nil || !needsSites else {
                throw ValidationError("A file of coordinates does not say how many sites to open: give --p.")
            }
            return (Distances.euclidean(points.map { ($0.x, $0.y) }), points.count, p ?? 0)
        }
    }
}
