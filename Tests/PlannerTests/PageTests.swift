import Foundation
import Retail
import Store
import Testing

@testable import Planner

@Suite("The planner's pages")
struct PageTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    @Test("the list shows every run with its figures, in the language asked for, and remembers the language")
    func runList() async throws {
        try bench.finishedRun("Black week")
        let english = try await bench.get("/?lang=en")
        #expect(english.status == 200)
        #expect(english.text.contains("Black week"))
        #expect(english.text.contains("97.3"))
        #expect(english.text.contains("<html lang=\"en\">"))
        #expect(english["Set-Cookie"]?.contains("granary_language=en") == true)
        let chinese = try await bench.get("/", headers: ["Cookie": "granary_language=zh"])
        #expect(chinese.text.contains("<html lang=\"zh-CN\">"))
        #expect(chinese.text.contains("已完成"))
        let preferred = try await bench.get("/", headers: ["Accept-Language": "zh-CN,zh;q=0.9"])
        #expect(preferred.text.contains("已完成"))
    }

    @Test("text from outside is never markup, on any page")
    func escaping() async throws {
        let id = try bench.finishedRun(Stored.evil)
        let query = queryEncoded(Stored.evil)
        for address in [
            "/", "/runs/\(id)", "/runs/\(id)/tables/nodes", "/runs/\(id)/suggestions?text=\(query)",
            "/runs/\(id)/suggestions", "/runs/\(id)/suggestions/0", "/compare?run=\(id)&run=\(query)",
            "/new?scenario=\(query)", "/runs/\(query)", "/runs/\(id)/tables/\(query)", "/?lang=en&x=\(query)",
        ] {
            let page = try await bench.get(address)
            #expect(!page.text.contains("<script>alert"), "\(address)")
            #expect(page.text.contains("<!doctype html>"), "\(address)")
        }
        #expect(try await bench.get("/runs/\(id)").text.contains("&lt;script&gt;"))
    }

    @Test("every page has one heading, a language, a title, and labels for its fields")
    func structure() async throws {
        let id = try bench.finishedRun()
        for address in ["/", "/new", "/runs/\(id)", "/runs/\(id)/suggestions", "/runs/\(id)/tables/nodes"] {
            for language in Language.allCases {
                let page = try await bench.get(address + "?lang=\(language.rawValue)").text
                #expect(page.components(separatedBy: "<h1>").count == 2)
                #expect(!page.contains("<title></title>"))
                #expect(!page.contains("[["), "\(address)")
                let words = page.replacingOccurrences(of: "/assets/planner.", with: "")
                #expect(!words.contains("planner."), "a key without words on \(address)")
                for field in page.components(separatedBy: "<input id=\"").dropFirst() {
                    let name = field.prefix { $0 != "\"" }
                    #expect(page.contains("<label for=\"\(name)\">"))
                }
            }
        }
    }

    @Test("all words that templates name are in the catalogue")
    func templateKeys() {
        for (name, text) in PageText.all {
            for key in PageTemplates.keys(in: text) { #expect(Catalogue.contains(key), "\(name): \(key)") }
        }
        for group in Levers.groups {
            #expect(Catalogue.contains("planner.group.\(group.name)"))
            for path in group.paths { #expect(Catalogue.contains("planner.lever.\(path)")) }
        }
    }

    @Test("what is not there is said in words, with the right status")
    func missing() async throws {
        let id = try bench.finishedRun()
        for address in [
            "/runs/99", "/runs/0", "/runs/x", "/nowhere", "/runs/\(id)/tables/none", "/runs/\(id)/suggestions/9",
        ] {
            let page = try await bench.get(address)
            #expect(page.status == 404, "\(address)")
            #expect(page.text.contains("role=\"alert\""))
        }
        #expect(try await bench.get("/compare?run=\(id)").status == 400)
        #expect(try await bench.get("/runs/%zz").status == 404)
    }

    @Test("the report is shown as a document without an origin, in its own policy")
    func report() async throws {
        let id = try bench.finishedRun()
        let report = try await bench.get("/runs/\(id)/report?lang=zh")
        #expect(report.status == 200)
        #expect(report.text.contains("<title>zh</title>"))
        let policy = try #require(report["Content-Security-Policy"])
        #expect(policy.contains("sandbox allow-scripts"))
        #expect(!policy.contains("allow-same-origin"))
    }

    @Test("a run that is not done has no report and no export")
    func notDone() async throws {
        let id = try bench.engine.workspace.beginRun(
            RunInputs(name: "r", scenario: "", seed: 1, replications: 1, engineVersion: "t"))
        #expect(try await bench.get("/runs/\(id)/report").status == 409)
        #expect(try await bench.get("/runs/\(id)/export").status == 409)
        #expect(try await bench.get("/runs/\(id)").text.contains("data-follow=\"/api/v1/runs/\(id)"))
    }

    @Test("a table is downloaded as CSV, and the export as a ZIP that unzip accepts")
    func downloads() async throws {
        let id = try bench.finishedRun()
        let table = try await bench.get("/runs/\(id)/tables/nodes/csv")
        #expect(table["Content-Disposition"] == "attachment; filename=\"nodes.csv\"")
        #expect(table.text.split(separator: "\n").count == 3)
        let export = try await bench.get("/runs/\(id)/export")
        #expect(export["Content-Type"] == "application/zip")
        let path = bench.folder + "/export.zip"
        try Data(export.bytes).write(to: URL(fileURLWithPath: path))
        let check = Process()
        check.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        check.arguments = [
            "python3", "-c",
            "import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); "
                + "sys.exit(0 if z.testzip() is None and any(n.endswith('manifest.json') for n in z.namelist()) else 1)",
            path,
        ]
        try check.run()
        check.waitUntilExit()
        #expect(check.terminationStatus == 0)
    }

    @Test("runs compare side by side, and runs of different luck are refused in words")
    func comparison() async throws {
        let (a, b) = (try bench.finishedRun("One"), try bench.finishedRun("Two"))
        let page = try await bench.get("/compare?run=\(a)&run=\(b)")
        #expect(page.status == 200)
        #expect(page.text.contains("One") && page.text.contains("Two"))
        #expect(page.text.contains("href=\"/compare?run=\(b)&amp;run=\(a)\""))
        let chosen = try await bench.get("/compare?first=oldest&run=\(b)&run=\(a)")
        #expect(chosen.text.contains("href=\"/compare?run=\(b)&amp;run=\(a)\""))
        let other = try bench.finishedRun("Other seed", seed: 2)
        let refused = try await bench.get("/compare?run=\(a)&run=\(other)")
        #expect(refused.status == 400)
        #expect(refused.text.contains("role=\"alert\""))
    }
}
