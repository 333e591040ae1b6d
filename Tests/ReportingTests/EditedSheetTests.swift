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
            EditedLine(place: .line(1), key: row.key, cells: ["quantity": SheetCell("", number: nil)])
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
                "quantity_changed", "left_empty", "not_a_number",
            ])
        #expect(review.changes.map(\.state) == [.approved, .rejected, .approved])
        #expect(review.changes.map(\.quantity) == [960, nil, 1_200])
        for difference in review.differences {
            #expect(
                Catalogue.contains("import." + difference.what)
                    && Catalogue.contains("verdict." + difference.verdict.rawValue))
        }
    }

    @Test(
        "numbers are read as people and their keyboards write them, and never guessed at",
        arguments: [
            ("1200", 1_200), ("１２００", 1_200), ("1,200", 1_200), ("１，２００", 1_200), (" 12 345 ", 12_345),
            ("1,234,567.0", 1_234_567), ("+7", 7), ("−3", -3), ("－3", -3), ("1.2E+03", 1_200), (".5", 0.5), ("12.", 12),
            ("1e400", .infinity), ("12,5", nil), ("1,20", nil), ("1,2345", nil), (",200", nil), ("0x10", nil),
            ("inf", nil), ("nan", nil), ("12 pcs", nil), ("1.2.3", nil), ("-", nil), ("", nil), ("e5", nil),
            ("1234,567", nil), ("=3", nil),
        ] as [(String, Double?)])
    func typed(text: String, number: Double?) {
        #expect(TypedText.number(text) == number)
    }

    @Test(
        "days are known again however a spreadsheet shows them",
        arguments: [
            "2011-12-09", "2011/12/9", "2011.12.9", "2011年12月9日", "09.12.2011", "9/12/2011", "12/9/2011", "12/9/11",
            "２０１１／１２／９",
        ])
    func days(text: String) throws {
        #expect(TypedText.days(text).contains(try #require(Day(iso: "2011-12-09"))))
        #expect(!TypedText.days(text).contains(try #require(Day(iso: "2011-12-10"))))
        #expect(
            TypedText.days("soon").isEmpty && TypedText.days("2011-13-45").isEmpty
                && TypedText.days("99999-1-1").isEmpty)
    }

    @Test("a CSV that a spreadsheet saved again, with its own separator, dates and decimals, differs in nothing else")
    func resaved() throws {
        var rows = Array(rows.prefix(5))
        for at in rows.indices { rows[at].sku = "00\(70_123 + at)" }
        try withTemporaryFolder { folder in
            let table = suggestionTable(rows, currency: .gbp, language: .chinese)
            func cell(_ column: Column, _ row: Int, comma: Bool) -> String {
                switch column.values {
                // As a spreadsheet takes texts for numbers and days.
                case .text(let texts):
                    if column.name == "sku" { return String(Int(texts[row]) ?? -1) }
                    return Day(iso: texts[row]) == nil ? texts[row] : texts[row].replacing("-", with: "/")
                case .integer(let numbers): return String(numbers[row])
                case .real(let numbers):
                    let text = numbers[row].isNaN ? "" : "\(numbers[row])"
                    return comma ? text.replacing(".", with: ",") : text
                }
            }
            for separator in [",", ";", "\t"] {
                var text = "\u{FEFF}" + table.columns.map(\.name).joined(separator: separator) + "\r\n"
                for row in 0..<table.rowCount {
                    text +=
                        table.columns.map {
                            let cell = cell($0, row, comma: separator == ";")
                            return cell.contains(separator) ? "\"\(cell)\"" : cell
                        }.joined(separator: separator) + "\r\n"
                }
                let path = folder + "/a.csv"
                try Data(text.utf8).write(to: URL(filePath: path))
                let review = SheetReview(try EditedSuggestions.read(path), against: rows)
                #expect(review.matched == rows.count, "\(separator)")
                #expect(
                    review.differences.isEmpty && review.changes.isEmpty, "\(separator) \(review.differences.prefix(2))"
                )
            }
        }
    }

    /// What a sheet of codes with changed quantities decides on, and what of it is refused.
    private func decided(
        _ written: String..., against known: [SuggestionRow], skus: [String] = []
    ) throws -> (lines: [LineKey], refused: [String]) {
        try withTemporaryFolder { folder in
            let path = folder + "/a.csv"
            let text = "sku,supplier,node,quantity\n" + written.map { $0 + ",9960\n" }.joined()
            try Data(text.utf8).write(to: URL(filePath: path))
            let review = SheetReview(try EditedSuggestions.read(path), against: known, skus: skus)
            let refused = review.differences.filter { $0.verdict == .refused }
            return (review.changes.map(\.line.key), refused.map(\.what))
        }
    }

    private func row(_ sku: String, supplier: String = "works", node: String = "CDC") -> SuggestionRow {
        var row = rows[0]
        (row.sku, row.supplier, row.node) = (sku, supplier, node)
        return row
    }

    @Test("a code is what is written where there is such an article, and never another that looks like it as a number")
    func otherArticle() throws {
        let all = ["0123", "123", "1E5", "100000", "00777"].map { row($0) }
        for (written, meant) in [
            ("0123", "0123"), ("123", "123"), ("1E5", "1E5"), ("100000", "100000"), ("00777", "00777"),
            ("777", "00777"), ("７７７", "00777"), ("777.0", "00777"),
        ] {
            let found = try decided("\(written),works,CDC", against: all)
            #expect(found.lines == [row(meant).key] && found.refused.isEmpty, "\(written) \(found)")
        }
        // Nothing is suggested of the article written: that of the other stays as it is.
        for (written, other) in [("0123", "123"), ("1E5", "100000"), ("00777", "777"), ("０１２３", "123")] {
            let found = try decided("\(written),works,CDC", against: [row(other)])
            #expect(found.lines.isEmpty && found.refused == ["unknown_line"], "\(written) \(found)")
        }
        let elsewhere = try decided("777,works,CDC", against: [row("00777"), row("777", node: "far")])
        #expect(elsewhere.lines.isEmpty && elsewhere.refused == ["unknown_line"])
        let inShop = try decided("777,works,CDC", against: [row("00777")], skus: ["777", "00777"])
        #expect(inShop.lines.isEmpty && inShop.refused == ["unknown_line"])
        let either = try decided("777,works,CDC", against: [row("00777"), row("0777")])
        #expect(either.lines.isEmpty && either.refused == ["unknown_line"])
    }

    @Test("suppliers and nodes whose codes lost their zeros are found again, and no others for them")
    func zeros() throws {
        let known = [row("0012", supplier: "007", node: "010"), row("0012", supplier: "008", node: "010")]
        #expect(try decided("12,7,10", against: known).lines == [known[0].key])
        #expect(try decided("0012,008,10", against: known).lines == [known[1].key])
        #expect(try decided("12,,10", against: known).refused == ["unknown_line"])
        #expect(try decided("12,,10", against: [known[1]]).lines == [known[1].key])
        let another = known + [row("A", supplier: "7", node: "010"), row("A", supplier: "008", node: "10")]
        #expect(try decided("12,7,010", against: another).refused == ["unknown_line"])
        #expect(try decided("12,8,10", against: another).refused == ["unknown_line"])
        #expect(try decided("12,8,010", against: another).lines == [known[1].key])
    }

    @Test("a code of digits that a program wrote as a power of ten in a workbook is read plainly, a text as it stands")
    func exponents() throws {
        let xml = """
            <sheetData><row r="1"><c r="A1"><v>5.012345678E9</v></c><c r="B1" t="str"><v>1E5</v></c><c r="C1"><v>2.5E-1</v></c>\
            </row></sheetData>
            """
        let cells = try #require(try SheetRows.read(Array(xml.utf8), shared: [], limit: 10).first).cells
        #expect(cells.map(\.text) == ["5012345678", "1E5", "2.5E-1"])
        #expect(cells.map(\.number) == [5_012_345_678, nil, 0.25])
    }

    @Test("a quantity without a code, as in merged cells, is refused with its place; a total below the table is none")
    func merged() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/a.csv"
            let row = rows[0]
            try Data(
                "sku,supplier,node,quantity\n\(row.sku),\(row.supplier),\(row.node),\(row.orderQuantity)\n,,\(row.node),90\n,,,\n合计,,,999\n"
                    .utf8
            ).write(to: URL(filePath: path))
            let review = try review(path)
            #expect(review.matched == 1)
            let refused = review.differences.filter { $0.verdict == .refused }
            #expect(
                refused.map(\.what) == ["no_code"] && refused.map(\.place) == [.line(3)] && refused[0].theirs == "90")
            let table = differenceTable(refused, language: .chinese)
            guard case .text(let places)? = table.column("place") else {
                Issue.record("no place")
                return
            }
            #expect(places == ["第 3 行"])
        }
    }

    @Test("a sheet that lost a column is refused by name beside others that are read, and alone is no sheet of ours")
    func torn() throws {
        try withTemporaryFolder { folder in
            var sheets = SuggestionWorkbook.sheets(rows, currency: .gbp, language: .english)
            #expect(sheets.count == 3)
            let heading = words("column", "node", .english)
            sheets[1].columns.removeAll { $0.heading == heading }
            let path = folder + "/a.xlsx"
            try Workbook.write(sheets, title: "x", to: path)
            let review = try review(path)
            let refused = review.differences.filter { $0.verdict == .refused }
            #expect(refused.map(\.what) == ["missing_columns"] && refused.first?.arguments == ["node"])
            #expect(refused.first?.place == .row(1, sheet: sheets[1].name))
            #expect(review.matched > 0 && review.matched < rows.count)
            try Workbook.write(Array(sheets[1...1]), title: "x", to: path)
            #expect(throws: EditedFileError.self) { try EditedSuggestions.read(path) }
        }
    }

    @Test("a formula without its result is refused, an empty cell is left and said")
    func formulas() {
        var formula = SheetCell()
        formula.isFormula = true
        func what(_ cell: SheetCell) -> [String] {
            SheetReview(
                [EditedLine(place: .row(4, sheet: "S"), key: rows[0].key, cells: ["quantity": cell])], against: rows
            ).differences.filter { $0.place != nil }.map(\.what)
        }
        #expect(what(formula) == ["formula_without_value"] && what(SheetCell()) == ["left_empty"])
        (formula.text, formula.number) = ("960", 960)
        #expect(what(formula) == ["quantity_changed"])
    }

    @Test("the supplier's minimum and multiple are held against a quantity, and prices are not a buyer's to change")
    func rules() throws {
        var row = rows[0]
        (row.line.minimumQuantity, row.line.orderMultiple) = (40, 20)
        func verdict(_ text: String) -> String? {
            let line = EditedLine(
                place: .line(1), key: row.key, cells: ["quantity": SheetCell(text, number: Double(text))])
            return SheetReview([line], against: [row]).differences.first?.what
        }
        #expect(
            verdict("20") == "below_minimum" && verdict("50") == "not_a_multiple" && verdict("60") == "quantity_changed"
        )
        let cheap = EditedLine(
            place: .line(1), key: row.key,
            cells: [
                "quantity": SheetCell("\(row.orderQuantity)", number: Double(row.orderQuantity)),
                "unit_cost": SheetCell("0.01", number: 0.01),
            ])
        let review = SheetReview([cheap, cheap], against: [row])
        #expect(review.differences.map(\.what) == ["price_is_the_suppliers", "duplicate"] && review.changes.isEmpty)
        let unknown = EditedLine(place: .line(1), key: LineKey(sku: "?", supplier: "", node: "CDC"), cells: [:])
        #expect(SheetReview([unknown], against: [row]).differences.map(\.what) == ["unknown_line"])
    }

    @Test("a sheet older than a decision does not undo it by its state column")
    func olderSheet() {
        var row = rows[0]
        row.status.state = .approved
        row.status.quantity = 600
        func line(_ quantity: Double) -> EditedLine {
            EditedLine(
                place: .line(1), key: row.key,
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
