/// What a product does for the shop (商品角色).
public enum ProductRole: String, Sendable, CaseIterable, Codable {
    /// Draws visits; sold near cost (引流).
    case traffic
    /// What the shop is known for (目标性).
    case destination
    case regular
    /// Lifts the shop's standing; few sales, high price (形象).
    case image
}

/// How a product must be handled in a warehouse and by a carrier.
public enum Handling: String, Sendable, CaseIterable, Codable { case normal, bulky, hazardous, chilled }

/// A product counted, priced and stocked as one (商品). Row of `products.csv`.
public struct SKU: Sendable, Equatable, Codable {
    public typealias Index = DenseIndex<SKU>

    public var code: String
    public var name: String
    /// Category levels 1 to 3 (大类, 中类, 小类); empty when unknown.
    public var categories: [String]
    public var role: ProductRole
    public var handling: Handling
    public var baseUnit: BaseUnit
    /// Base units in a case (箱规); at least 1.
    public var casePack: Quantity
    /// Grams per base unit.
    public var weight: Int32
    /// Cubic centimetres per base unit.
    public var volume: Int32
    public var listPrice: UnitPrice
    public var unitCost: UnitPrice
    /// Code of the shop (seller) whose article it is, for spend-and-save across shops (跨店满减); empty: ours.
    public var shop: String
    /// Days from receipt to expiry; 0 never expires.
    public var shelfLife: Int32
    /// What a unit short costs; nil: its margin at the list price.
    public var shortageCost: UnitPrice?
    /// What a unit that cannot be sold in time still brings; nil: nothing.
    public var salvage: UnitPrice?
    /// Probability of no stockout in a cycle promised for this SKU alone; nil: as its role and margin have it.
    public var serviceLevel: Rate?

    public init(
        code: String, name: String, categories: [String] = ["", "", ""], role: ProductRole = .regular,
        handling: Handling = .normal, baseUnit: BaseUnit = .piece, casePack: Quantity = 1, weight: Int32 = 500,
        volume: Int32 = 1_000, listPrice: UnitPrice, unitCost: UnitPrice, shop: String = "", shelfLife: Int32 = 0
    ) {
        self.shop = shop
        self.shelfLife = shelfLife
        self.code = code
        self.name = name
        self.categories = categories
        self.role = role
        self.handling = handling
        self.baseUnit = baseUnit
        self.casePack = casePack
        self.weight = weight
        self.volume = volume
        self.listPrice = listPrice
        self.unitCost = unitCost
    }
}

/// A SKU on sale in a channel between two days (上下架). Row of `listings.csv`; no row means always listed.
public struct Listing: Sendable, Equatable {
    public var sku: SKU.Index
    public var channel: Channel.Index
    public var from: Day
    /// Last day on sale.
    public var through: Day

    public init(sku: SKU.Index, channel: Channel.Index, from: Day, through: Day) {
        self.sku = sku
        self.channel = channel
        self.from = from
        self.through = through
    }
}

/// A price of a SKU in a channel (nil: every channel) between two days, for the members of a segment (nil: everybody)
/// and from a quantity on. Row of `prices.csv`.
public struct PriceRow: Sendable, Equatable {
    public var sku: SKU.Index
    public var channel: Channel.Index?
    public var from: Day
    public var through: Day
    public var price: UnitPrice
    /// Member price (会员价).
    public var segment: Segment.Index?
    /// Quantity break: units of one line from which it holds.
    public var minimumQuantity: Quantity

    public init(
        sku: SKU.Index, channel: Channel.Index?, from: Day, through: Day, price: UnitPrice,
        segment: Segment.Index? = nil, minimumQuantity: Quantity = 1
    ) {
        self.segment = segment
        self.minimumQuantity = minimumQuantity
        self.sku = sku
        self.channel = channel
        self.from = from
        self.through = through
        self.price = price
    }
}
