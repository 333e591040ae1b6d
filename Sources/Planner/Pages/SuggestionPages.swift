import Foundation
import Hummingbird
import Reporting
import Retail
import Store

/// Suggestions as pages show them: of a run, or of a book made alone.
struct SuggestionDesk {
    /// Address of the list; a line lies at `<base>/<number>`.
    var base: String
    var home: String
    var homeName: String
    /// Stem of the names of downloads.
    var file: String
    var currency: Currency
    /// Nil for a run without suggestions.
    var book: OrderBookEntry?
    var lines: [SuggestionRow]
    var tables: [String]
    var isOfRun = false

    func text(_ language: Language) -> NumberText { NumberText(language: language, currency: currency) }
}

extension Planner {
    /// Lines on one page.
    private static var pageLength: Int { 100 }

    func addSuggestionPages(to router: Router<BasicRequestContext>) {
        router.get("orders") { request, _ in try booksPage(request) }
        addSuggestionPages(to: router, under: "orders/{book}") { context in try buying(ofBook: context) }
        addSuggestionPages(to: router, under: "runs/{id}/suggestions") { context in try buying(ofRun: context) }
        router.get("orders/{book}/tables/{name}") { request, context in
            let desk = try buying(ofBook: context)
            let table = try bookTable(desk, context, request.language)
            return try resultTablePage(
                table, desk.text(request.language), request, home: (desk.base, desk.homeName),
                csv: "\(desk.base)/tables/\(table.name)/csv", active: "orders")
        }
        router.get("orders/{book}/tables/{name}/csv") { request, context in
            let desk = try buying(ofBook: context)
            let table = try bookTable(desk, context, request.language)
            return Response.download(
                spreadsheetCSV(table), type: "text/csv; charset=utf-8", name: "\(desk.file)-\(table.name).csv")
        }
        router.post("orders/{book}/import") { request, context in
            try await importSheet(try buying(ofBook: context), request)
        }
    }

    private func addSuggestionPages(
        to router: Router<BasicRequestContext>, under base: String,
        _ find: @escaping @Sendable (BasicRequestContext) throws -> SuggestionDesk
    ) {
        router.get(RouterPath(base)) { request, context in try suggestionPage(try find(context), request) }
        router.get(RouterPath(base + "/csv")) { request, context in
            let desk = try find(context)
            let table = suggestionTable(desk.lines, currency: desk.currency, language: request.language)
            return Response.download(
                spreadsheetCSV(table), type: "text/csv; charset=utf-8", name: desk.file + ".csv")
        }
        router.get(RouterPath(base + "/xlsx")) { request, context in
            let desk = try find(context)
            return Response.download(
                try workbook(desk, request.language),
                type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name: desk.file + ".xlsx")
        }
        router.get(RouterPath(base + "/{number}")) { request, context in
            try linePage(try find(context), try suggestionNumber(context), request)
        }
        router.post(RouterPath(base + "/{number}")) { request, context in
            let (desk, number) = (try find(context), try suggestionNumber(context))
            return try await decide(desk, number, request)
        }
    }

    private func buying(ofRun context: BasicRequestContext) throws -> SuggestionDesk {
        let run = try finishedRun(context)
        return SuggestionDesk(
            base: "/runs/\(run.id)/suggestions", home: "/runs/\(run.id)", homeName: run.inputs.name,
            file: "suggestions-\(run.id)", currency: Currency(code: run.inputs.currency) ?? .cny,
            book: try engine.workspace.book(of: run.id),
            lines: try engine.workspace.suggestions(run.id), tables: [], isOfRun: true)
    }

    func buying(ofBook context: BasicRequestContext) throws -> SuggestionDesk {
        guard let id = BookID(context.parameters.get("book") ?? "") else { throw PlannerFailure.notFound }
        let entry: OrderBookEntry
        do { entry = try engine.workspace.book(id) } catch {
            guard case .noSuchBook = error else { throw error }
            throw PlannerFailure.notFound
        }
        return SuggestionDesk(
            base: "/orders/\(id)", home: "/orders", homeName: "\(entry.dataset) \(entry.today)", file: "orders-\(id)",
            currency: Currency(code: entry.currency) ?? .cny, book: entry, lines: try engine.workspace.lines(of: id),
            tables: try engine.workspace.tables(of: id).map(\.name))
    }

    private func suggestionNumber(_ context: BasicRequestContext) throws -> Int {
        guard let number = Int(context.parameters.get("number") ?? ""), number >= 0 else {
            throw PlannerFailure.notFound
        }
        return number
    }

    private func workbook(_ desk: SuggestionDesk, _ language: Language) throws -> [UInt8] {
        let path = NSTemporaryDirectory() + "granary-\(UUID().uuidString).xlsx"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try SuggestionWorkbook.write(desk.lines, currency: desk.currency, language: language, to: path)
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    private func booksPage(_ request: Request) throws -> Response {
        let language = request.language
        let books = try engine.workspace.books()
        return try page(
            "books", request, title: Catalogue.text("planner.orders", language),
            [
                "none": books.isEmpty,
                "books": books.map { book -> [String: Any] in
                    let text = NumberText(language: language, currency: Currency(code: book.currency) ?? .cny)
                    return [
                        "id": book.id.description, "dataset": book.dataset.isEmpty ? "–" : book.dataset,
                        "source": book.source, "today": book.today.description, "made": momentText(book.made),
                        "lines": text.whole(Int64(book.lineCount)),
                        "value": text.money(book.value.major(in: text.currency)),
                    ]
                },
            ], active: "orders")
    }

    private func suggestionPage(_ desk: SuggestionDesk, _ request: Request) throws -> Response {
        let language = request.language
        let text = desk.text(language)
        let query = SuggestionQuery(request.query)
        let found = query.apply(to: desk.lines)
        let first = max(0, Int(request.query["from"]) ?? 0)
        let lines = found.dropFirst(first).prefix(Self.pageLength)
        let value = found.reduce(Amount.zero) { $0 + $1.line.orderValue(in: text.currency) }
        let names = Dictionary(desk.lines.map { ($0.supplier, $0.supplierName) }, uniquingKeysWith: { a, _ in a })
        let shownTables = [
            "exceptions", "supplier_orders", "order_worth", "transfer_suggestions", "stock_health", "stock_ageing",
            "suppliers", "stock_targets",
        ]
        return try page(
            "suggestions", request, title: Catalogue.text("planner.suggestions", language),
            [
                "base": desk.base, "home": desk.home, "home_name": desk.homeName, "text": query.text,
                "imports": !desk.isOfRun,
                "tables": shownTables.filter { desk.tables.contains($0) }.map {
                    ["name": $0, "words": words("table", $0, language)] as [String: Any]
                },
                "suppliers": names.sorted { $0.key < $1.key }.map {
                    ["code": $0.key, "name": $0.value, "chosen": $0.key == query.supplier] as [String: Any]
                },
                "urgencies": Urgency.allCases.map { choice("urgency", $0.rawValue, query.urgency?.rawValue, language) },
                "states": SuggestionState.allCases.map {
                    choice("state", $0.rawValue, query.state?.rawValue, language)
                },
                "sorts": SuggestionQuery.Order.allCases.map {
                    choice("planner.sort", $0.rawValue, query.order.rawValue, language)
                },
                "summary": Catalogue.text(
                    "planner.suggestions.summary", language, text.whole(Int64(found.count)),
                    text.whole(Int64(desk.lines.count)), text.money(value.major(in: text.currency))),
                "lines": lines.map { line($0.number, $0.line, text, language) },
                "more": shown(first + lines.count < found.count ? moreAddress(request, first + lines.count) : ""),
            ], active: desk.isOfRun ? "runs" : "orders")
    }

    private func line(
        _ number: Int, _ line: SuggestionRow, _ text: NumberText, _ language: Language
    ) -> [String: Any] {
        let urgency = line.urgency
        let marks = line.status.marks.map { words("mark", $0.rawValue, language) }.joined(separator: "; ")
        return [
            "number": number, "sku": line.sku, "sku_name": line.skuName,
            "supplier": line.supplierName, "node": line.node, "quantity": text.whole(line.orderQuantity),
            "drift": shown(line.status.drift.map { ($0 > 0 ? "+" : "") + text.whole($0) } ?? ""),
            "value": text.money(line.orderValue(in: text.currency).major(in: text.currency)),
            "order_by": line.orderBy.description,
            "stockout": line.stockout?.description ?? "–", "urgency": urgency.rawValue,
            "urgency_text": Catalogue.text("urgency.\(urgency.rawValue)", language),
            "state": line.status.state.rawValue,
            "state_text": Catalogue.text("state.\(line.status.state.rawValue)", language), "marks": shown(marks),
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
}
