import ArgumentParser
import Reporting
import Retail
import Scenarios
import Store

struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Run scenarios on the same luck and show what differs from the first.",
        discussion: """
            Each figure is given for every scenario, with its difference to the first, replication by replication, \
            and the half-width of the difference's 95 % interval. A difference whose interval leaves out zero is \
            marked with *.

            EXAMPLES
              granary compare scenarios/flagship.yaml scenarios/no-front-warehouses.yaml scenarios/channel-silos.yaml
              granary compare scenarios/flagship.yaml --set network.maximum_sites=2
              granary compare --runs 3 5 --format csv
              granary compare --runs 3 5 --out out/comparison
            """)

    @Argument(
        help: ArgumentHelp("Scenario files, the baseline first.", valueName: "scenario.yaml"),
        completion: .file(extensions: ["yaml"]))
    var scenarios: [String] = []

    @Option(
        parsing: .upToNextOption, help: ArgumentHelp("Compare stored runs instead, by number.", valueName: "run"))
    var runs: [String] = []

    @OptionGroup var levers: LeverOptions

    @Option(help: "Seed of the random numbers; goes before the scenarios' own.")
    var seed: UInt64?

    @Option(help: "Replications; goes before the scenarios' own.")
    var replications: Int?

    @Option(
        help: ArgumentHelp(
            "Write the first side's report with the comparison in it (HTML), and its purchase suggestions, here.",
            valueName: "folder"), completion: .directory)
    var out: String?

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var threads: ThreadOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let replications, !(1...10_000).contains(replications) {
            throw ValidationError("--replications takes a number from 1 to 10000, not \(replications).")
        }
        guard scenarios.isEmpty != runs.isEmpty else {
            throw ValidationError("Give scenario files or --runs, one of the two.")
        }
        // One scenario with --set is compared with itself unchanged.
        let sides = scenarios.isEmpty ? runs.count : scenarios.count + (levers.overrides.isEmpty ? 0 : 1)
        guard sides >= 2 else { throw ValidationError("A comparison takes two sides or more.") }
    }

    func run() async throws {
        let session = Session(output: output, threads: threads)
        try await reporting(in: output.lang) {
            let comparison: Comparison
            let (workbench, first): (Workbench, RunID)
            var currency = Currency.gbp
            if runs.isEmpty {
                workbench = try Workbench(path: workspace.workspace)
                var stored: [StoredRun] = []
                for (path, overrides) in sides {
                    session.say("cli.running", ([path] + overrides.map { "--set " + $0 }).joined(separator: " "))
                    stored.append(
                        try await session.run(
                            path, overrides: overrides, seed: seed, replications: replications, in: workbench))
                }
                comparison = try Workbench.compare(stored)
                first = stored[0].id
                currency = stored[0].prepared.dataset.currency
            } else {
                let workspace = try existingWorkspace(workspace.workspace)
                workbench = Workbench(workspace)
                let ids = try runs.map { try findRun($0, in: workspace).id }
                comparison = try workbench.compare(ids)
                first = ids[0]
                currency = Currency(code: try workbench.workspace.run(first).inputs.currency) ?? currency
            }
            print(
                render(comparison, as: output.format, language: output.lang, currency: currency), terminator: "")
            if let out {
                let files = try RunFiles.write(of: first, in: workbench.workspace, to: out, comparison: comparison)
                session.say("cli.written", files.report)
            }
        }
    }

    /// With one scenario the changed one stands beside it; with several the change holds for all.
    private var sides: [(String, [String])] {
        scenarios.count == 1
            ? [(scenarios[0], []), (scenarios[0], levers.overrides)] : scenarios.map { ($0, levers.overrides) }
    }
}
