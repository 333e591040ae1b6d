import Datasets
import Foundation
import Retail
import Store
import Testing

@testable import Reporting

@Suite struct SheetTests {
    /// The workbook's parts by name, as text.
    private func parts(_ path: String) throws -> [String: String] {
        let parts = try #require(WorkbookCheck.parts(of: path))
        return Dictionary(uniqueKeysWithValues: parts.map { ($0.name, String(decoding: $0.bytes, as: UTF8.self)) })
    }

    private func write(_ lines: [SuggestionRow], _ path: String, language: Language = .english) throws {
        try SuggestionWorkbook.write(lines, currency: .gbp, language: language, to: path)
    }

    @Test("the same suggestions give the same bytes")
    func reproducible() throws {
        try withTemporaryFolder { folder in
            try write(SampleRun.suggestions, folder + "/a.xlsx")
            Thread.sleep(forTimeInterval: 1.1)  // a clock that showed would show here
            try write(SampleRun.suggestions, folder + "/b.xlsx")
            let first = bytes(of: folder + "/a.xlsx")
            #expect(!first.isEmpty && first == bytes(of: folder + "/b.xlsx"))
        }
    }

    @Test("a summary and a sheet for each supplier, headers frozen and filtered, Chinese names kept")
    func layout() throws {
        try withTemporaryFolder { folder in
            try write(SampleRun.suggestions, folder + "/a.xlsx", language: .chinese)
            let parts = try parts(folder + "/a.xlsx")
            let book = try #require(parts["xl/workbook.xml"])
            #expect(book.contains("name=\"汇总\"") && book.contains("name=\"义乌礼品有限公司\""))
            #expect(book.contains("name=\"Northern Gifts Ltd\""))
            for number in 1...3 {
                let sheet = try #require(parts["xl/worksheets/sheet\(number).xml"])
                #expect(sheet.contains("state=\"frozen\"") && sheet.contains("<autoFilter"))
            }
            #expect(parts["xl/worksheets/sheet4.xml"] == nil)
            #expect(try #require(parts["docProps/core.xml"]).contains("2000-01-01T00:00:00Z"))
        }
    }

    @Test("the summary's total is the sum of all lines")
    func total() throws {
        let sheets = SuggestionWorkbook.sheets(SampleRun.suggestions, currency: .gbp, language: .english)
        let value = try #require(sheets[0].columns.first { $0.heading.hasPrefix("Value") })
        guard case .real(let amounts) = value.values else {
            Issue.record("values are not numbers")
            return
        }
        let minor = SampleRun.suggestions.reduce(Int64(0)) { $0 + $1.value.minor }
        #expect(Int64((amounts[2] * 100).rounded()) == minor)
        #expect(abs(amounts[0] + amounts[1] - amounts[2]) < 0.005)
        #expect(sheets.dropFirst().reduce(0) { $0 + $1.rowCount } == SampleRun.suggestions.count)
    }

    @Test("no cell is a formula, whatever the text begins with")
    func noFormulas() throws {
        try withTemporaryFolder { folder in
            let attacks = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "=HYPERLINK(\"http://x\")", "\t=1"]
            let lines = attacks.map { SampleRun.line(1, supplier: "=S", name: $0, reason: $0) }
            try write(lines, folder + "/a.xlsx")
            let parts = try parts(folder + "/a.xlsx")
            for (name, text) in parts where name.hasPrefix("xl/worksheets") { #expect(!text.contains("<f>")) }
            #expect(try #require(parts["xl/sharedStrings.xml"]).contains("=1+1"))
        }
    }

    @Test("texts too long for a cell and names no spreadsheet takes are made to fit")
    func limits() throws {
        try withTemporaryFolder { folder in
            let long = String(repeating: "粮", count: 40_000)
            try write([SampleRun.line(1, name: "a\0b", reason: long)], folder + "/a.xlsx")
            #expect(!bytes(of: folder + "/a.xlsx").isEmpty)
        }
        var names = SheetNames()
        let wanted = ["a/b:c*d?e[f]g\\h", "", "History", String(repeating: "供应商", count: 20), "Same", "SAME", "'q'"]
        let given = wanted.map { names.next($0) }
        for name in given {
            #expect(!name.isEmpty && name.utf16.count <= 31 && !name.contains { "[]:*?/\\".contains($0) })
            #expect(name.first != "'" && name.last != "'")
        }
        #expect(Set(given.map { $0.lowercased() }).count == given.count)
    }

    @Test("a folder that is not there, and a folder in the file's place, are named errors that leave nothing")
    func unwritable() throws {
        try withTemporaryFolder { folder in
            #expect(throws: FileError.self) { try write(SampleRun.suggestions, folder + "/none/a.xlsx") }
            #expect(throws: FileError.self) { try write(SampleRun.suggestions, folder) }
            #expect(listing(of: folder).isEmpty)
        }
    }

    @Test("a workbook cut short is found out")
    func truncated() throws {
        #expect(WorkbookCheck.isComplete(Array("<?xml version=\"1.0\"?>\n<a x=\"1\"><b/></a>\n".utf8)))
        #expect(WorkbookCheck.isComplete(Array("<?xml version=\"1.0\"?>\n<a/>".utf8)))
        #expect(!WorkbookCheck.isComplete(Array("<?xml version=\"1.0\"?>\n<a><b></b>".utf8)))
        #expect(!WorkbookCheck.isComplete(Array("<?xml version=\"1.0\"?>\n<a><b/>".utf8)))
        #expect(!WorkbookCheck.isComplete([]))
        try withTemporaryFolder { folder in
            try write(SampleRun.suggestions, folder + "/a.xlsx")
            let whole = bytes(of: folder + "/a.xlsx")
            try AtomicFile.write(Array(whole.prefix(whole.count / 2)), to: folder + "/b.xlsx")
            #expect(throws: FileError.self) { try WorkbookCheck.verify(folder + "/b.xlsx", named: "b.xlsx") }
            try WorkbookCheck.verify(folder + "/a.xlsx", named: "a.xlsx")
        }
    }

    @Test("spreadsheet CSV disarms formulas and leaves numbers exact")
    func csvGuard() {
        let table = ResultTable(
            "t",
            [
                Column("name", .text(["=1+1", "-5", "+44.5", "-5+3", "@x", "plain", "-"])),
                Column("value", .real([-1.25, 0.1, -3, 1e-9, 2, 3, 4])),
            ])
        let text = String(decoding: spreadsheetCSV(table), as: UTF8.self)
        #expect(
            text.split(separator: "\n").map { $0.split(separator: ",").map(String.init) } == [
                ["\u{FEFF}name", "value"], ["'=1+1", "-1.25"], ["-5", "0.1"], ["+44.5", "-3"], ["'-5+3", "1e-09"],
                ["'@x", "2"], ["plain", "3"], ["'-", "4"],
            ])
    }

    @Test("suggestion columns say the position as defined: on hand, in transit and on order less backordered")
    func position() throws {
        let table = suggestionTable(SampleRun.suggestions, currency: .gbp, language: .english)
        #expect(table.numbers("position") == Array(repeating: 120 + 0 + 48 - 6, count: 30))
        #expect(table.texts("stockout")?[0] == "")
    }
}
