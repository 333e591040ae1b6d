public import Retail

/// Something that goes wrong, or otherwise than planned, for a while: an event of the scenario, not of chance.
public struct FaultPlan: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// Orders are not fetched from the shops; they queue up until the pause is over.
        case systemPause
        /// No picking begins at the node; a pick begun is finished, and routing counts the wait.
        case nodeOutage(Node.Index)
        /// The carrier's (nil: every carrier's) daily capacity times `capacity`, its prices plus `surcharge`. With a
        /// capacity of zero nothing departs: an outage.
        case carrier(Carrier.Index?, capacity: Double, surcharge: Rate)
        /// Orders of the channel and region (nil: all of them) times `factor`, beside what was forecast.
        case demandShock(channel: Channel.Index?, region: Region.Index?, factor: Double)
        /// What the supplier (nil: every supplier), a place in `ReplenishmentPlan.suppliers`, would deliver in the time
        /// comes so many microseconds later.
        case supplierDelay(Int32?, Instant)
        /// What would reach the node (nil: every node) in the time, from wherever, comes so much later.
        case lateStock(Node.Index?, Instant)
    }

    public var code: String
    public var kind: Kind
    public var begins: Instant
    public var ends: Instant

    public init(code: String, kind: Kind, begins: Instant, ends: Instant) {
        self.code = code
        self.kind = kind
        self.begins = begins
        self.ends = ends
    }
}
