import Retail

/// A record of a small CSV file as text.
public struct CSVRow: Sendable, Equatable {
    public var line: Int
    public var fields: [String]
}

extension CSVRow {
    /// The records of a file that people edited, in order; blank lines are left out.
    ///
    /// - Parameters:
    ///   - separator: between fields; a spreadsheet set to a language that writes decimals with a comma saves semicolons.
    ///   - limit: more records than this are refused.
    /// - Throws: `DatasetError` with the line: not UTF-8 (what a spreadsheet saves as plain CSV), a quote that is not
    ///   closed, too many records.
    public static func read(
        _ path: String, separator: UInt8 = UInt8(ascii: ","), limit: Int = 1_048_576
    ) throws(DatasetError) -> [CSVRow] {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        func issue(_ line: Int?, _ expected: Phrase, _ cure: Phrase) -> DatasetError {
            DatasetError(issues: [DataIssue(file: file, line: line, expected: expected, cure: cure)])
        }
        var scanner: CSVScanner
        do { scanner = try CSVScanner(path: path, separator: separator) } catch { throw DatasetError(error) }
        var rows: [CSVRow] = []
        while true {
            do {
                guard try scanner.next() else { return rows }
            } catch { throw DatasetError(issues: [error.issue(file: file)]) }
            if rows.count == limit { throw issue(scanner.line, "has more than \(limit) lines", "split the file") }
            var fields: [String] = []
            for field in scanner.fields.indices {
                guard let text = String(validating: scanner.bytes(field), as: UTF8.self) else {
                    throw issue(
                        scanner.line, "is not UTF-8", "save it as \"CSV UTF-8\" or as .xlsx, not as plain CSV")
                }
                fields.append(text)
            }
            rows.append(CSVRow(line: scanner.line, fields: fields))
        }
    }
}
