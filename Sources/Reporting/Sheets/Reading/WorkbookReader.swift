import Foundation
import Retail

/// A cell as it was read: what is written there, and its number where it is one.
public struct SheetCell: Sendable, Equatable {
    public var text: String
    public var number: Double?
    /// A formula stands here; text and number are its last result.
    public var isFormula = false

    public init(_ text: String = "", number: Double? = nil) {
        self.text = text
        self.number = number
    }

    public var isEmpty: Bool { text.allSatisfy(\.isWhitespace) }
}

/// A sheet as it was read, rows by their number in the spreadsheet.
public struct ReadSheet: Sendable, Equatable {
    public var name: String
    public var rows: [(number: Int, cells: [SheetCell])]

    public static func == (a: Self, b: Self) -> Bool {
        a.name == b.name && a.rows.elementsEqual(b.rows) { $0 == $1 }
    }
}

/// Reads the sheets of an .xlsx workbook as text and numbers: what Excel, WPS, LibreOffice and openpyxl write.
/// Formats, formulas, charts and macros are not looked at.
public enum WorkbookReader {
    /// Columns beyond this are left out; more cells than this in all are refused.
    static let widest = 256
    static let mostCells = 16_000_000

    /// - Throws: `SheetFileError` for anything that is not such a workbook, or larger than one of ours could be.
    public static func read(_ path: String) throws(SheetFileError) -> [ReadSheet] {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let attributes, attributes[.type] as? FileAttributeType == .typeRegular else {
            throw .cannotOpen(path: path)
        }
        var zip = try ZipParts(path, size: (attributes[.size] as? NSNumber)?.int64Value ?? 0)
        guard let book = try zip.part("xl/workbook.xml") else { throw .notAWorkbook(path: path) }
        let sheets = try within(path, "xl/workbook.xml") { () throws(XMLScanner.Fault) in try sheetList(book) }
        var targets: [String: String] = [:]
        let links = "xl/_rels/workbook.xml.rels"
        if let bytes = try zip.part(links) {
            targets = try within(path, links) { () throws(XMLScanner.Fault) in try relations(bytes) }
        }
        var shared: [String] = []
        if let bytes = try zip.part("xl/sharedStrings.xml") {
            shared = try within(path, "xl/sharedStrings.xml") { () throws(XMLScanner.Fault) in
                try sharedStrings(bytes)
            }
        }
        var result: [ReadSheet] = []
        var cells = 0
        for (number, sheet) in sheets.prefix(2_048).enumerated() {
            let part = targets[sheet.relation] ?? "xl/worksheets/sheet\(number + 1).xml"
            guard let bytes = try zip.part(part) else { continue }
            let rows = try within(path, part) { () throws(XMLScanner.Fault) in
                try SheetRows.read(bytes, shared: shared, limit: mostCells - cells)
            }
            cells += rows.reduce(0) { $0 + $1.cells.count }
            result.append(ReadSheet(name: sheet.name, rows: rows))
        }
        return result
    }

    private static func within<Value>(
        _ path: String, _ part: String, _ body: () throws(XMLScanner.Fault) -> Value
    ) throws(SheetFileError) -> Value {
        do { return try body() } catch {
            let what: String
            switch error {
            case .malformed: what = "not well-formed"
            case .documentType: what = "it declares a document type"
            case .encoding: what = "not UTF-8"
            case .tooDeep: what = "nested too deeply"
            case .tooMany: throw .tooLarge(path: path, what: "over \(mostCells) cells")
            }
            throw .damaged(path: path, part: part, what: what)
        }
    }

    private static func sheetList(_ bytes: [UInt8]) throws(XMLScanner.Fault) -> [(name: String, relation: String)] {
        var scanner = try XMLScanner(bytes)
        var list: [(name: String, relation: String)] = []
        while let event = try scanner.next() {
            guard case .start("sheet", let attributes) = event else { continue }
            list.append((attributes.value("name"), attributes.value("id")))
        }
        return list
    }

    /// Part by relation. Targets that lead out of the archive are left out.
    private static func relations(_ bytes: [UInt8]) throws(XMLScanner.Fault) -> [String: String] {
        var scanner = try XMLScanner(bytes)
        var targets: [String: String] = [:]
        while let event = try scanner.next() {
            guard case .start("Relationship", let attributes) = event else { continue }
            let target = attributes.value("Target")
            guard attributes.value("TargetMode") != "External", !target.contains("..") else { continue }
            targets[attributes.value("Id")] = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
        }
        return targets
    }

    private static func sharedStrings(_ bytes: [UInt8]) throws(XMLScanner.Fault) -> [String] {
        var scanner = try XMLScanner(bytes)
        var strings: [String] = []
        var current: String?
        var takes = false
        // Readings of Chinese characters (phonetic runs) are no part of the text.
        var inPhonetics = 0
        while let event = try scanner.next() {
            switch event {
            case .start("si", _): current = ""
            case .start("rPh", _): inPhonetics += 1
            case .end("rPh"): inPhonetics -= 1
            case .start("t", _): takes = inPhonetics == 0
            case .end("t"): takes = false
            case .text(let text): if takes { current?.append(text) }
            case .end("si"):
                strings.append(current ?? "")
                current = nil
            default: break
            }
        }
        return strings
    }
}

/// The rows of one sheet part.
enum SheetRows {
    static func read(
        _ bytes: [UInt8], shared: [String], limit: Int
    ) throws(XMLScanner.Fault) -> [(number: Int, cells: [SheetCell])] {
        var scanner = try XMLScanner(bytes)
        var rows: [(number: Int, cells: [SheetCell])] = []
        var number = 0
        var cells: [SheetCell] = []
        var column = 0
        var kind = ""
        var cell = SheetCell()
        var takes = false
        var count = 0
        while let event = try scanner.next() {
            switch event {
            case .start("row", let attributes):
                number = Int(attributes.value("r")).map { min(max(1, $0), 1_048_576) } ?? number + 1
                cells = []
                column = 0
            case .start("c", let attributes):
                column = place(attributes.value("r")) ?? column
                kind = attributes.value("t")
                cell = SheetCell()
            case .start("v", _), .start("t", _): takes = true
            case .end("v"), .end("t"): takes = false
            case .start("f", _): cell.isFormula = true
            case .text(let text): if takes { cell.text += text }
            case .end("c"):
                finish(&cell, kind: kind, shared: shared)
                if column < WorkbookReader.widest {
                    while cells.count < column { cells.append(SheetCell()) }
                    if cells.count == column { cells.append(cell) } else { cells[column] = cell }
                }
                column += 1
            case .end("row"):
                rows.append((number, cells))
                count += cells.count + 1
                if count > limit { throw .tooMany }
            default: break
            }
        }
        return rows
    }

    private static func finish(_ cell: inout SheetCell, kind: String, shared: [String]) {
        switch kind {
        case "s":
            let index = Int(cell.text) ?? -1
            cell.text = shared.indices.contains(index) ? shared[index] : ""
        case "str", "inlineStr", "b", "e", "d": break
        default:
            guard let number = Double(cell.text), number.isFinite else { return }
            cell.number = number
            // Some programs write 5.012345678E9 of a code of digits.
            let isWhole = number == number.rounded() && abs(number) < 1e15
            if isWhole, cell.text.contains(where: \.isLetter) { cell.text = String(Int64(number)) }
        }
    }

    /// `C7` is column 2; nil for anything else, or a column beyond what is read.
    private static func place(_ reference: String) -> Int? {
        var column = 0
        for byte in reference.utf8 {
            guard byte >= 65, byte <= 90 else { break }
            column = column * 26 + Int(byte - 64)
            if column > 16_384 { return WorkbookReader.widest }
        }
        return column > 0 ? column - 1 : nil
    }
}

extension [(name: String, value: String)] {
    fileprivate func value(_ name: String) -> String { first { $0.name == name }?.value ?? "" }
}
