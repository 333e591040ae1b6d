import NumericCore
import Retail

/// Stage 4: capture, review by rule or by clerk, release to the warehouse.
extension Replication {
    /// Takes this slice's paid orders, in the order they were paid, to their release.
    mutating func handle() {
        let plan = prepared.world.handling
        let interval = max(1, plan.captureInterval.microseconds)
        for index in 0..<toHandle.count {
            let slot = Int(toHandle[index])
            let order = pool.orders[slot]
            let captured = (order.paidAt + interval - 1) / interval * interval
            var released = captured
            let isAutomatic = random(.review, order.entity).uniform(at: 0) < plan.automaticShare.fraction
            if !isAutomatic {
                var draw = random(.reviewTime, order.entity)
                let service = Int64(draw.exponential(mean: Double(plan.reviewTime.microseconds)))
                released = clerks.serve(0, arrival: captured, service: service) + service
                counters.ordersReviewed += 1
                counters.reviewTime += service
            }
            if isObserved(slot) { tell(at: released, .reviewed(byClerk: !isAutomatic)) }
            wheel.add(Event(time: released, id: order.id, slot: Int32(slot), kind: .released))
        }
        toHandle.removeAll()
    }
}
