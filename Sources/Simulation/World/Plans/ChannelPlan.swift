public import Retail

/// What a shop may publish of the stock.
public enum StockSharing: Sendable, Equatable {
    /// 比例共享: publishes floor(ratio x free pool) - buffer. Ratios of several shops may add up to more than one,
    /// because the pool is decremented once. The free pool is what exclusive quotas leave.
    case ratio(Rate, buffer: Quantity)
    /// 渠道配额: an exclusive number of units for each SKU. Quotas of all shops may not exceed the opening pool;
    /// receipts from suppliers are shared out in proportion to the opening quotas.
    case quota([Quantity])
    /// 优先级: shops of rank 1 see the whole free pool; a shop of a higher number does not see, and may not take, the
    /// part of the opening stock that is protected for the ranks before it (nested protection levels as in
    /// Littlewood 1972). `protection` is what is kept for this shop's own rank and those before it.
    case priority(rank: Int, protection: Rate, buffer: Quantity)
}

/// When an order takes its stock.
public enum StockDeduction: String, Sendable, CaseIterable, Codable {
    /// 拍下减: when it is placed; given back when it is not paid in time.
    case atOrder = "at_order"
    /// 付款减: when it is paid; by then it may be gone.
    case atPayment = "at_payment"
    /// 付定金减: when the deposit of a presale is paid; of an order without a deposit, when it is placed.
    case atDeposit = "at_deposit"

    /// Earlier deductions first.
    var rank: Int {
        switch self {
        case .atOrder: 0
        case .atDeposit: 1
        case .atPayment: 2
        }
    }
}

/// A channel with what the simulator needs beyond its terms.
///
/// `channel.synchronisationLag` is the period at which the shop's figures are refreshed: between two refreshes
/// the shop knows its own sales only, and can sell what others have sold (超卖). Zero publishes the truth.
public struct ChannelPlan: Sendable, Equatable {
    public var channel: Channel
    public var sharing: StockSharing
    public var deduction: StockDeduction
    /// An order not paid this long after it was placed is dropped.
    public var timeOut: Instant
    /// Part of the buyers who ask for each `ServiceTier`, by `ServiceTier.number`; adds up to one. A buyer gets
    /// the next slower tier that can be had when the one asked for cannot.
    public var askedTiers: [Rate]
    /// Part of buyers who would fetch their order from a store near by (自提).
    public var pickup: Rate

    public init(
        channel: Channel, sharing: StockSharing = .ratio(.one, buffer: 0), deduction: StockDeduction = .atOrder,
        timeOut: Instant = Instant(seconds: 1_800),
        askedTiers: [Rate] = [
            Rate(partsPerMillion: 300_000), Rate(partsPerMillion: 100_000), Rate(partsPerMillion: 300_000),
            Rate(partsPerMillion: 300_000),
        ], pickup: Rate = .zero
    ) {
        self.pickup = pickup
        self.channel = channel
        self.sharing = sharing
        self.deduction = deduction
        self.timeOut = timeOut
        self.askedTiers = askedTiers
    }
}
