import CXLSXWriter
public import Datasets
import Foundation
import Retail

/// Writes XLSX files through libxlsxwriter: header row frozen and filtered, numbers as numbers, days as dates,
/// and text always as text, so that no cell can be run as a formula.
public enum Workbook {
    /// The sheets as one file, whole or not at all. The same sheets give the same bytes: the creation time is fixed.
    /// - Throws: `FileError` when the file cannot be opened or written.
    public static func write(_ sheets: [Sheet], title: String, to path: String) throws(FileError) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let temporary = try reserve(path)
        var failure: FileError?
        do throws(FileError) {
            try assemble(sheets, title: title, to: temporary, folder: folder.isEmpty ? "/" : folder, path: path)
            // The library writes its parts with unchecked output: a full disk could leave a truncated part behind
            // a good signature, so the file is read back before it takes its name.
            try WorkbookCheck.verify(temporary, named: path)
            if rename(temporary, path) != 0 { failure = FileError(path: path, action: .rename, errno: errno) }
        } catch {
            failure = error
        }
        if let failure {
            unlink(temporary)
            throw failure
        }
    }

    /// Takes a free name beside `path`, which also finds a missing or read-only folder before any work is done.
    private static func reserve(_ path: String) throws(FileError) -> String {
        var directory: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &directory), directory.boolValue {
            throw FileError(path: path, action: .open, errno: EISDIR)
        }
        for attempt in 0..<1_000 {
            let candidate = "\(path).\(getpid()).\(attempt).part"
            let descriptor = open(candidate, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            if descriptor >= 0 {
                close(descriptor)
                return candidate
            }
            if errno != EEXIST { throw FileError(path: path, action: .open, errno: errno) }
        }
        throw FileError(path: path, action: .open, errno: EEXIST)
    }

    private static func assemble(
        _ sheets: [Sheet], title: String, to temporary: String, folder: String, path: String
    ) throws(FileError) {
        let book: UnsafeMutablePointer<lxw_workbook>? = folder.withCString { folder in
            // The library copies the folder's name; its scratch files lie where the result will, which has the space.
            var options = lxw_workbook_options()
            options.tmpdir = UnsafeMutablePointer(mutating: folder)
            return workbook_new_opt(temporary, &options)
        }
        guard let book else { throw FileError(path: path, action: .open, errno: ENOMEM) }
        setProperties(of: book, title: title)
        let formats = WorkbookFormats(book)
        var names = SheetNames()
        var failure: lxw_error = LXW_NO_ERROR
        for sheet in sheets {
            guard let page = workbook_add_worksheet(book, names.next(sheet.name)) else { continue }
            if let error = fill(page, with: sheet, formats), failure == LXW_NO_ERROR { failure = error }
        }
        errno = 0
        let closing = workbook_close(book)
        let system = errno
        if failure == LXW_NO_ERROR { failure = closing }
        guard failure != LXW_NO_ERROR else { return }
        if [ENOSPC, EDQUOT, EFBIG, EACCES, EPERM, EROFS, ENOENT, EIO].contains(system) {
            throw FileError(path: path, action: .write, errno: system)
        }
        throw FileError(
            path: path, action: .write, reason: Phrase(verbatim: String(cString: lxw_strerror(failure))),
            cure: "check the space on the disk and the size of the table")
    }

    private static func setProperties(of book: UnsafeMutablePointer<lxw_workbook>, title: String) {
        withMutableText(title) { title in
            withMutableText("Granary") { author in
                var properties = lxw_doc_properties()
                properties.title = title
                properties.author = author
                // 2000-01-01 00:00 UTC: a file is named by what it says, not by when it was written.
                properties.created = 946_684_800
                _ = workbook_set_properties(book, &properties)
            }
        }
    }

    /// Fills a sheet; returns the first error of the library.
    private static func fill(
        _ page: UnsafeMutablePointer<lxw_worksheet>, with sheet: Sheet, _ formats: WorkbookFormats
    ) -> lxw_error? {
        var failure: lxw_error?
        func check(_ error: lxw_error) {
            if error != LXW_NO_ERROR, failure == nil { failure = error }
        }
        let rows = sheet.rowCount
        // Headings stand below the head and an empty line.
        let top = sheet.head.isEmpty ? 0 : sheet.head.count + 1
        for (r, line) in sheet.head.enumerated() { check(writeHead(page, row: r, line, formats)) }
        for (c, column) in sheet.columns.enumerated() {
            let position = lxw_col_t(clamping: c)
            check(worksheet_set_column(page, position, position, column.width, nil))
            check(
                worksheet_write_string(
                    page, lxw_row_t(clamping: top), position, cellText(column.heading), formats.header))
            for r in 0..<column.values.count {
                let isTotal = sheet.endsInTotal && r == rows - 1
                let format = formats.format(column.style, bold: isTotal)
                let row = lxw_row_t(clamping: top + r + 1)
                if isTotal, column.leavesTotalEmpty {
                    check(worksheet_write_blank(page, row, position, format))
                } else {
                    check(writeCell(page, row: row, column: position, column, r, format))
                }
            }
        }
        worksheet_freeze_panes(page, lxw_row_t(clamping: top + 1), lxw_col_t(clamping: sheet.frozenColumns))
        let filtered = rows - (sheet.endsInTotal ? 1 : 0)
        if filtered > 0, !sheet.columns.isEmpty {
            check(
                worksheet_autofilter(
                    page, lxw_row_t(clamping: top), 0, lxw_row_t(clamping: top + filtered),
                    lxw_col_t(clamping: sheet.columns.count - 1)))
        }
        worksheet_set_landscape(page)
        worksheet_set_paper(page, 9)  // A4
        worksheet_fit_to_pages(page, 1, 0)
        check(worksheet_repeat_rows(page, lxw_row_t(clamping: top), lxw_row_t(clamping: top)))
        return failure
    }

    private static func writeHead(
        _ page: UnsafeMutablePointer<lxw_worksheet>, row: Int, _ line: Sheet.HeadLine, _ formats: WorkbookFormats
    ) -> lxw_error {
        let row = lxw_row_t(clamping: row)
        let label = worksheet_write_string(page, row, 0, cellText(line.label), formats.format(.text, bold: false))
        if label != LXW_NO_ERROR { return label }
        let cell: Sheet.SheetColumn
        switch line.value {
        case .text(let text): cell = .init("", .text, width: 0, .text([text]))
        case .number(let number): cell = .init("", .decimal(0), width: 0, .real([number]))
        case .date(let day): cell = .init("", .date, width: 0, .text([day.description]))
        }
        return writeCell(page, row: row, column: 1, cell, 0, formats.format(cell.style, bold: false))
    }

    private static func writeCell(
        _ page: UnsafeMutablePointer<lxw_worksheet>, row: lxw_row_t, column: lxw_col_t, _ cells: Sheet.SheetColumn,
        _ index: Int, _ format: UnsafeMutablePointer<lxw_format>?
    ) -> lxw_error {
        switch cells.values {
        case .integer(let values): return worksheet_write_number(page, row, column, Double(values[index]), format)
        case .real(let values):
            // A spreadsheet has no word for "not a number": the cell stays empty.
            guard values[index].isFinite else { return worksheet_write_blank(page, row, column, format) }
            return worksheet_write_number(page, row, column, values[index], format)
        case .text(let values):
            let text = values[index]
            if cells.style == .date, let day = Day(iso: text) {
                var date = lxw_datetime()
                let (year, month, date0) = day.components
                date.year = Int32(year)
                date.month = Int32(month)
                date.day = Int32(date0)
                // Spreadsheets count days from 1900 on; an earlier day stays text.
                if year >= 1900 { return worksheet_write_datetime(page, row, column, &date, format) }
            }
            if text.isEmpty { return worksheet_write_blank(page, row, column, format) }
            return worksheet_write_string(page, row, column, cellText(text), format)
        }
    }

    /// A cell holds at most 32,767 characters; longer text is cut and says so by an ellipsis.
    private static func cellText(_ text: String) -> String {
        guard text.utf16.count > 32_767 else { return text.replacingOccurrences(of: "\0", with: "") }
        var cut = text.unicodeScalars.prefix(32_000)
        while String(cut).utf16.count > 32_766 { cut = cut.dropLast(500) }
        return String(cut).replacingOccurrences(of: "\0", with: "") + "…"
    }

    private static func withMutableText(_ text: String, _ body: (UnsafeMutablePointer<CChar>) -> Void) {
        var bytes = text.utf8CString
        bytes.withUnsafeMutableBufferPointer { if let base = $0.baseAddress { body(base) } }
    }
}
