import Foundation
import GRDB
import Retail
@testable import Store
import Testing

@Suite("A workspace that is not what it should be")
struct BadFileTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    @Test("a file of something else is refused and left alone")
    func textFile() throws {
        let text = Data(String(repeating: "invoice;date;quantity\n", count: 20).utf8)
        try text.write(to: URL(fileURLWithPath: folder.file()))
        #expect(throws: StoreError.notAWorkspace(path: folder.file())) { try Workspace.open(path: folder.file()) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file())) == text)
    }

    @Test("another program's database is refused and stays as it was, byte for byte")
    func foreignDatabase() throws {
        let queue = try DatabaseQueue(path: folder.file())
        try queue.write { try $0.execute(sql: "CREATE TABLE notes (text TEXT)") }
        try queue.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.file()))
        #expect(throws: StoreError.notAWorkspace(path: folder.file())) { try Workspace.open(path: folder.file()) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file())) == before)
    }

    @Test("a folder is not a workspace, and a missing folder is named")
    func folders() throws {
        #expect(throws: StoreError.notAWorkspace(path: folder.path)) { try Workspace.open(path: folder.path) }
        let nowhere = folder.file("none/workspace.granary")
        #expect(throws: StoreError.missingFolder(path: nowhere)) { try Workspace.open(path: nowhere) }
    }

    @Test("a workspace of a newer version is refused by version number")
    func newerVersion() throws {
        try Workspace.open(path: folder.file()).close()
        let queue = try DatabaseQueue(path: folder.file())
        try queue.write { try $0.execute(sql: "PRAGMA user_version = 1007") }
        try queue.close()
        #expect(throws: StoreError.newerVersion(path: folder.file(), found: 1007, known: Schema.version)) {
            try Workspace.open(path: folder.file())
        }
    }

    @Test("any one byte changed in a stored table is noticed and the table named")
    func flippedByte() throws {
        let workspace = try Workspace.open(path: folder.file())
        let id = try workspace.beginRun(Sample.inputs)
        try workspace.finishRun(id, Sample.outcome)
        let queue = try DatabaseQueue(path: folder.file())
        let content = try #require(
            try queue.read { try Data.fetchOne($0, sql: "SELECT content FROM result_tables WHERE name = 'nodes'") })
        for at in 0..<content.count {
            var damaged = content
            damaged[at] ^= 0x10
            try queue.write { database in
                try database.execute(
                    sql: "UPDATE result_tables SET content = ? WHERE name = 'nodes'", arguments: [damaged])
            }
            let error = #expect(throws: StoreError.self) { try workspace.tables(id) }
            #expect(error?.description.contains("table nodes of run 1") == true)
        }
        #expect(try workspace.checkIntegrity().count == 1)
    }

    @Test("a changed number behind a correct checksum is found by the result digest")
    func swappedTable() throws {
        let workspace = try Workspace.open(path: folder.file())
        let id = try workspace.beginRun(Sample.inputs)
        try workspace.finishRun(id, Sample.outcome)
        let queue = try DatabaseQueue(path: folder.file())
        try queue.write { try $0.execute(sql: "UPDATE figures SET mean = 101 WHERE key = 'orders'") }
        #expect(try workspace.checkIntegrity().contains { $0.contains("digest") })
    }

    @Test("pages of noise in the file are named as damage")
    func noise() throws {
        let workspace = try Workspace.open(path: folder.file())
        let id = try workspace.beginRun(Sample.inputs)
        try workspace.finishRun(id, Sample.outcome)
        try workspace.close()
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: folder.file()))
        let size = try file.seekToEnd()
        try file.seek(toOffset: 4_096)
        try file.write(contentsOf: Data(repeating: 0xA5, count: Int(size) - 4_096))
        try file.close()
        let error = #expect(throws: StoreError.self) { _ = try Workspace.open(path: folder.file()).runs() }
        guard case .damaged = error else {
            Issue.record("expected damage to be named, not \(String(describing: error))")
            return
        }
    }
}
