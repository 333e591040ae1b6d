#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Files that appear whole or not at all.
public enum AtomicFile {
    /// Writes `bytes` to a temporary file in the same folder, flushes it to the disk and renames it to `path`.
    /// A reader sees the old file or the new one, never a part; when writing fails nothing is left behind.
    /// - Throws: `FileError` naming the cause, such as a full disk.
    public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        let (folder, name) = split(path)
        var temporary = ""
        var descriptor: Int32 = -1
        for attempt in 0..<1_000 {
            temporary = "\(folder)/.\(name).\(getpid()).\(attempt).part"
            descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            if descriptor >= 0 || errno != EEXIST { break }
        }
        guard descriptor >= 0 else { throw FileError(path: path, action: .open, errno: errno) }
        var failure = writeAll(bytes, to: descriptor)
        if failure == 0, fsync(descriptor) != 0 { failure = errno }
        // Network file systems report a full disk only on closing.
        if close(descriptor) != 0, failure == 0 { failure = errno }
        if failure != 0 {
            unlink(temporary)
            throw FileError(path: path, action: .write, errno: failure)
        }
        guard rename(temporary, path) == 0 else {
            let failure = errno
            unlink(temporary)
            throw FileError(path: path, action: .rename, errno: failure)
        }
        synchroniseFolder(folder)
    }

    /// The text as UTF-8, whole or not at all.
    public static func write(_ text: String, to path: String) throws(FileError) {
        try write(Array(text.utf8), to: path)
    }

    private static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let folder = String(path[..<slash])
        return (folder.isEmpty ? "/" : folder, String(path[path.index(after: slash)...]))
    }

    /// Returns 0, or the `errno` of the write that failed.
    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            var done = 0
            while done < buffer.count {
                #if canImport(Darwin)
                    let written = Darwin.write(descriptor, base + done, buffer.count - done)
                #elseif canImport(Musl)
                    let written = Musl.write(descriptor, base + done, buffer.count - done)
                #else
                    let written = Glibc.write(descriptor, base + done, buffer.count - done)
                #endif
                if written < 0 {
                    if errno == EINTR { continue }
                    return errno
                }
                done += written
            }
            return 0
        }
    }

    /// Makes the rename itself survive a power cut. A file system that cannot do so for folders is left alone:
    /// the file is whole either way.
    private static func synchroniseFolder(_ folder: String) {
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        _ = fsync(descriptor)
        _ = close(descriptor)
    }
}
