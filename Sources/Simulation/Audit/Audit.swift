import Retail

/// The audit: the laws of the books, recounted from the state. A run that breaks one has no result.
extension Replication {
    /// Keys of the laws, in the order they are checked; words are in the catalogue under `audit.<key>`.
    static let laws = [
        "reservations_ended_once", "stock_conserved_by_row", "reserved_within_book", "reserved_is_held",
        "pool_is_sum_of_rows", "quotas_within_pool", "commitments_are_presales", "lots_are_the_shelf",
        "logical_is_physical", "transfers_conserved",
        "reservations_tally", "postings_balance",
        "cubes_agree_with_controls", "orders_end_once", "nothing_left_open",
    ]

    /// Checks every law; `isOver` adds those that hold only when every order has ended.
    /// - Returns: how many entities each law was checked for, in the order of `laws`.
    mutating func audit(isOver: Bool) throws(AuditFault) -> [Int64] {
        if let fault { throw fault }
        return [
            counters.orders, try auditRows(), Int64(stock.rows.count), try auditHolds(), try auditPools(),
            try auditQuotas(), try auditCommitments(), try auditLots(), try auditLogical(), try auditTransfers(),
            try auditTally(),
            try auditPostings(), try auditControls(),
            try auditOrders(isOver: isOver), try auditEnd(isOver: isOver),
        ]
    }

    private static func require(
        _ check: String, _ offender: @autoclosure () -> String, expected: Int64, found: Int64
    ) throws(AuditFault) {
        if expected != found {
            throw AuditFault(check: check, offender: offender(), expected: expected, found: found)
        }
    }

    private mutating func name(row: Int) -> String {
        let place = prepared.world.stock.rows[row]
        return
            "\(prepared.world.skus.codes[place.sku.position]) at \(prepared.world.network.nodes[place.node.position].code)"
    }

    /// Book stock is opening plus what came less what went; 0 <= reserved <= sellable <= book.
    private mutating func auditRows() throws(AuditFault) -> Int64 {
        for row in 0..<stock.rows.count {
            let state = stock.rows[row]
            try Self.require(
                "stock_conserved_by_row", name(row: row), expected: stock.flows[row].closing(stock.shelves[row]),
                found: Int64(state.book))
            if state.reserved < 0 || state.blocked < 0 || state.reserved + state.blocked > state.book {
                throw AuditFault(
                    check: "reserved_within_book", offender: name(row: row),
                    expected: Int64(max(0, state.book - state.blocked)), found: Int64(state.reserved))
            }
        }
        return Int64(stock.rows.count)
    }

    /// What a row has reserved is what live orders hold of it.
    private mutating func auditHolds() throws(AuditFault) -> Int64 {
        var held = [Int64](repeating: 0, count: stock.rows.count)
        for slot in 0..<pool.orders.count {
            let order = pool.orders[slot]
            if order.isFree || order.hold != .held { continue }
            for line in Int(order.lineBase)..<Int(order.lineBase + order.lineCount) {
                let part = pool.lines[line]
                if order.picked & 1 << part.parcel != 0 { continue }
                held[Int(part.row)] += Int64(part.quantity)
            }
        }
        for row in held.indices {
            try Self.require(
                "reserved_is_held", name(row: row), expected: held[row], found: Int64(stock.rows[row].reserved))
        }
        return Int64(held.count)
    }

    /// The shared pool of a SKU is what its rows have free.
    private mutating func auditPools() throws(AuditFault) -> Int64 {
        for sku in 0..<stock.skuCount {
            var free: Int64 = 0
            for row in Int(stock.offsets[sku])..<Int(stock.offsets[sku + 1]) { free += Int64(stock.rows[row].free) }
            try Self.require(
                "pool_is_sum_of_rows", prepared.world.skus.codes[sku], expected: free, found: stock.pool[sku])
        }
        return Int64(stock.skuCount)
    }

    /// Exclusive quotas are never negative, and never more than the pool and what is on its way between nodes.
    private mutating func auditQuotas() throws(AuditFault) -> Int64 {
        if stock.quotas.count == 0 { return 0 }
        for sku in 0..<stock.skuCount {
            var (sum, transit): (Int64, Int64) = (0, 0)
            for channel in 0..<stock.channelCount {
                let quota = stock.quotas[sku * stock.channelCount + channel]
                if quota < 0 {
                    throw AuditFault(
                        check: "quotas_within_pool", offender: prepared.world.skus.codes[sku], expected: 0, found: quota
                    )
                }
                sum += quota
            }
            try Self.require(
                "quotas_within_pool", prepared.world.skus.codes[sku], expected: sum, found: stock.quotaSums[sku])
            for row in Int(stock.offsets[sku])..<Int(stock.offsets[sku + 1]) {
                transit += Int64(stock.rows[row].inTransit) + Int64(stock.rows[row].unseen)
            }
            if sum > stock.pool[sku] + transit {
                throw AuditFault(
                    check: "quotas_within_pool", offender: prepared.world.skus.codes[sku],
                    expected: stock.pool[sku] + transit, found: sum)
            }
        }
        return Int64(stock.skuCount * stock.channelCount)
    }

    /// What presales have committed is what live orders wait for, and what is expected is not below nothing.
    private mutating func auditCommitments() throws(AuditFault) -> Int64 {
        guard stock.commitments.isOn else { return 0 }
        var held = [Int64](repeating: 0, count: stock.skuCount)
        for slot in 0..<pool.orders.count {
            let order = pool.orders[slot]
            guard !order.isFree, order.flags.contains(.isCommitted) else { continue }
            for line in Int(order.lineBase)..<Int(order.lineBase + order.lineCount) where isCommitted(pool.lines[line])
            {
                held[Int(pool.lines[line].sku)] += Int64(pool.lines[line].quantity)
            }
        }
        for sku in held.indices {
            try Self.require(
                "commitments_are_presales", prepared.world.skus.codes[sku], expected: held[sku],
                found: stock.commitments.units(sku))
            if stock.commitments.expected(sku) < 0 {
                throw AuditFault(
                    check: "commitments_are_presales", offender: prepared.world.skus.codes[sku], expected: 0,
                    found: stock.commitments.expected(sku))
            }
        }
        return Int64(held.count)
    }

    /// The lots of a row are what its book says, and those not for sale what is blocked; no lot is empty or negative.
    private mutating func auditLots() throws(AuditFault) -> Int64 {
        guard stock.lots.isOn else { return 0 }
        try Self.require("lots_are_the_shelf", "all lots", expected: 0, found: stock.lots.missing)
        for row in 0..<stock.rows.count {
            let state = stock.rows[row]
            try Self.require(
                "lots_are_the_shelf", name(row: row), expected: Int64(state.book), found: stock.lots.units(row: row))
            try Self.require(
                "lots_are_the_shelf", name(row: row), expected: Int64(state.book - state.blocked),
                found: stock.lots.units(row: row, grade: Grade.sellable))
        }
        return Int64(stock.rows.count)
    }

    /// What each owner has in each grade is what came less what went, and together it is the physical stock.
    private mutating func auditLogical() throws(AuditFault) -> Int64 {
        guard stock.lots.isOn else { return 0 }
        var sum: Int64 = 0
        for owner in 0..<stock.lots.ownerCount {
            for grade in 0..<Grade.count {
                let found = stock.lots.total(owner: owner, grade: grade)
                let name = owner < prepared.world.owners.count ? prepared.world.owners[owner] : "ours"
                try Self.require(
                    "logical_is_physical", "\(name), \(Grade.names[grade])",
                    expected: stock.lots.flows[owner * Grade.count + grade].closing, found: found)
                sum += found
            }
        }
        var book: Int64 = 0
        for row in 0..<stock.rows.count { book += Int64(stock.rows[row].book) }
        try Self.require("logical_is_physical", "all owners", expected: book, found: sum)
        return Int64(stock.lots.ownerCount * Grade.count)
    }

    /// What left one node for another has arrived or is on its way.
    private mutating func auditTransfers() throws(AuditFault) -> Int64 {
        for sku in 0..<stock.skuCount {
            var (sent, arrived): (Int64, Int64) = (0, 0)
            for row in Int(stock.offsets[sku])..<Int(stock.offsets[sku + 1]) {
                sent += stock.flows[row].transferredOut
                arrived += stock.flows[row].transferredIn + Int64(stock.rows[row].inTransit)
            }
            try Self.require("transfers_conserved", prepared.world.skus.codes[sku], expected: sent, found: arrived)
        }
        return Int64(stock.skuCount)
    }

    /// Units reserved were consumed or released, or are still held.
    private mutating func auditTally() throws(AuditFault) -> Int64 {
        var held: Int64 = 0
        for row in 0..<stock.rows.count { held += Int64(stock.rows[row].reserved) }
        try Self.require(
            "reservations_tally", "all units", expected: stock.unitsReserved,
            found: stock.unitsConsumed + stock.unitsReleased + held)
        return stock.unitsReserved
    }

    /// Every posting lies in one cell of the cube, so every cell adds up to zero.
    private mutating func auditPostings() throws(AuditFault) -> Int64 {
        let accounts = Ledger.accounts
        for cell in 0..<(ledger.cube.count / accounts) {
            var sum: Int64 = 0
            for account in 0..<accounts { sum += ledger.cube[cell * accounts + account] }
            try Self.require("postings_balance", name(cell: cell), expected: 0, found: sum)
        }
        return Int64(ledger.cube.count / accounts)
    }

    private mutating func name(cell: Int) -> String {
        let world = prepared.world
        let (day, channel, category) = ledger.place(of: cell)
        let channelName = channel < world.channels.count ? world.channels[channel].channel.code : "no channel"
        let categoryName =
            category < world.skus.categoryNames.count ? world.skus.categoryNames[category] : "no category"
        return "postings of \(world.clock.start + day), \(channelName), \(categoryName)"
    }

    /// The cube of each account adds up to its control total.
    private mutating func auditControls() throws(AuditFault) -> Int64 {
        for account in Account.allCases {
            try Self.require(
                "cubes_agree_with_controls", "account \(account)", expected: ledger.controls[account.rawValue],
                found: ledger.balance(account))
        }
        return Int64(Ledger.accounts)
    }

    /// Orders placed are those that ended plus those in flight, none of them when all is over.
    private mutating func auditOrders(isOver: Bool) throws(AuditFault) -> Int64 {
        let ended = counters.states.array.reduce(0, +)
        try Self.require("orders_end_once", "all orders", expected: counters.orders, found: ended + Int64(pool.live))
        return counters.orders
    }

    /// When all is over no order, reservation, prepayment or record is left.
    private mutating func auditEnd(isOver: Bool) throws(AuditFault) -> Int64 {
        guard isOver else { return 0 }
        try Self.require("nothing_left_open", "records on the wheel", expected: 0, found: Int64(wheel.pending))
        for slot in 0..<pool.orders.count where !pool.orders[slot].isFree {
            throw AuditFault(
                check: "nothing_left_open", offender: "order \(OrderID(bits: pool.orders[slot].id))", expected: 0,
                found: 1)
        }
        for account in [Account.ordered, .prepayments, .deposits] {
            try Self.require("nothing_left_open", "account \(account)", expected: 0, found: ledger.balance(account))
        }
        for row in 0..<stock.rows.count {
            try Self.require("nothing_left_open", name(row: row), expected: 0, found: Int64(stock.rows[row].reserved))
        }
        return Int64(counters.orders)
    }
}
