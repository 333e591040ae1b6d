import Foundation
import Hummingbird
import Retail
import Scenarios
import Store

extension Planner {
    /// People's changes to the forecast: what the workspace keeps for a scenario's data set, and the forms to add and to
    /// withdraw.
    func addChangePages(to router: Router<BasicRequestContext>) {
        router.get("changes") { request, _ in
            let names = scenarioNames()
            let asked = request.query["scenario"]
            let name = asked.isEmpty ? names.first { $0 == "flagship" } ?? names.first ?? "" : asked
            return try changesPage(request, name, typed: Form())
        }
        router.post("changes") { request, _ in
            let form = try await Form(reading: request)
            let dataset = try changedDataset(form["scenario"])
            let found = Self.change(form, dataset, request.language)
            guard let change = found.change else {
                return try changesPage(
                    request, form["scenario"], typed: form, problems: found.problems, status: .unprocessableContent)
            }
            try engine.workspace.keep([change], of: dataset, at: Int64(Date().timeIntervalSince1970))
            return Response.seeOther("/changes?scenario=" + queryEncoded(form["scenario"]))
        }
        router.post("changes/{id}/withdraw") { request, context in
            let form = try await Form(reading: request)
            guard let id = Int64(context.parameters.get("id") ?? "") else { throw PlannerFailure.notFound }
            let dataset = try changedDataset(form["scenario"])
            do {
                try engine.workspace.withdraw(
                    adjustment: id, dataset: dataset.name, by: form["by"], at: Int64(Date().timeIntervalSince1970))
            } catch {
                return try changesPage(
                    request, form["scenario"], typed: Form(), problems: ["\(error)"], status: .unprocessableContent)
            }
            return Response.seeOther("/changes?scenario=" + queryEncoded(form["scenario"]))
        }
    }

    private func changedDataset(_ scenario: String) throws -> Dataset {
        try Workbench.dataset(of: try Workbench.load(try scenarioPath(scenario)))
    }

    private func changesPage(
        _ request: Request, _ scenario: String, typed: Form, problems: [String] = [],
        status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let language = request.language
        var (dataset, problems): (Dataset?, [String]) = (nil, problems)
        if !scenario.isEmpty {
            _ = try scenarioPath(scenario)
            do { dataset = try changedDataset(scenario) } catch { problems.append("\(error)") }
        }
        let kept = try dataset.map { try engine.workspace.adjustments(dataset: $0.name) } ?? []
        return try page(
            "changes", request, title: Catalogue.text("planner.changes", language),
            [
                "scenarios": scenarioNames().map { ["id": $0, "chosen": $0 == scenario] as [String: Any] },
                "scenario": scenario, "loaded": dataset != nil, "dataset": dataset?.name ?? "",
                "none": kept.isEmpty,
                "changes": kept.reversed().map { view($0, scenario, language) },
                "kinds": Adjustment.Kind.allCases.map {
                    [
                        "code": $0.rawValue, "name": Catalogue.text("planner.changes.kind.\($0.rawValue)", language),
                        "chosen": $0.rawValue == typed["kind"],
                    ] as [String: Any]
                },
                "channels": (dataset?.channels ?? []).map {
                    ["code": $0.code, "name": $0.name, "chosen": $0.code == typed["channel"]] as [String: Any]
                },
                "has_problems": !problems.isEmpty, "problems": problems.map { ["text": $0] },
                "skus": typed["skus"], "category": typed["category"], "from": typed["from"],
                "through": typed["through"], "value": typed["value"], "by": typed["by"], "reason": typed["reason"],
            ], active: "changes", status: status)
    }

    private func view(_ kept: KeptAdjustment, _ scenario: String, _ language: Language) -> [String: Any] {
        let scope =
            switch kept.scope {
            case .everything: Catalogue.text("planner.changes.everything", language)
            case .category(let levels): levels.joined(separator: " / ")
            case .skus(let codes): codes.joined(separator: ", ")
            }
        let change = kept.change
        return [
            "id": "\(kept.id)", "scope": scope, "channel": kept.channel ?? "", "region": kept.region ?? "",
            "from": change.from.description, "through": change.through.description,
            "what": Catalogue.text("planner.changes.kind.\(change.kind.rawValue)", language) + " \(change.value)",
            "author": change.author, "reason": change.reason, "withdrawn": shown(kept.withdrawnBy ?? ""),
            "scenario": scenario,
        ]
    }

    /// The change a form asks for, or what is wrong with it.
    static func change(
        _ form: Form, _ dataset: Dataset, _ language: Language
    ) -> (change: Adjustment?, problems: [String]) {
        var problems: [String] = []
        func wrong(_ key: String, _ what: String = "") { problems.append(Catalogue.text(key, language, what)) }
        func day(_ name: String) -> Day {
            if let day = Day(iso: form[name]) { return day }
            wrong("planner.changes.no_day", form[name])
            return Day(number: 0)
        }
        var scope = PromotionScope.everything
        let codes = form["skus"].split { $0 == "," || $0.isWhitespace }.map(String.init)
        let levels = form["category"].split(separator: "/").map { part in
            String(part.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
        }
        if !codes.isEmpty {
            var skus: [SKU.Index] = []
            for code in codes {
                if let place = dataset.skus.firstIndex(where: { $0.code == code }) {
                    skus.append(SKU.Index(place))
                } else {
                    wrong("planner.changes.unknown", code)
                }
            }
            scope = .skus(skus)
        } else if !levels.isEmpty {
            scope = .category(levels)
            if !dataset.skus.contains(where: { $0.categories.starts(with: levels) }) {
                wrong("planner.changes.unknown", form["category"])
            }
        }
        let channel = dataset.channels.firstIndex { $0.code == form["channel"] }
        if channel == nil, !form["channel"].isEmpty { wrong("planner.changes.unknown", form["channel"]) }
        let (from, through) = (day("from"), day("through"))
        if problems.isEmpty, through < from { wrong("planner.changes.order") }
        let kind = Adjustment.Kind(rawValue: form["kind"]) ?? .multiply
        let value = Double(form["value"]) ?? .nan
        if !value.isFinite || abs(value) > 1e12 || kind != .add && value < 0 {
            wrong("planner.changes.no_value", form["value"])
        }
        if form["by"].isEmpty { wrong("planner.changes.nobody") }
        guard problems.isEmpty else { return (nil, problems) }
        return (
            Adjustment(
                scope: scope, channel: channel.map { Channel.Index($0) }, region: nil, from: from, through: through,
                kind: kind, value: value, author: String(form["by"].prefix(100)),
                reason: String(form["reason"].prefix(2_000)), expires: nil), []
        )
    }
}
