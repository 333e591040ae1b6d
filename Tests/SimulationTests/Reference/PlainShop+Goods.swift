import Foundation
import NumericCore
import Retail

@testable import Simulation

/// Picking, sending, returning, replenishing.
extension PlainShop {
    func fulfil() {
        for (order, only, released) in toFulfil {
            for (parcel, node) in order.nodes.enumerated() where only == nil || only == parcel {
                let place = world.network.nodes[node]
                let count = order.parts.count { $0.parcel == parcel }
                let (logMean, logDeviation) = logNormalParameters(mean: 1, deviation: world.fulfilment.pickVariation)
                var factor = 1.0
                if logDeviation > 0 {
                    let uniform = random(.pickTime, order.entity).uniform(at: UInt32(parcel))
                    factor = exp(logMean + logDeviation * Normal.quantile(uniform))
                }
                let each = 3.6e9 * Double(place.stations) / Double(place.picksPerHour)
                let fixed = world.fulfilment.fixedTime(lines: count, packsApart: !packers[node].isEmpty)
                let service = Int64((Double(count) * each + fixed) * factor)
                var arrival = released
                let wave = world.fulfilment.waveInterval.microseconds
                if wave > 0 { arrival = (arrival + wave - 1) / wave * wave }
                let start = serve(
                    &stations[node], from: arrival, service, opens: place.opens, closes: place.closes)
                tell(order, start, .pickStarted(node: place.code, ends: Instant(microseconds: start + service)))
                add(
                    Record(time: start + service, kind: .picked, id: order.arrival.id, part: parcel, order: order))
            }
        }
        toFulfil = []
    }

    func pick(_ order: Order, _ parcel: Int, _ now: Int64) {
        let segment = world.segments[Int(order.arrival.segment)]
        var draws = random(.returnDecision, order.entity)
        var (count, grams): (Int64, Int64) = (0, 0)
        let terms = world.channels[order.channel].channel
        for place in order.parts.indices {
            let part = order.parts[place]
            let uniform = draws.uniform()
            guard part.parcel == parcel, part.quantity > 0 else { continue }
            if world.fulfilment.shortPicks > .zero,
                random(.shortPick, order.entity).uniform(at: UInt32(place * 4 + parcel))
                    < world.fulfilment.shortPicks.fraction
            {
                sendFromElsewhere(order, place, now)
                continue
            }
            rows[part.row].reserved -= part.quantity
            rows[part.row].book -= part.quantity
            if rows[part.row].reserved < 0 || rows[part.row].book < 0 { outcry = "a row gives more than it has" }
            let consigned = takeLots(part.row, part.quantity, .sellable).filter { $0.owner > 0 }
            for _ in consigned.prefix(1) {
                let units = consigned.reduce(0) { $0 + $1.quantity }
                post(.inventory, .supplierPayable, minor(world.skus.unitCosts[part.sku].units * units))
            }
            count += 1
            grams += Int64(world.skus.weights[part.sku]) * part.quantity
            let gross = part.due + part.subsidy
            let tax = self.tax(in: gross)
            let commission = terms.commission.of(part.due)
            let fee = terms.paymentFee.of(part.due)
            post(.prepayments, .revenue, gross - tax)
            post(.prepayments, .vatPayable, tax)
            post(.costOfGoods, .inventory, cost(part))
            post(.commission, .receivable, commission)
            post(.paymentFee, .receivable, fee)
            order.settled += gross - commission - fee
            if order.isRefused || (uniform < segment.returnRate.fraction && !part.isGift) {
                order.backs.insert(part, at: 0)
            } else if !part.isGift {
                order.isAllBack = false
            }
        }
        let node = order.nodes[parcel]
        let place = world.network.nodes[node]
        if count > 0 {
            post(.picking, .accrued, minor(place.costPerLine.units * count))
            post(.packaging, .accrued, minor(world.costs.packagingPerParcel.units))
        }
        order.linesSent += Int(count)
        order.picked.insert(parcel)
        order.leftToPick -= 1
        if order.leftToPick == 0 {
            order.isHeld = false
            order.state = .shipped
        }
        if count == 0 { return loseParcel(order, now) }
        tell(order, now, .picked(node: place.code, lines: Int(count)))
        guard !packers[node].isEmpty else { return toShip.append((order, parcel, now, grams)) }
        var draw = random(.packTime, combine(order.entity, UInt64(parcel)))
        let service = Int64(min(draw.exponential(mean: Double(world.fulfilment.packTime.microseconds)), 1e13))
        let start = serve(&packers[node], from: now, service, opens: place.opens, closes: place.closes)
        add(
            Record(
                time: start + service, kind: .packed, id: order.arrival.id, part: parcel, order: order,
                parcel: (now, grams)))
    }

    func finishPack(_ record: Record) {
        guard let order = record.order, let parcel = record.parcel else { return }
        tell(order, record.time, .packed(node: world.network.nodes[order.nodes[record.part]].code))
        toShip.append((order, record.part, record.time, parcel.grams))
    }

    /// Nothing of a parcel was found.
    private func loseParcel(_ order: Order, _ now: Int64) {
        order.leftToShip -= 1
        guard order.leftToPick == 0 else { return }
        if order.linesSent == 0 {
            giveBack(order)
            return finish(order, .oversold, now)
        }
        if order.leftToShip == 0 { complete(order, max(now, order.lastArrival)) }
    }

    private func tax(in gross: Int64) -> Int64 {
        let rate = world.costs.vat.partsPerMillion
        return roundedDivision(gross * rate, by: 1_000_000 + rate)
    }

    private func cost(_ part: Part) -> Int64 { minor(world.skus.unitCosts[part.sku].units * part.quantity) }

    func ship() {
        for (order, parcel, time, grams) in toShip {
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
            let freight = minor(option.price(grams: grams))
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
    private func carrier(
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
                while hourly > 0 && hour < hours[carrier].count - 1 && hours[carrier][hour] >= hourly { hour += 1 }
                let taken = max(now, Int64(hour) * Self.hour)
                let departure = departure(node, carrier, option.tier.number, taken) + Int64(delay) * Self.day
                let day = min(Int(departure / Self.day), loads[carrier].count - 1)
                if loads[carrier][day] >= world.carriers[carrier].dailyCapacity { continue }
                if option.price(grams: grams) < best?.price ?? .max {
                    best = (option.price(grams: grams), option, departure, day, hour)
                }
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
        // Beyond the days that are counted the cheapest takes them all.
        var best = fitting[0]
        for option in fitting where option.price(grams: grams) < best.price(grams: grams) { best = option }
        loads[best.carrier.position][loads[0].count - 1] += 1
        return (best, max(now, Int64(loads[0].count - 1) * Self.day))
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

    private func complete(_ order: Order, _ now: Int64) {
        tell(order, now, .delivered(onTime: !order.isLate))
        if order.isLate { post(.compensation, .accrued, world.costs.lateCompensation.minor) }
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

    /// Goods of a front warehouse come back to the node it is replenished from.
    private func returnRow(_ row: Int) -> Int {
        let node = rows[row].node
        guard world.network.nodes[node].kind == .front, let above = world.network.upstream[node] else { return row }
        return rows.firstIndex { $0.sku == rows[row].sku && $0.node == above.position } ?? row
    }

    func takeBack(_ order: Order, _ now: Int64) {
        var refund: Int64 = 0
        for part in order.backs {
            let row = returnRow(part.row)
            rows[row].book += part.quantity
            rows[row].blocked += part.quantity
            returnLot(row, part.quantity, now)
            let tax = self.tax(in: part.due + part.subsidy)
            let commission = world.channels[order.channel].channel.commission.of(part.due)
            post(.refunds, .receivable, part.due - tax)
            post(.vatPayable, .receivable, tax)
            post(.refunds, .subsidyReceivable, part.subsidy)
            post(.inventory, .costOfGoods, cost(part))
            post(.receivable, .commission, commission)
            order.settled -= part.due + part.subsidy - commission
            refund += part.due
        }
        post(.returnFreight, .carrierPayable, minor(world.afterSales.returnFreight.units))
        tell(order, now, .returned(lines: order.backs.count, refund: Amount(minor: refund)))
        add(
            Record(
                time: now + world.afterSales.inspection.microseconds, kind: .inspected, id: order.arrival.id,
                order: order))
    }

    func inspect(_ order: Order, _ now: Int64) {
        var (restocked, written): (Int64, Int64) = (0, 0)
        for (number, part) in order.backs.enumerated() {
            let row = returnRow(part.row)
            rows[row].blocked -= part.quantity
            let uniform = random(.returnCondition, order.entity).uniform(at: UInt32(number))
            if uniform < world.afterSales.restockShare.fraction {
                giveQuota(order.channel, part.sku, part.quantity)
                restockLots(row, part.quantity)
                restocked += part.quantity
            } else {
                rows[row].book -= part.quantity
                takeLots(row, part.quantity, .inspection)
                post(.writeDown, .inventory, cost(part))
                written += part.quantity
            }
        }
        tell(order, now, .inspected(restocked: restocked, writtenDown: written))
        settle(order)
        finish(order, order.isRefused ? .refused : order.isAllBack ? .returned : .returnedInPart, now)
    }

    func settle(_ order: Order) {
        var draws = random(.settlement, order.entity)
        var paid = order.settled
        if draws.bernoulli(world.costs.settlementErrorRate.fraction) {
            paid -= world.costs.settlementErrorSize.of(order.settled)
        }
        post(.cash, .receivable, paid)
    }

    // MARK: Replenishment

    func review(isSupplier: Bool, _ now: Int64) {
        for index in rows.indices {
            let policy = world.stock.rows[index]
            let above = world.network.upstream[rows[index].node].flatMap { node in
                rows.firstIndex { $0.sku == rows[index].sku && $0.node == node.position }
            }
            guard policy.orderUpTo > 0, (above == nil) == isSupplier else { continue }
            let row = rows[index]
            let position = row.book - row.blocked - row.reserved + row.inTransit + row.onOrder
            guard position <= Int64(policy.reorderPoint) else { continue }
            let pack = Int64(world.skus.casePacks[row.sku])
            var quantity = (Int64(policy.orderUpTo) - position + pack - 1) / pack * pack
            let wanted = quantity
            let entity = combine(
                combine(world.skus.entities[row.sku], entityHash(world.network.nodes[row.node].code)), UInt64(now))
            var draws = random(.leadTime, entity)
            let (mean, deviation) = (policy.leadTime, policy.leadTimeDeviation)
            var lead = Int64(mean * 8.64e10)
            if deviation > 0 && mean > 0 {
                let shape = mean * mean / (deviation * deviation)
                lead = Int64(min(draws.gamma(shape: shape, scale: mean / shape) * 8.64e10, 1e15))
            }
            var lots: [PlainLot] = []
            if let above {
                var source = above
                let free = max(0, rows[above].free)
                if quantity > free { quantity = free / pack * pack }
                if quantity <= 0 && world.replenishment.lateral {
                    // A neighbour gives of what it has above its order-up-to level: the one with most.
                    func surplus(_ row: Int) -> Int64 { rows[row].free - Int64(world.stock.rows[row].orderUpTo) }
                    let others = rows.indices.filter {
                        rows[$0].sku == row.sku && $0 != index && $0 != above && surplus($0) > 0
                    }
                    if let helper = others.max(by: { (surplus($0), -$0) < (surplus($1), -$1) }) {
                        source = helper
                        quantity = min(surplus(helper), wanted)
                    }
                }
                if quantity <= 0 { continue }
                rows[source].book -= quantity
                rows[index].inTransit += quantity
                lots = takeLots(source, quantity, .sellable)
                post(.transfers, .accrued, minor(world.replenishment.transferCostPerUnit.units * quantity))
            } else {
                rows[index].onOrder += quantity
                if now + lead >= Int64(world.clock.days) * Self.day { continue }
            }
            let goods = Goods(
                row: index, quantity: quantity, isTransfer: above != nil, lots: lots, number: goodsNumber)
            add(Record(time: now + lead, kind: .received, id: goodsNumber, goods: goods))
            coming[row.sku] += quantity
            goodsNumber += 1
        }
    }

    /// Docks, put-away, and room on the shelves. Nil: on the shelf now; else looked at again, or never.
    private func waits(_ record: Record, _ goods: Goods) -> Bool {
        let plan = world.inbound
        let (node, now) = (rows[goods.row].node, record.time)
        var goods = goods
        func again(at time: Int64) { add(Record(time: time, kind: .received, id: goods.number, goods: goods)) }
        if goods.arrived == nil {
            goods.arrived = now
            var day = Int(now / Self.day)
            var done = max(now, Int64(day) * Self.day + Int64(plan.opens) * 1_000_000)
            let own = world.network.nodes[node].dockCapacity
            if let capacity = own > 0 ? own : plan.dailyCapacity {
                var left = goods.quantity
                while day < taken[node].count - 1 {
                    let room = capacity - taken[node][day]
                    if room >= left || (left > capacity && room > 0) {
                        let part = min(left, room)
                        taken[node][day] += part
                        left -= part
                        if left == 0 { break }
                    }
                    day += 1
                    done = Int64(day) * Self.day + Int64(plan.opens) * 1_000_000
                }
            }
            done += plan.putAway.microseconds
            if done > now {
                again(at: done)
                return true
            }
        }
        let storage = world.network.nodes[node].storage
        guard plan.limitsStorage && storage > 0 else { return false }
        func volume(_ sku: Int, _ units: Int64) -> Int64 { Int64(world.skus.volumes[sku]) * units }
        let used = rows.filter { $0.node == node }.reduce(0) { $0 + volume($1.sku, $1.book) }
        if used + volume(rows[goods.row].sku, goods.quantity) <= storage * 1_000 { return false }
        let end = Int64(world.clock.days + world.clock.drainDays) * Self.day
        if now + Self.day < end { again(at: now + Self.day) }
        return true
    }

    func receive(_ record: Record) {
        guard let goods = record.goods else { return }
        let plan = world.inbound
        let isDirect =
            plan.dailyCapacity == nil && plan.putAway == .start && !plan.limitsStorage
            && world.network.nodes.allSatisfy { $0.dockCapacity == 0 }
        if !isDirect && waits(record, goods) { return }
        let (index, quantity) = (goods.row, goods.quantity)
        rows[index].book += quantity
        coming[rows[index].sku] -= quantity
        if goods.isTransfer {
            rows[index].inTransit -= quantity
            putLots(index, goods.lots)
            return
        }
        rows[index].onOrder -= quantity
        putLots(
            index,
            [PlainLot(expires: expiry(index, record.time), owner: 0, grade: .sellable, quantity: quantity)])
        let sku = rows[index].sku
        post(.inventory, .supplierPayable, minor(world.skus.unitCosts[sku].units * quantity))
        guard quotas.contains(where: { !$0.isEmpty }) else { return }
        // A supplier's goods go to the quotas in proportion to what they had of the opening stock.
        var weights = world.channels.map { plan in
            if case .quota(let units) = plan.sharing { return Int64(units[sku]) }
            return 0
        }
        weights.append(max(0, world.stock.opening(SKU.Index(sku)) - weights.reduce(0, +)))
        guard let parts = try? allocateByLargestRemainder(quantity, over: weights) else { return }
        for channel in quotas.indices where !quotas[channel].isEmpty { quotas[channel][sku] += parts[channel] }
    }
}
