import GRDB
import Retail

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A workspace: one SQLite file that keeps runs with everything needed to repeat them, their results, the
/// forecasts they drew on and the suggestions they led to.
///
/// Readers never wait for the writer (write-ahead log); one writer at a time, others wait up to five seconds.
/// A run whose process died is found on opening and marked as interrupted.
public struct Workspace: Sendable {
    /// Where the file lies, as it was named on opening.
    public let path: String
    private let pool: DatabasePool

    /// Opens the workspace at `path`, making it when there is none, and brings an older one up to date.
    ///
    /// Two processes may do so at once: one waits until the other has made the file and brought it up to date, which
    /// SQLite's own locks do not see to from step to step. The lock is the folder's, so that nothing is left behind.
    public static func open(path: String) throws(StoreError) -> Workspace {
        try alone(in: folder(of: path)) { () throws(StoreError) in try openAlone(path) }
    }

    private static func openAlone(_ path: String) throws(StoreError) -> Workspace {
        try checkFile(path)
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(5)
            try markNewFile(path, configuration)
            configuration.foreignKeysEnabled = true
            configuration.maximumReaderCount = 8
            let pool = try DatabasePool(path: path, configuration: configuration)
            let found = try pool.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
            let migrator = Schema.migrator
            let superseded = try pool.read { try migrator.hasBeenSuperseded($0) }
            if found > Schema.version || superseded {
                throw StoreError.newerVersion(path: path, found: found, known: Schema.version)
            }
            try migrator.migrate(pool)
            let workspace = Workspace(path: path, pool: pool)
            try workspace.recoverInterrupted()
            return workspace
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// Folds the write-ahead log into the one file and lets go of it. The workspace cannot be used afterwards.
    public func close() throws(StoreError) {
        do {
            // Readers close last and may not write: what the log holds is brought home before.
            _ = try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            try pool.close()
        } catch {
            throw StoreError(error, path: path)
        }
    }

    func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
        do { return try pool.read(body) } catch { throw StoreError(error, path: path) }
    }

    /// Runs `body` in one transaction: all of it is stored, or nothing.
    func write<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
        do { return try pool.write(body) } catch { throw StoreError(error, path: path) }
    }

    private static func folder(of path: String) -> String {
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        return folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder
    }

    /// Looks at the file before SQLite touches it, so that nobody else's database is ever changed.
    private static func checkFile(_ path: String) throws(StoreError) {
        let folderPath = folder(of: path)
        var status = stat()
        guard stat(folderPath, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw .missingFolder(path: path)
        }
        guard access(folderPath, W_OK) == 0 else { throw .readOnly(path: path) }
        guard stat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAWorkspace(path: path) }
        guard access(path, R_OK | W_OK) == 0 else { throw .readOnly(path: path) }
        if status.st_size == 0 { return }
        guard let file = fopen(path, "rb") else { throw .readOnly(path: path) }
        defer { fclose(file) }
        var header = [UInt8](repeating: 0, count: 100)
        guard fread(&header, 1, header.count, file) == header.count,
            header.starts(with: Array("SQLite format 3\0".utf8))
        else { throw .notAWorkspace(path: path) }
        let applicationID = header[68..<72].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard applicationID == UInt32(bitPattern: Schema.applicationID) else { throw .notAWorkspace(path: path) }
    }

    /// Writes the application id into the header of a file that is new, before the write-ahead log is switched
    /// on: from then on the file on disk says what it is, whatever happens to the process.
    private static func markNewFile(_ path: String, _ configuration: Configuration) throws {
        var status = stat()
        if stat(path, &status) == 0, status.st_size > 0 { return }
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.write { database in
            try database.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
        }
        try queue.close()
    }
}

/// Runs `body` while nobody else does so for the folder; without waiting where its file system knows no such locks.
private func alone<Value>(in folder: String, _ body: () throws(StoreError) -> Value) throws(StoreError) -> Value {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY)
    defer { if descriptor >= 0 { close(descriptor) } }
    if descriptor >= 0 { _ = flock(descriptor, LOCK_EX) }
    return try body()
}
