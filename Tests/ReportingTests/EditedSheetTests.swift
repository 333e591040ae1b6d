import Datasets
import Foundation
import NumericCore
import Retail
import Store
import Testing

@testable import Reporting

@Suite("Edited sheets") struct EditedSheetTests {
    private let rows = SampleRun.suggestions

    private func review(_ path: String) throws -> SheetReview {
        SheetReview(try EditedSuggestions.read(path), against: rows)
    }

    @Test(
        "a sheet that nobody touched differs in nothing, as workbook and as CSV, in both languages",
        arguments: Language.allCases)
    func untouched(language: Language) throws {
        try withTemporaryFolder { folder in
            try SuggestionWorkbook.write(rows, currency: .gbp, language: language, to: folder + "/a.xlsx")
            try AtomicFile.write(
                spreadsheetCSV(suggestionTable(rows, currency: .gbp, language: language)), to: folder + "/a.csv")
            for name in ["a.xlsx", "a.csv"] {
                let review = try review(folder + "/" + name)
                #expect(review.matched == rows.count, "\(name)")
                #expect(review.differences.isEmpty && review.changes.isEmpty, "\(name) \(review.differences.prefix(2))")
            }
            let drafts = PurchaseOrder.drafts(rows, day: SampleRun.days[0], suppliers: [], currency: .gbp)
            #expect(drafts.count == 2 && drafts.reduce(0) { $0 + $1.lines.count } == rows.count)
            for draft in drafts {
                for path in try draft.write(to: folder + "/orders", currency: .gbp, language: language) {
                    let review = try review(path)
                    #expect(review.matched == draft.lines.count && review.differences.isEmpty, "\(path)")
                }
            }
        }
    }

    @Test("every changed quantity is read back and judged")
    func changes() throws {
        var lines: [EditedLine] = rows.prefix(9).map { row in
            EditedLine(place: "row", key: row.key, cells: ["quantity": SheetCell("", number: nil)])
        }
        let typed: [(String, Double?)] = [
            ("960", 960), ("0", 0), ("12.5", 12.5), ("-3", -3), ("abc", nil), ("1e300", 1e300), ("1,200", nil),
            ("", nil),
            ("nan", Double("nan")),
        ]
        for at in lines.indices { lines[at].cells["quantity"] = SheetCell(typed[at].0, number: typed[at].1) }
        let review = SheetReview(lines, against: rows)
        let judged = review.differences.filter { $0.column == "quantity" }
        #expect(
            judged.map(\.what) == [
                "quantity_changed", "rejected_by_zero", "not_whole", "negative", "not_a_number", "too_large",
                "quantity_changed", "not_a_number",
            ])
        #expect(review.changes.map(\.state) == [.approved, .rejected, .approved])
        #expect(review.changes.map(\.quantity) == [960, nil, 1_200])
        for difference in review.differences {
            #expect(
                Catalogue.contains("import." + difference.what)
                    && Catalogue.contains("verdict." + difference.verdict.rawValue))
        }
    }

    @Test("the supplier's minimum and multiple are held against a quantity, and prices are not a buyer's to change")
    func rules() throws {
        var row = rows[0]
        (row.line.minimumQuantity, row.line.orderMultiple) = (40, 20)
        func verdict(_ text: String) -> String? {
            let line = EditedLine(place: "r", key: row.key, cells: ["quantity": SheetCell(text, number: Double(text))])
            return SheetReview([line], against: [row]).differences.first?.what
        }
        #expect(
            verdict("20") == "below_minimum" && verdict("50") == "not_a_multiple" && verdict("60") == "quantity_changed"
        )
        let cheap = EditedLine(
            place: "r", key: row.key,
            cells: [
                "quantity": SheetCell("\(row.orderQuantity)", number: Double(row.orderQuantity)),
                "unit_cost": SheetCell("0.01", number: 0.01),
            ])
        let review = SheetReview([cheap, cheap], against: [row])
        #expect(review.differences.map(\.what) == ["price_is_the_suppliers", "duplicate"] && review.changes.isEmpty)
        let unknown = EditedLine(place: "r", key: LineKey(sku: "?", supplier: "", node: "CDC"), cells: [:])
        #expect(SheetReview([unknown], against: [row]).differences.map(\.what) == ["unknown_line"])
    }

    @Test("a sheet older than a decision does not undo it by its state column")
    func olderSheet() {
        var row = rows[0]
        row.status.state = .approved
        row.status.quantity = 600
        func line(_ quantity: Double) -> EditedLine {
            EditedLine(
                place: "r", key: row.key,
                cells: ["quantity": SheetCell("\(Int(quantity))", number: quantity), "state": SheetCell("Proposed")])
        }
        #expect(SheetReview([line(600)], against: [row]).changes.isEmpty)
        #expect(SheetReview([line(0)], against: [row]).changes.map(\.state) == [.rejected])
        #expect(SheetReview([line(720)], against: [row]).changes.map(\.quantity) == [720])
    }

    @Test("damaged, foreign and hostile files are named errors and never more", arguments: 0..<120)
    func fuzz(seed: Int) throws {
        try withTemporaryFolder { folder in
            let path = folder + "/a.xlsx"
            try SuggestionWorkbook.write(Array(rows.prefix(4)), currency: .gbp, language: .chinese, to: path)
            var bytes = bytes(of: path)
            var random = RandomStream(
                seed: UInt64(seed), stream: RandomStreamID.verification.rawValue, entity: entityHash("sheet"),
                replication: 0)
            switch seed % 4 {
            case 0:
                for _ in 0...random.integer(below: 20) {
                    bytes[random.integer(below: bytes.count)] = UInt8(random.integer(below: 256))
                }
            case 1: bytes.removeLast(random.integer(below: bytes.count))
            case 2: bytes.removeSubrange(0..<random.integer(below: 60))
            default:
                let at = random.integer(below: bytes.count)
                bytes.insert(contentsOf: (0..<50).map { _ in UInt8(random.integer(below: 256)) }, at: at)
            }
            try Data(bytes).write(to: URL(filePath: path))
            do { _ = try review(path) } catch let error as EditedFileError { #expect("\(error)".contains("a.xlsx")) }
        }
    }

    @Test("a mangled sheet part is refused or read, never a crash", arguments: 0..<400)
    func fuzzXML(seed: Int) throws {
        let text = """
            <?xml version="1.0"?><worksheet xmlns:r="x"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>商品 &amp; &#20013;</t></is></c>\
            <c r="B1" s="3"><v>12.5</v></c></row></sheetData></worksheet>
            """
        var bytes = Array(text.utf8)
        var random = RandomStream(
            seed: UInt64(seed), stream: RandomStreamID.verification.rawValue, entity: entityHash("xml"), replication: 0)
        for _ in 0...random.integer(below: 6) {
            let at = random.integer(below: bytes.count)
            switch random.integer(below: 3) {
            case 0: bytes[at] = UInt8(random.integer(below: 256))
            case 1: bytes.remove(at: at)
            default: bytes.insert(Array("<>&;/\"='!?[]".utf8)[random.integer(below: 12)], at: at)
            }
        }
        do {
            var scanner = try XMLScanner(bytes)
            while try scanner.next() != nil {}
        } catch {}
    }

    @Test("document types, deep nesting and other encodings are refused")
    func hostile() throws {
        func events(_ text: String) throws -> Int {
            var scanner = try XMLScanner(Array(text.utf8))
            var count = 0
            while try scanner.next() != nil { count += 1 }
            return count
        }
        #expect(throws: XMLScanner.Fault.documentType) {
            try events("<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>")
        }
        #expect(throws: XMLScanner.Fault.malformed) { try events("<a>&c;</a>") }
        #expect(throws: XMLScanner.Fault.tooDeep) { try events(String(repeating: "<a>", count: 100)) }
        #expect(throws: XMLScanner.Fault.malformed) { try events("<a><b></a></b>") }
        #expect(throws: XMLScanner.Fault.malformed) { try events("<a>") }
        #expect(throws: XMLScanner.Fault.encoding) { _ = try XMLScanner([0xFF, 0xFE, 0x3C, 0]) }
        #expect(try events("<a b='1'/>") == 2)
    }

    @Test("a CSV that a spreadsheet saved in another encoding says how to save it")
    func encoding() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/a.csv"
            try Data(Array("sku,node,quantity\n".utf8) + [0xC9, 0xCC, 0xC6, 0xB7] + Array(",CDC,3\n".utf8)).write(
                to: URL(filePath: path))
            do {
                _ = try review(path)
                Issue.record("read as if it were UTF-8")
            } catch let error as EditedFileError { #expect("\(error)".contains("CSV UTF-8")) }
        }
    }
}
