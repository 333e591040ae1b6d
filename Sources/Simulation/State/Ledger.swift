/// The accounts of the books. Debits are positive, credits negative; every posting adds up to zero.
enum Account: Int, CaseIterable {
    // Order book, at the prices of the order: list value = cuts + discounts + ordered.
    case listValue, priceCuts, merchantDiscounts, platformDiscounts, ordered
    case droppedUnpaid, droppedOversold, orderedPaid, droppedCancelled
    // Balance sheet.
    case cash, receivable, subsidyReceivable, prepayments, vatPayable, inventory, supplierPayable, carrierPayable,
        accrued
    // Profit and loss.
    case revenue, refunds, costOfGoods, writeDown, commission, paymentFee, freight, returnFreight, picking
    case packaging, transfers, compensation, nodeFixed
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

    @inline(__always)
    func debit(_ account: Account, _ amount: Int64, at cell: Int) { cube[cell + account.rawValue] += amount }
    @inline(__always)
    func credit(_ account: Account, _ amount: Int64, at cell: Int) { cube[cell + account.rawValue] -= amount }

    /// Adds an order's total to the control totals.
    @inline(__always)
    func control(debit: Account, credit: Account, _ amount: Int64) {
        controls[debit.rawValue] += amount
        controls[credit.rawValue] -= amount
    }

    /// A posting of an amount that belongs to no line, in cube and control totals.
    func post(debit: Account, credit: Account, _ amount: Int64, day: Int, channel: Int) {
        let place = cell(day: day, channel: channel, category: categories - 1)
        self.debit(debit, amount, at: place)
        self.credit(credit, amount, at: place)
        control(debit: debit, credit: credit, amount)
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
