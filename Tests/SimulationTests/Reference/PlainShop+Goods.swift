import Foundation
import NumericCore
import Retail

@testable import Simulation

/// Picking, sending, returning, replenishing.
extension PlainShop {
    func fulfil() {
        for order in toFulfil {
            for (parcel, node) in order.nodes.enumerated() {
                let place = world.network.nodes[node]
                let count = order.parts.count { $0.parcel == parcel }
                let (logMean, logDeviation) = logNormalParameters(mean: 1, deviation: world.fulfilment.pickVariation)
                var factor = 1.0
                if logDeviation > 0 {
                    let uniform = random(.pickTime, order.entity).uniform(at: UInt32(parcel))
                    factor = exp(logMean + logDeviation * Normal.quantile(uniform))
                }
                let each = 3.6e9 * Double(place.stations) / Double(place.picksPerHour)
                let service = Int64(Double(count) * each * factor)
                let first = stations[node].indices.min { stations[node][$0] < stations[node][$1] } ?? 0
                let start = inShift(
                    max(order.released, stations[node][first]), opens: place.opens, closes: place.closes)
                stations[node][first] = start + service
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
        for part in order.parts {
            let uniform = draws.uniform()
            guard part.parcel == parcel else { continue }
            rows[part.row].reserved -= part.quantity
            rows[part.row].book -= part.quantity
            if rows[part.row].reserved < 0 || rows[part.row].book < 0 { outcry = "a row gives more than it has" }
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
            if order.isRefused || uniform < segment.returnRate.fraction {
                order.backs.insert(part, at: 0)
            } else {
                order.isAllBack = false
            }
        }
        let place = world.network.nodes[order.nodes[parcel]]
        post(.picking, .accrued, minor(place.costPerLine.units * count))
        post(.packaging, .accrued, minor(world.costs.packagingPerParcel.units))
        order.leftToPick -= 1
        if order.leftToPick == 0 {
            order.isHeld = false
            order.state = .shipped
        }
        tell(order, now, .picked(node: place.code, lines: Int(count)))
        toShip.append((order, parcel, now, grams))
    }

    private func tax(in gross: Int64) -> Int64 {
        let rate = world.costs.vat.partsPerMillion
        return roundedDivision(gross * rate, by: 1_000_000 + rate)
    }

    private func cost(_ part: Part) -> Int64 { minor(world.skus.unitCosts[part.sku].units * part.quantity) }

    func ship() {
        for (order, parcel, time, grams) in toShip {
            let node = order.nodes[parcel]
            let (option, departure) = carrier(node, order, grams, time)
            let (logMean, logDeviation) = logNormalParameters(
                mean: option.transit * 3.6e9, deviation: option.transitDeviation * 3.6e9)
            let uniform = random(.transit, order.entity).uniform(at: UInt32(parcel))
            let arrival = departure + Int64(min(exp(logMean + logDeviation * Normal.quantile(uniform)), 1e15))
            let freight = minor(option.price(grams: grams))
            post(.freight, .carrierPayable, freight)
            order.lastDeparture = max(order.lastDeparture, departure)
            if arrival > order.promise { order.isLate = true }
            tell(
                order, time,
                .handedOver(
                    carrier: world.carriers[option.carrier.position].code, departs: Instant(microseconds: departure),
                    arrives: Instant(microseconds: arrival), freight: Amount(minor: freight)))
            add(Record(time: arrival, kind: .delivered, id: order.arrival.id, part: parcel, order: order))
        }
        toShip = []
    }

    /// The cheapest offer of the order's tier or a faster one (else of the next slower) with room on the day the
    /// parcel would leave; the day after when there is none, and so on; after two weeks room is made.
    private func carrier(
        _ node: Int, _ order: Order, _ grams: Int64, _ now: Int64
    ) -> (DeliveryOption, departure: Int64) {
        let offers = Array(world.delivery.options(Node.Index(node), Region.Index(order.region)))
        var tier = order.tier
        if tier > 0, !offers.contains(where: { (1...tier).contains($0.tier.number) }) {
            tier = offers.map(\.tier.number).filter { $0 > 0 }.min() ?? 3
        }
        let fitting = offers.filter { $0.tier.number <= tier && ($0.tier == .oneHour) == (tier == 0) }
        for delay in 0..<15 {
            var best: (price: Int64, option: DeliveryOption, departure: Int64, day: Int)?
            for option in fitting {
                let carrier = option.carrier.position
                let departure = departure(node, carrier, option.tier.number, now) + Int64(delay) * Self.day
                let day = min(Int(departure / Self.day), loads[carrier].count - 1)
                if loads[carrier][day] >= world.carriers[carrier].dailyCapacity && delay < 14 { continue }
                if option.price(grams: grams) < best?.price ?? .max {
                    best = (option.price(grams: grams), option, departure, day)
                }
            }
            if let best {
                loads[best.option.carrier.position][best.day] += 1
                return (best.option, best.departure)
            }
        }
        return (offers[0], now)
    }

    private func departure(_ node: Int, _ carrier: Int, _ tier: Int, _ now: Int64) -> Int64 {
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

    func deliver(_ order: Order, _ now: Int64) {
        order.leftToDeliver -= 1
        guard order.leftToDeliver == 0 else { return }
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
        add(Record(time: arrival, kind: .returned, id: order.arrival.id, order: order))
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
                restocked += part.quantity
            } else {
                rows[row].book -= part.quantity
                post(.writeDown, .inventory, cost(part))
                written += part.quantity
            }
        }
        tell(order, now, .inspected(restocked: restocked, writtenDown: written))
        settle(order)
        finish(order, order.isRefused ? .refused : order.isAllBack ? .returned : .returnedInPart, now)
    }

    private func settle(_ order: Order) {
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
            let entity = combine(
                combine(world.skus.entities[row.sku], entityHash(world.network.nodes[row.node].code)), UInt64(now))
            var draws = random(.leadTime, entity)
            let (mean, deviation) = (policy.leadTime, policy.leadTimeDeviation)
            var lead = Int64(mean * 8.64e10)
            if deviation > 0 && mean > 0 {
                let shape = mean * mean / (deviation * deviation)
                lead = Int64(min(draws.gamma(shape: shape, scale: mean / shape) * 8.64e10, 1e15))
            }
            let isTransfer = above != nil
            if let above {
                let free = max(0, rows[above].free)
                if quantity > free { quantity = free / pack * pack }
                if quantity <= 0 { continue }
                rows[above].book -= quantity
                rows[index].inTransit += quantity
                post(.transfers, .accrued, minor(world.replenishment.transferCostPerUnit.units * quantity))
            } else {
                rows[index].onOrder += quantity
                if now + lead >= Int64(world.clock.days) * Self.day { continue }
            }
            add(Record(time: now + lead, kind: .received, id: goodsNumber, goods: (index, quantity, isTransfer)))
            goodsNumber += 1
        }
    }

    func receive(_ record: Record) {
        guard let (index, quantity, isTransfer) = record.goods else { return }
        rows[index].book += quantity
        if isTransfer {
            rows[index].inTransit -= quantity
            return
        }
        rows[index].onOrder -= quantity
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
