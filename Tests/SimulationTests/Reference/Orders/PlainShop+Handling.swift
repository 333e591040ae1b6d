import Foundation
import NumericCore
import Retail

@testable import Simulation

/// Review, merging, release to the warehouse.
extension PlainShop {
    func handle() {
        let plan = world.handling
        for order in toHandle where !order.state.isFinal {
            let interval = plan.captureInterval.microseconds
            let captured = afterPause((order.paidAt + interval - 1) / interval * interval)
            if captured > (order.paidAt + interval - 1) / interval * interval { seen.insert("paused") }
            let (found, alarm) = examine(order)
            let (looks, waits) = findings(order)
            let byClerk = looks || alarm
            var released = captured
            if byClerk {
                var draws = random(.reviewTime, order.entity)
                let service = Int64(draws.exponential(mean: Double(plan.reviewTime.microseconds)))
                let start = serve(&clerks, from: captured, service, opens: plan.opens, closes: plan.closes)
                released = start + service
            }
            if waits {
                var draws = random(.answerTime, order.entity)
                released += Int64(min(draws.exponential(mean: Double(plan.answerTime.microseconds)), 1e13))
                seen.insert("asked for the address")
            }
            tell(order, released, .reviewed(byClerk: byClerk))
            if found {
                add(Record(time: released, kind: .cancelled, id: order.arrival.id, part: 1, order: order))
                continue
            }
            if let window = plan.mergeWindow?.microseconds {
                if merge(order, released) { continue }
                waiting["\(buyer(order)) \(order.channel)"] = (order, released + window)
                released += window
            }
            add(Record(time: released, kind: .released, id: order.arrival.id, order: order))
        }
        toHandle = []
    }

    /// Whether somebody must look at an order, and whether its buyer must answer.
    func findings(_ order: Order) -> (looks: Bool, waits: Bool) {
        let plan = world.handling
        let isDrawn = random(.review, order.entity).uniform(at: 0) >= plan.automaticShare.fraction
        let hasFault = random(.addressFault, order.entity).uniform(at: 0) < plan.addressFaults.fraction
        let hasRemark = random(.remark, order.entity).uniform(at: 0) < plan.remarks.fraction
        return (isDrawn || hasFault || hasRemark || order.isOdd, hasFault)
    }

    /// The fraud rule: fraud it finds, and honest orders it takes for fraud. What it misses is charged back.
    func examine(_ order: Order) -> (found: Bool, alarm: Bool) {
        let plan = world.handling.fraud
        let draws = random(.fraud, order.entity)
        let isFraud = draws.uniform(at: 0) < plan.share.fraction
        let isFlagged =
            plan.share > .zero && draws.uniform(at: 1) < (isFraud ? plan.detection : plan.falseAlarms).fraction
        if isFraud && !isFlagged { post(.compensation, .accrued, order.due) }
        return (isFraud && isFlagged, isFlagged)
    }

    /// An order goes with another of its buyer and channel that waits, when both are one parcel of one node and tier.
    func merge(_ order: Order, _ now: Int64) -> Bool {
        guard let (host, until) = waiting["\(buyer(order)) \(order.channel)"], until >= now, host.state == .paid,
            host.isHeld, order.isHeld, host.nodes.count == 1, host.nodes == order.nodes, host.tier == order.tier,
            host.isPickup == order.isPickup
        else { return false }
        host.parts += order.parts
        host.due += order.due
        if order.isCut { host.isCut = true }
        order.isHeld = false
        tell(order, now, .merged(into: OrderID(bits: host.arrival.id)))
        finish(order, .merged, now)
        return true
    }

    // MARK: Release

    func route(_ order: Order, _ now: Int64) {
        guard order.state == .paid else { return }
        let node = order.nodes[0]
        let isBusy = (stations[node].min() ?? 0) > now || isOut(node, now)
        let isMoved = order.presale != nil && world.replenishment.presaleMoves != nil
        let mustMove = order.nodes.count > 1 || isBusy || isMoved || (order.tier == 0 && !isReadyForTheHour(node, now))
        if mustMove && !order.isPickup {
            for part in order.parts { rows[part.row].reserved -= part.quantity }
            let plan = plan(order, channel: -1, now)
            if plan.parts.allSatisfy({ $0.row >= 0 }) {
                (order.parts, order.nodes, order.tier) = (plan.parts, plan.nodes, plan.tier)
            }
            for part in order.parts { rows[part.row].reserved += part.quantity }
        }
        if throttles(order, now) {
            let again = now + world.handling.retryInterval.microseconds
            return add(Record(time: again, kind: .released, id: order.arrival.id, order: order))
        }
        order.state = .released
        order.released = now
        order.leftToPick = order.nodes.count
        order.leftToShip = order.nodes.count
        if random(.refusal, order.entity).uniform(at: 0) < world.afterSales.refusalRate.fraction {
            order.isRefused = true
        }
        order.promise = promise(order)
        tell(
            order, now,
            .routed(
                nodes: order.nodes.map { world.network.nodes[$0].code }, tier: ServiceTier.allCases[order.tier],
                promise: Instant(microseconds: order.promise)))
        for parcel in order.nodes.indices { toFulfil.append((order, parcel, false, now)) }
    }

    /// Whether a node that is to send a parcel has too much work waiting when it is open.
    func throttles(_ order: Order, _ now: Int64) -> Bool {
        guard let limit = world.handling.releaseBacklog?.microseconds else { return false }
        let isFull = order.nodes.contains { node in
            let place = world.network.nodes[node]
            let free = inShift(max(stations[node].min() ?? 0, now), opens: place.opens, closes: closes(node))
            return free - inShift(now, opens: place.opens, closes: closes(node)) > limit
        }
        if isFull { seen.insert("held back") }
        return isFull
    }

    func promise(_ order: Order) -> Int64 {
        if order.tier == 0 { return order.paidAt + Self.hour }
        var day = order.paidAt / Self.day
        if order.paidAt % Self.day > Int64(world.network.nodes[order.nodes[0]].cutOff) * 1_000_000 { day += 1 }
        let isExport = order.tier == 3 && world.network.regions[order.region].isExport
        day += Int64(isExport ? world.routing.exportPromiseDays : world.routing.promiseDays[order.tier])
        return (day + 1) * Self.day
    }
}
