import Foundation
import NumericCore
import Retail

/// Stage 8, beside the goods: insurance of the way back, visits, questions to customer service.
extension Replication {
    /// The merchant insures the way back of some orders as they leave.
    mutating func insure(_ slot: Int) {
        let order = pool.orders[slot]
        guard random(.insurance, entity(of: order)).uniform(at: 0) < afterSales.insured else { return }
        pool.orders[slot].isInsured = true
        flow.insured += 1
        postService(.insurance, afterSales.premium, order: order, day: day(of: order.lastDeparture))
    }

    /// A delivered order's visits and questions.
    mutating func serve(_ slot: Int, at now: Int64) {
        let order = pool.orders[slot]
        let visits = random(.visit, entity(of: order))
        if order.isBulky && !order.refused && visits.uniform(at: 0) < afterSales.installation {
            visit(order, .installation, at: now + SliceGrid.microsecondsPerDay, told: now)
        }
        if order.returnsHead < 0 && visits.uniform(at: 1) < afterSales.repair {
            let wait = -log1p(-visits.uniform(at: 2)) * afterSales.repairDelay
            visit(order, .repair, at: now + Int64(min(wait, 1e14)), told: now)
        }
        let isTroubled = order.late || order.returnsHead >= 0 || order.isCut
        let mean = afterSales.contacts + (isTroubled ? afterSales.contactsWhenTroubled : 0)
        guard mean > 0 else { return }
        let number = poissonByInversion(mean: mean, uniform: random(.serviceContact, entity(of: order)).uniform(at: 0))
        guard number > 0 else { return }
        flow.contacts += Int64(number)
        postService(.service, afterSales.contactCost * Int64(number), order: order, day: day(of: now))
        if isObserved(slot) { tell(at: now, .contacted(times: Int(number))) }
    }

    private mutating func visit(_ order: OrderRow, _ kind: TraceStep.Visit, at moment: Int64, told now: Int64) {
        flow.visits += 1
        postService(.service, afterSales.visitCost, order: order, day: day(of: moment))
        if order.id == observed { tell(at: now, .visited(kind, on: Instant(microseconds: moment))) }
    }

    private mutating func postService(_ account: Account, _ cost: Int64, order: OrderRow, day: Int) {
        if cost == 0 { return }
        ledger.post(debit: account, credit: .accrued, cost, day: day, channel: Int(order.channel))
        counters.postings += 1
    }

    // MARK: Goods without money

    /// Goods come back for an exchange: only their cost moves.
    mutating func postGoodsBack(_ line: ReturnLine, channel: Int, day: Int) {
        moveCost(line.sku, line.quantity, debit: .inventory, credit: .costOfGoods, channel: channel, day: day)
    }

    /// Goods go out in exchange.
    mutating func postExchange(_ line: LineRow, channel: Int, day: Int) {
        moveCost(line.sku, line.quantity, debit: .costOfGoods, credit: .inventory, channel: channel, day: day)
    }

    /// Goods that the books know and the shelf does not.
    mutating func postShrinkage(sku: Int, quantity: Int32, channel: Int, day: Int) {
        moveCost(Int32(sku), quantity, debit: .shrinkage, credit: .inventory, channel: channel, day: day)
    }

    private mutating func moveCost(
        _ sku: Int32, _ quantity: Int32, debit: Account, credit: Account, channel: Int, day: Int
    ) {
        let cell = ledger.cell(day: day, channel: channel, category: Int(terms.categories[Int(sku)]))
        let cost = terms.minor(terms.unitCosts[Int(sku)] * Int64(quantity))
        ledger.debit(debit, cost, at: cell)
        ledger.credit(credit, cost, at: cell)
        ledger.control(debit: debit, credit: credit, cost)
        counters.postings += 1
    }
}
