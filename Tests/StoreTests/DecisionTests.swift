import Foundation
import GRDB
import Retail
import Testing

@testable import Store

@Suite("Books and decisions") struct DecisionTests {
    let folder: TemporaryFolder
    let workspace: Workspace
    let today = Day(number: 15_300)

    init() throws {
        folder = try TemporaryFolder()
        workspace = try Workspace.open(path: folder.file())
    }

    private func book(_ change: (inout SuggestionRow) -> Void = { _ in }) throws -> BookID {
        var row = Sample.suggestion
        change(&row)
        return try workspace.storeBook(
            OrderBook(dataset: "shop", source: "folder", today: today, currency: "CNY", lines: [row]))
    }

    private func decision(
        _ state: SuggestionState, _ book: BookID, quantity: Int64? = nil, until: Day? = nil, order: String = "",
        by: String = "李娜"
    ) -> Decision {
        Decision(
            key: Sample.suggestion.key, state: state, quantity: quantity, order: order, reason: "因为", by: by,
            at: 1_700_000_000,
            until: until, book: book, suggested: .init(Sample.suggestion.line))
    }

    private func status(_ book: BookID, on day: Day? = nil) throws -> LineStatus {
        try #require(try workspace.lines(of: book, today: day).first).status
    }

    @Test("a book comes back as it was stored")
    func roundTrip() throws {
        let table = ResultTable("exceptions", [Column("sku", .text(["a"]))])
        let id = try workspace.storeBook(
            OrderBook(
                dataset: "shop", source: "folder", today: today, currency: "CNY", lines: [Sample.suggestion],
                tables: [table]),
            now: 99)
        #expect(try workspace.lines(of: id) == [Sample.suggestion])
        #expect(try workspace.tables(of: id) == [table])
        let entry = try workspace.book(id)
        #expect(entry.made == 99 && entry.lineCount == 1 && entry.value == Sample.suggestion.value)
        #expect(try workspace.latestBook(dataset: "shop") == entry && workspace.latestBook(dataset: "other") == nil)
        #expect(throws: StoreError.noSuchBook(path: workspace.path, id: 77)) { try workspace.lines(of: BookID(77)) }
    }

    @Test("decisions are kept with who, when and why, and can be neither changed nor deleted")
    func appendOnly() throws {
        let id = try book()
        try workspace.decide([decision(.approved, id, quantity: 96)], dataset: "shop")
        let kept = try #require(try workspace.decisions(dataset: "shop").first)
        #expect(kept == decision(.approved, id, quantity: 96))
        #expect(try workspace.decisions(dataset: "another").isEmpty)
        for statement in ["DELETE FROM decisions", "UPDATE decisions SET reason = 'x'"] {
            #expect(throws: StoreError.self) { try workspace.write { try $0.execute(sql: statement) } }
        }
        #expect(try workspace.decisions(dataset: "shop").count == 1)
    }

    @Test("each state may only become what follows it")
    func transitions() throws {
        let id = try book()
        for state in [SuggestionState.ordered, .received, .closed] {
            #expect(throws: StoreError.self) { try workspace.decide([decision(state, id)], dataset: "shop") }
        }
        for state in [SuggestionState.approved, .ordered, .received, .closed] {
            try workspace.decide([decision(state, id)], dataset: "shop")
            #expect(try status(id).state == state)
        }
        #expect(throws: StoreError.self) { try workspace.decide([decision(.approved, id)], dataset: "shop") }
        #expect(throws: StoreError.self) { try workspace.decide([decision(.approved, id, by: " ")], dataset: "shop") }
        // All or none.
        #expect(throws: StoreError.self) {
            try workspace.decide([decision(.rejected, try book()), decision(.closed, id)], dataset: "shop")
        }
        #expect(try workspace.decisions(dataset: "shop").count == 4)
    }

    @Test("a rejected or postponed line is not proposed again before its time, in later books too")
    func notTwice() throws {
        for (state, mark) in [(SuggestionState.rejected, StaleMark.rejectionExpired), (.snoozed, .snoozeEnded)] {
            try workspace.decide([decision(state, try book(), until: today + 10)], dataset: "shop")
            let later = try book()
            #expect(try status(later, on: today + 10).state == state)
            #expect(try workspace.lines(of: later, today: today + 10)[0].orderQuantity == 0)
            let after = try status(later, on: today + 11)
            #expect(after.state == .proposed && after.marks == [mark])
        }
    }

    @Test("an override shows its drift from the fresh suggestion, is marked when its ground shifts, and expires")
    func drift() throws {
        try workspace.decide([decision(.approved, try book(), quantity: 150, until: today + 14)], dataset: "shop")
        let same = try status(try book())
        #expect(same.quantity == 150 && same.drift == 30 && same.marks.isEmpty)
        let moved = try book { row in
            row.line.basis.leadTime += 3
            row.line.demandMean *= 1.2
            row.line.unitCost = UnitPrice(units: 12_000)
            row.line.quantity = QuantityChain(need: 130, afterMinimum: 130, afterMultiple: 132, afterBreak: 132)
        }
        let fresh = try status(moved)
        #expect(fresh.drift == 18)
        #expect(fresh.marks == [.leadTimeChanged, .forecastChanged, .priceChanged, .quantityDrifted])
        let over = try status(moved, on: today + 15)
        #expect(over.state == .proposed && over.quantity == nil && over.marks == [.approvalExpired])
    }

    @Test("what was ordered is outstanding until it is received, order by order")
    func outstanding() throws {
        let first = try book()
        try workspace.decide(
            [decision(.approved, first, quantity: 60), decision(.ordered, first, order: "PO-1")],
            dataset: "shop")
        // A later book asks for more: a new need of the same goods.
        let second = try book()
        #expect(try status(second).state == .proposed && status(first).state == .ordered)
        try workspace.decide([decision(.approved, second), decision(.ordered, second, order: "PO-2")], dataset: "shop")
        #expect(try workspace.decisions(dataset: "shop").outstanding.map(\.order) == ["PO-1", "PO-2"])
        #expect(try workspace.decisions(dataset: "shop").outstanding.map(\.quantity) == [60, 120])
        try workspace.decide([decision(.received, second, order: "PO-1")], dataset: "shop")
        #expect(try workspace.decisions(dataset: "shop").outstanding.map(\.order) == ["PO-2"])
    }

    @Test("an order comes in whatever was decided since about more of the same, and leaves that decision as it is")
    func receiptBesideNewNeed() throws {
        for (state, order) in [(SuggestionState.approved, "A"), (.rejected, "B"), (.snoozed, "C")] {
            let first = try book()
            try workspace.decide(
                [decision(.approved, first, quantity: 60), decision(.ordered, first, order: order)], dataset: "shop")
            let second = try book()
            try workspace.decide([decision(state, second, until: today + 10)], dataset: "shop")
            #expect(throws: StoreError.self) {
                try workspace.decide([decision(.received, first, order: "unknown")], dataset: "shop")
            }
            try workspace.decide([decision(.received, first, order: order)], dataset: "shop")
            let history = try workspace.decisions(dataset: "shop")
            #expect(history.outstanding.isEmpty && history.last?.quantity == 60)
            #expect(try status(second).state == state && status(first).state == .received)
            #expect(history.declined(on: today) == (state == .approved ? [] : [Sample.suggestion.key]))
            #expect(history.declined(on: today + 11).isEmpty)
            try workspace.decide([decision(.closed, first, order: order)], dataset: "shop")
            #expect(try status(second).state == state && status(first).state == .closed)
        }
    }

    @Test("a workspace of the version before keeps its suggestions and what was decided")
    func migration() throws {
        let path = folder.file("old.granary")
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: "PRAGMA application_id = \(Schema.applicationID)") }
        try Schema.migrator.migrate(queue, upTo: "2 all that a suggestion says")
        try queue.write { database in
            try database.execute(
                sql: """
                    INSERT INTO runs (id, name, scenario, overrides, seed, replications, currency, engine_version, processor,
                        data_fingerprint, status, process, heartbeat, started, finished, result_digest)
                    VALUES (7, 'old', '', x'', 1, 1, 'GBP', '1', 'p', 'f', 'done', 'x', 0, 864000, 864001, 'd')
                    """)
            try database.execute(
                sql: """
                    INSERT INTO suggestions VALUES (7, 0, 'k', 'Kettle', 's', 'Shop', 'n', 1, 0, 0, 0, 0, 5.5, 4, 5, 7, 2, 8, 20,
                        19, 19, 20, 20, 10000, 2000, 12, 15, NULL, 0.5, 4, 0.9, 'because', '因为', 'accepted', 0, 24, 0, 5)
                    """)
        }
        try queue.close()
        let old = try Workspace.open(path: path)
        let row = try #require(try old.suggestions(RunID(7)).first)
        #expect(row.sku == "k" && row.quantity.final == 24 && row.status.state == .approved)
        #expect(row.basis.leadTimeSource == .terms && row.volume == 0)
    }
}
