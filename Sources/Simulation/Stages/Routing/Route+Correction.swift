import NumericCore
import Retail

/// Re-routing: goods that are not where the books say are sent from elsewhere.
extension Replication {
    /// Whether a line is not found on its shelf.
    @inline(__always)
    mutating func isShort(_ order: OrderRow, line: Int, parcel: Int) -> Bool {
        // An exchange has been set aside before.
        if order.isExchange { return false }
        if stock.drifts.count > 0 {
            let part = pool.lines[Int(order.lineBase) + line]
            if stock.shortage(part.quantity, row: Int(part.row)) > 0 { return true }
        }
        guard fulfilment.shortPicks > 0 else { return false }
        let draw = UInt32(truncatingIfNeeded: line) &* 4 &+ UInt32(parcel)
        return random(.shortPick, entity(of: order)).uniform(at: draw) < fulfilment.shortPicks
    }

    /// A line of a parcel being picked is not there: the books are corrected, and the line goes with a new parcel
    /// from another node when one has it all; else it leaves the order. What is left of the line in this parcel is
    /// nothing.
    mutating func sendFromElsewhere(_ slot: Int, line place: Int, at now: Int64) {
        let part = pool.lines[place]
        let (row, quantity) = (Int(part.row), part.quantity)
        flow.shortPicks += 1
        flow.unitsMissing += Int64(quantity)
        stock.miss(quantity, row: row)
        postShrinkage(
            sku: Int(part.sku), quantity: quantity, channel: Int(pool.orders[slot].channel), day: day(of: now))
        if isObserved(slot) {
            tell(at: now, .notFound(sku: prepared.world.skus.codes[Int(part.sku)], units: Int64(quantity)))
        }
        if !move(slot, line: place, at: now) { drop(slot, line: place, at: now) }
    }

    /// Gives a line another row, in a parcel of its own or one opened for an earlier line at this moment.
    /// - Returns: false when no node can send it.
    private mutating func move(_ slot: Int, line place: Int, at now: Int64) -> Bool {
        let (order, part) = (pool.orders[slot], pool.lines[place])
        // What a buyer comes for is in the store or not at all.
        if order.flags.contains(.isPickup) { return false }
        // What is missing is lost to the channel: more than its own part of the pool it may not take.
        if stock.available(Int(order.channel), Int(part.sku)) < Int64(part.quantity) { return false }
        let (sku, region) = (Int(part.sku), Int(order.region))
        let asked = max(1, Int(order.tier))
        var best: (rank: Int64, row: Int, parcel: Int) = (.max, -1, -1)
        for row in Int(stock.offsets[sku])..<Int(stock.offsets[sku + 1])
        where canSend(row, sku, part.quantity) && row != Int(part.row) {
            let node = Int(stock.rows[row].node)
            let grams = Int64(terms.weights[sku]) * Int64(part.quantity)
            var score = score(node, region, asked: asked, grams: grams, lines: 1, at: now)
            guard score.hasRoute else { continue }
            let open = openParcel(order, node: node)
            if open < 0 && order.parcels == 4 { continue }
            // A parcel that goes anyway costs its handling only.
            if open >= 0 { score = ParcelScore(processing: terms.lineCosts[node]) }
            if score.rank < best.rank { best = (score.rank, row, open) }
        }
        guard best.row >= 0 else { return false }
        let node = stock.rows[best.row].node
        var parcel = best.parcel
        if parcel < 0 {
            parcel = Int(order.parcels)
            pool.orders[slot].node[parcel] = Int16(node)
            pool.orders[slot].parcels += 1
            if order.state == .released {
                pool.orders[slot].parcelsToShip += 1
                toFulfil.append(
                    PickTask(
                        slot: Int32(slot), node: Int16(node), parcel: UInt8(parcel), isOpen: true, time: now,
                        id: order.id, entity: entity(of: order)))
            }
            if !order.isRerouted { flow.ordersRerouted += 1 }
            pool.orders[slot].isRerouted = true
        }
        stock.reserve(part.quantity, row: best.row, sku: sku, channel: Int(order.channel))
        pool.lines[place].row = Int32(best.row)
        pool.lines[place].parcel = UInt8(parcel)
        flow.linesRerouted += 1
        if isObserved(slot) {
            tell(
                at: now,
                .rerouted(
                    sku: prepared.world.skus.codes[sku], node: prepared.world.network.nodes[Int(node)].code))
        }
        return true
    }

    /// A parcel of the order from a node whose picking has not begun; -1 is none. Parcels opened by re-routing at
    /// this very moment are not in the queue before the slice ends, and may take more.
    private mutating func openParcel(_ order: OrderRow, node: Int) -> Int {
        for parcel in 0..<Int(order.parcels) where Int(order.node(parcel)) == node && order.picked & 1 << parcel == 0 {
            if order.state != .released { return parcel }
            for index in 0..<toFulfil.count
            where toFulfil[index].isOpen && toFulfil[index].id == order.id && Int(toFulfil[index].parcel) == parcel {
                return parcel
            }
        }
        return -1
    }

    /// A line that nobody can send leaves the order and is refunded; its place stays, empty.
    private mutating func drop(_ slot: Int, line place: Int, at now: Int64) {
        let (order, part) = (pool.orders[slot], pool.lines[place])
        pool.lines[place].quantity = 0
        pool.lines[place].due = 0
        pool.lines[place].subsidy = 0
        if part.sale == LineRow.gift {
            counters.giftsShort += Int64(part.quantity)
        } else {
            counters.skuLost[Int(part.sku)] += Int64(part.quantity)
            counters.unitsOversold += Int64(part.quantity)
            giveBackFlash(part)
        }
        // From its release on, what is due is in the lines alone.
        if order.state == .placed || order.state == .paid {
            pool.orders[slot].due -= part.due
            pool.orders[slot].subsidy -= part.subsidy
        }
        postOversold(part, of: order, day: day(of: now))
        if !order.isCut {
            counters.ordersOversold += 1
            counters.channelOversold[Int(order.channel)] += 1
            postCompensation(prepared.world.costs.oversoldCompensation.minor, order: order, day: day(of: now))
        }
        pool.orders[slot].isCut = true
        if isObserved(slot) { tell(at: now, .notSent(sku: prepared.world.skus.codes[Int(part.sku)])) }
        if order.isExchange { refundExchange(slot, part, at: now) }
    }

    /// A count has found less on a shelf than is promised from it: reservations are released and re-routed in the
    /// same step, the latest orders first, until what is left is covered. Orders whose picking is in the queue move
    /// line by line like the others.
    mutating func settleShortage(row: Int, at now: Int64) {
        var holders: [(placed: Int64, id: UInt64, slot: Int)] = []
        for slot in 0..<pool.orders.count {
            let order = pool.orders[slot]
            guard !order.isFree, order.hold == .held else { continue }
            for place in Int(order.lineBase)..<Int(order.lineBase + order.lineCount)
            where Int(pool.lines[place].row) == row {
                holders.append((order.placed, order.id, slot))
                break
            }
        }
        holders.sort { ($0.placed, $0.id) > ($1.placed, $1.id) }
        for (_, _, slot) in holders where stock.rows[row].free < 0 {
            let order = pool.orders[slot]
            for place in Int(order.lineBase)..<Int(order.lineBase + order.lineCount)
            where Int(pool.lines[place].row) == row && stock.rows[row].free < 0 {
                let part = pool.lines[place]
                if part.quantity == 0 || order.picked & 1 << part.parcel != 0 { continue }
                stock.release(part.quantity, row: row, sku: Int(part.sku), channel: Int(order.channel))
                if !move(slot, line: place, at: now) { drop(slot, line: place, at: now) }
            }
            endIfEmpty(slot, at: now)
        }
    }

    /// An order that has lost its last line before it was released ends.
    private mutating func endIfEmpty(_ slot: Int, at now: Int64) {
        let order = pool.orders[slot]
        guard order.state == .placed || order.state == .paid else { return }
        for place in Int(order.lineBase)..<Int(order.lineBase + order.lineCount) where pool.lines[place].quantity > 0 {
            return
        }
        // It may have come to the stages' lists within this slice, and its place may have another order soon.
        toPay.removeAll { Int($0.slot) == slot }
        toHandle.removeAll { Int($0) == slot }
        releaseHold(slot)
        giveBackCaps(slot)
        finish(slot, .oversold, at: now)
    }
}
