/// What one day is, beyond its weekday.
public struct CalendarDay: Hashable, Sendable, Codable {
    public var day: Day
    /// A closed day takes no orders: its cells are missing, not zero.
    public var isOpen: Bool
    /// Name of the holiday or event; empty when there is none.
    public var event: String

    public init(day: Day, isOpen: Bool, event: String) {
        self.day = day
        self.isOpen = isOpen
        self.event = event
    }
}

/// The opening days and named events of a data set. Days not listed are open and without event.
public struct BusinessCalendar: Sendable, Equatable {
    private var listed: [Day: CalendarDay]
    /// Whose holidays and shopping events hold beside those listed.
    public var country: Country?
    /// Events over several days that the data set states itself.
    public var stated: [CalendarEvent]
    /// All events over several days, stated and the country's, with the days around them that feel them.
    public private(set) var spans: [CalendarEvent]
    /// Years whose holidays are neither in the country's table nor stated: their days off and make-up working days are
    /// not known.
    public private(set) var unknownYears: [Int]

    public init(_ days: [CalendarDay] = []) {
        listed = Dictionary(days.map { ($0.day, $0) }, uniquingKeysWith: { _, last in last })
        (country, stated, spans, unknownYears) = (nil, [], [], [])
    }

    /// A country's events that touch the days from `from` to `through`, and stated ones.
    ///
    /// A stated event goes before one of the same name in the same year. A year in which public holidays are stated
    /// counts as known, and takes none from the country's table.
    public init(
        _ days: [CalendarDay] = [], country: Country?, stated: [CalendarEvent] = [], from: Day, through: Day
    ) {
        self.init(days)
        self.country = country
        self.stated = stated
        guard let country else {
            spans = stated
            return
        }
        func year(_ event: CalendarEvent) -> Int { event.through.components.year }
        let table = country.events(from: from, through: through)
        let arranged = Set(
            stated.filter { ($0.kind == .publicHoliday || $0.kind == .makeUpWork) && !country.knows(year($0)) }.map(
                year))
        let names = Set(stated.map { "\(year($0)) \($0.name)" })
        spans = stated
        for event in table.events {
            let isArranged = arranged.contains(year(event)) && event.kind != .shopping && event.kind != .observance
            if !isArranged, !names.contains("\(year(event)) \(event.name)") { spans.append(event) }
        }
        spans.sort { ($0.from, $0.name, $0.through) < ($1.from, $1.name, $1.through) }
        unknownYears = table.unknownYears.filter { !arranged.contains($0) }
    }

    public func isOpen(_ day: Day) -> Bool { listed[day]?.isOpen ?? true }

    /// The event of a day: as listed, else the first span that covers it.
    public func event(_ day: Day) -> String {
        if let name = listed[day]?.event, !name.isEmpty { return name }
        return spans.first { $0.kind != .makeUpWork && $0.covers(day) }?.name ?? ""
    }

    /// The listed days in order.
    public var days: [CalendarDay] { listed.values.sorted { $0.day < $1.day } }

    /// What to tell people about years without an arrangement among the days from `from` to `through`; nil when all
    /// are known.
    public func warning(from: Day, through: Day) -> String? {
        let years = unknownYears.filter { (from.components.year...max(from, through).components.year).contains($0) }
        guard let country, !years.isEmpty else { return nil }
        let list = years.map(String.init).joined(separator: ", ")
        return
            "the public holidays of \(country.rawValue) for \(list) are not in the table: only what follows from the law "
            + "and the moon is used, days off and make-up working days are not known; state them in events.csv"
    }
}
