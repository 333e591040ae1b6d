import Foundation
import NumericCore
import Retail

@testable import Simulation

/// What comes back.
extension PlainShop {
    /// Goods of a front warehouse come back to the node it is replenished from.
    func returnRow(_ row: Int) -> Int {
        let node = rows[row].node
        guard world.network.nodes[node].kind == .front, let above = world.network.upstream[node] else { return row }
        return rows.firstIndex { $0.sku == rows[row].sku && $0.node == above.position } ?? row
    }

    func takeBack(_ order: Order, _ now: Int64) {
        let reasons = world.afterSales.reasons
        if !order.isRefused && !reasons.isEmpty {
            let uniform = random(.returnReason, order.entity).uniform(at: 0)
            var sum = 0.0
            order.reason = reasons.count - 1
            for (place, reason) in reasons.enumerated().reversed() {
                sum = reasons[...place].reduce(0) { $0 + $1.share.fraction }
                if uniform < sum && reason.share > .zero { order.reason = place }
            }
        }
        if !order.isRefused {
            let uniform = random(.exchange, order.entity).uniform(at: 0)
            order.isExchange = uniform < world.afterSales.exchangeShare.fraction
        }
        for part in order.backs {
            let row = returnRow(part.row)
            rows[row].book += part.quantity
            rows[row].blocked += part.quantity
            returnLot(row, part.quantity, now)
            post(.inventory, .costOfGoods, cost(part))
        }
        let refunded = order.isExchange ? 0 : refund(order)
        let isCarried = order.isRefused ? !order.isPickup : !order.isInsured
        if !isCarried && !order.isRefused { seen.insert("insurer pays") }
        if isCarried && (order.isRefused || reasons.isEmpty || reasons[order.reason].merchantPays) {
            post(.returnFreight, .carrierPayable, minor(world.afterSales.returnFreight.units))
        }
        tell(order, now, .returned(lines: order.backs.count, refund: Amount(minor: refunded)))
        if order.isExchange { tell(order, now, .exchangeAsked) }
        add(
            Record(
                time: now + world.afterSales.inspection.microseconds, kind: .inspected, id: order.arrival.id,
                order: order))
    }

    /// Gives the money back for what came back; returns what the buyer gets.
    private func refund(_ order: Order) -> Int64 { refund(order, order.backs) }

    /// A part of an exchange that cannot be sent: the money for as many units.
    func refundPart(_ order: Order, _ part: Part, _ now: Int64) {
        var (left, paid): (Int64, [Part]) = (part.quantity, [])
        for place in order.backs.indices where order.backs[place].sku == part.sku && order.backs[place].quantity > 0 {
            let back = order.backs[place]
            var piece = back
            piece.quantity = min(left, back.quantity)
            if piece.quantity == 0 { continue }
            if piece.quantity < back.quantity {
                piece.due = back.due * piece.quantity / back.quantity
                piece.subsidy = back.subsidy * piece.quantity / back.quantity
            }
            order.backs[place].quantity -= piece.quantity
            order.backs[place].due -= piece.due
            order.backs[place].subsidy -= piece.subsidy
            left -= piece.quantity
            paid.append(piece)
        }
        tell(order, now, .returned(lines: 0, refund: Amount(minor: refund(order, paid))))
    }

    private func refund(_ order: Order, _ parts: [Part]) -> Int64 {
        for part in parts {
            let tax = self.tax(in: part.due + part.subsidy)
            let commission = world.channels[order.channel].channel.commission.of(part.due)
            post(.refunds, .receivable, part.due - tax)
            post(.vatPayable, .receivable, tax)
            post(.refunds, .subsidyReceivable, part.subsidy)
            post(.receivable, .commission, commission)
            order.settled -= part.due + part.subsidy - commission
        }
        return parts.reduce(0) { $0 + $1.due }
    }

    func inspect(_ order: Order, _ now: Int64) {
        var (restocked, written): (Int64, Int64) = (0, 0)
        let hasReason = !order.isRefused && !world.afterSales.reasons.isEmpty
        let share =
            (hasReason ? world.afterSales.reasons[order.reason].restockShare : world.afterSales.restockShare).fraction
        for (number, part) in order.backs.enumerated() {
            let row = returnRow(part.row)
            rows[row].blocked -= part.quantity
            let uniform = random(.returnCondition, order.entity).uniform(at: UInt32(number))
            if uniform < share {
                giveQuota(order.channel, part.sku, part.quantity)
                restockLots(row, part.quantity)
                announce(row, part.quantity, now)
                restocked += part.quantity
            } else if random(.returnCondition, order.entity).uniform(at: 1 << 20 + UInt32(number))
                < world.afterSales.secondShare.fraction
            {
                rows[row].blocked += part.quantity
                restockLots(row, part.quantity, as: .second)
            } else {
                rows[row].book -= part.quantity
                takeLots(row, part.quantity, .inspection)
                post(.writeDown, .inventory, cost(part))
                written += part.quantity
            }
        }
        tell(order, now, .inspected(restocked: restocked, writtenDown: written))
        if order.isExchange && sendExchange(order, now) { return }
        settle(order)
        finish(order, order.isRefused ? .refused : order.isAllBack ? .returned : .returnedInPart, now)
    }

    func settle(_ order: Order) {
        var draws = random(.settlement, order.entity)
        var paid = order.settled
        if draws.bernoulli(world.costs.settlementErrorRate.fraction) {
            paid -= world.costs.settlementErrorSize.of(order.settled)
        }
        post(.cash, .receivable, paid)
    }

    // MARK: Exchange

    /// The same goods again, where they are to be had; else the money after all.
    func sendExchange(_ order: Order, _ now: Int64) -> Bool {
        let wanted = order.backs.map { Part(sku: $0.sku, quantity: $0.quantity, due: 0, subsidy: 0) }
        let plan = joined(wanted) { self.plan($0, order, asked: max(1, order.tier), order.channel, now) }
        guard plan.parts.allSatisfy({ $0.row >= 0 }) else {
            tell(order, now, .returned(lines: 0, refund: Amount(minor: refund(order))))
            return false
        }
        for part in plan.parts { reserve(order.channel, part) }
        (order.parts, order.nodes, order.tier) = (plan.parts, plan.nodes, plan.tier)
        (order.isHeld, order.state, order.isPickup) = (true, .released, false)
        (order.picked, order.leftToPick, order.leftToShip) = ([], plan.nodes.count, plan.nodes.count)
        (order.lastDeparture, order.lastArrival) = (0, 0)
        for parcel in order.nodes.indices { toFulfil.append((order, parcel, false, now)) }
        tell(order, now, .exchangeSent(nodes: plan.nodes.map { world.network.nodes[$0].code }))
        return true
    }
}
