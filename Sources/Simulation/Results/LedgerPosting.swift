public import Retail

/// One side of a double-entry posting; the sides of one record add up to zero.
public struct LedgerPosting: Sendable, Equatable {
    public var time: Instant
    /// Nil for what belongs to no order.
    public var order: OrderID?
    /// Its words are in the catalogue under `account.<account>`.
    public var account: String
    /// Debits positive, credits negative.
    public var amount: Amount
    /// Nil for what belongs to no channel, or no category.
    public var channel: String?
    public var category: String?
    /// The day it is booked on.
    public var day: Day
}

extension Replication {
    /// Takes the postings kept since the last time.
    mutating func drainJournal() -> [LedgerPosting] {
        let world = prepared.world
        var postings: [LedgerPosting] = []
        postings.reserveCapacity(ledger.journal.count)
        for index in 0..<ledger.journal.count {
            let entry = ledger.journal[index]
            let (day, channel, category) = ledger.place(of: Int(entry.cell))
            postings.append(
                LedgerPosting(
                    time: Instant(microseconds: entry.time),
                    order: entry.order == .max ? nil : OrderID(bits: entry.order),
                    account: "\(Account.allCases[Int(entry.account)])", amount: Amount(minor: entry.amount),
                    channel: channel < world.channels.count ? world.channels[channel].channel.code : nil,
                    category: category < world.skus.categoryNames.count ? world.skus.categoryNames[category] : nil,
                    day: world.clock.start + day))
        }
        ledger.journal.removeAll()
        return postings
    }

    /// Adds the observed order's postings to its story, those of one moment together.
    mutating func tellPostings() {
        var index = 0
        while index < ledger.journal.count {
            let time = ledger.journal[index].time
            var sums = [Int64](repeating: 0, count: Ledger.accounts)
            while index < ledger.journal.count && ledger.journal[index].time == time {
                sums[Int(ledger.journal[index].account)] += ledger.journal[index].amount
                index += 1
            }
            let legs = Account.allCases.filter { sums[$0.rawValue] != 0 }.map {
                TraceStep.Leg(account: "\($0)", amount: Amount(minor: sums[$0.rawValue]))
            }
            if !legs.isEmpty { tell(at: Instant(microseconds: time).microseconds, .posted(legs)) }
        }
    }
}
