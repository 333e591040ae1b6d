/// The shopping festivals of Chinese platforms (大促), with the days in which buyers wait and the days after.
///
/// Days are those on which most is sold. Up to 2019 Double 11 was a day; since 2020 it comes in two waves, since 2022
/// at 20:00 on the eve. Platforms announce each year anew: a year after `lastKnownYear` has the dates of the last
/// one, which `events.csv` may correct.
enum ChineseShopping {
    /// Source of all rows: the platforms' announcements of each year.
    static let lastKnownYear = 2023

    /// Days as month and day; from and through which years it is held so.
    private struct Row {
        var name: String
        var from: (Int, Int)
        var through: (Int, Int)
        var buildUp: Int
        var dip: Int
        var years: ClosedRange<Int>
    }

    private static let rows: [Row] = [
        Row(name: "女王节", from: (3, 6), through: (3, 8), buildUp: 4, dip: 3, years: 2015...9999),
        Row(name: "618", from: (6, 18), through: (6, 18), buildUp: 17, dip: 7, years: 2010...2019),
        Row(name: "618 第一波", from: (6, 1), through: (6, 3), buildUp: 6, dip: 3, years: 2020...2022),
        Row(name: "618 第一波", from: (5, 31), through: (6, 3), buildUp: 5, dip: 3, years: 2023...9999),
        Row(name: "618", from: (6, 16), through: (6, 18), buildUp: 5, dip: 7, years: 2020...9999),
        Row(name: "双11", from: (11, 11), through: (11, 11), buildUp: 10, dip: 10, years: 2009...2019),
        Row(name: "双11 第一波", from: (11, 1), through: (11, 3), buildUp: 11, dip: 3, years: 2020...2021),
        Row(name: "双11 第一波", from: (10, 31), through: (11, 3), buildUp: 7, dip: 3, years: 2022...9999),
        Row(name: "双11", from: (11, 11), through: (11, 11), buildUp: 6, dip: 10, years: 2020...2021),
        Row(name: "双11", from: (11, 10), through: (11, 11), buildUp: 5, dip: 10, years: 2022...9999),
        Row(name: "双12", from: (12, 12), through: (12, 12), buildUp: 3, dip: 4, years: 2012...9999),
    ]

    static func events(_ year: Int) -> [CalendarEvent] {
        let source =
            year <= lastKnownYear
            ? "platforms' announcements" : "platforms' announcements of \(lastKnownYear), carried forward"
        var events = rows.filter { $0.years.contains(year) }.compactMap { row -> CalendarEvent? in
            guard let from = Day(year: year, month: row.from.0, day: row.from.1),
                let through = Day(year: year, month: row.through.0, day: row.through.1)
            else { return nil }
            return CalendarEvent(
                name: row.name, kind: .shopping, from: from, through: through, buildUp: row.buildUp, dip: row.dip,
                source: source)
        }
        // 年货节: goods for the New Year are sold from four weeks before it until parcels no longer arrive in time.
        let newYear = LunarCalendar.newYear(year)
        if year >= 2016 {
            events.append(
                CalendarEvent(
                    name: "年货节", kind: .shopping, from: newYear - 28, through: newYear - 10, buildUp: 5, dip: 8,
                    source: "28 to 10 days before the lunar New Year"))
        }
        for (name, day) in [
            ("情人节", Day(year: year, month: 2, day: 14)), ("520", Day(year: year, month: 5, day: 20)),
            ("七夕", LunarCalendar.day(year: year, month: 7, day: 7)),
        ] {
            guard let day else { continue }
            events.append(
                CalendarEvent(
                    name: name, kind: .observance, from: day, through: day, buildUp: 3, dip: 1,
                    source: name == "七夕" ? "the moon" : "fixed day"))
        }
        return events
    }
}
