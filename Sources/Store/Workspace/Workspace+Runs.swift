import Foundation
import GRDB

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension Workspace {
    /// Stores a new run as running, in the name of this process.
    public func beginRun(_ inputs: RunInputs) throws(StoreError) -> RunID {
        let now = secondsSince1970()
        return try write { database in
            try database.execute(
                sql: """
                    INSERT INTO runs (name, scenario, overrides, seed, replications, currency, engine_version,
                        processor, data_fingerprint, forecast_digest, plan_digest, status, process, heartbeat, started)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'running', ?, ?, ?)
                    """,
                arguments: [
                    inputs.name, inputs.scenario, encodeTexts(inputs.overrides), Int64(bitPattern: inputs.seed),
                    inputs.replications, inputs.currency, inputs.engineVersion, inputs.processor,
                    inputs.dataFingerprint, inputs.forecastDigest, inputs.planDigest, RunningProcess.current.text,
                    now, now,
                ])
            return RunID(database.lastInsertedRowID)
        }
    }

    /// Adds what became known after the run began: data, forecast and plan it stands on.
    public func recordInputs(
        of id: RunID, currency: String, dataFingerprint: String, forecastDigest: String?, planDigest: String?
    ) throws(StoreError) {
        try change(
            id, set: "currency = ?, data_fingerprint = ?, forecast_digest = ?, plan_digest = ?",
            [currency, dataFingerprint, forecastDigest, planDigest])
    }

    /// Says how far a run has come, for whoever looks at it from another process.
    /// - Parameters:
    ///   - fraction: the part done, 0 to 1.
    ///   - stage: the name of the stage.
    public func reportProgress(_ id: RunID, fraction: Double, stage: String) throws(StoreError) {
        let part = fraction.isNaN ? 0 : min(1, max(0, fraction))
        try change(id, set: "progress = ?, stage = ?, heartbeat = ?", [part, stage, secondsSince1970()])
    }

    /// Stores the results and marks the run as done, in one transaction.
    /// - Returns: the result digest, see `resultDigest(tables:figures:)`.
    @discardableResult
    public func finishRun(_ id: RunID, _ outcome: RunOutcome) throws(StoreError) -> String {
        let digest = resultDigest(tables: outcome.tables, figures: outcome.figures)
        let path = path
        try write { database in
            try database.setRun(
                id, path, "status = 'done', progress = 1, finished = ?, result_digest = ?",
                [secondsSince1970(), digest])
            do {
                try database.insert(figures: outcome.figures, run: id)
                try database.insert(tables: outcome.tables, appendix: false, run: id)
                try database.insert(tables: outcome.appendices, appendix: true, run: id)
                if !outcome.suggestions.isEmpty {
                    let run = try Row.fetchOne(database, sql: "SELECT * FROM runs WHERE id = ?", arguments: [id.number])
                    guard let run else { throw StoreError.noSuchRun(path: path, id: id.number) }
                    let book = OrderBook(
                        dataset: outcome.dataset, source: run["name"], today: outcome.today, currency: run["currency"],
                        dataFingerprint: run["data_fingerprint"], forecastDigest: run["forecast_digest"], run: id,
                        lines: outcome.suggestions)
                    try database.insert(book, now: secondsSince1970())
                }
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                throw StoreError.invalid(path: path, what: "two figures or two tables of one run have the same name")
            }
        }
        return digest
    }

    /// Marks a running run as failed.
    public func failRun(_ id: RunID, message: String) throws(StoreError) {
        try change(id, set: "status = 'failed', finished = ?, message = ?", [secondsSince1970(), message])
    }

    /// Marks a running run as interrupted: a person cancelled it.
    public func interruptRun(_ id: RunID, message: String) throws(StoreError) {
        try change(id, set: "status = 'interrupted', finished = ?, message = ?", [secondsSince1970(), message])
    }

    /// Says where the report of a run was written; also for a run that is done.
    public func recordReport(_ id: RunID, path report: String) throws(StoreError) {
        let path = path
        try write { database in
            try database.execute(
                sql: "UPDATE runs SET report_path = ? WHERE id = ?", arguments: [report, id.number])
            if database.changesCount == 0 { throw StoreError.noSuchRun(path: path, id: id.number) }
        }
    }

    /// Deletes a run with its results.
    public func deleteRun(_ id: RunID) throws(StoreError) {
        let path = path
        try write { database in
            try database.execute(sql: "DELETE FROM runs WHERE id = ?", arguments: [id.number])
            if database.changesCount == 0 { throw StoreError.noSuchRun(path: path, id: id.number) }
        }
    }

    /// Marks runs as interrupted whose process is gone, or, where that cannot be seen (another container),
    /// has given no sign of life for five minutes. Called on opening.
    /// - Returns: the runs that were marked.
    @discardableResult
    public func recoverInterrupted() throws(StoreError) -> [RunID] {
        let now = secondsSince1970()
        let running = try read { database in
            try Row.fetchAll(database, sql: "SELECT id, process, heartbeat FROM runs WHERE status = 'running'")
        }
        let lost = running.filter { row in
            let silent = now - (row["heartbeat"] as Int64) > 300
            guard let process = RunningProcess(row["process"] as String) else { return silent }
            return process.isAlive.map { !$0 } ?? silent
        }.map { RunID($0["id"]) }
        if lost.isEmpty { return [] }
        try write { database in
            for id in lost {
                // Only while still running: the process may have finished in between.
                try database.execute(
                    sql: """
                        UPDATE runs SET status = 'interrupted', finished = ?,
                            message = 'the process ended before the run was done'
                        WHERE id = ? AND status = 'running'
                        """,
                    arguments: [now, id.number])
            }
        }
        return lost
    }

    /// All runs, newest first.
    public func runs() throws(StoreError) -> [Run] {
        let path = path
        return try read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM runs ORDER BY id DESC").map { try Run($0, path: path) }
        }
    }

    public func run(_ id: RunID) throws(StoreError) -> Run {
        let path = path
        return try read { database in
            let row = try Row.fetchOne(database, sql: "SELECT * FROM runs WHERE id = ?", arguments: [id.number])
            guard let row else { throw StoreError.noSuchRun(path: path, id: id.number) }
            return try Run(row, path: path)
        }
    }

    private func change(
        _ id: RunID, set assignments: String, _ values: [(any DatabaseValueConvertible)?]
    ) throws(StoreError) {
        let path = path
        try write { try $0.setRun(id, path, assignments, values) }
    }
}

extension Database {
    /// Changes a run that is still running; a named error when it is not there or has ended.
    fileprivate func setRun(
        _ id: RunID, _ path: String, _ assignments: String, _ values: [(any DatabaseValueConvertible)?]
    ) throws {
        try execute(
            sql: "UPDATE runs SET \(assignments) WHERE id = ? AND status = 'running'",
            arguments: StatementArguments(values) + [id.number])
        if changesCount == 1 { return }
        let status = try String.fetchOne(self, sql: "SELECT status FROM runs WHERE id = ?", arguments: [id.number])
        guard let status else { throw StoreError.noSuchRun(path: path, id: id.number) }
        throw StoreError.notRunning(path: path, id: id.number, status: status)
    }
}

extension Run {
    fileprivate init(_ row: Row, path: String) throws {
        id = RunID(row["id"])
        guard let status = RunStatus(rawValue: row["status"]) else {
            throw StoreError.damaged(path: path, what: "run \(id) has an unknown status")
        }
        self.status = status
        let overrides: [String]
        do { overrides = try decodeTexts(row["overrides"]) } catch {
            throw StoreError.damaged(path: path, what: "overrides of run \(id): \(error)")
        }
        inputs = RunInputs(
            name: row["name"], scenario: row["scenario"], overrides: overrides,
            seed: UInt64(bitPattern: row["seed"] as Int64), replications: row["replications"],
            currency: row["currency"], engineVersion: row["engine_version"], processor: row["processor"],
            dataFingerprint: row["data_fingerprint"], forecastDigest: row["forecast_digest"],
            planDigest: row["plan_digest"])
        progress = row["progress"]
        stage = row["stage"]
        started = row["started"]
        finished = row["finished"]
        resultDigest = row["result_digest"]
        message = row["message"]
        reportPath = row["report_path"]
    }
}

private func encodeTexts(_ texts: [String]) -> Data {
    var writer = ByteWriter()
    writer.append(UInt64(texts.count))
    for text in texts { writer.append(text) }
    return Data(writer.bytes)
}

private func decodeTexts(_ bytes: Data) throws(BlobDefect) -> [String] {
    var reader = ByteReader([UInt8](bytes))
    let texts = try reader.texts(try reader.count(each: 4))
    try reader.finish()
    return texts
}

func secondsSince1970() -> Int64 { Int64(time(nil)) }
