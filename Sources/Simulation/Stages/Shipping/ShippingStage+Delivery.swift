import Foundation
import NumericCore
import Retail

/// What departure and delivery of an order bring.
extension ShippingStage {
    /// All that is left of an order whose last parcel is on its way, or lost: departure, delivery, and what comes back.
    mutating func conclude(_ order: OrderRow, _ slot: Int32, at last: Int64) -> Outcome {
        var order = order
        countDeparture(&order)
        ledger.open(order: order.id, at: last)
        return complete(order, slot, at: last)
    }

    /// The last parcel has left: the platform's clock stops, and the way back is insured from now on.
    mutating func countDeparture(_ order: inout OrderRow) {
        if order.isExchange { return }
        tally.ordersShipped += 1
        let shipping = prepared.world.shipping
        let isPresale = order.flags.contains(.isPresale)
        if let limit = isPresale ? shipping.presaleShipWithin ?? shipping.shipWithin : shipping.shipWithin,
            order.lastDeparture - order.paidAt > limit.microseconds
        {
            compensate(shipping.lateShippingCompensation.minor, order, day: day(of: order.lastDeparture))
        } else {
            tally.ordersShippedInTime += 1
        }
        let minute = Int(order.lastDeparture / SliceGrid.microsecondsPerMinute)
        if minute < columns.shipped.count { columns.shipped[minute] += 1 }
        let minutes = Int((order.lastDeparture - order.placed) / SliceGrid.microsecondsPerMinute)
        columns.orderToShip[min(minutes, Counters.histogramMinutes)] += 1
        if afterSales.insured > 0 { insure(&order) }
    }

    /// Everything that will come has come, or will have at that moment.
    mutating func complete(_ order: OrderRow, _ slot: Int32, at now: Int64) -> Outcome {
        if order.isExchange {
            settle(order, day: day(of: now))
            return Outcome(time: now, slot: slot, kind: order.lastDeparture > 0 ? .exchanged : .notExchanged)
        }
        let tier = Int(order.tier)
        tally.ordersDelivered += 1
        columns.tierOrders[tier] += 1
        if !order.late { columns.tierOnTime[tier] += 1 }
        if !order.late && !order.isCut && !order.refused && order.returnsHead < 0 { tally.ordersPerfect += 1 }
        if tier == 0 { countHour(order, at: now) }
        columns.tierHours[tier] += Double(now - order.placed) / 3.6e9
        if isTold(order) { tell(order, at: now, .delivered(onTime: !order.late)) }
        if order.late { compensate(prepared.world.costs.lateCompensation.minor, order, day: day(of: now)) }
        if afterSales.hasService { serve(order, at: now) }
        if order.returnsHead < 0 {
            settle(order, day: day(of: now))
            return Outcome(time: now, slot: slot, kind: .delivered)
        }
        let time = grid.time(returnArrival(order, delivered: now), after: now)
        return Outcome(time: time, slot: slot, kind: .returning, isInsured: order.isInsured)
    }

    /// Counts an order delivered by the tier of the hour; a late one by what took longest.
    private mutating func countHour(_ order: OrderRow, at now: Int64) {
        let node = Int(order.node(0))
        columns.hourOutcomes[HourCounters.place(node, .delivered)] += 1
        guard order.late else { return }
        let (inside, onTheRoad) = (order.lastDeparture - order.paidAt, now - order.lastDeparture)
        let cause: HourCounters.Outcome =
            isLooked(order) ? .lateByReview : inside > onTheRoad ? .lateByPicking : .lateOnTheRoad
        columns.hourOutcomes[HourCounters.place(node, cause)] += 1
    }

    private mutating func compensate(_ amount: Int64, _ order: OrderRow, day: Int) {
        if amount == 0 { return }
        post(debit: .compensation, credit: .accrued, amount, order, day: day)
    }

    /// The channel pays out: the statement is compared with what was expected; small differences are written off,
    /// the others wait for a person.
    mutating func settle(_ order: OrderRow, day: Int) {
        let channel = Int(order.channel)
        let costs = prepared.world.costs
        var draws = random(.settlement, entity(of: order))
        var paid = order.settled
        if draws.bernoulli(costs.settlementErrorRate.fraction) { paid -= costs.settlementErrorSize.of(order.settled) }
        columns.statements[channel] += 1
        columns.expected[channel] += order.settled
        columns.settledPaid[channel] += paid
        if abs(order.settled - paid) <= costs.settlementTolerance.minor { columns.matched[channel] += 1 }
        post(debit: .cash, credit: .receivable, paid, order, day: day)
    }

    // MARK: Beside the goods: insurance of the way back, visits, questions to customer service

    /// The merchant insures the way back of some orders as they leave.
    private mutating func insure(_ order: inout OrderRow) {
        guard random(.insurance, entity(of: order)).uniform(at: 0) < afterSales.insured else { return }
        order.isInsured = true
        tally.insured += 1
        postService(.insurance, afterSales.premium, order, day: day(of: order.lastDeparture))
    }

    /// A delivered order's visits and questions.
    private mutating func serve(_ order: OrderRow, at now: Int64) {
        let entity = entity(of: order)
        let visits = random(.visit, entity)
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
        let number = poissonByInversion(mean: mean, uniform: random(.serviceContact, entity).uniform(at: 0))
        guard number > 0 else { return }
        tally.contacts += Int64(number)
        postService(.service, afterSales.contactCost * Int64(number), order, day: day(of: now))
        if isTold(order) { tell(order, at: now, .contacted(times: Int(number))) }
    }

    private mutating func visit(_ order: OrderRow, _ kind: TraceStep.Visit, at moment: Int64, told now: Int64) {
        tally.visits += 1
        postService(.service, afterSales.visitCost, order, day: day(of: moment))
        if isTold(order) { tell(order, at: now, .visited(kind, on: Instant(microseconds: moment))) }
    }

    private mutating func postService(_ account: Account, _ cost: Int64, _ order: OrderRow, day: Int) {
        if cost == 0 { return }
        post(debit: account, credit: .accrued, cost, order, day: day)
    }
}
