import NumericCore
import Retail

/// Stage 4: capture, review by rule or by clerk, hold, release to the warehouse.
extension Replication {
    /// Takes this slice's paid orders, in the order they were paid, to their release.
    mutating func handle() {
        let plan = prepared.world.handling
        let interval = max(1, plan.captureInterval.microseconds)
        for index in 0..<toHandle.count {
            let slot = Int(toHandle[index])
            let order = pool.orders[slot]
            let captured = faults.afterPause((order.paidAt + interval - 1) / interval * interval)
            var released = captured
            let review = review(order, plan)
            if review.byClerk {
                var draw = random(.reviewTime, order.entity)
                let service = Int64(draw.exponential(mean: Double(plan.reviewTime.microseconds)))
                released = clerks.serve(0, arrival: captured, service: service) + service
                counters.ordersReviewed += 1
                counters.reviewTime += service
            }
            if review.isHeld {
                var draw = random(.answerTime, order.entity)
                released += Int64(min(draw.exponential(mean: Double(plan.answerTime.microseconds)), 1e13))
            }
            if isObserved(slot) { tell(at: released, .reviewed(byClerk: review.byClerk)) }
            wheel.add(Event(time: released, id: order.id, slot: Int32(slot), kind: .released))
        }
        toHandle.removeAll()
    }

    /// The rules: who must look at the order, and whether it waits for the buyer's answer.
    @inline(__always)
    private mutating func review(_ order: OrderRow, _ plan: HandlingPlan) -> (byClerk: Bool, isHeld: Bool) {
        var byClerk = random(.review, order.entity).uniform(at: 0) >= plan.automaticShare.fraction
        var isHeld = false
        if plan.addressFaults > .zero {
            isHeld = random(.addressFault, order.entity).uniform(at: 0) < plan.addressFaults.fraction
            if isHeld { counters.addressFaults += 1 }
        }
        if plan.remarks > .zero, random(.remark, order.entity).uniform(at: 0) < plan.remarks.fraction {
            counters.remarks += 1
            byClerk = true
        }
        if order.isOdd {
            counters.priceAnomalies += 1
            byClerk = true
        }
        return (byClerk || isHeld, isHeld)
    }

    /// Puts an order back when the node that is to send it is full. True: it will be looked at again later.
    mutating func throttle(_ slot: Int, at now: Int64) -> Bool {
        guard let limit = prepared.world.handling.releaseBacklog else { return false }
        let node = Int(pool.orders[slot].node[0])
        let free = stations.inShift(node, max(stations.earliest(node), now))
        // Outside the shift the node is not full but closed: what counts is work waiting when it opens.
        let begins = stations.inShift(node, now)
        guard free - begins > limit.microseconds else { return false }
        if !pool.orders[slot].isThrottled {
            pool.orders[slot].isThrottled = true
            counters.ordersThrottled += 1
        }
        let interval = prepared.world.handling.retryInterval.microseconds
        wheel.add(Event(time: now + interval, id: pool.orders[slot].id, slot: Int32(slot), kind: .released))
        return true
    }
}
