/// Kinds of promotion (活动). Presales and coupons need the handling of their own that the simulator gives them.
public enum PromotionKind: String, Sendable, CaseIterable, Codable {
    case priceCut = "price_cut"
    case spendAndSave = "spend_and_save"
    case coupon
    case gift
    case flashSale = "flash_sale"
    case presale
}

/// Beside which others a saving is given (叠加规则). An order gets at most one of each of the first three, in this order,
/// each reckoned on what is left to pay.
public enum PromotionStacking: String, Sendable, CaseIterable, Codable {
    case shop
    /// Over the goods of all shops (跨店满减).
    case platform
    case coupon
    /// Beside no other saving: given when it is worth more than the others together.
    case alone
}

/// Which SKUs a promotion covers.
public enum PromotionScope: Sendable, Equatable {
    case everything
    /// Every SKU whose category path starts with these levels.
    case category([String])
    case skus([SKU.Index])

    /// Whether it covers a SKU of a data set's.
    public func covers(_ sku: SKU.Index, _ skus: [SKU]) -> Bool {
        switch self {
        case .everything: true
        case .category(let levels):
            skus.indices.contains(sku.position) && skus[sku.position].categories.starts(with: levels)
        case .skus(let chosen): chosen.contains(sku)
        }
    }
}

/// A promotion with its dates, terms and funding. Row of `promotions.csv` or entry of a scenario.
public struct Promotion: Sendable, Equatable {
    public typealias Index = DenseIndex<Promotion>

    public var code: String
    public var name: String
    public var kind: PromotionKind
    /// First and one-past-last moment on the wall clock of the scenario's zone.
    public var begins: CivilTime
    public var ends: CivilTime
    /// nil: every channel.
    public var channel: Channel.Index?
    public var scope: PromotionScope
    /// Price cut and flash sale: the part taken off the price.
    public var depth: Rate
    /// Spend-and-save and coupon: spend at least `threshold` to get `saving` off, minor units.
    public var threshold: Amount
    public var saving: Amount
    /// Flash sale: units on offer over all orders; nil is unlimited.
    public var cap: Int64?
    /// The part of the discount the merchant bears; the platform owes the rest.
    public var merchantShare: Rate
    /// Assumed price elasticity of demand (negative); how much more is sold when the price falls.
    public var elasticity: Double
    /// Stated multiplier of demand where no price moves (spend-and-save, coupon, flash-sale traffic); 1 is none.
    public var uplift: Double
    public var stacking: PromotionStacking
    /// How often the saving is given, once for each time the threshold is reached.
    public var times: Int32
    /// Part of buyers who hold the coupon.
    public var heldBy: Rate
    /// Gift: what is given, and how many units.
    public var gift: SKU.Index?
    public var giftQuantity: Quantity
    /// Terms of a presale; nil for other kinds, and for a presale of which only the visits are known.
    public var presale: Presale?
    /// The threshold is to be reached in one shop rather than over the goods of all (跨店).
    public var isPerShop: Bool
    /// Orders of one buyer that get it; nil is any number.
    public var perCustomer: Int32?
    /// Unpaid orders that take part are dropped after this time; nil: as elsewhere.
    public var timeOut: Instant?
    /// Part of the stock kept back for it (活动预留).
    public var reserve: Rate
    /// The time constant with which visits to a flash sale ebb away.
    public var ebb: Instant

    /// Deposit and balance of a presale.
    public struct Presale: Sendable, Equatable {
        /// Part of the price paid first.
        public var deposit: Rate
        public var balanceBegins: CivilTime
        public var balanceEnds: CivilTime
        /// Part of deposits whose balance is paid.
        public var balancePaid: Rate
        /// It sells what is on the shelves and on its way.
        public var sellsReceipts: Bool
        /// Parts of the balances paid as soon as the window opens (within minutes), and within the hour; the others
        /// are paid at any moment of the window.
        public var paidAtOnce: Rate
        public var paidWithinHour: Rate

        public init(
            deposit: Rate, balanceBegins: CivilTime, balanceEnds: CivilTime, balancePaid: Rate,
            sellsReceipts: Bool = false, paidAtOnce: Rate = Rate(partsPerMillion: 300_000),
            paidWithinHour: Rate = Rate(partsPerMillion: 400_000)
        ) {
            self.paidAtOnce = paidAtOnce
            self.paidWithinHour = paidWithinHour
            self.sellsReceipts = sellsReceipts
            self.deposit = deposit
            self.balanceBegins = balanceBegins
            self.balanceEnds = balanceEnds
            self.balancePaid = balancePaid
        }
    }

    public init(
        code: String, name: String, kind: PromotionKind, begins: CivilTime, ends: CivilTime,
        channel: Channel.Index? = nil, scope: PromotionScope = .everything, depth: Rate = .zero,
        threshold: Amount = .zero, saving: Amount = .zero, cap: Int64? = nil, merchantShare: Rate = .one,
        elasticity: Double = 0, uplift: Double = 1,
        stacking: PromotionStacking = .shop, times: Int32 = 1, heldBy: Rate = .one, gift: SKU.Index? = nil,
        giftQuantity: Quantity = 1, presale: Presale? = nil, isPerShop: Bool = false, perCustomer: Int32? = nil,
        timeOut: Instant? = nil, reserve: Rate = .zero, ebb: Instant = .minute * 40
    ) {
        self.ebb = ebb
        self.presale = presale
        self.isPerShop = isPerShop
        self.perCustomer = perCustomer
        self.timeOut = timeOut
        self.reserve = reserve
        self.code = code
        self.name = name
        self.kind = kind
        self.begins = begins
        self.ends = ends
        self.channel = channel
        self.scope = scope
        self.depth = depth
        self.threshold = threshold
        self.saving = saving
        self.cap = cap
        self.merchantShare = merchantShare
        self.elasticity = elasticity
        self.uplift = uplift
        self.stacking = stacking
        self.times = times
        self.heldBy = heldBy
        self.gift = gift
        self.giftQuantity = giftQuantity
    }
}
