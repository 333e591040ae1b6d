#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file written piece by piece under a provisional name, which becomes `path` when it is whole. What an interrupted
/// run leaves behind is taken up again by the next one with the same key.
public final class ResumableFile {
    private let path: String
    /// Where the pieces are until the file is whole.
    public let partial: String
    private var descriptor: Int32
    /// Whole groups of lines found from an earlier run.
    public private(set) var resumed = 0

    /// - Parameters:
    ///   - key: stands for everything the content depends on; another key starts anew.
    ///   - header: the first line, with its line end.
    ///   - group: lines that belong together; a group cut off is taken away.
    public init(path: String, key: String, header: [UInt8], group: Int) throws(FileError) {
        self.path = path
        partial = "\(path).\(key).partial"
        descriptor = open(partial, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw FileError(path: partial, action: .open, errno: errno) }
        let kept = try wholeGroups(header: header, group: max(1, group))
        guard ftruncate(descriptor, off_t(kept.bytes)) == 0, lseek(descriptor, 0, SEEK_END) >= 0 else {
            throw FileError(path: partial, action: .write, errno: errno)
        }
        resumed = kept.groups
        if kept.bytes == 0 { try append(header) }
    }

    deinit { if descriptor >= 0 { _ = close(descriptor) } }

    public func append(_ bytes: [UInt8]) throws(FileError) {
        var failure: Int32 = 0
        bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count, failure == 0, let base = buffer.baseAddress {
                let written = write(descriptor, base + done, buffer.count - done)
                if written < 0 { failure = errno == EINTR ? 0 : errno } else { done += written }
            }
        }
        guard failure == 0 else { throw FileError(path: partial, action: .write, errno: failure) }
    }

    /// Gives the file its name.
    public func finish() throws(FileError) {
        guard fsync(descriptor) == 0 else { throw FileError(path: partial, action: .write, errno: errno) }
        guard rename(partial, path) == 0 else { throw FileError(path: partial, action: .rename, errno: errno) }
    }

    /// Takes the provisional file away.
    public func discard() { _ = unlink(partial) }

    /// How much of the provisional file is the header and whole groups.
    private func wholeGroups(header: [UInt8], group: Int) throws(FileError) -> (bytes: Int, groups: Int) {
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        var (at, lines, kept, isSame) = (0, 0, 0, true)
        while isSame {
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else { throw FileError(path: partial, action: .read, errno: errno) }
            if count == 0 { break }
            for i in 0..<count {
                if at < header.count, buffer[i] != header[at] { isSame = false }
                at += 1
                if buffer[i] == 10 {
                    if lines % group == 0 { kept = at }
                    lines += 1
                }
            }
        }
        guard isSame, kept >= header.count else { return (0, 0) }
        return (kept, (lines - 1) / group)
    }
}
