import Foundation
import Testing

@Suite struct BadInputTests {
    @Test("bad data exits with 2, names file, line and cure, and prints nothing on standard output")
    func badData() async throws {
        let files = try Files()
        try files.write("demand.csv", "date,sku,quantity\n2011-01-01,A,1\n2011-02-30,A,2\n2011-01-03,A,-1\n")
        let result = try await Command.run(["validate", files.path])
        #expect(result.status == 2)
        #expect(result.out.isEmpty)
        #expect(result.err.contains("demand.csv"))
        #expect(result.err.contains("2011-02-30"))
        #expect(result.err.contains("-1"))
    }

    @Test("a scenario with an unknown key is refused with its line and the nearest key")
    func unknownKey() async throws {
        let files = try Files()
        let path = try files.write("typo.yaml", "granary: 1\nname: Typo\ndata: .\nreplicatons: 3\n")
        let result = try await Command.run(["validate", path])
        #expect(result.status == 2)
        #expect(result.err.contains("typo.yaml:4"))
        #expect(result.err.contains("replications"))
    }

    @Test("files that are not there are named, whatever command asks for them")
    func missingFiles() async throws {
        for arguments in [
            ["validate", "nowhere.yaml"], ["run", "nowhere.yaml", "--workspace", "/tmp/granary-unused.sqlite"],
            ["forecast", "nowhere"], ["forecast", "--long", "nowhere.csv"],
            ["import", "uci-online-retail", "nowhere.csv", "--out", "/tmp/granary-unused"],
            ["runs", "--workspace", "nowhere.sqlite"],
        ] {
            let result = try await Command.run(arguments)
            #expect(result.status == 1 || result.status == 2, "\(arguments)")
            #expect(result.err.contains("nowhere"), "\(arguments)")
            #expect(result.out.isEmpty)
        }
        #expect(!FileManager.default.fileExists(atPath: "/tmp/granary-unused"))
    }

    @Test("a workspace where nothing can be written is a named error")
    func readOnlyWorkspace() async throws {
        let result = try await Command.run(["run", "scenarios/flagship.yaml", "--workspace", "/proc/granary.sqlite"])
        #expect(result.status == 1)
        #expect(result.err.contains("/proc/granary.sqlite"))
    }

    @Test("parameters, workspaces and edited sheets that are wrong are said in Chinese too")
    func chinese() async throws {
        let files = try SmallShop.files()
        let sheets = try Files()
        let workspace = try sheets.write("no.sqlite", String(repeating: "This is no workspace. ", count: 100))
        let sheet = try sheets.write("sheet.csv", "a,b\n1,2\n")
        for (arguments, words) in [
            (["solve", "newsvendor", "--demand", "poisson:6", "--holding", "0", "--shortage", "4"], "持有成本为 0.0"),
            (["solve", "newsvendor", "--demand", "x", "--holding", "1", "--shortage", "4"], "需求为“x”，应为分布"),
            (["runs", "--workspace", workspace], "不是粮仓的工作区"),
            (["suggest", files.path, "--import", sheet], "没有工作表含有列"),
        ] {
            let result = try await Command.run(arguments + ["--lang", "zh"])
            #expect(result.status != 0 && result.err.contains(words), "\(arguments): \(result.err)")
            #expect(!result.err.contains("expected") && !result.err.contains(" the "), "\(result.err)")
        }
    }
}
