import Datasets
import Hummingbird
import Reporting
import Retail
import Scenarios
import Store

extension Planner {
    func addRunPages(to router: Router<BasicRequestContext>) {
        router.get("/") { request, _ in try runListPage(request) }
        router.get("runs/{id}") { request, context in
            try runPage(try runID(context), request)
        }
        router.post("runs/{id}/cancel") { _, context in
            let id = try runID(context)
            guard desk.cancel(id) else { throw PlannerFailure.notRunning }
            return Response.seeOther("/runs/\(id)")
        }
        router.get("runs/{id}/report") { request, context in
            let run = try finishedRun(context)
            var response = Response.html(try engine.report(run.id, request.language))
            response.headers[.contentSecurityPolicy] = SecurityHeaders.reportPolicy
            return response
        }
        router.get("runs/{id}/tables/{name}") { request, context in
            try tablePage(try runID(context), context.parameters.get("name") ?? "", request)
        }
        router.get("runs/{id}/tables/{name}/csv") { _, context in
            let table = try storedTable(try runID(context), context.parameters.get("name") ?? "")
            return Response.download(csv(table), type: "text/csv; charset=utf-8", name: "\(table.name).csv")
        }
        router.get("runs/{id}/export") { _, context in
            let run = try finishedRun(context)
            return Response.download(
                try RunArchive.bytes(run, workspace: engine.workspace), type: "application/zip",
                name: "granary-run-\(run.id).zip")
        }
    }

    /// The run that the address names.
    func runID(_ context: BasicRequestContext) throws -> RunID {
        let text = context.parameters.get("id") ?? ""
        guard let id = RunID(text) else { throw PlannerFailure.noSuchRun(text) }
        return id
    }

    func finishedRun(_ context: BasicRequestContext) throws -> Run {
        let run = try engine.workspace.run(try runID(context))
        guard run.status == .done else { throw PlannerFailure.notDone }
        return run
    }

    func storedTable(_ id: RunID, _ name: String) throws -> ResultTable {
        guard let table = try engine.workspace.table(id, named: name) else { throw PlannerFailure.noSuchTable(name) }
        return table
    }

    /// Why a run has no results, in the reader's language where that is known.
    func endMessage(_ run: Run, _ language: Language) -> String {
        desk.failure(of: run.id)?.message(language) ?? run.message
    }

    private func runListPage(_ request: Request) throws -> Response {
        let language = request.language
        let workspace = engine.workspace
        let runs = try workspace.runs()
        let figures = try Dictionary(
            uniqueKeysWithValues: runs.filter { $0.status == .done }.map { ($0.id, try workspace.figures($0.id)) })
        let keys = headlineKeys(figures.values.first ?? [])
        let rows = runs.map { run -> [String: Any] in
            let text = numbers(run, language)
            return [
                "id": run.id.description, "name": run.inputs.name, "is_done": run.status == .done,
                "choose": Catalogue.text("planner.runs.choose_run", language, run.inputs.name),
                "status": run.status.rawValue, "status_text": statusText(run, language),
                "share": shown(run.status == .running ? text.percent(run.progress, 0) : ""),
                "started": momentText(run.started),
                "figures": keys.map { key -> [String: Any] in
                    guard let figure = figures[run.id]?.first(where: { $0.key == key }) else {
                        return ["mean": "", "interval": ""]
                    }
                    return figureCell(figure.mean, figure.halfWidth, figure.unit, text)
                },
            ]
        }
        let columns = keys.map { ["heading": words("figure", $0, language)] }
        return try page(
            "runs", request, title: Catalogue.text("planner.runs", language),
            ["none": rows.isEmpty, "some": !rows.isEmpty, "runs": rows, "columns": columns], active: "runs")
    }

    /// The few figures a list has room for: those named here that the run has, else its first ones.
    private func headlineKeys(_ figures: [Figure]) -> [String] {
        let wanted = ["orders", "fill_rate", "on_time_share", "contribution_margin"]
        let found = wanted.filter { key in figures.contains { $0.key == key } }
        return Array((found.count > 1 ? found : figures.map(\.key)).prefix(4))
    }

    private func runPage(_ id: RunID, _ request: Request) throws -> Response {
        let language = request.language
        let run = try engine.workspace.run(id)
        let text = numbers(run, language)
        let isDone = run.status == .done
        let message = run.status == .failed || run.status == .interrupted ? endMessage(run, language) : ""
        let figures = try engine.workspace.figures(id).map { figure -> [String: Any] in
            var cell = figureCell(figure.mean, figure.halfWidth, figure.unit, text)
            cell["name"] = words("figure", figure.key, language)
            return cell
        }
        let tables = try engine.workspace.tableNames(id).map { ["name": $0, "heading": words("table", $0, language)] }
        return try page(
            "run", request, title: run.inputs.name,
            [
                "id": id.description, "lang": language.rawValue, "status": run.status.rawValue,
                "status_text": statusText(run, language), "started": momentText(run.started) + " UTC",
                "is_running": run.status == .running, "can_cancel": desk.isOpen(id), "is_done": isDone,
                "stage": run.stageText(language), "progress": String(run.progress),
                "share": text.percent(run.progress, 0), "message": message, "has_message": !message.isEmpty,
                "interval_note": Catalogue.text(
                    "planner.figures.note", language, String(run.inputs.replications)),
                "figures": figures, "tables": tables, "facts": facts(run, language), "scenario": run.inputs.scenario,
            ],
            active: "runs", refreshes: run.status == .running)
    }

    private func facts(_ run: Run, _ language: Language) -> [[String: String]] {
        let inputs = run.inputs
        let overrides = inputs.overrides.joined(separator: ", ")
        let all = [
            ("overrides", overrides), ("seed", String(inputs.seed)), ("replications", String(inputs.replications)),
            ("data", inputs.dataFingerprint), ("forecast", inputs.forecastDigest ?? ""),
            ("plan", inputs.planDigest ?? ""), ("result", run.resultDigest ?? ""), ("engine", inputs.engineVersion),
            ("processor", inputs.processor), ("finished", run.finished.map { momentText($0) + " UTC" } ?? ""),
        ]
        return all.filter { !$0.1.isEmpty }.map {
            ["name": Catalogue.text("planner.fact.\($0.0)", language), "value": $0.1]
        }
    }

    private func tablePage(_ id: RunID, _ name: String, _ request: Request) throws -> Response {
        let run = try engine.workspace.run(id)
        return try resultTablePage(
            try storedTable(id, name), numbers(run, request.language), request, home: ("/runs/\(id)", run.inputs.name),
            csv: "/runs/\(id)/tables/\(name)/csv", active: "runs")
    }

    /// A result table as a page of its own, its first rows where there are many.
    /// - Parameters:
    ///   - home: address and name of what it belongs to.
    ///   - csv: address of the whole table as CSV.
    func resultTablePage(
        _ table: ResultTable, _ text: NumberText, _ request: Request, home: (address: String, name: String),
        csv: String, active: String
    ) throws -> Response {
        let language = request.language
        let count = min(table.rowCount, 500)
        let columns = table.columns.map { column -> [String: Any] in
            let heading = words("column", column.name, language)
            // A percentage says so itself, and `Lines` counted in lines need not say so twice.
            let unit = column.unit == "share" ? "" : text.unit(column.unit)
            return [
                "heading": heading, "unit": unit.lowercased() == heading.lowercased() ? "" : unit,
                "number": !column.isText,
            ]
        }
        let rows = (0..<count).map { row -> [String: Any] in
            [
                "cells": table.columns.map { column -> [String: Any] in
                    let cell = column.cell(row, text)
                    return ["text": cell, "number": !column.isText, "day": Day(iso: cell) != nil]
                }
            ]
        }
        let shortened =
            count < table.rowCount
            ? Catalogue.text("planner.table.shortened", language, text.whole(500), text.whole(Int64(table.rowCount)))
            : ""
        return try page(
            "table", request, title: words("table", table.name, language),
            [
                "name": table.name, "run_name": home.name, "run_address": home.address, "csv_address": csv,
                "columns": columns, "rows": rows, "shortened": shown(shortened),
            ], active: active)
    }
}

/// A figure with its interval, for a cell of a page.
func figureCell(_ mean: Double, _ halfWidth: Double?, _ unit: String, _ text: NumberText) -> [String: Any] {
    let shown = text.interval(mean: mean, halfWidth: halfWidth ?? 0, unit: unit)
    return ["mean": shown.mean, "interval": shown.plusMinus ?? ""]
}

func statusText(_ run: Run, _ language: Language) -> String {
    Catalogue.text("planner.status.\(run.status.rawValue)", language)
}

extension Column {
    var isText: Bool { if case .text = values { true } else { false } }

    func cell(_ row: Int, _ text: NumberText) -> String {
        switch values {
        case .integer(let values): text.whole(values[row])
        case .real(let values): text.value(values[row], unit: unit == "share" ? unit : "")
        case .text(let values): wordsOf(values[row], in: name, text.language)
        }
    }
}
