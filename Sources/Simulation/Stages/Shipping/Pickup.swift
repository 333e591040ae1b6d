import NumericCore
import Retail

/// 到店自提: an order that its buyer fetches from a store near by, when the store has all of it. No carrier, no freight.
extension Replication {
    /// Draws whether the buyer would fetch the order.
    @inline(__always)
    mutating func askPickup(_ slot: Int) {
        let order = pool.orders[slot]
        let share = terms.pickupShares[Int(order.channel)]
        guard share > 0, prepared.pickupNodes[Int(order.region)] >= 0 else { return }
        if random(.pickup, entity(of: order)).uniform(at: 0) < share { pool.orders[slot].flags.insert(.isPickup) }
    }

    /// Plans an order at its store, when the store has every line whole; else it is sent like any other.
    mutating func planPickup(_ slot: Int) -> Bool {
        let order = pool.orders[slot]
        let node = prepared.pickupNodes[Int(order.region)]
        scratch.parts.removeAll()
        let isJoined = joinRepeats()
        for line in 0..<scratch.lines.count {
            let work = scratch.lines[line]
            let sku = Int(work.sku)
            var chosen = -1
            for row in Int(stock.offsets[sku])..<Int(stock.offsets[sku + 1])
            where stock.rows[row].node == node && stock.rows[row].free >= work.quantity { chosen = row }
            if chosen < 0 || stock.available(Int(order.channel), sku) < Int64(work.quantity) {
                pool.orders[slot].flags.remove(.isPickup)
                if isJoined { restoreLines() }
                return false
            }
            scratch.parts.append(
                LineRow(
                    sku: work.sku, quantity: work.quantity, row: Int32(chosen), parcel: 0, sale: work.sale,
                    due: work.due,
                    subsidy: work.subsidy))
        }
        if isJoined { partRepeats() }
        // Who will not come is known to chance alone, but early enough for every line to come back.
        let forgets = random(.pickup, entity(of: order)).uniform(at: 1) < prepared.world.pickup.forgotten.fraction
        pool.orders[slot].refused = forgets
        scratch.nodes = SIMD4(Int16(node), -1, -1, -1)
        scratch.parcels = 1
        scratch.tier = 1
        scratch.short = 0
        return true
    }

    /// A picked order lies ready: its buyer comes after a while, or not at all; then the goods go back on the shelf.
    mutating func layReady(_ parcel: PickedParcel) {
        let slot = Int(parcel.slot)
        let order = pool.orders[slot]
        let plan = prepared.world.pickup
        var time = parcel.time
        if order.refused {
            time += plan.keep.microseconds
            counters.trade.pickupsForgotten += 1
        } else {
            var wait = random(.pickupWait, entity(of: order))
            time += Int64(min(wait.exponential(mean: Double(plan.delay.microseconds)), Double(plan.keep.microseconds)))
        }
        counters.trade.pickups += 1
        // What waits in the store is never late: the buyer chose when to come.
        pool.orders[slot].lastDeparture = order.refused ? time : parcel.time
        if isObserved(slot) {
            tell(at: parcel.time, .ready(node: prepared.world.network.nodes[Int(order.node(0))].code))
        }
        pool.orders[slot].parcelsToShip -= 1
        handOver(slot, .departed, at: parcel.time)
        wheel.add(Event(time: time, id: order.id, slot: parcel.slot, kind: .delivered, part: parcel.parcel))
    }
}
