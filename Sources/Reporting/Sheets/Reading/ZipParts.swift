import CZip

/// What keeps a workbook from being read. Each case says what to do.
public enum SheetFileError: Error, Equatable, Sendable, CustomStringConvertible {
    case cannotOpen(path: String)
    case notAWorkbook(path: String)
    /// The file, a part of it, or what it unpacks to is larger than any sheet of ours.
    case tooLarge(path: String, what: String)
    case encrypted(path: String)
    /// A part is damaged, or is not what a spreadsheet writes.
    case damaged(path: String, part: String, what: String)
    /// No sheet has the columns of a suggestion sheet.
    case noSuchSheet(path: String, columns: String)

    public var description: String {
        switch self {
        case .cannotOpen(let path): "\(path): cannot be read; check the path and its permissions"
        case .notAWorkbook(let path):
            "\(path): not an .xlsx workbook; save it as .xlsx (not .xls or .et) or as CSV UTF-8"
        case .tooLarge(let path, let what):
            "\(path): \(what), far more than a sheet of suggestions; nothing was read - use the file Granary wrote"
        case .encrypted(let path): "\(path): protected by a password; save it without one"
        case .damaged(let path, let part, let what):
            "\(path): \(part) is damaged (\(what)); open it in a spreadsheet and save it again as .xlsx"
        case .noSuchSheet(let path, let columns):
            "\(path): no sheet has the columns \(columns); use a file written by `granary suggest --out` or --orders"
        }
    }
}

/// Reads the parts of a zip archive, trusting none of its sizes: what comes out is counted as it comes.
struct ZipParts: ~Copyable {
    /// Bytes of the file, of one part and of all parts read; entries.
    static let largestFile: Int64 = 64 << 20
    static let largestPart = 256 << 20
    static let largestTotal = 512 << 20
    static let mostEntries: Int64 = 4_096
    /// A part may unpack to this many times its packed size, beyond its first mebibyte.
    static let largestRatio = 400

    private let path: String
    private let archive: OpaquePointer
    private var total = 0

    init(_ path: String, size: Int64) throws(SheetFileError) {
        if size > Self.largestFile { throw .tooLarge(path: path, what: "\(size >> 20) MiB") }
        var code: Int32 = 0
        guard let archive = zip_open(path, ZIP_RDONLY, &code) else {
            throw code == ZIP_ER_OPEN || code == ZIP_ER_NOENT ? .cannotOpen(path: path) : .notAWorkbook(path: path)
        }
        let entries = zip_get_num_entries(archive, 0)
        if entries > Self.mostEntries {
            zip_discard(archive)
            throw .tooLarge(path: path, what: "\(entries) parts")
        }
        self.path = path
        self.archive = archive
    }

    deinit { zip_discard(archive) }

    /// The bytes of a part; nil when there is none of this name.
    mutating func part(_ name: String) throws(SheetFileError) -> [UInt8]? {
        let index = zip_name_locate(archive, name, 0)
        guard index >= 0 else { return nil }
        var status = zip_stat_t()
        guard zip_stat_index(archive, UInt64(index), 0, &status) == 0 else {
            throw .damaged(path: path, part: name, what: "no size")
        }
        if status.encryption_method != UInt16(ZIP_EM_NONE) { throw .encrypted(path: path) }
        guard let entry = zip_fopen_index(archive, UInt64(index), 0) else {
            throw .damaged(path: path, part: name, what: "cannot be unpacked")
        }
        defer { zip_fclose(entry) }
        let packed = Int(clamping: status.comp_size)
        let (scaled, overflow) = packed.multipliedReportingOverflow(by: Self.largestRatio)
        let limit = min(Self.largestPart, overflow ? Self.largestPart : (1 << 20) + scaled, Self.largestTotal - total)
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let read = block.withUnsafeMutableBytes { zip_fread(entry, $0.baseAddress, UInt64($0.count)) }
            if read < 0 { throw .damaged(path: path, part: name, what: "cannot be unpacked") }
            if read == 0 { break }
            bytes.append(contentsOf: block[..<Int(read)])
            if bytes.count > limit { throw .tooLarge(path: path, what: "\(name) unpacks to over \(limit >> 20) MiB") }
        }
        total += bytes.count
        return bytes
    }
}
