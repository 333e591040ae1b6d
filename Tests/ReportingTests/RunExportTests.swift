import Datasets
import Foundation
import Retail
import Testing

@testable import Reporting

@Suite struct RunExportTests {
    static let meta = ExportMeta(
        runName: "Promotion week 2011", dataset: "uk-gifts", currency: .gbp, firstDay: SampleRun.days.first,
        lastDay: SampleRun.days.last, origin: SampleRun.input(.english).origin)

    private func export(_ folder: String, tables: [ResultTable] = SampleRun.tables) throws {
        try RunExport.write(tables: tables, figures: SampleRun.figures, meta: Self.meta, to: folder)
    }

    private func manifest(_ folder: String) throws -> [String: Any] {
        try #require(
            try JSONSerialization.jsonObject(with: Data(bytes(of: folder + "/manifest.json"))) as? [String: Any])
    }

    @Test("every file is listed with its true checksum, rows, columns and units, and nothing else is there")
    func complete() throws {
        try withTemporaryFolder { folder in
            let target = folder + "/export"
            try export(target)
            let manifest = try manifest(target)
            let tables = try #require(manifest["tables"] as? [[String: Any]])
            #expect(tables.count == SampleRun.tables.count + 2)
            var files: Set<String> = ["manifest.json"]
            for entry in tables {
                let file = try #require(entry["file"] as? String)
                files.insert(file)
                let content = bytes(of: target + "/" + file)
                #expect(Fingerprint.sha256(content) == entry["sha256"] as? String)
                #expect(content.count { $0 == 10 } == (entry["rows"] as? Int ?? -1) + 1)
            }
            #expect(Set(listing(of: target)) == files)
            let demand = try #require(tables.first { $0["name"] as? String == "demand_by_day" })
            let columns = try #require(demand["columns"] as? [[String: String]])
            #expect(columns[2] == ["name": "forecast_units", "type": "real", "unit": "units"])
            let run = try #require(manifest["run"] as? [String: Any])
            #expect(run["seed"] as? String == "20111128" && run["first_day"] as? String == "2011-11-28")
            #expect(manifest["schema_version"] as? Int == 1)
        }
    }

    @Test("the same run gives the same bytes, wherever and whenever")
    func reproducible() throws {
        try withTemporaryFolder { folder in
            try export(folder + "/a")
            try export(folder + "/b")
            for file in listing(of: folder + "/a") {
                #expect(bytes(of: folder + "/a/" + file) == bytes(of: folder + "/b/" + file))
            }
        }
    }

    @Test("an earlier export is replaced whole; other folders are refused and left as they were")
    func replacing() throws {
        try withTemporaryFolder { folder in
            let target = folder + "/export"
            try export(target)
            try export(target + "/", tables: [SampleRun.nodes])
            #expect(listing(of: target).count == 4)
            let other = folder + "/other"
            try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
            try export(other)  // empty is free
            try FileManager.default.removeItem(atPath: other + "/manifest.json")
            let before = listing(of: other)
            #expect(throws: ExportError.notAnExport(path: other)) { try export(other) }
            #expect(listing(of: other) == before)
            try AtomicFile.write("{\"format\": \"something else\"}", to: other + "/manifest.json")
            #expect(throws: ExportError.notAnExport(path: other)) { try export(other) }
            // Nothing half-made lies about.
            #expect(listing(of: folder) == ["export", "other"])
        }
    }

    @Test("table names that are no file names, and doubled ones, are refused before anything is written")
    func names() throws {
        try withTemporaryFolder { folder in
            let bad = ResultTable("../evil", [Column("a", .integer([1]))])
            #expect(throws: ExportError.badTableName(name: "../evil")) { try export(folder + "/x", tables: [bad]) }
            #expect(throws: ExportError.duplicateTable(name: "nodes")) {
                try export(folder + "/x", tables: [SampleRun.nodes, SampleRun.nodes])
            }
            #expect(listing(of: folder).isEmpty)
        }
    }

    @Test("a missing parent and a file in the way are named errors")
    func unwritable() throws {
        try withTemporaryFolder { folder in
            #expect(throws: ExportError.self) { try export(folder + "/none/x") }
            try AtomicFile.write("text", to: folder + "/file")
            #expect(throws: ExportError.self) { try export(folder + "/file") }
            #expect(bytes(of: folder + "/file") == Array("text".utf8))
        }
    }

    @Test("every replication of every figure is exported")
    func replications() {
        let table = RunExport.replicationTable(SampleRun.figures)
        #expect(table.rowCount == SampleRun.figures.count * 10)
        #expect(table.numbers("value")?.prefix(10) == SampleRun.figures[0].replications[...])
    }
}
