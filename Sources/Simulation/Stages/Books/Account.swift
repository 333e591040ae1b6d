import NumericCore
import Retail

/// Sums of a parcel's or return's postings, for the control totals.
struct SaleTotals {
    var due: Int64 = 0
    var subsidy: Int64 = 0
    var tax: Int64 = 0
    var cost: Int64 = 0
    var commission: Int64 = 0
    var fee: Int64 = 0
}

/// Stage 9: double-entry postings, line by line into the cube, order by order into the control totals.
extension Replication {
    @inline(__always)
    private mutating func cell(_ sku: Int32, channel: Int, day: Int) -> Int {
        ledger.cell(day: day, channel: channel, category: Int(terms.categories[Int(sku)]))
    }

    /// An order as placed: list value = cuts + discounts + what is to be paid.
    mutating func postPlacement(_ slot: Int, day: Int) {
        let channel = Int(pool.orders[slot].channel)
        var (list, cuts, discounts, subsidies, due): (Int64, Int64, Int64, Int64, Int64) = (0, 0, 0, 0, 0)
        for index in 0..<scratch.lines.count {
            let line = scratch.lines[index]
            let cell = cell(line.sku, channel: channel, day: day)
            ledger.credit(.listValue, line.list, at: cell)
            ledger.debit(.priceCuts, line.cut, at: cell)
            ledger.debit(.merchantDiscounts, line.discount, at: cell)
            ledger.debit(.platformDiscounts, line.subsidy, at: cell)
            ledger.debit(.ordered, line.due, at: cell)
            list += line.list
            cuts += line.cut
            discounts += line.discount
            subsidies += line.subsidy
            due += line.due
        }
        counters.postings += Int64(scratch.lines.count)
        pool.orders[slot].due = due
        pool.orders[slot].subsidy = subsidies
        if let limit = prepared.world.handling.priceAnomaly, list - due > limit.of(list) {
            pool.orders[slot].isOdd = true
        }
        ledger.control(debit: .priceCuts, credit: .listValue, cuts)
        ledger.control(debit: .merchantDiscounts, credit: .listValue, discounts)
        ledger.control(debit: .platformDiscounts, credit: .listValue, subsidies)
        // What the order book must hold follows from the other four.
        ledger.control(debit: .ordered, credit: .listValue, list - cuts - discounts - subsidies)
    }

    /// Moves every line of an order from one account to another, by what the buyer pays.
    @inline(__always)
    private mutating func postLines(_ slot: Int, debit: Account, credit: Account, day: Int) {
        let order = pool.orders[slot]
        for index in Int(order.lineBase)..<Int(order.lineBase + order.lineCount) {
            let line = pool.lines[index]
            let cell = cell(line.sku, channel: Int(order.channel), day: day)
            ledger.debit(debit, line.due, at: cell)
            ledger.credit(credit, line.due, at: cell)
        }
        ledger.control(debit: debit, credit: credit, order.due)
        counters.postings += Int64(order.lineCount)
    }

    mutating func postUnpaid(_ slot: Int, day: Int) {
        postLines(slot, debit: .droppedUnpaid, credit: .ordered, day: day)
    }

    /// Paid: the channel owes the price, the platform what it adds; both are prepayments until the goods go.
    mutating func postPayment(_ slot: Int, day: Int) {
        let order = pool.orders[slot]
        for index in Int(order.lineBase)..<Int(order.lineBase + order.lineCount) {
            let line = pool.lines[index]
            let cell = cell(line.sku, channel: Int(order.channel), day: day)
            ledger.debit(.orderedPaid, line.due, at: cell)
            ledger.credit(.ordered, line.due, at: cell)
            ledger.debit(.receivable, line.due, at: cell)
            ledger.debit(.subsidyReceivable, line.subsidy, at: cell)
            ledger.credit(.prepayments, line.due + line.subsidy, at: cell)
        }
        counters.postings += 2 * Int64(order.lineCount)
        ledger.control(debit: .orderedPaid, credit: .ordered, order.due)
        ledger.control(debit: .receivable, credit: .prepayments, order.due)
        ledger.control(debit: .subsidyReceivable, credit: .prepayments, order.subsidy)
    }

    mutating func postCancellation(_ slot: Int, day: Int) {
        let order = pool.orders[slot]
        for index in Int(order.lineBase)..<Int(order.lineBase + order.lineCount) {
            let line = pool.lines[index]
            let cell = cell(line.sku, channel: Int(order.channel), day: day)
            ledger.debit(.droppedCancelled, line.due, at: cell)
            ledger.credit(.orderedPaid, line.due, at: cell)
            ledger.debit(.prepayments, line.due + line.subsidy, at: cell)
            ledger.credit(.receivable, line.due, at: cell)
            ledger.credit(.subsidyReceivable, line.subsidy, at: cell)
        }
        counters.postings += 2 * Int64(order.lineCount)
        ledger.control(debit: .droppedCancelled, credit: .orderedPaid, order.due)
        ledger.control(debit: .prepayments, credit: .receivable, order.due)
        ledger.control(debit: .prepayments, credit: .subsidyReceivable, order.subsidy)
    }

    /// A part that cannot be sent: taken off the order book, and refunded when it has been paid.
    mutating func postOversold(_ part: LineRow, of order: OrderRow, day: Int) {
        let cell = cell(part.sku, channel: Int(order.channel), day: day)
        let from: Account = order.paidAt > 0 ? .orderedPaid : .ordered
        ledger.debit(.droppedOversold, part.due, at: cell)
        ledger.credit(from, part.due, at: cell)
        ledger.control(debit: .droppedOversold, credit: from, part.due)
        if order.paidAt > 0 {
            ledger.debit(.prepayments, part.due + part.subsidy, at: cell)
            ledger.credit(.receivable, part.due, at: cell)
            ledger.credit(.subsidyReceivable, part.subsidy, at: cell)
            ledger.control(debit: .prepayments, credit: .receivable, part.due)
            ledger.control(debit: .prepayments, credit: .subsidyReceivable, part.subsidy)
        }
        counters.postings += 1
    }

    /// A line is sent: revenue without tax, cost of goods, and what the channel keeps.
    @inline(__always)
    mutating func postSale(_ line: LineRow, channel: Int, day: Int, totals: inout SaleTotals) {
        let cell = cell(line.sku, channel: channel, day: day)
        let gross = line.due + line.subsidy
        let tax = taxContained(in: gross)
        let cost = terms.minor(terms.unitCosts[Int(line.sku)] * Int64(line.quantity))
        let commission = roundedDivision(line.due * terms.commissions[channel], by: 1_000_000)
        let fee = roundedDivision(line.due * terms.paymentFees[channel], by: 1_000_000)
        ledger.debit(.prepayments, gross, at: cell)
        ledger.credit(.revenue, gross - tax, at: cell)
        ledger.credit(.vatPayable, tax, at: cell)
        ledger.debit(.costOfGoods, cost, at: cell)
        ledger.credit(.inventory, cost, at: cell)
        ledger.debit(.commission, commission, at: cell)
        ledger.debit(.paymentFee, fee, at: cell)
        ledger.credit(.receivable, commission + fee, at: cell)
        totals.due += line.due
        totals.subsidy += line.subsidy
        totals.tax += tax
        totals.cost += cost
        totals.commission += commission
        totals.fee += fee
    }

    mutating func controlSale(_ totals: SaleTotals) {
        ledger.control(debit: .prepayments, credit: .revenue, totals.due + totals.subsidy - totals.tax)
        ledger.control(debit: .prepayments, credit: .vatPayable, totals.tax)
        ledger.control(debit: .costOfGoods, credit: .inventory, totals.cost)
        counters.subsidySent += totals.subsidy
        ledger.control(debit: .commission, credit: .receivable, totals.commission)
        ledger.control(debit: .paymentFee, credit: .receivable, totals.fee)
        counters.postings += 4
    }

    /// A line comes back: refunded at its price after discounts; the channel gives back its commission, not its fee.
    mutating func postReturn(_ line: ReturnLine, channel: Int, day: Int, totals: inout SaleTotals) {
        let cell = cell(line.sku, channel: channel, day: day)
        let cost = terms.minor(terms.unitCosts[Int(line.sku)] * Int64(line.quantity))
        ledger.debit(.inventory, cost, at: cell)
        ledger.credit(.costOfGoods, cost, at: cell)
        totals.cost += cost
        postRefund(line, channel: channel, day: day, totals: &totals)
    }

    /// The money side of a return.
    mutating func postRefund(_ line: ReturnLine, channel: Int, day: Int, totals: inout SaleTotals) {
        let cell = cell(line.sku, channel: channel, day: day)
        let gross = line.due + line.subsidy
        let tax = taxContained(in: gross)
        let commission = roundedDivision(line.due * terms.commissions[channel], by: 1_000_000)
        ledger.debit(.refunds, gross - tax, at: cell)
        ledger.debit(.vatPayable, tax, at: cell)
        ledger.credit(.receivable, line.due, at: cell)
        ledger.credit(.subsidyReceivable, line.subsidy, at: cell)
        ledger.debit(.receivable, commission, at: cell)
        ledger.credit(.commission, commission, at: cell)
        totals.due += line.due
        totals.subsidy += line.subsidy
        totals.tax += tax
        totals.commission += commission
    }

    mutating func controlReturn(_ totals: SaleTotals) {
        // Three legs against two receivables: refunds carry what is left.
        ledger.control(debit: .refunds, credit: .receivable, totals.due - totals.tax)
        ledger.control(debit: .refunds, credit: .subsidyReceivable, totals.subsidy)
        ledger.control(debit: .vatPayable, credit: .receivable, totals.tax)
        ledger.control(debit: .inventory, credit: .costOfGoods, totals.cost)
        ledger.control(debit: .receivable, credit: .commission, totals.commission)
        counters.postings += 4
    }

    mutating func postWriteDown(_ line: ReturnLine, channel: Int, day: Int) {
        let cell = cell(line.sku, channel: channel, day: day)
        let cost = terms.minor(terms.unitCosts[Int(line.sku)] * Int64(line.quantity))
        ledger.debit(.writeDown, cost, at: cell)
        ledger.credit(.inventory, cost, at: cell)
        ledger.control(debit: .writeDown, credit: .inventory, cost)
        counters.postings += 1
    }

    @inline(__always)
    private mutating func taxContained(in gross: Int64) -> Int64 {
        roundedDivision(gross * terms.vat, by: 1_000_000 + terms.vat)
    }

    // MARK: What belongs to no line

    mutating func postPicking(node: Int, lines: Int64, order: OrderRow, day: Int) {
        let picking = terms.minor(terms.lineCosts[node] * lines)
        let packaging = terms.minor(prepared.world.costs.packagingPerParcel.units)
        ledger.post(debit: .picking, credit: .accrued, picking, day: day, channel: Int(order.channel))
        ledger.post(debit: .packaging, credit: .accrued, packaging, day: day, channel: Int(order.channel))
        counters.nodeCost[node] += picking + packaging
        counters.postings += 2
    }

    mutating func postReturnFreight(order: OrderRow, day: Int) {
        let freight = terms.minor(prepared.world.afterSales.returnFreight.units)
        ledger.post(debit: .returnFreight, credit: .carrierPayable, freight, day: day, channel: Int(order.channel))
        counters.postings += 1
    }

    mutating func postCompensation(_ amount: Int64, order: OrderRow, day: Int) {
        if amount == 0 { return }
        ledger.post(debit: .compensation, credit: .accrued, amount, day: day, channel: Int(order.channel))
        counters.postings += 1
    }

    /// Posting of what belongs to no channel.
    mutating func postShared(debit: Account, credit: Account, _ amount: Int64, day: Int) {
        ledger.post(debit: debit, credit: credit, amount, day: day, channel: prepared.channelCount)
        counters.postings += 1
    }

    /// Fixed cost of the open nodes, day by day.
    mutating func postFixedCosts() {
        let world = prepared.world
        for (node, place) in world.network.nodes.enumerated() {
            for day in 0..<world.clock.days {
                postShared(debit: .nodeFixed, credit: .accrued, place.fixedCostPerDay.minor, day: day)
            }
            counters.nodeCost[node] += place.fixedCostPerDay.minor * Int64(world.clock.days)
        }
    }
}
