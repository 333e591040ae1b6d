import ArgumentParser
import Datasets
import Forecasting
import Placement
import Replenishment
import Reporting
import Scenarios
import Simulation
import Store

/// Runs the work of a command and turns what it throws into words on standard error and an exit code:
/// the one place where errors become exit codes.
func reporting<Result>(_ work: () throws -> Result) throws -> Result {
    do { return try work() } catch { throw exit(for: error) }
}

func reporting<Result>(_ work: () async throws -> Result) async throws -> Result {
    do { return try await work() } catch { throw exit(for: error) }
}

private func exit(for error: any Error) -> any Error {
    switch error {
    case is ExitCode, is ValidationError, is CleanExit:
        return error
    case is CancellationError, ForecastError.cancelled, SimulationError.cancelled:
        note("interrupted")
        return Exit.interrupted
    case is DatasetError, is DataIssue, is ScenarioError, is ForecastError, is PlacementError, is ReplenishmentError,
        is ComparisonError:
        note("error: \(error)")
        return Exit.badData
    case let error as SimulationError:
        note("error: \(error)")
        return error.isAboutInput ? Exit.badData : Exit.failed
    default:
        note("error: \(error)")
        return Exit.failed
    }
}
