import ArgumentParser
import Datasets
import Foundation
import Reporting
import Retail
import Store

struct RunsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "List the runs in a workspace.",
        discussion: """
            EXAMPLES
              granary runs
              granary runs --workspace out/demo.sqlite --format json
            """)

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting(in: output.lang) {
            let runs = try existingWorkspace(workspace.workspace).runs()
            output.print(
                ResultTable(
                    "runs",
                    [
                        Column("run", .integer(runs.map(\.id.number))), Column("name", .text(runs.map(\.inputs.name))),
                        Column("status", .text(runs.map(\.status.rawValue))),
                        Column("started", .text(runs.map { CivilTime(seconds: $0.started).description })),
                        Column("seed", .text(runs.map { String($0.inputs.seed) })),
                        Column("replications", .integer(runs.map { Int64($0.inputs.replications) })),
                        Column("digest", .text(runs.map { String(($0.resultDigest ?? "").prefix(12)) })),
                        Column("message", .text(runs.map(\.message))),
                    ]))
        }
    }
}

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write the report of a stored run (HTML) and its purchase suggestions (CSV, XLSX).",
        discussion: """
            EXAMPLES
              granary report latest --out out/report
              granary report 3 --out out/report --workspace out/demo.sqlite
            """)

    @Argument(help: ArgumentHelp("The run's number, or 'latest'.", valueName: "run"))
    var wanted: String

    @Option(help: ArgumentHelp("The folder to write to.", valueName: "folder"), completion: .directory)
    var out: String

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting(in: output.lang) {
            let workspace = try existingWorkspace(workspace.workspace)
            let files = try RunFiles.write(of: try findRun(wanted, in: workspace).id, in: workspace, to: out)
            for path in files.all { print(path) }
        }
    }
}

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a stored run's tables as CSV with a manifest, for notebooks and other programs.",
        discussion: """
            EXAMPLES
              granary export latest out/export
              granary export 3 out/export --workspace out/demo.sqlite
            """)

    @Argument(help: ArgumentHelp("The run's number, or 'latest'.", valueName: "run"))
    var wanted: String

    @Argument(help: "The folder to write; an earlier export there is replaced.", completion: .directory)
    var folder: String

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting(in: output.lang) {
            let workspace = try existingWorkspace(workspace.workspace)
            try RunExport.write(run: try findRun(wanted, in: workspace).id, in: workspace, to: folder)
            print(folder)
        }
    }
}
