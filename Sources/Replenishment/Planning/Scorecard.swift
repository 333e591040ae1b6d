public import Retail

/// What a supplier has shown in past orders.
public struct Scorecard: Sendable, Equatable {
    public var supplier: Supplier.Index
    /// Order lines, and those of them received.
    public var lines: Int
    public var received: Int
    /// Mean and standard deviation of the days from order to receipt; nil below two receipts.
    public var leadTime: Double?
    public var leadTimeDeviation: Double?
    /// Part of received lines that came by the day promised.
    public var onTime: Double?
    /// Mean days after the promise, of those that came late.
    public var delay: Double?
    /// Units received of units ordered, over lines that were due.
    public var fill: Double?
    /// Units refused of units received.
    public var faulty: Double?
    /// The lead times themselves, ascending, evenly thinned to `mostLeadTimes`; empty unless they are measured.
    public var leadTimes: [Int] = []

    /// More lead times than this are thinned.
    public static let mostLeadTimes = 240
    /// From this many receipts on the measured lead time goes before the stated one.
    public static let enoughReceipts = 8

    /// Whether the lead time is measured well enough to plan with.
    public var isMeasured: Bool { received >= Self.enoughReceipts && leadTime != nil }

    /// One for each supplier, in the order of the suppliers.
    ///
    /// - Parameter today: lines promised later are not yet held against a supplier.
    public static func measure(_ purchases: [PurchaseRecord], suppliers: Int, today: Day) -> [Scorecard] {
        var tallies = [Tally](repeating: Tally(), count: suppliers)
        for record in purchases where record.supplier.position < suppliers && record.ordered <= today {
            tallies[record.supplier.position].add(record, today: today)
        }
        return tallies.enumerated().map { $1.card(Supplier.Index($0)) }
    }

    private struct Tally {
        var lines = 0
        var received = 0
        // Sums of days and of their squares: whole numbers, so that the order of the records does not matter.
        var days: Int64 = 0
        var squares: Int64 = 0
        var late = 0
        var delay: Int64 = 0
        var due: Int64 = 0
        var came: Int64 = 0
        var arrived: Int64 = 0
        var refused: Int64 = 0
        var spans: [Int] = []

        mutating func add(_ record: PurchaseRecord, today: Day) {
            lines += 1
            if let day = record.received, day <= today {
                received += 1
                let span = Int64(day - record.ordered)
                spans.append(day - record.ordered)
                days += span
                squares += span * span
                if day > record.promised {
                    late += 1
                    delay += Int64(day - record.promised)
                }
                arrived += Int64(record.receivedQuantity)
                refused += Int64(record.rejectedQuantity)
                due += Int64(record.quantity)
                came += min(Int64(record.quantity), Int64(record.receivedQuantity))
            } else if record.promised < today {
                due += Int64(record.quantity)
            }
        }

        func card(_ supplier: Supplier.Index) -> Scorecard {
            let count = Double(received)
            let mean = received > 0 ? Double(days) / count : 0
            let variance = received > 1 ? max(0, (Double(squares) - count * mean * mean) / (count - 1)) : 0
            var card = Scorecard(
                supplier: supplier, lines: lines, received: received, leadTime: received > 1 ? mean : nil,
                leadTimeDeviation: received > 1 ? variance.squareRoot() : nil,
                onTime: received > 0 ? 1 - Double(late) / count : nil,
                delay: late > 0 ? Double(delay) / Double(late) : nil,
                fill: due > 0 ? Double(came) / Double(due) : nil,
                faulty: arrived > 0 ? Double(refused) / Double(arrived) : nil)
            if card.isMeasured {
                let (sorted, kept) = (spans.sorted(), min(spans.count, Scorecard.mostLeadTimes))
                card.leadTimes = (0..<kept).map { sorted[(2 * $0 + 1) * sorted.count / (2 * kept)] }
            }
            return card
        }
    }
}
