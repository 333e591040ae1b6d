/// What the desk that sends parcels is told: an order as it stands, and what has happened to it.
struct Handover: BitwiseCopyable {
    enum Kind: UInt8 {
        /// A parcel is ready for a carrier.
        case parcel
        /// So is one that ends its order: there is no answer.
        case lastParcel
        /// So is one that comes back; `slot` is the shipped order's.
        case returningParcel
        /// A picked order lies ready in its store: its clock stops.
        case departed
        /// It has been fetched.
        case fetched
        /// The last parcel is lost, and all others are on their way.
        case lost
        /// What came back is inspected, or the deposit is forfeited: the channel pays out.
        case settled
    }

    var order: OrderRow
    var time: Int64
    var grams: Int64 = 0
    var slot: Int32
    var parcel: UInt8 = 0
    var kind: Kind
}

/// What the desk answers.
struct Outcome: BitwiseCopyable {
    enum Kind: UInt8 {
        /// The order has ended with everything delivered, or sent again; or with nothing of an exchange sent.
        case delivered, exchanged, notExchanged
        /// Its goods come back at `time`.
        case returning
        /// Likewise, of an order kept as a shipped one: `slot` is its, `id` the order's.
        case comingBack
        /// A parcel of several is on its way: departure at `time`.
        case sent
        /// The buyer's way back is insured, or not.
        case departed
    }

    var time: Int64
    var arrival: Int64 = 0
    var slot: Int32
    var kind: Kind
    var isLate = false
    var isInsured = false
    var id: UInt64 = .max
}

/// Handovers of one moment to the next, and their outcomes. Their memory goes round: whoever has it is the only one to
/// look at it.
final class ShippingBatch: @unchecked Sendable {
    var handovers = GrowingColumn<Handover>(capacity: 1 << 10)
    var outcomes = GrowingColumn<Outcome>(capacity: 1 << 10)
}
