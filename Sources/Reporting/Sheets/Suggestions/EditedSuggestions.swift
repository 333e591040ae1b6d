public import Datasets
import Foundation
public import Retail
public import Store

/// A line of a suggestion sheet as a person left it.
public struct EditedLine: Sendable, Equatable {
    /// Where in the file it stands.
    public var place: SheetPlace
    /// The line's codes as they are written, which may be what a spreadsheet left of them; empty where none is.
    public var key: LineKey
    /// The cells of the columns looked at, by column name; a column that is not there has none.
    public var cells: [String: SheetCell]
    /// Columns without which the sheet cannot be read, all of it: the line then stands for its headings.
    public var missing: [String] = []
}

/// Where a line of an edited file stands.
public enum SheetPlace: Sendable, Equatable {
    case row(Int, sheet: String)
    /// Of a CSV file.
    case line(Int)

    /// The place in words, such as `sheet 'Orders' row 7` or `line 7`.
    public func text(_ language: Language) -> String {
        switch self {
        case .row(let row, let sheet): Catalogue.text("import.place.row", language, sheet, String(row))
        case .line(let line): Catalogue.text("import.place.line", language, String(line))
        }
    }
}

/// Why an edited file cannot be read.
public enum EditedFileError: Error, Sendable, CustomStringConvertible {
    case sheet(SheetFileError)
    case csv(DatasetError)

    public var description: String {
        switch self {
        case .sheet(let error): error.description
        case .csv(let error): error.description
        }
    }
}

/// Reads back the sheets that `granary suggest` writes, after somebody worked on them: the suggestion workbook, the
/// draft purchase orders, and both as CSV, in English or Chinese, columns in any order and more of them.
public enum EditedSuggestions {
    /// The columns that name a line, without which a sheet is none of ours.
    static let naming = ["sku", "node", "quantity"]
    /// The columns that are compared.
    static let compared = [
        "sku", "supplier", "node", "quantity", "unit_cost", "state", "decided_reason", "sku_name", "suggested",
        "order_by", "receipt",
    ]
    /// Draft orders have some lines above their headings.
    private static let deepestHeading = 40

    /// - Throws: `EditedFileError` naming the file and what to do.
    public static func read(_ path: String) throws(EditedFileError) -> [EditedLine] {
        var lines: [EditedLine] = []
        var isOurs = false
        if path.lowercased().hasSuffix(".csv") {
            // As spreadsheets save them: with commas, or in many languages with semicolons, or with tabs.
            var fault: DatasetError?
            for separator in [",", ";", "\t"] as [Unicode.Scalar] where !isOurs {
                do {
                    let rows = try CSVRow.read(path, separator: UInt8(ascii: separator))
                    let cells = rows.map { row in
                        (number: row.line, cells: row.fields.map { cell($0, isCommaDecimal: separator != ",") })
                    }
                    isOurs = collect(cells, into: &lines) { .line($0) }
                } catch { fault = fault ?? error }
            }
            if !isOurs, let fault { throw .csv(fault) }
        } else {
            let sheets: [ReadSheet]
            do { sheets = try WorkbookReader.read(path) } catch { throw .sheet(error) }
            for sheet in sheets {
                let found = collect(sheet.rows, into: &lines) { .row($0, sheet: sheet.name) }
                isOurs = isOurs || found
            }
        }
        guard isOurs else { throw .sheet(.noSuchSheet(path: path, columns: naming.joined(separator: ", "))) }
        return lines
    }

    /// Adds the lines below the first row that has our headings; false where there is none.
    private static func collect(
        _ rows: [(number: Int, cells: [SheetCell])], into lines: inout [EditedLine], place: (Int) -> SheetPlace
    ) -> Bool {
        guard
            let (at, columns) = rows.prefix(deepestHeading).enumerated().lazy
                .map({ ($0.offset, headings($0.element.cells)) })
                .first(where: { _, columns in naming.allSatisfy { columns[$0] != nil } })
        else {
            // A sheet of ours that lost a column: the article is named there, and other columns of ours.
            let torn = rows.prefix(deepestHeading).first { row in
                let columns = headings(row.cells)
                return columns["sku"] != nil && columns.count > 4
            }
            if let torn {
                let columns = headings(torn.cells)
                var line = EditedLine(
                    place: place(torn.number), key: LineKey(sku: "", supplier: "", node: ""), cells: [:])
                line.missing = naming.filter { columns[$0] == nil }
                lines.append(line)
            }
            return false
        }
        for row in rows[(at + 1)...] {
            var cells: [String: SheetCell] = [:]
            for (name, column) in columns where column < row.cells.count { cells[name] = row.cells[column] }
            let (sku, node) = (code(cells["sku"]), code(cells["node"]))
            // A total, a note below the table, an empty row: nothing names an article at a node, and no quantity asks
            // for one.
            if sku == nil || node == nil {
                guard let typed = cells["quantity"], !typed.isEmpty, !isTotal(row.cells) else { continue }
            }
            lines.append(
                EditedLine(
                    place: place(row.number),
                    key: LineKey(sku: sku ?? "", supplier: code(cells["supplier"]) ?? "", node: node ?? ""),
                    cells: cells))
        }
        return true
    }

    private static func isTotal(_ cells: [SheetCell]) -> Bool {
        let words = Language.allCases.map { Catalogue.text("report.total", $0) }
        return cells.contains { words.contains($0.text.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }

    private static func cell(_ text: String, isCommaDecimal: Bool) -> SheetCell {
        let hasOneComma = text.count { $0 == "," } == 1 && !text.contains(".")
        let number = TypedText.number(
            isCommaDecimal && hasOneComma ? text.replacingOccurrences(of: ",", with: ".") : text)
        return SheetCell(unguarded(text), number: number.flatMap { $0.isFinite ? $0 : nil })
    }

    private static func code(_ cell: SheetCell?) -> String? {
        guard let cell, !cell.isEmpty else { return nil }
        return cell.text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Column by name, of the headings as they are written in either language, with or without a unit.
    private static func headings(_ cells: [SheetCell]) -> [String: Int] {
        var columns: [String: Int] = [:]
        for (column, cell) in cells.enumerated() {
            if let name = names[stem(cell.text)], columns[name] == nil { columns[name] = column }
        }
        return columns
    }

    private static func stem(_ heading: String) -> String {
        let text = heading.prefix { $0 != "(" && $0 != "（" }
        return text.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
    }

    /// Column name by heading.
    private static let names: [String: String] = {
        var names: [String: String] = [:]
        for name in compared {
            names[name] = name
            for language in Language.allCases { names[stem(words("column", name, language))] = name }
        }
        return names
    }()

    /// Without the apostrophe that keeps a spreadsheet from running a text.
    private static func unguarded(_ text: String) -> String {
        text.hasPrefix("'") && guardFormula(String(text.dropFirst())) == text ? String(text.dropFirst()) : text
    }
}
