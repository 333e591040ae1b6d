import Retail
import Testing

/// Published dates: the Hong Kong Observatory's conversion tables, the State Council's notices, gov.uk and opm.gov.
@Suite struct CalendarTests {
    private func day(_ text: String) -> Day { Day(iso: text) ?? Day(number: 0) }

    @Test("The lunar New Year falls on the published days of 1950 to 2050")
    func lunarNewYear() {
        let published = """
            0217 0206 0127 0214 0203 0124 0212 0131 0218 0208 0128 0215 0205 0125 0213 0202 0121 0209 0130 0217
            0206 0127 0215 0203 0123 0211 0131 0218 0207 0128 0216 0205 0125 0213 0202 0220 0209 0129 0217 0206
            0127 0215 0204 0123 0210 0131 0219 0207 0128 0216 0205 0124 0212 0201 0122 0209 0129 0218 0207 0126
            0214 0203 0123 0210 0131 0219 0208 0128 0216 0205 0125 0212 0201 0122 0210 0129 0217 0206 0126 0213
            0203 0123 0211 0131 0219 0208 0128 0215 0204 0124 0212 0201 0122 0210 0130 0217 0206 0126 0214 0202
            0123
            """.split(whereSeparator: \.isWhitespace)
        for (i, text) in published.enumerated() {
            let parts = LunarCalendar.newYear(1950 + i).components
            #expect(parts.month * 100 + parts.day == Int(text), "year \(1950 + i)")
        }
    }

    @Test("Leap months stand where the published tables have them, 2033 among them")
    func leapMonths() {
        // Gregorian day on which the leap month begins, and the month it repeats.
        for (first, month) in [
            ("2001-05-23", 4), ("2004-03-21", 2), ("2006-08-24", 7), ("2009-06-23", 5), ("2012-05-21", 4),
            ("2014-10-24", 9), ("2017-07-23", 6), ("2020-05-23", 4), ("2023-03-22", 2), ("2025-07-25", 6),
            ("2033-12-22", 11),
        ] {
            let date = LunarCalendar.date(of: day(first))
            #expect(date.month == month && date.isLeapMonth && date.day == 1, "\(first): \(date)")
        }
    }

    @Test("Every day has one lunar date and the next day follows it")
    func lunarDaysFollow() {
        var last = LunarCalendar.date(of: day("1999-12-31"))
        for number in day("2000-01-01").number...day("2003-12-31").number {
            let date = LunarCalendar.date(of: Day(number: number))
            #expect(date.day == last.day + 1 || (date.day == 1 && last.day >= 29))
            last = date
        }
    }

    @Test("The State Council's Spring Festival, Dragon Boat and Mid-Autumn holidays hold the moon's days")
    func arrangementsHoldTheMoon() {
        for year in 2015...2026 {
            let (from, through) = (day("\(year)-01-01"), day("\(year)-12-31"))
            let events = Country.china.events(from: from, through: through)
            #expect(events.unknownYears.isEmpty)
            func isOff(_ date: Day) -> Bool { events.events.contains { $0.kind == .publicHoliday && $0.covers(date) } }
            let newYear = LunarCalendar.newYear(year)
            #expect(isOff(newYear) && isOff(newYear + 1) && isOff(newYear + 2))
            for (month, date) in [(5, 5), (8, 15)] {
                let festival = LunarCalendar.day(year: year, month: month, day: date)
                #expect(festival.map { isOff($0) } == true, "\(year), month \(month)")
            }
            #expect(isOff(LunarCalendar.solarTerm(year: year, longitude: 15)))
            for event in events.events where event.kind == .makeUpWork {
                #expect(event.from.weekday >= 6, "\(event.from) is worked in exchange and was no weekend day")
                #expect(!isOff(event.from))
            }
        }
    }

    @Test("Days off and days worked of 2025 and 2019 are those of the notices")
    func notices() {
        let of2025 = Country.china.events(from: day("2025-01-01"), through: day("2025-12-31")).events
        let worked = of2025.filter { $0.kind == .makeUpWork }.map(\.from.description)
        #expect(worked == ["2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"])
        let spring = of2025.first { $0.name == "春节" }
        #expect(spring?.from == day("2025-01-28") && spring?.through == day("2025-02-04"))
        #expect(spring?.source == "国办发明电〔2024〕12号")
        let of2019 = Country.china.events(from: day("2018-12-01"), through: day("2019-01-31")).events
        #expect(of2019.contains { $0.name == "元旦" && $0.from == day("2018-12-30") && $0.through == day("2019-01-01") })
        #expect(of2019.contains { $0.kind == .makeUpWork && $0.from == day("2018-12-29") })
    }

    @Test("A year without a notice is named, and has the festivals of the law on the moon's days")
    func unknownYear() {
        let events = Country.china.events(from: day("2031-01-01"), through: day("2032-12-31"))
        #expect(events.unknownYears == [2031, 2032])
        #expect(!events.events.contains { $0.kind == .makeUpWork })
        #expect(events.events.contains { $0.name == "春节" && $0.covers(day("2031-01-23")) })
        let calendar = BusinessCalendar(country: .china, from: day("2031-01-01"), through: day("2031-12-31"))
        #expect(calendar.warning(from: day("2031-03-01"), through: day("2031-03-02"))?.contains("2031") == true)
        #expect(calendar.warning(from: day("2026-03-01"), through: day("2026-03-02")) == nil)
        let stated = CalendarEvent(
            name: "春节", kind: .publicHoliday, from: day("2031-01-22"), through: day("2031-01-29"))
        let known = BusinessCalendar(
            country: .china, stated: [stated], from: day("2031-01-01"), through: day("2031-12-31"))
        #expect(known.warning(from: day("2031-03-01"), through: day("2031-03-02")) == nil)
        #expect(known.spans.count { $0.kind == .publicHoliday && $0.from.components.year == 2031 } == 1)
    }

    @Test("Double 11 is a day until 2019 and two waves since, with days of waiting before and a dip after")
    func doubleEleven() {
        let before = Country.china.events(from: day("2018-11-01"), through: day("2018-11-30")).events
        #expect(before.filter { $0.name.hasPrefix("双11") }.map(\.from) == [day("2018-11-11")])
        let since = Country.china.events(from: day("2022-10-20"), through: day("2022-11-30")).events
        let waves = since.filter { $0.name.hasPrefix("双11") }
        #expect(waves.map(\.from) == [day("2022-10-31"), day("2022-11-10")])
        #expect(waves[0].pull(on: day("2022-10-30")).buildUp == 1)
        #expect(waves[1].pull(on: day("2022-11-11")).main == 1)
        #expect(waves[1].pull(on: day("2022-11-12")).dip == 1)
        #expect(waves[1].pull(on: day("2022-11-22")) == CalendarEvent.Pull())
    }

    @Test("Bank holidays of England and Wales fall where gov.uk has them, one-off days and substitutes too")
    func britishHolidays() {
        let events = Country.unitedKingdom.events(from: day("2020-01-01"), through: day("2023-12-31")).events
        let off = Set(events.filter { $0.kind == .publicHoliday && $0.from.weekday < 6 }.map(\.from.description))
        #expect(
            off == [
                "2020-01-01", "2020-04-10", "2020-04-13", "2020-05-08", "2020-05-25", "2020-08-31", "2020-12-25",
                "2020-12-28", "2021-01-01", "2021-04-02", "2021-04-05", "2021-05-03", "2021-05-31", "2021-08-30",
                "2021-12-27", "2021-12-28", "2022-01-03", "2022-04-15", "2022-04-18", "2022-05-02", "2022-06-02",
                "2022-06-03", "2022-08-29", "2022-09-19", "2022-12-26", "2022-12-27", "2023-01-02", "2023-04-07",
                "2023-04-10", "2023-05-01", "2023-05-08", "2023-05-29", "2023-08-28", "2023-12-25", "2023-12-26",
            ])
    }

    @Test("Federal holidays of the United States fall where the Office of Personnel Management has them")
    func americanHolidays() {
        let events = Country.unitedStates.events(from: day("2011-01-01"), through: day("2011-12-31")).events
        func date(_ name: String) -> String? {
            events.first { $0.name == name && $0.from.components.year == 2011 }?.from.description
        }
        #expect(date("Martin Luther King Jr. Day") == "2011-01-17")
        #expect(date("Presidents' Day") == "2011-02-21")
        #expect(date("Easter Sunday") == "2011-04-24")
        #expect(date("Mother's Day") == "2011-05-08")
        #expect(date("Memorial Day") == "2011-05-30")
        #expect(date("Labor Day") == "2011-09-05")
        #expect(date("Columbus Day") == "2011-10-10")
        #expect(date("Thanksgiving") == "2011-11-24")
        #expect(date("Christmas Day (observed)") == "2011-12-26")
        #expect(date("Juneteenth") == nil)
    }

    @Test("A ramp rises day by day to an event and falls after it")
    func pulls() {
        let event = CalendarEvent(
            name: "x", kind: .shopping, from: day("2024-03-10"), through: day("2024-03-11"), buildUp: 4, dip: 2)
        let pulls = (5...14).map { event.pull(on: day($0 < 10 ? "2024-03-0\($0)" : "2024-03-\($0)")) }
        #expect(pulls.map(\.buildUp).prefix(5) == [0, 0.25, 0.5, 0.75, 1])
        #expect(pulls.map(\.main) == [0, 0, 0, 0, 0, 1, 1, 0, 0, 0])
        #expect(pulls.map(\.dip) == [0, 0, 0, 0, 0, 0, 0, 1, 0.5, 0])
    }
}
