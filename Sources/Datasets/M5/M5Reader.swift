import Foundation
public import Retail

/// Reads the wide files of the M5 competition (Makridakis, Spiliotis and Assimakopoulos, 2022): a sales file with one
/// row a series and one column a day, the calendar, and the prices.
///
/// The three files are found in their folder by their headers, plain or gzip, whatever their names; of several sales
/// files the one with most days counts. Prices may be one row a week or one row a change.
public enum M5Reader {
    /// - Throws: `DatasetError` with everything found wrong, at most 50 issues listed; nothing is half-imported.
    public static func read(folder: String) throws(DatasetError) -> SalesPanel {
        let log = IssueLog()
        let files = try M5Files(folder: folder)
        guard let calendar = M5Calendar(path: files.calendar, log: log) else { throw failure(log) }
        guard var sales = M5Sales(path: files.sales, calendar: calendar, log: log) else { throw failure(log) }
        try log.check()
        guard let prices = M5Prices(path: files.prices, calendar: calendar, sales: &sales, log: log) else {
            throw failure(log)
        }
        try log.check()
        return SalesPanel(
            demand: sales.panel, attributes: sales.attributes, events: calendar.events(from: sales.firstRow),
            flags: calendar.flags(from: sales.firstRow), prices: prices.history,
            knownDays: calendar.days.count - sales.firstRow)
    }

    private static func failure(_ log: IssueLog) -> DatasetError {
        do throws(DatasetError) { try log.check() } catch { return error }
        return DatasetError(issues: [])
    }
}

/// Which file of a folder is which, told by its header.
private struct M5Files {
    var calendar = ""
    var sales = ""
    var prices = ""

    init(folder: String) throws(DatasetError) {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch {
            throw DatasetError(issues: [
                DataIssue(
                    file: folder, expected: "there is no such folder, or it cannot be listed",
                    cure: "name the folder that holds the three M5 files")
            ])
        }
        var mostDays = 0
        for name in names where name.hasSuffix(".csv") || name.hasSuffix(".csv.gz") {
            let path = folder + "/" + name
            guard let header = M5Files.header(path) else { continue }
            if header.contains("date"), header.contains("wm_yr_wk") {
                calendar = path
            } else if header.contains("sell_price") {
                prices = path
            } else if header.contains("item_id") {
                let days = header.count { M5Calendar.dayNumber($0) != nil }
                if days > mostDays { (sales, mostDays) = (path, days) }
            }
        }
        var issues: [DataIssue] = []
        func require(_ path: String, _ what: Phrase) {
            guard path.isEmpty else { return }
            issues.append(
                DataIssue(file: folder, expected: "no file has the header of \(what)", cure: "add it, plain or .gz"))
        }
        require(calendar, "the calendar (date, wm_yr_wk, d)")
        require(sales, "the sales (item_id, dept_id, cat_id, store_id, state_id, d_1, d_2, ...)")
        require(prices, "the prices (store_id, item_id, wm_yr_wk, sell_price)")
        if !issues.isEmpty { throw DatasetError(issues: issues) }
    }

    private static func header(_ path: String) -> [String]? {
        guard var scanner = try? CSVScanner(path: path), (try? scanner.next()) == true else { return nil }
        return scanner.texts()
    }
}

extension CSVScanner {
    /// The fields of the current record as text without blanks at their ends.
    func texts() -> [String] {
        fields.indices.map { String(decoding: Parse.trimmed(bytes($0)), as: UTF8.self) }
    }
}

/// A CSV file of the M5 set being read: its columns by name, and its complaints.
struct M5Table: ~Copyable {
    let file: String
    let columns: [String]
    private let log: IssueLog
    private(set) var scanner: CSVScanner

    /// Nil, with an issue in the log, when the file cannot be read or lacks a column.
    init?(path: String, needs: [String], log: IssueLog) {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        guard let scanner = M5Table.open(path, file: file, log: log) else { return nil }
        let columns = scanner.texts()
        let missing = needs.filter { !columns.contains($0) }
        for name in missing {
            log.add(DataIssue(file: file, line: 1, field: name, expected: "the column is missing", cure: "add it"))
        }
        let repeated = Dictionary(grouping: columns, by: \.self).filter { $0.value.count > 1 }.keys.sorted()
        for name in repeated {
            log.add(
                DataIssue(file: file, line: 1, field: name, expected: "the column is there twice", cure: "keep one"))
        }
        guard missing.isEmpty, repeated.isEmpty else { return nil }
        self.file = file
        self.columns = columns
        self.log = log
        self.scanner = scanner
    }

    /// The file at its header, or nil with an issue in the log.
    private static func open(_ path: String, file: String, log: IssueLog) -> CSVScanner? {
        do throws(FileError) {
            var scanner = try CSVScanner(path: path)
            do throws(ScanFailure) {
                if try scanner.next() { return scanner }
                log.add(DataIssue(file: file, expected: "the file is empty", cure: "fetch it again"))
            } catch {
                log.add(error.issue(file: file))
            }
        } catch {
            log.add(DataIssue(file: file, error))
        }
        return nil
    }

    func column(_ name: String) -> Int? { columns.firstIndex(of: name) }

    /// The next row with as many fields as the header; false at the end. A row of another length is an issue.
    mutating func next() -> Bool {
        do {
            while try scanner.next() {
                if scanner.fields.count == columns.count { return true }
                log.add(
                    DataIssue(
                        file: file, line: scanner.line,
                        expected: "the line has \(scanner.fields.count) fields, the header \(columns.count)",
                        cure: "give each column a value, or leave it empty between its commas"))
                if log.isFull { return false }
            }
            return false
        } catch {
            log.add(error.issue(file: file))
            return false
        }
    }

    func bytes(_ column: Int) -> UnsafeRawBufferPointer { Parse.trimmed(scanner.bytes(column)) }
    func text(_ column: Int) -> String { String(decoding: bytes(column), as: UTF8.self) }

    /// Complains about a field of the current row.
    func complain(_ column: Int, _ expected: Phrase, _ cure: Phrase) {
        log.add(
            DataIssue(
                file: file, line: scanner.line, column: column + 1, field: columns[column],
                value: String(text(column).prefix(60)), expected: expected, cure: cure))
    }
}
