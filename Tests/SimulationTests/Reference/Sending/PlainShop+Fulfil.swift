import Foundation
import NumericCore
import Retail

@testable import Simulation

/// Picking and packing.
extension PlainShop {
    func fulfil() {
        for (order, parcel, _, released) in toFulfil {
            let node = order.nodes[parcel]
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
            let start = firstStart(node, arrival)
            if let first = stations[node].indices.min(by: { stations[node][$0] < stations[node][$1] }) {
                stations[node][first] = start + service
            }
            payOvertime(node, start, start + service)
            tell(order, start, .pickStarted(node: place.code, ends: Instant(microseconds: start + service)))
            add(
                Record(time: start + service, kind: .picked, id: order.arrival.id, part: parcel, order: order))
        }
        toFulfil = []
    }

    /// When a pick may begin: the earliest station is free, the shift is on, and the node works.
    func firstStart(_ node: Int, _ arrival: Int64) -> Int64 {
        let place = world.network.nodes[node]
        var time = max(arrival, stations[node].min() ?? 0)
        while true {
            let next = afterOutage(node, inShift(time, opens: place.opens, closes: closes(node)))
            if next == time { return time }
            if isOut(node, inShift(time, opens: place.opens, closes: closes(node))) { seen.insert("node out") }
            time = next
        }
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
            let draw = random(.shortPick, order.entity).uniform(at: UInt32(place * 4 + parcel))
            if !order.isExchange && (isMissing(part) || draw < world.fulfilment.shortPicks.fraction) {
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
            if order.isExchange {
                post(.costOfGoods, .inventory, cost(part))
                continue
            }
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
            let rate = part.sale == -3 ? world.customers.chaseReturn : segment.returnRate
            if part.sale == -3 && uniform < rate.fraction { seen.insert("added goods sent back") }
            if world.skus.handling[part.sku] == .bulky { order.hasBulky = true }
            if order.isRefused || (uniform < rate.fraction && !part.isGift) {
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
        let start = serve(&packers[node], from: now, service, opens: place.opens, closes: closes(node))
        payOvertime(node, start, start + service)
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
    func loseParcel(_ order: Order, _ now: Int64) {
        order.leftToShip -= 1
        guard order.leftToPick == 0 else { return }
        if order.linesSent == 0 {
            giveBack(order)
            return finish(order, .oversold, now)
        }
        if order.leftToShip == 0 { complete(order, max(now, order.lastArrival)) }
    }

    func tax(in gross: Int64) -> Int64 {
        let rate = world.costs.vat.partsPerMillion
        return roundedDivision(gross * rate, by: 1_000_000 + rate)
    }

    func cost(_ part: Part) -> Int64 { minor(world.skus.unitCosts[part.sku].units * part.quantity) }
}
