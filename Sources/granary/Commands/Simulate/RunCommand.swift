import ArgumentParser
import Foundation
import Reporting
import Retail
import Scenarios
import Simulation
import Store

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Simulate a scenario and store the run.",
        discussion: """
            Prints every headline figure with the half-width of its 95 % confidence interval, and where the money and \
            the time of the days went. The same scenario and \
            seed give the same digest on any number of threads. A scenario may also be a bare queueing or inventory \
            model (scenarios/verification): its figures are printed and nothing is stored.

            EXAMPLES
              granary run scenarios/flagship.yaml --out out/flagship
              granary run scenarios/flagship.yaml --set demand.volume=300 --replications 4
              granary run scenarios/flagship.yaml --seed 7 --format json
              granary run scenarios/flagship.yaml --replications 1 --ledger out/postings.csv
              granary run scenarios/flagship.yaml --checkpoint out/states
              granary run scenarios/verification/queue-mm4.yaml --format json
            """)

    @OptionGroup var scenario: ScenarioOptions

    @Option(help: "Seed of the random numbers; goes before the scenario's own.")
    var seed: UInt64?

    @Option(help: "Replications; goes before the scenario's own.")
    var replications: Int?

    @Option(
        help: ArgumentHelp(
            "Write the report (HTML) and the purchase suggestions (CSV, XLSX) here.", valueName: "folder"),
        completion: .directory)
    var out: String?

    @Option(
        help: ArgumentHelp(
            "Save the state of each replication here every ten seconds and when interrupted, and go on from the states "
                + "found here. The result has the same digest as a run that was not stopped.", valueName: "folder"),
        completion: .directory)
    var checkpoint: String?

    @Option(
        help: ArgumentHelp(
            "Write the single postings of the first replication (CSV, debits and credits) here.", valueName: "file"),
        completion: .file(extensions: ["csv"]))
    var ledger: String?

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var threads: ThreadOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let replications, !(1...10_000).contains(replications) {
            throw ValidationError("--replications takes a number from 1 to 10000, not \(replications).")
        }
    }

    func run() async throws {
        let session = Session(output: output, threads: threads)
        let clock = ContinuousClock()
        let began = clock.now
        try await reporting(in: output.lang) {
            if case .model(let model) = try Workbench.loadFile(
                scenario.scenario, overrides: scenario.levers.overrides)
            {
                return try await run(model, session)
            }
            let workbench = try Workbench(path: workspace.workspace)
            let stored = try await session.run(
                scenario.scenario, overrides: scenario.levers.overrides, seed: seed, replications: replications,
                checkpoint: checkpoint, in: workbench)
            let currency = stored.prepared.dataset.currency
            switch output.format {
            case .table:
                print(
                    render(stored.result.figures, as: .table, language: output.lang, currency: currency),
                    terminator: "")
            case .csv:
                print(render(stored.result.figures, as: .csv), terminator: "")
            case .json:
                print(
                    RunSummary(stored, seconds: (clock.now - began) / .seconds(1)).json, terminator: "\n")
            }
            var files: RunFiles?
            if let out { files = try RunFiles.write(of: stored.id, in: workbench.workspace, to: out) }
            if let ledger {
                let world = stored.prepared.world
                let rows = try LedgerFile.write(world, seed: stored.run.inputs.seed, replication: 0, to: ledger)
                session.say("cli.ledger", ledger, String(rows))
            }
            if output.format == .table {
                printDay(stored)
                printPaths(stored, files)
                session.say("cli.seconds", String(format: "%.1f", (clock.now - began) / .seconds(1)))
            }
        }
    }

    /// A bare model has no data set and nothing a report could show: its figures are printed, nothing is stored.
    private func run(_ model: ModelScenario, _ session: Session) async throws {
        if out != nil { throw ValidationError("--out writes the report of a promotion day; a bare model has none.") }
        if ledger != nil {
            throw ValidationError("--ledger writes the postings of a promotion day; a bare model has none.")
        }
        let clock = ContinuousClock()
        let began = clock.now
        let count = replications ?? model.replications
        let figures = try await model.run(
            seed: seed, replications: count, threads: session.threads, isCancelled: { Interrupt.shared.isRaised })
        switch output.format {
        case .table: print(render(figures, as: .table, language: output.lang), terminator: "")
        case .csv: print(render(figures, as: .csv), terminator: "")
        case .json:
            print(
                RunSummary(
                    model, figures, seed: seed ?? model.seed, replications: count,
                    seconds: (clock.now - began) / .seconds(1)
                ).json)
        }
    }

    /// Where the money and the time of the days went.
    private func printDay(_ stored: StoredRun) {
        for name in ["profit_and_loss", "time_spent"] {
            guard let table = stored.result.table(name) else { continue }
            print("\n" + Catalogue.text("table.\(name)", output.lang))
            output.print(table)
        }
    }

    private func printPaths(_ stored: StoredRun, _ files: RunFiles?) {
        var rows: [(String, String)] = []
        if let files {
            rows += [
                ("report", files.report), ("report_chinese", files.reportChinese),
                ("suggestions_csv", files.suggestionsCSV), ("suggestions_xlsx", files.suggestionsXLSX),
            ]
        }
        rows += [("workspace", workspace.workspace), ("run", "\(stored.id)"), ("digest", stored.digest)]
        let labels = rows.map { Catalogue.text("cli.path.\($0.0)", output.lang) }
        let width = labels.map { $0.unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E7F ? 2 : 1) } }
        let widest = width.max() ?? 0
        print()
        for (row, label) in labels.enumerated() {
            print(label + String(repeating: " ", count: widest - width[row] + 2) + rows[row].1)
        }
    }
}

/// What `granary run --format json` prints.
private struct RunSummary: Encodable {
    struct Line: Encodable {
        var figure: String
        var unit: String
        var mean: Double
        var halfWidth: Double
        var replications: Int

        init(_ figure: Figure) {
            self.figure = figure.key
            unit = figure.unit
            mean = figure.mean
            halfWidth = figure.halfWidth
            replications = figure.replications.count
        }
    }

    var run: Int64?
    var name: String
    var seed: UInt64
    var replications: Int
    var digest: String
    var engineVersion: String
    var dataFingerprint: String?
    var seconds: Double
    var figures: [Line]

    init(_ model: ModelScenario, _ figures: [Figure], seed: UInt64, replications: Int, seconds: Double) {
        name = model.name
        self.seed = seed
        self.replications = replications
        digest = resultDigest(tables: [], figures: figures)
        engineVersion = Simulator.engineVersion
        self.seconds = seconds
        self.figures = figures.map(Line.init)
    }

    init(_ stored: StoredRun, seconds: Double) {
        run = stored.id.number
        name = stored.run.inputs.name
        seed = stored.run.inputs.seed
        replications = stored.run.inputs.replications
        digest = stored.digest
        engineVersion = stored.run.inputs.engineVersion
        dataFingerprint = stored.run.inputs.dataFingerprint
        self.seconds = seconds
        figures = stored.result.figures.map(Line.init)
    }

    var json: String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }
}
