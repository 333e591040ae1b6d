import NumericCore
public import Retail

/// The SKUs of a world in columns, all of the same length, indexed by `SKU.Index`.
public struct SKUColumns: Sendable {
    public var codes: [String]
    /// Random entity of each SKU: a hash of its code.
    public var entities: [UInt64]
    /// Grams and cubic centimetres of a base unit.
    public var weights: [Int32]
    public var volumes: [Int32]
    /// Price before any promotion of this run, and cost.
    public var listPrices: [UnitPrice]
    public var unitCosts: [UnitPrice]
    public var casePacks: [Quantity]
    public var roles: [ProductRole]
    public var handling: [Handling]
    /// The cubes' category of each SKU, an index into `categoryNames` (level 1 of the path).
    public var categories: [Int32]
    public var categoryNames: [String]
    /// The shop (seller) of each SKU, an index into `shopNames`: spend-and-save may be reckoned shop by shop.
    public var shops: [Int32]
    public var shopNames: [String]
    /// Days from receipt to expiry; 0 never expires.
    public var shelfLives: [Int32]

    public init(_ skus: [SKU]) {
        codes = skus.map(\.code)
        entities = skus.map { entityHash($0.code) }
        weights = skus.map(\.weight)
        volumes = skus.map(\.volume)
        listPrices = skus.map(\.listPrice)
        unitCosts = skus.map(\.unitCost)
        casePacks = skus.map(\.casePack)
        roles = skus.map(\.role)
        handling = skus.map(\.handling)
        var table = CodeTable<SKUColumns>()
        categories = skus.map { table.insert($0.categories.first ?? "").raw }
        categoryNames = table.codes
        var sellers = CodeTable<SKUColumns>()
        shops = skus.map { sellers.insert($0.shop).raw }
        shopNames = sellers.codes
        shelfLives = skus.map(\.shelfLife)
    }

    public var count: Int { codes.count }
}
