import Foundation
import Retail
import Testing

@testable import Datasets

@Suite struct ParseTests {
    private func with<T>(_ text: String, _ body: (UnsafeRawBufferPointer) -> T) -> T {
        Array(text.utf8).withUnsafeBytes(body)
    }

    @Test(
        "a price is exact to 1/10,000 and rounded once, half away from zero",
        arguments: [
            ("2.55", 25_500), ("0.1", 1_000), ("-11062.06", -110_620_600), ("1", 10_000), (".5", 5_000),
            ("5.", 50_000), ("0.00005", 1), ("-0.00005", -1), ("0.00004999999999999999999999999", 0),
            ("0.00014999999999999999999999999", 1), ("1.00005", 10_001), ("+3", 30_000),
            ("922337203685477.5807", Int64.max),
        ])
    func exactDecimals(text: String, units: Int64) {
        #expect(with(text) { Parse.decimal($0, places: 4) } == units)
    }

    @Test(
        "what is no plain decimal is refused, and so is what does not fit",
        arguments: ["", ".", "-", "1e3", "NaN", "inf", "1,000", "0x10", "1.2.3", "£3", "922337203685477.5808", "1 2"])
    func refusedDecimals(text: String) {
        #expect(with(text) { Parse.decimal($0, places: 4) } == nil)
    }

    @Test("reals agree with the correctly rounded ones of the standard library")
    func reals() {
        var random = TestRandom(state: 1)
        var wrong: [String] = []
        for _ in 0..<10_000 {
            var text = Bool.random(using: &random) ? "-" : ""
            for _ in 0..<Int.random(in: 1...20, using: &random) {
                text += String(Int.random(in: 0...9, using: &random))
            }
            if Bool.random(using: &random) {
                text += "."
                for _ in 0..<Int.random(in: 0...24, using: &random) {
                    text += String(Int.random(in: 0...9, using: &random))
                }
            }
            if Int.random(in: 0..<4, using: &random) == 0 { text += "e\(Int.random(in: -30...30, using: &random))" }
            if with(text, { Parse.real($0) }) != strtod(text, nil) { wrong.append(text) }
        }
        #expect(wrong.isEmpty)
    }

    @Test(
        "numbers that are not finite or not numbers are refused",
        arguments: ["NaN", "nan", "inf", "-Infinity", "1e999", "-1e999", "0x1p3", "1e", "e5", "--1", "1..2", " "])
    func refusedReals(text: String) {
        #expect(with(text) { Parse.real($0) } == nil)
    }

    @Test("the dates from 1900 to 2199 that exist are read, and those that do not are refused")
    func dates() {
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        var wrong: [String] = []
        for year in 1900...2199 {
            for month in 1...12 {
                for day in [0, 1, 15, 28, 29, 30, 31, 32] {
                    let text = "\(year)-\(two(month))-\(two(day))"
                    let expected = Day(year: year, month: month, day: day)
                    if with(text, { Parse.day($0) }) != expected { wrong.append(text) }
                }
            }
        }
        #expect(wrong.isEmpty)
    }

    @Test("times are on a 24 hour clock")
    func times() {
        #expect(with("2011-11-28 09:30:15") { Parse.time($0) }?.description == "2011-11-28T09:30:15")
        #expect(with("2011-11-28T09:30") { Parse.time($0) }?.description == "2011-11-28T09:30:00")
        #expect(with("2011-11-28T24:00") { Parse.time($0) } == nil)
        #expect(with("24:00") { Parse.clock($0) } == 86_400)
        #expect(with("24:01") { Parse.clock($0) } == nil)
        #expect(with("18:60") { Parse.clock($0) } == nil)
    }

    @Test("valid UTF-8 is told from other bytes as the standard library tells it")
    func encodings() {
        var random = TestRandom(state: 2)
        var wrong: [[UInt8]] = []
        for _ in 0..<20_000 {
            let pool: [UInt8] = [
                0x41, 0x80, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xA0, 0xED, 0x9F, 0xF0, 0x90, 0xF4, 0x8F, 0xFF,
            ]
            let bytes = (0..<Int.random(in: 0...6, using: &random)).map { _ in pool.randomElement(using: &random) ?? 0 }
            let isValid = String(validating: bytes, as: UTF8.self) != nil
            if (bytes.withUnsafeBytes { Parse.invalidByte($0) } == nil) != isValid { wrong.append(bytes) }
        }
        #expect(wrong.isEmpty)
    }

    @Test("every default of the schema is a value of its column")
    func defaults() {
        for table in Schema.tables {
            for column in table.columns {
                guard case .optional(let text) = column.need, !text.isEmpty else { continue }
                let isValue = with(text) { bytes -> Bool in
                    switch column.kind {
                    case .code, .text, .scope: true
                    case .choice(let words): words.contains(text)
                    case .price, .amount, .rate: Parse.decimal(bytes, places: 6) != nil
                    case .integer: Parse.integer(bytes) != nil
                    case .real: Parse.real(bytes) != nil
                    case .date, .step: Parse.day(bytes) != nil
                    case .time: Parse.time(bytes) != nil
                    case .clock: Parse.clock(bytes) != nil
                    case .flag: Parse.flag(bytes) != nil
                    }
                }
                #expect(isValue, "\(table.name).\(column.name)")
            }
            #expect(Set(table.columns.map(\.name)).count == table.columns.count)
            #expect(table.key.allSatisfy { table.position($0) != nil })
        }
    }
}
