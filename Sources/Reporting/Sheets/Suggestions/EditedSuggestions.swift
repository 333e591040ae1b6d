public import Datasets
import Foundation
import Retail
public import Store

/// A line of a suggestion sheet as a person left it.
public struct EditedLine: Sendable, Equatable {
    /// Where it stands: `Sheet 'S1' row 7`, or `line 7` of a CSV file.
    public var place: String
    public var key: LineKey
    /// The cells of the columns looked at, by column name; a column that is not there has none.
    public var cells: [String: SheetCell]
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
            let rows: [CSVRow]
            do { rows = try CSVRow.read(path) } catch { throw .csv(error) }
            let cells = rows.map { row in
                (number: row.line, cells: row.fields.map { SheetCell(unguarded($0), number: Double($0)) })
            }
            isOurs = collect(cells, into: &lines) { "line \($0)" }
        } else {
            let sheets: [ReadSheet]
            do { sheets = try WorkbookReader.read(path) } catch { throw .sheet(error) }
            for sheet in sheets {
                let found = collect(sheet.rows, into: &lines) { "sheet '\(sheet.name)' row \($0)" }
                isOurs = isOurs || found
            }
        }
        guard isOurs else { throw .sheet(.noSuchSheet(path: path, columns: naming.joined(separator: ", "))) }
        return lines
    }

    /// Adds the lines below the first row that has our headings; false where there is none.
    private static func collect(
        _ rows: [(number: Int, cells: [SheetCell])], into lines: inout [EditedLine], place: (Int) -> String
    ) -> Bool {
        guard
            let (at, columns) = rows.prefix(deepestHeading).enumerated().lazy
                .map({ ($0.offset, headings($0.element.cells)) })
                .first(where: { _, columns in naming.allSatisfy { columns[$0] != nil } })
        else { return false }
        for row in rows[(at + 1)...] {
            var cells: [String: SheetCell] = [:]
            for (name, column) in columns where column < row.cells.count { cells[name] = row.cells[column] }
            // A total, a note below the table, an empty row: nothing names an article at a node.
            guard let sku = code(cells["sku"]), let node = code(cells["node"]) else { continue }
            lines.append(
                EditedLine(
                    place: place(row.number),
                    key: LineKey(sku: sku, supplier: code(cells["supplier"]) ?? "", node: node),
                    cells: cells))
        }
        return true
    }

    private static func code(_ cell: SheetCell?) -> String? {
        guard let cell, !cell.isEmpty else { return nil }
        // A code of digits that a spreadsheet took for a number.
        if let number = cell.number, number == number.rounded(), abs(number) < 1e15 { return String(Int64(number)) }
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
        let text = heading.split(separator: "(", maxSplits: 1, omittingEmptySubsequences: false)[0]
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
