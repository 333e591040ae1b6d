import Retail

/// Memory traffic, not arithmetic, is what a large run waits for.
extension Replication {
    /// Records whose memory is fetched together.
    static let touchedAtOnce = 32

    /// Reads a word of each cache line that some records are about to need, independently of each other: the waits
    /// for memory overlap instead of following one another. Changes nothing.
    @inline(__always)
    mutating func touch(_ records: Range<Int>) {
        var sum: UInt64 = 0
        for index in records {
            let event = due[index]
            let slot = Int(event.slot)
            switch event.kind {
            case .received, .review, .packed, .upkeep: break
            case .placed:
                let arrival = demand.arrivals[slot]
                for line in Int(arrival.lineBase)..<Int(arrival.lineBase + arrival.lineCount) {
                    let sku = Int(demand.lines[line].sku)
                    let cell = Int(arrival.channel) * prepared.skuCount + sku
                    sum &+= UInt64(truncatingIfNeeded: stock.pool[sku])
                    sum &+= UInt64(truncatingIfNeeded: stock.offsets[sku])
                    sum &+= UInt64(truncatingIfNeeded: board.cells[cell].price)
                    sum &+= UInt64(truncatingIfNeeded: terms.listPrices[sku])
                    sum &+= UInt64(truncatingIfNeeded: terms.weights[sku])
                }
            default:
                let order = pool.orders.base + slot
                let words = UnsafeRawPointer(order)
                sum &+= words.load(as: UInt64.self)
                sum &+= words.load(fromByteOffset: 64, as: UInt64.self)
            }
        }
        for index in records where due[index].isAtOrder {
            let event = due[index]
            let slot = Int(event.slot)
            if event.kind == .placed {
                let arrival = demand.arrivals[slot]
                for line in Int(arrival.lineBase)..<Int(arrival.lineBase + arrival.lineCount) {
                    let row = Int(stock.offsets[Int(demand.lines[line].sku)])
                    if row < stock.rows.count { sum &+= UInt64(truncatingIfNeeded: stock.rows[row].book) }
                    if row + 2 < stock.rows.count { sum &+= UInt64(truncatingIfNeeded: stock.rows[row + 2].book) }
                }
            } else {
                let base = Int(pool.orders[slot].lineBase)
                if base >= 0 { sum &+= UInt64(truncatingIfNeeded: pool.lines[base].due) }
            }
        }
        for index in records where due[index].isAtOrder {
            let event = due[index]
            if event.kind == .placed { continue }
            let order = pool.orders[Int(event.slot)]
            guard order.id == event.id, order.lineBase >= 0 else { continue }
            for line in Int(order.lineBase)..<Int(order.lineBase + min(order.lineCount, 4)) {
                let part = pool.lines[line]
                if part.row >= 0 { sum &+= UInt64(truncatingIfNeeded: stock.rows[Int(part.row)].book) }
                sum &+= UInt64(truncatingIfNeeded: terms.unitCosts[Int(part.sku)])
                sum &+= UInt64(truncatingIfNeeded: terms.categories[Int(part.sku)])
            }
        }
        touched &+= sum
    }
}
