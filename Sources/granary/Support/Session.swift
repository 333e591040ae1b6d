import ArgumentParser
import Datasets
import Foundation
import Placement
import Retail
import Scenarios
import Simulation
import Store

/// The work that commands on a scenario share: load, prepare or run, with progress and interruption.
struct Session {
    var output: OutputOptions
    var threads: Int
    let progress: Progress

    init(output: OutputOptions, threads: ThreadOption) {
        self.output = output
        self.threads = threads.threads
        progress = Progress(quiet: output.quiet, language: output.lang)
        Interrupt.shared.listen()
    }

    /// Loads and prepares a scenario with the forecasts kept in a workspace.
    /// - Parameter candidates: a file of candidate sites to take instead of the data set's.
    func prepare(
        _ options: ScenarioOptions, workspace path: String, candidates: String? = nil,
        shouldStopPlacing: @escaping @Sendable (SearchProgress) -> Bool = { _ in false }
    ) async throws -> PreparedScenario {
        try await prepare(
            options.scenario, overrides: options.levers.overrides, workspace: path, candidates: candidates,
            shouldStopPlacing: shouldStopPlacing)
    }

    /// - Parameter heedsDecisions: the suggestions heed what the workspace's people decided about earlier ones.
    func prepare(
        _ file: String, overrides: [String], workspace path: String, candidates: String? = nil,
        heedsDecisions: Bool = false,
        shouldStopPlacing: @escaping @Sendable (SearchProgress) -> Bool = { _ in false }
    ) async throws -> PreparedScenario {
        let workbench = try Workbench(path: path)
        // A file named on the command line goes before the one the scenario names.
        let scenario = try Workbench.load(
            file, overrides: overrides + (candidates.map { ["network.candidates=\"\($0)\""] } ?? []))
        let dataset = try Workbench.dataset(of: scenario)
        defer { progress.finish() }
        return try await workbench.prepare(
            scenario, dataset: dataset, heedsDecisions: heedsDecisions, threads: threads, progress: reporter(),
            isCancelled: { Interrupt.shared.isRaised }, shouldStopPlacing: shouldStopPlacing)
    }

    /// Runs a scenario and stores the run.
    func run(
        _ path: String, overrides: [String], seed: UInt64?, replications: Int?, checkpoint: String? = nil,
        in workbench: Workbench
    ) async throws -> StoredRun {
        defer { progress.finish() }
        return try await workbench.run(
            scenarioPath: path, overrides: overrides, seed: seed, replications: replications, threads: threads,
            checkpoint: checkpoint, progress: reporter(), isCancelled: { Interrupt.shared.isRaised })
    }

    private func reporter() -> @Sendable (RunProgress) -> Void {
        let (progress, language) = (progress, output.lang)
        return { step in
            if step.orders > 0 {
                let total = Int((Double(step.orders) / max(step.fraction, 1e-9)).rounded())
                progress.report(Catalogue.text("cli.orders_simulated", language), Int(step.orders), of: total)
            } else {
                let label = Catalogue.text("stage.\(step.stage)", language)
                progress.report(label, Int((100 * step.fraction).rounded()), of: 100)
            }
        }
    }

    /// A note on standard error unless notes are off.
    func say(_ key: String, _ arguments: String...) {
        if !output.quiet { note(Catalogue.text(key, output.lang, arguments: arguments)) }
    }
}

/// A run named on the command line: its number, or `latest`.
func findRun(_ text: String, in workspace: Workspace) throws -> Run {
    if text == "latest" {
        let done = try workspace.runs().filter { $0.status == .done }
        guard let run = done.max(by: { $0.id < $1.id }) else {
            throw Refusal("the workspace holds no finished run yet; start one with `granary run`")
        }
        return run
    }
    guard let id = RunID(text) else {
        throw ValidationError("A run is named by its number or 'latest', not '\(text)'.")
    }
    return try workspace.run(id)
}

/// A workspace that must be there already: reading commands do not make one by mistake.
func existingWorkspace(_ path: String) throws -> Workspace {
    guard FileManager.default.fileExists(atPath: path) else {
        throw Refusal(
            "\(path): there is no such workspace; name one with --workspace, or make it with `granary run`")
    }
    return try Workspace.open(path: path)
}
