import Foundation
import NumericCore
import Retail

/// Stage 6: pick stations, then pack stations, first in first out, with shifts.
extension Replication {
    /// Sends this slice's released orders through the pick stations of their nodes.
    mutating func fulfil() {
        for index in 0..<toFulfil.count { startPick(toFulfil[index]) }
        toFulfil.removeAll()
    }

    /// Notes the parcels of a released order for the pick stations. Lines stay where they are until then, unless a
    /// count of the shelves moves them.
    mutating func queuePicks(_ slot: Int, at now: Int64) {
        let order = pool.orders[slot]
        let isSettled = stock.drifts.count == 0
        for parcel in 0..<Int(order.parcels) {
            let lines = isSettled ? order.parcels == 1 ? order.lineCount : linesOf(slot, parcel: parcel) : -1
            toFulfil.append(
                PickTask(
                    slot: Int32(slot), lines: lines, node: order.node(parcel), parcel: UInt8(parcel), time: now,
                    id: order.id, entity: entity(of: order)))
        }
    }

    /// Not inlined: who knows the number should not wait for the order's memory.
    @inline(never)
    private mutating func linesOf(_ slot: Int, parcel: Int) -> Int32 {
        let order = pool.orders[slot]
        var lines: Int32 = 0
        for line in Int(order.lineBase)..<Int(order.lineBase + order.lineCount)
        where Int(pool.lines[line].parcel) == parcel { lines += 1 }
        return lines
    }

    /// Puts a parcel into the queue of its node's pick stations.
    private mutating func startPick(_ task: PickTask) {
        let (slot, parcel, released) = (Int(task.slot), Int(task.parcel), task.time)
        let lines = Int(task.lines >= 0 ? task.lines : linesOf(slot, parcel: parcel))
        let node = Int(task.node)
        var factor = 1.0
        if terms.pickLogDeviation > 0 {
            let uniform = random(.pickTime, task.entity).uniform(at: UInt32(parcel))
            factor = exp(terms.pickLogMean + terms.pickLogDeviation * Normal.quantile(uniform))
        }
        let fixed = fulfilment.fixedTime(lines: lines, at: node)
        let service = Int64((Double(lines) * terms.lineTimes[node] + fixed) * factor)
        var arrival = released
        if fulfilment.wave > 0 { arrival = (arrival + fulfilment.wave - 1) / fulfilment.wave * fulfilment.wave }
        if faults.hasOutages { arrival = firstStart(node, arrival) }
        let start = stations.serve(node, arrival: arrival, service: service)
        countBusy(node, from: start, to: start + service)
        countBacklog(node, from: released, to: start)
        flow.timeWaiting += start - released
        flow.timePicking += service
        if isObserved(slot) {
            tell(
                at: start,
                .pickStarted(
                    node: prepared.world.network.nodes[node].code, ends: Instant(microseconds: start + service)))
        }
        wheel.add(Event(time: start + service, id: task.id, slot: task.slot, kind: .picked, part: task.parcel))
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

    /// Adds a station's work to the hours it falls in, and pays what falls beyond the regular end of the shift.
    private mutating func countBusy(_ node: Int, from start: Int64, to end: Int64) {
        var at = start
        while at < end {
            let hour = at / SliceGrid.microsecondsPerHour
            let until = min(end, (hour + 1) * SliceGrid.microsecondsPerHour)
            if hour < counters.hours { counters.busy[node * counters.hours + Int(hour)] += until - at }
            at = until
        }
        if fulfilment.overtime > 0 { payOvertime(node, from: start, to: end) }
    }

    private mutating func payOvertime(_ node: Int, from start: Int64, to end: Int64) {
        let place = prepared.world.network.nodes[node]
        if place.opens == place.closes { return }
        let midnight = start - start % SliceGrid.microsecondsPerDay
        let regular = midnight + Int64(place.closes) * 1_000_000
        // The shift's own end; a job begun before it is paid for what it takes beyond.
        let over = end - max(start, regular)
        guard over > 0 else { return }
        flow.overtime[node] += over
        let cost = terms.minor(over / 1_000_000 * fulfilment.overtimeCost / 3_600)
        if cost > 0 {
            postShared(debit: .overtime, credit: .accrued, cost, day: day(of: start))
            counters.nodeCost[node] += cost
        }
    }

    /// A parcel not begun at midnight is carried over into the next day.
    private mutating func countBacklog(_ node: Int, from released: Int64, to start: Int64) {
        var day = released / SliceGrid.microsecondsPerDay
        let last = min(start / SliceGrid.microsecondsPerDay, Int64(flow.days))
        while day < last {
            flow.backlog[node * flow.days + Int(day)] += 1
            day += 1
        }
    }

    /// A parcel is picked: its goods leave the shelf, what will come back is drawn, and the sale is posted. Lines
    /// that are not there go from elsewhere.
    mutating func pick(_ slot: Int, parcel: Int, at now: Int64) {
        let order = pool.orders[slot]
        if order.hold != .held || order.picked & 1 << UInt8(parcel) != 0 {
            breach("reservations_ended_once", "order \(OrderID(bits: order.id))", expected: 1, found: 2)
            return
        }
        let node = Int(order.node(parcel))
        // What is sent in exchange is kept; where its order came from is no longer known.
        let returnRate =
            order.isExchange
            ? 0 : order.live == 0 ? terms.returnRates[Int(order.segment)] : terms.liveReturnRates[Int(order.live) - 1]
        var draws = random(.returnDecision, entity(of: order))
        var (lines, units, grams): (Int64, Int64, Int64) = (0, 0, 0)
        var totals = SaleTotals()
        var isEverything = order.returnsEverything
        let day = day(of: now)
        for index in 0..<Int(order.lineCount) {
            let place = Int(order.lineBase) + index
            let line = pool.lines[place]
            // One draw a line of the order, whatever parcel it goes in: two lines share a block of the generator.
            let uniform = draws.uniform()
            guard Int(line.parcel) == parcel, line.quantity > 0 else { continue }
            if isShort(order, line: index, parcel: parcel) {
                sendFromElsewhere(slot, line: place, at: now)
                continue
            }
            stock.consume(line.quantity, row: Int(line.row))
            if stock.hasOwners && stock.lots.consigned > 0 {
                postConsigned(line, channel: Int(order.channel), day: day)
            }
            lines += 1
            units += Int64(line.quantity)
            grams += Int64(terms.weights[Int(line.sku)]) * Int64(line.quantity)
            if order.isExchange {
                postExchange(line, channel: Int(order.channel), day: day)
                continue
            }
            postSale(line, channel: Int(order.channel), day: day, totals: &totals)
            // A gift comes back with a refused order only.
            let isGift = line.sale == LineRow.gift
            let rate = line.sale == LineRow.chased ? terms.chaseReturnRate : returnRate
            if order.refused || (uniform < rate && !isGift) {
                pool.addReturn(
                    ReturnLine(
                        sku: line.sku, quantity: line.quantity, row: line.row, next: -1, due: line.due,
                        subsidy: line.subsidy), to: slot)
            } else if !isGift {
                isEverything = false
            }
            if afterSales.installation > 0 && routing.isBulky(Int(line.sku)) { pool.orders[slot].isBulky = true }
        }
        if !order.isExchange { controlSale(totals) }
        if lines > 0 { postPicking(node: node, lines: lines, order: order, day: day) }
        pool.orders[slot].settled += totals.due + totals.subsidy - totals.commission - totals.fee
        pool.orders[slot].returnsEverything = isEverything
        if lines > 0 { pool.orders[slot].noteSent() }
        pool.orders[slot].picked |= 1 << UInt8(parcel)
        if pool.orders[slot].parcelsToPick == 0 {
            pool.orders[slot].hold = .consumed
            pool.orders[slot].state = .shipped
            pool.recycleLines(of: slot)
            counters.tick(counters.picked, now)
        }
        if lines == 0 {
            loseParcel(slot, at: now)
            return
        }
        counters.nodeParcels[node] += 1
        counters.nodeLines[node] += lines
        counters.nodeUnits[node] += units
        if order.parcels > 1 { counters.nodeSplit[node] += 1 }
        counters.linesShipped += lines
        counters.unitsShipped += units
        if isObserved(slot) { tell(at: now, .picked(node: prepared.world.network.nodes[node].code, lines: Int(lines))) }
        let picked = PickedParcel(slot: Int32(slot), parcel: UInt8(parcel), time: now, grams: grams)
        if fulfilment.packs[node] { pack(picked, node: node, order: order) } else { toShip.append(picked) }
    }

    /// Packs a parcel at the node's pack stations: picks end in order of time, so the queue is first in first out.
    private mutating func pack(_ parcel: PickedParcel, node: Int, order: OrderRow) {
        var draw = random(.packTime, combine(entity(of: order), UInt64(parcel.parcel)))
        let service = Int64(min(draw.exponential(mean: fulfilment.packTime), 1e13))
        let start = packing.serve(node, arrival: parcel.time, service: service)
        if fulfilment.overtime > 0 { payOvertime(node, from: start, to: start + service) }
        flow.packed[node] += 1
        flow.packing[node] += service
        flow.packWaiting[node] += start - parcel.time
        flow.timePacking += start + service - parcel.time
        var place = Int32(toPack.count)
        if freePack >= 0 {
            place = freePack
            freePack = toPack[Int(place)].slot
            toPack[Int(place)] = parcel
        } else {
            toPack.append(parcel)
        }
        wheel.add(
            Event(time: start + service, id: order.id, slot: place, kind: .packed, part: parcel.parcel))
    }

    /// A parcel is packed and goes to the carrier.
    mutating func finishPack(_ place: Int, at now: Int64) {
        var parcel = toPack[place]
        toPack[place].slot = freePack
        freePack = Int32(place)
        parcel.time = now
        if isObserved(Int(parcel.slot)) {
            let order = pool.orders[Int(parcel.slot)]
            tell(at: now, .packed(node: prepared.world.network.nodes[Int(order.node(Int(parcel.parcel)))].code))
        }
        toShip.append(parcel)
    }

    /// Nothing of a parcel was found: it never leaves, and with the last one the order is done or comes to nothing.
    private mutating func loseParcel(_ slot: Int, at now: Int64) {
        pool.orders[slot].parcelsToShip -= 1
        let order = pool.orders[slot]
        guard order.parcelsToPick == 0 else { return }
        if !order.flags.contains(.isSent) {
            giveBackCaps(slot)
            finish(slot, .oversold, at: now)
            return
        }
        // What is still at the desk ends the order when the slice does.
        if order.parcelsToShip == 0 { handOver(slot, .lost, at: now) }
    }
}
