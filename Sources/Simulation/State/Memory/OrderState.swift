/// Where an order stands. Those from `lost` on are final; every order ends in exactly one of them.
enum OrderState: UInt8, CaseIterable {
    case placed, paid, released, shipped
    /// Nothing it asked for was on show.
    case lost
    /// Not paid in time.
    case unpaid
    /// Accepted, but none of it could be reserved.
    case oversold
    case cancelled
    case delivered
    case returnedInPart
    case returned
    case refused
    /// Sent back and sent again.
    case exchanged
    /// The buyer called it off before paying.
    case withdrawn
    /// A presale whose balance was not paid in time: the deposit is forfeited.
    case forfeited
    /// Found to be fraud in the review.
    case rejected
    /// Sent with another order of the same buyer (合单).
    case merged

    var isFinal: Bool { rawValue >= OrderState.lost.rawValue }
    static let finals = allCases.filter(\.isFinal)

    /// Key in the catalogue under `state.`.
    var key: String {
        switch self {
        case .placed: "placed"
        case .paid: "paid"
        case .released: "released"
        case .shipped: "shipped"
        case .lost: "lost"
        case .unpaid: "unpaid"
        case .oversold: "oversold"
        case .cancelled: "cancelled"
        case .delivered: "delivered"
        case .returnedInPart: "returned_in_part"
        case .returned: "returned"
        case .refused: "refused"
        case .exchanged: "exchanged"
        case .withdrawn: "withdrawn"
        case .forfeited: "forfeited"
        case .rejected: "rejected_as_fraud"
        case .merged: "merged"
        }
    }
}

/// The life of a reservation: held once, then consumed or released once.
enum Hold: UInt8 {
    case none, held, consumed, released
}

/// What has happened to an order, a bit each.
struct OrderFlags: OptionSet, BitwiseCopyable {
    var rawValue: UInt16

    static let late = OrderFlags(rawValue: 1)
    static let refused = OrderFlags(rawValue: 2)
    static let returnsEverything = OrderFlags(rawValue: 4)
    static let isCut = OrderFlags(rawValue: 8)
    static let isOdd = OrderFlags(rawValue: 16)
    static let isThrottled = OrderFlags(rawValue: 32)
    static let isFree = OrderFlags(rawValue: 64)
    static let deductsAtDeposit = OrderFlags(rawValue: 128)
    /// Its buyer fetches it from a store.
    static let isPickup = OrderFlags(rawValue: 256)
    static let isRerouted = OrderFlags(rawValue: 512)
    static let isInsured = OrderFlags(rawValue: 1_024)
    static let isBulky = OrderFlags(rawValue: 2_048)
    static let isExchange = OrderFlags(rawValue: 4_096)
    /// Bought against a deposit.
    static let isPresale = OrderFlags(rawValue: 8_192)
    /// Its presale units are committed out of receipts to come.
    static let isCommitted = OrderFlags(rawValue: 16_384)
    /// Something of it has left the shelves.
    static let isSent = OrderFlags(rawValue: 32_768)
}
