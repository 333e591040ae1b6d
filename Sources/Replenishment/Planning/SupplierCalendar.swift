public import Retail

/// When suppliers work and deliver. A lead time's clock stops while its supplier is closed, such as in the weeks around
/// the Spring Festival; goods come on the first day from then on that is open and a delivery day.
public struct SupplierCalendar: Sendable, Equatable {
    /// Closed spans by supplier, ascending and apart.
    private var closed: [[ClosedRange<Day>]]
    /// By supplier, Monday first; nil: every day.
    private var deliveryDays: [[Bool]?]

    /// Suppliers that deliver every day.
    public init(suppliers: Int = 0, _ closures: [SupplierClosure] = []) {
        deliveryDays = [[Bool]?](repeating: nil, count: suppliers)
        closed = [[ClosedRange<Day>]](repeating: [], count: suppliers)
        for closure in closures.sorted(by: { ($0.from, $0.through) < ($1.from, $1.through) })
        where closure.supplier.position < suppliers && closure.from <= closure.through {
            let at = closure.supplier.position
            if let last = closed[at].last, closure.from <= last.upperBound + 1 {
                closed[at][closed[at].count - 1] = last.lowerBound...max(last.upperBound, closure.through)
            } else {
                closed[at].append(closure.from...closure.through)
            }
        }
    }

    public init(_ suppliers: [Supplier], _ closures: [SupplierClosure]) {
        self.init(suppliers: suppliers.count, closures)
        deliveryDays = suppliers.map { supplier in
            let days = supplier.deliveryDays
            return days.count == 7 && days.contains(true) && days.contains(false) ? days : nil
        }
    }

    /// The day goods ordered on `day` arrive, `leadDays` working days later.
    public func arrival(_ supplier: Supplier.Index, ordered day: Day, leadDays: Int) -> Day {
        var arrival = day + leadDays
        guard supplier.position < closed.count else { return arrival }
        for span in closed[supplier.position] {
            if span.upperBound <= day && leadDays > 0 || span.upperBound < day { continue }
            if span.lowerBound > arrival { break }
            // The first day that counts is the one after the order; without lead time it is that day itself.
            let first = max(span.lowerBound, leadDays > 0 ? day + 1 : day)
            if span.upperBound >= first { arrival = arrival + (span.upperBound - first + 1) }
        }
        guard let days = deliveryDays[supplier.position] else { return arrival }
        func isOpen(_ day: Day) -> Bool {
            days[day.weekday - 1] && !closed[supplier.position].contains { $0.contains(day) }
        }
        // Closed spans end: a year and more without a delivery day is a closure, not a wait.
        for wait in 0..<400 where isOpen(arrival + wait) { return arrival + wait }
        return arrival
    }
}
