import Retail

/// Whether a file is what its schema says: its header, its encoding, its keys.
extension TableReader {
    mutating func readHeader() throws(ScanFailure) {
        guard try scanner.next() else {
            isAlive = false
            log.add(
                DataIssue(
                    file: file, expected: "the file is empty", cure: "begin it with a header such as \(usualHeader)"))
            return
        }
        headerCount = scanner.fields.count
        guard checkEncoding() else {
            isAlive = false
            return
        }
        var header: [String] = []
        for field in 0..<headerCount {
            header.append(String(decoding: Parse.trimmed(scanner.bytes(field)).prefix(240), as: UTF8.self))
        }
        if let fault = formFault(header) {
            isAlive = false
            log.add(
                DataIssue(
                    file: file, line: 1, column: 1, field: "header",
                    value: String(header.joined(separator: ",").prefix(60)), expected: fault.expected, cure: fault.cure)
            )
        } else {
            isAlive = matchColumns(header)
        }
    }

    /// The columns that must be there, as a header.
    private var usualHeader: String {
        schema.columns.filter { !$0.isOptional }.map(\.name).joined(separator: ",")
    }

    /// Why the first line is no header of comma-separated names at all: one fault, whatever follows from it.
    private func formFault(_ header: [String]) -> (expected: Phrase, cure: Phrase)? {
        if header.contains(where: { $0.contains("\r") }) {
            return ("its lines end with a carriage return alone", "save it with line ends of Windows or Unix")
        }
        if header.count == 1, let other = header[0].first(where: { ";\t|，；、".contains($0) }) {
            let shown = other == "\t" ? "TAB" : String(other)
            return ("its fields are separated by '\(shown)' and not by commas", "save it as CSV with commas")
        }
        let names = schema.columns.map(\.name)
        if header.contains(where: { names.contains($0) || Slips.column($0, of: names) != nil }) { return nil }
        return (
            "the first line is no header of this file", "begin the file with a header such as \(usualHeader)"
        )
    }

    /// Finds each column's field. A misspelt column is one fault: it is not missing besides.
    private mutating func matchColumns(_ header: [String]) -> Bool {
        var isSound = true
        let names = schema.columns.map(\.name)
        var meant: Set<String> = []
        for (field, name) in header.enumerated() {
            var problem: (expected: Phrase, cure: Phrase)?
            if let column = schema.position(name) {
                if fieldOf[column] >= 0 {
                    problem = ("the column appears twice", "keep one of the two")
                } else {
                    fieldOf[column] = field
                }
            } else if let near = Slips.column(name, of: names) {
                meant.insert(near)
                problem = (
                    "is no column of this file",
                    "did you mean \(near)? The columns are \(names.joined(separator: ", "))"
                )
            } else {
                problem = (
                    "is no column of this file",
                    "remove it or correct it; the columns are \(names.joined(separator: ", "))"
                )
            }
            guard let problem else { continue }
            isSound = false
            log.add(
                DataIssue(
                    file: file, line: 1, column: field + 1, field: "header", value: String(name.prefix(60)),
                    expected: problem.expected, cure: problem.cure))
        }
        for (position, column) in schema.columns.enumerated() where fieldOf[position] < 0 {
            if column.isOptional { continue }
            isSound = false
            if meant.contains(column.name) { continue }
            log.add(
                DataIssue(
                    file: file, line: 1, field: column.name, expected: "the column is missing",
                    cure: "add it: \(column.meaning)"))
        }
        return isSound
    }

    /// Whether the record at hand is text in UTF-8. What is wrong with the encoding is wrong with the whole file and
    /// told once.
    mutating func checkEncoding() -> Bool {
        for field in 0..<scanner.fields.count {
            let bytes = scanner.bytes(field)
            guard let at = Parse.invalidByte(bytes) else { continue }
            if hasToldEncoding { return false }
            hasToldEncoding = true
            let hexadecimal = String(bytes[at], radix: 16, uppercase: true)
            let lines = bytes[..<at].reduce(0) { $0 + ($1 == 10 ? 1 : 0) }
            let cure: Phrase =
                if bytes[at] == 0 {
                    "the file is damaged or UTF-16: save it again as UTF-8"
                } else if Parse.looksChinese(bytes) {
                    "save the file as UTF-8 (iconv -f gb18030 -t utf8)"
                } else {
                    "save the file as UTF-8 (iconv -f latin1 -t utf8)"
                }
            log.add(
                DataIssue(
                    file: file, line: scanner.fields[field].line + lines, column: field + 1,
                    expected: "byte \(at + 1) of the field, 0x\(hexadecimal), is not valid UTF-8", cure: cure))
            return false
        }
        return true
    }

    mutating func checkKey() {
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
            let column = keyColumns.first { fieldOf[$0] >= 0 }.map { fieldOf[$0] + 1 }
            let shown = String(decoding: keyBytes.map { $0 == 0x1F ? 0x20 : $0 }.dropLast(), as: UTF8.self)
            log.add(
                DataIssue(
                    file: file, line: scanner.line, column: column,
                    field: schema.key.joined(separator: ", "), value: String(shown.prefix(60)),
                    expected: "appears already on line \(keyLines[Int(position)])", cure: "keep one of the two rows"))
        }
    }
}
