public import Retail

/// One step in the story of an order, as `Simulator.trace` tells it.
public struct TraceStep: Sendable, Equatable {
    public enum What: Sendable, Equatable {
        /// Asked for `lines` and `units`; `accepted` units were on show; `due` is to be paid.
        case placed(channel: String, region: String, lines: Int, units: Int64, accepted: Int64, due: Amount)
        /// Stock was promised from these nodes; `short` units could not be.
        case reserved(nodes: [String], short: Int64)
        case timedOut
        /// An article was added to reach a saving.
        case chased(sku: String, saving: Amount)
        case deposited(Amount, balanceFrom: Instant)
        /// The balance was not paid: the deposit is lost.
        case forfeited(Amount)
        /// Called off before it was paid.
        case withdrawn
        case rejected
        case merged(into: OrderID)
        /// Lies ready in a store.
        case ready(node: String)
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
        /// What each node that has something of the order would cost.
        case considered([Alternative])
        /// What the old rule would have chosen, and both costs.
        case shadow(rule: String, node: String, cost: Amount, chosen: Amount)
        case notFound(sku: String, units: Int64)
        case rerouted(sku: String, node: String)
        case notSent(sku: String)
        case packed(node: String)
        case tracked(Tracking)
        /// Key of the reason, in the catalogue under `code.return_reason.`.
        case returnReason(String)
        case exchangeAsked
        case exchangeSent(nodes: [String])
        case contacted(times: Int)
        case visited(Visit, on: Instant)
        /// Double-entry postings, the lines of an order added up: debits positive, credits negative.
        case posted([Leg])
        /// The final state, as in the table `order_states`.
        case ended(String)
    }

    /// A node and what it would cost to send the order from there, part by part.
    public struct Alternative: Sendable, Equatable {
        public var node: String
        /// Lines it has whole, of all.
        public var covers: Int
        public var of: Int
        public var isReachable: Bool
        /// More work is waiting there than the rules allow.
        public var isOverloaded: Bool
        public var freight: Amount
        public var processing: Amount
        public var distance: Amount
        public var load: Amount
        /// A slower tier or a day lost.
        public var service: Amount
        /// What its shelves say: stock missed less markdown spared.
        public var stock: Amount
        public var total: Amount
    }

    /// An account, by its key in the catalogue under `account.`, and what is posted to it.
    public struct Leg: Sendable, Equatable {
        public var account: String
        public var amount: Amount
    }

    public enum Tracking: String, Sendable, CaseIterable {
        case takenOver = "taken_over"
        case onLastMile = "on_last_mile"
        case attemptFailed = "attempt_failed"
    }

    public enum Visit: String, Sendable, CaseIterable { case installation, repair }

    public var time: Instant
    public var what: What

    public init(time: Instant, what: What) {
        self.time = time
        self.what = what
    }
}
