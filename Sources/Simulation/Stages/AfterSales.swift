import Foundation
import NumericCore
import Retail

/// Stage 8: cancellation, refusal, return, refund, restock or write-down.
extension Replication {
    /// The buyer cancels: before release the order is stopped, before picking the parcel will be refused at the
    /// door, afterwards it is too late.
    mutating func cancel(_ slot: Int, at now: Int64) {
        let order = pool.orders[slot]
        if order.state == .paid {
            if isObserved(slot) { tell(at: now, .cancelled) }
            releaseHold(slot)
            giveBackCaps(slot)
            postCancellation(slot, day: day(of: now))
            finish(slot, .cancelled, at: now)
            return
        }
        if isObserved(slot) { tell(at: now, .cancelledTooLate) }
        if order.state == .released && order.parcelsToPick == order.parcels { pool.orders[slot].refused = true }
    }

    /// When goods come back: refused parcels turn round, returns take their time.
    mutating func returnArrival(_ order: OrderRow, delivered: Int64) -> Int64 {
        if order.refused { return delivered + max(0, delivered - order.lastDeparture) }
        let uniform = random(.returnDelay, order.entity).uniform(at: 0)
        return delivered
            + Int64(min(exp(terms.returnLogMean + terms.returnLogDeviation * Normal.quantile(uniform)), 1e15))
    }

    /// Returned goods are on the dock: refunded at the price paid after discounts, blocked until inspected.
    mutating func takeBack(_ slot: Int, at now: Int64) {
        let order = pool.orders[slot]
        let day = day(of: now)
        var totals = SaleTotals()
        var lines: Int64 = 0
        var place = order.returnsHead
        while place >= 0 {
            let line = pool.returns[Int(place)]
            stock.takeBack(line.quantity, row: Int(terms.returnRows[Int(line.row)]))
            postReturn(line, channel: Int(order.channel), day: day, totals: &totals)
            lines += 1
            counters.unitsReturned += Int64(line.quantity)
            place = line.next
        }
        controlReturn(totals)
        postReturnFreight(order: order, day: day)
        pool.orders[slot].settled -= totals.due + totals.subsidy - totals.commission
        counters.linesReturned += lines
        if isObserved(slot) { tell(at: now, .returned(lines: Int(lines), refund: Amount(minor: totals.due))) }
        let inspected = now + prepared.world.afterSales.inspection.microseconds
        wheel.add(Event(time: inspected, id: order.id, slot: Int32(slot), kind: .inspected))
    }

    /// Inspected goods go back on sale or are written down, line by line; the order ends.
    mutating func inspect(_ slot: Int, at now: Int64) {
        let order = pool.orders[slot]
        let draws = random(.returnCondition, order.entity)
        let share = prepared.world.afterSales.restockShare.fraction
        var place = order.returnsHead
        var number: UInt32 = 0
        var (restocked, written, lines): (Int64, Int64, Int32) = (0, 0, 0)
        while place >= 0 {
            let line = pool.returns[Int(place)]
            let row = Int(terms.returnRows[Int(line.row)])
            if draws.uniform(at: number) < share {
                stock.restock(line.quantity, row: row, channel: Int(order.channel))
                restocked += Int64(line.quantity)
            } else {
                stock.writeDown(line.quantity, row: row)
                postWriteDown(line, channel: Int(order.channel), day: day(of: now))
                written += Int64(line.quantity)
            }
            number += 1
            lines += 1
            place = line.next
        }
        if isObserved(slot) { tell(at: now, .inspected(restocked: restocked, writtenDown: written)) }
        settle(slot, day: day(of: now))
        finish(slot, order.refused ? .refused : order.returnsEverything ? .returned : .returnedInPart, at: now)
    }
}
