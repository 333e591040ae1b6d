import Reporting
import Retail
import Scenarios
import Store

/// What the pages ask of the rest of Granary: the same functions that the command line calls.
protocol PlannerEngine: Sendable {
    var workspace: Workspace { get }
    /// Stores a run as running and gives its number.
    func begin(_ scenario: Scenario, overrides: [String]) throws(PipelineError) -> RunID
    /// Does the work of a run that was begun, and stores its end whatever it is.
    func run(
        _ id: RunID, _ scenario: Scenario, progress: @escaping @Sendable (RunProgress) -> Void,
        isCancelled: @escaping @Sendable () -> Bool
    ) async throws(PipelineError)
    func compare(_ ids: [RunID]) throws(PipelineError) -> Comparison
    /// The report of a finished run, one HTML page.
    func report(_ id: RunID, _ language: Language) throws -> String
}

/// The engine over a workbench.
struct WorkbenchEngine: PlannerEngine {
    private let workbench: Workbench
    private let threads: Int

    init(_ workbench: Workbench, threads: Int) {
        self.workbench = workbench
        self.threads = threads
    }

    var workspace: Workspace { workbench.workspace }

    func begin(_ scenario: Scenario, overrides: [String]) throws(PipelineError) -> RunID {
        try workbench.begin(scenario, overrides: overrides)
    }

    func run(
        _ id: RunID, _ scenario: Scenario, progress: @escaping @Sendable (RunProgress) -> Void,
        isCancelled: @escaping @Sendable () -> Bool
    ) async throws(PipelineError) {
        _ = try await workbench.run(
            id, scenario, threads: threads, progress: progress, isCancelled: isCancelled)
    }

    func compare(_ ids: [RunID]) throws(PipelineError) -> Comparison { try workbench.compare(ids) }

    func report(_ id: RunID, _ language: Language) throws -> String {
        HTMLReport.render(try ReportInput(run: id, in: workspace, language: language))
    }
}
