import Retail

/// What becomes of the orders that ask for the hour, and why.
extension Replication {
    /// Counts an order that asks for the hour where a front warehouse is in reach.
    ///
    /// - Parameters:
    ///   - front: the front warehouse that is to serve it; nil when none can, and the lines of the scratch are asked
    ///     which of the reasons it is.
    ///   - isSoldOut: nothing of it can be had anywhere.
    mutating func countHour(region: Int, front: Int?, isSoldOut: Bool = false, at now: Int64) {
        let fronts = Int(terms.frontOffsets[region])..<Int(terms.frontOffsets[region + 1])
        if fronts.isEmpty { return }
        if let front {
            hour.count(.asked, at: front)
            return
        }
        let node = nearestFront(region)
        hour.count(.asked, at: node)
        if isSoldOut {
            hour.count(.soldOut, at: node)
            return
        }
        var (isOpen, lacksRider, holdsAll) = (false, false, false)
        for index in fronts {
            let node = Int(terms.frontNodes[index])
            guard isAtWork(node, at: now) else { continue }
            isOpen = true
            if Int(scratch.coverage[node]) == scratch.lines.count { lacksRider = true }
            if holdsEveryLine(node) { holdsAll = true }
        }
        hour.count(
            !isOpen ? .closed : lacksRider ? .noRider : holdsAll ? .outOfStock : .notHeld, at: node)
    }

    /// Counts an order whose plan was made again at its release, when it changed to or from the hour.
    mutating func countHourChange(from old: OrderRow, to new: OrderRow) {
        guard old.askedTier == 0, (old.tier == 0) != (new.tier == 0) else { return }
        hour.count(old.tier == 0 ? .moved : .gained, at: Int(old.tier == 0 ? old.node(0) : new.node(0)))
    }

    private mutating func nearestFront(_ region: Int) -> Int {
        var best = (metres: Int64.max, node: 0)
        for index in Int(terms.frontOffsets[region])..<Int(terms.frontOffsets[region + 1]) {
            let node = Int(terms.frontNodes[index])
            if routing.metres(node, region) < best.metres { best = (routing.metres(node, region), node) }
        }
        return best.node
    }

    /// Whether a node is meant to hold every article of the scratch.
    private mutating func holdsEveryLine(_ node: Int) -> Bool {
        for line in 0..<scratch.lines.count {
            var isHeld = false
            for row in stock.rowRange(of: Int(scratch.lines[line].sku))
            where Int(stock.rows[row].node) == node && routing.levels[row] > 0 { isHeld = true }
            if !isHeld { return false }
        }
        return true
    }
}
