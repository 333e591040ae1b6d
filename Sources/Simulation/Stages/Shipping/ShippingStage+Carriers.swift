import Retail

/// Which carrier takes a parcel, and when it leaves.
extension ShippingStage {
    /// The cheapest option of the order's tier (or a faster one) whose carrier still has room on the day the parcel
    /// would leave, and in the hour it is handed over; when all are full that day, the day after, and so on. A
    /// carrier that takes nothing is waited for until it does.
    mutating func chooseCarrier(
        _ node: Int, _ order: OrderRow, grams: Int64, at now: Int64
    ) -> (route: Int, departure: Int64) {
        let routes = carriers.routes(node, Int(order.region))
        let tier = slowestTier(routes, Int(order.tier))
        for delay in 0..<Int64(columns.carrierDays) {
            let best = cheapestOption(node, routes, tier: tier, grams: grams, at: now, delay: delay)
            if best.route >= 0 {
                columns.carrierLoad[best.load] += 1
                if best.hour >= 0 { columns.carrierHours[best.hour] += 1 }
                return (best.route, best.departure)
            }
            // Everything up to the last day that is counted is full: what follows goes when a carrier is back.
            if day(of: now) + Int(delay) >= columns.carrierDays - 1 { break }
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
            let route = carriers.routes[index]
            if Int(route.tier) > tier || (route.tier == 0) != (tier == 0) { continue }
            let carrier = Int(route.carrier)
            let (handOver, hour) = handOver(carrier, at: now)
            let departure = self.departure(node, carrier, tier: Int(route.tier), at: handOver, delay: delay)
            let place = carrier * columns.carrierDays + min(day(of: departure), columns.carrierDays - 1)
            var (capacity, price) = (carriers.capacities[carrier], route.price(grams: grams))
            if faults.hasCarriers {
                capacity = faults.capacity(carrier, capacity, at: departure)
                price = faults.price(carrier, price, at: departure)
            }
            if columns.carrierLoad[place] >= capacity { continue }
            if price < best.price {
                best = Option(price: price, route: index, departure: departure, load: place, hour: hour)
            }
        }
        return best
    }

    /// The first hour from now on in which a carrier with an hourly capacity takes another parcel, and its cell.
    private mutating func handOver(_ carrier: Int, at now: Int64) -> (time: Int64, hour: Int) {
        let hourly = carriers.hourly[carrier]
        guard hourly > 0 else { return (now, -1) }
        var hour = now / SliceGrid.microsecondsPerHour
        while hour < Int64(columns.hours) - 1 {
            let moment = max(now, hour * SliceGrid.microsecondsPerHour)
            let capacity = faults.hasCarriers ? faults.capacity(carrier, hourly, at: moment) : hourly
            if columns.carrierHours[carrier * columns.hours + Int(hour)] < capacity {
                return (moment, carrier * columns.hours + Int(hour))
            }
            hour += 1
        }
        return (max(now, hour * SliceGrid.microsecondsPerHour), carrier * columns.hours + columns.hours - 1)
    }

    /// Beyond the days whose loads are counted: the option whose carrier takes parcels again first, then the cheapest.
    private mutating func leaveLast(
        _ node: Int, _ routes: Range<Int>, tier: Int, grams: Int64, at now: Int64
    ) -> (route: Int, departure: Int64) {
        var best: (departure: Int64, price: Int64, route: Int) = (.max, .max, routes.lowerBound)
        let last = max(now, Int64(columns.carrierDays - 1) * SliceGrid.microsecondsPerDay)
        for index in routes {
            let route = carriers.routes[index]
            let carrier = Int(route.carrier)
            if Int(route.tier) > tier || (route.tier == 0) != (tier == 0) { continue }
            if carriers.capacities[carrier] == 0 { continue }
            let departure = faults.afterCarrierOutage(carrier, last)
            let price = route.price(grams: grams)
            if (departure, price) < (best.departure, best.price) { best = (departure, price, index) }
        }
        columns.carrierLoad[
            Int(carriers.routes[best.route].carrier) * columns.carrierDays + columns.carrierDays - 1] += 1
        return (best.route, best.departure == .max ? last : best.departure)
    }

    /// Whether a carrier still takes a parcel from a node that is ready at a moment, on the day it would leave.
    mutating func hasRoom(_ carrier: Int, _ node: Int, tier: Int, at ready: Int64) -> Bool {
        let departure = self.departure(node, carrier, tier: tier, at: ready, delay: 0)
        let place = carrier * columns.carrierDays + min(day(of: departure), columns.carrierDays - 1)
        var capacity = carriers.capacities[carrier]
        if faults.hasCarriers { capacity = faults.capacity(carrier, capacity, at: departure) }
        return columns.carrierLoad[place] < capacity
    }

    /// The order's tier when the node offers it or a faster one, else the next slower it offers: a parcel of the hour
    /// whose goods were not found may come from a node without riders.
    private mutating func slowestTier(_ routes: Range<Int>, _ tier: Int) -> Int {
        var slower = 3
        for index in routes {
            let offered = Int(carriers.routes[index].tier)
            if offered == 0 {
                if tier == 0 { return 0 }
                continue
            }
            if offered <= tier { return tier }
            slower = min(slower, offered)
        }
        return slower
    }

    private mutating func departure(_ node: Int, _ carrier: Int, tier: Int, at now: Int64, delay: Int64) -> Int64 {
        let opens = Int64(prepared.world.network.nodes[node].opens) * 1_000_000
        return Simulation.departure(tier: tier, cutOff: carriers.cutOffs[carrier], opens: opens, at: now)
            + delay * SliceGrid.microsecondsPerDay
    }
}
