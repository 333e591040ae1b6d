import Retail

/// Memory traffic, not arithmetic, is what a large run waits for.
///
/// A word of each cache line that some records are about to need is read in passes, each of which follows what the
/// pass before has fetched (order, its lines, their SKUs and rows): within a pass the waits for memory overlap instead
/// of following one another. Nothing is changed.
extension Replication {
    /// Records whose memory is fetched together.
    static let touchedAtOnce = 32

    mutating func touch(_ records: Range<Int>) {
        var sum = touchOrders(records)
        sum &+= touchLines(records)
        sum &+= touchStock(records)
        sum &+= touchLots(records)
        touched &+= sum
    }

    /// Orders; of new ones the SKUs they ask for, with prices and what their shop shows.
    private mutating func touchOrders(_ records: Range<Int>) -> UInt64 {
        var sum: UInt64 = 0
        for index in records where due[index].isAtOrder {
            let slot = Int(due[index].slot)
            if due[index].kind != .placed {
                sum &+= pool.orders[slot].id &+ pool.orders[slot].secondLine
                continue
            }
            let arrival = demand.arrivals[slot]
            for line in Int(arrival.lineBase)..<Int(arrival.lineBase + arrival.lineCount) {
                let sku = Int(demand.lines[line].sku)
                sum &+= UInt64(truncatingIfNeeded: stock.lines[sku].pool)
                sum &+= UInt64(truncatingIfNeeded: board.cell(Int(arrival.channel), sku).price)
                sum &+= stock.touchPublished(sku)
                if capLeft.count > 0 { sum &+= scopes[sku * capLeft.count] ? 1 : 0 }
            }
        }
        return sum
    }

    /// Rows of new orders' SKUs; lines of the others, and what of them comes back.
    private mutating func touchLines(_ records: Range<Int>) -> UInt64 {
        var sum: UInt64 = 0
        for index in records where due[index].isAtOrder {
            let slot = Int(due[index].slot)
            switch due[index].kind {
            case .placed:
                let arrival = demand.arrivals[slot]
                for line in Int(arrival.lineBase)..<Int(arrival.lineBase + arrival.lineCount) {
                    sum &+= touchRows(of: Int(demand.lines[line].sku))
                }
            case .delivered: break
            case .returned, .inspected:
                let place = pool.orders[slot].returnsHead
                if isReturn(place) { sum &+= UInt64(truncatingIfNeeded: pool.returns[Int(place)].due) }
            default:
                let base = Int(pool.orders[slot].lineBase)
                if base >= 0 { sum &+= UInt64(truncatingIfNeeded: pool.lines[base].due) }
            }
        }
        return sum
    }

    /// SKUs and rows of the lines.
    private mutating func touchStock(_ records: Range<Int>) -> UInt64 {
        var sum: UInt64 = 0
        for index in records where due[index].isAtOrder {
            let event = due[index]
            let slot = Int(event.slot)
            switch event.kind {
            case .placed, .delivered: break
            case .returned, .inspected:
                let place = pool.orders[slot].returnsHead
                if !isReturn(place) { break }
                let line = pool.returns[Int(place)]
                let row = Int(terms.returnRows[Int(line.row)])
                sum &+= UInt64(truncatingIfNeeded: stock.rows[row].book)
                sum &+= UInt64(truncatingIfNeeded: stock.flows[row].returned)
                sum &+= UInt64(truncatingIfNeeded: stock.lines[Int(line.sku)].unitCost)
                if event.kind == .inspected { sum &+= stock.touchPublished(Int(line.sku)) }
                if stock.lots.isOn { sum &+= UInt64(truncatingIfNeeded: stock.lots.heads[row]) }
            default:
                let base = Int(pool.orders[slot].lineBase)
                if base < 0 { break }
                let count = Int(min(pool.orders[slot].lineCount, 4))
                for place in base..<base + count {
                    let (sku, row) = (Int(pool.lines[place].sku), Int(pool.lines[place].row))
                    sum &+= UInt64(truncatingIfNeeded: stock.lines[sku].unitCost)
                    if event.kind == .timedOut || event.kind == .cancelled { sum &+= stock.touchPublished(sku) }
                    if row < 0 { continue }
                    sum &+= UInt64(truncatingIfNeeded: stock.rows[row].book)
                    if event.kind != .picked { continue }
                    sum &+= UInt64(truncatingIfNeeded: stock.flows[row].shipped)
                    if stock.lots.isOn { sum &+= UInt64(truncatingIfNeeded: stock.lots.heads[row]) }
                }
            }
        }
        return sum
    }

    /// First lots of rows that goods leave; all rows of the SKUs of orders that are routed.
    private mutating func touchLots(_ records: Range<Int>) -> UInt64 {
        var sum: UInt64 = 0
        for index in records {
            let kind = due[index].kind
            guard kind == .released || (kind == .picked && stock.lots.isOn) else { continue }
            let slot = Int(due[index].slot)
            let base = Int(pool.orders[slot].lineBase)
            if base < 0 { continue }
            let count = Int(min(pool.orders[slot].lineCount, 4))
            for place in base..<base + count {
                if kind == .released {
                    sum &+= touchRows(of: Int(pool.lines[place].sku))
                } else if pool.lines[place].row >= 0 {
                    let lot = stock.lots.heads[Int(pool.lines[place].row)]
                    if lot >= 0 { sum &+= UInt64(truncatingIfNeeded: stock.lots.lots[Int(lot)].quantity) }
                }
            }
        }
        return sum
    }

    /// The place may be another's, of an order that has taken the slot of one that is gone.
    @inline(__always)
    private mutating func isReturn(_ place: Int32) -> Bool { place >= 0 && Int(place) < pool.returns.count }

    /// Two rows lie in a cache line.
    @inline(__always)
    private mutating func touchRows(of sku: Int) -> UInt64 {
        var sum: UInt64 = 0
        var row = Int(stock.lines[sku].firstRow)
        let end = min(Int(stock.lines[sku].endRow), row + 8)
        while row < end {
            sum &+= UInt64(truncatingIfNeeded: stock.rows[row].book)
            row += 2
        }
        return sum
    }
}
