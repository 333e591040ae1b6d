#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Fingerprint {
    /// Name, size and time of the last change of a file: enough to tell whether it is still the same, without reading
    /// it.
    public static func stamp(ofFile path: String) throws(FileError) -> String {
        var information = stat()
        guard stat(path, &information) == 0 else { throw FileError(path: path, action: .open, errno: errno) }
        #if canImport(Darwin)
            let changed = information.st_mtimespec
        #else
            let changed = information.st_mtim
        #endif
        return "\(path) \(information.st_size) \(changed.tv_sec).\(changed.tv_nsec)"
    }
}
