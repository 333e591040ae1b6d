import NumericCore
import Retail
import Testing

@testable import Simulation

@Suite("The engine agrees with a model that tells the day plainly, order by order")
struct ReferenceTests {
    @Test(
        "A thousand small worlds: the same reservations, routes, carriers, times and money for every order",
        arguments: 0..<20)
    func worlds(hundredth: Int) throws {
        // What has happened, and in how many worlds.
        var told: [String: Int] = [:]
        for number in (50 * hundredth)..<(50 * hundredth + 50) {
            let world = ReferenceWorld.make(UInt64(number))
            try world.validate()
            var engine = Replication(Prepared(world), seed: 7, number: UInt32(number))
            engine.journal = []
            try engine.run(meter: nil, isCancelled: { false })
            _ = try engine.result()
            let plain = PlainShop(world, seed: 7, number: UInt32(number))
            plain.run()
            #expect(plain.outcry == nil, "world \(number)")
            // Steps of an order in the order of their moments; those of one moment, and different orders, in any.
            let known = (engine.journal ?? []).filter { Self.isKnown($0.step.what) }
            let found = Dictionary(grouping: known) { $0.order }.mapValues { Self.inOrder($0.map { $0.step }) }
            let expected = Dictionary(grouping: plain.journal) { $0.order }.mapValues {
                Self.inOrder($0.map { $0.step })
            }
            #expect(found.count == expected.count, "world \(number): orders")
            for (order, steps) in expected where found[order] != steps {
                let other = found[order] ?? []
                let place = zip(steps, other).enumerated().first { $0.element.0 != $0.element.1 }?.offset
                let at = place ?? min(steps.count, other.count)
                Issue.record(
                    """
                    world \(number), order \(OrderID(bits: order)), step \(at): plainly \
                    \(at < steps.count ? "\(steps[at])" : "nothing"), engine \
                    \(at < other.count ? "\(other[at])" : "nothing")
                    """)
                return
            }
            for (index, row) in plain.rows.enumerated() {
                let state = engine.stock.rows[index]
                let found = [state.book, state.reserved, state.onOrder, state.inTransit].map(Int64.init)
                #expect(found == [row.book, row.reserved, row.onOrder, row.inTransit], "world \(number), row \(index)")
                let lots = engine.stock.lots.isOn ? engine.stock.lots.list(row: index) : []
                #expect(lots == row.lots, "world \(number), lots of row \(index)")
            }
            for account in Account.allCases {
                let balance = engine.ledger.balance(account)
                #expect(balance == plain.accounts[account, default: 0], "world \(number), account \(account)")
            }
            var words = Set(plain.journal.map { Self.word($0.step.what) }).union(plain.seen)
            if zip(world.promotions, plain.caps).contains(where: { $0.cap != nil && $1 == 0 }) { words.insert("cap") }
            if engine.counters.giftUnits > 0 { words.insert("gift") }
            for word in words { told[word, default: 0] += 1 }
        }
        // Agreement says nothing where nothing happens.
        for word in Self.common { #expect(told[word, default: 0] > 0, "\(word) in none of 50 worlds") }
    }

    /// What every fifty worlds must show, so that it occurs in twenty of the thousand at the least.
    private static let common = [
        "deposited", "forfeited", "withdrawn", "notFound", "rerouted", "notSent", "packed", "cancelledTooLate",
        "merged", "ready", "exchangeAsked", "exchangeSent", "rejected", "cap", "gift", "held back", "paused",
        "node out",
        "carrier out", "goods late", "helped by a neighbour", "split to save", "supplier late", "supplier short",
        "supplier full", "counted", "taken back by a count", "told later", "expired", "asked for the address", "chased",
        "added goods sent back",
        "campaign's own stock", "kept for a shop of higher rank", "quotas shared out again", "presale goods moved",
        "bought from the fast one", "levels follow the forecast", "insurer pays", "installation", "repair", "contacted",
        "overtime", "sold at the outlet", "shipped late",
    ]

    private static func inOrder(_ steps: [TraceStep]) -> [TraceStep] {
        steps.map { ($0, "\($0.what)") }.sorted { ($0.0.time, $0.1) < ($1.0.time, $1.1) }.map(\.0)
    }

    private static func word(_ what: TraceStep.What) -> String { String("\(what)".prefix { $0 != "(" }) }

    /// Steps the plain model tells too; the engine says more about its reasons.
    private static func isKnown(_ what: TraceStep.What) -> Bool {
        switch what {
        case .placed, .reserved, .timedOut, .paid, .reviewed, .routed, .cancelled, .cancelledTooLate, .pickStarted,
            .picked, .packed, .handedOver, .delivered, .returned, .inspected, .ended, .deposited, .forfeited,
            .withdrawn, .notFound, .rerouted, .notSent, .merged, .ready, .exchangeAsked, .exchangeSent, .rejected,
            .chased, .contacted, .visited:
            true
        default: false
        }
    }

    @Test("The audit holds after every slice of a hundred small worlds")
    func audits() throws {
        for number in 0..<100 {
            let world = ReferenceWorld.make(UInt64(5_000 + number))
            try world.validate()
            var engine = Replication(Prepared(world), seed: 3, number: UInt32(number))
            for slice in 0..<engine.sliceCount {
                engine.step(slice)
                do { _ = try engine.audit(isOver: false) } catch {
                    Issue.record("world \(number), slice \(slice): \(error)")
                    return
                }
            }
        }
    }
}

extension LotBook {
    /// The lots of a row as the plain model lists them.
    fileprivate func list(row: Int) -> [PlainLot] {
        var (place, found): (Int32, [PlainLot]) = (heads[row], [])
        while place >= 0 {
            let lot = lots[Int(place)]
            found.append(
                PlainLot(
                    expires: lot.expires, owner: Int(lot.owner),
                    grade: PlainLot.Grade(rawValue: Int(lot.grade)) ?? .second,
                    quantity: Int64(lot.quantity)))
            place = lot.next
        }
        return found
    }
}
