import Foundation
import Hummingbird
import Replenishment
import Reporting
import Retail
import Store

extension Planner {
    func linePage(_ desk: SuggestionDesk, _ number: Int, _ request: Request, problem: String = "") throws -> Response {
        let language = request.language
        guard desk.lines.indices.contains(number) else { throw PlannerFailure.notFound }
        let line = desk.lines[number]
        let status = line.status
        let history = try engine.workspace.decisions(dataset: desk.book?.dataset ?? "").filter { $0.key == line.key }
        let steps = SuggestionEngine.explanation(
            of: line.line, supplier: line.supplierName.isEmpty ? line.supplier : line.supplierName, rival: line.rival,
            currency: desk.currency, language: language)
        return try page(
            "suggestion", request, title: "\(line.sku) \(line.skuName)",
            [
                "base": desk.base, "number": number, "home": desk.home, "home_name": desk.homeName,
                "reason": line.reason(language), "state": status.state.rawValue, "steps": steps,
                "state_text": Catalogue.text("state.\(status.state.rawValue)", language),
                "marks": shown(status.marks.map { words("mark", $0.rawValue, language) }.joined(separator: "; ")),
                "drift": shown(status.drift.map { String($0) } ?? ""), "problem": shown(problem),
                "until": shown(status.until?.description ?? ""),
                "quantity": String(line.orderQuantity > 0 ? line.orderQuantity : line.quantity.final),
                "actions": status.state.next.map {
                    ["state": $0.rawValue, "words": Catalogue.text("planner.decide.\($0.rawValue)", language)]
                        as [String: Any]
                },
                "can_decide": !status.state.next.isEmpty, "has_history": !history.isEmpty,
                "history": history.map { decision -> [String: Any] in
                    [
                        "at": momentText(decision.at), "by": decision.by, "reason": decision.reason,
                        "state": Catalogue.text("state.\(decision.state.rawValue)", language),
                        "quantity": String(decision.quantity ?? decision.suggested.quantity),
                        "until": decision.until?.description ?? "", "order": decision.order,
                    ]
                },
                "parts": SuggestionParts.all(line, desk.text(language), language),
            ], active: desk.isOfRun ? "runs" : "orders", status: problem.isEmpty ? .ok : .conflict)
    }

    /// Takes a decision from the form of a line's page.
    func decide(_ desk: SuggestionDesk, _ number: Int, _ request: Request) async throws -> Response {
        guard desk.lines.indices.contains(number) else { throw PlannerFailure.notFound }
        let form = try await Form(reading: request)
        guard let decision = decision(form, on: desk.lines[number], of: desk.book) else { throw PlannerFailure.badForm }
        do { try engine.workspace.decide([decision], dataset: desk.book?.dataset ?? "") } catch {
            guard case .refused(_, _, let from, let to) = error else { throw error }
            let language = request.language
            let problem = Catalogue.text(
                "planner.decide.refused", language, Catalogue.text("state.\(from.rawValue)", language),
                Catalogue.text("state.\(to.rawValue)", language))
            return try linePage(desk, number, request, problem: problem)
        }
        return Response.seeOther("\(desk.base)/\(number)")
    }

    /// Nil where the form makes no sense. An empty field means what is usual.
    func decision(_ form: Form, on line: SuggestionRow, of book: OrderBookEntry?) -> Decision? {
        guard let book, let state = SuggestionState(rawValue: form["state"]) else { return nil }
        var quantity: Int64?
        if !form["quantity"].isEmpty {
            guard let typed = Int64(form["quantity"]), (0...Decision.largestQuantity).contains(typed) else {
                return nil
            }
            if typed != line.quantity.final { quantity = typed }
        }
        let named = Day(iso: form["until"])
        guard named != nil || form["until"].isEmpty else { return nil }
        let until: Day?
        do { until = try Decision.lastDay(named, state, today: book.today) } catch { return nil }
        let by = form["by"].isEmpty ? "planner" : String(form["by"].prefix(100))
        return Decision(
            key: line.key, state: state, quantity: [.approved, .ordered].contains(state) ? quantity : nil,
            order: String(form["order"].prefix(100)), due: state == .ordered ? line.receipt : nil,
            reason: String(form["reason"].prefix(500)), by: by, at: Int64(Date().timeIntervalSince1970), until: until,
            book: book.id, suggested: .init(line.line))
    }

    /// A table beside the lines of a book.
    func bookTable(
        _ desk: SuggestionDesk, _ context: BasicRequestContext, _ language: Language
    ) throws -> ResultTable {
        let name = context.parameters.get("name") ?? ""
        guard let table = try engine.workspace.tables(of: desk.book?.id ?? BookID(0)).first(where: { $0.name == name })
        else {
            throw PlannerFailure.noSuchTable(name)
        }
        return table.told(in: language)
    }

    /// Reads an edited sheet back: shows every difference, and records the changes where a name is given.
    func importSheet(_ desk: SuggestionDesk, _ request: Request) async throws -> Response {
        let upload = try await Upload(reading: request)
        guard let file = upload.file, !file.bytes.isEmpty else { throw PlannerFailure.badForm }
        let isCSV = file.name.lowercased().hasSuffix(".csv")
        let path = NSTemporaryDirectory() + "granary-\(UUID().uuidString)" + (isCSV ? ".csv" : ".xlsx")
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(file.bytes).write(to: URL(fileURLWithPath: path))
        let language = request.language
        var problem = ""
        var review = SheetReview([], against: [])
        do { review = SheetReview(try EditedSuggestions.read(path), against: desk.lines) } catch {
            // The file's own name, not that of our copy.
            problem = "\(error)".replacingOccurrences(of: path, with: file.name)
                .replacingOccurrences(of: String(path.split(separator: "/").last ?? ""), with: file.name)
        }
        let by = upload.form["by"]
        if problem.isEmpty, !by.isEmpty {
            let decisions = review.decisions(
                by: String(by.prefix(100)), at: Int64(Date().timeIntervalSince1970),
                today: desk.book?.today ?? Day(number: 0),
                book: desk.book?.id ?? BookID(0))
            do { try engine.workspace.decide(decisions, dataset: desk.book?.dataset ?? "") } catch {
                problem = "\(error)"
            }
        }
        let table = differenceTable(review.differences, language: language)
        let rows = (0..<min(1_000, table.rowCount)).map { row -> [String: Any] in
            ["cells": table.columns.map { ["text": $0.cell(row, desk.text(language))] as [String: Any] }]
        }
        return try page(
            "import", request, title: Catalogue.text("planner.orders.import", language),
            [
                "home": desk.base, "home_name": desk.homeName, "problem": shown(problem),
                "summary": Catalogue.text(
                    "cli.import_checked", language, "\(review.matched)", "\(review.differences.count)",
                    "\(review.changes.count)"),
                "recorded": shown(
                    problem.isEmpty && !by.isEmpty
                        ? Catalogue.text("cli.import_recorded", language, "\(review.changes.count)", by) : ""),
                "columns": table.columns.map {
                    ["heading": words("column", $0.name, language)] as [String: Any]
                }, "rows": rows, "any": !rows.isEmpty,
            ], active: "orders", status: problem.isEmpty ? .ok : .unprocessableContent)
    }
}
