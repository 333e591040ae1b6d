import Retail
import Store

/// The description of the API (OpenAPI 3.1), for programs that want to call it.
enum OpenAPI {
    static let document: JSONTree = [
        "openapi": "3.1.0",
        "info": [
            "title": "Granary planner",
            "version": "1",
            "description": """
            Runs, results, comparison and purchase suggestions of a Granary workspace. Texts for people come in \
            English or, with `lang=zh` or an `Accept-Language` header, in Chinese.
            """,
        ],
        "servers": [["url": "/api/v1"]],
        "paths": [
            "/openapi.json": ["get": get("This description.", "object")],
            "/runs": [
                "get": get("All runs, newest first, without their results.", "RunList"),
                "post": [
                    "summary": "Starts a run of a scenario; it works on after the answer.",
                    "requestBody": [
                        "required": true,
                        "content": ["application/json": ["schema": reference("RunRequest")]],
                    ],
                    "responses": [
                        "202": answer("The run, stored and waiting for its turn.", "Run"),
                        "422": answer("The scenario was refused; `problems` says why.", "Error"),
                        "429": answer("Too many runs wait already.", "Error"),
                    ],
                ],
            ],
            "/runs/{id}": [
                "get": get("One run; its figures and the names of its tables once it is done.", "Run", [id])
            ],
            "/runs/{id}/cancel": [
                "post": [
                    "summary": "Asks a run that was started here to stop.",
                    "parameters": .list([id]),
                    "responses": [
                        "202": answer("It will stop soon.", "Run"),
                        "409": answer("It is not running here.", "Error"),
                    ],
                ]
            ],
            "/runs/{id}/tables/{name}": [
                "get": get("A table of a finished run.", "Table", [id, parameter("name", "path", "string")])
            ],
            "/runs/{id}/suggestions": [
                "get": get(
                    "Purchase suggestions of a run, filtered and ordered.", "SuggestionList",
                    [
                        id, parameter("supplier", "query", "string"), parameter("text", "query", "string"),
                        parameter("urgency", "query", "string", Urgency.allCases.map(\.rawValue)),
                        parameter("sort", "query", "string", SuggestionQuery.Order.allCases.map(\.rawValue)),
                    ])
            ],
            "/books": ["get": get("All books of suggestions, newest first.", "BookList")],
            "/books/{book}": [
                "get": get(
                    "The lines of a book with what was decided about them, filtered and ordered.", "SuggestionList",
                    [
                        book, parameter("supplier", "query", "string"), parameter("text", "query", "string"),
                        parameter("urgency", "query", "string", Urgency.allCases.map(\.rawValue)),
                        parameter("state", "query", "string", SuggestionState.allCases.map(\.rawValue)),
                        parameter("sort", "query", "string", SuggestionQuery.Order.allCases.map(\.rawValue)),
                    ])
            ],
            "/books/{book}/tables/{name}": [
                "get": get(
                    "Exceptions, transfers, stock health, suppliers or targets of a book.", "Table",
                    [book, parameter("name", "path", "string")])
            ],
            "/books/{book}/lines/{number}": [
                "post": [
                    "summary": "Adds a decision about a line.",
                    "parameters": .list([book, parameter("number", "path", "integer")]),
                    "requestBody": [
                        "required": true,
                        "content": ["application/json": ["schema": reference("Decision")]],
                    ],
                    "responses": [
                        "200": answer("The line as it stands now.", "Suggestion"),
                        "409": answer("The line cannot become this.", "Error"),
                    ],
                ]
            ],
            "/compare": [
                "get": get(
                    "Runs side by side, with paired differences to the first.", "Comparison",
                    [
                        [
                            "name": "run", "in": "query", "required": true, "explode": true,
                            "description": "Number of a run; at least twice, the baseline first.",
                            "schema": ["type": "array", "items": ["type": "integer"], "minItems": 2],
                        ]
                    ])
            ],
            "/scenarios": ["get": get("Scenario files on offer, with their main levers.", "ScenarioList")],
        ],
        "components": ["schemas": .object(Dictionary(uniqueKeysWithValues: schemas))],
    ]

    private static let id = parameter("id", "path", "integer")
    private static let book = parameter("book", "path", "integer")

    private static func parameter(
        _ name: String, _ place: String, _ type: String, _ words: [String] = []
    ) -> JSONTree {
        var schema: [String: JSONTree] = ["type": .text(type)]
        if !words.isEmpty { schema["enum"] = .list(words.map(JSONTree.text)) }
        return [
            "name": .text(name), "in": .text(place), "required": .flag(place == "path"), "schema": .object(schema),
        ]
    }

    private static func get(_ summary: String, _ schema: String, _ parameters: [JSONTree] = []) -> JSONTree {
        var responses: [String: JSONTree] = ["200": answer("Found.", schema)]
        if !parameters.isEmpty { responses["404"] = answer("Not there.", "Error") }
        return ["summary": .text(summary), "parameters": .list(parameters), "responses": .object(responses)]
    }

    private static func answer(_ words: String, _ schema: String) -> JSONTree {
        let content: JSONTree = schema == "object" ? ["type": "object"] : reference(schema)
        return ["description": .text(words), "content": ["application/json": ["schema": content]]]
    }

    private static func reference(_ schema: String) -> JSONTree { ["$ref": .text("#/components/schemas/" + schema)] }
}

/// A JSON value that can be written as a literal.
indirect enum JSONTree: Encodable, Sendable, Equatable, ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    case text(String)
    case flag(Bool)
    case number(Int)
    case list([JSONTree])
    case object([String: JSONTree])

    init(stringLiteral value: String) { self = .text(value) }
    init(booleanLiteral value: Bool) { self = .flag(value) }
    init(integerLiteral value: Int) { self = .number(value) }
    init(arrayLiteral elements: JSONTree...) { self = .list(elements) }
    init(dictionaryLiteral elements: (String, JSONTree)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { first, _ in first }))
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let value): try container.encode(value)
        case .flag(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .list(let values): try container.encode(values)
        case .object(let values): try container.encode(values)
        }
    }
}
