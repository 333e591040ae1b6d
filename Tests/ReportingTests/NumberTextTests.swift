import Foundation
import Reporting
import Retail
import Testing

@Suite struct NumberTextTests {
    let english = NumberText(language: .english, currency: .gbp)
    let chinese = NumberText(language: .chinese, currency: .cny)

    @Test("digits are grouped by thousands at every size, and minus is kept")
    func grouping() {
        #expect(english.whole(0) == "0")
        #expect(english.whole(999) == "999")
        #expect(english.whole(-1_000) == "\u{2212}1,000")
        #expect(english.whole(.max) == "9,223,372,036,854,775,807")
        #expect(english.whole(.min) == "\u{2212}9,223,372,036,854,775,808")
    }

    @Test("grouping loses no digit of any whole number")
    func groupingKeepsDigits() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let value =
                Int64.random(in: .min ... .max, using: &generator) >> Int64.random(in: 0..<63, using: &generator)
            let plain = english.whole(value).replacingOccurrences(of: ",", with: "")
                .replacingOccurrences(of: "\u{2212}", with: "-")
            #expect(Int64(plain) == value)
        }
    }

    @Test("what is not a number is a dash, and a rounded zero has no sign")
    func special() {
        #expect(english.decimal(.nan, 2) == "–")
        #expect(english.decimal(-0.001, 2) == "0.00")
        #expect(english.decimal(.infinity, 0) == "∞")
        #expect(english.money(-0.001) == "£0.00")
    }

    @Test("mean and half-width are cut at the same decimal, two digits of the half-width")
    func intervals() {
        #expect(english.interval(mean: 0.96318, halfWidth: 0.00412, unit: "share") == ("96.32 %", "± 0.41 pp"))
        #expect(english.interval(mean: 251_020.4, halfWidth: 810.2, unit: "orders") == ("251,020 orders", "± 810"))
        #expect(english.interval(mean: 9.4217, halfWidth: 0.1395, unit: "hours") == ("9.42 hours", "± 0.14"))
        #expect(english.interval(mean: 912_340.37, halfWidth: 11_002, unit: "GBP") == ("£912,340", "± £11,002"))
        #expect(english.interval(mean: 29.534, halfWidth: 4.61, unit: "GBP") == ("£29.53", "± £4.61"))
        #expect(english.interval(mean: 5, halfWidth: 0, unit: "orders").plusMinus == nil)
    }

    @Test("amounts in minor units are shown in major units")
    func money() {
        #expect(english.value(123_456, unit: "GBP minor") == "£1,235")
        #expect(english.value(12_345, unit: "GBP minor") == "£123.45")
        #expect(chinese.value(88.5, unit: "CNY") == "¥88.50")
        let yen = Currency(code: "JPY") ?? .gbp
        #expect(NumberText(language: .english, currency: yen).money(88.5) == "¥88")
    }

    @Test("minutes read as a person says them")
    func minutes() {
        #expect(english.minutes(0.5) == "30 s")
        #expect(english.minutes(59) == "59 min")
        #expect(english.minutes(65) == "1 h 05 min")
        #expect(english.minutes(120) == "2 h")
        #expect(english.minutes(3_000) == "2 d 2 h")
        #expect(chinese.minutes(65) == "1 小时 05 分钟")
    }

    @Test("days follow the language")
    func days() throws {
        let day = try #require(Day(iso: "2011-11-28"))
        #expect(english.day(day) == "Mon 28 Nov")
        #expect(chinese.day(day) == "11月28日 周一")
    }
}
