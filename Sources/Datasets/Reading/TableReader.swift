import Retail

/// Reads one file by its schema, record by record. The values of a record are taken in the order of the schema's
/// columns, whatever their order in the file; whatever is wrong goes into the log with its place, and a stand-in
/// value is handed out so that the rest of the file can be checked too.
struct TableReader: ~Copyable {
    let schema: TableSchema
    /// File name as in the folder.
    let file: String
    let currency: Currency
    private let log: IssueLog
    private var scanner = CSVScanner()
    /// False once the file cannot be read any further.
    private var isAlive = true
    /// Field of the file for each column of the schema; -1 where the file has none.
    private var fieldOf: [Int] = []
    private var headerCount = 0
    private var defaults: [UnsafeRawBufferPointer] = []
    private var bounds: [(Double, Double)] = []
    private var isRequired: [Bool] = []
    private var cursor = 0
    private var keyColumns: [Int] = []
    private var keys = CodePool()
    private var keyLines: [Int] = []
    private var keyBytes: [UInt8] = []
    /// Records handed out.
    private(set) var rows = 0

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
            if scanner.fields.count != headerCount {
                log.add(
                    DataIssue(
                        file: file, line: scanner.line,
                        expected: "has \(scanner.fields.count) fields where the header has \(headerCount)",
                        cure: "look for a missing or superfluous comma, and quote texts that contain commas"))
                continue
            }
            if scanner.hasHighBytes, !checkEncoding() { continue }
            if !keyColumns.isEmpty { checkKey() }
            rows += 1
            return true
        }
    }

    // MARK: Values, in the order of the schema's columns

    mutating func text() -> String {
        guard let bytes = take(trims: false) else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    mutating func code() -> String {
        guard let bytes = take() else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The position of a code in a pool. With `growing` a new code is added, otherwise it is an issue.
    @inline(__always)
    mutating func index(in pool: inout CodePool, growing: Bool = false, kind: String) -> Int32 {
        guard let bytes = take() else { return 0 }
        if growing { return pool.insert(bytes).position }
        if let found = pool.find(bytes) { return found }
        unknown(bytes, in: pool, kind: kind)
        return 0
    }

    /// As `index`, with -1 for an empty field.
    @inline(__always)
    mutating func optionalIndex(in pool: inout CodePool, growing: Bool = false, kind: String) -> Int32 {
        guard let bytes = take(), bytes.count > 0 else { return -1 }
        if growing { return pool.insert(bytes).position }
        if let found = pool.find(bytes) { return found }
        unknown(bytes, in: pool, kind: kind)
        return -1
    }

    mutating func choice<T: RawRepresentable & CaseIterable>(_ type: T.Type = T.self, else standIn: T) -> T
    where T.RawValue == String {
        guard let bytes = take() else { return standIn }
        let word = String(decoding: bytes, as: UTF8.self)
        if let value = T(rawValue: word) { return value }
        let words = T.allCases.map(\.rawValue)
        let near = nearest(word, among: words).map { "; did you mean \($0)?" } ?? ""
        fault(bytes, "is not one of \(words.joined(separator: ", "))", "use one of these words" + near)
        return standIn
    }

    mutating func integer<T: FixedWidthInteger>(_ type: T.Type = T.self) -> T { optionalInteger(type) ?? 0 }

    mutating func optionalInteger<T: FixedWidthInteger>(_ type: T.Type = T.self) -> T? {
        guard let bytes = take(), bytes.count > 0 else { return nil }
        guard let value = Parse.integer(bytes) else {
            fault(bytes, Parse.numberFault(bytes) + "; a whole number is expected", "write digits only")
            return nil
        }
        guard inRange(Double(value), bytes) else { return nil }
        guard let fitting = T(exactly: value) else {
            fault(bytes, "overflows the \(T.bitWidth) bits it is counted in", "check the number")
            return nil
        }
        return fitting
    }

    mutating func price() -> UnitPrice { UnitPrice(units: decimal(places: 4) ?? 0) }
    mutating func optionalPrice() -> UnitPrice? { decimal(places: 4).map { UnitPrice(units: $0) } }
    mutating func amount() -> Amount { Amount(minor: decimal(places: currency.minorDigits) ?? 0) }
    mutating func rate() -> Rate { Rate(partsPerMillion: decimal(places: 6) ?? 0) }

    @inline(__always)
    mutating func real() -> Double {
        let value = optionalReal()
        return value.isNaN ? 0 : value
    }

    /// NaN for an empty field.
    @inline(__always)
    mutating func optionalReal() -> Double {
        guard let bytes = take(), bytes.count > 0 else { return .nan }
        guard let value = Parse.real(bytes) else {
            fault(bytes, Parse.numberFault(bytes) + "; a finite number is expected", "correct the number")
            return .nan
        }
        let bound = bounds[cursor - 1]
        if value < bound.0 || value > bound.1 {
            _ = inRange(value, bytes)
            return .nan
        }
        return value
    }

    mutating func date() -> Day { optionalDate() ?? Day(number: 0) }

    mutating func optionalDate() -> Day? {
        guard let bytes = take(), bytes.count > 0 else { return nil }
        if let day = Parse.day(bytes) { return day }
        fault(bytes, "is not a date between 1900 and 2199", "write it as 2011-11-28, and check that it exists")
        return nil
    }

    mutating func time() -> CivilTime { optionalTime() ?? CivilTime(seconds: 0) }

    mutating func optionalTime() -> CivilTime? {
        guard let bytes = take(), bytes.count > 0 else { return nil }
        if let time = Parse.time(bytes) { return time }
        fault(
            bytes, "is not a date and time between 1900 and 2199",
            "write it as 2011-11-28T09:30:00, and check that it exists")
        return nil
    }

    mutating func clock() -> Int32 {
        guard let bytes = take(), bytes.count > 0 else { return 0 }
        if let clock = Parse.clock(bytes) { return clock }
        fault(bytes, "is not a time of day", "write it as 18:00")
        return 0
    }

    mutating func flag() -> Bool { optionalFlag() ?? false }

    mutating func optionalFlag() -> Bool? {
        guard let bytes = take(), bytes.count > 0 else { return nil }
        if let flag = Parse.flag(bytes) { return flag }
        fault(bytes, "is neither 0 nor 1", "write 1 for yes and 0 for no")
        return nil
    }

    /// A step of a panel as hours since 1970, or as a bare number.
    @inline(__always)
    mutating func step() -> (value: Int32, isBare: Bool)? {
        guard let bytes = take() else { return nil }
        if let day = Parse.day(bytes) { return (day.number * 24, false) }
        if bytes.count > 10, let time = Parse.time(bytes) {
            guard time.seconds % 3_600 == 0 else {
                fault(bytes, "is not on the hour", "sum demand up to hours")
                return nil
            }
            return (Int32(truncatingIfNeeded: time.seconds / 3_600), false)
        }
        if let number = Parse.integer(bytes), abs(number) < 1 << 30 { return (Int32(number), true) }
        fault(
            bytes, "is not a date between 1900 and 2199, nor a step number",
            "write it as 2011-11-28, and check that it exists")
        return nil
    }

    /// `all`, `category:A|B` or `skus:X|Y`.
    mutating func scope(_ skus: CodePool) -> PromotionScope {
        guard let bytes = take() else { return .everything }
        let text = String(decoding: bytes, as: UTF8.self)
        if text == "all" { return .everything }
        if text.hasPrefix("category:") {
            let levels = text.dropFirst(9).split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            if levels.count <= 3, !levels.contains("") { return .category(levels) }
        }
        if text.hasPrefix("skus:") {
            var indices: [SKU.Index] = []
            for code in text.dropFirst(5).split(separator: "|", omittingEmptySubsequences: false) {
                if let found = skus.find(String(code)) {
                    indices.append(SKU.Index(raw: found))
                } else {
                    fault(bytes, "names the unknown SKU '\(code.prefix(40))'", "add it to products, or correct it")
                }
            }
            return .skus(indices)
        }
        fault(bytes, "is not a scope", "write all, category:LEVEL1|LEVEL2, or skus:CODE|CODE")
        return .everything
    }

    // MARK: Issues

    /// An issue about the column taken last.
    mutating func fault(_ bytes: UnsafeRawBufferPointer?, _ expected: String, _ cure: String) {
        let column = schema.columns[cursor - 1]
        let field = fieldOf[cursor - 1]
        let line = field >= 0 && field < scanner.fields.count ? scanner.fields[field].line : scanner.line
        log.add(
            DataIssue(
                file: file, line: line, column: field >= 0 ? field + 1 : nil, field: column.name,
                value: bytes.map { excerpt($0) }, expected: expected, cure: cure))
    }

    /// An issue about the current record, or about another line.
    func issue(line: Int? = nil, _ expected: String, _ cure: String) {
        log.add(DataIssue(file: file, line: line ?? scanner.line, expected: expected, cure: cure))
    }

    private func excerpt(_ bytes: UnsafeRawBufferPointer) -> String {
        let text = String(decoding: bytes.prefix(240), as: UTF8.self)
        return text.count > 60 ? String(text.prefix(60)) + "…" : text
    }

    private mutating func unknown(_ bytes: UnsafeRawBufferPointer, in pool: CodePool, kind: String) {
        let code = String(decoding: bytes.prefix(240), as: UTF8.self)
        let near = pool.count <= 10_000 ? nearest(code, among: pool.texts) : nil
        fault(
            bytes, "is an unknown \(kind)",
            "add it to its file, or correct it" + (near.map { "; did you mean \($0)?" } ?? ""))
    }

    // MARK: Parts

    /// The bytes of the next column: the field, or the default where it is absent or empty. Nil where a value is
    /// required and there is none, which is then in the log.
    @inline(__always)
    private mutating func take(trims: Bool = true) -> UnsafeRawBufferPointer? {
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

    private mutating func decimal(places: Int) -> Int64? {
        guard let bytes = take(), bytes.count > 0 else { return nil }
        guard let value = Parse.decimal(bytes, places: places) else {
            fault(
                bytes, Parse.numberFault(bytes) + "; a plain decimal is expected",
                "write digits and a decimal point, without currency or thousands signs")
            return nil
        }
        return inRange(Double(value), bytes) ? value : nil
    }

    private mutating func inRange(_ value: Double, _ bytes: UnsafeRawBufferPointer) -> Bool {
        let (low, high) = bounds[cursor - 1]
        if value >= low, value <= high { return true }
        let column = schema.columns[cursor - 1]
        if value < low, low == 0 {
            fault(bytes, "is negative", "give a value from 0; returns belong in returns.csv")
        } else {
            fault(bytes, "is outside \(column.minimum) to \(column.maximum)", "correct the number")
        }
        return false
    }

    private mutating func readHeader() throws(ScanFailure) {
        guard try scanner.next() else {
            isAlive = false
            log.add(
                DataIssue(
                    file: file, expected: "the file is empty",
                    cure: "begin it with the header \(schema.columns.map(\.name).joined(separator: ","))"))
            return
        }
        headerCount = scanner.fields.count
        var sound = true
        let names = schema.columns.map(\.name)
        for field in 0..<headerCount {
            let name = String(decoding: Parse.trimmed(scanner.bytes(field)).prefix(240), as: UTF8.self)
            var expected: String?
            if let column = schema.position(name) {
                if fieldOf[column] >= 0 { expected = "the column appears twice" } else { fieldOf[column] = field }
            } else {
                expected = "is no column of this file"
            }
            if let expected {
                sound = false
                let near = nearest(name, among: names).map { "; did you mean \($0)?" } ?? ""
                log.add(
                    DataIssue(
                        file: file, line: 1, column: field + 1, field: "header", value: String(name.prefix(60)),
                        expected: expected, cure: "the columns are \(names.joined(separator: ", "))" + near))
            }
        }
        for (position, column) in schema.columns.enumerated() where fieldOf[position] < 0 {
            if case .optional = column.need { continue }
            sound = false
            log.add(
                DataIssue(
                    file: file, line: 1, field: column.name, expected: "the column is missing",
                    cure: "add it: \(column.meaning)"))
        }
        if !sound { isAlive = false }
    }

    private mutating func checkEncoding() -> Bool {
        for field in 0..<headerCount {
            let bytes = scanner.bytes(field)
            guard let at = Parse.invalidByte(bytes) else { continue }
            let hexadecimal = String(bytes[at], radix: 16, uppercase: true)
            let lines = bytes[..<at].reduce(0) { $0 + ($1 == 10 ? 1 : 0) }
            log.add(
                DataIssue(
                    file: file, line: scanner.fields[field].line + lines, column: field + 1,
                    expected: "byte \(at + 1) of the field, 0x\(hexadecimal), is not valid UTF-8",
                    cure: "save the file as UTF-8 (iconv -f latin1 -t utf8)"))
            return false
        }
        return true
    }

    private mutating func checkKey() {
        keyBytes.removeAll(keepingCapacity: true)
        for column in keyColumns {
            if fieldOf[column] >= 0 {
                let bytes = Parse.trimmed(scanner.bytes(fieldOf[column]))
                keyBytes.append(contentsOf: bytes.isEmpty ? defaults[column] : bytes)
            }
            keyBytes.append(0x1F)
        }
        let (position, isNew) = keyBytes.withUnsafeBytes { keys.insert($0) }
        if isNew {
            keyLines.append(scanner.line)
        } else {
            let shown = String(decoding: keyBytes.map { $0 == 0x1F ? 0x20 : $0 }.dropLast(), as: UTF8.self)
            log.add(
                DataIssue(
                    file: file, line: scanner.line, field: schema.key.joined(separator: ", "),
                    value: String(shown.prefix(60)), expected: "appears already on line \(keyLines[Int(position)])",
                    cure: "keep one of the two rows"))
        }
    }

    /// Records what ended the scan.
    private mutating func stop(_ failure: ScanFailure) {
        isAlive = false
        log.add(failure.issue(file: file))
    }
}
