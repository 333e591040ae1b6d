/// Where orders come from (渠道).
public enum ChannelKind: String, Sendable, CaseIterable, Codable { case marketplace, own, live, store, wholesale }

/// A sales channel with its terms. Row of `channels.csv`.
public struct Channel: Sendable, Equatable, Codable {
    public typealias Index = DenseIndex<Channel>

    public var code: String
    public var name: String
    public var kind: ChannelKind
    /// Commission on the paid amount.
    public var commission: Rate
    /// Payment fee on the paid amount.
    public var paymentFee: Rate
    /// Days from delivery until the channel pays out (账期).
    public var settlementDays: Int32
    /// Seconds until a change of stock shows in the shop.
    public var synchronisationLag: Int32
    /// Part of orders that is paid.
    public var paidShare: Rate

    public init(
        code: String, name: String, kind: ChannelKind, commission: Rate = .zero, paymentFee: Rate = .zero,
        settlementDays: Int32 = 7, synchronisationLag: Int32 = 30, paidShare: Rate = .one
    ) {
        self.code = code
        self.name = name
        self.kind = kind
        self.commission = commission
        self.paymentFee = paymentFee
        self.settlementDays = settlementDays
        self.synchronisationLag = synchronisationLag
        self.paidShare = paidShare
    }
}

/// A customer segment. Row of `segments.csv`.
public struct Segment: Sendable, Equatable, Codable {
    public typealias Index = DenseIndex<Segment>

    public var code: String
    public var name: String
    /// Part of orders this segment places.
    public var share: Rate
    /// Part of delivered lines it sends back.
    public var returnRate: Rate
    /// Orders per visit, as a factor on the others' (转化率): `share` is then a share of visits.
    public var conversion: Double
    /// Exponent on what price promotions do to its quantities: 0 does not look at prices, 1 as the promotion says.
    public var priceSensitivity: Double

    public init(
        code: String, name: String, share: Rate, returnRate: Rate, conversion: Double = 1, priceSensitivity: Double = 1
    ) {
        self.conversion = conversion
        self.priceSensitivity = priceSensitivity
        self.code = code
        self.name = name
        self.share = share
        self.returnRate = returnRate
    }
}
