import Retail

/// Reads one file by its schema, record by record. The values of a record are taken in the order of the schema's
/// columns, whatever their order in the file; whatever is wrong goes into the log with its place, and a stand-in
/// value is handed out so that the rest of the file can be checked too.
struct TableReader: ~Copyable {
    let schema: TableSchema
    /// File name as in the folder.
    let file: String
    let currency: Currency
    let log: IssueLog
    var scanner = CSVScanner()
    /// False once the file cannot be read any further.
    var isAlive = true
    /// Field of the file for each column of the schema; -1 where the file has none.
    var fieldOf: [Int] = []
    var headerCount = 0
    private(set) var defaults: [UnsafeRawBufferPointer] = []
    private(set) var bounds: [(Double, Double)] = []
    private var isRequired: [Bool] = []
    private(set) var cursor = 0
    private(set) var keyColumns: [Int] = []
    var keys = CodePool()
    var keyLines: [Int] = []
    var keyBytes: [UInt8] = []
    /// Records handed out.
    private(set) var rows = 0
    /// Whether there are records that could not be handed out.
    private(set) var hasLostRows = false
    /// The encoding is told once.
    var hasToldEncoding = false
    /// Unknown codes that were told already, with their columns.
    private var told: Set<String> = []

    /// Whether everything the file says was read.
    var isWhole: Bool { isAlive && !hasLostRows }

    /// Opens the file and reads its header.
    /// - Parameter checksKeys: whether rows with the same key are found here.
    init(
        path: String, file: String, schema: TableSchema, currency: Currency, log: IssueLog, checksKeys: Bool = true
    ) {
        self.schema = schema
        self.file = file
        self.currency = currency
        self.log = log
        if checksKeys { keyColumns = schema.key.compactMap { schema.position($0) } }
        fieldOf = [Int](repeating: -1, count: schema.columns.count)
        isRequired = schema.columns.map { $0.need == .required }
        for column in schema.columns {
            var text: [UInt8] = []
            if case .optional(let value) = column.need { text = Array(value.utf8) }
            let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: text.count, alignment: 1)
            copy.copyBytes(from: text)
            defaults.append(UnsafeRawBufferPointer(copy))
            var scale = 1.0
            switch column.kind {
            case .price: scale = 10_000
            case .amount: scale = Double(currency.minorPerMajor)
            case .rate: scale = 1_000_000
            default: break
            }
            bounds.append((column.minimum * scale, column.maximum * scale))
        }
        do {
            scanner = try CSVScanner(path: path, hashing: true)
            try readHeader()
        } catch let failure as ScanFailure {
            stop(failure)
        } catch let failure as FileError {
            stop(.file(failure))
        } catch {
            isAlive = false
        }
    }

    deinit { for text in defaults { text.deallocate() } }

    /// Whether the file names this column.
    func has(_ column: String) -> Bool { schema.position(column).map { fieldOf[$0] >= 0 } ?? false }

    /// Columns with a default that the file does not have.
    var defaulted: [ColumnSchema] {
        schema.columns.enumerated().compactMap { position, column in
            guard fieldOf[position] < 0, case .optional(let text) = column.need, !text.isEmpty else {
                return nil
            }
            return column
        }
    }

    /// Digest of the file's (decompressed) bytes, once it has been read to the end.
    func digest() -> String { scanner.hexadecimalDigest() ?? "" }

    var line: Int { scanner.line }
    var bytesRead: Int { scanner.bytesRead }

    // MARK: Records

    /// Moves to the next record; false at the end of the file, or where it cannot be read any further.
    mutating func next() -> Bool {
        cursor = 0
        guard isAlive else { return false }
        while true {
            do throws(ScanFailure) {
                guard try scanner.next() else { return false }
            } catch {
                stop(error)
                return false
            }
            if scanner.hasHighBytes || scanner.hasNUL, !checkEncoding() {
                hasLostRows = true
                continue
            }
            if scanner.fields.count != headerCount {
                hasLostRows = true
                log.add(
                    DataIssue(
                        file: file, line: scanner.line,
                        expected: "has \(scanner.fields.count) fields where the header has \(headerCount)",
                        cure: "look for a missing or superfluous comma, and quote texts that contain commas"))
                continue
            }
            if !keyColumns.isEmpty { checkKey() }
            rows += 1
            return true
        }
    }

    // MARK: Issues

    /// An issue about the column taken last.
    mutating func fault(_ bytes: UnsafeRawBufferPointer?, _ expected: Phrase, _ cure: Phrase) {
        fault(shown: bytes.map { excerpt($0) }, expected, cure)
    }

    /// The same with the value as text.
    mutating func fault(shown value: String?, _ expected: Phrase, _ cure: Phrase) {
        let column = schema.columns[cursor - 1]
        let field = fieldOf[cursor - 1]
        let line = field >= 0 && field < scanner.fields.count ? scanner.fields[field].line : scanner.line
        log.add(
            DataIssue(
                file: file, line: line, column: field >= 0 ? field + 1 : nil, field: column.name,
                value: value.map { String($0.prefix(61)) }, expected: expected, cure: cure))
    }

    /// An issue about the current record, or about another line.
    func issue(line: Int? = nil, _ expected: Phrase, _ cure: Phrase) {
        log.add(DataIssue(file: file, line: line ?? scanner.line, expected: expected, cure: cure))
    }

    private func excerpt(_ bytes: UnsafeRawBufferPointer) -> String {
        let text = String(decoding: bytes.prefix(240), as: UTF8.self)
        return text.count > 60 ? String(text.prefix(60)) + "…" : text
    }

    /// An issue about a code that is not in the pool: once for each code and column, and never where its file was not
    /// read whole.
    mutating func unknown(_ bytes: UnsafeRawBufferPointer, in pool: inout CodePool, kind: CodeKind) {
        guard !pool.isPartial else { return }
        if pool.count == 0 {
            pool.isPartial = true
            fault(
                bytes, "is an unknown \(kind.word): there are none",
                "add it to \(kind.file), or remove that file where it is empty")
            return
        }
        let code = String(decoding: bytes.prefix(240), as: UTF8.self)
        guard told.insert("\(cursor) \(code)").inserted else { return }
        let near = pool.count <= 10_000 ? nearestName(to: code, in: pool.texts) : nil
        fault(
            bytes, "is an unknown \(kind.word)",
            near.map { "did you mean \($0)? Otherwise add it to \(kind.file)" }
                ?? "add it to \(kind.file), or correct it")
    }

    // MARK: Parts

    /// The bytes of the next column: the field, or the default where it is absent or empty. Nil where a value is
    /// required and there is none, which is then in the log.
    @inline(__always)
    mutating func take(trims: Bool = true) -> UnsafeRawBufferPointer? {
        let column = cursor
        cursor += 1
        let field = fieldOf[column]
        guard field >= 0 else { return defaults[column] }
        let raw = scanner.bytes(field)
        let bytes = trims ? Parse.trimmed(raw) : raw
        if bytes.count > 0 { return bytes }
        return empty(column)
    }

    private mutating func empty(_ column: Int) -> UnsafeRawBufferPointer? {
        if isRequired[column] {
            fault(nil, "is empty", "give a value")
            return nil
        }
        return defaults[column]
    }

    /// Records what ended the scan.
    private mutating func stop(_ failure: ScanFailure) {
        isAlive = false
        log.add(failure.issue(file: file))
    }
}
