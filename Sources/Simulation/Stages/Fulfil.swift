import Foundation
import NumericCore
import Retail

/// Stage 6: pick stations, first in first out, with shifts.
extension Replication {
    /// Sends this slice's released orders through the pick stations of their nodes.
    mutating func fulfil() {
        let plan = prepared.world.fulfilment
        let wave = plan.waveInterval.microseconds
        for index in 0..<toFulfil.count {
            let slot = Int(toFulfil[index])
            let order = pool.orders[slot]
            for parcel in 0..<Int(order.parcels) {
                var lines = 0
                for line in Int(order.lineBase)..<Int(order.lineBase + order.lineCount)
                where Int(pool.lines[line].parcel) == parcel { lines += 1 }
                let node = Int(order.node[parcel])
                var factor = 1.0
                if terms.pickLogDeviation > 0 {
                    let uniform = random(.pickTime, order.entity).uniform(at: UInt32(parcel))
                    factor = exp(terms.pickLogMean + terms.pickLogDeviation * Normal.quantile(uniform))
                }
                let service = Int64((Double(lines) * terms.lineTimes[node] + plan.fixedTime(lines: lines)) * factor)
                var arrival = order.released
                if wave > 0 { arrival = (arrival + wave - 1) / wave * wave }
                if faults.hasOutages { arrival = firstStart(node, arrival) }
                let start = stations.serve(node, arrival: arrival, service: service)
                countBusy(node, from: start, to: start + service)
                if isObserved(slot) {
                    tell(
                        at: start,
                        .pickStarted(
                            node: prepared.world.network.nodes[node].code, ends: Instant(microseconds: start + service))
                    )
                }
                wheel.add(
                    Event(time: start + service, id: order.id, slot: Int32(slot), kind: .picked, part: UInt8(parcel)))
            }
        }
        toFulfil.removeAll()
    }

    /// The first moment a job may begin when the node's stations are free, within the shift and outside outages.
    private mutating func firstStart(_ node: Int, _ arrival: Int64) -> Int64 {
        var time = max(arrival, stations.earliest(node))
        while true {
            let open = faults.afterOutage(node, stations.inShift(node, time))
            if open == time { return time }
            time = open
        }
    }

    /// Adds a station's work to the hours it falls in.
    private mutating func countBusy(_ node: Int, from start: Int64, to end: Int64) {
        var at = start
        while at < end {
            let hour = at / SliceGrid.microsecondsPerHour
            let until = min(end, (hour + 1) * SliceGrid.microsecondsPerHour)
            if hour < counters.hours { counters.busy[node * counters.hours + Int(hour)] += until - at }
            at = until
        }
    }

    /// A parcel is picked: its goods leave the shelf, what will come back is drawn, and the sale is posted.
    mutating func pick(_ slot: Int, parcel: Int, at now: Int64) {
        let order = pool.orders[slot]
        if order.hold != .held || order.picked & 1 << UInt8(parcel) != 0 {
            breach("reservations_ended_once", "order \(OrderID(bits: order.id))", expected: 1, found: 2)
            return
        }
        let node = Int(order.node[parcel])
        let returnRate = terms.returnRates[Int(order.segment)]
        var draws = random(.returnDecision, order.entity)
        var (lines, units, grams): (Int64, Int64, Int64) = (0, 0, 0)
        var totals = SaleTotals()
        var isEverything = order.returnsEverything
        let day = day(of: now)
        for index in 0..<Int(order.lineCount) {
            let line = pool.lines[Int(order.lineBase) + index]
            // One draw a line of the order, whatever parcel it goes in: two lines share a block of the generator.
            let uniform = draws.uniform()
            guard Int(line.parcel) == parcel else { continue }
            stock.consume(line.quantity, row: Int(line.row))
            lines += 1
            units += Int64(line.quantity)
            grams += Int64(terms.weights[Int(line.sku)]) * Int64(line.quantity)
            postSale(line, channel: Int(order.channel), day: day, totals: &totals)
            // A gift comes back with a refused order only.
            let isGift = line.sale == LineRow.gift
            if order.refused || (uniform < returnRate && !isGift) {
                pool.addReturn(
                    ReturnLine(
                        sku: line.sku, quantity: line.quantity, row: line.row, next: -1, due: line.due,
                        subsidy: line.subsidy), to: slot)
            } else if !isGift {
                isEverything = false
            }
        }
        controlSale(totals)
        postPicking(node: node, lines: lines, order: order, day: day)
        pool.orders[slot].settled += totals.due + totals.subsidy - totals.commission - totals.fee
        pool.orders[slot].returnsEverything = isEverything
        pool.orders[slot].linesSent += Int32(lines)
        pool.orders[slot].picked |= 1 << UInt8(parcel)
        pool.orders[slot].parcelsToPick -= 1
        if pool.orders[slot].parcelsToPick == 0 {
            pool.orders[slot].hold = .consumed
            pool.orders[slot].state = .shipped
            pool.recycleLines(of: slot)
            counters.tick(counters.picked, now)
        }
        counters.nodeParcels[node] += 1
        counters.nodeLines[node] += lines
        counters.nodeUnits[node] += units
        if order.parcels > 1 { counters.nodeSplit[node] += 1 }
        counters.linesShipped += lines
        counters.unitsShipped += units
        if isObserved(slot) { tell(at: now, .picked(node: prepared.world.network.nodes[node].code, lines: Int(lines))) }
        toShip.append(PickedParcel(slot: Int32(slot), parcel: UInt8(parcel), time: now, grams: grams))
    }
}
