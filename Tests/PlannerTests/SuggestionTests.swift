import Foundation
import Retail
import Store
import Testing

@testable import Planner

@Suite("Purchase suggestions on the web")
struct SuggestionTests {
    let bench: Bench
    let id: RunID
    init() throws {
        bench = try Bench()
        id = try bench.finishedRun()
    }

    private func order(_ query: String) async throws -> [String] {
        let page = try await bench.get("/runs/\(id)/suggestions?\(query)").text
        var codes: [String] = []
        for link in page.components(separatedBy: "/suggestions/").dropFirst() {
            guard let start = link.firstIndex(of: ">") else { continue }
            let text = String(link[link.index(after: start)...].prefix { $0 != "<" })
            if ["A1", "B2", "C3"].contains(text) { codes.append(text) }
        }
        return codes
    }

    @Test("come by the last day to order, and in any order asked for")
    func sorting() async throws {
        #expect(try await order("") == ["A1", "C3", "B2"])
        #expect(try await order("sort=value") == ["A1", "C3", "B2"])
        #expect(try await order("sort=sku") == ["A1", "B2", "C3"])
        #expect(try await order("sort=stockout") == ["B2", "C3", "A1"])
        #expect(try await order("sort=nonsense") == ["A1", "C3", "B2"])
    }

    @Test("are filtered by supplier, words and urgency together")
    func filtering() async throws {
        #expect(try await order("supplier=S1") == ["A1", "C3"])
        #expect(try await order("text=lANtern") == ["B2"])
        #expect(try await order("text=c3") == ["C3"])
        #expect(try await order("urgency=late") == ["B2"])
        #expect(try await order("urgency=soon") == ["C3"])
        #expect(try await order("urgency=calm&supplier=S1") == ["A1"])
        #expect(try await order("urgency=calm&supplier=S2").isEmpty)
    }

    @Test("are explained step by step in both languages")
    func explanation() async throws {
        let english = try await bench.get("/runs/\(id)/suggestions/1?lang=en").text
        #expect(english.contains("Would run out."))
        for step in ["51", "54", "60", "£1.25"] { #expect(english.contains(step)) }
        #expect(try await bench.get("/runs/\(id)/suggestions/1?lang=zh").text.contains("即将断货。"))
    }

    @Test("keep what the buyer decided")
    func decision() async throws {
        let answer = try await bench.post("/runs/\(id)/suggestions/2", form: "state=approved&by=Li")
        #expect(answer.status == 303)
        #expect(try bench.engine.workspace.suggestions(id).map(\.status.state) == [.proposed, .proposed, .approved])
        #expect(try await bench.post("/runs/\(id)/suggestions/2", form: "state=maybe").status == 400)
        #expect(try await bench.post("/runs/\(id)/suggestions/7", form: "state=approved").status == 404)
    }

    @Test("are downloaded as CSV and as a workbook")
    func downloads() async throws {
        let csv = try await bench.get("/runs/\(id)/suggestions/csv")
        #expect(csv.text.contains("B2"))
        #expect(csv["Content-Disposition"]?.contains("suggestions-\(id).csv") == true)
        let workbook = try await bench.get("/runs/\(id)/suggestions/xlsx")
        #expect(workbook.bytes.starts(with: [0x50, 0x4B, 3, 4]))
        #expect(try await bench.get("/runs/\(id)/suggestions/xlsx").bytes == workbook.bytes)
    }
}
