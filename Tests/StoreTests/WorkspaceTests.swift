import Foundation
import GRDB
import Retail
@testable import Store
import Testing

@Suite("A workspace")
struct WorkspaceTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    @Test("a new file becomes a workspace with a write-ahead log, and stays one when opened again")
    func createsAndReopens() throws {
        let first = try Workspace.open(path: folder.file())
        #expect(try first.runs().isEmpty)
        try first.close()
        let queue = try DatabaseQueue(path: folder.file())
        let mode = try queue.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") }
        let version = try queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") }
        #expect(mode == "wal")
        #expect(version == Schema.version)
        try queue.close()
        #expect(try Workspace.open(path: folder.file()).runs().isEmpty)
    }

    @Test("several may open a new file at once", arguments: 0..<10)
    func openedAtOnce(round: Int) async throws {
        let path = folder.file("w\(round).sqlite")
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<6 { group.addTask { try Workspace.open(path: path).runs().count } }
            for try await count in group { #expect(count == 0) }
        }
    }

    @Test("an empty file left by a process that died while making it is taken over")
    func emptyFile() throws {
        #expect(FileManager.default.createFile(atPath: folder.file(), contents: Data()))
        #expect(try Workspace.open(path: folder.file()).runs().isEmpty)
    }

    @Test("everything stored with a run comes back as it was, to the last bit")
    func roundTrip() throws {
        let digest: String
        let id: RunID
        do {
            let workspace = try Workspace.open(path: folder.file())
            id = try workspace.beginRun(Sample.inputs)
            #expect(try workspace.run(id).status == .running)
            digest = try workspace.finishRun(id, Sample.outcome)
            try workspace.recordReport(id, path: "report.html")
            try workspace.close()
        }
        let workspace = try Workspace.open(path: folder.file())
        let run = try workspace.run(id)
        #expect(run.inputs == Sample.inputs)
        #expect(run.status == .done)
        #expect(run.resultDigest == digest)
        #expect(run.reportPath == "report.html")
        #expect(try #require(run.finished) >= run.started)
        #expect(try workspace.tables(id) == Sample.tables)
        #expect(try workspace.table(id, named: "placement") == Sample.outcome.appendices[0])
        #expect(try workspace.table(id, named: "nothing") == nil)
        #expect(try workspace.suggestions(id) == Sample.outcome.suggestions)
        let figures = try workspace.figures(id)
        #expect(figures.map(\.key) == Sample.figures.map(\.key))
        for (stored, original) in zip(figures, Sample.figures) {
            #expect(sameBits([stored.mean, stored.halfWidth], [original.mean, original.halfWidth]))
            #expect(sameBits(stored.replications, original.replications))
        }
        #expect(try workspace.checkIntegrity().isEmpty)
    }

    @Test("a run that has ended cannot end again, and a run that is not there is named")
    func endsOnce() throws {
        let workspace = try Workspace.open(path: folder.file())
        let id = try workspace.beginRun(Sample.inputs)
        try workspace.reportProgress(id, fraction: 0.5, stage: "simulate")
        #expect(try workspace.run(id).progress == 0.5)
        try workspace.failRun(id, message: "no stock")
        #expect(try workspace.run(id).message == "no stock")
        #expect(throws: StoreError.notRunning(path: folder.file(), id: id.number, status: "failed")) {
            try workspace.finishRun(id, Sample.outcome)
        }
        #expect(try workspace.tables(id).isEmpty)
        #expect(throws: StoreError.noSuchRun(path: folder.file(), id: 99)) { try workspace.figures(RunID(99)) }
        #expect(throws: StoreError.noSuchRun(path: folder.file(), id: 99)) { try workspace.deleteRun(RunID(99)) }
    }

    @Test("two tables of one name are refused, and the run is left as it was")
    func duplicateTable() throws {
        let workspace = try Workspace.open(path: folder.file())
        let id = try workspace.beginRun(Sample.inputs)
        let twice = RunOutcome(figures: Sample.figures, tables: [Sample.tables[0], Sample.tables[0]])
        #expect(throws: StoreError.self) { try workspace.finishRun(id, twice) }
        #expect(try workspace.run(id).status == .running)
        #expect(try workspace.figures(id).isEmpty)
    }

    @Test("deleting a run takes its results along, and its number is not given again")
    func deletes() throws {
        let workspace = try Workspace.open(path: folder.file())
        let id = try workspace.beginRun(Sample.inputs)
        try workspace.finishRun(id, Sample.outcome)
        try workspace.deleteRun(id)
        #expect(throws: StoreError.self) { try workspace.suggestions(id) }
        #expect(try workspace.beginRun(Sample.inputs) > id)
        #expect(try workspace.checkIntegrity().isEmpty)
    }

    @Test("a reader sees whole runs only while another connection writes them")
    func concurrentReader() async throws {
        let writer = try Workspace.open(path: folder.file())
        let reader = try Workspace.open(path: folder.file())
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for _ in 0..<20 {
                    let id = try writer.beginRun(Sample.inputs)
                    try writer.finishRun(id, Sample.outcome)
                }
            }
            group.addTask {
                for _ in 0..<50 {
                    for run in try reader.runs() where run.status == .done {
                        #expect(try reader.figures(run.id).count == 2)
                        #expect(try reader.tables(run.id).count == 2)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try reader.runs().count == 20)
    }
}
