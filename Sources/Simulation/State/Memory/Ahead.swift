import Retail

/// Memory traffic, not arithmetic, is what a large run waits for.
///
/// Records of a slice are worked on block by block. While a block is worked on, the memory of the blocks after it is
/// asked for in steps, each of which follows what the step before has brought: the order, its lines, their SKUs and
/// rows, the lots of those. A block is five steps away when it is first looked at, so that what a step needs has come
/// by then and nothing waits. Nothing is changed.
extension Replication {
    /// Records of a block.
    static let block = 16
    /// Steps, and so blocks, that are looked ahead.
    static let reach = 5

    /// Takes the blocks after a block of the slice's records one step nearer; begins with block `-reach`.
    @inline(__always)
    mutating func lookAhead(from block: Int) {
        fetchOrders(records(of: block + 5))
        fetchLines(records(of: block + 4))
        fetchStock(records(of: block + 3))
        fetchLots(records(of: block + 2))
        if stock.lots.isOn { fetchReturnedLots(records(of: block + 1)) }
    }

    @inline(__always)
    private mutating func records(of block: Int) -> Range<Int> {
        let begin = min(due.count, max(0, block * Self.block))
        return begin..<min(due.count, max(0, (block + 1) * Self.block))
    }

    /// Orders; of new ones the SKUs they ask for, with prices and what their shop shows.
    private mutating func fetchOrders(_ records: Range<Int>) {
        for index in records {
            let event = due[index]
            if !event.isAtOrder { continue }
            if event.kind != .placed {
                if event.kind == .returned {
                    pool.shipped.prefetch(Int(event.slot))
                } else {
                    pool.orders.prefetch(Int(event.slot))
                }
                continue
            }
            let arrival = demand.arrivals[Int(event.slot)]
            for line in Int(arrival.lineBase)..<Int(arrival.lineBase + arrival.lineCount) {
                let sku = Int(demand.lines[line].sku)
                stock.lines.prefetch(sku)
                board.prefetch(Int(arrival.channel), sku)
                stock.prefetchPublished(sku)
                if savingTerms.looksAtScopes { scopes.prefetch(sku * capLeft.count) }
            }
        }
    }

    /// Rows of new orders' SKUs; lines of the others, and what of them comes back.
    private mutating func fetchLines(_ records: Range<Int>) {
        for index in records {
            let event = due[index]
            if !event.isAtOrder { continue }
            let slot = Int(event.slot)
            switch event.kind {
            case .placed:
                let arrival = demand.arrivals[slot]
                for line in Int(arrival.lineBase)..<Int(arrival.lineBase + arrival.lineCount) {
                    stock.prefetchRows(of: Int(demand.lines[line].sku))
                }
            case .delivered: break
            case .returned, .inspected: pool.returns.prefetch(max(0, returnsHead(event)))
            default:
                let lines = firstLines(of: slot)
                if lines.isEmpty { break }
                pool.lines.prefetch(lines.lowerBound)
                if lines.count > 1 { pool.lines.prefetch(lines.upperBound - 1) }
            }
        }
    }

    /// SKUs and rows of the lines.
    private mutating func fetchStock(_ records: Range<Int>) {
        for index in records {
            let event = due[index]
            if !event.isAtOrder { continue }
            let slot = Int(event.slot)
            switch event.kind {
            case .placed, .delivered: break
            case .returned, .inspected:
                let place = returnsHead(event)
                // The place may be another's, of an order that has taken the slot of one that is gone.
                if place < 0 || place >= pool.returns.count { break }
                let line = pool.returns[place]
                if line.row < 0 || Int(line.row) >= terms.returnRows.count { break }
                fetchRow(Int(terms.returnRows[Int(line.row)]))
                stock.lines.prefetch(Int(line.sku))
                if event.kind == .inspected { stock.prefetchPublished(Int(line.sku)) }
            default:
                let goes = event.kind == .timedOut || event.kind == .cancelled
                for place in firstLines(of: slot) {
                    let (sku, row) = (Int(pool.lines[place].sku), Int(pool.lines[place].row))
                    stock.lines.prefetch(sku)
                    if goes { stock.prefetchPublished(sku) }
                    if row < 0 { continue }
                    if event.kind == .picked { fetchRow(row) } else { stock.rows.prefetch(row) }
                }
            }
        }
    }

    @inline(__always)
    private mutating func returnsHead(_ event: Event) -> Int {
        let slot = Int(event.slot)
        return Int(event.kind == .returned ? pool.shipped[slot].returnsHead : pool.orders[slot].returnsHead)
    }

    /// A row and its shelf.
    @inline(__always)
    private mutating func fetchRow(_ row: Int) {
        stock.rows.prefetch(row)
        stock.shelves.prefetch(row)
    }

    /// First lots of rows that goods leave or come back to; all rows of the SKUs of orders that are routed.
    private mutating func fetchLots(_ records: Range<Int>) {
        for index in records {
            let event = due[index]
            switch event.kind {
            case .released:
                for place in firstLines(of: Int(event.slot)) { stock.prefetchRows(of: Int(pool.lines[place].sku)) }
            case .picked where stock.lots.isOn:
                for place in firstLines(of: Int(event.slot)) where pool.lines[place].row >= 0 {
                    stock.lots.lots.prefetch(max(0, Int(stock.lots.heads[Int(pool.lines[place].row)])))
                }
            case .returned where stock.lots.isOn, .inspected where stock.lots.isOn:
                if let lot = firstLot(event) { stock.lots.lots.prefetch(lot) }
            default: break
            }
        }
    }

    /// The lots behind the first ones, of rows that goods come back to: theirs are the last.
    private mutating func fetchReturnedLots(_ records: Range<Int>) {
        for index in records where due[index].kind == .returned || due[index].kind == .inspected {
            guard let lot = firstLot(due[index]) else { continue }
            let second = Int(stock.lots.lots[lot].next)
            if second >= 0 { stock.lots.lots.prefetch(max(0, Int(stock.lots.lots[second].next))) }
        }
    }

    /// First lot of the row that the first line of a return goes to.
    @inline(__always)
    private mutating func firstLot(_ event: Event) -> Int? {
        let place = returnsHead(event)
        if place < 0 || place >= pool.returns.count { return nil }
        let row = Int(pool.returns[place].row)
        // As above, the cell may hold something else.
        if row < 0 || row >= terms.returnRows.count { return nil }
        let lot = Int(stock.lots.heads[Int(terms.returnRows[row])])
        return lot < 0 ? nil : lot
    }

    /// The first few lines of an order.
    @inline(__always)
    private mutating func firstLines(of slot: Int) -> Range<Int> {
        let base = Int(pool.orders[slot].lineBase)
        return base < 0 ? 0..<0 : base..<base + Int(min(pool.orders[slot].lineCount, 4))
    }
}
