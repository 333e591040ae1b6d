public import Datasets
public import Forecasting
public import Placement
public import Replenishment
public import Retail
public import Simulation
public import Store

/// Why a scenario could not be prepared or run: the error of the room it happened in.
public enum PipelineError: Error, Sendable, CustomStringConvertible {
    case scenario(ScenarioError)
    case dataset(DatasetError)
    case forecast(ForecastError)
    case placement(PlacementError)
    case replenishment(ReplenishmentError)
    case simulation(SimulationError)
    case store(StoreError)
    case comparison(ComparisonError)
    /// The data set lacks something that a run cannot do without.
    case missing(String)
    case cancelled

    public func message(_ language: Language) -> String {
        switch self {
        case .scenario(let error): error.message(language)
        case .dataset(let error): error.message(language)
        case .forecast(let error): Phrase.thrown(error.description, in: language)
        case .placement(let error): Phrase.thrown(error.description, in: language)
        case .replenishment(let error): Phrase.thrown(error.description, in: language)
        case .simulation(let error): error.description
        case .store(let error): Phrase.thrown(error.description, in: language)
        case .comparison(let error): error.message(language)
        case .missing(let what): Catalogue.text("pipeline.missing", language, what)
        case .cancelled: Catalogue.text("pipeline.cancelled", language)
        }
    }

    public var description: String { message(.english) }

    /// The input is at fault (exit code 2) rather than the program or the machine.
    public var isBadInput: Bool {
        switch self {
        case .scenario, .dataset, .placement, .comparison, .missing: true
        case .simulation(.invalid), .simulation(.overflow), .simulation(.checkpoint): true
        case .forecast, .replenishment, .simulation, .store, .cancelled: false
        }
    }

    public var isCancellation: Bool {
        switch self {
        case .cancelled, .simulation(.cancelled), .forecast(.cancelled): true
        default: false
        }
    }
}
