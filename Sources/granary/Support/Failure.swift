import ArgumentParser
import Datasets
import Forecasting
import Placement
import Replenishment
import Reporting
import Retail
import Scenarios
import Store

/// Runs the work of a command and turns what it throws into words on standard error and an exit code:
/// the one place where errors become exit codes.
func reporting<Result>(in language: Language, _ work: () throws -> Result) throws -> Result {
    do { return try work() } catch { throw exit(for: error, language) }
}

func reporting<Result>(in language: Language, _ work: () async throws -> Result) async throws -> Result {
    do { return try await work() } catch { throw exit(for: error, language) }
}

/// An error in words of a language, as far as it has them.
func words(for error: any Error, in language: Language) -> String {
    let text =
        switch error {
        case let error as PipelineError: error.message(language)
        case let error as ScenarioError: error.message(language)
        case let error as DatasetError: error.message(language)
        case let error as DataIssue: error.message(language)
        case let error as FileError: error.message(language)
        case let error as DecisionFault: error.message(language)
        case let error as Refusal: error.words.text(language)
        case let error as ComparisonError: error.message(language)
        case let error as EditedFileError: error.message(language)
        default: Phrase.thrown("\(error)", in: language)
        }
    return Catalogue.text("cli.error", language, text)
}

extension EditedFileError {
    /// Why the file cannot be read, and what to do.
    fileprivate func message(_ language: Language) -> String {
        switch self {
        case .sheet(let error): Phrase.thrown(error.description, in: language)
        case .csv(let error): error.message(language)
        }
    }
}

/// Why a command cannot go on with what it was given, and what to do.
struct Refusal: Error {
    var words: Phrase

    init(_ words: Phrase) { self.words = words }
}

private func exit(for error: any Error, _ language: Language) -> any Error {
    switch error {
    case is ExitCode, is ValidationError, is CleanExit:
        return error
    case is CancellationError, ForecastError.cancelled:
        note(Catalogue.text("cli.interrupted", language))
        return Exit.interrupted
    case let error as PipelineError where error.isCancellation:
        note(Catalogue.text("cli.interrupted", language))
        return Exit.interrupted
    case let error as PipelineError:
        note(words(for: error, in: language))
        return error.isBadInput ? Exit.badData : Exit.failed
    case StoreError.refused, StoreError.noSuchBook:
        note(words(for: error, in: language))
        return Exit.badData
    case is Refusal, is DecisionFault, is DatasetError, is DataIssue, is ForecastError, is PlacementError,
        is ReplenishmentError:
        note(words(for: error, in: language))
        return Exit.badData
    default:
        note(words(for: error, in: language))
        return Exit.failed
    }
}
