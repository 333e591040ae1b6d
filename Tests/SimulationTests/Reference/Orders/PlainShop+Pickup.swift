import Foundation
import NumericCore
import Retail

@testable import Simulation

/// Orders that their buyers fetch.
extension PlainShop {
    /// The nearest store a buyer of a region would go to.
    func pickupNode(_ region: Int) -> Int? {
        world.network.nodes.indices
            .filter {
                world.network.nodes[$0].kind == .store && world.network.distance($0, region) <= world.pickup.radius
            }
            .min { (world.network.distance($0, region), $0) < (world.network.distance($1, region), $1) }
    }

    func asksForPickup(_ order: Order) -> Bool {
        pickupNode(order.region) != nil
            && random(.pickup, order.entity).uniform(at: 0) < world.channels[order.channel].pickup.fraction
    }

    /// The order from its store, when the store has every line whole and the channel may have it.
    func pickupPlan(_ order: Order) -> Plan? {
        guard order.isPickup, let node = pickupNode(order.region) else { return nil }
        var isWhole = true
        let plan = joined(gathered(order.parts)) { asked in
            var plan = Plan(nodes: [node], tier: 1)
            for line in asked {
                let row = rows.indices.last {
                    rows[$0].sku == line.sku && rows[$0].node == node && rows[$0].free >= line.quantity
                }
                if row == nil || allowed(order.channel, line.sku) < line.quantity { isWhole = false }
                var part = line
                part.row = row ?? -1
                part.parcel = 0
                plan.parts.append(part)
            }
            return plan
        }
        order.isPickup = isWhole
        if !isWhole { return nil }
        order.isRefused = random(.pickup, order.entity).uniform(at: 1) < world.pickup.forgotten.fraction
        return plan
    }

    /// A packed order lies ready until its buyer comes, or its time is over.
    func layReady(_ order: Order, _ parcel: Int, _ now: Int64) {
        let plan = world.pickup
        var time = now
        if order.isRefused {
            time += plan.keep.microseconds
        } else {
            var draws = random(.pickupWait, order.entity)
            time += Int64(min(draws.exponential(mean: Double(plan.delay.microseconds)), Double(plan.keep.microseconds)))
        }
        order.lastDeparture = order.isRefused ? time : now
        order.promise = max(order.promise, time)
        tell(order, now, .ready(node: world.network.nodes[order.nodes[0]].code))
        order.leftToShip -= 1
        depart(order)
        add(Record(time: time, kind: .delivered, id: order.arrival.id, part: parcel, order: order))
    }
}
