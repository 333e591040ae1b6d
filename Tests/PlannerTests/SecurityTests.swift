import Foundation
import Store
import Testing

@testable import Planner

@Suite("Who may ask what")
struct SecurityTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    @Test(
        "every answer forbids foreign and inline code, framing and sniffing",
        arguments: ["/", "/new", "/nowhere", "/api/v1/runs"])
    func headers(_ address: String) async throws {
        let answer = try await bench.get(address)
        let policy = try #require(answer["Content-Security-Policy"])
        #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
        #expect(!policy.contains("unsafe"))
        #expect(answer["X-Content-Type-Options"] == "nosniff")
        #expect(answer["Cache-Control"] == "no-store")
        #expect(!answer.text.contains("<style") && !answer.text.contains("onclick"))
    }

    @Test("a change asked for by another site's page is refused; by our own page or no browser it is made")
    func origin() async throws {
        let foreign: [[String: String]] = [
            ["Origin": "http://evil.example"], ["Origin": "null"], ["Sec-Fetch-Site": "cross-site"],
            ["Sec-Fetch-Site": "same-site"], ["Origin": "http://localhost:9"],
            ["Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"],
        ]
        for headers in foreign {
            for address in ["/runs", "/api/v1/runs", "/runs/1/cancel", "/runs/1/suggestions/0"] {
                let answer = try await bench.post(address, form: "scenario=base", headers: headers)
                #expect(answer.status == 403, "\(headers)")
            }
        }
        #expect(try bench.engine.workspace.runs().isEmpty)
        for headers in [["Origin": "http://localhost"], ["Sec-Fetch-Site": "same-origin"], [:]] {
            #expect(try await bench.post("/runs", form: "scenario=base", headers: headers).status == 303)
        }
        await bench.planner.desk.stopAll()
    }

    @Test("only names that the server goes by are answered, whatever their port and case")
    func hosts() {
        let guardian = HostGuard(names: ["0.0.0.0", "Shop.example"])
        for ours in ["localhost", "LOCALHOST:8080", "127.0.0.1:80", "[::1]:8080", "shop.example:9000"] {
            #expect(guardian.admits(ours), "\(ours)")
        }
        let others = [
            "", "evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example", "[::2]:80",
            "0.0.0.0", "localhost@evil.example", "[::1", "::1",
        ]
        for other in others { #expect(!guardian.admits(other), "\(other)") }
    }

    @Test("a body beyond the limit is refused, and so is one that is no form")
    func bodies() async throws {
        let long = "scenario=base&x=" + String(repeating: "a", count: Form.limit)
        #expect(try await bench.post("/runs", form: long).status == 413)
        #expect(try await bench.post("/api/v1/runs", json: long).status == 413)
        #expect(try await bench.post("/runs", form: "scenario=%zz").status == 400)
        #expect(try await bench.post("/runs", form: "a=%ff").status == 400)
        let many = (0...Form.maximumFields).map { "f\($0)=1" }.joined(separator: "&")
        #expect(try await bench.post("/runs", form: many).status == 400)
        #expect(try await bench.post("/api/v1/runs", json: "{").status == 400)
    }

    @Test("a form is read back as it was written, whatever the characters")
    func formRoundTrip() throws {
        for text in ["", "a b+c", "100 %", "粮仓&=#?/", "\u{1F600}\n\"<>"] {
            let form = try #require(Form(encoded: "x=" + queryEncoded(text)))
            #expect(form.all("x") == [text])
        }
    }
}
