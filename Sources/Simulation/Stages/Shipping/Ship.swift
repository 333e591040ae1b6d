import Retail

/// Stage 7, seen from the other stages: parcels are handed to the shipping desk, and its answers taken.
extension Replication {
    /// Handovers that are passed on together.
    private static let handedAtOnce = 512
    /// Fewer are not worth waking a thread for.
    private static let worthAThread = 64

    /// Hands this slice's picked parcels to carriers. An order in one parcel ends here when nothing of it comes back, and
    /// the desk has no answer to give; else it is kept as a shipped one from here on.
    mutating func ship() {
        let isTold = observed != .max || journal != nil || !examples.isEmpty
        for index in 0..<toShip.count {
            let parcel = toShip[index]
            let order = pool.orders[Int(parcel.slot)]
            if order.flags.contains(.isPickup) {
                layReady(parcel)
                continue
            }
            var (slot, kind) = (parcel.slot, Handover.Kind.parcel)
            if !isTold && order.parcels == 1 && !order.isExchange {
                if order.returnsHead < 0 {
                    kind = .lastParcel
                    finish(Int(slot), .delivered, at: parcel.time)
                } else {
                    kind = .returningParcel
                    slot = pool.shrink(Int(slot))
                }
            }
            handOver(
                Handover(
                    order: order, time: parcel.time, grams: parcel.grams, slot: slot, parcel: parcel.parcel,
                    kind: kind))
        }
        toShip.removeAll()
    }

    /// Tells the shipping desk of an order.
    @inline(__always)
    mutating func handOver(_ handover: Handover) {
        handovers.append(handover)
        if handovers.count >= Self.handedAtOnce { desk.submit(&handovers, isAtOnce: false, riders: riders) }
    }

    mutating func handOver(_ slot: Int, _ kind: Handover.Kind, at now: Int64) {
        handOver(Handover(order: pool.orders[slot], time: now, slot: Int32(slot), kind: kind))
    }

    /// Takes what the shipping desk answers to this slice's handovers.
    mutating func finishShipping() {
        if handovers.count > 0 {
            let isAtOnce = desk.isIdle && handovers.count < Self.worthAThread
            desk.submit(&handovers, isAtOnce: isAtOnce, riders: riders)
        }
        let batches = desk.finish()
        if batches.isEmpty { return }
        for batch in batches {
            let count = batch.outcomes.count
            for index in 0..<count {
                if index + 16 < count { pool.orders.prefetch(Int(batch.outcomes[index + 16].slot)) }
                take(batch.outcomes[index])
            }
            desk.giveBack(batch)
        }
        desk.stage.tally.add(to: &counters, &flow)
        desk.stage.tally = ShippingTally()
        for node in 0..<prepared.nodeCount {
            counters.nodeCost[node] += desk.stage.nodeCost[node]
            desk.stage.nodeCost[node] = 0
        }
        desk.stage.hand(over: &ledger)
        for (order, step) in desk.stage.told {
            if journal != nil { journal?.append((order, step)) }
            if order == observed || journal == nil { story.append(step) }
        }
        desk.stage.told.removeAll()
    }

    private mutating func take(_ outcome: Outcome) {
        let slot = Int(outcome.slot)
        if outcome.kind == .comingBack {
            if outcome.isInsured { pool.shipped[slot].flags.insert(.isInsured) }
            wheel.add(Event(time: outcome.time, id: outcome.id, slot: outcome.slot, kind: .returned))
            return
        }
        isObserving = pool.orders[slot].id == observed
        switch outcome.kind {
        case .delivered: finish(slot, .delivered, at: outcome.time)
        case .exchanged: finish(slot, .exchanged, at: outcome.time)
        case .notExchanged:
            let isWhole = pool.orders[slot].returnsEverything
            finish(slot, isWhole ? .returned : .returnedInPart, at: outcome.time)
        case .returning:
            if outcome.isInsured { pool.orders[slot].isInsured = true }
            let id = pool.orders[slot].id
            wheel.add(Event(time: outcome.time, id: id, slot: pool.shrink(slot), kind: .returned))
        case .comingBack: break
        case .departed: if outcome.isInsured { pool.orders[slot].isInsured = true }
        case .sent:
            var order = pool.orders[slot]
            order.lastDeparture = max(order.lastDeparture, outcome.time)
            order.lastArrival = max(order.lastArrival, outcome.arrival)
            if outcome.isLate { order.late = true }
            order.parcelsToShip -= 1
            pool.orders[slot] = order
            guard order.parcelsToShip == 0 && order.parcelsToPick == 0 else { return }
            take(desk.stage.conclude(order, outcome.slot))
        }
    }

    /// What the shipping desk is to tell and to keep while an order is observed, or all are.
    mutating func instructDesk() {
        desk.stage.observed = observed
        desk.stage.tellsAll = journal != nil
        if observed == .max { desk.stage.ledger.keepsJournal = ledger.keepsJournal }
    }

    /// Whether a rider of a front warehouse is back soon enough for the hour; where riders are not counted, always.
    mutating func hasRider(_ node: Int, at now: Int64) -> Bool {
        !fulfilment.riders || riders.earliest(node) <= now + fulfilment.riderWait
    }
}
