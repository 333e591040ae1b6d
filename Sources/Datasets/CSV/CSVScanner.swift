#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A field of the current record: a range of the scanner's buffer, and the line it begins on.
struct Field {
    var start: Int32
    var end: Int32
    var line: Int
}

/// What stops a scan for good: the rest of the file cannot be cut into records with any confidence.
enum ScanFailure: Error {
    case file(FileError)
    case fieldTooLong(line: Int, column: Int)
    case recordTooLong(line: Int)
    case unclosedQuote(line: Int, column: Int)
    case textAfterQuote(line: Int, column: Int)
    case wideCharacters
}

/// Cuts a stream of bytes into CSV records (RFC 4180: quotes, doubled quotes, line ends inside quotes; LF, CRLF
/// or CR before LF; a byte order mark is skipped; blank lines are skipped).
///
/// One buffer that grows to at most 4 MiB holds the current record; a field is at most 1 MiB. This file is the
/// only one that walks over raw bytes; all offsets are checked against the record's end when a field is made.
struct CSVScanner: ~Copyable {
    static let maximumField = 1 << 20
    static let maximumRecord = 4 << 20

    private var source: ByteSource
    private var buffer: UnsafeMutableRawBufferPointer
    /// The bytes not yet scanned are buffer[position ..< filled].
    private var position = 0
    private var filled = 0
    private var endOfFile = false
    /// Line on which the next record begins.
    private var nextLine = 1
    private var digest: Fingerprint?
    private let separator: UInt8

    /// The fields of the current record.
    private(set) var fields: [Field] = []
    private(set) var line = 0
    /// Whether the current record has a byte outside ASCII.
    private(set) var hasHighBytes = false
    private(set) var bytesRead = 0
    /// Whether a NUL has come by, which no text has.
    private(set) var hasNUL = false

    /// A scanner of nothing.
    init() {
        source = ByteSource()
        separator = UInt8(ascii: ",")
        buffer = .allocate(byteCount: 0, alignment: 16)
        endOfFile = true
    }

    /// - Parameter hashing: whether to take the SHA-256 of the (decompressed) bytes on the way.
    init(
        path: String, hashing: Bool = false, separator: UInt8 = UInt8(ascii: ",")
    ) throws(FileError) {
        self.separator = separator
        source = try ByteSource(path: path)
        buffer = .allocate(byteCount: 1 << 20, alignment: 16)
        if hashing { digest = Fingerprint() }
        fields.reserveCapacity(32)
    }

    deinit { buffer.deallocate() }

    /// The SHA-256 of everything read so far, when it was asked for.
    func hexadecimalDigest() -> String? { digest?.hexadecimal() }

    /// The bytes of a field of the current record, valid until the next call of `next`.
    @inline(__always)
    func bytes(_ field: Int) -> UnsafeRawBufferPointer {
        let field = fields[field]
        return UnsafeRawBufferPointer(rebasing: buffer[Int(field.start)..<Int(field.end)])
    }

    /// Moves to the next record; false at the end of the file.
    mutating func next() throws(ScanFailure) -> Bool {
        if nextLine == 1, position == 0, filled == 0 { try skipByteOrderMark() }
        while true {
            if let found = try scanRecord() {
                if !found { return false }
                // A line without anything in it is no record.
                if fields.count == 1, fields[0].start == fields[0].end { continue }
                return true
            }
            try readMore()
        }
    }

    private mutating func skipByteOrderMark() throws(ScanFailure) {
        while filled < 3, !endOfFile { try readMore() }
        if filled >= 2, buffer[0] == 0xFF && buffer[1] == 0xFE || buffer[0] == 0xFE && buffer[1] == 0xFF {
            throw .wideCharacters
        }
        if filled >= 3, buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF { position = 3 }
    }

    /// Scans one record from `position`. Nil: the buffer ends before the record does, and more must be read.
    private mutating func scanRecord() throws(ScanFailure) -> Bool? {
        fields.removeAll(keepingCapacity: true)
        line = nextLine
        hasHighBytes = false
        if position == filled {
            return endOfFile ? false : nil
        }
        let bytes = UnsafeMutablePointer(buffer.baseAddress?.assumingMemoryBound(to: UInt8.self))
        guard let bytes else { return false }
        let (end, begin) = (filled, position)
        let separator = separator
        var at = begin
        var newlines = 0
        var high: UInt8 = 0
        var anyDoubled = false
        while true {
            let fieldLine = line + newlines
            if at < end, bytes[at] == 34 {
                let opened = at
                // Doubled quotes are closed up in place, so that a field is always one range of bytes. The record
                // may have to be scanned again once more bytes have come, so closing up waits for the last quote.
                var close = at + 1
                var doubled = false
                while true {
                    if close >= end {
                        if !endOfFile {
                            try checkLength(field: close - opened, record: end - begin, line: fieldLine)
                            return nil
                        }
                        throw .unclosedQuote(line: fieldLine, column: fields.count + 1)
                    }
                    let byte = bytes[close]
                    if byte == 34 {
                        if close + 1 >= end, !endOfFile { return nil }
                        guard close + 1 < end, bytes[close + 1] == 34 else { break }
                        doubled = true
                        close += 2
                        continue
                    }
                    if byte == 10 { newlines += 1 }
                    high |= byte
                    close += 1
                }
                // What follows the closing quote must be known before anything is changed in place.
                var after = close + 1
                if after < end, bytes[after] == 13 {
                    if after + 1 >= end, !endOfFile { return nil }
                    if after + 1 >= end || bytes[after + 1] == 10 { after += 1 }
                }
                if after < end, bytes[after] != separator, bytes[after] != 10 {
                    throw .textAfterQuote(line: line + newlines, column: fields.count + 1)
                }
                if after >= end, !endOfFile { return nil }
                try checkLength(field: close - opened, record: close - begin, line: fieldLine)
                anyDoubled = anyDoubled || doubled
                fields.append(
                    Field(start: Int32(opened + 1), end: Int32(doubled ? -close : close), line: fieldLine))
                at = after
            } else {
                let start = at
                while at < end {
                    let byte = bytes[at]
                    if byte == separator || byte == 10 { break }
                    high |= byte
                    at += 1
                }
                if at >= end, !endOfFile {
                    try checkLength(field: at - start, record: end - begin, line: fieldLine)
                    return nil
                }
                var stop = at
                if stop > start, at >= end || bytes[at] == 10, bytes[stop - 1] == 13 { stop -= 1 }
                try checkLength(field: stop - start, record: stop - begin, line: fieldLine)
                fields.append(Field(start: Int32(start), end: Int32(stop), line: fieldLine))
            }
            if at >= end || bytes[at] == 10 { break }
            at += 1
        }
        hasHighBytes = high >= 128
        position = min(at + 1, end)
        nextLine = line + newlines + 1
        if anyDoubled { closeDoubledQuotes() }
        return true
    }

    /// Closes up doubled quotes in the fields marked by a negative end.
    private mutating func closeDoubledQuotes() {
        for index in fields.indices where fields[index].end < 0 {
            let start = Int(fields[index].start)
            var to = start
            var from = start
            let end = -Int(fields[index].end)
            while from < end {
                buffer[to] = buffer[from]
                from += buffer[from] == 34 ? 2 : 1
                to += 1
            }
            fields[index].end = Int32(to)
        }
    }

    @inline(__always)
    private func checkLength(field: Int, record: Int, line: Int) throws(ScanFailure) {
        if field > Self.maximumField { throw .fieldTooLong(line: line, column: fields.count + 1) }
        if record > Self.maximumRecord { throw .recordTooLong(line: line) }
    }

    /// Moves the unscanned bytes to the front and reads more behind them.
    private mutating func readMore() throws(ScanFailure) {
        if position > 0 {
            let rest = filled - position
            if rest > 0, let base = buffer.baseAddress {
                base.copyMemory(from: base + position, byteCount: rest)
            }
            filled = rest
            position = 0
        }
        if filled == buffer.count {
            let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: buffer.count * 2, alignment: 16)
            larger.copyMemory(from: UnsafeRawBufferPointer(buffer))
            buffer.deallocate()
            buffer = larger
        }
        let count: Int
        do {
            count = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
        } catch {
            throw .file(error)
        }
        if count == 0 { endOfFile = true }
        digest?.update(UnsafeRawBufferPointer(rebasing: buffer[filled..<filled + count]))
        if count > 0, let base = buffer.baseAddress, memchr(base + filled, 0, count) != nil { hasNUL = true }
        filled += count
        bytesRead += count
    }
}
