public import Replenishment
public import Retail

/// How long goods take from one of our nodes to another: by the kind of node they go to, unless the node says it itself.
///
/// A front warehouse is replenished several times a day from near by, other nodes overnight.
public struct TransferTimes: Sendable, Equatable {
    public var ordinary = TransferTerms(leadTime: 1, leadTimeDeviation: 0.25, reviewPeriod: 1)
    public var front = TransferTerms(leadTime: 0.25, leadTimeDeviation: 0.05, reviewPeriod: 1)

    public init() {}

    init(_ read: SettingsReader) {
        func days(_ key: String) -> Double { (read.duration("replenishment.\(key)") ?? .start).seconds / 86_400 }
        ordinary.leadTime = days("transfer_time")
        ordinary.leadTimeDeviation = days("transfer_deviation")
        front.leadTime = days("front_transfer_time")
        front.leadTimeDeviation = days("front_transfer_deviation")
    }

    /// Transfers into a node.
    public func terms(_ node: Node) -> TransferTerms {
        var terms = node.kind == .front ? front : ordinary
        if node.transferHours > 0 {
            terms.leadTime = node.transferHours / 24
            terms.leadTimeDeviation = node.transferDeviation / 24
        }
        return terms
    }

    /// Said of every plan and run.
    func assumption(_ nodes: [Node]) -> Assumption {
        func hours(_ terms: TransferTerms) -> String {
            decimalText(Int64((terms.leadTime * 240).rounded()), scale: 1)
        }
        let own = nodes.count { $0.transferHours > 0 }
        return Assumption(
            subject: "transfers",
            text: "a transfer takes \(hours(ordinary)) hours on average, \(hours(front)) hours into a front warehouse"
                + (own > 0 ? "; \(own) nodes have times of their own" : ""))
    }
}
