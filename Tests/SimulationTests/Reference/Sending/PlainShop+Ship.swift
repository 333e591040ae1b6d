import Foundation
import NumericCore
import Retail

@testable import Simulation

/// Carriers.
extension PlainShop {
    func ship() {
        for (order, parcel, time, grams) in toShip {
            if order.isPickup {
                layReady(order, parcel, time)
                continue
            }
            let node = order.nodes[parcel]
            let (option, booked) = carrier(node, order, grams, time)
            let (logMean, logDeviation) = logNormalParameters(
                mean: option.transit * 3.6e9, deviation: option.transitDeviation * 3.6e9)
            let uniform = random(.transit, order.entity).uniform(at: UInt32(parcel))
            let transit = Int64(min(exp(logMean + logDeviation * Normal.quantile(uniform)), 1e15))
            var departure = booked
            if world.shipping.riders != nil && option.tier == .oneHour {
                departure = serve(&riders[node], from: booked, 2 * transit, opens: 0, closes: 0)
            }
            var failed: Int64 = 0
            let attempts = random(.deliveryAttempt, order.entity)
            while failed < Int64(world.shipping.maximumAttempts) - 1,
                attempts.uniform(at: UInt32(parcel * 16) + UInt32(failed)) < world.shipping.failedAttempts.fraction
            {
                failed += 1
            }
            let arrival = departure + transit + failed * world.shipping.retryDelay.microseconds
            let freight = minor(price(option.carrier.position, option.price(grams: grams), departure))
            post(.freight, .carrierPayable, freight)
            order.lastDeparture = max(order.lastDeparture, departure)
            order.leftToShip -= 1
            if arrival > order.promise { order.isLate = true }
            tell(
                order, time,
                .handedOver(
                    carrier: world.carriers[option.carrier.position].code, departs: Instant(microseconds: departure),
                    arrives: Instant(microseconds: arrival), freight: Amount(minor: freight)))
            // Nothing happens at the door that is not known here, but it counts only when the slice is over.
            order.lastArrival = max(order.lastArrival, grid.time(arrival, after: time))
            if order.leftToShip == 0 && order.leftToPick == 0 { complete(order, order.lastArrival) }
        }
        toShip = []
    }

    /// The cheapest offer of the order's tier or a faster one (else of the next slower) with room on the day the
    /// parcel would leave; the day after when there is none, and so on. Carriers with an hourly capacity take it over
    /// in the first hour that has room.
    func carrier(
        _ node: Int, _ order: Order, _ grams: Int64, _ now: Int64
    ) -> (DeliveryOption, departure: Int64) {
        let offers = options(node, order.region)
        var tier = order.tier
        let isOffered = offers.contains { tier == 0 ? $0.tier == .oneHour : (1...tier).contains($0.tier.number) }
        if !isOffered {
            tier = offers.map(\.tier.number).filter { $0 > 0 }.min() ?? 3
        }
        let fitting = offers.filter { $0.tier.number <= tier && ($0.tier == .oneHour) == (tier == 0) }
        for delay in 0..<loads[0].count {
            var best: (price: Int64, option: DeliveryOption, departure: Int64, day: Int, hour: Int)?
            for option in fitting {
                let carrier = option.carrier.position
                let hourly = world.carriers[carrier].hourlyCapacity
                var hour = Int(now / Self.hour)
                func isFull(_ hour: Int) -> Bool {
                    hours[carrier][hour] >= capacity(carrier, hourly, max(now, Int64(hour) * Self.hour))
                }
                while hourly > 0 && hour < hours[carrier].count - 1 && isFull(hour) { hour += 1 }
                let taken = max(now, Int64(hour) * Self.hour)
                let departure = departure(node, carrier, option.tier.number, taken) + Int64(delay) * Self.day
                let day = min(Int(departure / Self.day), loads[carrier].count - 1)
                let daily = capacity(carrier, world.carriers[carrier].dailyCapacity, departure)
                if loads[carrier][day] >= daily { continue }
                let price = price(carrier, option.price(grams: grams), departure)
                if price < best?.price ?? .max { best = (price, option, departure, day, hour) }
            }
            if let best {
                loads[best.option.carrier.position][best.day] += 1
                if best.hour < hours[best.option.carrier.position].count {
                    hours[best.option.carrier.position][best.hour] += 1
                }
                return (best.option, best.departure)
            }
            if Int(now / Self.day) + delay >= loads[0].count - 1 { break }
        }
        return lastCarrier(fitting, grams, now)
    }

    /// Beyond the days that are counted: who takes parcels again first, then the cheapest, takes them all.
    func lastCarrier(_ fitting: [DeliveryOption], _ grams: Int64, _ now: Int64) -> (
        DeliveryOption, departure: Int64
    ) {
        let last = max(now, Int64(loads[0].count - 1) * Self.day)
        var best: (departure: Int64, price: Int64, option: DeliveryOption)?
        for option in fitting where world.carriers[option.carrier.position].dailyCapacity > 0 {
            let (departure, price) = (afterCarrierOutage(option.carrier.position, last), option.price(grams: grams))
            if let best, (departure, price) >= (best.departure, best.price) { continue }
            best = (departure, price, option)
        }
        loads[(best?.option ?? fitting[0]).carrier.position][loads[0].count - 1] += 1
        return (best?.option ?? fitting[0], best?.departure ?? last)
    }

    func departure(_ node: Int, _ carrier: Int, _ tier: Int, _ now: Int64) -> Int64 {
        if tier == 0 { return now }
        let midnight = now / Self.day * Self.day
        let cutOff = midnight + Int64(world.carriers[carrier].cutOff) * 1_000_000
        if tier == 1 {
            let hour = (now + Self.hour - 1) / Self.hour * Self.hour
            if hour <= cutOff { return hour }
            return midnight + Self.day + Int64(world.network.nodes[node].opens) * 1_000_000
        }
        return now <= cutOff ? cutOff : cutOff + Self.day
    }

    func complete(_ order: Order, _ now: Int64) {
        if order.isExchange {
            settle(order)
            let isSent = order.lastDeparture > 0
            return finish(order, isSent ? .exchanged : order.isAllBack ? .returned : .returnedInPart, now)
        }
        if !order.isPickup { depart(order) }
        tell(order, now, .delivered(onTime: !order.isLate))
        if order.isLate { post(.compensation, .accrued, world.costs.lateCompensation.minor) }
        serve(order, now)
        if order.backs.isEmpty {
            settle(order)
            return finish(order, .delivered, now)
        }
        var arrival = now + max(0, now - order.lastDeparture)
        if !order.isRefused {
            let plan = world.afterSales
            let (logMean, logDeviation) = logNormalParameters(
                mean: plan.returnDelay * 8.64e10, deviation: plan.returnDelayDeviation * 8.64e10)
            let uniform = random(.returnDelay, order.entity).uniform(at: 0)
            arrival = now + Int64(min(exp(logMean + logDeviation * Normal.quantile(uniform)), 1e15))
        }
        add(Record(time: grid.time(arrival, after: now), kind: .returned, id: order.arrival.id, order: order))
    }
}
