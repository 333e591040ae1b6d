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
            if order.flags.contains(.isPickup) {
                layReady(parcel)
                continue
            }
            let node = Int(order.node[Int(parcel.parcel)])
            ledger.open(order: order.id, at: parcel.time)
            if observed != .max { ledger.keepsJournal = order.id == observed }
            let (choice, booked) = chooseCarrier(node, order, grams: parcel.grams, at: parcel.time)
            let route = terms.routes[choice]
            let carrier = Int(route.carrier)
            let uniform = random(.transit, order.entity).uniform(at: UInt32(parcel.parcel))
            let time =
                route.transitLaw < 0
                ? exp(route.logMean + route.logDeviation * Normal.quantile(uniform))
                : prepared.world.delivery.laws[Int(route.transitLaw)].quantile(uniform) * 1e6
            let transit = Int64(min(time, 1e15))
            var departure = booked
            if fulfilment.riders && route.tier == 0 {
                // Out and back again.
                departure = riders.serve(node, arrival: booked, service: 2 * transit)
                if departure > booked {
                    flow.riderWaits += 1
                    flow.riders[node].waits += 1
                    flow.riders[node].waiting += departure - booked
                }
                flow.riders[node].parcels += 1
                flow.riders[node].riding += 2 * transit
            }
            var lost: Int64 = 0
            if prepared.world.shipping.failedAttempts > .zero { lost = attempts(order, parcel: parcel.parcel) }
            let arrival = departure + transit + lost
            var price = route.price(grams: parcel.grams)
            if faults.hasCarriers { price = faults.price(carrier, price, at: departure) }
            let spread = Int(parcel.grams > route.firstWeight ? route.heavySpreadLaw : route.spreadLaw)
            if spread >= 0 {
                let uniform = random(.freightSpread, order.entity).uniform(at: UInt32(parcel.parcel))
                let factor = prepared.world.delivery.laws[spread].quantile(uniform)
                price = Int64(min((Double(price) * factor).rounded(), 1e15))
            }
            let freight = terms.minor(price)
            counters.parcels += 1
            counters.carrierParcels[carrier] += 1
            counters.carrierFreight[carrier] += freight
            if arrival <= order.promise { counters.carrierOnTime[carrier] += 1 }
            counters.nodeCost[node] += freight
            flow.timeForCarrier += departure - parcel.time
            flow.timeOnRoad += transit
            flow.timeRetrying += lost
            flow.parcelsTimed += 1
            postFreight(freight, order: order, day: day(of: departure))
            pool.orders[slot].lastDeparture = max(order.lastDeparture, departure)
            if arrival > order.promise { pool.orders[slot].late = true }
            pool.orders[slot].lastArrival = max(
                order.lastArrival, wheel.grid.time(arrival, after: parcel.time))
            pool.orders[slot].parcelsToShip -= 1
            // Taken over, at the station, on the last mile, at the door, and each attempt that failed.
            flow.trackingEvents += 4 + lost / max(1, prepared.world.shipping.retryDelay.microseconds)
            if isObserved(slot) {
                tell(
                    at: parcel.time,
                    .handedOver(
                        carrier: prepared.world.carriers[carrier].code, departs: Instant(microseconds: departure),
                        arrives: Instant(microseconds: arrival), freight: Amount(minor: freight)))
                tellTracking(departure: departure, transit: transit, lost: lost)
            }
            // With the last parcel on its way all is known that delivery will bring: it is counted and posted at its own
            // time, and no record waits for it.
            if pool.orders[slot].parcelsToShip == 0 && order.parcelsToPick == 0 {
                countDeparture(slot)
                let last = pool.orders[slot].lastArrival
                ledger.open(order: order.id, at: last)
                complete(slot, at: last)
            }
        }
        toShip.removeAll()
    }

    /// The parcel's events as a buyer sees them: its station is reached after nine tenths of the transit time.
    private mutating func tellTracking(departure: Int64, transit: Int64, lost: Int64) {
        tell(at: departure, .tracked(.takenOver))
        tell(at: departure + transit / 10 * 9, .tracked(.onLastMile))
        let retry = prepared.world.shipping.retryDelay.microseconds
        guard retry > 0, lost > 0 else { return }
        for attempt in 0..<(lost / retry) { tell(at: departure + transit + attempt * retry, .tracked(.attemptFailed)) }
    }

    /// Whether a rider of a front warehouse is back soon enough for the hour; where riders are not counted, always.
    mutating func hasRider(_ node: Int, at now: Int64) -> Bool {
        !fulfilment.riders || riders.earliest(node) <= now + fulfilment.riderWait
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

    /// The last parcel has left: the platform's clock stops, and the way back is insured from now on.
    mutating func countDeparture(_ slot: Int) {
        let order = pool.orders[slot]
        if order.isExchange { return }
        counters.ordersShipped += 1
        let shipping = prepared.world.shipping
        let isPresale = order.flags.contains(.isPresale)
        if let limit = isPresale ? shipping.presaleShipWithin ?? shipping.shipWithin : shipping.shipWithin,
            order.lastDeparture - order.paidAt > limit.microseconds
        {
            postCompensation(
                shipping.lateShippingCompensation.minor, order: order, day: day(of: order.lastDeparture))
        } else {
            counters.ordersShippedInTime += 1
        }
        counters.tick(counters.shipped, order.lastDeparture)
        let minutes = Int((order.lastDeparture - order.placed) / 60_000_000)
        counters.orderToShip[min(minutes, Counters.histogramMinutes)] += 1
        if afterSales.insured > 0 { insure(slot) }
    }

    /// The cheapest option of the order's tier (or a faster one) whose carrier still has room on the day the parcel
    /// would leave, and in the hour it is handed over; when all are full that day, the day after, and so on. A
    /// carrier that takes nothing is waited for until it does.
    private mutating func chooseCarrier(
        _ node: Int, _ order: OrderRow, grams: Int64, at now: Int64
    ) -> (route: Int, departure: Int64) {
        let routes = terms.routes(node, Int(order.region))
        let tier = slowestTier(routes, Int(order.tier))
        for delay in 0..<Int64(counters.carrierDays) {
            let best = cheapestOption(node, routes, tier: tier, grams: grams, at: now, delay: delay)
            if best.route >= 0 {
                counters.carrierLoad[best.load] += 1
                if best.hour >= 0 { flow.carrierHours[best.hour] += 1 }
                return (best.route, best.departure)
            }
            // Everything up to the last day that is counted is full: what follows goes when a carrier is back.
            if day(of: now) + Int(delay) >= counters.carrierDays - 1 { break }
        }
        return leaveLast(node, routes, tier: tier, grams: grams, at: now)
    }

    private struct Option {
        var price = Int64.max
        var route = -1
        var departure: Int64 = 0
        var load = 0
        var hour = -1
    }

    private mutating func cheapestOption(
        _ node: Int, _ routes: Range<Int>, tier: Int, grams: Int64, at now: Int64, delay: Int64
    ) -> Option {
        var best = Option()
        for index in routes {
            let route = terms.routes[index]
            if Int(route.tier) > tier || (route.tier == 0) != (tier == 0) { continue }
            let carrier = Int(route.carrier)
            let (handOver, hour) = handOver(carrier, at: now)
            let departure = self.departure(node, carrier, tier: Int(route.tier), at: handOver, delay: delay)
            let place = carrier * counters.carrierDays + min(day(of: departure), counters.carrierDays - 1)
            var (capacity, price) = (terms.carrierCapacities[carrier], route.price(grams: grams))
            if faults.hasCarriers {
                capacity = faults.capacity(carrier, capacity, at: departure)
                price = faults.price(carrier, price, at: departure)
            }
            if counters.carrierLoad[place] >= capacity { continue }
            if price < best.price {
                best = Option(price: price, route: index, departure: departure, load: place, hour: hour)
            }
        }
        return best
    }

    /// The first hour from now on in which a carrier with an hourly capacity takes another parcel, and its cell.
    private mutating func handOver(_ carrier: Int, at now: Int64) -> (time: Int64, hour: Int) {
        let hourly = terms.carrierHourly[carrier]
        guard hourly > 0 else { return (now, -1) }
        var hour = now / SliceGrid.microsecondsPerHour
        while hour < Int64(flow.hours) - 1 {
            let moment = max(now, hour * SliceGrid.microsecondsPerHour)
            let capacity = faults.hasCarriers ? faults.capacity(carrier, hourly, at: moment) : hourly
            if flow.carrierHours[carrier * flow.hours + Int(hour)] < capacity {
                return (moment, carrier * flow.hours + Int(hour))
            }
            hour += 1
        }
        return (max(now, hour * SliceGrid.microsecondsPerHour), carrier * flow.hours + flow.hours - 1)
    }

    /// Beyond the days whose loads are counted: the option whose carrier takes parcels again first, then the cheapest.
    private mutating func leaveLast(
        _ node: Int, _ routes: Range<Int>, tier: Int, grams: Int64, at now: Int64
    ) -> (route: Int, departure: Int64) {
        var best: (departure: Int64, price: Int64, route: Int) = (.max, .max, routes.lowerBound)
        let last = max(now, Int64(counters.carrierDays - 1) * SliceGrid.microsecondsPerDay)
        for index in routes {
            let route = terms.routes[index]
            let carrier = Int(route.carrier)
            if Int(route.tier) > tier || (route.tier == 0) != (tier == 0) { continue }
            if terms.carrierCapacities[carrier] == 0 { continue }
            let departure = faults.afterCarrierOutage(carrier, last)
            let price = route.price(grams: grams)
            if (departure, price) < (best.departure, best.price) { best = (departure, price, index) }
        }
        counters.carrierLoad[
            Int(terms.routes[best.route].carrier) * counters.carrierDays + counters.carrierDays - 1] += 1
        return (best.route, best.departure == .max ? last : best.departure)
    }

    /// Whether a carrier still takes a parcel from a node that is ready at a moment, on the day it would leave.
    mutating func hasRoom(_ carrier: Int, _ node: Int, tier: Int, at ready: Int64) -> Bool {
        let departure = self.departure(node, carrier, tier: tier, at: ready, delay: 0)
        let place = carrier * counters.carrierDays + min(day(of: departure), counters.carrierDays - 1)
        var capacity = terms.carrierCapacities[carrier]
        if faults.hasCarriers { capacity = faults.capacity(carrier, capacity, at: departure) }
        return counters.carrierLoad[place] < capacity
    }

    /// The order's tier when the node offers it or a faster one, else the next slower it offers: a parcel of the hour
    /// whose goods were not found may come from a node without riders.
    private mutating func slowestTier(_ routes: Range<Int>, _ tier: Int) -> Int {
        var slower = 3
        for index in routes {
            let offered = Int(terms.routes[index].tier)
            if offered == 0 {
                if tier == 0 { return 0 }
                continue
            }
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

    /// Everything that will come has come, or will have at that moment.
    mutating func complete(_ slot: Int, at now: Int64) {
        let order = pool.orders[slot]
        if order.isExchange {
            endExchange(slot, at: now)
            return
        }
        counters.ordersDelivered += 1
        counters.tierOrders[Int(order.tier)] += 1
        if !order.late { counters.tierOnTime[Int(order.tier)] += 1 }
        if !order.late && !order.isCut && !order.refused && order.returnsHead < 0 { counters.ordersPerfect += 1 }
        counters.tierHours[Int(order.tier)] += Double(now - order.placed) / 3.6e9
        if isObserved(slot) { tell(at: now, .delivered(onTime: !order.late)) }
        if order.late {
            postCompensation(prepared.world.costs.lateCompensation.minor, order: order, day: day(of: now))
        }
        if afterSales.hasService { serve(slot, at: now) }
        if order.returnsHead < 0 {
            settle(slot, day: day(of: now))
            finish(slot, .delivered, at: now)
            return
        }
        let time = wheel.grid.time(returnArrival(order, delivered: now), after: now)
        wheel.add(Event(time: time, id: order.id, slot: Int32(slot), kind: .returned))
    }
}
