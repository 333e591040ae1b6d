extension OpenAPI {
    /// The shapes of `Payloads.swift`.
    static let schemas: [(String, JSONTree)] = [
        object("Error", ["error": text], optional: ["problems": array(reference("Problem"))]),
        object("Problem", ["path": text, "message": text]),
        object("RunRequest", ["scenario": text], optional: ["overrides": array(text)]),
        object("RunList", ["runs": array(reference("Run"))]),
        object(
            "Run",
            [
                "id": whole, "name": text,
                "status": ["type": "string", "enum": ["running", "done", "failed", "interrupted"]],
                "progress": real, "stage": text, "stage_text": text, "started": whole, "message": text,
                "currency": text, "seed": text, "replications": whole, "overrides": array(text),
                "engine_version": text, "processor": text, "data_fingerprint": text,
            ],
            optional: [
                "finished": whole, "forecast_digest": text, "plan_digest": text, "result_digest": text,
                "figures": array(reference("Figure")), "tables": array(text),
            ]),
        object(
            "Figure", ["key": text, "unit": text, "replications": array(realOrNull)],
            optional: ["mean": real, "half_width": real]),
        object("Table", ["name": text, "columns": array(reference("Column"))]),
        object(
            "Column", ["name": text, "unit": text],
            optional: ["integers": array(whole), "reals": array(realOrNull), "texts": array(text)]),
        object("SuggestionList", ["suggestions": array(reference("Suggestion"))]),
        object(
            "Suggestion",
            [
                "number": whole, "sku": text, "sku_name": text, "supplier": text, "node": text, "position": whole,
                "safety_stock": whole, "need": whole, "quantity": whole, "unit_cost": real, "value": real,
                "order_by": day, "receipt": day, "urgency": text, "state": text, "reason": text,
                "suggested": whole, "marks": array(text), "chain": reference("QuantityChain"),
            ],
            optional: ["demand_mean": real, "stockout": day, "first_gap": day, "drift": whole]),
        object(
            "QuantityChain",
            [
                "minimum": whole, "multiple": whole, "rounding": text, "price_break": whole, "order_value": whole,
                "container": whole, "limits": whole, "budget": whole,
            ]),
        object("BookList", ["books": array(reference("Book"))]),
        object(
            "Book",
            [
                "id": whole, "dataset": text, "source": text, "day": day, "currency": text, "made": whole,
                "lines": whole,
            ], optional: ["run": whole]),
        object(
            "Decision", ["state": text, "by": text],
            optional: ["quantity": whole, "reason": text, "until": day, "order": text]),
        object("Comparison", ["runs": array(text), "figures": array(reference("ComparedFigure"))]),
        object(
            "ComparedFigure",
            [
                "key": text, "unit": text, "means": array(realOrNull), "differences": array(realOrNull),
                "half_widths": array(realOrNull),
            ]),
        object("ScenarioList", ["scenarios": array(reference("Scenario"))]),
        object(
            "Scenario",
            ["name": text, "title": text, "levers": array(reference("Lever")), "problems": array(reference("Problem"))]),
        object("Lever", ["path": text, "value": text, "label": text], optional: ["choices": array(text)]),
    ]

    private static let text: JSONTree = ["type": "string"]
    private static let day: JSONTree = ["type": "string", "format": "date"]
    private static let whole: JSONTree = ["type": "integer"]
    private static let real: JSONTree = ["type": "number"]
    private static let realOrNull: JSONTree = ["type": ["number", "null"]]

    private static func array(_ items: JSONTree) -> JSONTree { ["type": "array", "items": items] }
    private static func reference(_ schema: String) -> JSONTree { ["$ref": .text("#/components/schemas/" + schema)] }

    private static func object(
        _ name: String, _ required: [String: JSONTree], optional: [String: JSONTree] = [:]
    ) -> (String, JSONTree) {
        (
            name,
            [
                "type": "object", "required": .list(required.keys.sorted().map(JSONTree.text)),
                "properties": .object(required.merging(optional) { first, _ in first }),
            ]
        )
    }
}
