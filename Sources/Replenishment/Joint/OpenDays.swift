public import Retail

/// The days on which a supplier takes no orders and sends nothing, such as the weeks around the Spring Festival: what
/// must be bought ahead.
public struct OpenDays: Sendable, Equatable {
    /// Closed spans, ends included, in order and apart.
    public let closures: [ClosedRange<Day>]
    /// Whether work on orders in hand stops while the supplier is closed, so that lead times stretch over the span.
    public let pausesWork: Bool

    /// - Parameter closures: in any order; spans that touch or overlap are put together.
    public init(closures: [ClosedRange<Day>], pausesWork: Bool = true) {
        var merged: [ClosedRange<Day>] = []
        for span in closures.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, span.lowerBound <= last.upperBound + 1 {
                merged[merged.count - 1] = last.lowerBound...max(last.upperBound, span.upperBound)
            } else {
                merged.append(span)
            }
        }
        self.closures = merged
        self.pausesWork = pausesWork
    }

    /// The day itself, or the first after the closed span it lies in.
    public func firstOpen(onOrAfter day: Day) -> Day {
        for span in closures where span.contains(day) { return span.upperBound + 1 }
        return day
    }

    /// When an order placed that day arrives. It is taken up on the first open day, and while the supplier is closed
    /// work rests (`pausesWork`) or goods at least do not leave.
    public func arrival(orderedOn day: Day, leadDays: Int) -> Day {
        var at = firstOpen(onOrAfter: day)
        guard pausesWork else { return firstOpen(onOrAfter: at + max(0, leadDays)) }
        var left = max(0, leadDays)
        while true {
            guard let next = closures.first(where: { $0.lowerBound > at }) else { return at + left }
            let open = next.lowerBound - at
            if open > left { return at + left }
            left -= open
            at = next.upperBound + 1
            if left == 0 { return at }
        }
    }

    /// What an order placed today is the last chance to cover: from its arrival to the day before the goods of the next
    /// order, placed at the next review that the supplier is open for, can arrive.
    public func span(today: Day, leadDays: Int, reviewDays: Int) -> (arrival: Day, nextArrival: Day) {
        let first = arrival(orderedOn: today, leadDays: leadDays)
        let review = max(1, reviewDays)
        var next = today + review
        // Reviews while the supplier is closed order nothing; the one after counts.
        while firstOpen(onOrAfter: next) != next { next = next + review }
        return (first, max(first, arrival(orderedOn: next, leadDays: leadDays)))
    }

    /// Mean and variance of demand from today until the goods of the next order can arrive: what the position must cover
    /// now. `daily` begins today.
    public func demand(_ daily: DailyDemand, today: Day, leadDays: Int, reviewDays: Int) -> Moments {
        let until = span(today: today, leadDays: leadDays, reviewDays: reviewDays).nextArrival
        return daily.cumulative(span: Double(until - today))
    }
}
