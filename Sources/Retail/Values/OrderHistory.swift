/// Past orders in columns, ordered by time placed. Rows of `orders.csv` and `order_lines.csv`.
public struct OrderHistory: Sendable, Equatable {
    public var codes: [String] = []
    public var placed: [CivilTime] = []
    public var channels: [Channel.Index] = []
    public var regions: [Region.Index] = []
    /// Nil where the data do not say.
    public var segments: [Segment.Index?] = []
    /// Moment each order was paid, how it stands, and how many orders of the population it stands for; each empty
    /// where the data do not say.
    public var paid: [CivilTime?] = []
    public var fates: [OrderFate] = []
    public var weights: [Double] = []
    /// Lines of order i are lineOffsets[i] ..< lineOffsets[i + 1].
    public var lineOffsets: [Int] = [0]
    public var lineSKUs: [SKU.Index] = []
    public var lineQuantities: [Quantity] = []
    /// Transaction price of one unit.
    public var linePrices: [UnitPrice] = []
    /// Units of the line that were cancelled or sent back later.
    public var lineCancelled: [Quantity] = []

    public init() {}

    public var count: Int { codes.count }
    public var lineCount: Int { lineSKUs.count }
    public func lines(_ order: Int) -> Range<Int> { lineOffsets[order]..<lineOffsets[order + 1] }
    /// How many orders of the population an order stands for: 1 unless the data are a weighted sample.
    public func weight(_ order: Int) -> Double { weights.isEmpty ? 1 : weights[order] }
}

/// How a past order stands.
public enum OrderFate: String, Sendable, CaseIterable, Codable {
    /// On its way, or not known.
    case open
    case unpaid, cancelled, delivered, refused
}

/// A shipment of an order. Row of `shipments.csv`.
public struct ShipmentRow: Sendable, Equatable {
    public var order: String
    public var node: Node.Index
    public var carrier: Carrier.Index
    public var shipped: CivilTime
    public var delivered: CivilTime?
    public var freight: Amount
    public init(
        order: String, node: Node.Index, carrier: Carrier.Index, shipped: CivilTime, delivered: CivilTime?,
        freight: Amount
    ) {
        self.order = order
        self.node = node
        self.carrier = carrier
        self.shipped = shipped
        self.delivered = delivered
        self.freight = freight
    }
}

/// Goods sent back. Row of `returns.csv`.
public struct ReturnRow: Sendable, Equatable {
    public var order: String
    public var sku: SKU.Index
    public var returned: CivilTime
    public var quantity: Quantity
    public var reason: String
    public init(order: String, sku: SKU.Index, returned: CivilTime, quantity: Quantity, reason: String) {
        self.order = order
        self.sku = sku
        self.returned = returned
        self.quantity = quantity
        self.reason = reason
    }
}
