public import Retail

/// One step in the story of an order, as `Simulator.trace` tells it.
public struct TraceStep: Sendable, Equatable {
    public enum What: Sendable, Equatable {
        /// Asked for `lines` and `units`; `accepted` units were on show; `due` is to be paid.
        case placed(channel: String, region: String, lines: Int, units: Int64, accepted: Int64, due: Amount)
        /// Stock was promised from these nodes; `short` units could not be.
        case reserved(nodes: [String], short: Int64)
        case timedOut
        case paid(Amount)
        case reviewed(byClerk: Bool)
        case routed(nodes: [String], tier: ServiceTier, promise: Instant)
        case cancelled
        case cancelledTooLate
        case pickStarted(node: String, ends: Instant)
        case picked(node: String, lines: Int)
        case handedOver(carrier: String, departs: Instant, arrives: Instant, freight: Amount)
        case delivered(onTime: Bool)
        case returned(lines: Int, refund: Amount)
        case inspected(restocked: Int64, writtenDown: Int64)
        /// The final state, as in the table `order_states`.
        case ended(String)
    }

    public var time: Instant
    public var what: What

    public init(time: Instant, what: What) {
        self.time = time
        self.what = what
    }
}
