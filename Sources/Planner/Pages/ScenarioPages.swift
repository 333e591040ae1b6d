import Foundation
import Hummingbird
import Retail
import Scenarios
import Store

extension Planner {
    func addScenarioPages(to router: Router<BasicRequestContext>) {
        router.get("new") { request, _ in
            let names = scenarioNames()
            let asked = request.query["scenario"]
            let name = asked.isEmpty ? names.first { $0 == "flagship" } ?? names.first : asked
            guard let name else { return try scenarioPage(request, ScenarioForm()) }
            return try scenarioPage(request, try ScenarioForm(name: name, path: try scenarioPath(name)))
        }
        router.post("runs") { request, _ in
            let fields = try await Form(reading: request)
            let name = fields["scenario"]
            let path = try scenarioPath(name)
            var form = try ScenarioForm(name: name, path: path)
            let overrides = form.take(fields)
            guard let id = try start(path, overrides: overrides, form: &form) else {
                return try scenarioPage(request, form, status: .unprocessableContent)
            }
            return Response.seeOther("/runs/\(id)")
        }
    }

    /// Names of the scenario files on offer, without their ending, in order.
    func scenarioNames() -> [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: options.scenarios)) ?? []
        return files.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.map { String($0.dropLast(5)) }.sorted()
    }

    /// The file of a scenario on offer: a name from outside is looked up in the list, never made into a path.
    func scenarioPath(_ name: String) throws -> String {
        guard let known = scenarioNames().first(where: { $0 == name }) else {
            throw PlannerFailure.noSuchScenario(name)
        }
        return options.scenarios + "/" + known + ".yaml"
    }

    /// Starts a run; nil when the scenario is refused, with the reasons in `form`.
    func start(_ path: String, overrides: [String], form: inout ScenarioForm) throws -> RunID? {
        let scenario: Scenario
        do {
            scenario = try ScenarioLoader.load(path, overrides: overrides)
        } catch {
            form.issues = error.issues
            return nil
        }
        return try desk.start(scenario, overrides: overrides, engine: engine)
    }

    private func scenarioPage(
        _ request: Request, _ form: ScenarioForm, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let language = request.language
        var values = form.values(language)
        values["scenarios"] = scenarioNames().map { ["id": $0, "chosen": $0 == form.name] as [String: Any] }
        return try page(
            "scenario", request, title: Catalogue.text("planner.new", language), values, active: "new",
            status: status)
    }
}

/// A scenario's levers with what was typed into them and what is wrong with that.
struct ScenarioForm {
    var name = ""
    var scenario: Scenario?
    var groups: [(name: String, levers: [Lever])] = []
    /// By path; what the reader typed where it differs from the scenario.
    var typed: [String: String] = [:]
    var issues: [ScenarioIssue] = []

    init() {}

    init(name: String, path: String) throws {
        self.name = name
        do {
            let scenario = try ScenarioLoader.load(path)
            self.scenario = scenario
            groups = Levers.of(scenario)
        } catch {
            issues = error.issues
        }
    }

    /// Takes what was typed, and gives the changes to the scenario as `path=value`.
    mutating func take(_ fields: Form) -> [String] {
        var overrides: [String] = []
        for lever in groups.flatMap(\.levers) {
            // A line break would begin a second setting; a value has none.
            let value = String(fields[lever.path].filter { !$0.isNewline }.prefix(100))
            guard !value.isEmpty, value != lever.value else { continue }
            typed[lever.path] = value
            overrides.append("\(lever.path)=\(value)")
        }
        return overrides
    }

    func values(_ language: Language) -> [String: Any] {
        let levers = groups.flatMap(\.levers)
        let paths = Dictionary(levers.map { ($0.path, $0.field) }, uniquingKeysWith: { first, _ in first })
        return [
            "loaded": scenario != nil, "scenario_id": name, "scenario_name": scenario?.name ?? "",
            "about": scenario?.about ?? "",
            "groups": groups.map { group in
                [
                    "heading": Catalogue.text("planner.group.\(group.name)", language),
                    "levers": group.levers.map { view($0, language) },
                ] as [String: Any]
            },
            "has_problems": !issues.isEmpty,
            "problems": issues.map { issue in
                let field = paths[issue.path] ?? ""
                return [
                    "target": shown(field), "text": field.isEmpty ? issue.message(language) : words(issue, language),
                ] as [String: Any]
            },
        ]
    }

    private func view(_ lever: Lever, _ language: Language) -> [String: Any] {
        let value = typed[lever.path] ?? lever.value
        let wrong = issues.filter { $0.path == lever.path }
            .map { "\($0.expected(language)); \($0.cure(language))" }.joined(separator: " ")
        var view: [String: Any] = [
            "path": lever.path, "field": lever.field, "label": lever.label(language), "value": value,
            "help": lever.help(language), "kind": shown(lever.choices == nil ? lever.kind.words(language) : ""),
            "wrong": shown(wrong), "is_choice": false,
        ]
        if let choices = lever.choices {
            view["is_choice"] = true
            view["options"] = choices.map {
                ["code": $0, "name": lever.choiceName($0, language), "chosen": $0 == value] as [String: Any]
            }
        }
        return view
    }

    /// An issue of a lever, by the lever's label.
    private func words(_ issue: ScenarioIssue, _ language: Language) -> String {
        let lever = groups.flatMap(\.levers).first { $0.path == issue.path }
        return "\(lever?.label(language) ?? issue.path): \(issue.expected(language)); \(issue.cure(language))"
    }
}
