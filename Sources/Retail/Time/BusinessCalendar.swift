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

    public init(_ days: [CalendarDay] = []) {
        listed = Dictionary(days.map { ($0.day, $0) }, uniquingKeysWith: { _, last in last })
    }

    public func isOpen(_ day: Day) -> Bool { listed[day]?.isOpen ?? true }
    public func event(_ day: Day) -> String { listed[day]?.event ?? "" }
    /// The listed days in order.
    public var days: [CalendarDay] { listed.values.sorted { $0.day < $1.day } }
}
