import ArgumentParser
import Datasets
import Placement
import Reporting
import Retail

extension SolveCommand {
    struct Median: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "pmedian",
            abstract: "Open exactly p sites so that the sum of distances to the nearest is smallest.")

        @OptionGroup var instance: MedianOptions

        @Option(help: ArgumentHelp("Sites that must be open, counted from 1.", valueName: "sites"))
        var open: SiteList?

        @Option(help: ArgumentHelp("Sites that may not be open, counted from 1.", valueName: "sites"))
        var forbid: SiteList?

        @OptionGroup var limits: LimitOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            try reporting {
                let clock = SolveClock(limits)
                let (distances, count, sites) = try instance.read()
                clock.cells = count * count
                let problem = try FacilityProblem(
                    fixedCosts: [Double](repeating: 0, count: count), costs: distances, clientCount: count,
                    minimumSites: sites, maximumSites: sites, required: open?.sites ?? [],
                    forbidden: forbid?.sites ?? [])
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

        @Flag(help: "Serve every client from one site only.")
        var singleSource = false

        @OptionGroup var rules: RuleOptions
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
                clock.cells = instance.siteCount * instance.clientCount
                let budget = rules.budget.map { SiteBudget(outlays: instance.fixedCosts, limit: $0) }
                if uncapacitated {
                    // Without capacities every client is served from one site in any case.
                    let problem = try FacilityProblem(
                        fixedCosts: instance.fixedCosts, costs: instance.costs, clientCount: instance.clientCount,
                        minimumSites: rules.atLeast, maximumSites: rules.atMost, required: rules.required,
                        forbidden: rules.forbidden, budget: budget)
                    return SolveAnswer(
                        try FacilitySolver.solve(problem, limits: limits.search, shouldStop: clock.isOver), clock
                    ).print(output)
                }
                guard instance.demands.contains(where: { $0 > 0 }) else { throw PlacementError.noDemand }
                let capacities = try instance.capacities.map { one in
                    guard let value = one ?? capacity else {
                        throw ValidationError("The file leaves the capacities open: give --capacity.")
                    }
                    return value
                }
                if singleSource {
                    let problem = try SingleSourceProblem(
                        fixedCosts: instance.fixedCosts, costs: instance.costs, demands: instance.demands,
                        capacities: capacities, minimumSites: rules.atLeast, maximumSites: rules.atMost,
                        required: rules.required, forbidden: rules.forbidden, budget: budget)
                    let solution = try FacilitySolver.solve(problem, limits: limits.search, shouldStop: clock.isOver)
                    return SolveAnswer(
                        objective: solution.cost, bound: solution.lowerBound, sites: solution.sites,
                        assignment: solution.assignment, reason: solution.stopReason, clock: clock
                    ).print(output)
                }
                let problem = try CapacitatedProblem(
                    fixedCosts: instance.fixedCosts, capacities: capacities, demands: instance.demands,
                    costs: instance.costs, minimumSites: rules.atLeast, maximumSites: rules.atMost,
                    required: rules.required, forbidden: rules.forbidden, budget: budget)
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
            abstract:
                "Reach clients within a radius: all of them most cheaply, or the most with the sites there may be.",
            discussion: """
                All clients are reached with the fewest sites, or with those of least fixed costs; with --p or --maximal
                as many clients as possible, by p sites or by any that the bounds and the budget leave.

                EXAMPLES
                  granary solve cover pmed1.txt --radius 60
                  granary solve cover pmed1.txt --radius 60 --p 5 --open 3 --forbid 7,9
                  granary solve cover towns.tsp --radius 30 --fixed-costs rents.txt
                  granary solve cover towns.tsp --radius 30 --maximal --fixed-costs rents.txt --budget 5000
                """)

        @OptionGroup var reach: ReachOptions

        @Option(help: "The distance within which a site serves a client.")
        var radius: Double

        @Flag(help: "Reach as many clients as possible, instead of all most cheaply.")
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
                let isMost = maximal || reach.instance.p != nil
                let instance = try reach.read(needsSites: isMost)
                let count = instance.count
                clock.cells = count * count
                let problem =
                    isMost
                    ? try Covering.most(
                        distances: instance.distances, weights: [Double](repeating: 1, count: count), radius: radius,
                        rules: instance.rules)
                    : try Covering.all(
                        distances: instance.distances, clientCount: count, radius: radius,
                        fixedCosts: instance.fixedCosts, rules: instance.rules)
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
            commandName: "centre", abstract: "Open sites so that the farthest client is as near as can be.",
            discussion: """
                EXAMPLES
                  granary solve centre pmed1.txt --p 5
                  granary solve centre pmed1.txt --at-most 8 --open 3,7 --forbid 5
                  granary solve centre towns.tsp --fixed-costs rents.txt --budget 5000
                """)

        @OptionGroup var reach: ReachOptions
        @OptionGroup var limits: LimitOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            try reporting {
                let clock = SolveClock(limits)
                let instance = try reach.read(needsSites: true)
                clock.cells = instance.count * instance.count
                let solution = try Covering.centre(
                    distances: instance.distances, clientCount: instance.count, rules: instance.rules,
                    limits: limits.search, shouldStop: clock.isOver)
                SolveAnswer(
                    objective: solution.radius, bound: solution.lowerBound, sites: solution.sites,
                    assignment: solution.assignment, reason: solution.stopReason, clock: clock
                ).print(output)
            }
        }
    }
}
