import Foundation
import NumericCore
import Retail

@testable import Simulation

/// Placing, promising, paying.
extension PlainShop {
    func place(_ order: Order, _ now: Int64) {
        live.append(order)
        let wanted = lines[order.arrival.id] ?? []
        var basket: [Bought] = []
        var (asked, taken): (Int64, Int64) = (0, 0)
        for line in wanted {
            let (sku, quantity) = (Int(line.sku), Int64(line.quantity))
            let accepted = min(quantity, onOffer(order.channel, sku, now))
            asked += quantity
            self.asked[sku] += quantity
            taken += accepted
            if accepted > 0 { basket.append(buy(sku, accepted, order, now)) }
        }
        order.isCut = taken < asked
        if !basket.isEmpty {
            chase(order, &basket, now)
            save(order, &basket, now)
            addGift(order, &basket, now)
        }
        for line in basket {
            post(.priceCuts, .listValue, line.cut)
            post(.merchantDiscounts, .listValue, line.discount)
            post(.platformDiscounts, .listValue, line.subsidy)
            post(.ordered, .listValue, line.due)
        }
        order.parts = basket.map {
            Part(sku: $0.sku, quantity: $0.quantity, sale: $0.sale, due: $0.due, subsidy: $0.subsidy)
        }
        order.due = basket.reduce(0) { $0 + $1.due }
        let list = basket.reduce(0) { $0 + $1.list }
        if let limit = world.handling.priceAnomaly { order.isOdd = list - order.due > limit.of(list) }
        findPresale(order)
        order.isPickup = asksForPickup(order)
        tell(
            order, now,
            .placed(
                channel: world.channels[order.channel].channel.code, region: world.network.regions[order.region].code,
                lines: wanted.count, units: asked, accepted: taken, due: Amount(minor: order.due)))
        if basket.isEmpty { return finish(order, .lost, now) }
        setTerms(order, now)
        let waits = order.deduction == .atPayment || (order.deduction == .atDeposit && order.presale != nil)
        if waits { commit(order, 1) } else if !promise(order, now) { return }
        toPay.append(order)
    }

    /// Counts an order's presale units against what is to come, or takes them back.
    func commit(_ order: Order, _ sign: Int64) {
        for part in order.parts where part.sale >= 0 && world.promotions[part.sale].promisesReceipts {
            committed[part.sku] += sign * part.quantity
            order.isCommitted = sign > 0
        }
    }

    func endCommitment(_ order: Order) { if order.isCommitted { commit(order, -1) } }

    func findPresale(_ order: Order) {
        for part in order.parts where part.sale >= 0 {
            guard case .presale(let terms) = world.promotions[part.sale].effect else { continue }
            order.deposit += terms.deposit.of(part.due)
            if let known = order.presale, case .presale(let other) = world.promotions[known].effect,
                other.balanceBegins >= terms.balanceBegins
            {
                continue
            }
            order.presale = part.sale
        }
    }

    /// When the order takes its stock, and when it is dropped: of the promotions it takes part in, the earliest and the
    /// shortest; else as its channel says.
    func setTerms(_ order: Order, _ now: Int64) {
        var part = order.promotions
        for line in order.parts {
            if line.sale >= 0 { part.append(line.sale) }
            if line.sale == -1 || line.sale == -3, let cut = cutPrice(line.sku, order.channel, now).cut {
                part.append(cut)
            }
        }
        let plan = world.channels[order.channel]
        let deductions = part.compactMap { world.promotions[$0].deduction }
        order.deduction = deductions.min { $0.rank < $1.rank } ?? plan.deduction
        order.timeOut =
            part.compactMap { world.promotions[$0].timeOut?.microseconds }.min() ?? plan.timeOut.microseconds
    }

    /// Reserves what a plan can send; the rest leaves the order. False when nothing is left of it.
    func promise(_ order: Order, _ now: Int64) -> Bool {
        endCommitment(order)
        var plan = pickupPlan(order) ?? plan(order, channel: order.channel, now)
        // A gift goes with goods or not at all.
        if plan.parts.allSatisfy({ $0.isGift || $0.row < 0 }) {
            for index in plan.parts.indices { plan.parts[index].row = -1 }
        }
        for part in plan.parts where part.row >= 0 { reserve(order.channel, part) }
        var bought: Int64 = 0
        for part in plan.parts where part.row < 0 {
            if !part.isGift {
                bought += part.quantity
                giveBackFlash(part)
            }
            postOversold(order, part)
        }
        if bought > 0 {
            order.isCut = true
            post(.compensation, .accrued, world.costs.oversoldCompensation.minor)
        }
        let short = plan.parts.filter { $0.row < 0 }.reduce(0) { $0 + $1.quantity }
        tell(order, now, .reserved(nodes: plan.nodes.map { world.network.nodes[$0].code }, short: short))
        order.parts = plan.parts.filter { $0.row >= 0 }
        if order.parts.isEmpty {
            giveBack(order)
            returnDeposit(order)
            finish(order, .oversold, now)
            return false
        }
        order.nodes = plan.nodes
        order.tier = plan.tier
        order.isHeld = true
        return true
    }

    /// What cannot be sent is taken off the order book, and refunded when it has been paid.
    func postOversold(_ order: Order, _ part: Part) {
        order.due -= part.due
        post(.droppedOversold, order.paidAt > 0 ? .orderedPaid : .ordered, part.due)
        if order.paidAt > 0 {
            post(.prepayments, .receivable, part.due)
            post(.prepayments, .subsidyReceivable, part.subsidy)
        }
    }

    // MARK: Money

    func pay() {
        for order in toPay where !order.state.isFinal {
            let placed = order.arrival.time
            if random(.payment, order.entity).uniform(at: 0) < world.channels[order.channel].channel.paidShare.fraction
            {
                let seconds = world.payment.lag.quantile(random(.paymentLag, order.entity).uniform(at: 0))
                let lag = Int64(min(seconds, 1e9) * 1e6)
                if lag < order.timeOut {
                    add(Record(time: placed + lag, kind: .paid, id: order.arrival.id, order: order))
                    continue
                }
            }
            let draws = random(.withdrawal, order.entity)
            if draws.uniform(at: 0) < world.payment.withdrawn.fraction {
                let lag = Int64(draws.uniform(at: 1) * Double(order.timeOut))
                add(Record(time: placed + lag, kind: .cancelled, id: order.arrival.id, order: order))
            } else {
                add(Record(time: placed + order.timeOut, kind: .timedOut, id: order.arrival.id, order: order))
            }
        }
        toPay = []
    }

    func timeOut(_ order: Order, _ now: Int64) {
        let forfeits = order.hasDeposited
        tell(order, now, forfeits ? .forfeited(Amount(minor: order.deposit)) : .timedOut)
        drop(order)
        if forfeits {
            post(.deposits, .forfeits, order.deposit)
            order.settled = order.deposit
            settle(order)
        }
        finish(order, forfeits ? .forfeited : .unpaid, now)
    }

    func drop(_ order: Order) {
        release(order)
        giveBack(order)
        post(.droppedUnpaid, .ordered, order.due)
    }

    func returnDeposit(_ order: Order) {
        if order.hasDeposited && order.paidAt == 0 { post(.deposits, .receivable, order.deposit) }
    }

    func receiveDeposit(_ order: Order, _ now: Int64) {
        guard let number = order.presale, case .presale(let terms) = world.promotions[number].effect else { return }
        order.hasDeposited = true
        post(.receivable, .deposits, order.deposit)
        tell(order, now, .deposited(Amount(minor: order.deposit), balanceFrom: terms.balanceBegins))
        if !order.isHeld && order.deduction == .atDeposit && !promise(order, now) { return }
        let draws = random(.balance, order.entity)
        var time = Int64.max
        if draws.uniform(at: 0) < terms.balancePaid.fraction {
            let (begins, ends) = (terms.balanceBegins.microseconds, terms.balanceEnds.microseconds)
            let (choice, uniform) = (draws.uniform(at: 1), draws.uniform(at: 2))
            if choice < terms.atOnce.fraction {
                time = begins + Int64(-log1p(-uniform) * 90e6)
            } else if choice < terms.atOnce.fraction + terms.withinTheHour.fraction {
                time = begins + Int64(-log1p(-uniform) * 2_400e6)
            } else {
                time = begins + Int64(uniform * Double(ends - begins))
            }
            time = max(now, time)
        }
        let isPaid = time < terms.balanceEnds.microseconds
        add(
            Record(
                time: isPaid ? time : max(now, terms.balanceEnds.microseconds), kind: isPaid ? .paid : .timedOut,
                id: order.arrival.id, order: order))
    }

    func receivePayment(_ order: Order, _ now: Int64) {
        if order.presale != nil {
            if !order.hasDeposited { return receiveDeposit(order, now) }
            post(.deposits, .receivable, order.deposit)
        }
        order.paidAt = now
        order.state = .paid
        tell(order, now, .paid(Amount(minor: order.due)))
        let subsidy = order.parts.reduce(0) { $0 + $1.subsidy }
        post(.orderedPaid, .ordered, order.due)
        post(.receivable, .prepayments, order.due)
        post(.subsidyReceivable, .prepayments, subsidy)
        if !order.isHeld && !promise(order, now) { return }
        if random(.cancellation, order.entity).uniform(at: 0) < world.afterSales.cancellationRate.fraction {
            var draws = random(.cancellationLag, order.entity)
            let delay = draws.exponential(mean: Double(world.afterSales.cancellationDelay.microseconds))
            add(
                Record(time: now + Int64(min(delay, 1e15)), kind: .cancelled, id: order.arrival.id, order: order))
        }
        toHandle.append(order)
    }

    func cancel(_ order: Order, isFraud: Bool, _ now: Int64) {
        if order.state == .placed {
            tell(order, now, .withdrawn)
            drop(order)
            return finish(order, .withdrawn, now)
        }
        if order.state == .paid {
            tell(order, now, isFraud ? .rejected : .cancelled)
            release(order)
            giveBack(order)
            post(.droppedCancelled, .orderedPaid, order.due)
            post(.prepayments, .receivable, order.due)
            post(.prepayments, .subsidyReceivable, order.parts.reduce(0) { $0 + $1.subsidy })
            finish(order, isFraud ? .rejected : .cancelled, now)
            return
        }
        if order.isExchange || order.state != .released { return }
        tell(order, now, .cancelledTooLate)
        if order.leftToPick == order.nodes.count { order.isRefused = true }
    }
}
