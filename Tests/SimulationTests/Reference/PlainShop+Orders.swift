import Foundation
import NumericCore
import Retail

@testable import Simulation

/// Placing, paying, handling.
extension PlainShop {
    /// Price after the deepest of the cuts that run, and the merchant's part of the cut.
    private func priceNow(_ sku: Int, _ channel: Int, _ now: Int64) -> (price: Int64, share: Int64) {
        let list = world.skus.listPrices[sku].units
        var best = (price: list, share: Int64(1_000_000))
        for promotion in world.promotions {
            guard case .priceCut(let depth) = promotion.effect, promotion.scope[sku],
                promotion.begins.microseconds <= now, now < promotion.ends.microseconds,
                promotion.channel == nil || promotion.channel?.position == channel
            else { continue }
            let cut = list - depth.of(list)
            if cut < best.price { best = (cut, promotion.merchantShare.partsPerMillion) }
        }
        return best
    }

    func place(_ order: Order, _ now: Int64) {
        var asked: Int64 = 0
        let wanted = lines[order.arrival.id] ?? []
        for line in wanted {
            let (sku, quantity) = (Int(line.sku), Int64(line.quantity))
            asked += quantity
            let accepted = min(quantity, figure(order.channel, sku))
            if accepted == 0 { continue }
            let (price, share) = priceNow(sku, order.channel, now)
            let list = minor(world.skus.listPrices[sku].units * accepted)
            let due = minor(price * accepted)
            let merchant = Rate(partsPerMillion: share).of(list - due)
            order.parts.append(Part(sku: sku, quantity: accepted, due: due, subsidy: list - due - merchant))
            post(.priceCuts, .listValue, merchant)
            post(.platformDiscounts, .listValue, list - due - merchant)
            post(.ordered, .listValue, due)
        }
        let accepted = order.parts.reduce(0) { $0 + $1.quantity }
        order.due = order.parts.reduce(0) { $0 + $1.due }
        tell(
            order, now,
            .placed(
                channel: world.channels[order.channel].channel.code, region: world.network.regions[order.region].code,
                lines: wanted.count, units: asked, accepted: accepted, due: Amount(minor: order.due)))
        if order.parts.isEmpty { return finish(order, .lost, now) }
        if world.channels[order.channel].deduction == .atOrder && !promise(order, now) { return }
        toPay.append(order)
    }

    /// Reserves what a plan can send; the rest leaves the order. False when nothing is left of it.
    private func promise(_ order: Order, _ now: Int64) -> Bool {
        let plan = plan(order, channel: order.channel, now)
        var isShort = false
        for part in plan.parts {
            if part.row >= 0 {
                rows[part.row].reserved += part.quantity
                giveQuota(order.channel, part.sku, -part.quantity)
                shown[order.channel][part.sku] -= part.quantity
                continue
            }
            isShort = true
            order.due -= part.due
            let from: Account = order.paidAt > 0 ? .orderedPaid : .ordered
            post(.droppedOversold, from, part.due)
            if order.paidAt > 0 {
                post(.prepayments, .receivable, part.due)
                post(.prepayments, .subsidyReceivable, part.subsidy)
            }
        }
        if isShort { post(.compensation, .accrued, world.costs.oversoldCompensation.minor) }
        let short = plan.parts.filter { $0.row < 0 }.reduce(0) { $0 + $1.quantity }
        tell(order, now, .reserved(nodes: plan.nodes.map { world.network.nodes[$0].code }, short: short))
        order.parts = plan.parts.filter { $0.row >= 0 }
        if order.parts.isEmpty {
            finish(order, .oversold, now)
            return false
        }
        order.nodes = plan.nodes
        order.tier = plan.tier
        order.isHeld = true
        return true
    }

    func pay() {
        for order in toPay {
            let plan = world.channels[order.channel]
            let placed = order.arrival.time
            if random(.payment, order.entity).uniform(at: 0) < plan.channel.paidShare.fraction {
                let seconds = world.payment.lag.quantile(random(.paymentLag, order.entity).uniform(at: 0))
                let lag = Int64(min(seconds, 1e9) * 1e6)
                if lag < plan.timeOut.microseconds {
                    add(Record(time: placed + lag, kind: .paid, id: order.arrival.id, order: order))
                    continue
                }
            }
            add(Record(time: placed + plan.timeOut.microseconds, kind: .timedOut, id: order.arrival.id, order: order))
        }
        toPay = []
    }

    func timeOut(_ order: Order, _ now: Int64) {
        tell(order, now, .timedOut)
        release(order)
        post(.droppedUnpaid, .ordered, order.due)
        finish(order, .unpaid, now)
    }

    func receivePayment(_ order: Order, _ now: Int64) {
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

    func cancel(_ order: Order, _ now: Int64) {
        if order.state == .paid {
            tell(order, now, .cancelled)
            release(order)
            post(.droppedCancelled, .orderedPaid, order.due)
            post(.prepayments, .receivable, order.due)
            post(.prepayments, .subsidyReceivable, order.parts.reduce(0) { $0 + $1.subsidy })
            finish(order, .cancelled, now)
            return
        }
        if order.state != .released { return }
        tell(order, now, .cancelledTooLate)
        if order.leftToPick == order.nodes.count { order.isRefused = true }
    }

    func handle() {
        let plan = world.handling
        for order in toHandle {
            let interval = plan.captureInterval.microseconds
            var released = (order.paidAt + interval - 1) / interval * interval
            let byClerk = random(.review, order.entity).uniform(at: 0) >= plan.automaticShare.fraction
            if byClerk {
                var draws = random(.reviewTime, order.entity)
                let service = Int64(draws.exponential(mean: Double(plan.reviewTime.microseconds)))
                let first = clerks.indices.min { clerks[$0] < clerks[$1] } ?? 0
                let start = inShift(max(released, clerks[first]), opens: plan.opens, closes: plan.closes)
                clerks[first] = start + service
                released = start + service
            }
            tell(order, released, .reviewed(byClerk: byClerk))
            add(Record(time: released, kind: .released, id: order.arrival.id, order: order))
        }
        toHandle = []
    }

    /// The first moment of a shift at or after a time.
    func inShift(_ time: Int64, opens: Int32, closes: Int32) -> Int64 {
        if opens == closes { return time }
        let midnight = time / Self.day * Self.day
        let (opening, closing) = (midnight + Int64(opens) * 1_000_000, midnight + Int64(closes) * 1_000_000)
        return time < opening ? opening : time < closing ? time : opening + Self.day
    }
}
