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
    }

    public var code: String
    public var effect: Effect
    public var begins: Instant
    public var ends: Instant
    /// Nil: every channel.
    public var channel: Channel.Index?
    /// One bit a SKU.
    public var scope: BitMask
    /// Flash sale: units on offer over all orders; spend-and-save and gift: orders that get it. Orders not paid in time, or cancelled
    /// before release, give back what they took. Nil is unlimited.
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

    public init(
        code: String, effect: Effect, begins: Instant, ends: Instant, channel: Channel.Index? = nil, scope: BitMask,
        cap: Int64? = nil, merchantShare: Rate = .one, uplift: Double = 1, stacking: PromotionStacking = .shop,
        times: Int32 = 1, heldBy: Rate = .one
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
    }
}
