import Foundation
import Hummingbird
import Reporting
import Retail
import Store

extension Planner {
    /// Lines on one page.
    private static var pageLength: Int { 100 }

    func addSuggestionPages(to router: Router<BasicRequestContext>) {
        router.get("runs/{id}/suggestions") { request, context in
            try suggestionPage(try runID(context), request)
        }
        router.get("runs/{id}/suggestions/csv") { request, context in
            let run = try finishedRun(context)
            let table = suggestionTable(
                try engine.workspace.suggestions(run.id), currency: Currency(code: run.inputs.currency) ?? .cny,
                language: request.language)
            return Response.download(
                spreadsheetCSV(table), type: "text/csv; charset=utf-8", name: "suggestions-\(run.id).csv")
        }
        router.get("runs/{id}/suggestions/xlsx") { request, context in
            let run = try finishedRun(context)
            return Response.download(
                try workbook(run, request.language),
                type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                name: "suggestions-\(run.id).xlsx")
        }
        router.get("runs/{id}/suggestions/{number}") { request, context in
            try explanationPage(try runID(context), try suggestionNumber(context), request)
        }
        router.post("runs/{id}/suggestions/{number}") { request, context in
            let id = try runID(context)
            let number = try suggestionNumber(context)
            guard let state = SuggestionState(rawValue: try await Form(reading: request)["state"]) else {
                throw PlannerFailure.badForm
            }
            _ = try suggestion(number, of: id)
            try engine.workspace.setState(state, ofSuggestion: number, in: id)
            return Response.seeOther("/runs/\(id)/suggestions/\(number)")
        }
    }

    private func suggestionNumber(_ context: BasicRequestContext) throws -> Int {
        guard let number = Int(context.parameters.get("number") ?? ""), number >= 0 else {
            throw PlannerFailure.notFound
        }
        return number
    }

    func suggestion(_ number: Int, of id: RunID) throws -> SuggestionRow {
        let lines = try engine.workspace.suggestions(id)
        guard lines.indices.contains(number) else { throw PlannerFailure.notFound }
        return lines[number]
    }

    private func workbook(_ run: Run, _ language: Language) throws -> [UInt8] {
        let path = NSTemporaryDirectory() + "granary-\(UUID().uuidString).xlsx"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try SuggestionWorkbook.write(
            try engine.workspace.suggestions(run.id), currency: Currency(code: run.inputs.currency) ?? .cny,
            language: language, to: path)
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    private func suggestionPage(_ id: RunID, _ request: Request) throws -> Response {
        let language = request.language
        let run = try engine.workspace.run(id)
        let text = numbers(run, language)
        let all = try engine.workspace.suggestions(id)
        let query = SuggestionQuery(request.query)
        let found = query.apply(to: all)
        let first = max(0, Int(request.query["from"]) ?? 0)
        let lines = found.dropFirst(first).prefix(Self.pageLength)
        let value = found.reduce(Amount.zero) { $0 + $1.line.value }
        let names = Dictionary(all.map { ($0.supplier, $0.supplierName) }, uniquingKeysWith: { a, _ in a })
        return try page(
            "suggestions", request, title: Catalogue.text("planner.suggestions", language),
            [
                "id": id.description, "run_name": run.inputs.name, "text": query.text,
                "suppliers": names.sorted { $0.key < $1.key }.map {
                    ["code": $0.key, "name": $0.value, "chosen": $0.key == query.supplier] as [String: Any]
                },
                "urgencies": Urgency.allCases.map { choice("urgency", $0.rawValue, query.urgency?.rawValue, language) },
                "sorts": SuggestionQuery.Order.allCases.map {
                    choice("planner.sort", $0.rawValue, query.order.rawValue, language)
                },
                "summary": Catalogue.text(
                    "planner.suggestions.summary", language, text.whole(Int64(found.count)),
                    text.whole(Int64(all.count)), text.money(value.major(in: text.currency))),
                "lines": lines.map { line(id, $0.number, $0.line, text, language) },
                "more": shown(first + lines.count < found.count ? moreAddress(request, first + lines.count) : ""),
            ], active: "runs")
    }

    private func line(
        _ id: RunID, _ number: Int, _ line: SuggestionRow, _ text: NumberText, _ language: Language
    ) -> [String: Any] {
        let urgency = line.urgency
        return [
            "run": id.description, "number": number, "sku": line.sku, "sku_name": line.skuName,
            "supplier": line.supplier, "node": line.node, "quantity": text.whole(line.quantity.final),
            "value": text.money(line.value.major(in: text.currency)), "order_by": line.orderBy.description,
            "stockout": line.stockout?.description ?? "–", "urgency": urgency.rawValue,
            "urgency_text": Catalogue.text("urgency.\(urgency.rawValue)", language),
            "reason": line.reason(language),
        ]
    }

    private func choice(_ kind: String, _ code: String, _ chosen: String?, _ language: Language) -> [String: Any] {
        ["code": code, "name": Catalogue.text("\(kind).\(code)", language), "chosen": code == chosen]
    }

    private func moreAddress(_ request: Request, _ from: Int) -> String {
        let kept = request.query.fields.filter { $0.name != "from" } + [("from", String(from))]
        return request.uri.path + "?"
            + kept.map { queryEncoded($0.name) + "=" + queryEncoded($0.value) }.joined(separator: "&")
    }

    private func explanationPage(_ id: RunID, _ number: Int, _ request: Request) throws -> Response {
        let language = request.language
        let run = try engine.workspace.run(id)
        let line = try suggestion(number, of: id)
        return try page(
            "suggestion", request, title: "\(line.sku) \(line.skuName)",
            [
                "id": id.description, "number": number, "run_name": run.inputs.name,
                "reason": line.reason(language), "state": line.state.rawValue,
                "state_text": Catalogue.text("planner.state.\(line.state.rawValue)", language),
                "parts": SuggestionParts.all(line, numbers(run, language), language),
            ], active: "runs")
    }
}
