public import Retail

/// When suppliers work. A lead time's clock stops while its supplier is closed.
public struct SupplierCalendar: Sendable, Equatable {
    /// Closed spans by supplier, ascending and apart.
    private var closed: [[ClosedRange<Day>]]

    public init(suppliers: Int = 0, _ closures: [SupplierClosure] = []) {
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
        return arrival
    }
}
