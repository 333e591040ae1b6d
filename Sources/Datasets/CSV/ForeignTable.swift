import Retail

/// A CSV file of somebody else's making, read by column names: for imports.
struct ForeignTable {
    /// The columns asked for, in that order; texts without blanks at their ends.
    private(set) var rows: [[String]] = []
    /// Line each row begins on.
    private(set) var lines: [Int] = []
    private(set) var digest = ""
    let file: String
    let columns: [String]

    /// - Throws: what is wrong with the file: missing columns, rows of another length, broken quotes.
    init(path: String, columns: [String]) throws(DatasetError) {
        file = path.split(separator: "/").last.map(String.init) ?? path
        self.columns = columns
        let log = IssueLog()
        do throws(ScanFailure) { try read(path, log) } catch { log.add(error.issue(file: file)) }
        try log.check()
    }

    private mutating func read(_ path: String, _ log: IssueLog) throws(ScanFailure) {
        var scanner = CSVScanner()
        do throws(FileError) { scanner = try CSVScanner(path: path, hashing: true) } catch { throw .file(error) }
        guard try scanner.next() else {
            log.add(DataIssue(file: file, expected: "the file is empty", cure: "give the file as published"))
            return
        }
        var places = [Int](repeating: -1, count: columns.count)
        for field in scanner.fields.indices {
            let name = String(decoding: Parse.trimmed(scanner.bytes(field)), as: UTF8.self)
            if let column = columns.firstIndex(of: name) { places[column] = field }
        }
        for (column, place) in places.enumerated() where place < 0 {
            log.add(
                DataIssue(
                    file: file, line: 1, field: columns[column], expected: "the column is missing",
                    cure: "give the file as published, with its header"))
        }
        guard log.isEmpty else { return }
        let count = scanner.fields.count
        while try scanner.next() {
            guard scanner.fields.count == count else {
                log.add(
                    DataIssue(
                        file: file, line: scanner.line,
                        expected: "has \(scanner.fields.count) fields where the header has \(count)",
                        cure: "look for a missing or superfluous comma"))
                continue
            }
            rows.append(places.map { String(decoding: Parse.trimmed(scanner.bytes($0)), as: UTF8.self) })
            lines.append(scanner.line)
        }
        digest = scanner.hexadecimalDigest() ?? ""
    }

    func issue(_ row: Int, _ column: Int, _ expected: Phrase, _ cure: Phrase) -> DataIssue {
        DataIssue(
            file: file, line: lines[row], column: column + 1, field: columns[column], value: rows[row][column],
            expected: expected, cure: cure)
    }

    /// A moment, nil where the field is empty; anything else is an issue.
    func time(_ row: Int, _ column: Int, _ log: IssueLog) -> CivilTime? {
        let text = rows[row][column]
        if text.isEmpty { return nil }
        let time = Array(text.utf8).withUnsafeBytes { Parse.time($0) }
        if time == nil { log.add(issue(row, column, "is not a date and time", "write it as 2018-08-01 09:30:00")) }
        return time
    }

    /// A number; anything else, an empty field too, is an issue.
    func number(_ row: Int, _ column: Int, _ log: IssueLog) -> Double {
        let number = Array(rows[row][column].utf8).withUnsafeBytes { Parse.real($0) }
        if number == nil { log.add(issue(row, column, "is not a finite number", "correct the number")) }
        return number ?? 0
    }
}
