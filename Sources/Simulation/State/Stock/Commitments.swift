import Retail

/// Units that presales have promised out of receipts still to come: a counter of its own beside the reservations, which
/// name goods on shelves. What has been committed beyond what is on its way is kept back from everybody else, so that
/// goods a presale has sold are there when its balances are paid. Empty where no presale sells receipts.
struct Commitments: ~Copyable {
    let isOn: Bool
    /// Units committed, and units on their way that will come within the run's days, by SKU.
    private let committed: FixedColumn<Int64>
    private let coming: FixedColumn<Int64>

    init(_ world: World) {
        isOn = world.promotions.contains { $0.promisesReceipts }
        committed = FixedColumn(repeating: 0, count: isOn ? world.skus.count : 0)
        coming = FixedColumn(repeating: 0, count: isOn ? world.skus.count : 0)
    }

    func units(_ sku: Int) -> Int64 { committed[sku] }
    func expected(_ sku: Int) -> Int64 { coming[sku] }

    /// Committed units that nothing on its way will cover.
    @inline(__always)
    func uncovered(_ sku: Int) -> Int64 { max(0, committed[sku] - coming[sku]) }

    func commit(_ quantity: Int64, _ sku: Int) { committed[sku] += quantity }
    func expect(_ quantity: Int64, _ sku: Int) { coming[sku] += quantity }

    func code(_ codec: inout StateCodec) throws(CheckpointError) {
        try codec.code(committed)
        try codec.code(coming)
    }
}

extension PromotionPlan {
    /// A presale that sells what is still to come.
    var promisesReceipts: Bool {
        if case .presale(let terms) = effect { return terms.promisesReceipts }
        return false
    }
}

extension Replication {
    /// Commits the presale units of an order that waits with its reservation.
    mutating func commit(_ slot: Int) {
        guard stock.commitments.isOn else { return }
        var units: Int64 = 0
        for line in lines(of: slot) where isCommitted(pool.lines[line]) {
            let part = pool.lines[line]
            stock.commit(Int64(part.quantity), sku: Int(part.sku))
            units += Int64(part.quantity)
        }
        guard units > 0 else { return }
        pool.orders[slot].flags.insert(.isCommitted)
        counters.trade.unitsCommitted += units
    }

    /// Ends an order's commitment: its goods are reserved now, or nobody wants them any more.
    mutating func endCommitment(_ slot: Int) {
        guard pool.orders[slot].flags.contains(.isCommitted) else { return }
        pool.orders[slot].flags.remove(.isCommitted)
        for line in lines(of: slot) where isCommitted(pool.lines[line]) {
            stock.commit(-Int64(pool.lines[line].quantity), sku: Int(pool.lines[line].sku))
        }
    }

    private mutating func lines(of slot: Int) -> Range<Int> {
        let order = pool.orders[slot]
        return Int(order.lineBase)..<Int(order.lineBase + order.lineCount)
    }

    mutating func isCommitted(_ line: LineRow) -> Bool {
        line.sale >= 0 && savingTerms.promisesReceipts[Int(line.sale)]
    }
}
