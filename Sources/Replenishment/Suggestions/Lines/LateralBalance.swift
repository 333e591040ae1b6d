import Retail

extension SuggestionEngine {
    /// Moves between nodes of which neither replenishes the other: where one would run out before its own supply
    /// comes and another holds more than its order-up-to level.
    ///
    /// A node gives only what lies free on its shelves above its own order-up-to level, so that it need not reorder
    /// for having given; a move is made when the margin it saves is more than it costs. The position of the receiving
    /// node grows by the move, so that the same need is not bought as well.
    static func balance(
        demand: NodeDemand, targets: [StockTarget?], feeds: [Feed?], granted: [TransferSuggestion],
        table: inout PositionTable, room: inout TransferRoom, skus: [SKU], today: Day, currency: Currency,
        options: SuggestionOptions, chooser: inout LawChooser
    ) throws(ReplenishmentError) -> [TransferSuggestion] {
        let ordered = demand.orderedRows
        // What upper nodes have granted is on its way as well.
        var coming: [Int64: Int64] = [:]
        for move in granted where move.quantity > 0 {
            coming[PositionTable.key(move.sku, move.to), default: 0] += move.quantity
        }
        var moves: [TransferSuggestion] = []
        var start = 0
        while start < ordered.count {
            var end = start + 1
            while end < ordered.count, demand.skus[ordered[end]] == demand.skus[ordered[start]] { end += 1 }
            defer { start = end }
            guard end - start > 1 else { continue }
            let rows = Array(ordered[start..<end])
            let product = skus[demand.skus[rows[0]].position]
            let gain = product.listPrice.major - product.unitCost.major * (1 + options.balanceCostRate)
            guard gain > 0 else { continue }
            for row in rows {
                guard let target = targets[row], let feed = feeds[row] else { continue }
                let here = demand.nodes[row]
                let arrival = today + max(1, feed.leadDays)
                let landing = today + options.balanceDays
                let look = try outlook(row, demand, feed, table, today, days: arrival - today, target, &chooser)
                // The first day short, later by what the upper node has already granted.
                let free = look.position.onHand - look.position.reserved - look.position.backordered
                let extra = coming[PositionTable.key(demand.skus[row], here)] ?? 0
                let short = Projection.stockout(
                    free: free + extra, receipts: look.position.receipts, daily: look.daily, offset: look.offset,
                    today: today, days: arrival - today)
                guard let short, landing < arrival else { continue }
                var need = Int64(clampedUp: look.demand(from: max(short, landing), to: arrival))
                let donors = rows.compactMap { donor -> (row: Int, surplus: Int64)? in
                    guard donor != row, let level = targets[donor], !isFeeding(feeds, donor, row, demand) else {
                        return nil
                    }
                    let stock = table.positions[donor]
                    let surplus = stock.onHand - stock.reserved - stock.backordered - level.orderUpTo
                    return surplus > 0 ? (donor, surplus) : nil
                }.sorted { ($1.surplus, demand.nodes[$0.row]) < ($0.surplus, demand.nodes[$1.row]) }
                for donor in donors where need > 0 {
                    let quantity = min(need, donor.surplus, room.units(demand.skus[row], here))
                    guard quantity > 0 else { break }
                    room.take(quantity, of: demand.skus[row], into: here)
                    var move = TransferSuggestion(
                        sku: demand.skus[row], from: demand.nodes[donor.row], to: here,
                        position: look.position.position, reorderPoint: target.reorderPoint,
                        orderUpTo: target.orderUpTo, need: need, available: donor.surplus, quantity: quantity,
                        receipt: landing)
                    move.kind = .balance
                    move.stockout = short
                    move.saved = money(Double(quantity), at: gain, currency)
                    moves.append(move)
                    table.positions[donor.row].backordered += quantity
                    table.positions[row].add(transfer: quantity, due: landing)
                    need -= quantity
                }
            }
        }
        return moves.sorted { ($1.saved, $0.sku, $0.from, $0.to) < ($0.saved, $1.sku, $1.from, $1.to) }
    }

    /// Whether one of two rows of a SKU is replenished from the other's node.
    private static func isFeeding(_ feeds: [Feed?], _ a: Int, _ b: Int, _ demand: NodeDemand) -> Bool {
        feeds[a]?.source == .node(demand.nodes[b]) || feeds[b]?.source == .node(demand.nodes[a])
    }
}
