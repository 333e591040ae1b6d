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
        pool.orders[slot].state = .released
        pool.orders[slot].released = now
        pool.orders[slot].parcelsToPick = new.parcels
        pool.orders[slot].parcelsToDeliver = new.parcels
        pool.orders[slot].promise = promise(new, at: now)
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
        toFulfil.append(Int32(slot))
    }

    /// The plan made with the reservation stands unless it is split, or its node has work waiting, or the front
    /// warehouse that was to serve it within the hour has closed.
    private mutating func needsNewPlan(_ order: OrderRow, at now: Int64) -> Bool {
        let node = Int(order.node[0])
        if faults.hasOutages && faults.afterOutage(node, now) > now { return true }
        return order.parcels > 1 || stations.earliest(node) > now || (order.tier == 0 && !stations.isOpen(node, now))
    }

    /// Plans an order as if it held nothing, and swaps its rows for the new plan's when that leaves nothing short.
    private mutating func replan(_ slot: Int, at now: Int64) {
        let order = pool.orders[slot]
        for line in Int(order.lineBase)..<Int(order.lineBase + order.lineCount) {
            stock.rows[Int(pool.lines[line].row)].reserved -= pool.lines[line].quantity
        }
        gather(slot)
        plan(region: Int(order.region), asked: Int(order.askedTier), channel: -1, at: now)
        if scratch.short == 0 {
            if scratch.nodes != order.node { counters.ordersSwapped += 1 }
            store(slot, kept: scratch.parts.count)
        }
        let new = pool.orders[slot]
        for line in Int(new.lineBase)..<Int(new.lineBase + new.lineCount) {
            stock.rows[Int(pool.lines[line].row)].reserved += pool.lines[line].quantity
        }
    }

    /// The moment an order is promised for: an hour from payment, or the end of a day.
    private mutating func promise(_ order: OrderRow, at now: Int64) -> Int64 {
        if order.tier == 0 { return order.paidAt + SliceGrid.microsecondsPerHour }
        let routing = prepared.world.routing
        var day = order.paidAt / SliceGrid.microsecondsPerDay
        if order.paidAt - day * SliceGrid.microsecondsPerDay > terms.nodeCutOffs[Int(order.node[0])] { day += 1 }
        let isStandardExport = order.tier == 3 && terms.isExport[Int(order.region)]
        day += Int64(isStandardExport ? routing.exportPromiseDays : routing.promiseDays[Int(order.tier)])
        return (day + 1) * SliceGrid.microsecondsPerDay
    }

    /// Puts an order's lines into the scratch, parts of one line together again.
    mutating func gather(_ slot: Int) {
        let order = pool.orders[slot]
        scratch.lines.removeAll()
        for index in Int(order.lineBase)..<Int(order.lineBase + order.lineCount) {
            let part = pool.lines[index]
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

    // MARK: The plan

    /// Plans the shipment of the lines in the scratch: one node for all of them where there is one, the cheapest;
    /// else as few parcels as a greedy cover finds, then lines cut over several nodes; what is left is short.
    ///
    /// - Parameter channel: bounds each line by what the channel may take of the pool; -1 when it is held already.
    mutating func plan(region: Int, asked: Int, channel: Int, at now: Int64) {
        scratch.parts.removeAll()
        scratch.nodes = SIMD4(repeating: -1)
        scratch.parcels = 0
        scratch.short = 0
        if channel >= 0 { boundByChannel(channel) }
        var grams: Int64 = 0
        for line in 0..<scratch.lines.count {
            scratch.lines[line].row = -1
            scratch.lines[line].parcel = 255
            grams += Int64(terms.weights[Int(scratch.lines[line].sku)]) * Int64(scratch.lines[line].quantity)
        }
        cover()
        let count = Int32(scratch.lines.count)
        if count > 0 {
            if asked == 0, let front = cheapestFront(region: region, lines: count, grams: grams, at: now) {
                open(front, tier: 0)
                assignCovered(to: front, parcel: 0)
            } else if let node = cheapestWhole(region: region, asked: asked, lines: count, grams: grams, at: now) {
                open(node.place, tier: node.tier)
                assignCovered(to: node.place, parcel: 0)
            } else {
                split(region: region, asked: asked, grams: grams, at: now)
            }
        }
        for line in 0..<scratch.lines.count where scratch.lines[line].row >= 0 {
            let work = scratch.lines[line]
            scratch.parts.append(
                LineRow(
                    sku: work.sku, quantity: work.quantity, row: work.row, parcel: work.parcel, sale: work.sale,
                    due: work.due,
                    subsidy: work.subsidy))
        }
    }

    /// Where others' exclusive quotas bind, what goes beyond the channel's part is short from the start.
    private mutating func boundByChannel(_ channel: Int) {
        var line = 0
        while line < scratch.lines.count {
            let work = scratch.lines[line]
            let allowed = stock.available(channel, Int(work.sku))
            if allowed < Int64(work.quantity) {
                let keep = Int32(truncatingIfNeeded: max(0, allowed))
                cut(line, keeping: keep)
                if keep == 0 {
                    // Order of lines is kept: what follows moves up.
                    for later in line + 1..<scratch.lines.count { scratch.lines[later - 1] = scratch.lines[later] }
                    _ = scratch.lines.removeLast()
                    continue
                }
            }
            line += 1
        }
    }

    /// Takes all but `keep` units off a line, as a part that cannot be sent.
    private mutating func cut(_ line: Int, keeping keep: Int32) {
        let work = scratch.lines[line]
        let off = work.quantity - keep
        let due = share(work.due, off, of: work.quantity)
        let subsidy = share(work.subsidy, off, of: work.quantity)
        scratch.parts.append(
            LineRow(sku: work.sku, quantity: off, row: -1, parcel: 255, sale: work.sale, due: due, subsidy: subsidy))
        scratch.short += Int64(off)
        scratch.lines[line].quantity = keep
        scratch.lines[line].due -= due
        scratch.lines[line].subsidy -= subsidy
    }

    @inline(__always)
    private mutating func share(_ amount: Int64, _ part: Int32, of whole: Int32) -> Int64 {
        part == whole ? amount : amount * Int64(part) / Int64(whole)
    }

    /// Counts for each node the lines not yet assigned that it could send whole.
    private mutating func cover() {
        scratch.coverage.fill(with: 0)
        for line in 0..<scratch.lines.count where scratch.lines[line].row < 0 {
            let sku = Int(scratch.lines[line].sku)
            let quantity = scratch.lines[line].quantity
            for row in Int(stock.offsets[sku])..<Int(stock.offsets[sku + 1]) {
                let state = stock.rows[row]
                scratch.coverage[Int(state.node)] += state.free >= quantity ? 1 : 0
            }
        }
    }

    private mutating func open(_ node: Int, tier: Int) {
        scratch.nodes[scratch.parcels] = Int16(node)
        scratch.tier = scratch.parcels == 0 ? tier : max(tier, scratch.tier)
        scratch.parcels += 1
    }

    /// Gives a node every line it can send whole.
    private mutating func assignCovered(to node: Int, parcel: Int) {
        for line in 0..<scratch.lines.count where scratch.lines[line].row < 0 {
            let sku = Int(scratch.lines[line].sku)
            for row in Int(stock.offsets[sku])..<Int(stock.offsets[sku + 1]) where stock.rows[row].node == node {
                if stock.rows[row].free >= scratch.lines[line].quantity {
                    scratch.lines[line].row = Int32(row)
                    scratch.lines[line].parcel = UInt8(parcel)
                }
            }
        }
    }

    private mutating func cheapestFront(region: Int, lines: Int32, grams: Int64, at now: Int64) -> Int? {
        var best: (cost: Int64, node: Int)?
        for index in Int(terms.frontOffsets[region])..<Int(terms.frontOffsets[region + 1]) {
            let node = Int(terms.frontNodes[index])
            guard scratch.coverage[node] == lines, stations.isOpen(node, now) else { continue }
            if faults.hasOutages && faults.afterOutage(node, now) > now { continue }
            let cost = score(node, region, asked: 0, grams: grams, lines: Int64(lines), at: now).cost
            if cost < best?.cost ?? .max { best = (cost, node) }
        }
        return best?.node
    }

    private mutating func cheapestWhole(
        region: Int, asked: Int, lines: Int32, grams: Int64, at now: Int64
    ) -> (place: Int, tier: Int)? {
        var best: (cost: Int64, place: Int, tier: Int) = (.max, -1, 0)
        for index in Int(terms.servedOffsets[region])..<Int(terms.servedOffsets[region + 1]) {
            let node = Int(terms.servedNodes[index])
            guard scratch.coverage[node] == lines else { continue }
            let (cost, tier) = score(node, region, asked: max(1, asked), grams: grams, lines: Int64(lines), at: now)
            if cost < best.cost { best = (cost, node, tier) }
        }
        return best.place >= 0 ? (best.place, best.tier) : nil
    }

    /// What a parcel from a node costs, all told, and the tier it gets: the tier asked for or a faster one, the
    /// cheapest; where there is none, the next slower.
    @inline(__always)
    mutating func score(
        _ node: Int, _ region: Int, asked: Int, grams: Int64, lines: Int64, at now: Int64
    ) -> (cost: Int64, tier: Int) {
        var (price, tier): (Int64, Int) = (.max, -1)
        for index in terms.routes(node, region) {
            let route = terms.routes[index]
            let offered = Int(route.tier)
            // The hour is for those who ask for it.
            if offered == 0 && asked != 0 { continue }
            if offered > asked && tier >= 0 && (tier <= asked || offered > tier) { break }
            let cost = route.price(grams: grams)
            if cost < price { (price, tier) = (cost, offered) }
        }
        guard tier >= 0 else { return (.max, asked) }
        var free = stations.earliest(node)
        if faults.hasOutages { free = faults.afterOutage(node, max(free, now)) }
        let backlog = max(0, free - now) / 1_000_000
        var cost = price + terms.lineCosts[node] * lines + terms.distanceCosts[node * prepared.regionCount + region]
        cost += backlog * terms.backlogHourCost / 3_600 + Int64(max(0, tier - asked)) * terms.tierStepCost
        return (cost, tier)
    }

    /// No node has it all: the node with most of the lines, then the node with most of what is left, and so on;
    /// then lines that no node has whole are cut over the nodes in use, and over others while parcels are left.
    private mutating func split(region: Int, asked: Int, grams: Int64, at now: Int64) {
        let served = Int(terms.servedOffsets[region])..<Int(terms.servedOffsets[region + 1])
        let most = prepared.world.routing.maximumParcels
        var left = scratch.lines.count
        while left > 0 && scratch.parcels < most {
            var best: (lines: Int32, cost: Int64, node: Int, tier: Int) = (0, .max, -1, 0)
            for index in served {
                let node = Int(terms.servedNodes[index])
                let lines = scratch.coverage[node]
                if lines == 0 || lines < best.lines { continue }
                let (cost, tier) = score(
                    node, region, asked: max(1, asked), grams: grams * Int64(lines) / Int64(scratch.lines.count),
                    lines: Int64(lines), at: now)
                if lines > best.lines || cost < best.cost { best = (lines, cost, node, tier) }
            }
            if best.node < 0 { break }
            open(best.node, tier: best.tier)
            assignCovered(to: best.node, parcel: scratch.parcels - 1)
            left -= Int(best.lines)
            if left > 0 { cover() }
        }
        if left > 0 {
            for line in 0..<scratch.lines.count where scratch.lines[line].row < 0 {
                cutOverNodes(line, region: region, asked: asked, at: now)
            }
        }
    }

    private mutating func parcel(of node: Int32) -> Int? {
        for parcel in 0..<scratch.parcels where Int32(scratch.nodes[parcel]) == node { return parcel }
        return nil
    }

    /// Sends a line in pieces; what is left over is short. The line itself is used up.
    private mutating func cutOverNodes(_ line: Int, region: Int, asked: Int, at now: Int64) {
        let work = scratch.lines[line]
        let sku = Int(work.sku)
        var left = work.quantity
        var (due, subsidy) = (work.due, work.subsidy)
        let rows = Int(stock.offsets[sku])..<Int(stock.offsets[sku + 1])
        // First the nodes that send a parcel anyway, then others.
        for pass in 0..<2 {
            for row in rows where left > 0 {
                let state = stock.rows[row]
                guard state.free > 0 else { continue }
                var place = parcel(of: state.node)
                if pass == 0 ? place == nil : place != nil { continue }
                if place == nil {
                    guard scratch.parcels < prepared.world.routing.maximumParcels else { continue }
                    let (cost, tier) = score(
                        Int(state.node), region, asked: max(1, asked),
                        grams: Int64(terms.weights[sku]) * Int64(min(left, state.free)), lines: 1, at: now)
                    if cost == .max { continue }
                    open(Int(state.node), tier: tier)
                    place = scratch.parcels - 1
                }
                let piece = min(left, state.free)
                let pieceDue = piece == left ? due : due * Int64(piece) / Int64(left)
                let pieceSubsidy = piece == left ? subsidy : subsidy * Int64(piece) / Int64(left)
                scratch.parts.append(
                    LineRow(
                        sku: work.sku, quantity: piece, row: Int32(row), parcel: UInt8(place ?? 0), sale: work.sale,
                        due: pieceDue,
                        subsidy: pieceSubsidy))
                left -= piece
                due -= pieceDue
                subsidy -= pieceSubsidy
            }
        }
        if left > 0 {
            scratch.parts.append(
                LineRow(
                    sku: work.sku, quantity: left, row: -1, parcel: 255, sale: work.sale, due: due, subsidy: subsidy))
            scratch.short += Int64(left)
        }
    }
}
