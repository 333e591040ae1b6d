import NumericCore
import Retail
import Testing

@testable import Simulation

@Suite("The books balance")
struct ConservationTests {
    @Test("every law of the audit holds after every slice, in worlds drawn from many seeds", arguments: 1...8)
    func everySlice(seed: Int) throws {
        var test = TestWorld(seed: UInt64(seed), ordersPerDay: 250)
        test.cover = [0.3, 0.7, 1.5, 4][seed % 4]
        test.deduction = seed % 2 == 0 ? .atOrder : .atPayment
        test.siloed = seed % 3 == 0
        test.lag = seed % 5 == 0 ? 0 : 1_800
        test.secondsPerSlice = [Int32](repeating: 600, count: 24)
        var world = test.make()
        world.promotions = [
            PromotionPlan(
                code: "CUT", effect: .priceCut(depth: Rate(partsPerMillion: 250_000)), begins: .start,
                ends: .day, scope: world.scope { $0 % 2 == 0 }, merchantShare: Rate(partsPerMillion: 600_000)),
            PromotionPlan(
                code: "SAVE", effect: .spendAndSave(threshold: Amount(minor: 3_000), saving: Amount(minor: 777)),
                begins: .start, ends: .day * 2, scope: world.scope { $0 % 3 != 0 }, cap: 200,
                merchantShare: Rate(partsPerMillion: 333_333)),
            PromotionPlan(
                code: "FLASH", effect: .flashSale(depth: Rate(partsPerMillion: 500_000)), begins: .hour * 20,
                ends: .hour * 22, scope: world.scope { $0 < 2 }, cap: 40, uplift: 2.5),
        ]
        try world.validate()
        var run = Replication(Prepared(world), seed: UInt64(seed), number: 3)
        for slice in 0..<run.sliceCount {
            run.step(slice)
            _ = try run.audit(isOver: false)
        }
        while run.wheel.pending > 0 { run.step(run.sliceCount - 1) }
        run.postFixedCosts()
        let checked = try run.audit(isOver: true)
        #expect(checked.count == Replication.laws.count)
        let orders = run.counters.orders
        #expect(orders > 300)
    }

    @Test("every order ends in exactly one of the final states")
    func finalStates() throws {
        let result = try finished(TestWorld(cover: 0.6, lag: 3_600).make())
        let states = result.cells("order_states", "orders")
        #expect(states.count == OrderState.finals.count)
        #expect(states.reduce(0, +) == result.figure(.orders))
        #expect(Double(result.orders) == result.figure(.orders))
    }

    @Test("the ladder's steps lead from list value to the net revenue the accounts hold")
    func ladder() throws {
        let result = try finished(TestWorld(cover: 0.8).make())
        guard let table = result.tables.first(where: { $0.name == "profit_and_loss" }),
            case .text(let steps)? = table.keys.first?.values
        else {
            Issue.record("no ladder")
            return
        }
        let subtotals: Set = ["gmv_placed", "gmv_shipped", "net_revenue", "contribution_margin", "operating_result"]
        var sum = 0.0
        for (step, amount) in zip(steps, table.values[0].cells) {
            if subtotals.contains(step) {
                #expect(abs(sum - amount) < 0.005, "\(step)")
            } else {
                sum += amount
            }
        }
        #expect(Set(steps).isSuperset(of: subtotals))
    }

    @Test("physical stock by node closes where the shelves do")
    func stockLayers() throws {
        let result = try finished(TestWorld(cover: 0.8).make())
        let closing = result.cells("stock_layers", "closing")
        let onHand = result.cells("nodes", "on_hand_end")
        #expect(Array(closing.prefix(onHand.count)) == onHand)
    }
}

@Suite("A fault in the books is found and named")
struct FaultTests {
    /// A run stopped at noon of the first day, with orders in flight.
    private func halfWay(_ test: TestWorld = TestWorld()) -> Replication {
        var run = Replication(Prepared(test.make()), seed: 5, number: 0)
        let noon = run.wheel.grid.slice(of: 12 * SliceGrid.microsecondsPerHour)
        for slice in 0..<noon { run.step(slice) }
        return run
    }

    private func heldOrder(_ run: borrowing Replication) -> Int? {
        for slot in 0..<run.pool.orders.count
        where !run.pool.orders[slot].isFree && run.pool.orders[slot].hold == .held
            && [.placed, .paid].contains(run.pool.orders[slot].state)
        {
            return slot
        }
        return nil
    }

    private func check(_ run: inout Replication, isOver: Bool = false) -> AuditFault? {
        do {
            _ = try run.audit(isOver: isOver)
            return nil
        } catch {
            return error
        }
    }

    @Test("a reservation released twice")
    func doubleRelease() throws {
        var run = halfWay()
        let held = heldOrder(run)
        let slot = try #require(held)
        let id = OrderID(bits: run.pool.orders[slot].id)
        run.releaseHold(slot)
        run.releaseHold(slot)
        let found = check(&run)
        let fault = try #require(found)
        #expect(fault.check == "reservations_ended_once")
        #expect(fault.offender == "order \(id)")
    }

    @Test("a reservation lost: nothing is held any more but the stock stays reserved")
    func lostReservation() throws {
        var run = halfWay()
        let held = heldOrder(run)
        let slot = try #require(held)
        run.pool.orders[slot].hold = .released
        let found = check(&run)
        let fault = try #require(found)
        #expect(fault.check == "reserved_is_held")
    }

    @Test("goods that leave a shelf unrecorded")
    func lostGoods() throws {
        var run = halfWay()
        run.stock.rows[3].book -= 1
        let found = check(&run)
        let fault = try #require(found)
        #expect(fault.check == "stock_conserved_by_row")
        #expect(
            fault.offender == "S\(run.stock.rows[3].sku) at \(["CDC", "RDC", "F0", "F1"][Int(run.stock.rows[3].node)])")
        #expect(fault.expected == fault.found + 1)
    }

    @Test("a shared pool that has drifted from its rows")
    func drift() throws {
        var run = halfWay()
        run.stock.pool[0] += 1
        let found = check(&run)
        let fault = try #require(found)
        #expect(fault.check == "pool_is_sum_of_rows")
    }

    @Test("a posting without its other half")
    func unbalanced() throws {
        var run = halfWay()
        run.ledger.debit(.freight, 1, at: run.ledger.cell(day: 0, channel: 0, category: 0))
        let found = check(&run)
        let fault = try #require(found)
        #expect(fault.check == "postings_balance")
    }

    @Test("a line's posting that the order's total does not know")
    func unknownLine() throws {
        var run = halfWay()
        let cell = run.ledger.cell(day: 0, channel: 0, category: 0)
        run.ledger.debit(.freight, 1, at: cell)
        run.ledger.credit(.carrierPayable, 1, at: cell)
        let found = check(&run)
        let fault = try #require(found)
        #expect(fault.check == "cubes_agree_with_controls")
    }

    @Test("an order that never ends")
    func neverEnds() throws {
        var run = halfWay()
        _ = run.pool.makeOrder()
        let found = check(&run)
        let fault = try #require(found)
        #expect(fault.check == "orders_end_once")
    }

    @Test("a run stopped early has orders left open")
    func leftOpen() throws {
        var run = halfWay()
        let found = check(&run, isOver: true)
        let fault = try #require(found)
        #expect(fault.check == "nothing_left_open")
    }
}
