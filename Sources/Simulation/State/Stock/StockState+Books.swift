import Retail

/// Putting the books right: expiry, goods not found, counts, and quotas shared out again.
extension StockState {
    /// Writes off what has expired on a row and is not promised; what is promised was sold in time and goes out.
    /// - Returns: units written off.
    mutating func expire(row: Int, at moment: Int64) -> Int32 {
        let quantity = min(lots.expired(row: row, at: moment), max(0, rows[row].free))
        guard quantity > 0 else { return 0 }
        lots.writeDown(quantity, row: row, grade: Grade.sellable)
        shelves[row].writtenDown += Int64(quantity)
        changeBook(-quantity, row: row)
        return quantity
    }

    /// The outlet takes the second choice of a row.
    /// - Returns: units.
    mutating func clearSecond(row: Int) -> Int32 {
        let units = Int32(truncatingIfNeeded: lots.units(row: row, grade: Grade.second))
        guard units > 0 else { return 0 }
        lots.clearSecond(units, row: row)
        rows[row].book -= units
        rows[row].blocked -= units
        flows[row].cleared += Int64(units)
        return units
    }

    /// A picker does not find goods that were promised: they leave the books.
    mutating func miss(_ quantity: Int32, row: Int) {
        rows[row].reserved -= quantity
        rows[row].book -= quantity
        flows[row].missing += Int64(quantity)
        unitsReleased += Int64(quantity)
        if lots.isOn { lots.correct(-quantity, row: row, expires: .max) }
        if drifts.count > 0 { drifts[row] += quantity }
    }

    /// Units a picker would not find of what is asked for; goods in inspection lie elsewhere.
    @inline(__always)
    func shortage(_ quantity: Int32, row: Int) -> Int32 {
        if drifts.count == 0 { return 0 }
        return min(quantity, max(0, quantity - max(0, rows[row].book - rows[row].blocked + drifts[row])))
    }

    /// A count puts the book right. Where less is there than is promised, what is free falls below zero, to be settled
    /// in the same step. Goods in inspection are in hand and cannot be found missing.
    /// - Returns: the change.
    mutating func count(row: Int) -> Int32 {
        let change = max(drifts[row], -(rows[row].book - rows[row].blocked))
        drifts[row] = 0
        guard change != 0 else { return 0 }
        flows[row].counted += Int64(change)
        if lots.isOn { lots.correct(change, row: row, expires: expiry(row)) }
        changeBook(change, row: row)
        return change
    }

    private func changeBook(_ change: Int32, row: Int) {
        let sku = Int(rows[row].sku)
        publish(sku)
        rows[row].book += change
        pool[sku] += Int64(change)
        if hasQuotas && change < 0 { shrinkQuotas(sku) }
    }

    /// Quotas that exceed what is left of the pool and on its way give up the difference, in proportion.
    func shrinkQuotas(_ sku: Int) {
        guard hasQuotas else { return }
        var open = pool[sku]
        for row in Int(offsets[sku])..<Int(offsets[sku + 1]) {
            open += Int64(rows[row].inTransit) + Int64(rows[row].unseen)
        }
        guard quotaSums[sku] > max(0, open) else { return }
        setQuotas(sku, total: max(0, open), weights: (0..<channelCount).map { quotas[sku * channelCount + $0] })
    }

    /// Shares the units left in exclusive quotas out again by what each channel has taken since the last time (再平衡);
    /// where nobody took any they stay.
    mutating func rebalance() {
        guard recentSales.count > 0 else { return }
        for sku in 0..<skuCount where quotaSums[sku] > 0 {
            let sold = (0..<channelCount).map { isQuota[$0] ? Int64(max(0, recentSales[sku * channelCount + $0])) : 0 }
            if sold.contains(where: { $0 > 0 }) {
                publish(sku)
                let before = (0..<channelCount).map { quotas[sku * channelCount + $0] }
                setQuotas(sku, total: quotaSums[sku], weights: sold)
                for channel in 0..<channelCount {
                    unitsRebalanced += max(0, quotas[sku * channelCount + channel] - before[channel])
                }
            }
        }
        recentSales.fill(with: 0)
    }

    private func setQuotas(_ sku: Int, total: Int64, weights: [Int64]) {
        guard let parts = try? allocateByLargestRemainder(total, over: weights) else { return }
        for channel in 0..<channelCount { quotas[sku * channelCount + channel] = parts[channel] }
        quotaSums[sku] = total
    }
}
