import Foundation
import NumericCore
import Retail

/// Stage 8: cancellation, refusal, return, refund, restock or write-down.
extension Replication {
    /// The buyer cancels: before release the order is stopped, before picking the parcel will be refused at the
    /// door, afterwards it is too late.
    mutating func cancel(_ slot: Int, isFraud: Bool, at now: Int64) {
        let order = pool.orders[slot]
        if order.state == .placed { return withdraw(slot, at: now) }
        if order.state == .paid {
            if isObserved(slot) { tell(at: now, isFraud ? .rejected : .cancelled) }
            releaseHold(slot)
            giveBackCaps(slot)
            postCancellation(slot, day: day(of: now))
            finish(slot, isFraud ? .rejected : .cancelled, at: now)
            return
        }
        // What has left the shelves is a matter of sending back.
        if order.isExchange || order.state != .released { return }
        if isObserved(slot) { tell(at: now, .cancelledTooLate) }
        if order.parcelsToPick == order.parcels { pool.orders[slot].refused = true }
    }

    /// Whether the buyer will refuse the order at the door, drawn as it is released.
    mutating func drawRefusal(_ slot: Int) {
        guard random(.refusal, entity(of: pool.orders[slot])).uniform(at: 0) < afterSales.refusal else { return }
        pool.orders[slot].refused = true
        flow.refusals += 1
    }

    /// Returned goods are on the dock: refunded at the price paid after discounts, or kept for an exchange; blocked
    /// until inspected.
    mutating func takeBack(_ slot: Int, at now: Int64) {
        drawReturn(slot)
        let order = pool.orders[slot]
        let day = day(of: now)
        var totals = SaleTotals()
        var lines: Int64 = 0
        var place = order.returnsHead
        while place >= 0 {
            let line = pool.returns[Int(place)]
            stock.takeBack(line.quantity, row: Int(terms.returnRows[Int(line.row)]))
            if order.isExchange {
                postGoodsBack(line, channel: Int(order.channel), day: day)
            } else {
                postReturn(line, channel: Int(order.channel), day: day, totals: &totals)
            }
            lines += 1
            counters.unitsReturned += Int64(line.quantity)
            place = line.next
        }
        if !order.isExchange { controlReturn(totals) }
        if paysWayBack(order) { postReturnFreight(order: order, day: day) }
        pool.orders[slot].settled -= totals.due + totals.subsidy - totals.commission
        counters.linesReturned += lines
        counters.segmentRefunds[Int(order.segment)] += totals.due
        if isObserved(slot) {
            if afterSales.hasReasons && !order.refused {
                tell(at: now, .returnReason(prepared.world.afterSales.reasons[Int(order.reason)].reason.rawValue))
            }
            tell(at: now, .returned(lines: Int(lines), refund: Amount(minor: totals.due)))
            if order.isExchange { tell(at: now, .exchangeAsked) }
        }
        let inspected = now + prepared.world.afterSales.inspection.microseconds
        wheel.add(Event(time: inspected, id: order.id, slot: Int32(slot), kind: .inspected))
    }

    /// Why a returned order comes back, and whether its buyer wants the same goods again.
    private mutating func drawReturn(_ slot: Int) {
        let order = pool.orders[slot]
        if order.refused { return }
        if afterSales.hasReasons {
            let uniform = random(.returnReason, entity(of: order)).uniform(at: 0)
            let reasons = prepared.world.afterSales.reasons
            var (reason, sum): (Int, Double) = (0, reasons[0].share.fraction)
            while reason < reasons.count - 1 && uniform >= sum {
                reason += 1
                sum += reasons[reason].share.fraction
            }
            pool.orders[slot].reason = UInt8(reason)
            flow.reasons[reason] += 1
        }
        if afterSales.exchange > 0, random(.exchange, entity(of: order)).uniform(at: 0) < afterSales.exchange {
            pool.orders[slot].isExchange = true
        }
    }

    /// Whether the merchant bears the freight of the way back: not where the buyer must, or an insurer does.
    private mutating func paysWayBack(_ order: OrderRow) -> Bool {
        // What nobody fetched from the store has not left it.
        if order.refused { return !order.flags.contains(.isPickup) }
        if order.isInsured { return false }
        return !afterSales.hasReasons || prepared.world.afterSales.reasons[Int(order.reason)].merchantPays
    }

    /// Inspected goods go back on sale or are written down, line by line; the order ends, or its exchange leaves.
    mutating func inspect(_ slot: Int, at now: Int64) {
        let order = pool.orders[slot]
        let draws = random(.returnCondition, entity(of: order))
        let hasReason = afterSales.hasReasons && !order.refused
        let share =
            hasReason
            ? prepared.world.afterSales.reasons[Int(order.reason)].restockShare.fraction : afterSales.restockShare
        let second = prepared.world.afterSales.secondShare.fraction
        let hasSecond = second > 0
        var place = order.returnsHead
        var number: UInt32 = 0
        var (restocked, written, lines): (Int64, Int64, Int32) = (0, 0, 0)
        while place >= 0 {
            let line = pool.returns[Int(place)]
            let row = Int(terms.returnRows[Int(line.row)])
            if draws.uniform(at: number) < share {
                stock.restock(line.quantity, row: row, channel: Int(order.channel))
                restocked += Int64(line.quantity)
            } else if hasSecond && draws.uniform(at: 1 << 20 + number) < second {
                stock.degrade(line.quantity, row: row)
                counters.trade.unitsSecond += Int64(line.quantity)
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
        if order.isExchange && sendExchange(slot, at: now) { return }
        handOver(slot, .settled, at: now)
        finish(slot, order.refused ? .refused : order.returnsEverything ? .returned : .returnedInPart, at: now)
    }

    // MARK: Exchange

    /// Sends the same goods again; where they are not to be had, the buyer is refunded instead.
    private mutating func sendExchange(_ slot: Int, at now: Int64) -> Bool {
        let order = pool.orders[slot]
        scratch.lines.removeAll()
        var place = order.returnsHead
        while place >= 0 {
            let line = pool.returns[Int(place)]
            scratch.lines.append(WorkLine(sku: line.sku, quantity: line.quantity, due: 0, subsidy: 0))
            place = line.next
        }
        plan(region: Int(order.region), asked: max(1, Int(order.tier)), channel: Int(order.channel), at: now)
        guard scratch.short == 0, scratch.parts.count > 0 else {
            flow.exchangesRefunded += 1
            refundExchange(slot, at: now)
            return false
        }
        for index in 0..<scratch.parts.count {
            let part = scratch.parts[index]
            stock.reserve(part.quantity, row: Int(part.row), sku: Int(part.sku), channel: Int(order.channel))
        }
        store(slot, kept: scratch.parts.count)
        pool.orders[slot].hold = .held
        pool.orders[slot].state = .released
        // Whoever fetched the goods has them sent.
        pool.orders[slot].flags.remove(.isPickup)
        pool.orders[slot].picked = 0
        pool.orders[slot].parcelsToShip = UInt8(scratch.parcels)
        (pool.orders[slot].lastDeparture, pool.orders[slot].lastArrival) = (0, 0)
        queuePicks(slot, at: now)
        flow.exchanges += 1
        if isObserved(slot) { tell(at: now, .exchangeSent(nodes: nodeCodes(scratch.nodes))) }
        return true
    }

    /// The goods came back for an exchange that cannot be sent: the money goes back after all.
    private mutating func refundExchange(_ slot: Int, at now: Int64) {
        let order = pool.orders[slot]
        var totals = SaleTotals()
        var place = order.returnsHead
        while place >= 0 {
            let line = pool.returns[Int(place)]
            postRefund(line, channel: Int(order.channel), day: day(of: now), totals: &totals)
            place = line.next
        }
        controlReturn(totals)
        pool.orders[slot].settled -= totals.due + totals.subsidy - totals.commission
        if isObserved(slot) { tell(at: now, .returned(lines: 0, refund: Amount(minor: totals.due))) }
    }

    /// A part of an exchange that nobody can send after all: the money paid for as much of it goes back.
    mutating func refundExchange(_ slot: Int, _ part: LineRow, at now: Int64) {
        var (left, place, totals) = (part.quantity, pool.orders[slot].returnsHead, SaleTotals())
        while place >= 0 && left > 0 {
            var line = pool.returns[Int(place)]
            let next = line.next
            if line.sku == part.sku && line.quantity > 0 {
                let units = min(left, line.quantity)
                let isRest = units == line.quantity
                line.due = isRest ? line.due : line.due * Int64(units) / Int64(line.quantity)
                line.subsidy = isRest ? line.subsidy : line.subsidy * Int64(units) / Int64(line.quantity)
                pool.returns[Int(place)].quantity -= units
                pool.returns[Int(place)].due -= line.due
                pool.returns[Int(place)].subsidy -= line.subsidy
                left -= units
                postRefund(line, channel: Int(pool.orders[slot].channel), day: day(of: now), totals: &totals)
            }
            place = next
        }
        controlReturn(totals)
        pool.orders[slot].settled -= totals.due + totals.subsidy - totals.commission
        if isObserved(slot) { tell(at: now, .returned(lines: 0, refund: Amount(minor: totals.due))) }
    }
}
