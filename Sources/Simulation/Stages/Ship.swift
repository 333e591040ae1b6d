import Foundation
import NumericCore
import Retail

/// Stage 7: carrier, departure, transit, arrival against the promise.
extension Replication {
    /// Hands this slice's picked parcels to carriers.
    mutating func ship() {
        for index in 0..<toShip.count {
            let parcel = toShip[index]
            let slot = Int(parcel.slot)
            let order = pool.orders[slot]
            let node = Int(order.node[Int(parcel.parcel)])
            let (choice, departure) = chooseCarrier(node, order, grams: parcel.grams, at: parcel.time)
            let route = terms.routes[choice]
            let carrier = Int(route.carrier)
            let uniform = random(.transit, order.entity).uniform(at: UInt32(parcel.parcel))
            let transit = exp(route.logMean + route.logDeviation * Normal.quantile(uniform))
            var arrival = departure + Int64(min(transit, 1e15))
            if prepared.world.shipping.failedAttempts > .zero { arrival += attempts(order, parcel: parcel.parcel) }
            var price = route.price(grams: parcel.grams)
            if faults.hasCarriers { price = faults.price(carrier, price, at: departure) }
            let freight = terms.minor(price)
            counters.parcels += 1
            counters.carrierParcels[carrier] += 1
            counters.carrierFreight[carrier] += freight
            if arrival <= order.promise { counters.carrierOnTime[carrier] += 1 }
            counters.nodeCost[node] += freight
            postFreight(freight, order: order, day: day(of: departure))
            pool.orders[slot].lastDeparture = max(order.lastDeparture, departure)
            if arrival > order.promise { pool.orders[slot].late = true }
            if order.parcelsToPick == 0 && pool.orders[slot].state == .shipped {
                countDeparture(slot)
            }
            if isObserved(slot) {
                tell(
                    at: parcel.time,
                    .handedOver(
                        carrier: prepared.world.carriers[carrier].code, departs: Instant(microseconds: departure),
                        arrives: Instant(microseconds: arrival), freight: Amount(minor: freight)))
            }
            wheel.add(
                Event(
                    time: arrival, id: order.id, slot: parcel.slot, kind: .delivered, part: parcel.parcel))
        }
        toShip.removeAll()
    }

    /// Time lost with attempts at the door that fail, each a draw of its own.
    private mutating func attempts(_ order: OrderRow, parcel: UInt8) -> Int64 {
        let plan = prepared.world.shipping
        let draws = random(.deliveryAttempt, order.entity)
        var failed: Int64 = 0
        while failed < Int64(plan.maximumAttempts) - 1,
            draws.uniform(at: UInt32(parcel) * 16 + UInt32(failed)) < plan.failedAttempts.fraction
        {
            failed += 1
        }
        counters.failedAttempts += failed
        return failed * plan.retryDelay.microseconds
    }

    private mutating func countDeparture(_ slot: Int) {
        let order = pool.orders[slot]
        counters.ordersShipped += 1
        let shipping = prepared.world.shipping
        if let limit = shipping.shipWithin, order.lastDeparture - order.paidAt > limit.microseconds {
            postCompensation(
                shipping.lateShippingCompensation.minor, order: order, day: day(of: order.lastDeparture))
        } else {
            counters.ordersShippedInTime += 1
        }
        counters.tick(counters.shipped, order.lastDeparture)
        let minutes = Int((order.lastDeparture - order.placed) / 60_000_000)
        counters.orderToShip[min(minutes, Counters.histogramMinutes)] += 1
    }

    /// The cheapest option of the order's tier (or a faster one) whose carrier still has room on the day the parcel
    /// would leave; when all are full that day, the day after, up to two weeks.
    private mutating func chooseCarrier(
        _ node: Int, _ order: OrderRow, grams: Int64, at now: Int64
    ) -> (route: Int, departure: Int64) {
        let routes = terms.routes(node, Int(order.region))
        let tier = slowestTier(routes, Int(order.tier))
        for delay in 0..<15 {
            var best: (price: Int64, route: Int, departure: Int64, load: Int) = (.max, -1, 0, 0)
            for index in routes {
                let route = terms.routes[index]
                if Int(route.tier) > tier || (route.tier == 0) != (tier == 0) { continue }
                let carrier = Int(route.carrier)
                let departure = self.departure(node, carrier, tier: Int(route.tier), at: now, delay: Int64(delay))
                let place = carrier * counters.carrierDays + min(day(of: departure), counters.carrierDays - 1)
                var (capacity, price) = (terms.carrierCapacities[carrier], route.price(grams: grams))
                if faults.hasCarriers {
                    capacity = faults.capacity(carrier, capacity, at: departure)
                    price = faults.price(carrier, price, at: departure)
                }
                if counters.carrierLoad[place] >= capacity && delay < 14 { continue }
                if price < best.price { best = (price, index, departure, place) }
            }
            if best.route >= 0 {
                counters.carrierLoad[best.load] += 1
                return (best.route, best.departure)
            }
        }
        // Validation proved that the node has an option to the region; its first one serves.
        return (routes.lowerBound, now)
    }

    /// The order's tier when the node offers it or a faster one, else the next slower it offers.
    private mutating func slowestTier(_ routes: Range<Int>, _ tier: Int) -> Int {
        if tier == 0 { return 0 }
        var slower = 3
        for index in routes where terms.routes[index].tier > 0 {
            let offered = Int(terms.routes[index].tier)
            if offered <= tier { return tier }
            slower = min(slower, offered)
        }
        return slower
    }

    /// One-hour riders leave at once, same-day couriers on the full hour until their cut-off and again when the node
    /// opens; carriers at their cut-off of the day, or of the next when it has passed.
    private mutating func departure(_ node: Int, _ carrier: Int, tier: Int, at now: Int64, delay: Int64) -> Int64 {
        let later = delay * SliceGrid.microsecondsPerDay
        if tier == 0 { return now + later }
        let midnight = now - now % SliceGrid.microsecondsPerDay
        let cutOff = midnight + terms.carrierCutOffs[carrier]
        let tomorrow = midnight + SliceGrid.microsecondsPerDay
        if tier == 1 {
            let hour = (now + SliceGrid.microsecondsPerHour - 1) / SliceGrid.microsecondsPerHour
            let departure = hour * SliceGrid.microsecondsPerHour
            if departure <= cutOff { return departure + later }
            return tomorrow + Int64(prepared.world.network.nodes[node].opens) * 1_000_000 + later
        }
        return (now <= cutOff ? cutOff : cutOff + SliceGrid.microsecondsPerDay) + later
    }

    /// A parcel is at the door; with the last one the order is delivered.
    mutating func deliver(_ slot: Int, parcel: Int, at now: Int64) {
        pool.orders[slot].parcelsToDeliver -= 1
        let order = pool.orders[slot]
        guard order.parcelsToDeliver == 0 else { return }
        counters.ordersDelivered += 1
        counters.tierOrders[Int(order.tier)] += 1
        if !order.late { counters.tierOnTime[Int(order.tier)] += 1 }
        if !order.late && !order.isCut && !order.refused && order.returnsHead < 0 { counters.ordersPerfect += 1 }
        counters.tierHours[Int(order.tier)] += Double(now - order.placed) / 3.6e9
        if isObserved(slot) { tell(at: now, .delivered(onTime: !order.late)) }
        if order.late {
            postCompensation(prepared.world.costs.lateCompensation.minor, order: order, day: day(of: now))
        }
        if order.returnsHead < 0 {
            settle(slot, day: day(of: now))
            finish(slot, .delivered, at: now)
            return
        }
        wheel.add(Event(time: returnArrival(order, delivered: now), id: order.id, slot: Int32(slot), kind: .returned))
    }
}
