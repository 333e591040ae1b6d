import ArgumentParser
import Datasets
import Foundation
import Placement
import Reporting
import Retail

extension SolveCommand {
    struct Generated: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "generated",
            abstract: "Make a large placement problem by rule and solve it.",
            discussion: """
                points: points in the plane, in towns and between them, and p sites among them (a p-median problem).
                regions: demand regions, candidate sites with fixed costs and a one-hour radius, and central
                warehouses that serve what no site reaches. The same seed makes the same problem everywhere.

                EXAMPLES
                  granary solve generated points --seed 1 --time-limit 60
                  granary solve generated regions --seed 1 --time-limit 60 --format json
                  granary solve generated points --seed 1 --write points.tsp
                """)

        enum Kind: String, ExpressibleByArgument, CaseIterable { case points, regions }

        @Argument(help: "points or regions.")
        var kind: Kind

        @Option(help: "The number the problem is made from.")
        var seed: UInt64 = 1

        @Option(help: "Points, or regions.")
        var clients: Int?

        @Option(help: "Candidate sites (of regions).")
        var candidates = 2_000

        @Option(help: "Sites to open (of points).")
        var p = 100

        @Option(
            help: ArgumentHelp("Write the points as a TSPLIB file instead of solving.", valueName: "file"),
            completion: .file())
        var write: String?

        @OptionGroup var limits: LimitOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            let most = kind == .points ? 14_142 : 1_000_000
            if let clients, !(1...most).contains(clients) {
                throw ValidationError("--clients takes a number from 1 to \(most).")
            }
            guard (1...100_000).contains(candidates) else {
                throw ValidationError("--candidates takes a number from 1 to 100000.")
            }
            if kind == .regions, candidates * (clients ?? 20_000) > PlacementInstances.maximumCells {
                throw ValidationError("That many candidates and regions make more than 200 million costs.")
            }
            if write != nil, kind != .points { throw ValidationError("--write goes with points.") }
        }

        func run() throws {
            try reporting(in: output.lang) {
                let clock = SolveClock(limits)
                let problem: FacilityProblem
                switch kind {
                case .points:
                    let points = GeneratedPlacement.points(count: clients ?? 3_000, seed: seed)
                    if let write { return try self.write(points, to: write) }
                    problem = try .median(
                        costs: Distances.euclidean(points), siteCount: points.count, clientCount: points.count,
                        sites: p)
                case .regions:
                    problem = try GeneratedPlacement.regions(
                        count: clients ?? 20_000, candidates: candidates, seed: seed)
                }
                clock.cells = problem.siteCount * problem.clientCount
                SolveAnswer(
                    try FacilitySolver.solve(problem, limits: limits.search, shouldStop: clock.isOver), clock
                ).print(output)
            }
        }

        private func write(_ points: [(x: Double, y: Double)], to path: String) throws {
            var text = "NAME : granary-\(seed)\nTYPE : TSP\nDIMENSION : \(points.count)\n"
            text += "EDGE_WEIGHT_TYPE : EUC_2D\nNODE_COORD_SECTION\n"
            for (number, point) in points.enumerated() { text += "\(number + 1) \(point.x) \(point.y)\n" }
            try AtomicFile.write(text + "EOF\n", to: path)
        }
    }
}
