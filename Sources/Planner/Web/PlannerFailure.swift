import Hummingbird
import Retail

/// What a request can be refused for, in words of the catalogue (`planner.error.<key>`).
enum PlannerFailure: Error, Equatable {
    case notFound
    case noSuchRun(String)
    case noSuchTable(String)
    case noSuchScenario(String)
    case notDone
    case notRunning
    case tooManyRuns
    case foreignHost(String)
    case foreignOrigin
    case badForm
    case tooLarge
    case chooseTwo

    var status: HTTPResponse.Status {
        switch self {
        case .notFound, .noSuchRun, .noSuchTable, .noSuchScenario: .notFound
        case .notDone, .notRunning: .conflict
        case .tooManyRuns: .tooManyRequests
        case .foreignHost: .misdirectedRequest
        case .foreignOrigin: .forbidden
        case .badForm, .chooseTwo: .badRequest
        case .tooLarge: .contentTooLarge
        }
    }

    func message(_ language: Language) -> String {
        switch self {
        case .notFound: Catalogue.text("planner.error.not_found", language)
        case .noSuchRun(let run): Catalogue.text("planner.error.no_such_run", language, run)
        case .noSuchTable(let name): Catalogue.text("planner.error.no_such_table", language, name)
        case .noSuchScenario(let name): Catalogue.text("planner.error.no_such_scenario", language, name)
        case .notDone: Catalogue.text("planner.error.not_done", language)
        case .notRunning: Catalogue.text("planner.error.not_running", language)
        case .tooManyRuns: Catalogue.text("planner.error.too_many_runs", language)
        case .foreignHost(let host): Catalogue.text("planner.error.foreign_host", language, host)
        case .foreignOrigin: Catalogue.text("planner.error.foreign_origin", language)
        case .badForm: Catalogue.text("planner.error.bad_form", language)
        case .tooLarge: Catalogue.text("planner.error.too_large", language)
        case .chooseTwo: Catalogue.text("planner.error.choose_two", language)
        }
    }
}
