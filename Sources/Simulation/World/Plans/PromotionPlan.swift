public import Retail

/// A promotion resolved to instants and SKUs.
public struct PromotionPlan: Sendable {
    /// What the promotion does to an order.
    public enum Effect: Sendable, Equatable {
        /// Takes `depth` off the price of every unit.
        case priceCut(depth: Rate)
        /// Takes `saving` off an order whose lines in scope reach `threshold` (满减, and coupons used by all).
        case spendAndSave(threshold: Amount, saving: Amount)
        /// Takes `depth` off until `PromotionPlan.cap` units are sold.
        case flashSale(depth: Rate)
        /// Adds units of a SKU, at no price, to an order whose lines in scope reach `threshold` (赠品).
        case gift(threshold: Amount, sku: SKU.Index, quantity: Quantity)
        /// 预售: units in scope are sold at `depth` off against a deposit, the rest to be paid in a window of its own.
        /// An order with a presale line is a presale order as a whole: what is not presale falls due with the balance.
        case presale(PresaleTerms)
    }

    public var code: String
    public var effect: Effect
    public var begins: Instant
    public var ends: Instant
    /// Nil: every channel.
    public var channel: Channel.Index?
    /// One bit a SKU.
    public var scope: BitMask
    /// Flash sale and presale: units on offer over all orders; spend-and-save and gift: orders that get it. Orders not
    /// paid in time, or cancelled before release, give back what they took. Nil is unlimited.
    public var cap: Int64?
    /// The part of the discount the merchant bears; the platform owes the rest.
    public var merchantShare: Rate
    /// Factor on the quantity of lines in scope within the window; 1 is none.
    public var uplift: Double
    /// Spend-and-save: beside which others it is given.
    public var stacking: PromotionStacking
    /// Spend-and-save: how often the saving is given, once for each time the threshold is reached (每满减).
    public var times: Int32
    /// Part of buyers who hold the coupon.
    public var heldBy: Rate
    /// Spend-and-save and gift: how many orders of one buyer get it; nil is any number.
    public var perCustomer: Int32?
    /// Spend-and-save: the threshold is to be reached in one shop, and is given for each shop that reaches it; false
    /// pools the goods of all shops (跨店).
    public var perShop: Bool
    /// When orders that take part take their stock, and when they are dropped if not paid; nil: as the channel says.
    /// Of several promotions the earliest deduction and the shortest time-out hold.
    public var deduction: StockDeduction?
    public var timeOut: Instant?
    /// Campaign reserve (活动预留): part of the opening stock of each SKU in scope that nobody may sell before the
    /// promotion begins, and other channels not before it ends.
    public var reserve: Rate

    public init(
        code: String, effect: Effect, begins: Instant, ends: Instant, channel: Channel.Index? = nil, scope: BitMask,
        cap: Int64? = nil, merchantShare: Rate = .one, uplift: Double = 1, stacking: PromotionStacking = .shop,
        times: Int32 = 1, heldBy: Rate = .one, perCustomer: Int32? = nil, perShop: Bool = false,
        deduction: StockDeduction? = nil, timeOut: Instant? = nil, reserve: Rate = .zero
    ) {
        self.code = code
        self.effect = effect
        self.begins = begins
        self.ends = ends
        self.channel = channel
        self.scope = scope
        self.cap = cap
        self.merchantShare = merchantShare
        self.uplift = uplift
        self.stacking = stacking
        self.times = times
        self.heldBy = heldBy
        self.perCustomer = perCustomer
        self.perShop = perShop
        self.deduction = deduction
        self.timeOut = timeOut
        self.reserve = reserve
    }
}

/// What a presale asks for and when.
public struct PresaleTerms: Sendable, Equatable {
    /// Taken off the price of every unit.
    public var depth: Rate
    /// Part of the price paid first.
    public var deposit: Rate
    /// The window in which the balance is due; an order whose balance is not paid by its end forfeits its deposit.
    public var balanceBegins: Instant
    public var balanceEnds: Instant
    /// Part of deposits whose balance is paid.
    public var balancePaid: Rate
    /// When balances are paid: so many at once (an exponential time of 1.5 minutes from the window's beginning), so
    /// many in the hour (40 minutes), the others evenly over the window. The two decays of an order peak.
    public var atOnce: Rate
    public var withinTheHour: Rate
    /// It sells what is on the shelves and what is on its way, less what presales have committed of both; its units are
    /// committed until the balance is paid and its stock reserved. Otherwise it sells against its cap or the shelves.
    public var promisesReceipts: Bool

    public init(
        depth: Rate = .zero, deposit: Rate = Rate(partsPerMillion: 100_000), balanceBegins: Instant,
        balanceEnds: Instant, balancePaid: Rate = Rate(partsPerMillion: 920_000),
        atOnce: Rate = Rate(partsPerMillion: 300_000), withinTheHour: Rate = Rate(partsPerMillion: 400_000),
        promisesReceipts: Bool = false
    ) {
        self.promisesReceipts = promisesReceipts
        self.depth = depth
        self.deposit = deposit
        self.balanceBegins = balanceBegins
        self.balanceEnds = balanceEnds
        self.balancePaid = balancePaid
        self.atOnce = atOnce
        self.withinTheHour = withinTheHour
    }
}
