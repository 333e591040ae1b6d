/// What buyers show before a promotion that they mean to buy in it (蓄水). Row of `signals.csv`.
public struct PromotionSignal: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable, Codable {
        /// Presale deposits paid, units (定金).
        case deposit
        /// Put into the cart (加购).
        case cart
        /// Marked as a favourite (收藏).
        case favourite
    }

    public var day: Day
    public var sku: SKU.Index
    /// The promotion it speaks of: its code in `promotions`.
    public var promotion: String
    public var kind: Kind
    /// New on that day, units.
    public var quantity: Double

    public init(day: Day, sku: SKU.Index, promotion: String, kind: Kind, quantity: Double) {
        self.day = day
        self.sku = sku
        self.promotion = promotion
        self.kind = kind
        self.quantity = quantity
    }
}
