import Datasets
import Foundation
import GRDB
import Retail

extension Workspace {
    /// Reads everything once: the file's own structure, references between rows, every checksum, and the result
    /// digest of every finished run.
    /// - Returns: what is wrong, one sentence each; empty when the workspace is sound.
    public func checkIntegrity() throws(StoreError) -> [String] {
        var faults = try read { database in
            try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
                + Row.fetchAll(database, sql: "PRAGMA foreign_key_check").map { row in
                    "a row of \(row["table"] as String) points at a row of \(row["parent"] as String) that is not there"
                }
        }
        let forecasts = try read { database in
            try String.fetchAll(database, sql: "SELECT digest FROM forecasts ORDER BY digest")
        }
        for digest in forecasts {
            let content = try read { database in
                try Data.fetchOne(
                    database, sql: "SELECT content FROM forecasts WHERE digest = ?", arguments: [digest])
            }
            if let content, Fingerprint.sha256([UInt8](content)) != digest {
                faults.append("forecast \(digest.prefix(12)): \(BlobDefect.checksum)")
            }
        }
        for run in try runs() {
            do {
                let digest = resultDigest(tables: try tables(run.id), figures: try figures(run.id))
                _ = try appendices(run.id)
                if let stored = run.resultDigest, stored != digest {
                    faults.append("run \(run.id): the results do not have the digest they were stored with")
                }
            } catch .damaged(_, let what) {
                faults.append(what)
            }
        }
        return faults
    }
}
