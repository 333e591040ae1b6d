public import Retail
public import Simulation

/// What a scenario file holds: a promotion day, or a bare model that is held against an exact answer.
public enum ScenarioFile: Sendable {
    case day(Scenario)
    case model(ModelScenario)
}

/// A bare queueing or inventory model, ready to run: no data set, no workspace.
public struct ModelScenario: Sendable, Equatable {
    public enum Model: Sendable, Equatable {
        case queueing(QueueingModel)
        case inventory(InventoryModel)
    }

    public var name: String
    public var about: String
    public var seed: UInt64
    public var replications: Int
    public var model: Model
    /// The section it was read from, and where that stands.
    public var key: String
    public var place: SourcePlace
    /// The merged settings as YAML.
    public var text: String

    /// Runs the model.
    /// - Parameters:
    ///   - seed, replications: go before the file's own.
    /// - Returns: every figure with its 95 % interval; the same for any number of threads.
    public func run(
        seed: UInt64? = nil, replications: Int? = nil, threads: Int,
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) async throws(PipelineError) -> [Figure] {
        let (seed, count) = (seed ?? self.seed, replications ?? self.replications)
        do throws(SimulationError) {
            switch model {
            case .queueing(let model):
                return try await Simulator.run(
                    model, seed: seed, replications: count, threads: threads, isCancelled: isCancelled)
            case .inventory(let model):
                return try await Simulator.run(
                    model, seed: seed, replications: count, threads: threads, isCancelled: isCancelled)
            }
        } catch { throw .simulation(error) }
    }

    /// Decodes checked settings; everything wrong with the model is an issue at its place.
    static func decode(
        _ key: String, _ values: [String: SettingValue], places: [String: SourcePlace], name: String,
        settings: SettingsNode
    ) -> (ModelScenario?, [ScenarioIssue]) {
        var decoder = ModelDecoder(SettingsReader(values: values), places: places, key: key, file: name)
        let model: Model? =
            key == "queueing" ? decoder.queueing().map(Model.queueing) : decoder.inventory().map(Model.inventory)
        guard let model, decoder.issues.isEmpty else { return (nil, decoder.issues) }
        let read = decoder.read
        let scenario = ModelScenario(
            name: read.text("name") ?? name, about: read.text("description") ?? "",
            seed: UInt64(read.integer("seed") ?? 1), replications: Int(read.integer("replications") ?? 1), model: model,
            key: key, place: decoder.place(key), text: ScenarioWriter.text(settings))
        return (scenario, [])
    }
}
