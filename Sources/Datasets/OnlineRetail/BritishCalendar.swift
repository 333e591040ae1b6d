import Retail

/// Open and closed days of the shop, with the bank holidays of England and Wales.
enum BritishCalendar {
    /// Within the file a day without any invoice is closed. For five weeks beyond it, Saturdays and the days from
    /// 24 December to 3 January are, as they were the year before.
    static func make(days: [Day], from first: Day, through last: Day) -> BusinessCalendar {
        let open = Set(days)
        let named = Country.unitedKingdom.events(from: first, through: last + 35).events
        let events = Dictionary(named.map { ($0.from, $0.name) }, uniquingKeysWith: { first, _ in first })
        var entries: [CalendarDay] = []
        for number in first.number...(last.number + 35) {
            let day = Day(number: number)
            let (_, month, date) = day.components
            let isBreak = month == 12 && date >= 24 || month == 1 && date <= 3
            let isOpen = day <= last ? open.contains(day) : day.weekday != 6 && !isBreak
            let event = events[day] ?? ""
            if !isOpen || !event.isEmpty { entries.append(CalendarDay(day: day, isOpen: isOpen, event: event)) }
        }
        return BusinessCalendar(entries)
    }
}
