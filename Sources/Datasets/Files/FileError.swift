public import Retail

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file that could not be read or written: which, doing what, why, and what to do.
public struct FileError: Error, Equatable, CustomStringConvertible {
    /// What was being done to the file.
    public enum Action: String, Sendable {
        case open, read, write, rename, list, decompress, compress

        var word: Phrase {
            switch self {
            case .open: "open"
            case .read: "read"
            case .write: "write"
            case .rename: "rename"
            case .list: "list"
            case .decompress: "decompress"
            case .compress: "compress"
            }
        }
    }

    public var path: String
    public var action: Action
    let problem: Phrase
    let remedy: Phrase

    /// Why it could not be done, in English.
    public var reason: String { problem.text(.english) }
    /// What to do about it, in English.
    public var cure: String { remedy.text(.english) }

    public init(path: String, action: Action, reason: Phrase, cure: Phrase) {
        self.path = path
        self.action = action
        problem = reason
        remedy = cure
    }

    /// The error the operating system reported as `number`.
    public init(path: String, action: Action, errno number: Int32) {
        let (reason, cure) = Self.words(number)
        self.init(path: path, action: action, reason: reason, cure: cure)
    }

    private static func words(_ number: Int32) -> (reason: Phrase, cure: Phrase) {
        switch number {
        case ENOENT:
            ("there is no such file or folder", "check the path")
        case EACCES, EPERM:
            ("permission was denied", "check the permissions, or choose another folder")
        case EROFS:
            ("the file system is read-only", "choose another folder")
        case ENOSPC, EDQUOT:
            ("the disk is full", "free some space, or choose another folder; nothing was left behind")
        case EFBIG:
            (
                "the file would exceed the size limit of this process",
                "raise the limit (ulimit -f), or choose smaller output; nothing was left behind"
            )
        case EISDIR:
            ("it is a folder", "name a file")
        case ENOTDIR:
            ("a part of the path is not a folder", "check the path")
        default:
            (Phrase(verbatim: String(cString: strerror(number))), "check the path and the disk")
        }
    }

    /// What could not be done, and why.
    var failure: Phrase { "cannot \(action.word): \(problem)" }

    /// `path: cannot do this: why; what to do`.
    public func message(_ language: Language) -> String { DataIssue(file: path, self).message(language) }

    public var description: String { message(.english) }
}

extension DataIssue {
    /// A file that could not be read or written, as an issue about it as a whole.
    /// - Parameter file: what to call it.
    init(file: String, _ error: FileError) {
        self.init(file: file, expected: error.failure, cure: error.remedy)
    }
}
