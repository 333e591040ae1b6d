public import Retail

/// A price of a SKU that differs from the list price: in a channel, for a segment, from a quantity on, for a while.
///
/// A row for everybody from one unit on replaces the list price in its channel (a row of the channel goes before one
/// of all channels), and promotions take their cut off it. Member prices and quantity breaks hold where they are
/// lower than the promotion's price; they are not cut further.
public struct PricePlan: Sendable, Equatable {
    public var sku: SKU.Index
    public var price: UnitPrice
    /// Nil: every channel.
    public var channel: Channel.Index?
    /// Nil: everybody.
    public var segment: Segment.Index?
    /// Units of one line from which it holds; at least 1.
    public var minimumQuantity: Quantity
    public var begins: Instant
    public var ends: Instant

    public init(
        sku: SKU.Index, price: UnitPrice, channel: Channel.Index? = nil, segment: Segment.Index? = nil,
        minimumQuantity: Quantity = 1, begins: Instant = .start, ends: Instant = Instant(microseconds: .max)
    ) {
        self.sku = sku
        self.price = price
        self.channel = channel
        self.segment = segment
        self.minimumQuantity = minimumQuantity
        self.begins = begins
        self.ends = ends
    }

    /// Replaces the list price, rather than standing beside it.
    var isBase: Bool { segment == nil && minimumQuantity <= 1 }
}
