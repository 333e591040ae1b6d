import Foundation
import Hummingbird
import Retail
import Store
import Testing

@testable import Planner

@Suite("The HTTP API")
struct APITests {
    let bench: Bench
    init() throws { bench = try Bench() }

    @Test("every route is described in the OpenAPI document, and nothing else is")
    func described() throws {
        let prefix = "/api/v1"
        let served = Set(
            bench.planner.router().routes.compactMap { route -> String? in
                let path = "\(route.path)"
                let full = path.hasPrefix("/") ? path : "/" + path
                guard full.hasPrefix(prefix) else { return nil }
                return "\(route.method.rawValue.lowercased()) \(full.dropFirst(prefix.count))"
            })
        guard case .object(let document) = OpenAPI.document, case .object(let paths)? = document["paths"] else {
            Issue.record("the document has no paths")
            return
        }
        var described: Set<String> = []
        for (path, operations) in paths {
            guard case .object(let operations) = operations else { continue }
            for method in operations.keys { described.insert("\(method) \(path)") }
        }
        #expect(served == described)
        #expect(!served.isEmpty)
    }

    @Test("every schema that the document refers to is in it, and path parameters are named")
    func references() throws {
        let text = String(decoding: try JSONEncoder().encode(OpenAPI.document), as: UTF8.self)
            .replacingOccurrences(of: "\\/", with: "/")
        let names = Set(OpenAPI.schemas.map(\.0))
        let used = Set(
            text.components(separatedBy: "#/components/schemas/").dropFirst().map { String($0.prefix { $0 != "\"" }) })
        #expect(used.isSubset(of: names))
        #expect(used.count > 8)
    }

    @Test("an answer has the fields that its schema requires")
    func shapes() async throws {
        let id = try bench.finishedRun()
        let samples = [
            ("/api/v1/runs", "RunList"), ("/api/v1/runs/\(id)", "Run"), ("/api/v1/runs/\(id)/tables/nodes", "Table"),
            ("/api/v1/runs/\(id)/suggestions", "SuggestionList"), ("/api/v1/scenarios", "ScenarioList"),
            ("/api/v1/compare?run=\(id)&run=\(try bench.finishedRun())", "Comparison"),
        ]
        for (address, schema) in samples {
            let answer = try await bench.get(address)
            #expect(answer.status == 200, "\(address)")
            let value = try JSONSerialization.jsonObject(with: Data(answer.bytes))
            #expect(faults(value, schema).isEmpty, "\(address): \(faults(value, schema))")
        }
    }

    @Test("a run is started, followed and found done, with numbers that are not numbers as null")
    func runThrough() async throws {
        let started = try await bench.post(
            "/api/v1/runs", json: #"{"scenario": "base", "overrides": ["demand.volume=2"]}"#)
        #expect(started.status == 202)
        let view = try JSONDecoder().decode(APIRun.self, from: Data(started.bytes))
        #expect(started["Location"] == "/api/v1/runs/\(view.id)")
        #expect(try await bench.end(of: RunID(view.id))?.status == .done)
        let done = try JSONDecoder().decode(
            APIRun.self, from: Data(try await bench.get("/api/v1/runs/\(view.id)?lang=zh").bytes))
        #expect(done.status == "done")
        #expect(done.figures?.first?.mean == 1_234)
        #expect(done.result_digest?.count == 64)
        let table = try JSONDecoder().decode(
            APITable.self, from: Data(try await bench.get("/api/v1/runs/\(view.id)/tables/nodes").bytes))
        #expect(table.columns[2].reals == [0.5, nil])
        #expect(table.columns[1].integers == [7, -3])
    }

    @Test("a scenario that is refused comes back with path and reason, in the language asked for")
    func refused() async throws {
        let body = #"{"scenario": "base", "overrides": ["demand.volume=-1", "nonsense=3"]}"#
        let answer = try await bench.post("/api/v1/runs?lang=zh", json: body)
        #expect(answer.status == 422)
        let error = try JSONDecoder().decode(APIError.self, from: Data(answer.bytes))
        #expect(Set(error.problems?.map(\.path) ?? []) == ["demand.volume", "nonsense"])
        #expect(error.error == "运行未启动：")
        #expect(try await bench.post("/api/v1/runs", json: #"{"scenario": "none"}"#).status == 404)
        #expect(try await bench.post("/api/v1/runs/9/cancel").status == 404)
    }

    /// What a value lacks of a schema of the document.
    private func faults(_ value: Any, _ name: String) -> [String] {
        guard case .object(let schema)? = OpenAPI.schemas.first(where: { $0.0 == name })?.1 else { return [name] }
        return faults(value, .object(schema), at: name)
    }

    private func faults(_ value: Any, _ schema: JSONTree, at place: String) -> [String] {
        guard case .object(let schema) = schema else { return [] }
        if case .text(let target)? = schema["$ref"] {
            return faults(value, String(target.split(separator: "/").last ?? ""))
        }
        if let items = schema["items"] {
            guard let list = value as? [Any] else { return ["\(place) is no list"] }
            return list.flatMap { faults($0, items, at: place) }
        }
        guard case .object(let properties)? = schema["properties"], case .list(let required)? = schema["required"]
        else { return [] }
        guard let object = value as? [String: Any] else { return ["\(place) is no object"] }
        var found: [String] = []
        for case .text(let key) in required where object[key] == nil { found.append("\(place) lacks \(key)") }
        for (key, inner) in object {
            guard let property = properties[key] else {
                found.append("\(place) has \(key), which is not described")
                continue
            }
            found += faults(inner, property, at: "\(place).\(key)")
        }
        return found
    }
}
