/// What a day of the calendar is to the shop.
public enum CalendarEventKind: String, Sendable, CaseIterable, Codable {
    /// Days off work by law or by the authorities' arrangement (放假).
    case publicHoliday = "public_holiday"
    /// Weekend days on which people work to make up for a holiday (调休上班).
    case makeUpWork = "make_up_work"
    /// Days of heavy selling, such as Double 11 (大促).
    case shopping
    /// A day people mark without being off, such as Mother's Day.
    case observance
}

/// A holiday or event over some days, with the days before and after that feel it. Row of `events.csv`, or made by a
/// country's table.
public struct CalendarEvent: Hashable, Sendable, Codable {
    /// The same from year to year, so that what happened in one year tells about the next.
    public var name: String
    public var kind: CalendarEventKind
    /// First and last day.
    public var from: Day
    public var through: Day
    /// Days before the first in which demand builds up or waits (蓄水).
    public var buildUp: Int
    /// Days after the last in which demand is low or comes back.
    public var dip: Int
    /// Where the dates come from.
    public var source: String

    public init(
        name: String, kind: CalendarEventKind, from: Day, through: Day, buildUp: Int = 0, dip: Int = 0,
        source: String = ""
    ) {
        self.name = name
        self.kind = kind
        self.from = from
        self.through = through
        self.buildUp = buildUp
        self.dip = dip
        self.source = source
    }

    public func covers(_ day: Day) -> Bool { from <= day && day <= through }

    /// How strongly a day feels the event: 1 on its days, a ramp that rises to them, one that falls away from them.
    public struct Pull: Sendable, Equatable {
        public var main = 0.0
        public var buildUp = 0.0
        public var dip = 0.0

        public init() {}

        /// The stronger of each.
        public func stronger(_ other: Pull) -> Pull {
            var pull = self
            pull.main = max(main, other.main)
            pull.buildUp = max(buildUp, other.buildUp)
            pull.dip = max(dip, other.dip)
            return pull
        }
    }

    public func pull(on day: Day) -> Pull {
        var pull = Pull()
        if covers(day) {
            pull.main = 1
        } else if day < from, from - day <= buildUp {
            pull.buildUp = 1 - Double(from - day - 1) / Double(buildUp)
        } else if day > through, day - through <= dip {
            pull.dip = 1 - Double(day - through - 1) / Double(dip)
        }
        return pull
    }
}

/// The events of a span of days, and what is not known of it.
public struct CalendarEvents: Sendable, Equatable {
    public var events: [CalendarEvent]
    /// Years within the span for which the authorities' arrangement is not in the table: only what follows from rules
    /// and from the moon is there.
    public var unknownYears: [Int]

    public init(events: [CalendarEvent] = [], unknownYears: [Int] = []) {
        self.events = events
        self.unknownYears = unknownYears
    }
}

/// Countries with a table of holidays and shopping events. Raw values are ISO 3166 codes.
public enum Country: String, Sendable, CaseIterable, Codable {
    case china = "CN"
    /// England and Wales.
    case unitedKingdom = "GB"
    case unitedStates = "US"

    /// The events that touch the days from `from` to `through`, in order of their first days.
    public func events(from: Day, through: Day) -> CalendarEvents {
        let years = from.components.year - 1...max(from.components.year, through.components.year) + 1
        var result = CalendarEvents()
        for year in years {
            let made: [CalendarEvent]
            switch self {
            case .china: made = ChineseHolidays.events(year) + ChineseShopping.events(year)
            case .unitedKingdom: made = HolidayRules.unitedKingdom(year)
            case .unitedStates: made = HolidayRules.unitedStates(year)
            }
            // An arrangement may reach into the year before: New Year of 2024 began on 30 December 2023.
            result.events += made.filter { $0.through + $0.dip >= from && $0.from - $0.buildUp <= through }
            let isWithin = from.components.year...max(from.components.year, through.components.year) ~= year
            if isWithin, !knows(year) { result.unknownYears.append(year) }
        }
        result.events.sort { ($0.from, $0.name, $0.through) < ($1.from, $1.name, $1.through) }
        return result
    }

    /// Whether the arrangement of a year is in the table.
    public func knows(_ year: Int) -> Bool {
        switch self {
        case .china: ChineseHolidays.knows(year)
        case .unitedKingdom: (1978...HolidayRules.lastKnownYear).contains(year)
        case .unitedStates: year >= 1971
        }
    }
}
