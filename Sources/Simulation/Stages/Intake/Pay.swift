import Foundation
import NumericCore
import Retail

/// A new order on its way to payment.
struct UnpaidOrder: BitwiseCopyable {
    var slot: Int32
    /// Microseconds after which it is dropped.
    var timeOut: Int64
    /// Microseconds from order to payment; -1 is never.
    var lag: Int64
    var luck: OrderLuck
}

/// Stage 3: who pays, when, and what becomes of orders that are not paid in time.
extension Replication {
    /// Puts the payment (or the deposit), the buyer's withdrawal or the time-out of this slice's new orders on the
    /// wheel.
    mutating func pay() {
        let withdrawn = prepared.world.payment.withdrawn.fraction
        let knowsPayment = self.knowsPayment
        for index in 0..<toPay.count {
            let slot = Int(toPay[index].slot)
            let timeOut = toPay[index].timeOut
            let order = pool.orders[slot]
            let lag = toPay[index].lag
            if lag >= 0 && lag < timeOut {
                let luck = toPay[index].luck
                if knowsPayment && order.hold == .held && order.presale < 0 && !order.isOdd
                    && luck.isDisjoint(with: .findings)
                {
                    payAtOnce(
                        slot, at: wheel.grid.time(order.placed + lag, after: order.placed),
                        isCancelled: luck.contains(.isCancelled))
                    continue
                }
                wheel.add(Event(time: order.placed + lag, id: order.id, slot: Int32(slot), kind: .paid))
                continue
            }
            if withdrawn > 0 {
                let draws = random(.withdrawal, entity(of: order))
                if draws.uniform(at: 0) < withdrawn {
                    let lag = Int64(draws.uniform(at: 1) * Double(timeOut))
                    wheel.add(Event(time: order.placed + lag, id: order.id, slot: Int32(slot), kind: .cancelled))
                    continue
                }
            }
            wheel.add(Event(time: order.placed + timeOut, id: order.id, slot: Int32(slot), kind: .timedOut))
        }
        toPay.removeAll()
    }

    /// The order, or the balance of a presale, was not paid: its stock goes back to the pool.
    mutating func timeOut(_ slot: Int, at now: Int64) {
        let presale = Int(pool.orders[slot].presale)
        let deposit = presale >= 0 && pool.presales[presale].paidAt > 0 ? pool.presales[presale].deposit : -1
        if isObserved(slot) { tell(at: now, deposit < 0 ? .timedOut : .forfeited(Amount(minor: deposit))) }
        drop(slot, at: now)
        if deposit >= 0 {
            postForfeit(slot, deposit, at: now)
            counters.trade.presalesForfeited += 1
            presales[Int(pool.presales[presale].promotion)].forfeited += 1
        }
        finish(slot, deposit < 0 ? .unpaid : .forfeited, at: now)
    }

    /// The buyer calls the order off before paying.
    mutating func withdraw(_ slot: Int, at now: Int64) {
        if isObserved(slot) { tell(at: now, .withdrawn) }
        drop(slot, at: now)
        finish(slot, .withdrawn, at: now)
    }

    private mutating func drop(_ slot: Int, at now: Int64) {
        releaseHold(slot)
        giveBackCaps(slot)
        postUnpaid(slot, day: day(of: now))
    }

    /// The money is in, of a presale first the deposit. Where stock is deducted at payment, it is promised now, and may
    /// be gone.
    mutating func receivePayment(_ slot: Int, at now: Int64) {
        let order = pool.orders[slot]
        if order.presale >= 0 {
            if pool.presales[Int(order.presale)].paidAt == 0 { return receiveDeposit(slot, at: now) }
            postDepositUse(slot, pool.presales[Int(order.presale)].deposit, day: day(of: now))
            let promotion = Int(pool.presales[Int(order.presale)].promotion)
            presales[promotion].paid += 1
            presales[promotion].paidValue += order.due
            pool.recyclePresale(of: slot)
        }
        notePayment(slot, at: now)
        let isCancelled = luck(of: order).contains(.isCancelled)
        if order.hold == .none {
            gather(slot)
            let home = homeNode(region: Int(order.region), asked: Int(order.askedTier))
            guard promise(slot, at: now, home: home) else { return }
        }
        if isCancelled { drawCancellation(slot, at: now) }
        toHandle.append(Int32(slot))
    }

    private mutating func notePayment(_ slot: Int, at now: Int64) {
        let order = pool.orders[slot]
        pool.orders[slot].paidAt = now
        pool.orders[slot].state = .paid
        counters.ordersPaid += 1
        flow.timePaying += now - order.placed
        counters.channelPaid[Int(order.channel)] += order.due
        if isObserved(slot) { tell(at: now, .paid(Amount(minor: order.due))) }
        postPayment(slot, day: day(of: now))
    }

    /// When the buyer calls the order off.
    private mutating func drawCancellation(_ slot: Int, at now: Int64) {
        var lag = random(.cancellationLag, entity(of: pool.orders[slot]))
        let delay = lag.exponential(mean: afterSales.cancellationDelay)
        let time = wheel.grid.time(now + Int64(min(delay, 1e15)), after: now)
        wheel.add(Event(time: time, id: pool.orders[slot].id, slot: Int32(slot), kind: .cancelled))
    }

    /// Whether nothing but the buyer's own doing stands between an order that holds its stock and its payment: no count
    /// of the shelves takes lines from it, no other order joins it, nobody looks for fraud.
    private var knowsPayment: Bool {
        mutating get {
            stock.drifts.count == 0 && prepared.world.handling.mergeWindow == nil
                && prepared.world.handling.fraud.share == .zero
        }
    }

    /// The payment of an order that holds its stock and that no clerk will look at changes nothing others see: it is
    /// posted at its own time as soon as it is known, and the next record is the order's release.
    private mutating func payAtOnce(_ slot: Int, at now: Int64, isCancelled: Bool) {
        let id = pool.orders[slot].id
        ledger.open(order: id, at: now)
        if observed != .max { ledger.keepsJournal = id == observed }
        notePayment(slot, at: now)
        if isCancelled { drawCancellation(slot, at: now) }
        let captured = captured(paid: now)
        if isObserved(slot) { tell(at: captured, .reviewed(byClerk: false)) }
        wheel.add(
            Event(time: wheel.grid.time(captured, after: now), id: id, slot: Int32(slot), kind: .released))
    }

    /// The deposit is in: stock is promised when it is deducted now, and the balance falls due in its window.
    private mutating func receiveDeposit(_ slot: Int, at now: Int64) {
        let order = pool.orders[slot]
        let row = pool.presales[Int(order.presale)]
        let balance = prepared.balances[Int(row.promotion)]
        pool.presales[Int(order.presale)].paidAt = max(1, now)
        counters.trade.depositsPaid += 1
        presales[Int(row.promotion)].deposits += 1
        presales[Int(row.promotion)].deposited += row.deposit
        postDeposit(slot, row.deposit, day: day(of: now))
        if isObserved(slot) {
            tell(
                at: now,
                .deposited(Amount(minor: row.deposit), balanceFrom: Instant(microseconds: balance.begins)))
        }
        if order.hold == .none && order.flags.contains(.deductsAtDeposit) {
            gather(slot)
            let home = homeNode(region: Int(order.region), asked: Int(order.askedTier))
            guard promise(slot, at: now, home: home) else { return }
        }
        let draws = random(.balance, entity(of: order))
        var time = Int64.max
        if draws.uniform(at: 0) < balance.paid { time = max(now, balanceTime(balance, draws)) }
        if time < balance.ends {
            wheel.add(Event(time: time, id: order.id, slot: Int32(slot), kind: .paid))
        } else {
            wheel.add(Event(time: max(now, balance.ends), id: order.id, slot: Int32(slot), kind: .timedOut))
        }
    }

    /// When a balance is paid: at once, within the hour, or at any moment of the window.
    private mutating func balanceTime(_ balance: BalanceWindow, _ draws: RandomStream) -> Int64 {
        let (choice, uniform) = (draws.uniform(at: 1), draws.uniform(at: 2))
        if choice < balance.atOnce { return balance.begins + Int64(-log1p(-uniform) * 90e6) }
        if choice < balance.atOnce + balance.withinTheHour { return balance.begins + Int64(-log1p(-uniform) * 2_400e6) }
        return balance.begins + Int64(uniform * Double(balance.ends - balance.begins))
    }
}
