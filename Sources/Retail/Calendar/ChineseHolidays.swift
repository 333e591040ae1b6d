/// Public holidays of mainland China year by year, with the weekend days worked in exchange (调休), as the General Office
/// of the State Council arranges them each autumn for the year ahead.
///
/// Where no arrangement is in the table, the festivals of the law alone stand (Regulation on public holidays as revised
/// in November 2024: State Council decree 795), on days told from the sun and the moon.
enum ChineseHolidays {
    /// One year's arrangement: its notice, and `name first-last +worked +worked` with dates as month and day; a date
    /// of the December before carries a minus sign.
    private static let notices: [(year: Int, notice: String, days: String)] = [
        (
            2015, "国办发明电〔2014〕28号, 国发明电〔2015〕1号",
            "元旦 0101-0103 +0104; 春节 0218-0224 +0215 +0228; 清明节 0405-0406; 劳动节 0501-0501; 端午节 0620-0622; "
                + "抗战胜利纪念日 0903-0905 +0906; 中秋节 0927-0927; 国庆节 1001-1007 +1010"
        ),
        (
            2016, "国办发明电〔2015〕18号",
            "元旦 0101-0101; 春节 0207-0213 +0206 +0214; 清明节 0404-0404; 劳动节 0501-0502; 端午节 0609-0611 +0612; "
                + "中秋节 0915-0917 +0918; 国庆节 1001-1007 +1008 +1009"
        ),
        (
            2017, "国办发明电〔2016〕17号",
            "元旦 0101-0102; 春节 0127-0202 +0122 +0204; 清明节 0402-0404 +0401; 劳动节 0501-0501; "
                + "端午节 0528-0530 +0527; 国庆节 1001-1008 +0930"
        ),
        (
            2018, "国办发明电〔2017〕12号",
            "元旦 0101-0101; 春节 0215-0221 +0211 +0224; 清明节 0405-0407 +0408; 劳动节 0429-0501 +0428; "
                + "端午节 0618-0618; 中秋节 0924-0924; 国庆节 1001-1007 +0929 +0930"
        ),
        (
            2019, "国办发明电〔2018〕15号, 国办发明电〔2019〕3号",
            "元旦 -1230-0101 +-1229; 春节 0204-0210 +0202 +0203; 清明节 0405-0407; 劳动节 0501-0504 +0428 +0505; "
                + "端午节 0607-0609; 中秋节 0913-0915; 国庆节 1001-1007 +0929 +1012"
        ),
        (
            2020, "国办发明电〔2019〕16号, 国办发明电〔2020〕1号",
            "元旦 0101-0101; 春节 0124-0202 +0119; 清明节 0404-0406; 劳动节 0501-0505 +0426 +0509; "
                + "端午节 0625-0627 +0628; 国庆节 1001-1008 +0927 +1010"
        ),
        (
            2021, "国办发明电〔2020〕27号",
            "元旦 0101-0103; 春节 0211-0217 +0207 +0220; 清明节 0403-0405; 劳动节 0501-0505 +0425 +0508; "
                + "端午节 0612-0614; 中秋节 0919-0921 +0918; 国庆节 1001-1007 +0926 +1009"
        ),
        (
            2022, "国办发明电〔2021〕11号",
            "元旦 0101-0103; 春节 0131-0206 +0129 +0130; 清明节 0403-0405 +0402; 劳动节 0430-0504 +0424 +0507; "
                + "端午节 0603-0605; 中秋节 0910-0912; 国庆节 1001-1007 +1008 +1009"
        ),
        (
            2023, "国办发明电〔2022〕16号",
            "元旦 -1231-0102; 春节 0121-0127 +0128 +0129; 清明节 0405-0405; 劳动节 0429-0503 +0423 +0506; "
                + "端午节 0622-0624 +0625; 国庆节 0929-1006 +1007 +1008"
        ),
        (
            2024, "国办发明电〔2023〕7号",
            "元旦 0101-0101; 春节 0210-0217 +0204 +0218; 清明节 0404-0406 +0407; 劳动节 0501-0505 +0428 +0511; "
                + "端午节 0610-0610; 中秋节 0915-0917 +0914; 国庆节 1001-1007 +0929 +1012"
        ),
        (
            2025, "国办发明电〔2024〕12号",
            "元旦 0101-0101; 春节 0128-0204 +0126 +0208; 清明节 0404-0406; 劳动节 0501-0505 +0427; "
                + "端午节 0531-0602; 国庆节 1001-1008 +0928 +1011"
        ),
        (
            2026, "国办发明电〔2025〕7号",
            "元旦 0101-0103 +0104; 春节 0215-0223 +0214 +0228; 清明节 0404-0406; 劳动节 0501-0505 +0509; "
                + "端午节 0619-0621; 中秋节 0925-0927; 国庆节 1001-1007 +0920 +1010"
        ),
    ]

    static let makeUpName = "调休上班"

    /// Days before and after that feel a holiday: stocking up for Spring Festival takes weeks, and so does coming back.
    private static let windows: [String: (buildUp: Int, dip: Int)] = [
        "春节": (21, 14), "国庆节": (5, 5), "中秋节": (10, 2), "端午节": (7, 2), "劳动节": (3, 3),
    ]

    static func knows(_ year: Int) -> Bool { notices.contains { $0.year == year } }

    static func events(_ year: Int) -> [CalendarEvent] {
        guard let known = notices.first(where: { $0.year == year }) else { return byLaw(year) }
        var events: [CalendarEvent] = []
        for entry in known.days.split(separator: ";") {
            let words = entry.split(separator: " ").map(String.init)
            guard words.count >= 2 else { continue }
            // The last four digits after the last sign are the end; what stands before it is the beginning.
            let (first, last) = (words[1].dropLast(5), words[1].suffix(4))
            guard let from = day(String(first), year), let through = day(String(last), year) else { continue }
            events.append(event(words[0], from, through, known.notice))
            for worked in words.dropFirst(2) {
                guard let at = day(String(worked.dropFirst()), year) else { continue }
                events.append(
                    CalendarEvent(name: makeUpName, kind: .makeUpWork, from: at, through: at, source: known.notice))
            }
        }
        // Where the moon's festival falls into the National Day holiday it is named in its own right too.
        if !events.contains(where: { $0.name == "中秋节" }), let moon = LunarCalendar.day(year: year, month: 8, day: 15) {
            events.append(event("中秋节", moon, moon, known.notice))
        }
        return events
    }

    private static func event(_ name: String, _ from: Day, _ through: Day, _ source: String) -> CalendarEvent {
        let (buildUp, dip) = windows[name] ?? (0, 0)
        return CalendarEvent(
            name: name, kind: .publicHoliday, from: from, through: through, buildUp: buildUp, dip: dip, source: source)
    }

    /// `0501`, or `-1230` for the December before.
    private static func day(_ text: String, _ year: Int) -> Day? {
        let isBefore = text.hasPrefix("-")
        guard let number = Int(isBefore ? text.dropFirst() : text[...]) else { return nil }
        return Day(year: isBefore ? year - 1 : year, month: number / 100, day: number % 100)
    }

    /// What the law and the sky alone say.
    private static func byLaw(_ year: Int) -> [CalendarEvent] {
        let source = "by law, without the year's arrangement"
        func days(_ name: String, _ first: Day?, _ count: Int) -> CalendarEvent? {
            first.map { event(name, $0, $0 + (count - 1), source) }
        }
        return [
            days("元旦", Day(year: year, month: 1, day: 1), 1),
            days("春节", LunarCalendar.newYear(year) - 1, 4),
            days("清明节", LunarCalendar.solarTerm(year: year, longitude: 15), 1),
            days("劳动节", Day(year: year, month: 5, day: 1), 2),
            days("端午节", LunarCalendar.day(year: year, month: 5, day: 5), 1),
            days("中秋节", LunarCalendar.day(year: year, month: 8, day: 15), 1),
            days("国庆节", Day(year: year, month: 10, day: 1), 3),
        ].compactMap(\.self)
    }
}
