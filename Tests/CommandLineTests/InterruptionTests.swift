import Foundation
import Store
import Testing

@Suite(.serialized) struct InterruptionTests {
    /// Starts a run that will not end by itself and waits until the workspace shows it as running.
    private func startRun(_ files: Files) async throws -> Process {
        let scenario = try files.write("s.yaml", "granary: 1\ndata: .\nclock: {start: 2024-04-30, days: 60}\n")
        let process = try Command.start(
            ["run", scenario, "--replications", "10000", "--quiet", "--workspace", files.path + "/w.sqlite"],
            files: files)
        for _ in 0..<3_000 where process.isRunning {
            try await Task.sleep(for: .milliseconds(50))
            if let runs = try? Workspace.open(path: files.path + "/w.sqlite").runs(), !runs.isEmpty { break }
        }
        let said = try String(contentsOfFile: files.path + "/err", encoding: .utf8)
        try #require(process.isRunning, "the run ended by itself: \(said)")
        return process
    }

    private func wait(for process: Process) async throws {
        while process.isRunning { try await Task.sleep(for: .milliseconds(20)) }
    }

    @Test("SIGINT in mid-run exits with 130 and leaves the run marked as interrupted")
    func interrupt() async throws {
        let files = try SmallShop.files()
        let process = try await startRun(files)
        kill(process.processIdentifier, SIGINT)
        try await wait(for: process)
        #expect(process.terminationStatus == 130)
        let run = try #require(try Workspace.open(path: files.path + "/w.sqlite").runs().first)
        #expect(run.status == .interrupted)
    }

    @Test("a run that is killed leaves the workspace readable and the run marked as interrupted")
    func killed() async throws {
        let files = try SmallShop.files()
        let process = try await startRun(files)
        kill(process.processIdentifier, SIGKILL)
        try await wait(for: process)
        let workspace = try Workspace.open(path: files.path + "/w.sqlite")
        _ = try workspace.recoverInterrupted()
        let run = try #require(try workspace.runs().first)
        #expect(run.status == .interrupted)
        #expect(try workspace.checkIntegrity().isEmpty)
    }

    @Test("a full disk is a named error that leaves no half-written file")
    func fullDisk() async throws {
        let files = try Files()
        var text = "unique_id,ds,y\n"
        for series in 0..<200 { for step in 0..<20 { text += "s\(series),\(step),\((series + step) % 7)\n" } }
        let long = try files.write("long.csv", text)
        let result = try await Command.run(
            ["forecast", "--long", long, "--horizon", "28", "--out", files.path + "/f.csv"],
            shell: "trap '' XFSZ; ulimit -f 64; exec")
        #expect(result.status == 1)
        #expect(result.err.contains("f.csv"))
        let left = try FileManager.default.contentsOfDirectory(atPath: files.path).filter { $0 != "long.csv" }
        #expect(left.isEmpty)
    }
}
