import Retail

/// Open and closed days of the shop, with the bank holidays of England and Wales.
enum BritishCalendar {
    /// Within the file a day without any invoice is closed. For five weeks beyond it, Saturdays and the days from
    /// 24 December to 3 January are, as they were the year before.
    static func make(days: [Day], from first: Day, through last: Day) -> BusinessCalendar {
        let open = Set(days)
        var entries: [CalendarDay] = []
        for number in first.number...(last.number + 35) {
            let day = Day(number: number)
            let (_, month, date) = day.components
            let isBreak = month == 12 && date >= 24 || month == 1 && date <= 3
            let isOpen = day <= last ? open.contains(day) : day.weekday != 6 && !isBreak
            let event = events[day.description] ?? ""
            if !isOpen || !event.isEmpty { entries.append(CalendarDay(day: day, isOpen: isOpen, event: event)) }
        }
        return BusinessCalendar(entries)
    }

    private static let events: [String: String] = [
        "2010-12-25": "Christmas Day", "2010-12-26": "Boxing Day", "2010-12-27": "Christmas Day (substitute)",
        "2010-12-28": "Boxing Day (substitute)", "2011-01-01": "New Year's Day",
        "2011-01-03": "New Year's Day (substitute)", "2011-02-14": "Valentine's Day", "2011-04-03": "Mothering Sunday",
        "2011-04-22": "Good Friday", "2011-04-24": "Easter Sunday", "2011-04-25": "Easter Monday",
        "2011-04-29": "Royal Wedding bank holiday", "2011-05-02": "Early May bank holiday",
        "2011-05-30": "Spring bank holiday", "2011-06-19": "Father's Day", "2011-08-29": "Summer bank holiday",
        "2011-11-25": "Black Friday", "2011-11-28": "Cyber Monday", "2011-12-25": "Christmas Day",
        "2011-12-26": "Boxing Day", "2011-12-27": "Christmas Day (substitute)", "2012-01-01": "New Year's Day",
        "2012-01-02": "New Year's Day (substitute)",
    ]
}
