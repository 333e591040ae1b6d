import Foundation
import Retail
import Scenarios
import Store
import Synchronization
import Testing

@testable import Planner

@Suite("Starting a run from the form")
struct StartTests {
    @Test("the form shows the scenario's own values with label, help and unit")
    func form() async throws {
        let bench = try Bench()
        let page = try await bench.get("/new?scenario=base").text
        #expect(page.contains("name=\"demand.volume\" value=\"3\""))
        #expect(page.contains("name=\"promotions[0].depth\" value=\"20 %\""))
        #expect(page.contains("Price cut: Fifth off"))
        #expect(page.contains("name=\"stock.service_level\" value=\"95 %\""))
        #expect(page.contains("<option value=\"quota\""))
        #expect(page.components(separatedBy: "class=\"lever\"").count > 12)
    }

    @Test("only what was changed becomes a change, and the run is done a moment later")
    func start() async throws {
        let bench = try Bench()
        let answer = try await bench.post(
            "/runs",
            form: "scenario=base&demand.volume=4&promotions%5B0%5D.depth=25+%25&stock.service_level=95+%25&seed=")
        #expect(answer.status == 303)
        let id = try #require(RunID(answer["Location"]?.split(separator: "/").last ?? ""))
        #expect(try await bench.end(of: id)?.status == .done)
        let run = try bench.engine.workspace.run(id)
        #expect(run.inputs.overrides == ["demand.volume=4", "promotions[0].depth=25 %"])
        let scenario = try #require(bench.engine.scenarios.withLock { $0.first })
        #expect(scenario.demand.volume == 4)
        #expect(scenario.promotions[0].depth == Rate(partsPerMillion: 250_000))
    }

    @Test("what is wrong is said beside the field, what was typed stays, and nothing is started")
    func refused() async throws {
        let bench = try Bench()
        let answer = try await bench.post(
            "/runs", form: "scenario=base&demand.volume=lots&payment.time_out=15&replications=3")
        #expect(answer.status == 422)
        #expect(answer.text.contains("id=\"lever-demand-volume-wrong\""))
        #expect(answer.text.contains("id=\"lever-payment-time-out-wrong\""))
        #expect(answer.text.contains("value=\"lots\""))
        #expect(answer.text.contains("name=\"replications\" value=\"3\""))
        #expect(answer.text.contains("aria-invalid=\"true\""))
        #expect(try bench.engine.workspace.runs().isEmpty)
    }

    @Test("a value cannot smuggle in another setting")
    func injection() async throws {
        let bench = try Bench()
        let answer = try await bench.post(
            "/runs", form: "scenario=base&demand.volume=4%0Aseed:+9&data=/etc&extends=/etc/passwd")
        #expect(answer.status == 422)
        #expect(try bench.engine.workspace.runs().isEmpty)
    }

    @Test("a scenario file that cannot be used is explained, not served")
    func brokenScenario() async throws {
        let bench = try Bench()
        let page = try await bench.get("/new?scenario=broken")
        #expect(page.status == 200)
        #expect(page.text.contains("broken.yaml:4"))
        #expect(!page.text.contains("name=\"demand.volume\""))
    }

    @Test("a scenario is a name on the list, never a path")
    func traversal() async throws {
        let bench = try Bench()
        try "granary: 1\n".write(toFile: bench.folder + "/secret.yaml", atomically: true, encoding: .utf8)
        for name in ["../secret", "..%2Fsecret", "%2Fetc%2Fpasswd", "base.yaml", "", "base%00"] {
            #expect(try await bench.post("/runs", form: "scenario=\(name)").status == 404, "\(name)")
        }
        #expect(try await bench.get("/new?scenario=../secret").status == 404)
    }

    @Test("a run can be stopped, is stored as interrupted, and cannot be stopped twice")
    func cancel() async throws {
        let bench = try Bench(waits: true)
        let answer = try await bench.post("/runs", form: "scenario=base")
        let id = try #require(RunID(answer["Location"]?.split(separator: "/").last ?? ""))
        let page = try await bench.get("/runs/\(id)").text
        #expect(page.contains("action=\"/runs/\(id)/cancel\""))
        #expect(try await bench.post("/runs/\(id)/cancel").status == 303)
        #expect(try await bench.end(of: id)?.status == .interrupted)
        #expect(try await bench.post("/runs/\(id)/cancel").status == 409)
    }

    @Test("more runs than can wait are refused until one has ended")
    func capacity() async throws {
        let bench = try Bench(waits: true)
        for _ in 0..<RunDesk.capacity {
            #expect(try await bench.post("/runs", form: "scenario=base").status == 303)
        }
        #expect(try await bench.post("/runs", form: "scenario=base").status == 429)
        await bench.planner.desk.stopAll()
        #expect(try bench.engine.workspace.runs().allSatisfy { $0.status == .interrupted })
        #expect(try await bench.post("/runs", form: "scenario=base").status == 303)
        await bench.planner.desk.stopAll()
    }
}
