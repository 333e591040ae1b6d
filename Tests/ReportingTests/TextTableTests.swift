import Datasets
import Foundation
import Retail
import Testing

@testable import Reporting

@Suite struct TextTableTests {
    static let table = ResultTable(
        "mixed",
        [
            Column("node", .text(["CDC", "义乌仓", "a\tb\u{1B}[31m"])),
            Column("units", unit: "units", .integer([1_234_567, -5, 0])),
            Column("fill_rate", unit: "share", .real([0.5, 1, .nan])),
            Column("weight", unit: "kg", .real([0.1, 1.0 / 3, 12])),
        ])

    @Test("columns line up on the terminal in both languages, Chinese text included", arguments: Language.allCases)
    func aligned(language: Language) {
        let lines = render(Self.table, as: .table, language: language).split(separator: "\n").map(String.init)
        #expect(lines.count == 6)  // heading, units, rule, three rows
        // The last column is numeric and flush right, so every line that has a cell there is equally wide.
        let widths = Set(lines.map(displayWidth))
        #expect(widths.count == 1)
        #expect(lines[3].contains("1,234,567"))
    }

    @Test("control characters never reach the terminal")
    func control() {
        let text = render(Self.table, as: .table)
        #expect(!text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
    }

    @Test("JSON reads back to the very same numbers and text")
    func json() throws {
        let text = render(Self.table, as: .json)
        let root = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let rows = try #require(root["rows"] as? [[String: Any]])
        #expect(rows.map { $0["units"] as? Int64 } == [1_234_567, -5, 0])
        #expect(rows.map { $0["weight"] as? Double } == [0.1, 1.0 / 3, 12])
        #expect(rows.map { $0["node"] as? String } == ["CDC", "义乌仓", "a\tb\u{1B}[31m"])
        #expect(rows[2]["fill_rate"] is NSNull)
    }

    @Test("random doubles survive JSON bit for bit")
    func exactReals() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let value = Double(bitPattern: UInt64.random(in: 0 ... .max, using: &generator))
            guard value.isFinite else { continue }
            #expect(Double(jsonNumber(value)) == value)
        }
    }

    @Test("CSV is the data sets' own CSV")
    func csvText() { #expect(Array(render(Self.table, as: .csv).utf8) == csv(Self.table)) }

    @Test("a figure's line shows mean and interval")
    func figures() {
        let text = render(SampleRun.figures, as: .table)
        #expect(text.contains("96.32 %") && text.contains("±"))
        #expect(text.split(separator: "\n").count == SampleRun.figures.count)
    }

    @Test("East Asian characters count two columns, combining marks none")
    func widths() {
        #expect(displayWidth("abc") == 3)
        #expect(displayWidth("粮仓") == 4)
        #expect(displayWidth("e\u{301}") == 1)
        #expect(displayWidth("ｱ") == 1)  // half-width katakana
        #expect(displayWidth("Ａ") == 2)  // full-width Latin
    }
}
