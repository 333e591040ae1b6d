import ArgumentParser
import Datasets
import Foundation
import Placement
import Reporting
import Retail
import Scenarios
import Simulation

struct PlaceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "place",
        abstract: "Which front warehouses to open, with a bound on how good any other choice could be.",
        discussion: """
            Prints the candidate sites: what each costs, serves and earns, and how much dearer the best plan without it
            is. --curve prints cost and one-hour coverage over the number of sites with the value of the next one,
            --regions who serves whom, --assortment the articles of each front warehouse with the share of orders they
            fill whole, --compare today's network beside the plan, --confirm what a simulation finds of what the plan
            promises. --out writes all of it into a folder, with a scenario that `granary run` takes as it is.

            EXAMPLES
              granary place scenarios/flagship.yaml
              granary place scenarios/flagship.yaml --curve
              granary place scenarios/flagship.yaml --set network.maximum_sites=3 --regions --format csv
              granary place scenarios/flagship.yaml --set "network.required_sites=[front-leeds]" --compare
              granary place scenarios/flagship.yaml --candidates sites.csv --out out/placement
            """)

    enum View: String, EnumerableFlag {
        case sites, curve, regions, assortment, compare, confirm

        static func help(for value: View) -> ArgumentHelp? {
            switch value {
            case .sites: "What each candidate costs, serves and earns (the default)."
            case .curve: "Cost and coverage for every number of sites."
            case .regions: "Which site serves each region."
            case .assortment: "The articles of each front warehouse, and the orders they fill whole."
            case .compare: "Today's network beside the plan."
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
        help: ArgumentHelp("Write tables, map, network and a scenario that runs it here.", valueName: "folder"),
        completion: .directory)
    var out: String?

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var threads: ThreadOption
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let session = Session(output: output, threads: threads)
        try await reporting {
            let prepared = try await session.prepare(
                scenario, workspace: workspace.workspace, candidates: candidates)
            guard let placed = prepared.placement else {
                note("error: " + Catalogue.text("cli.no_placement", output.lang))
                throw Exit.badData
            }
            let (problem, solution, data) = (placed.problem, placed.solution, prepared.dataset)
            let curve = view == .curve || out != nil ? try placementCurve(problem) : []
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
                    note("error: " + Catalogue.text("cli.no_network_today", output.lang))
                    throw Exit.badData
                }
                output.print(
                    PlacementTables.comparison(
                        today: today, plan: solution, problem: problem, currency: data.currency))
            case .confirm:
                let result = try await Simulator.run(
                    prepared.world, seed: prepared.scenario.seed, replications: prepared.scenario.replications,
                    threads: threads.threads, isCancelled: { Interrupt.shared.isRaised })
                if let table = prepared.confirmation(result) { output.print(table) }
            }
            session.say(
                "cli.placement", "\(solution.openSites.count)", percent(solution.coverage), percent(solution.gap),
                solution.stopReason.rawValue)
            if let out {
                let files = try PlacementExport.write(
                    prepared, curve: curve, scenarioPath: scenario.scenario, overrides: scenario.levers.overrides,
                    writesData: candidates != nil, language: output.lang, to: out)
                for file in files { session.say("cli.written", file) }
            }
        }
    }

    private func percent(_ share: Double) -> String { "\((share * 10_000).rounded() / 100) %" }
}
