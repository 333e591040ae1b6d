import Retail

/// Stage 5: which node sends what, as stock, load and freight are at that moment.
extension Replication {
    /// An order reaches the warehouses: where something has changed for it, its reservation is planned again and
    /// swapped in one step; then it is handed to the pick stations.
    mutating func route(_ slot: Int, at now: Int64) {
        let order = pool.orders[slot]
        guard order.state == .paid else { return }
        if needsNewPlan(order, at: now) { replan(slot, at: now) }
        if throttle(slot, at: now) { return }
        let new = pool.orders[slot]
        pool.orders[slot].release()
        if afterSales.refusal > 0 { drawRefusal(slot) }
        pool.orders[slot].promise(day: promisedDay(new))
        counters.ordersReleased += 1
        counters.orderToRelease += now - order.paidAt
        counters.releaseTimes[min(Int((now - order.paidAt) / 10_000_000), Counters.releaseCells)] += 1
        if new.parcels > 1 { counters.ordersSplit += 1 }
        if isObserved(slot) {
            tell(
                at: now,
                .routed(
                    nodes: nodeCodes(new.node), tier: ServiceTier.allCases[Int(new.tier)],
                    promise: Instant(microseconds: pool.orders[slot].promise)))
        }
        queuePicks(slot, at: now)
    }

    /// The plan made with the reservation stands unless it is split, or its node has work waiting, or the front
    /// warehouse that was to serve it within the hour has closed.
    private mutating func needsNewPlan(_ order: OrderRow, at now: Int64) -> Bool {
        if order.flags.contains(.isPickup) { return false }
        // A presale's plan is days old, and its goods may have been moved towards the buyer.
        if order.flags.contains(.isPresale) && prepared.world.replenishment.presaleMoves != nil { return true }
        let node = Int(order.node(0))
        if faults.hasOutages && faults.afterOutage(node, now) > now { return true }
        if order.tier == 0 && (!stations.isOpen(node, now) || !hasRider(node, at: now)) { return true }
        return order.parcels > 1 || stations.earliest(node) > now
    }

    /// Plans an order as if it held nothing, and swaps its rows for the new plan's when that leaves nothing short.
    private mutating func replan(_ slot: Int, at now: Int64) {
        let order = pool.orders[slot]
        for line in Int(order.lineBase)..<Int(order.lineBase + order.lineCount) {
            stock.rows[Int(pool.lines[line].row)].reserved -= pool.lines[line].quantity
        }
        gather(slot)
        plan(region: Int(order.region), asked: Int(order.askedTier), channel: -1, at: now)
        if scratch.short == 0 && !isAsBefore(order) {
            if scratch.nodes != order.node { counters.ordersSwapped += 1 }
            if scratch.parcels < Int(order.parcels) { flow.ordersMerged += 1 }
            store(slot, kept: scratch.parts.count)
            countHourChange(from: order, to: pool.orders[slot])
        }
        let new = pool.orders[slot]
        for line in Int(new.lineBase)..<Int(new.lineBase + new.lineCount) {
            stock.rows[Int(pool.lines[line].row)].reserved += pool.lines[line].quantity
        }
    }

    /// Whether the plan in the scratch is the one an order of one line has already.
    private mutating func isAsBefore(_ order: OrderRow) -> Bool {
        guard order.lineCount == 1, scratch.parts.count == 1, scratch.nodes == order.node else { return false }
        let (part, line) = (scratch.parts[0], pool.lines[Int(order.lineBase)])
        return part.row == line.row && part.parcel == line.parcel && UInt8(scratch.tier) == order.tier
    }

    /// The day at whose end an order is promised; -1 is within the hour from payment.
    private mutating func promisedDay(_ order: OrderRow) -> Int64 {
        if order.tier == 0 { return -1 }
        var day = order.paidAt / SliceGrid.microsecondsPerDay
        if order.paidAt - day * SliceGrid.microsecondsPerDay > terms.nodeCutOffs[Int(order.node(0))] { day += 1 }
        let isStandardExport = order.tier == 3 && terms.isExport[Int(order.region)]
        day += isStandardExport ? routing.exportPromiseDays : routing.promiseDays[Int(order.tier)]
        return day
    }

    /// Puts an order's lines into the scratch, parts of one line together again.
    mutating func gather(_ slot: Int) {
        let order = pool.orders[slot]
        scratch.lines.removeAll()
        for index in Int(order.lineBase)..<Int(order.lineBase + order.lineCount) {
            let part = pool.lines[index]
            if part.quantity == 0 { continue }
            let last = scratch.lines.count - 1
            if last >= 0 && scratch.lines[last].sku == part.sku && scratch.lines[last].sale == part.sale {
                scratch.lines[last].quantity += part.quantity
                scratch.lines[last].due += part.due
                scratch.lines[last].subsidy += part.subsidy
            } else {
                scratch.lines.append(
                    WorkLine(
                        sku: part.sku, quantity: part.quantity, due: part.due, subsidy: part.subsidy, sale: part.sale))
            }
        }
    }
}
