/// The accounts of the books. Debits are positive, credits negative; every posting adds up to zero.
enum Account: Int, CaseIterable {
    // Order book, at the prices of the order: list value = cuts + discounts + ordered.
    case listValue, priceCuts, merchantDiscounts, platformDiscounts, ordered
    case droppedUnpaid, droppedOversold, orderedPaid, droppedCancelled
    // Balance sheet.
    case cash, receivable, subsidyReceivable, prepayments, vatPayable, inventory, supplierPayable, carrierPayable,
        accrued, deposits
    // Profit and loss.
    case revenue, refunds, costOfGoods, writeDown, commission, paymentFee, freight, returnFreight, picking
    case packaging, transfers, compensation, nodeFixed
    // Profit and loss: after-sales service, insurance of the way back, overtime, goods not found; deposits kept.
    case service, insurance, overtime, shrinkage, forfeits
    // Profit and loss: second choice sold off.
    case outletSales
}

/// The books as one cube, day x channel x category x account, in minor units.
///
/// Postings by line go into the cube at once; what an order adds up to goes into the control totals, from sums of
/// its own, so that a line lost on the way to the cube is found.
struct Ledger: ~Copyable {
    static let accounts = Account.allCases.count

    let days: Int
    let channels: Int
    /// Categories, the last of them for what belongs to no line (freight, fixed cost).
    let categories: Int
    let cube: FixedColumn<Int64>
    let controls: FixedColumn<Int64>
    /// Single postings, while they are kept, and whose they are.
    var journal = GrowingColumn<JournalEntry>()
    var keepsJournal = false
    private var order: UInt64 = .max
    private var time: Int64 = 0

    init(days: Int, channels: Int, categories: Int) {
        self.days = days
        self.channels = channels
        self.categories = categories
        cube = FixedColumn(repeating: 0, count: days * channels * categories * Self.accounts)
        controls = FixedColumn(repeating: 0, count: Self.accounts)
    }

    /// The place of a day, channel and category; days beyond the last are kept in it.
    @inline(__always)
    func cell(day: Int, channel: Int, category: Int) -> Int {
        ((min(day, days - 1) * channels + channel) * categories + category) * Self.accounts
    }

    /// What follows is posted for an order (.max: for none) at a moment.
    @inline(__always)
    mutating func open(order: UInt64, at time: Int64) {
        self.order = order
        self.time = time
    }

    @inline(__always)
    mutating func debit(_ account: Account, _ amount: Int64, at cell: Int) {
        cube[cell + account.rawValue] += amount
        if keepsJournal { note(account, amount, cell) }
    }

    @inline(__always)
    mutating func credit(_ account: Account, _ amount: Int64, at cell: Int) {
        cube[cell + account.rawValue] -= amount
        if keepsJournal { note(account, -amount, cell) }
    }

    @inline(never)
    private mutating func note(_ account: Account, _ amount: Int64, _ cell: Int) {
        if amount == 0 { return }
        journal.append(
            JournalEntry(
                order: order, time: time, amount: amount, cell: Int32(cell / Self.accounts),
                account: Int16(account.rawValue)))
    }

    /// Adds an order's total to the control totals.
    @inline(__always)
    func control(debit: Account, credit: Account, _ amount: Int64) {
        controls[debit.rawValue] += amount
        controls[credit.rawValue] -= amount
    }

    /// A posting of an amount that belongs to no line, in cube and control totals.
    mutating func post(debit: Account, credit: Account, _ amount: Int64, day: Int, channel: Int) {
        let place = cell(day: day, channel: channel, category: categories - 1)
        self.debit(debit, amount, at: place)
        self.credit(credit, amount, at: place)
        control(debit: debit, credit: credit, amount)
    }

    /// Takes what other books hold of some days, all of it belonging to no line, and leaves them empty.
    mutating func take(_ other: inout Ledger, days: ClosedRange<Int>) {
        for day in days {
            for channel in 0..<channels {
                let from = other.cell(day: day, channel: channel, category: other.categories - 1)
                let to = cell(day: day, channel: channel, category: categories - 1)
                for account in 0..<Self.accounts where other.cube[from + account] != 0 {
                    cube[to + account] += other.cube[from + account]
                    other.cube[from + account] = 0
                }
            }
        }
        for account in 0..<Self.accounts {
            controls[account] += other.controls[account]
            other.controls[account] = 0
        }
        for index in 0..<other.journal.count {
            var entry = other.journal[index]
            let (day, channel, _) = other.place(of: Int(entry.cell))
            entry.cell = Int32(cell(day: day, channel: channel, category: categories - 1) / Self.accounts)
            journal.append(entry)
        }
        other.journal.removeAll()
    }

    /// Day, channel and category of a cell, as its number counts them.
    func place(of cell: Int) -> (day: Int, channel: Int, category: Int) {
        (cell / categories / channels, cell / categories % channels, cell % categories)
    }

    /// Balance of an account over the whole cube, or over one channel.
    func balance(_ account: Account, channel only: Int? = nil) -> Int64 {
        var sum: Int64 = 0
        for day in 0..<days {
            for channel in 0..<channels where only == nil || only == channel {
                for category in 0..<categories {
                    sum += cube[cell(day: day, channel: channel, category: category) + account.rawValue]
                }
            }
        }
        return sum
    }

    func code(_ codec: inout StateCodec) throws(CheckpointError) {
        try codec.code(cube)
        try codec.code(controls)
    }
}

/// One side of a posting.
struct JournalEntry: BitwiseCopyable {
    /// .max is none.
    var order: UInt64
    var time: Int64
    /// Debits positive, credits negative.
    var amount: Int64
    /// Cell of the cube, not counting accounts.
    var cell: Int32
    var account: Int16
}
