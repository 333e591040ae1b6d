public import Retail

/// A value stated for one channel.
public struct ChannelSetting<Value: Sendable & Equatable>: Sendable, Equatable {
    public var channel: String
    public var value: Value

    public init(channel: String, value: Value) {
        self.channel = channel
        self.value = value
    }
}

/// A promotion as a scenario states it, before its codes are resolved.
public struct ScenarioPromotion: Sendable, Equatable {
    public var code: String
    public var name: String
    public var kind: PromotionKind
    public var scope: ScopeText
    public var begins: CivilTime
    public var ends: CivilTime
    /// nil: every channel.
    public var channel: String?
    public var depth: Rate
    public var threshold: Money
    public var saving: Money
    public var cap: Int64?
    public var merchantShare: Rate
    public var elasticity: Double
    public var uplift: Double
    public var stacking: PromotionStacking
    public var times: Int32
    public var heldBy: Rate
    /// Code of the SKU given.
    public var gift: String?
    public var giftQuantity: Quantity
    /// The threshold is to be reached in one shop.
    public var isPerShop: Bool
    public var perCustomer: Int32?
    public var deduct: Scenario.Deduction?
    public var timeOut: Instant?
    public var reserve: Rate
    /// Presale: what is paid first, and the window of the rest; nil where none is stated.
    public var deposit: Rate
    public var balanceBegins: CivilTime?
    public var balanceEnds: CivilTime?
    public var balancePaid: Rate
    /// A presale sells what is on the shelves and on its way, in a counter of its own.
    public var sellsReceipts: Bool
    public var paidAtOnce: Rate
    public var paidWithinHour: Rate
    public var ebb: Instant
}

/// A moment at which orders rush in and ebb away, `fast` within minutes and `slow` within the hour, each as a multiple
/// of the mean minute of the day.
public struct ScenarioSpike: Sendable, Equatable {
    public var at: CivilTime
    public var channel: String?
    public var fast: Double
    public var slow: Double
    /// Time constants with which the two waves ebb away.
    public var fastDecay = Instant(seconds: 90)
    public var slowDecay = Instant.minute * 40
}

/// A live show as a scenario states it.
public struct ScenarioShow: Sendable, Equatable {
    public var code: String
    public var channel: String
    public var begins: CivilTime
    public var ends: CivilTime
    public var factor: Double
    public var returnRate: Rate
}
