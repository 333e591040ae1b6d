/// Whether a file is what its schema says: its header, its encoding, its keys.
extension TableReader {
    mutating func readHeader() throws(ScanFailure) {
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

    mutating func checkEncoding() -> Bool {
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
            let shown = String(decoding: keyBytes.map { $0 == 0x1F ? 0x20 : $0 }.dropLast(), as: UTF8.self)
            log.add(
                DataIssue(
                    file: file, line: scanner.line, field: schema.key.joined(separator: ", "),
                    value: String(shown.prefix(60)), expected: "appears already on line \(keyLines[Int(position)])",
                    cure: "keep one of the two rows"))
        }
    }
}
