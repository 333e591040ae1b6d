#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file that could not be read or written: which, doing what, why, and what to do.
public struct FileError: Error, Equatable, CustomStringConvertible {
    public enum Action: String, Sendable { case open, read, write, rename, list, decompress, compress }

    public var path: String
    public var action: Action
    public var reason: String
    public var cure: String

    public init(path: String, action: Action, reason: String, cure: String) {
        self.path = path
        self.action = action
        self.reason = reason
        self.cure = cure
    }

    /// The error the operating system reported as `number`.
    public init(path: String, action: Action, errno number: Int32) {
        self.path = path
        self.action = action
        switch number {
        case ENOENT:
            reason = "there is no such file or folder"
            cure = "check the path"
        case EACCES, EPERM:
            reason = "permission was denied"
            cure = "check the permissions, or choose another folder"
        case EROFS:
            reason = "the file system is read-only"
            cure = "choose another folder"
        case ENOSPC, EDQUOT:
            reason = "the disk is full"
            cure = "free some space, or choose another folder; nothing was left behind"
        case EFBIG:
            reason = "the file would exceed the size limit of this process"
            cure = "raise the limit (ulimit -f), or choose smaller output; nothing was left behind"
        case EISDIR:
            reason = "it is a folder"
            cure = "name a file"
        case ENOTDIR:
            reason = "a part of the path is not a folder"
            cure = "check the path"
        default:
            reason = String(cString: strerror(number))
            cure = "check the path and the disk"
        }
    }

    public var description: String { "\(path): cannot \(action.rawValue): \(reason); \(cure)" }
}
