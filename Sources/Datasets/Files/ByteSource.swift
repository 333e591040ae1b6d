import CZlib
import Retail

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The bytes of a file in order, decompressed when the file is gzip (told by its first bytes, not its name).
///
/// Limits against decompression bombs: 64 GiB in all, and 250 bytes out for each byte in once more than 64 MiB
/// have come out. Tables of numbers reach about 50.
struct ByteSource: ~Copyable {
    static let maximumBytes = 64 << 30
    static let maximumRatio = 250
    static let freeBytes = 64 << 20

    let path: String
    private let descriptor: Int32
    private let input: UnsafeMutableRawBufferPointer
    /// zlib keeps a pointer back to its stream, which therefore must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private var inflating = false
    private var memberEnded = false
    private var inputStart = 0
    private var inputEnd = 0
    private var endOfFile = false
    private var bytesIn = 0
    private var bytesOut = 0

    /// A source of nothing.
    init() {
        path = ""
        descriptor = -1
        input = .allocate(byteCount: 0, alignment: 16)
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        endOfFile = true
    }

    init(path: String) throws(FileError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let failure = errno
            input = UnsafeMutableRawBufferPointer(start: nil, count: 0)
            stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
            stream.initialize(to: z_stream())
            throw FileError(path: path, action: .open, errno: failure)
        }
        input = .allocate(byteCount: 1 << 18, alignment: 16)
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        try fill()
        if inputEnd >= 2, input[0] == 0x1F, input[1] == 0x8B {
            // 15 window bits, plus 16 for the gzip wrapper.
            guard
                inflateInit2_(stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
            else {
                throw FileError(
                    path: path, action: .decompress, reason: "zlib could not start", cure: "free some memory")
            }
            inflating = true
        }
    }

    deinit {
        if inflating { inflateEnd(stream) }
        stream.deinitialize(count: 1)
        stream.deallocate()
        input.deallocate()
        if descriptor >= 0 { _ = close(descriptor) }
    }

    /// Fills `target` from the start as far as one step allows; 0 only at the end of the file.
    mutating func read(into target: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
        guard target.count > 0 else { return 0 }
        guard inflating else {
            if inputStart == inputEnd {
                guard !endOfFile else { return 0 }
                return try readPlain(into: target)
            }
            let count = min(target.count, inputEnd - inputStart)
            target.copyMemory(from: UnsafeRawBufferPointer(rebasing: input[inputStart..<inputStart + count]))
            inputStart += count
            return count
        }
        return try inflateSome(into: target)
    }

    private mutating func inflateSome(into target: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
        let wanted = min(target.count, 1 << 30)
        while true {
            if inputStart == inputEnd, !endOfFile { try fill() }
            if memberEnded {
                // Another member may follow, as `cat a.gz b.gz` makes it; zero padding may too.
                while inputStart < inputEnd, input[inputStart] == 0 { inputStart += 1 }
                if inputStart == inputEnd {
                    if endOfFile { return 0 }
                    continue
                }
                inflateReset(stream)
                memberEnded = false
            }
            guard inputStart < inputEnd, let base = input.baseAddress else {
                throw FileError(
                    path: path, action: .decompress, reason: "the gzip file ends too early",
                    cure: "copy or download the file again")
            }
            stream.pointee.next_in = (base + inputStart).assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_in = UInt32(inputEnd - inputStart)
            stream.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_out = UInt32(wanted)
            let status = inflate(stream, Z_NO_FLUSH)
            inputStart = inputEnd - Int(stream.pointee.avail_in)
            let produced = wanted - Int(stream.pointee.avail_out)
            bytesOut += produced
            guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
                throw FileError(
                    path: path, action: .decompress, reason: "the gzip data are damaged",
                    cure: "copy or download the file again")
            }
            if status == Z_STREAM_END { memberEnded = true }
            if bytesOut > Self.maximumBytes
                || bytesOut > Self.freeBytes && bytesOut / Self.maximumRatio > bytesIn
            {
                throw FileError(
                    path: path, action: .decompress,
                    reason: "the file grows beyond \(Self.maximumRatio) times its size, or beyond 64 GiB",
                    cure: "decompress it and look at it first; this is how decompression bombs look")
            }
            if produced > 0 { return produced }
        }
    }

    /// Refills the input buffer.
    private mutating func fill() throws(FileError) {
        inputStart = 0
        inputEnd = try readPlain(into: input)
    }

    private mutating func readPlain(into target: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
        while true {
            #if canImport(Darwin)
                let count = Darwin.read(descriptor, target.baseAddress, target.count)
            #elseif canImport(Musl)
                let count = Musl.read(descriptor, target.baseAddress, target.count)
            #else
                let count = Glibc.read(descriptor, target.baseAddress, target.count)
            #endif
            if count < 0 {
                if errno == EINTR { continue }
                throw FileError(path: path, action: .read, errno: errno)
            }
            if count == 0 { endOfFile = true }
            bytesIn += count
            return count
        }
    }
}
