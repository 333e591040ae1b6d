import Hummingbird
import Reporting
import Retail
import Scenarios
import Store

extension Planner {
    func addComparisonPage(to router: Router<BasicRequestContext>) {
        router.get("compare") { request, _ in
            let ids = try chosenRuns(request)
            let language = request.language
            let comparison = try engine.compare(ids)
            let runs = try ids.map { try engine.workspace.run($0) }
            guard let first = runs.first else { throw PlannerFailure.chooseTwo }
            let text = numbers(first, language)
            let rows = comparison.figures.map { figure in comparedRow(figure, text, language) }
            return try page(
                "comparison", request, title: Catalogue.text("planner.compare", language),
                [
                    "runs": runs.map { run in
                        [
                            "id": run.id.description, "name": run.inputs.name, "is_base": run.id == first.id,
                            "address": "/compare?"
                                + ([run.id] + ids.filter { $0 != run.id }).map { "run=\($0)" }.joined(separator: "&"),
                        ] as [String: Any]
                    },
                    "others": runs.dropFirst().map {
                        [
                            "heading": Catalogue.text(
                                "planner.compare.difference", language, $0.id.description, first.id.description)
                        ]
                    },
                    "rows": rows,
                ], active: "runs")
        }
    }

    /// The runs an address names by `run=1&run=2`: at least two, each once, in the order given, or with
    /// `first=oldest` in the order they were made. The first is the baseline.
    func chosenRuns(_ request: Request) throws -> [RunID] {
        var ids: [RunID] = []
        for text in request.query.all("run").prefix(20) {
            guard let id = RunID(text) else { throw PlannerFailure.noSuchRun(text) }
            if !ids.contains(id) { ids.append(id) }
        }
        guard ids.count > 1 else { throw PlannerFailure.chooseTwo }
        return request.query["first"] == "oldest" ? ids.sorted() : ids
    }

    private func comparedRow(_ figure: ComparedFigure, _ text: NumberText, _ language: Language) -> [String: Any] {
        let nothing: [String: Any] = ["mean": "–", "interval": ""]
        return [
            "name": words("figure", figure.key, language),
            "values": figure.values.map { value in
                value.map { figureCell($0.mean, $0.halfWidth, figure.unit, text) } ?? nothing
            },
            "differences": figure.differences.dropFirst().map { difference -> [String: Any] in
                guard let difference else { return nothing }
                var cell = figureCell(difference.mean, difference.halfWidth, figure.unit, text)
                cell["clear"] = difference.isSignificant ?? false
                return cell
            },
        ]
    }
}
