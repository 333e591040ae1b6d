import Foundation
import Retail
import Store
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// What happens to the process or the disk in mid-run. Each case spoils a process of its own.
@Suite("When things go wrong around it, a workspace")
struct HardLifeTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    @Test("stays readable after kill -9, with the run marked as interrupted")
    func killed() async throws {
        let path = folder.file()
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let workspace = try Workspace.open(path: path)
            let done = try workspace.beginRun(Sample.inputs)
            try workspace.finishRun(done, Sample.outcome)
            let id = try workspace.beginRun(Sample.inputs)
            try workspace.reportProgress(id, fraction: 0.3, stage: "simulate")
            kill(getpid(), SIGKILL)
        }
        let workspace = try Workspace.open(path: path)
        #expect(try workspace.runs().map(\.status) == [.interrupted, .done])
        #expect(try workspace.runs()[0].progress == 0.3)
        #expect(try workspace.runs()[0].message.isEmpty == false)
        #expect(try workspace.tables(RunID(1)) == Sample.tables)
        #expect(try workspace.checkIntegrity().isEmpty)
    }

    @Test("leaves the run of a living process alone")
    func alive() throws {
        let workspace = try Workspace.open(path: folder.file())
        let id = try workspace.beginRun(Sample.inputs)
        let other = try Workspace.open(path: folder.file())
        #expect(try other.run(id).status == .running)
        #expect(try other.recoverInterrupted().isEmpty)
    }

    @Test("says that there is no room when a file-size limit stops a write, and opens again with what it had")
    func full() async throws {
        let path = folder.file()
        await #expect(processExitsWith: .success) { [path = path as String] in
            let workspace = try Workspace.open(path: path)
            let first = try workspace.beginRun(Sample.inputs)
            try workspace.finishRun(first, Sample.outcome)
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 300_000, rlim_max: 300_000)
            setrlimit(__rlimit_resource_t(1), &limit)
            let second = try workspace.beginRun(Sample.inputs)
            let large = ResultTable("large", [Column("value", .integer(Array(0..<100_000)))])
            #expect(throws: StoreError.full(path: path)) {
                try workspace.finishRun(second, RunOutcome(figures: [], tables: [large]))
            }
            #expect(try workspace.run(second).status == .running)
            #expect(try workspace.tables(first) == Sample.tables)
        }
        let workspace = try Workspace.open(path: path)
        #expect(try workspace.runs().map(\.status) == [.interrupted, .done])
        #expect(try workspace.tables(RunID(1)) == Sample.tables)
        #expect(try workspace.checkIntegrity().isEmpty)
    }

    @Test("says that it cannot be written when the file or its folder is read-only")
    func readOnly() async throws {
        let path = folder.file()
        try Workspace.open(path: path).close()
        chmod(folder.path, 0o755)
        chmod(path, 0o444)
        let fresh = folder.file("fresh.granary")
        await #expect(processExitsWith: .success) { [path = path as String, fresh = fresh as String] in
            // The superuser may write anywhere: become nobody first.
            if geteuid() == 0 { #expect(setuid(65_534) == 0) }
            #expect(throws: StoreError.readOnly(path: path)) { try Workspace.open(path: path) }
            if getuid() == 65_534 {
                #expect(throws: StoreError.readOnly(path: fresh)) { try Workspace.open(path: fresh) }
            }
        }
        chmod(path, 0o644)
    }
}
