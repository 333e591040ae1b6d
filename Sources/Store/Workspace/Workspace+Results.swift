import Datasets
import Foundation
import GRDB
public import Retail

extension Workspace {
    /// The headline figures of a run, in the order they were stored; empty before the run is done.
    public func figures(_ id: RunID) throws(StoreError) -> [Figure] {
        let path = path
        return try read { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT * FROM figures WHERE run = ? ORDER BY position", arguments: [id.number])
            if rows.isEmpty { try database.require(id, path) }
            return try rows.map { row in
                let key: String = row["key"]
                return Figure(
                    key: key, unit: row["unit"], mean: row["mean"] ?? .nan, halfWidth: row["half_width"] ?? .nan,
                    replications: try decodeReals(row["replications"], path, "figure \(key) of run \(id)"))
            }
        }
    }

    /// The result tables of a run, checked against their checksums.
    public func tables(_ id: RunID) throws(StoreError) -> [ResultTable] { try tables(id, appendix: false) }

    /// The tables kept beside the results (placement, assumptions), checked against their checksums.
    public func appendices(_ id: RunID) throws(StoreError) -> [ResultTable] { try tables(id, appendix: true) }

    /// One table of a run by name, result or appendix; nil when the run has no such table.
    public func table(_ id: RunID, named name: String) throws(StoreError) -> ResultTable? {
        let path = path
        return try read { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT * FROM result_tables WHERE run = ? AND name = ?",
                arguments: [id.number, name])
            guard let row else {
                try database.require(id, path)
                return nil
            }
            return try ResultTable(row, path)
        }
    }

    /// Names of the result tables of a run, in the order they were stored, without reading them.
    public func tableNames(_ id: RunID) throws(StoreError) -> [String] {
        try read { database in
            try String.fetchAll(
                database, sql: "SELECT name FROM result_tables WHERE run = ? ORDER BY appendix, position",
                arguments: [id.number])
        }
    }

    private func tables(_ id: RunID, appendix: Bool) throws(StoreError) -> [ResultTable] {
        let path = path
        return try read { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT * FROM result_tables WHERE run = ? AND appendix = ? ORDER BY position",
                arguments: [id.number, appendix])
            if rows.isEmpty { try database.require(id, path) }
            return try rows.map { try ResultTable($0, path) }
        }
    }
}

extension Database {
    /// A named error when there is no such run.
    func require(_ id: RunID, _ path: String) throws {
        let found = try Bool.fetchOne(
            self, sql: "SELECT EXISTS (SELECT 1 FROM runs WHERE id = ?)", arguments: [id.number])
        if found != true { throw StoreError.noSuchRun(path: path, id: id.number) }
    }

    func insert(figures: [Figure], run: RunID) throws {
        let statement = try makeStatement(sql: "INSERT INTO figures VALUES (?, ?, ?, ?, ?, ?, ?)")
        for (position, figure) in figures.enumerated() {
            try statement.execute(arguments: [
                run.number, position, figure.key, figure.unit, figure.mean, figure.halfWidth,
                encodeReals(figure.replications),
            ])
        }
    }

    func insert(tables: [ResultTable], appendix: Bool, run: RunID) throws {
        let statement = try makeStatement(sql: "INSERT INTO result_tables VALUES (?, ?, ?, ?, ?, ?, ?)")
        for (position, table) in tables.enumerated() {
            let bytes = TableCoding.encode(table)
            try statement.execute(arguments: [
                run.number, table.name, position, appendix, table.rowCount, Fingerprint.sha256(bytes), Data(bytes),
            ])
        }
    }
}

extension ResultTable {
    /// Reads a row of `result_tables`; damage is named with the run and the table.
    init(_ row: Row, _ path: String) throws {
        let what = "table \(row["name"] as String) of run \(row["run"] as Int64)"
        let bytes = [UInt8](row["content"] as Data)
        do {
            guard Fingerprint.sha256(bytes) == row["checksum"] as String else { throw BlobDefect.checksum }
            self = try TableCoding.decode(bytes)
        } catch {
            throw StoreError.damaged(path: path, what: "\(what): \(error)")
        }
    }
}

/// The values of the replications: checksummed like a table.
private func encodeReals(_ values: [Double]) -> Data {
    var writer = ByteWriter()
    writer.append(values)
    return Data(writer.bytes + Array(Fingerprint.sha256(writer.bytes).utf8))
}

private func decodeReals(_ data: Data, _ path: String, _ what: String) throws -> [Double] {
    do {
        let bytes = [UInt8](data)
        guard bytes.count >= 64 else { throw BlobDefect.truncated }
        let content = [UInt8](bytes.dropLast(64))
        guard Array(Fingerprint.sha256(content).utf8) == Array(bytes.suffix(64)) else { throw BlobDefect.checksum }
        var reader = ByteReader(content)
        let values = try reader.reals(content.count / 8)
        try reader.finish()
        return values
    } catch {
        throw StoreError.damaged(path: path, what: "\(what): \(error)")
    }
}
