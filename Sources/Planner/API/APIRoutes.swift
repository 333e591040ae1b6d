import Foundation
import Hummingbird
import Retail
import Scenarios
import Store

extension Planner {
    /// The HTTP API. Every route here is described in `OpenAPI`; a test compares the two.
    func addAPI(to router: Router<BasicRequestContext>) {
        let api = router.group("api/v1")
        api.get("openapi.json") { _, _ in try Response.json(OpenAPI.document) }
        api.get("runs") { request, _ in
            let runs = try engine.workspace.runs()
            return try Response.json(APIRunList(runs: runs.map { view($0, request.language) }))
        }
        api.post("runs") { request, _ in try await startRun(request) }
        api.get("runs/{id}") { request, context in
            let run = try engine.workspace.run(try runID(context))
            var view = view(run, request.language)
            if run.status == .done {
                view.figures = try engine.workspace.figures(run.id).map(APIFigure.init)
                view.tables = try engine.workspace.tableNames(run.id)
            }
            return try Response.json(view)
        }
        api.post("runs/{id}/cancel") { request, context in
            let id = try runID(context)
            _ = try engine.workspace.run(id)
            guard desk.cancel(id) else { throw PlannerFailure.notRunning }
            return try Response.json(view(try engine.workspace.run(id), request.language), status: .accepted)
        }
        api.get("runs/{id}/tables/{name}") { _, context in
            try Response.json(APITable(try storedTable(try runID(context), context.parameters.get("name") ?? "")))
        }
        api.get("runs/{id}/suggestions") { request, context in
            let run = try engine.workspace.run(try runID(context))
            let currency = Currency(code: run.inputs.currency) ?? .cny
            let lines = SuggestionQuery(request.query).apply(to: try engine.workspace.suggestions(run.id))
            return try Response.json(
                APISuggestionList(
                    suggestions: lines.map {
                        APISuggestion($0.line, number: $0.number, currency: currency, language: request.language)
                    }))
        }
        api.get("books") { _, _ in
            try Response.json(APIBookList(books: try engine.workspace.books().map(APIBook.init)))
        }
        api.get("books/{book}") { request, context in
            let desk = try buying(ofBook: context)
            return try Response.json(
                APISuggestionList(
                    suggestions: SuggestionQuery(request.query).apply(to: desk.lines).map {
                        APISuggestion($0.line, number: $0.number, currency: desk.currency, language: request.language)
                    }))
        }
        api.get("books/{book}/tables/{name}") { request, context in
            try Response.json(APITable(try bookTable(try buying(ofBook: context), context, request.language)))
        }
        api.post("books/{book}/lines/{number}") { request, context in
            try await decideByAPI(try buying(ofBook: context), context, request)
        }
        api.get("compare") { request, _ in
            try Response.json(APIComparison(try engine.compare(try chosenRuns(request))))
        }
        api.get("scenarios") { request, _ in
            let language = request.language
            return try Response.json(
                APIScenarioList(scenarios: try scenarioNames().map { try scenarioView($0, language) }))
        }
    }

    private func decideByAPI(
        _ desk: SuggestionDesk, _ context: BasicRequestContext, _ request: Request
    ) async throws -> Response {
        guard let number = Int(context.parameters.get("number") ?? ""), desk.lines.indices.contains(number) else {
            throw PlannerFailure.notFound
        }
        let body: ByteBuffer
        do { body = try await request.body.collect(upTo: Form.limit) } catch { throw PlannerFailure.tooLarge }
        guard let asked = try? JSONDecoder().decode(APIDecision.self, from: Data(body.readableBytesView)),
            !asked.by.isEmpty,
            let decision = decision(asked.form, on: desk.lines[number], of: desk.book)
        else { throw PlannerFailure.badForm }
        do { try engine.workspace.decide([decision], dataset: desk.book?.dataset ?? "") } catch {
            return try Response.json(APIError(error: "\(error)"), status: .conflict)
        }
        let line = try engine.workspace.lines(of: desk.book?.id ?? BookID(0))[number]
        return try Response.json(
            APISuggestion(line, number: number, currency: desk.currency, language: request.language))
    }

    private func startRun(_ request: Request) async throws -> Response {
        let body: ByteBuffer
        do { body = try await request.body.collect(upTo: Form.limit) } catch { throw PlannerFailure.tooLarge }
        guard let asked = try? JSONDecoder().decode(APIRunRequest.self, from: Data(body.readableBytesView)) else {
            throw PlannerFailure.badForm
        }
        let path = try scenarioPath(asked.scenario)
        var form = ScenarioForm()
        guard let id = try start(path, overrides: asked.overrides ?? [], form: &form) else {
            let problems = problems(form.issues, request.language)
            let refusal = APIError(
                error: Catalogue.text("planner.new.problems", request.language), problems: problems)
            return try Response.json(refusal, status: .unprocessableContent)
        }
        var response = try Response.json(view(try engine.workspace.run(id), request.language), status: .accepted)
        response.headers[.location] = "/api/v1/runs/\(id)"
        return response
    }

    private func problems(_ issues: [ScenarioIssue], _ language: Language) -> [APIProblem] {
        issues.map { APIProblem(path: $0.path, message: $0.message(language)) }
    }

    private func scenarioView(_ name: String, _ language: Language) throws -> APIScenario {
        let form = try ScenarioForm(name: name, path: try scenarioPath(name))
        return APIScenario(
            name: name, title: form.scenario?.name ?? "",
            levers: form.groups.flatMap(\.levers).map {
                .init(path: $0.path, value: $0.value, label: $0.label(language), choices: $0.choices)
            },
            problems: problems(form.issues, language))
    }

    private func view(_ run: Run, _ language: Language) -> APIRun {
        let inputs = run.inputs
        return APIRun(
            id: run.id.number, name: inputs.name, status: run.status.rawValue, progress: run.progress,
            stage: run.stage, stage_text: run.stageText(language), started: run.started, finished: run.finished,
            message: endMessage(run, language), currency: inputs.currency, seed: String(inputs.seed),
            replications: inputs.replications, overrides: inputs.overrides, engine_version: inputs.engineVersion,
            processor: inputs.processor, data_fingerprint: inputs.dataFingerprint,
            forecast_digest: inputs.forecastDigest, plan_digest: inputs.planDigest, result_digest: run.resultDigest)
    }
}
