import Logging
import Hummingbird
import Retail
import Scenarios
import Store

/// Turns whatever went wrong into words: a page for people, JSON for programs.
struct ErrorPages: RouterMiddleware {
    let planner: Planner

    func handle(
        _ request: Request, context: BasicRequestContext,
        next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let (status, message) = words(error, request.language)
            if status == .internalServerError { context.logger.error("\(error)") }
            if request.uri.path.hasPrefix("/api/") {
                return try .json(APIError(error: message), status: status)
            }
            return try planner.page(
                "error", request, title: Catalogue.text("planner.error.title", request.language),
                ["message": message, "code": status.code], status: status)
        }
    }

    private func words(_ error: any Error, _ language: Language) -> (HTTPResponse.Status, String) {
        switch error {
        case let failure as PlannerFailure: return (failure.status, failure.message(language))
        case let error as HTTPError where error.status == .notFound:
            return (.notFound, PlannerFailure.notFound.message(language))
        case let error as HTTPError:
            return (error.status, error.body ?? error.status.reasonPhrase)
        case StoreError.noSuchRun(_, let id):
            return (.notFound, PlannerFailure.noSuchRun("\(id)").message(language))
        case let error as PipelineError:
            return (error.isBadInput ? .badRequest : .internalServerError, error.message(language))
        case let error as StoreError: return (.internalServerError, error.description)
        default: return (.internalServerError, Catalogue.text("planner.error.unexpected", language))
        }
    }
}
