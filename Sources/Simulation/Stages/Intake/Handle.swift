import NumericCore
import Retail

/// Stage 4: capture, review by rule or by clerk, hold, release to the warehouse.
extension Replication {
    /// Takes this slice's paid orders, in the order they were paid, to their release.
    mutating func handle() {
        let plan = prepared.world.handling
        let hasFraud = plan.fraud.share > .zero
        for index in 0..<toHandle.count {
            let slot = Int(toHandle[index])
            let order = pool.orders[slot]
            let captured = captured(paid: order.paidAt)
            var released = captured
            var review = review(order)
            let fraud = hasFraud ? examine(order, plan.fraud, at: captured) : .none
            if fraud != .none { review.byClerk = true }
            if review.byClerk {
                var draw = random(.reviewTime, entity(of: order))
                let service = Int64(draw.exponential(mean: Double(plan.reviewTime.microseconds)))
                released = clerks.serve(0, arrival: captured, service: service) + service
                counters.ordersReviewed += 1
                counters.reviewTime += service
            }
            if review.isHeld {
                var draw = random(.answerTime, entity(of: order))
                released += Int64(min(draw.exponential(mean: Double(plan.answerTime.microseconds)), 1e13))
            }
            if isObserved(slot) { tell(at: released, .reviewed(byClerk: review.byClerk)) }
            if fraud == .found {
                wheel.add(Event(time: released, id: order.id, slot: Int32(slot), kind: .cancelled, part: 1))
                continue
            }
            if let window = plan.mergeWindow {
                if merge(slot, at: released) { continue }
                released = wait(slot, from: released, window: window.microseconds)
            }
            wheel.add(Event(time: released, id: order.id, slot: Int32(slot), kind: .released))
        }
        toHandle.removeAll()
    }

    private enum FraudFinding { case none, alarm, found }

    /// The fraud rule: what it flags goes to a clerk; fraud it misses will be charged back.
    private mutating func examine(_ order: OrderRow, _ plan: FraudPlan, at now: Int64) -> FraudFinding {
        let draws = random(.fraud, entity(of: order))
        let isFraud = draws.uniform(at: 0) < plan.share.fraction
        let isFlagged = draws.uniform(at: 1) < (isFraud ? plan.detection : plan.falseAlarms).fraction
        if isFlagged && isFraud { counters.trade.fraudCaught += 1 }
        if isFlagged && !isFraud { counters.trade.falseAlarms += 1 }
        if isFraud && !isFlagged {
            counters.trade.fraudMissed += 1
            postCompensation(order.due, order: order, day: day(of: now))
        }
        return isFlagged ? isFraud ? .found : .alarm : .none
    }

    /// 合单: adds an order to one of the same buyer, channel, node and tier that still waits. The order ends as merged;
    /// its lines, money and reservation go on with the other.
    private mutating func merge(_ slot: Int, at now: Int64) -> Bool {
        let order = pool.orders[slot]
        guard let other = waiting.find(mergeKey(order), at: now) else { return false }
        let host = Int(other.slot)
        let into = pool.orders[host]
        guard into.id == other.id, into.state == .paid, into.hold == .held, order.hold == .held, into.parcels == 1,
            order.parcels == 1, into.node(0) == order.node(0), into.tier == order.tier,
            into.flags.contains(.isPickup) == order.flags.contains(.isPickup),
            Int(into.lineCount + order.lineCount) <= OrderRow.mostAsked
        else { return false }
        let count = Int(into.lineCount + order.lineCount)
        let base = pool.makeBlock(count)
        for line in 0..<Int(into.lineCount) { pool.lines[base + line] = pool.lines[Int(into.lineBase) + line] }
        for line in 0..<Int(order.lineCount) {
            pool.lines[base + Int(into.lineCount) + line] = pool.lines[Int(order.lineBase) + line]
        }
        pool.recycleLines(of: host)
        pool.setLines(Int32(base), count, of: host)
        pool.orders[host].due += order.due
        pool.orders[host].subsidy += order.subsidy
        if order.isCut { pool.orders[host].isCut = true }
        pool.orders[slot].hold = .consumed
        counters.trade.ordersMerged += 1
        if isObserved(slot) { tell(at: now, .merged(into: OrderID(bits: into.id))) }
        finish(slot, .merged, at: now)
        return true
    }

    /// Lets an order wait for others of its buyer; returns when the waiting is over.
    private mutating func wait(_ slot: Int, from now: Int64, window: Int64) -> Int64 {
        let order = pool.orders[slot]
        waiting.put(
            WaitingOrder(key: mergeKey(order), id: order.id, until: now + window, slot: Int32(slot)), at: now)
        return now + window
    }

    private mutating func mergeKey(_ order: OrderRow) -> UInt64 { combine(buyer(of: order), UInt64(order.channel)) }

    /// When an order is fetched from its channel.
    @inline(__always)
    mutating func captured(paid: Int64) -> Int64 {
        let interval = max(1, prepared.world.handling.captureInterval.microseconds)
        return faults.afterPause((paid + interval - 1) / interval * interval)
    }

    /// What chance says about an order, as it was drawn before it was placed.
    mutating func luck(of order: OrderRow) -> OrderLuck {
        let (chances, entity) = (chances, entity(of: order))
        return chances.luck(of: entity, seed: seed, number: number)
    }

    /// The rules: who must look at the order, and whether it waits for the buyer's answer.
    private mutating func review(_ order: OrderRow) -> (byClerk: Bool, isHeld: Bool) {
        let found = luck(of: order).intersection(.findings)
        if found.contains(.hasAddressFault) { counters.addressFaults += 1 }
        if found.contains(.hasRemark) { counters.remarks += 1 }
        if order.isOdd { counters.priceAnomalies += 1 }
        return (!found.isEmpty || order.isOdd, found.contains(.hasAddressFault))
    }

    /// Puts an order back when a node that is to send a parcel of it is full. True: it will be looked at again later.
    mutating func throttle(_ slot: Int, at now: Int64) -> Bool {
        guard let limit = prepared.world.handling.releaseBacklog else { return false }
        var isFull = false
        for parcel in 0..<Int(pool.orders[slot].parcels) {
            let node = Int(pool.orders[slot].node(parcel))
            let free = stations.inShift(node, max(stations.earliest(node), now))
            // Outside the shift the node is not full but closed: what counts is work waiting when it opens.
            if free - stations.inShift(node, now) > limit.microseconds { isFull = true }
        }
        guard isFull else { return false }
        if !pool.orders[slot].isThrottled {
            pool.orders[slot].isThrottled = true
            counters.ordersThrottled += 1
        }
        let interval = prepared.world.handling.retryInterval.microseconds
        wheel.add(Event(time: now + interval, id: pool.orders[slot].id, slot: Int32(slot), kind: .released))
        return true
    }
}
