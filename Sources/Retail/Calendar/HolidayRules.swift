/// Holidays that follow rules: fixed days, the n-th weekday of a month, and Easter.
enum HolidayRules {
    enum When: Sendable {
        case fixed(month: Int, day: Int)
        /// The n-th weekday of a month; -1 is the last.
        case weekday(Int, Int, month: Int)
        /// Days from Easter Sunday.
        case easter(Int)
    }

    /// What happens when it falls on a weekend.
    enum Weekend: Sendable {
        case stays
        /// A Saturday is kept on the Friday before, a Sunday on the Monday after (5 U.S.C. 6103).
        case nearest
        /// The next weekday that is no bank holiday itself.
        case substitute
    }

    struct Rule: Sendable {
        var name: String
        var when: When
        var kind = CalendarEventKind.publicHoliday
        var weekend = Weekend.stays
        var years = 1...9999
        var buildUp = 0
        var dip = 0
        /// Days after the day that `when` names.
        var shift = 0
        var length = 1
    }

    /// The last year for which the British government's list was looked at; one-off bank holidays may follow.
    static let lastKnownYear = 2026

    private static let british: [Rule] = [
        Rule(name: "New Year's Day", when: .fixed(month: 1, day: 1), weekend: .substitute, years: 1974...9999),
        Rule(name: "Valentine's Day", when: .fixed(month: 2, day: 14), kind: .observance, buildUp: 3),
        Rule(name: "Mothering Sunday", when: .easter(-21), kind: .observance, buildUp: 3),
        Rule(name: "Good Friday", when: .easter(-2)),
        Rule(name: "Easter Sunday", when: .easter(0), kind: .observance, buildUp: 7),
        Rule(name: "Easter Monday", when: .easter(1)),
        Rule(name: "Early May bank holiday", when: .weekday(1, 1, month: 5), years: 1978...1994),
        Rule(name: "Early May bank holiday", when: .fixed(month: 5, day: 8), years: 1995...1995),
        Rule(name: "Early May bank holiday", when: .weekday(1, 1, month: 5), years: 1996...2019),
        Rule(name: "Early May bank holiday", when: .fixed(month: 5, day: 8), years: 2020...2020),
        Rule(name: "Early May bank holiday", when: .weekday(1, 1, month: 5), years: 2021...9999),
        Rule(name: "Spring bank holiday", when: .weekday(1, -1, month: 5), years: 1978...2001),
        Rule(name: "Spring bank holiday", when: .fixed(month: 6, day: 4), years: 2002...2002),
        Rule(name: "Spring bank holiday", when: .weekday(1, -1, month: 5), years: 2003...2011),
        Rule(name: "Spring bank holiday", when: .fixed(month: 6, day: 4), years: 2012...2012),
        Rule(name: "Spring bank holiday", when: .weekday(1, -1, month: 5), years: 2013...2021),
        Rule(name: "Spring bank holiday", when: .fixed(month: 6, day: 2), years: 2022...2022),
        Rule(name: "Spring bank holiday", when: .weekday(1, -1, month: 5), years: 2023...9999),
        Rule(name: "Father's Day", when: .weekday(7, 3, month: 6), kind: .observance, buildUp: 3),
        Rule(name: "Summer bank holiday", when: .weekday(1, -1, month: 8)),
        Rule(name: "Royal Wedding bank holiday", when: .fixed(month: 4, day: 29), years: 2011...2011),
        Rule(name: "Golden Jubilee bank holiday", when: .fixed(month: 6, day: 3), years: 2002...2002),
        Rule(name: "Diamond Jubilee bank holiday", when: .fixed(month: 6, day: 5), years: 2012...2012),
        Rule(name: "Platinum Jubilee bank holiday", when: .fixed(month: 6, day: 3), years: 2022...2022),
        Rule(name: "State Funeral of Queen Elizabeth II", when: .fixed(month: 9, day: 19), years: 2022...2022),
        Rule(name: "Coronation bank holiday", when: .fixed(month: 5, day: 8), years: 2023...2023),
        Rule(
            name: "Black Friday", when: .weekday(4, 4, month: 11), kind: .shopping, years: 2010...9999, buildUp: 4,
            shift: 1),
        Rule(name: "Cyber Monday", when: .weekday(4, 4, month: 11), kind: .shopping, years: 2010...9999, shift: 4),
        Rule(name: "Christmas Day", when: .fixed(month: 12, day: 25), weekend: .substitute, buildUp: 21, dip: 5),
        Rule(name: "Boxing Day", when: .fixed(month: 12, day: 26), weekend: .substitute),
    ]

    private static let american: [Rule] = [
        Rule(name: "New Year's Day", when: .fixed(month: 1, day: 1), weekend: .nearest),
        Rule(name: "Martin Luther King Jr. Day", when: .weekday(1, 3, month: 1), years: 1986...9999),
        Rule(name: "Valentine's Day", when: .fixed(month: 2, day: 14), kind: .observance, buildUp: 3),
        Rule(name: "Presidents' Day", when: .weekday(1, 3, month: 2), years: 1971...9999),
        Rule(name: "Easter Sunday", when: .easter(0), kind: .observance, buildUp: 7, dip: 1),
        Rule(name: "Mother's Day", when: .weekday(7, 2, month: 5), kind: .observance, buildUp: 3),
        Rule(name: "Memorial Day", when: .weekday(1, -1, month: 5), years: 1971...9999, buildUp: 3),
        Rule(name: "Father's Day", when: .weekday(7, 3, month: 6), kind: .observance, buildUp: 3),
        Rule(name: "Juneteenth", when: .fixed(month: 6, day: 19), weekend: .nearest, years: 2021...9999),
        Rule(name: "Independence Day", when: .fixed(month: 7, day: 4), weekend: .nearest, buildUp: 3),
        Rule(name: "Labor Day", when: .weekday(1, 1, month: 9), buildUp: 3),
        Rule(name: "Columbus Day", when: .weekday(1, 2, month: 10), years: 1971...9999),
        Rule(name: "Halloween", when: .fixed(month: 10, day: 31), kind: .observance, buildUp: 7, dip: 1),
        Rule(name: "Veterans Day", when: .fixed(month: 11, day: 11), weekend: .nearest, years: 1978...9999),
        Rule(name: "Thanksgiving", when: .weekday(4, 4, month: 11), buildUp: 7),
        Rule(
            name: "Black Friday", when: .weekday(4, 4, month: 11), kind: .shopping, years: 1985...9999, shift: 1,
            length: 3),
        Rule(name: "Cyber Monday", when: .weekday(4, 4, month: 11), kind: .shopping, years: 2005...9999, shift: 4),
        Rule(name: "Christmas Day", when: .fixed(month: 12, day: 25), weekend: .nearest, buildUp: 21, dip: 5),
    ]

    /// Bank holidays of England and Wales (Banking and Financial Dealings Act 1971 and proclamations) and shopping days.
    static func unitedKingdom(_ year: Int) -> [CalendarEvent] {
        events(british, year, source: "Banking and Financial Dealings Act 1971, royal proclamations")
    }

    /// Federal holidays (5 U.S.C. 6103) and shopping days.
    static func unitedStates(_ year: Int) -> [CalendarEvent] { events(american, year, source: "5 U.S.C. 6103") }

    private static func events(_ rules: [Rule], _ year: Int, source: String) -> [CalendarEvent] {
        var events: [CalendarEvent] = []
        var moved: [CalendarEvent] = []
        for rule in rules where rule.years.contains(year) {
            guard let named = day(rule.when, year) else { continue }
            let from = named + rule.shift
            let event = CalendarEvent(
                name: rule.name, kind: rule.kind, from: from, through: from + (rule.length - 1),
                buildUp: rule.buildUp, dip: rule.dip,
                source: rule.kind == .publicHoliday ? source : "custom")
            events.append(event)
            guard from.weekday > 5, rule.weekend != .stays else { continue }
            var instead = event
            instead.name += rule.weekend == .nearest ? " (observed)" : " (substitute)"
            (instead.buildUp, instead.dip) = (0, 0)
            instead.from = rule.weekend == .nearest && from.weekday == 6 ? from - 1 : from + (8 - from.weekday)
            moved.append(instead)
        }
        // Two weekend holidays in a row push each other on: 26 December's substitute follows that of the 25th.
        for var instead in moved {
            while (events).contains(where: { $0.kind == .publicHoliday && $0.from == instead.from }) {
                instead.from = instead.from + 1
            }
            instead.through = instead.from
            events.append(instead)
        }
        return events
    }

    private static func day(_ when: When, _ year: Int) -> Day? {
        switch when {
        case .fixed(let month, let day): return Day(year: year, month: month, day: day)
        case .easter(let days): return easter(year).map { $0 + days }
        case .weekday(let weekday, let number, let month):
            if number > 0 {
                guard let first = Day(year: year, month: month, day: 1) else { return nil }
                return first + ((weekday - first.weekday + 7) % 7 + 7 * (number - 1))
            }
            guard let last = Day(year: year, month: month, day: Day.length(ofMonth: month, year: year)) else {
                return nil
            }
            return last - (last.weekday - weekday + 7) % 7
        }
    }

    /// Easter Sunday by the Gregorian computus (Meeus, Jones and Butcher).
    static func easter(_ year: Int) -> Day? {
        let (a, b, c) = (year % 19, year / 100, year % 100)
        let (d, e) = (b / 4, b % 4)
        let g = (b - (b + 8) / 25 + 1) / 3
        let h = (19 * a + b - d - g + 15) % 30
        let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7
        let m = (a + 11 * h + 22 * l) / 451
        let n = h + l - 7 * m + 114
        return Day(year: year, month: n / 31, day: n % 31 + 1)
    }
}
