import Retail

/// The shipment plan of the order in the scratch.
extension Replication {
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
        let isJoined = joinRepeats()
        if channel >= 0 { boundByChannel(channel) }
        flow.plans += 1
        // Lines of one article that were joined are parted again below.
        let isOneLine = scratch.lines.count == 1 && !isJoined
        if isOneLine && asked > 0 && planOneLine(region: region, asked: asked, at: now) { return }
        var grams: Int64 = 0
        for line in 0..<scratch.lines.count {
            grams += Int64(terms.weights[Int(scratch.lines[line].sku)]) * Int64(scratch.lines[line].quantity)
        }
        if !isJoined && asked > 0 && planApart(region: region, asked: asked, grams: grams, at: now) {
            return storeParts()
        }
        assignNothing()
        routeScratch.cost = -1
        let count = Int32(scratch.lines.count)
        if count > 0 {
            if isObserving { tellAlternatives(region: region, asked: asked, lines: count, grams: grams, at: now) }
            if asked == 0, let front = bestFront(region: region, lines: count, grams: grams, at: now) {
                routeScratch.cost = front.score.total
                if channel >= 0 { countHour(region: region, front: front.node, at: now) }
                open(front.node, tier: 0)
                assignCovered(to: front.node, parcel: 0)
            } else {
                if asked == 0 && channel >= 0 { countHour(region: region, front: nil, at: now) }
                planOrdinary(region: region, asked: max(1, asked), lines: count, grams: grams, at: now)
            }
            if routing.shadow != nil && channel >= 0 {
                compareWithShadow(region: region, asked: asked, lines: count, grams: grams, at: now)
            }
        } else if asked == 0 && channel >= 0 {
            countHour(region: region, front: nil, isSoldOut: true, at: now)
        }
        storeParts()
        if isJoined { partRepeats() }
    }

    /// The lines that a row sends are parts of the plan.
    private mutating func storeParts() {
        for line in 0..<scratch.lines.count where scratch.lines[line].row >= 0 {
            let work = scratch.lines[line]
            scratch.parts.append(
                LineRow(
                    sku: work.sku, quantity: work.quantity, row: work.row, parcel: work.parcel, sale: work.sale,
                    due: work.due,
                    subsidy: work.subsidy))
        }
    }

    /// The ordinary case without its detours: one line, from the cheapest node that has it whole. The plan is the one
    /// the long way finds.
    /// - Returns: false where the long way must be taken.
    private mutating func planOneLine(region: Int, asked: Int, at now: Int64) -> Bool {
        guard routing.isPlain, !isObserving else { return false }
        let work = scratch.lines[0]
        let grams = Int64(terms.weights[Int(work.sku)]) * Int64(work.quantity)
        let (row, best) = cheapestRow(work, region: region, asked: asked, grams: grams, at: now)
        guard row >= 0 else { return false }
        routeScratch.cost = best.total
        open(Int(stock.rows[row].node), tier: best.tier)
        scratch.lines[0].row = Int32(row)
        scratch.lines[0].parcel = 0
        storeParts()
        return true
    }

    /// The other ordinary case: a few lines of which no two lie at one node, so that each is a parcel of its own and
    /// none waits for another's choice. The plan is the one the long way finds: parcels by cost, of equal ones by node.
    /// - Returns: false where the long way must be taken.
    private mutating func planApart(region: Int, asked: Int, grams: Int64, at now: Int64) -> Bool {
        let count = scratch.lines.count
        guard count > 1, count <= routing.maximumParcels, routing.isPlain, !routing.splitsWhenCheaper, !isObserving
        else { return false }
        // Nodes by number modulo 64: two that look like one take the long way.
        var nodes: UInt64 = 0
        for line in 0..<count {
            let work = scratch.lines[line]
            var own: UInt64 = 0
            for row in stock.rowRange(of: Int(work.sku)) where canSend(row, Int(work.sku), work.quantity) {
                own |= 1 << UInt64(stock.rows[row].node & 63)
            }
            if own == 0 || nodes & own != 0 { return false }
            nodes |= own
        }
        scratch.choices.removeAll()
        for line in 0..<count {
            let work = scratch.lines[line]
            let (row, best) = cheapestRow(work, region: region, asked: asked, grams: grams / Int64(count), at: now)
            if row < 0 { return false }
            let choice = LineChoice(
                rank: best.rank, node: stock.rows[row].node, row: Int32(row), line: Int32(line), tier: Int32(best.tier))
            scratch.choices.append(choice)
            var place = scratch.choices.count - 1
            while place > 0 && choice.precedes(scratch.choices[place - 1]) {
                scratch.choices[place] = scratch.choices[place - 1]
                place -= 1
            }
            scratch.choices[place] = choice
        }
        for parcel in 0..<count {
            let choice = scratch.choices[parcel]
            open(Int(choice.node), tier: Int(choice.tier))
            scratch.lines[Int(choice.line)].row = choice.row
            scratch.lines[Int(choice.line)].parcel = UInt8(parcel)
        }
        return true
    }

    /// The row that sends a line whole as a parcel of its own for least; -1 is none.
    @inline(__always)
    private mutating func cheapestRow(
        _ work: WorkLine, region: Int, asked: Int, grams: Int64, at now: Int64
    ) -> (row: Int, score: ParcelScore) {
        let sku = Int(work.sku)
        let ask = ask(region, asked: asked, grams: grams, lines: 1, at: now)
        var (best, bestRow) = (ParcelScore.none, -1)
        for row in stock.rowRange(of: sku) where canSend(row, sku, work.quantity) {
            let score = score(Int(stock.rows[row].node), ask)
            if score.rank < best.rank { (best, bestRow) = (score, row) }
        }
        return (bestRow, best)
    }

    /// Parcels of the ordinary tiers: one where a node has everything, two where that costs less or none has, else
    /// a greedy cover.
    private mutating func planOrdinary(region: Int, asked: Int, lines: Int32, grams: Int64, at now: Int64) {
        let whole = bestWhole(routing.rule, region: region, asked: asked, lines: lines, grams: grams, at: now)
        if routing.splitsWhenCheaper && lines > 1 {
            let limit = whole?.score.rank ?? .max
            // Two parcels cost at least twice the cheapest there is, unless shelves give something back.
            if routing.markdownRisk > 0 || limit > 2 * routing.cheapestParcel[region] + routing.costPerSplit,
                let pair = cheapestPair(region: region, asked: asked, below: limit, at: now)
            {
                if whole != nil { flow.ordersSplitToSave += 1 }
                routeScratch.cost = pair.cost
                assign(pair)
                return
            }
        }
        // A front warehouse kept for the hour gives what no other node has, not the whole order.
        if let whole, !whole.score.isKept || lines == 1 { return sendAll(whole) }
        if split(region: region, asked: asked, grams: grams, at: now) { return }
        if let whole {
            assignNothing()
            return sendAll(whole)
        }
        for line in 0..<scratch.lines.count where scratch.lines[line].row < 0 {
            cutOverNodes(line, region: region, asked: asked, at: now)
        }
    }

    private mutating func sendAll(_ whole: (node: Int, score: ParcelScore)) {
        routeScratch.cost = whole.score.total
        open(whole.node, tier: whole.score.tier)
        assignCovered(to: whole.node, parcel: 0)
    }

    private mutating func assignNothing() {
        for line in 0..<scratch.lines.count {
            scratch.lines[line].row = -1
            scratch.lines[line].parcel = 255
        }
        scratch.nodes = SIMD4(repeating: -1)
        scratch.parcels = 0
        cover()
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
        scratch.clearCoverage()
        for line in 0..<scratch.lines.count where scratch.lines[line].row < 0 {
            let sku = Int(scratch.lines[line].sku)
            let quantity = scratch.lines[line].quantity
            for row in stock.rowRange(of: sku) where canSend(row, sku, quantity) { scratch.cover(stock.rows[row].node) }
        }
    }

    /// Whether a row has the quantity and its node may send such goods.
    @inline(__always)
    mutating func canSend(_ row: Int, _ sku: Int, _ quantity: Int32) -> Bool {
        let state = stock.rows[row]
        return state.free >= quantity && (!routing.hasKeepers || routing.mayKeep(Int(state.node), sku))
    }

    mutating func open(_ node: Int, tier: Int) {
        scratch.nodes[scratch.parcels] = Int16(node)
        scratch.tier = scratch.parcels == 0 ? tier : max(tier, scratch.tier)
        scratch.parcels += 1
    }

    /// Gives a node every line it can send whole.
    mutating func assignCovered(to node: Int, parcel: Int) {
        for line in 0..<scratch.lines.count where scratch.lines[line].row < 0 {
            let sku = Int(scratch.lines[line].sku)
            for row in stock.rowRange(of: sku) where stock.rows[row].node == node {
                if canSend(row, sku, scratch.lines[line].quantity) {
                    scratch.lines[line].row = Int32(row)
                    scratch.lines[line].parcel = UInt8(parcel)
                }
            }
        }
    }

    /// The node with most of the lines, then the node with most of what is left, and so on; front warehouses kept for
    /// the hour when no other node has any of it, or as the last parcel.
    /// - Returns: whether every line has found a node.
    private mutating func split(region: Int, asked: Int, grams: Int64, at now: Int64) -> Bool {
        var left = scratch.lines.count
        while left > 0 && scratch.parcels < routing.maximumParcels {
            let isLast = scratch.parcels == routing.maximumParcels - 1
            var best: (isKept: Bool, lines: Int32, rank: Int64, node: Int, tier: Int) = (true, 0, .max, -1, 0)
            for index in 0..<scratch.covering.count {
                let node = Int(scratch.covering[index])
                let lines = scratch.coverage[node]
                let isKept = !isLast && routing.keepsForTheHour[node]
                if lines == 0 || (isKept && !best.isKept) || (isKept == best.isKept && lines < best.lines) { continue }
                let score = score(
                    node, region, asked: asked, grams: grams * Int64(lines) / Int64(scratch.lines.count),
                    lines: Int64(lines), at: now)
                guard score.hasRoute else { continue }
                if isKept != best.isKept || lines > best.lines || score.rank < best.rank {
                    best = (isKept, lines, score.rank, node, score.tier)
                }
            }
            if best.node < 0 { break }
            open(best.node, tier: best.tier)
            assignCovered(to: best.node, parcel: scratch.parcels - 1)
            left -= Int(best.lines)
            if left > 0 { cover() }
        }
        return left == 0
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
                guard canSend(row, sku, 1) else { continue }
                var place = parcel(of: state.node)
                if pass == 0 ? place == nil : place != nil { continue }
                if place == nil {
                    guard scratch.parcels < routing.maximumParcels else { continue }
                    let score = score(
                        Int(state.node), region, asked: asked,
                        grams: Int64(terms.weights[sku]) * Int64(min(left, state.free)), lines: 1, at: now)
                    if !score.hasRoute { continue }
                    open(Int(state.node), tier: score.tier)
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
