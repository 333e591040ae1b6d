public import Foundation
import Hummingbird
import Logging
import Scenarios

/// How the planner's pages are served.
public struct ServeOptions: Sendable {
    /// Address to listen on. Anything but loopback lets others on the network in: there is no log-in.
    public var host: String
    /// Port; 0 lets the system choose one.
    public var port: Int
    /// The workspace file; made when there is none.
    public var workspace: String
    /// Folder whose scenario files (`*.yaml`) the form offers.
    public var scenarios: String
    /// Threads for a run; its result does not depend on them.
    public var threads: Int
    /// Names under which browsers may reach the server besides its own address and `localhost`.
    public var allowedHosts: [String]

    public init(
        host: String = "127.0.0.1", port: Int = 8_080, workspace: String = "granary.sqlite",
        scenarios: String = "scenarios", threads: Int = ProcessInfo.processInfo.activeProcessorCount,
        allowedHosts: [String] = []
    ) {
        self.host = host
        self.port = port
        self.workspace = workspace
        self.scenarios = scenarios
        self.threads = threads
        self.allowedHosts = allowedHosts
    }
}

/// Serves the planner's pages until the process is told to stop (SIGINT or SIGTERM); runs under way are then
/// stopped and stored as interrupted.
/// - Parameter ready: called with the address once the server listens; writes it to standard error unless given.
/// - Throws: `PipelineError` when the workspace cannot be opened, or why the address cannot be listened on.
public func serve(
    _ options: ServeOptions, ready: @escaping @Sendable (_ address: String) -> Void = announce
) async throws {
    var logger = Logger(label: "granary.planner") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = .error
    let workbench = try Workbench(path: options.workspace)
    let planner = try Planner(engine: WorkbenchEngine(workbench, threads: options.threads), options: options)
    let application = planner.application(logger: logger) { port in
        let host = options.host.contains(":") ? "[\(options.host)]" : options.host
        ready("http://\(host):\(port)/")
    }
    do {
        try await application.runService()
    } catch {
        await planner.desk.stopAll()
        throw error
    }
    await planner.desk.stopAll()
}

/// Says on standard error where the pages are.
public func announce(_ address: String) {
    FileHandle.standardError.write(Data((address + "\n").utf8))
}
