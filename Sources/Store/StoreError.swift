import GRDB

/// What can go wrong with a workspace. Each case names the file and says what to do.
public enum StoreError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file is there and is something else.
    case notAWorkspace(path: String)
    /// The workspace was written by a newer Granary.
    case newerVersion(path: String, found: Int, known: Int)
    /// The folder the workspace should lie in does not exist.
    case missingFolder(path: String)
    /// The file, or the folder it lies in, cannot be written.
    case readOnly(path: String)
    /// The disk, the quota or a file-size limit left no room; what was being written is not there.
    case full(path: String)
    /// Another process kept the workspace locked for longer than the waiting time.
    case busy(path: String)
    /// Stored bytes are not what was written: damage outside Granary.
    case damaged(path: String, what: String)
    case noSuchRun(path: String, id: Int64)
    case noSuchBook(path: String, id: Int64)
    /// A line cannot become what was decided.
    case refused(path: String, line: String, from: SuggestionState, to: SuggestionState)
    /// The run is no longer running, so it cannot be finished or failed.
    case notRunning(path: String, id: Int64, status: String)
    /// The value cannot be stored (a forecast whose parts do not fit each other, a name used twice).
    case invalid(path: String, what: String)
    /// Anything else SQLite has to say.
    case database(path: String, message: String)

    public var description: String {
        switch self {
        case .notAWorkspace(let path):
            "\(path): not a Granary workspace; name another file, or move this one away and a new workspace is made"
        case .newerVersion(let path, let found, let known):
            "\(path): written by a newer Granary (workspace version \(found), this build knows \(known)); "
                + "update Granary or name another file"
        case .missingFolder(let path):
            "\(path): its folder does not exist; make the folder or name another file"
        case .readOnly(let path):
            "\(path): cannot be written; make the file and its folder writable for this user, "
                + "or name a workspace elsewhere"
        case .full(let path):
            "\(path): no room left to write (disk, quota or file-size limit); free some space and run again - "
                + "what was stored before is untouched"
        case .busy(let path):
            "\(path): another process is writing to it; wait for it to finish and try again"
        case .damaged(let path, let what):
            "\(path): damaged - \(what); restore the file from a copy, or delete the run and repeat it"
        case .noSuchRun(let path, let id):
            "\(path): there is no run \(id); list the runs to see which there are"
        case .noSuchBook(let path, let id):
            "\(path): there is no book of suggestions \(id); list the books to see which there are"
        case .refused(let path, let line, let from, let to):
            "\(path): \(line) is \(from.rawValue) and cannot become \(to.rawValue); it can become "
                + (from.next.isEmpty ? "nothing else" : from.next.map(\.rawValue).joined(separator: ", "))
        case .notRunning(let path, let id, let status):
            "\(path): run \(id) is \(status), not running, so its outcome cannot change"
        case .invalid(let path, let what):
            "\(path): cannot store this - \(what)"
        case .database(let path, let message):
            "\(path): \(message)"
        }
    }

    /// Puts an error of the database into words.
    init(_ error: any Error, path: String) {
        if let known = error as? StoreError {
            self = known
            return
        }
        guard let error = error as? DatabaseError else {
            self = .database(path: path, message: String(describing: error))
            return
        }
        switch error.resultCode {
        case .SQLITE_FULL: self = .full(path: path)
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: self = .readOnly(path: path)
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path)
        case .SQLITE_NOTADB: self = .notAWorkspace(path: path)
        case .SQLITE_CORRUPT: self = .damaged(path: path, what: error.message ?? "malformed database")
        case .SQLITE_IOERR:
            // A write refused by a file-size limit comes as an I/O error; only a full device has a code of its own.
            switch error.extendedResultCode {
            case .SQLITE_IOERR_WRITE, .SQLITE_IOERR_TRUNCATE, .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_SHMSIZE:
                self = .full(path: path)
            default: self = .database(path: path, message: error.description)
            }
        default: self = .database(path: path, message: error.description)
        }
    }
}
