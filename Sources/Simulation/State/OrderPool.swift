/// Where an order stands. The last nine are final; every order ends in exactly one of them.
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
        }
    }
}

/// The life of a reservation: held once, then consumed or released once.
enum Hold: UInt8 {
    case none, held, consumed, released
}

/// An order in flight: what later stages need of it, and no more.
struct OrderRow: BitwiseCopyable {
    var id: UInt64 = 0
    /// Random entity: a hash of the cell's codes and the rest of the id.
    var entity: UInt64 = 0
    var placed: Int64 = 0
    var paidAt: Int64 = 0
    var released: Int64 = 0
    var promise: Int64 = 0
    var lastDeparture: Int64 = 0
    /// What the buyer pays and what the platform adds, minor units, of the lines still in the order.
    var due: Int64 = 0
    var subsidy: Int64 = 0
    /// What of it was sent and not sent back: the settlement's expectation.
    var settled: Int64 = 0
    var lineBase: Int32 = -1
    var lineCount: Int32 = 0
    /// First of its returned lines; -1 is none.
    var returnsHead: Int32 = -1
    var node: SIMD4<Int16> = SIMD4(repeating: -1)
    /// The savings it got, by layer, and its gift: places in the world's promotions; -1 is none.
    var promotions: SIMD4<Int16> = SIMD4(repeating: -1)
    var region: UInt16 = 0
    var channel: UInt8 = 0
    var segment: UInt8 = 0
    var state: OrderState = .placed
    var hold: Hold = .none
    var askedTier: UInt8 = 0
    var tier: UInt8 = 0
    var parcels: UInt8 = 0
    var parcelsToPick: UInt8 = 0
    var parcelsToDeliver: UInt8 = 0
    /// One bit for each parcel that has been picked.
    var picked: UInt8 = 0
    var lineClass: UInt8 = 0
    var late = false
    var refused = false
    var returnsEverything = true
    /// Oversold in part.
    var isCut = false
    /// Discounted beyond what the rules pass.
    var isOdd = false
    /// Released later than it could have been, because the node was full.
    var isThrottled = false
    /// Parcels not yet handed to a carrier.
    var parcelsToShip: UInt8 = 0
    /// Why it comes back, a place in the plan's reasons.
    var reason: UInt8 = 0
    /// A line was not found and goes from another node.
    var isRerouted = false
    /// The buyer's way back is insured.
    var isInsured = false
    /// Its goods are bulky, some of them.
    var isBulky = false
    /// Goods on their way a second time, for those that came back.
    var isExchange = false
    /// Lines sent, for the shares.
    var linesSent: Int32 = 0
    /// In the pool: free.
    var isFree = true
}

/// A line (or the part of one that goes from one row): 32 bytes.
struct LineRow: BitwiseCopyable {
    var sku: Int32
    var quantity: Int32
    /// Stock row it is reserved from; -1 is none.
    var row: Int32
    var parcel: UInt8 = 0
    /// The flash sale whose cap it has taken of, or one of the two below.
    var sale: Int16 = LineRow.noSale
    /// What the buyer pays and what the platform adds for it, minor units, after its share of the order's discount.
    var due: Int64
    var subsidy: Int64

    static let noSale: Int16 = -1
    static let gift: Int16 = -2
}

/// A line on its way back.
struct ReturnLine: BitwiseCopyable {
    var sku: Int32
    var quantity: Int32
    var row: Int32
    var next: Int32
    var due: Int64
    var subsidy: Int64
}

/// Orders in flight and their lines, in pools whose places are used again.
struct OrderPool: ~Copyable {
    var orders = GrowingColumn<OrderRow>(capacity: 1 << 14)
    var lines = GrowingColumn<LineRow>(capacity: 1 << 16)
    var returns = GrowingColumn<ReturnLine>(capacity: 1 << 12)
    private var freeOrders = GrowingColumn<Int32>(capacity: 1 << 12)
    private var freeReturn: Int32 = -1
    /// For each power of two, the first free block of that many lines; a free block's first line holds the next.
    private let freeBlocks = FixedColumn<Int32>(repeating: -1, count: 32)
    private(set) var live = 0

    mutating func makeOrder() -> Int {
        live += 1
        if freeOrders.count > 0 {
            let slot = Int(freeOrders.removeLast())
            orders[slot] = OrderRow()
            orders[slot].isFree = false
            return slot
        }
        orders.append(OrderRow())
        orders[orders.count - 1].isFree = false
        return orders.count - 1
    }

    mutating func recycleOrder(_ slot: Int) {
        orders[slot].isFree = true
        orders[slot].id = .max
        freeOrders.append(Int32(slot))
        live -= 1
    }

    /// A block for `count` lines: its first place, and its class for giving it back.
    mutating func makeLines(_ count: Int) -> (base: Int32, size: UInt8) {
        var size: UInt8 = 0
        while 1 << Int(size) < count { size += 1 }
        let head = freeBlocks[Int(size)]
        if head >= 0 {
            freeBlocks[Int(size)] = lines[Int(head)].row
            return (head, size)
        }
        return (Int32(lines.extend(by: 1 << Int(size))), size)
    }

    mutating func recycleLines(of slot: Int) {
        let base = orders[slot].lineBase
        guard base >= 0 else { return }
        let size = Int(orders[slot].lineClass)
        lines[Int(base)].row = freeBlocks[size]
        freeBlocks[size] = base
        orders[slot].lineBase = -1
        orders[slot].lineCount = 0
    }

    mutating func addReturn(_ line: ReturnLine, to slot: Int) {
        var line = line
        line.next = orders[slot].returnsHead
        let place: Int32
        if freeReturn >= 0 {
            place = freeReturn
            freeReturn = returns[Int(place)].next
            returns[Int(place)] = line
        } else {
            place = Int32(returns.count)
            returns.append(line)
        }
        orders[slot].returnsHead = place
    }

    mutating func recycleReturns(of slot: Int) {
        var place = orders[slot].returnsHead
        while place >= 0 {
            let next = returns[Int(place)].next
            returns[Int(place)].next = freeReturn
            freeReturn = place
            place = next
        }
        orders[slot].returnsHead = -1
    }

    /// Puts the places of another plan's promotions in order rows and lines; -1 is a promotion that plan lacks.
    mutating func renamePromotions(_ places: [Int16]) {
        func renamed(_ place: Int16) -> Int16 { place >= 0 ? places[Int(place)] : place }
        for slot in 0..<orders.count where !orders[slot].isFree {
            for layer in 0..<4 { orders[slot].promotions[layer] = renamed(orders[slot].promotions[layer]) }
            guard orders[slot].lineBase >= 0 else { continue }
            for line in Int(orders[slot].lineBase)..<Int(orders[slot].lineBase + orders[slot].lineCount) {
                lines[line].sale = renamed(lines[line].sale)
            }
        }
    }

    mutating func code(_ codec: inout StateCodec) throws(CheckpointError) {
        try codec.code(&orders)
        try codec.code(&lines)
        try codec.code(&returns)
        try codec.code(&freeOrders)
        try codec.code(&freeReturn)
        try codec.code(freeBlocks)
        try codec.code(&live)
    }
}
