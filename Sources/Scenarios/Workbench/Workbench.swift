import Datasets
import Foundation
public import Placement
public import Retail
public import Simulation
public import Store

/// What the command line and the web do with scenarios: one set of functions for both.
public struct Workbench: Sendable {
    public let workspace: Workspace

    public init(_ workspace: Workspace) { self.workspace = workspace }

    /// Opens the workspace at `path`, making it when there is none.
    public init(path: String) throws(PipelineError) {
        do { workspace = try Workspace.open(path: path) } catch { throw .store(error) }
    }

    /// Loads a scenario and looks at nothing else; see `ScenarioLoader.load`.
    public static func load(
        _ path: String, overrides: [String] = [], root: String? = nil
    ) throws(PipelineError) -> Scenario {
        do { return try ScenarioLoader.load(path, overrides: overrides, root: root) } catch { throw .scenario(error) }
    }

    /// Loads a scenario file of either kind; see `ScenarioLoader.loadFile`.
    public static func loadFile(
        _ path: String, overrides: [String] = [], root: String? = nil
    ) throws(PipelineError) -> ScenarioFile {
        do { return try ScenarioLoader.loadFile(path, overrides: overrides, root: root) } catch {
            throw .scenario(error)
        }
    }

    /// Reads the data set a scenario names.
    public static func dataset(
        of scenario: Scenario, progress: ((_ file: String, _ rows: Int) -> Void)? = nil
    ) throws(PipelineError) -> Dataset {
        do {
            var dataset = try DatasetReader.read(folder: scenario.dataFolder, progress: progress)
            try takePlaces(of: scenario, into: &dataset)
            return dataset
        } catch { throw .dataset(error) }
    }

    /// Candidate sites and measured ways from the files a scenario names, in place of the data set's own. They count in
    /// the fingerprint of what a run was made from, and not in that of the data set's past, so that forecasts stay.
    private static func takePlaces(of scenario: Scenario, into dataset: inout Dataset) throws(DatasetError) {
        let wishes = scenario.network.wishes
        if let file = wishes.candidates {
            dataset.candidates = try DatasetReader.readCandidates(
                file: file, currency: dataset.currency, nodes: dataset.nodes)
            dataset.furtherFiles += Fingerprint.sha256(
                DatasetWriter.nodes(dataset.candidates, currency: dataset.currency))
        }
        if let file = wishes.travel {
            let places =
                dataset.nodes.map(\.code) + dataset.candidates.map(\.code) + dataset.regions.map(\.code)
            dataset.travel = try DatasetReader.readTravel(file: file, places: Set(places))
            dataset.furtherFiles += Fingerprint.sha256(Array(FileManager.default.contents(atPath: file) ?? Data()))
        }
    }

    /// Reads a data set folder.
    public static func dataset(folder: String) throws(PipelineError) -> Dataset {
        do { return try DatasetReader.read(folder: folder) } catch { throw .dataset(error) }
    }

    /// Checks a scenario alone and against its data set, without running anything.
    /// - Returns: the scenario and the data set it fits.
    public static func validate(
        _ path: String, overrides: [String] = [], root: String? = nil
    ) throws(PipelineError) -> (scenario: Scenario, dataset: Dataset) {
        let scenario = try load(path, overrides: overrides, root: root)
        let dataset = try dataset(of: scenario)
        do { _ = try ScenarioResolution(scenario, dataset) } catch { throw .scenario(error) }
        return (scenario, dataset)
    }

    /// Prepares a scenario with the forecasts of this workspace: forecast, placement, plan, suggestions and world.
    ///
    /// - Parameter heedsDecisions: the suggestions heed what this workspace's people decided about earlier ones.
    public func prepare(
        _ scenario: Scenario, dataset: Dataset, heedsDecisions: Bool = false, threads: Int,
        progress: @escaping @Sendable (RunProgress) -> Void = { _ in },
        isCancelled: @escaping @Sendable () -> Bool = { false },
        shouldStopPlacing: @escaping @Sendable (SearchProgress) -> Bool = { _ in false }
    ) async throws(PipelineError) -> PreparedScenario {
        let decisions: [Decision]
        do {
            decisions = heedsDecisions ? try workspace.decisions(dataset: dataset.name) : []
        } catch { throw .store(error) }
        return try await preparing(
            scenario, dataset, decisions, threads: threads, isCancelled: isCancelled,
            shouldStopPlacing: shouldStopPlacing
        ) {
            progress(RunProgress(stage: $0.rawValue, fraction: $1))
        }
    }

    /// Runs a scenario file and stores the run; see `run(_:dataset:overrides:seed:replications:threads:...)`.
    public func run(
        scenarioPath path: String, overrides: [String] = [], root: String? = nil, seed: UInt64? = nil,
        replications: Int? = nil, threads: Int, checkpoint: String? = nil,
        progress: @escaping @Sendable (RunProgress) -> Void = { _ in },
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) async throws(PipelineError) -> StoredRun {
        let scenario = try Self.load(path, overrides: overrides, root: root)
        return try await run(
            scenario, overrides: overrides, seed: seed, replications: replications, threads: threads,
            checkpoint: checkpoint, progress: progress, isCancelled: isCancelled)
    }

    /// Prepares and runs a scenario. The run is stored as running before anything is computed, and as done, failed or
    /// interrupted afterwards, whatever happens.
    ///
    /// - Parameters:
    ///   - dataset: nil reads the one the scenario names.
    ///   - overrides: the changes the scenario was loaded with, for the record and the run's name.
    ///   - seed, replications: go before the scenario's own.
    ///   - checkpoint: folder that states of the replications are saved to now and then, and taken up from; those of
    ///     a run that is done are removed.
    ///   - progress: called now and then from any task.
    ///   - isCancelled: asked often; true ends the run as interrupted.
    public func run(
        _ scenario: Scenario, dataset: Dataset? = nil, overrides: [String] = [], seed: UInt64? = nil,
        replications: Int? = nil, threads: Int, checkpoint: String? = nil,
        progress: @escaping @Sendable (RunProgress) -> Void = { _ in },
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) async throws(PipelineError) -> StoredRun {
        let id = try begin(scenario, overrides: overrides, seed: seed, replications: replications)
        return try await run(
            id, scenario, dataset: dataset, seed: seed, replications: replications, threads: threads,
            checkpoint: checkpoint, progress: progress, isCancelled: isCancelled)
    }

    /// Stores a run as running: what a caller needs who wants its number before the work begins.
    public func begin(
        _ scenario: Scenario, overrides: [String] = [], seed: UInt64? = nil, replications: Int? = nil
    ) throws(PipelineError) -> RunID {
        let changes = overrides.isEmpty ? "" : " [" + overrides.joined(separator: ", ") + "]"
        do {
            return try workspace.beginRun(
                RunInputs(
                    name: scenario.name + changes, scenario: scenario.text, overrides: overrides,
                    seed: seed ?? scenario.seed, replications: replications ?? scenario.replications,
                    engineVersion: Simulator.engineVersion))
        } catch { throw .store(error) }
    }

    /// Does the work of a run that `begin` stored; see `run(_:dataset:overrides:seed:replications:threads:...)`.
    public func run(
        _ id: RunID, _ scenario: Scenario, dataset: Dataset? = nil, seed: UInt64? = nil, replications: Int? = nil,
        threads: Int, checkpoint: String? = nil, progress: @escaping @Sendable (RunProgress) -> Void = { _ in },
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) async throws(PipelineError) -> StoredRun {
        let ticker = RunTicker(workspace, id, progress)
        do throws(PipelineError) {
            return try await work(
                id, scenario, dataset: dataset, seed: seed ?? scenario.seed,
                replications: replications ?? scenario.replications, threads: threads, checkpoint: checkpoint,
                ticker: ticker, isCancelled: isCancelled)
        } catch {
            // The first error is the one to tell; a workspace that cannot take the note has its own on next opening.
            if error.isCancellation {
                try? workspace.interruptRun(id, message: PipelineError.cancelled.description)
                throw .cancelled
            }
            try? workspace.failRun(id, message: error.description)
            throw error
        }
    }

    private func work(
        _ id: RunID, _ scenario: Scenario, dataset: Dataset?, seed: UInt64, replications: Int, threads: Int,
        checkpoint: String?, ticker: RunTicker, isCancelled: @escaping @Sendable () -> Bool
    ) async throws(PipelineError) -> StoredRun {
        ticker.report("data", 0)
        let data: Dataset
        if let dataset { data = dataset } else { data = try Self.dataset(of: scenario) }
        if isCancelled() { throw .cancelled }
        let prepared = try await preparing(scenario, data, threads: threads, isCancelled: isCancelled) {
            ticker.report($0.rawValue, $1)
        }
        do {
            try workspace.recordInputs(
                of: id, currency: data.currency.code, dataFingerprint: data.inputsFingerprint,
                forecastDigest: prepared.forecastDigest, planDigest: prepared.planDigest)
        } catch { throw .store(error) }
        let folder: CheckpointFolder?
        do {
            folder = try checkpoint.map { (path) throws(FileError) in
                try CheckpointFolder(
                    path,
                    inputs: [
                        scenario.text, "\(seed)", data.inputsFingerprint, prepared.forecastDigest ?? "",
                        prepared.planDigest,
                        Processor.current,
                    ])
            }
        } catch { throw .simulation(.checkpoint("\(error)")) }
        let result: RunResult
        do {
            result = try await Simulator.run(
                prepared.world, seed: seed, replications: replications, threads: threads,
                checkpoints: folder?.checkpoints ?? .none,
                progress: { ticker.report("simulation", $0.fraction, orders: $0.orders) }, isCancelled: isCancelled)
        } catch { throw .simulation(error) }
        do {
            let digest = try workspace.finishRun(id, RunRecord.outcome(prepared, result))
            folder?.clear(replications: replications)
            return StoredRun(id: id, run: try workspace.run(id), digest: digest, prepared: prepared, result: result)
        } catch { throw .store(error) }
    }

    /// A data set with the changes to its forecast that this workspace keeps.
    public func adjusted(_ dataset: Dataset) throws(PipelineError) -> Dataset {
        do { return try workspace.adjusting(dataset) } catch { throw .store(error) }
    }

    /// Prepares in a task of its own, so that it can be cancelled from within its progress.
    private func preparing(
        _ scenario: Scenario, _ dataset: Dataset, _ decisions: [Decision] = [], threads: Int,
        isCancelled: @escaping @Sendable () -> Bool,
        shouldStopPlacing: @escaping @Sendable (SearchProgress) -> Bool = { _ in false },
        progress: @escaping @Sendable (Pipeline.Stage, Double) -> Void
    ) async throws(PipelineError) -> PreparedScenario {
        let dataset = try adjusted(dataset)
        let handle = TaskHandle()
        let cache = ForecastCache.workspace(workspace, dataset)
        let task = Task { () -> Result<PreparedScenario, PipelineError> in
            do throws(PipelineError) {
                return .success(
                    try await Pipeline.prepare(
                        scenario, dataset, decisions: decisions, cache: cache, threads: threads,
                        shouldStopPlacing: shouldStopPlacing
                    ) { stage, part in
                        if isCancelled() { handle.cancel() }
                        progress(stage, part)
                    })
            } catch { return .failure(error) }
        }
        handle.hold { task.cancel() }
        let result = await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        return try result.get()
    }
}

/// A run with everything a report of it needs.
public struct StoredRun: Sendable {
    public var id: RunID
    /// As the workspace knows it.
    public var run: Run
    /// SHA-256 of the canonical result tables.
    public var digest: String
    public var prepared: PreparedScenario
    public var result: RunResult
}

/// How far a run has come.
public struct RunProgress: Sendable, Equatable {
    /// `data`, a `Pipeline.Stage`, or `simulation`; in the catalogue under `stage.<name>`.
    public var stage: String
    /// Part of the stage that is done, 0 to 1.
    public var fraction: Double
    /// Orders simulated so far, over all replications.
    public var orders: Int64

    public init(stage: String, fraction: Double, orders: Int64 = 0) {
        self.stage = stage
        self.fraction = fraction
        self.orders = orders
    }

    /// Part of the whole run that is done: what the stages take of it on ordinary data.
    public var overall: Double {
        let starts: [String: (Double, Double)] = [
            "data": (0, 0.05), "forecast": (0.05, 0.2), "demand": (0.25, 0.02), "placement": (0.27, 0.01),
            "stock": (0.28, 0.01), "world": (0.29, 0.01), "simulation": (0.3, 0.7),
        ]
        guard let (start, length) = starts[stage] else { return 0 }
        return start + length * min(1, max(0, fraction))
    }
}

extension Dataset {
    /// Fingerprint of the data set and of the files that a scenario adds to it.
    public var inputsFingerprint: String {
        furtherFiles.isEmpty ? fingerprint : Fingerprint.sha256(fingerprint + furtherFiles)
    }
}
