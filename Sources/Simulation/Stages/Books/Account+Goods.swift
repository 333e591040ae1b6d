import Retail

/// Postings of goods that move without money.
extension Replication {
    /// Goods come back for an exchange: only their cost moves.
    mutating func postGoodsBack(_ line: ReturnLine, channel: Int, day: Int) {
        moveCost(line.sku, line.quantity, debit: .inventory, credit: .costOfGoods, channel: channel, day: day)
    }

    /// Goods go out in exchange.
    mutating func postExchange(_ line: LineRow, channel: Int, day: Int) {
        moveCost(line.sku, line.quantity, debit: .costOfGoods, credit: .inventory, channel: channel, day: day)
    }

    /// Goods that the books know and the shelf does not.
    mutating func postShrinkage(sku: Int, quantity: Int32, channel: Int, day: Int) {
        moveCost(Int32(sku), quantity, debit: .shrinkage, credit: .inventory, channel: channel, day: day)
    }

    private mutating func moveCost(
        _ sku: Int32, _ quantity: Int32, debit: Account, credit: Account, channel: Int, day: Int
    ) {
        let cell = ledger.cell(day: day, channel: channel, category: Int(terms.categories[Int(sku)]))
        let cost = terms.minor(terms.unitCosts[Int(sku)] * Int64(quantity))
        ledger.debit(debit, cost, at: cell)
        ledger.credit(credit, cost, at: cell)
        ledger.control(debit: debit, credit: credit, cost)
        counters.postings += 1
    }
}
