import ArgumentParser
import Datasets
import Foundation
import Placement
import Reporting
import Retail

/// A p-median file and the number of sites.
struct MedianOptions: ParsableArguments {
    @Argument(
        help: "An OR-Library pmed file, or a TSPLIB file: coordinates (distances not rounded) or a full matrix.",
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
        case .matrix(let points, let distances):
            guard p != nil || !needsSites else {
                throw ValidationError("A matrix of distances does not say how many sites to open: give --p.")
            }
            return (distances, points, p ?? 0)
        case .points(let points):
            guard p != nil || !needsSites else {
                throw ValidationError("A file of coordinates does not say how many sites to open: give --p.")
            }
            return (Distances.euclidean(points.map { ($0.x, $0.y) }), points.count, p ?? 0)
        }
    }
}

/// Sites counted from 1, as the files count them: `3,7,12`.
struct SiteList: ExpressibleByArgument {
    /// Counted from 0.
    var sites: [Int]

    init?(argument: String) {
        sites = []
        for word in argument.split(separator: ",", omittingEmptySubsequences: false) {
            guard let site = Int(word), site >= 1, site <= 100_000_000 else { return nil }
            sites.append(site - 1)
        }
    }
}

/// Which sites may be open together.
struct RuleOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Fewest sites to open.", valueName: "sites"))
    var atLeast = 0

    @Option(help: ArgumentHelp("Most sites to open.", valueName: "sites"))
    var atMost: Int?

    @Option(help: ArgumentHelp("Sites that must be open, counted from 1.", valueName: "sites"))
    var open: SiteList?

    @Option(help: ArgumentHelp("Sites that may not be open, counted from 1.", valueName: "sites"))
    var forbid: SiteList?

    @Option(help: "Most that the fixed costs of all open sites may come to.")
    var budget: Double?

    var required: [Int] { open?.sites ?? [] }
    var forbidden: [Int] { forbid?.sites ?? [] }

    func validate() throws {
        if atLeast < 0 { throw ValidationError("--at-least takes a number from 0.") }
        if let atMost, atMost < 0 { throw ValidationError("--at-most takes a number from 0.") }
        if let budget, !(budget >= 0 && budget.isFinite) { throw ValidationError("--budget takes a number from 0.") }
    }
}

/// A file of points or a network with the rules for its sites.
struct ReachOptions: ParsableArguments {
    @OptionGroup var instance: MedianOptions
    @OptionGroup var rules: RuleOptions

    @Option(
        help: ArgumentHelp(
            "A file of what opening each site costs, one number a site; without it each costs 1.", valueName: "file"),
        completion: .file())
    var fixedCosts: String?

    private var hasBounds: Bool { rules.atLeast > 0 || rules.atMost != nil }

    func validate() throws {
        if instance.p != nil, hasBounds {
            throw ValidationError("--p says how many sites to open: leave out --at-least and --at-most.")
        }
    }

    /// - Parameter needsSites: their number matters; it is that of the file where neither --p nor bounds give it, and
    ///   free where a budget limits it and the file says nothing.
    func read(needsSites: Bool) throws -> (distances: [Double], count: Int, fixedCosts: [Double]?, rules: SiteRules) {
        let (distances, count, sites) = try instance.read(
            needsSites: needsSites && !hasBounds && rules.budget == nil)
        let costs = try fixedCosts.map { try PlacementInstances.fixedCosts(path: $0, count: count) }
        let exactly = needsSites && !hasBounds ? instance.p ?? (sites > 0 ? sites : nil) : nil
        let outlays = costs ?? [Double](repeating: 1, count: count)
        let allowed = try SiteRules(
            siteCount: count, minimum: exactly ?? rules.atLeast, maximum: exactly ?? rules.atMost,
            required: rules.required, forbidden: rules.forbidden,
            budget: rules.budget.map { SiteBudget(outlays: outlays, limit: $0) })
        return (distances, count, costs, allowed)
    }
}

struct LimitOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Stop after this long with the best choice so far and its gap.", valueName: "seconds"))
    var timeLimit: Double?

    @Option(help: ArgumentHelp("Stop after this many steps of search: the same answer everywhere.", valueName: "steps"))
    var workLimit: Int?

    @Option(help: "Threads to use; the search takes one.")
    var threads = 1

    func validate() throws {
        if let timeLimit, !(timeLimit > 0) { throw ValidationError("--time-limit takes seconds above 0.") }
        if let workLimit, workLimit < 1 { throw ValidationError("--work-limit takes a number from 1.") }
        if threads < 1 { throw ValidationError("--threads takes a number from 1.") }
    }

    var search: SearchLimits {
        var limits = SearchLimits()
        limits.steps = workLimit ?? (timeLimit == nil ? limits.steps : .max)
        return limits
    }
}

/// When the work began and when it must end, the check of the proof included.
final class SolveClock {
    private let clock = ContinuousClock()
    private let began: ContinuousClock.Instant
    private let end: ContinuousClock.Instant?
    /// Sites times clients: what checking one case of a proof goes over.
    var cells = 0

    init(_ limits: LimitOptions) {
        Interrupt.shared.listen()
        let now = clock.now
        began = now
        end = limits.timeLimit.map { now + .seconds(min($0, 1e9)) }
    }

    var seconds: Double { (clock.now - began) / .seconds(1) }

    func isOver() -> Bool { Interrupt.shared.isRaised || end.map { clock.now >= $0 } ?? false }

    /// Measured: checking a case takes some 2 ns a cell. That time is kept free before the end, a third of the whole
    /// at most.
    func isOver(_ progress: SearchProgress) -> Bool {
        if Interrupt.shared.isRaised { return true }
        guard let end else { return false }
        let check = min(2e-9 * Double(cells) * Double(progress.cases), (end - began) / .seconds(3))
        return clock.now + .seconds(check) >= end
    }
}

/// What `granary solve` prints; sites are numbered from 1 as in the files.
struct SolveAnswer: Encodable {
    var objective: Double
    var bound: Double
    var gap: Double
    var proved: Bool
    var seconds: Double
    var stopped: String
    var sites: [Int]
    /// For each client the site that serves it; 0 where none does.
    var assignment: [Int]
    /// The clients served from more than one site.
    var splits: [Split]
    /// What the cost is made of, of the mean case; and of location problems in several tiers the sites above, numbered
    /// through from the top, with those that the goods of each site pass.
    var costs: Costs?
    var caseCosts: [Double]?
    var upperSites: [Int]?
    var ways: [[Int]]?

    struct Costs: Encodable {
        var fixed: Double
        var service: Double
        var workingStock: Double
        var safetyStock: Double
    }

    struct Split: Encodable {
        var client: Int
        var site: Int
        var part: Double
    }

    init(
        objective: Double, bound: Double, sites: [Int], assignment: [Int?],
        splits: [CapacitatedSolution.Split] = [], reason: StopReason, clock: SolveClock
    ) {
        self.splits = splits.map { Split(client: $0.client + 1, site: $0.site + 1, part: $0.part) }
        self.objective = objective
        self.bound = bound
        gap = FacilitySolver.gap(objective, bound)
        proved = reason == .proved
        seconds = clock.seconds
        stopped = reason.rawValue
        self.sites = sites.map { $0 + 1 }
        self.assignment = assignment.map { ($0 ?? -1) + 1 }
    }

    init(_ solution: FacilitySolution, _ clock: SolveClock) {
        self.init(
            objective: solution.cost, bound: solution.lowerBound, sites: solution.sites,
            assignment: solution.assignment, reason: solution.stopReason, clock: clock)
    }

    func print(_ output: OutputOptions) {
        switch output.format {
        case .json:
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            encoder.keyEncodingStrategy = .convertToSnakeCase
            encoder.nonConformingFloatEncodingStrategy = .convertToString(
                positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
            Swift.print(String(decoding: (try? encoder.encode(self)) ?? Data(), as: UTF8.self))
        case .table, .csv:
            output.print(
                ResultTable(
                    "answer",
                    [
                        Column("objective", .real([objective])), Column("bound", .real([bound])),
                        Column("gap", unit: "share", .real([gap])), Column("proved", .text([proved ? "yes" : "no"])),
                        Column("seconds", .real([seconds])), Column("stopped", .text([stopped])),
                        Column("sites", .text([sites.map(String.init).joined(separator: " ")])),
                    ]))
        }
    }
}
