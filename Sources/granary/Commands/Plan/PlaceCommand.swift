import ArgumentParser
import Datasets
import Foundation
import Placement
import Reporting
import Retail
import Scenarios
import Simulation
import Synchronization

struct PlaceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "place",
        abstract: "Which front warehouses to open, with a bound on how good any other choice could be.",
        discussion: """
            Prints the candidate sites: what each costs, serves and earns, and how much dearer the best plan without it \
            is. --curve prints cost and one-hour coverage over the number of sites with the value of the next one, \
            --regions who serves whom, --assortment the articles of each front warehouse with the share of orders they \
            fill whole, --compare today's network beside the plan, --cases what each case of demand costs, --summary the \
            cost split with bound, gap, time and why the search stopped, --confirm what a simulation finds of what the \
            plan promises. --out writes all of it into a folder, with a scenario that `granary run` takes as it is.

            What is asked of the plan stands under `network` in the scenario: bounds, opened and forbidden sites, a \
            budget, measured ways, sizes, cases of demand, tiers above the front warehouses, pooled stock.

            EXAMPLES
              granary place scenarios/flagship.yaml
              granary place scenarios/flagship.yaml --curve
              granary place scenarios/flagship.yaml --set network.maximum_sites=3 --regions --format csv
              granary place scenarios/flagship.yaml --set "network.required_sites=[holbeck]" --compare
              granary place scenarios/flagship.yaml --candidates sites.csv --out out/placement
              granary place scenarios/flagship.yaml --set "network.holding_rate=25 %" --summary --time-limit 10
            """)

    enum View: String, EnumerableFlag {
        case sites, curve, regions, assortment, compare, cases, summary, confirm

        static func help(for value: View) -> ArgumentHelp? {
            switch value {
            case .sites: "What each candidate costs, serves and earns (the default)."
            case .curve: "Cost and coverage for every number of sites."
            case .regions: "Which site serves each region."
            case .assortment: "The articles of each front warehouse, and the orders they fill whole."
            case .compare: "Today's network beside the plan."
            case .cases: "What each case of demand costs."
            case .summary: "Cost split, bound, gap, time and why the search stopped."
            case .confirm: "Simulate the plan, and print what it keeps of its promises."
            }
        }
    }

    @OptionGroup var scenario: ScenarioOptions

    @Flag var view: View = .sites

    @Option(
        help: ArgumentHelp(
            "Candidate sites from this file, in the columns of candidates.csv, instead of the data set's.",
            valueName: "file"), completion: .file(extensions: ["csv", "gz"]))
    var candidates: String?

    @Option(
        help: ArgumentHelp(
            "Stop each search after this long with the best plan so far and its gap.", valueName: "seconds"))
    var timeLimit: Double?

    @Option(
        help: ArgumentHelp("Write tables, map, network and a scenario that runs it here.", valueName: "folder"),
        completion: .directory)
    var out: String?

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var threads: ThreadOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let timeLimit, !(timeLimit > 0) { throw ValidationError("--time-limit takes seconds above 0.") }
    }

    func run() async throws {
        let session = Session(output: output, threads: threads)
        try await reporting(in: output.lang) {
            let watch = PlacingWatch(limit: timeLimit)
            let prepared = try await session.prepare(
                scenario, workspace: workspace.workspace, candidates: candidates,
                shouldStopPlacing: { _ in watch.isOver() })
            guard let placed = prepared.placement else {
                note(Catalogue.text("cli.error", output.lang, Catalogue.text("cli.no_placement", output.lang)))
                throw Exit.badData
            }
            let (problem, solution, data) = (placed.problem, placed.solution, prepared.dataset)
            let curve =
                view == .curve || out != nil
                ? try placementCurve(
                    problem, limits: SearchLimits(steps: prepared.scenario.network.wishes.workLimit),
                    shouldStop: { _ in watch.isOver() }) : []
            var isKept = true
            switch view {
            case .sites:
                output.print(
                    PlacementTables.sites(
                        solution, problem: problem, candidates: data.candidates, currency: data.currency))
            case .curve:
                output.print(PlacementTables.curve(curve, candidates: data.candidates, currency: data.currency))
            case .regions:
                output.print(
                    PlacementTables.regions(
                        solution, problem: problem, regions: data.regions, candidates: data.candidates))
            case .assortment: output.print(prepared.assortmentTable())
            case .compare:
                guard let today = problem.withoutCandidates() else {
                    note(Catalogue.text("cli.error", output.lang, Catalogue.text("cli.no_network_today", output.lang)))
                    throw Exit.badData
                }
                output.print(
                    PlacementTables.comparison(
                        today: today, plan: solution, problem: problem, currency: data.currency))
            case .cases:
                guard
                    let table = PlacementTables.cases(solution, problem: problem, currency: data.currency)
                else {
                    note(Catalogue.text("cli.error", output.lang, Catalogue.text("cli.no_cases", output.lang)))
                    throw Exit.badData
                }
                output.print(table)
            case .summary:
                output.print(
                    PlacementTables.summary(
                        solution, problem: problem, currency: data.currency, seconds: watch.seconds))
            case .confirm:
                let result = try await Simulator.run(
                    prepared.world, seed: prepared.scenario.seed, replications: prepared.scenario.replications,
                    threads: threads.threads, isCancelled: { Interrupt.shared.isRaised })
                guard let found = PlacementConfirmation(prepared, result) else {
                    note(Catalogue.text("cli.error", output.lang, Catalogue.text("cli.nobody_in_reach", output.lang)))
                    throw Exit.badData
                }
                output.print(found.table)
                for line in found.verdict(output.lang) { note(line) }
                isKept = found.isConfirmed
            }
            session.say(
                "cli.placement", "\(solution.openSites.count)", percent(solution.coverage), percent(solution.gap),
                Catalogue.text("code.stopped.\(solution.stopReason.rawValue)", output.lang))
            if let out {
                let files = try PlacementExport.write(
                    prepared, curve: curve, scenarioPath: scenario.scenario, overrides: scenario.levers.overrides,
                    language: output.lang, to: out)
                for file in files { session.say("cli.written", file) }
            }
            if !isKept { throw Exit.exceptions }
        }
    }

    private func percent(_ share: Double) -> String { "\((share * 10_000).rounded() / 100) %" }
}

/// How long placing has taken since it was first asked about, and whether that is too long.
private final class PlacingWatch: Sendable {
    private let clock = ContinuousClock()
    private let limit: Duration?
    private let began = Mutex<ContinuousClock.Instant?>(nil)
    private let last = Mutex<Duration>(.zero)

    init(limit: Double?) { self.limit = limit.map { .seconds(min($0, 1e9)) } }

    func isOver() -> Bool {
        let now = clock.now
        let spent = began.withLock { first in
            let start = first ?? now
            first = start
            return now - start
        }
        last.withLock { $0 = spent }
        return Interrupt.shared.isRaised || limit.map { spent >= $0 } ?? false
    }

    /// From the first step of a search to the last.
    var seconds: Double { last.withLock { $0 / .seconds(1) } }
}
