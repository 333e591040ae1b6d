import Foundation
import Placement
import Reporting
import Retail

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
