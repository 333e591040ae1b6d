import NumericCore
import Retail

/// Stage 3: who pays, when, and what becomes of orders that are not paid in time.
extension Replication {
    /// Puts the payment or the time-out of this slice's new orders on the wheel.
    mutating func pay() {
        for index in 0..<toPay.count {
            let slot = Int(toPay[index])
            let order = pool.orders[slot]
            let channel = Int(order.channel)
            let uniforms = random(.payment, order.entity)
            let timeOut = terms.timeOuts[channel]
            if uniforms.uniform(at: 0) < terms.paidShares[channel] {
                let seconds = prepared.world.payment.lag.quantile(random(.paymentLag, order.entity).uniform(at: 0))
                let lag = Int64(min(seconds, 1e9) * 1e6)
                if lag < timeOut {
                    wheel.add(Event(time: order.placed + lag, id: order.id, slot: Int32(slot), kind: .paid))
                    continue
                }
            }
            wheel.add(Event(time: order.placed + timeOut, id: order.id, slot: Int32(slot), kind: .timedOut))
        }
        toPay.removeAll()
    }

    /// The order was not paid: its stock goes back to the pool.
    mutating func timeOut(_ slot: Int, at now: Int64) {
        if isObserved(slot) { tell(at: now, .timedOut) }
        releaseHold(slot)
        giveBackCaps(slot)
        postUnpaid(slot, day: day(of: now))
        finish(slot, .unpaid, at: now)
    }

    /// The money is in. Where stock is deducted at payment, it is promised now, and may be gone.
    mutating func receivePayment(_ slot: Int, at now: Int64) {
        let order = pool.orders[slot]
        pool.orders[slot].paidAt = now
        pool.orders[slot].state = .paid
        counters.ordersPaid += 1
        flow.timePaying += now - order.placed
        counters.channelPaid[Int(order.channel)] += order.due
        if isObserved(slot) { tell(at: now, .paid(Amount(minor: order.due))) }
        postPayment(slot, day: day(of: now))
        if order.hold == .none {
            gather(slot)
            let home = homeNode(region: Int(order.region), asked: Int(order.askedTier))
            guard promise(slot, at: now, home: home) else { return }
        }
        let uniforms = random(.cancellation, order.entity)
        let plan = prepared.world.afterSales
        if uniforms.uniform(at: 0) < plan.cancellationRate.fraction {
            var lag = random(.cancellationLag, order.entity)
            let delay = lag.exponential(mean: Double(plan.cancellationDelay.microseconds))
            wheel.add(Event(time: now + Int64(min(delay, 1e15)), id: order.id, slot: Int32(slot), kind: .cancelled))
        }
        toHandle.append(Int32(slot))
    }
}
