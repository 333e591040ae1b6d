import ArgumentParser
import Planner
import Retail

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the planner's pages and the HTTP API on this machine.",
        discussion: """
            Runs, reports, comparison, purchase suggestions and a form of the main levers, in English and 中文. \
            Listens on the loopback address unless told otherwise.

            EXAMPLES
              granary serve
              granary serve --port 9000 --workspace out/demo.sqlite
            """)

    @Option(help: "The port to listen on.")
    var port = 8080

    @Option(help: "The address to listen on. Anything but a loopback address lets others in: there is no log-in.")
    var host = "127.0.0.1"

    @Option(help: ArgumentHelp("Where the scenarios offered in the form are.", valueName: "folder"))
    var scenarios = "scenarios"

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var threads: ThreadOption

    func validate() throws {
        guard (1...65_535).contains(port) else {
            throw ValidationError("--port takes a number from 1 to 65535, not \(port).")
        }
    }

    func run() async throws {
        try await reporting(in: .english) {
            try await serve(
                ServeOptions(
                    host: host, port: port, workspace: workspace.workspace, scenarios: scenarios,
                    threads: threads.threads))
        }
    }
}
