#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Names the process that works on a run so that a later one can tell whether it still lives:
/// boot, process-id namespace, process id and its start time (a process id alone is given again).
struct RunningProcess: Equatable {
    var boot: String
    var namespace: String
    var number: Int32
    var start: String

    static var current: RunningProcess {
        let number = getpid()
        return RunningProcess(
            boot: firstLine(of: "/proc/sys/kernel/random/boot_id"), namespace: link("/proc/self/ns/pid"),
            number: number, start: startTime(of: number))
    }

    /// Parses the stored form; nil when it is none.
    init?(_ text: String) {
        let parts = text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, let number = Int32(parts[2]) else { return nil }
        self.init(boot: parts[0], namespace: parts[1], number: number, start: parts[3])
    }

    init(boot: String, namespace: String, number: Int32, start: String) {
        self.boot = boot
        self.namespace = namespace
        self.number = number
        self.start = start
    }

    var text: String { "\(boot)|\(namespace)|\(number)|\(start)" }

    /// Whether the process still runs; nil when that cannot be seen from here (another container).
    var isAlive: Bool? {
        let here = RunningProcess.current
        if boot != here.boot { return false }
        if namespace != here.namespace { return nil }
        if kill(number, 0) != 0, errno == ESRCH { return false }
        return start.isEmpty || Self.startTime(of: number) == start
    }

    /// Clock ticks from boot to the start of a process; empty where the system does not tell.
    private static func startTime(of process: Int32) -> String {
        // The name in field 2 may hold spaces and brackets: count from behind it.
        let line = firstLine(of: "/proc/\(process)/stat")
        guard let end = line.lastIndex(of: ")") else { return "" }
        let fields = line[end...].split(separator: " ")
        return fields.count > 20 ? String(fields[20]) : ""
    }

    private static func link(_ path: String) -> String {
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = buffer.withUnsafeMutableBytes { bytes in
            bytes.baseAddress.map { readlink(path, $0, bytes.count) } ?? 0
        }
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : ""
    }

    private static func firstLine(of path: String) -> String { systemText(path, limit: 1_024) }
}

/// The processor the program runs on: results are promised to be the same on one type only.
public enum Processor {
    /// Such as `x86_64 Intel(R) Xeon(R) Processor @ 2.60GHz`; the architecture alone where no name is known.
    public static let current: String = {
        #if arch(x86_64)
            let architecture = "x86_64"
        #elseif arch(arm64)
            let architecture = "arm64"
        #else
            let architecture = "other"
        #endif
        for line in systemText("/proc/cpuinfo", limit: 4_096, wholeFile: true).split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2, parts[0].hasPrefix("model name") {
                return architecture + " " + parts[1].split(separator: " ").joined(separator: " ")
            }
        }
        return architecture
    }()
}

/// The beginning of a small system file, up to its first line end unless the whole is asked for.
private func systemText(_ path: String, limit: Int, wholeFile: Bool = false) -> String {
    guard let file = fopen(path, "rb") else { return "" }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: limit)
    let count = fread(&buffer, 1, limit, file)
    let bytes = wholeFile ? buffer[..<count] : buffer[..<count].prefix { $0 != 10 }
    return String(decoding: bytes, as: UTF8.self)
}
