import Foundation
import Retail
import Store
import Testing

@testable import Planner

@Suite("The page of people's changes to the forecast")
struct ChangeTests {
    let bench: Bench

    init() throws {
        bench = try Bench()
        let data = bench.folder + "/scenarios/data"
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        try "date,sku,channel,quantity\n2011-11-01,A1,web,3\n2011-11-02,B2,web,4\n"
            .write(toFile: data + "/demand.csv", atomically: true, encoding: .utf8)
    }

    private func form(_ changes: [String: String] = [:]) -> String {
        let fields = [
            "scenario": "base", "skus": "A1", "channel": "web", "from": "2011-12-01", "through": "2011-12-03",
            "kind": "multiply", "value": "1.5", "by": "Li Na", "reason": Stored.evil,
        ].merging(changes) { $1 }
        return fields.map { "\($0.key)=\(queryEncoded($0.value))" }.sorted().joined(separator: "&")
    }

    @Test("a change is kept, shown with its author and reason, and withdrawn by name")
    func keepsAndWithdraws() async throws {
        #expect(try await bench.get("/changes?scenario=base&lang=en").text.contains("No changes are kept"))
        let kept = try await bench.post("/changes", form: form())
        #expect(kept.status == 303)
        let page = try await bench.get("/changes?scenario=base&lang=en")
        #expect(page.text.contains("A1") && page.text.contains("Li Na") && page.text.contains("multiply by 1.5"))
        #expect(!page.text.contains("<script>alert"))
        let name = try #require(try bench.engine.workspace.adjustments(dataset: "data").first)
        #expect(name.channel == "web" && name.scope == .skus(["A1"]))
        let gone = try await bench.post("/changes/\(name.id)/withdraw", form: "scenario=base&by=Wang")
        #expect(gone.status == 303)
        #expect(try bench.engine.workspace.adjustments(dataset: "data").map(\.withdrawnBy) == ["Wang"])
        #expect(try await bench.get("/changes?scenario=base").text.contains("Wang"))
        #expect(try await bench.post("/changes/\(name.id)/withdraw", form: "scenario=base&by=Wang").status == 422)
    }

    @Test("a change that makes no sense is refused in words, and nothing is kept")
    func refused() async throws {
        for wrong in [
            ["skus": "A1, Z9"], ["from": "soon"], ["through": "2011-11-30"], ["value": "-2"], ["value": "much"],
            ["by": " "], ["skus": "", "category": "Nowhere"],
        ] {
            let answer = try await bench.post("/changes", form: form(wrong))
            #expect(answer.status == 422, "\(wrong)")
            #expect(answer.text.contains("role=\"alert\""), "\(wrong)")
        }
        #expect(try bench.engine.workspace.adjustments(dataset: "data").isEmpty)
    }
}
