import ArgumentParser
import Datasets
import Forecasting
import Placement
import Replenishment
import Scenarios
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
    case is CancellationError, ForecastError.cancelled:
        note("interrupted")
        return Exit.interrupted
    case let error as PipelineError where error.isCancellation:
        note("interrupted")
        return Exit.interrupted
    case let error as PipelineError:
        note("error: \(error)")
        return error.isBadInput ? Exit.badData : Exit.failed
    case StoreError.refused, StoreError.noSuchBook:
        note("error: \(error)")
        return Exit.badData
    case is DatasetError, is DataIssue, is ForecastError, is PlacementError, is ReplenishmentError:
        note("error: \(error)")
        return Exit.badData
    default:
        note("error: \(error)")
        return Exit.failed
    }
}
