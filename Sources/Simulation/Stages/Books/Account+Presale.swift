import Retail

/// Postings of deposits: they belong to no line until the balance is paid.
extension Replication {
    private mutating func postOrder(debit: Account, credit: Account, _ amount: Int64, _ order: OrderRow, day: Int) {
        if amount == 0 { return }
        ledger.post(debit: debit, credit: credit, amount, day: day, channel: Int(order.channel))
        counters.postings += 1
    }

    mutating func postDeposit(_ slot: Int, _ deposit: Int64, day: Int) {
        postOrder(debit: .receivable, credit: .deposits, deposit, pool.orders[slot], day: day)
    }

    /// The balance is paid: the deposit is part of the price, which is posted in full at the same moment.
    mutating func postDepositUse(_ slot: Int, _ deposit: Int64, day: Int) {
        postOrder(debit: .deposits, credit: .receivable, deposit, pool.orders[slot], day: day)
    }

    /// A presale ends before its balance is paid: unless it is forfeited, the deposit goes back to the buyer.
    mutating func closePresale(_ slot: Int, _ state: OrderState, day: Int) {
        let row = pool.presales[Int(pool.orders[slot].presale)]
        if row.paidAt > 0 && state != .forfeited {
            postOrder(debit: .deposits, credit: .receivable, row.deposit, pool.orders[slot], day: day)
        }
        pool.recyclePresale(of: slot)
    }

    /// The balance was not paid: the deposit is ours, and the channel pays it out like any other money.
    mutating func postForfeit(_ slot: Int, _ deposit: Int64, at now: Int64) {
        postOrder(debit: .deposits, credit: .forfeits, deposit, pool.orders[slot], day: day(of: now))
        pool.orders[slot].settled = deposit
        handOver(slot, .settled, at: now)
    }
}

extension Replication {
    /// Goods of another owner are paid for when they are sold: what the sale takes off our inventory is owed to the
    /// owner instead.
    mutating func postConsigned(_ line: LineRow, channel: Int, day: Int) {
        let cost = terms.minor(terms.unitCosts[Int(line.sku)] * Int64(stock.lots.consigned))
        ledger.post(debit: .inventory, credit: .supplierPayable, cost, day: day, channel: channel)
        counters.postings += 1
    }
}
