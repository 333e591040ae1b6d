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
}

/// An order in flight: what later stages need of it, and no more. 128 bytes, two cache lines.
struct OrderRow: BitwiseCopyable {
    var id: UInt64 = 0
    /// Random entity: a hash of the cell's codes and the rest of the id.
    var entity: UInt64 = 0
    var placed: Int64 = 0
    var paidAt: Int64 = 0
    var promise: Int64 = 0
    /// Of the parcels handed over so far.
    var lastDeparture: Int64 = 0
    var lastArrival: Int64 = 0
    /// What the buyer pays and what the platform adds, minor units, of the lines still in the order.
    var due: Int64 = 0
    var subsidy: Int64 = 0
    /// What of it was sent and not sent back: the settlement's expectation.
    var settled: Int64 = 0
    var lineBase: Int32 = -1
    var lineCount: Int32 = 0
    /// First of its returned lines, and until it is paid its presale's row instead; -1 is none.
    var returnsHead: Int32 = -1
    /// `linesSent`, in two bytes.
    var sent: UInt16 = 0
    /// Parcels not yet handed to a carrier.
    var parcelsToShip: UInt8 = 0
    /// Why it comes back, a place in the plan's reasons.
    var reason: UInt8 = 0
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
    /// One bit for each parcel that has been picked.
    var picked: UInt8 = 0
    var lineClass: UInt8 = 0
    /// The live show it came from, counted from 1; 0 is none.
    var live: UInt8 = 0
    var flags: OrderFlags = [.returnsEverything, .isFree]

    /// A word of its second cache line.
    @inline(__always) var secondLine: UInt64 { UInt64(truncatingIfNeeded: subsidy) }

    @inline(__always) var late: Bool {
        get { flags.contains(.late) }
        set { set(.late, newValue) }
    }
    @inline(__always) var refused: Bool {
        get { flags.contains(.refused) }
        set { set(.refused, newValue) }
    }
    @inline(__always) var returnsEverything: Bool {
        get { flags.contains(.returnsEverything) }
        set { set(.returnsEverything, newValue) }
    }
    /// Oversold in part.
    @inline(__always) var isCut: Bool {
        get { flags.contains(.isCut) }
        set { set(.isCut, newValue) }
    }
    /// Discounted beyond what the rules pass.
    @inline(__always) var isOdd: Bool {
        get { flags.contains(.isOdd) }
        set { set(.isOdd, newValue) }
    }
    /// Released later than it could have been, because the node was full.
    @inline(__always) var isThrottled: Bool {
        get { flags.contains(.isThrottled) }
        set { set(.isThrottled, newValue) }
    }
    /// A line was not found and goes from another node.
    @inline(__always) var isRerouted: Bool {
        get { flags.contains(.isRerouted) }
        set { set(.isRerouted, newValue) }
    }
    /// The buyer's way back is insured.
    @inline(__always) var isInsured: Bool {
        get { flags.contains(.isInsured) }
        set { set(.isInsured, newValue) }
    }
    /// Its goods are bulky, some of them.
    @inline(__always) var isBulky: Bool {
        get { flags.contains(.isBulky) }
        set { set(.isBulky, newValue) }
    }
    /// Goods on their way a second time, for those that came back.
    @inline(__always) var isExchange: Bool {
        get { flags.contains(.isExchange) }
        set { set(.isExchange, newValue) }
    }
    /// Lines sent, for the shares; beyond 65,535 they are no longer counted.
    @inline(__always) var linesSent: Int32 {
        get { Int32(sent) }
        set { sent = UInt16(clamping: newValue) }
    }
    /// In the pool: free.
    @inline(__always) var isFree: Bool {
        get { flags.contains(.isFree) }
        set { set(.isFree, newValue) }
    }

    /// Its presale's row while it is not paid; -1 is none.
    @inline(__always) var presale: Int32 {
        get { state == .placed ? returnsHead : -1 }
        set { returnsHead = newValue }
    }

    @inline(__always) mutating func set(_ flag: OrderFlags, _ isOn: Bool) {
        if isOn { flags.insert(flag) } else { flags.remove(flag) }
    }
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
    /// Added by the buyer only to reach a threshold.
    static let chased: Int16 = -3
}

/// An order's presale while its balance is not paid.
struct PresaleRow: BitwiseCopyable {
    /// Place in the world's promotions.
    var promotion: Int32
    var next: Int32 = -1
    /// Minor units asked for first, and when they were paid; 0 while they are not.
    var deposit: Int64
    var paidAt: Int64 = 0
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
    var presales = GrowingColumn<PresaleRow>()
    private var freePresale: Int32 = -1
    private var freeOrders = GrowingColumn<Int32>(capacity: 1 << 12)
    private var freeReturn: Int32 = -1
    /// For each power of two, the first free block of that many lines; a free block's first line holds the next.
    private let freeBlocks = FixedColumn<Int32>(repeating: -1, count: 32)
    private(set) var live = 0
    /// The most there were at one time.
    private(set) var mostLive = 0

    /// Memory in use for orders, lines and returns at its largest.
    var bytes: Int {
        orders.count * MemoryLayout<OrderRow>.stride + lines.count * MemoryLayout<LineRow>.stride
            + returns.count * MemoryLayout<ReturnLine>.stride + freeOrders.count * 4
    }

    mutating func makeOrder() -> Int {
        live += 1
        mostLive = max(mostLive, live)
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

    mutating func makePresale(_ row: PresaleRow, of slot: Int) {
        let place: Int32
        if freePresale >= 0 {
            place = freePresale
            freePresale = presales[Int(place)].next
            presales[Int(place)] = row
        } else {
            place = Int32(presales.count)
            presales.append(row)
        }
        orders[slot].presale = place
        orders[slot].flags.insert(.isPresale)
    }

    mutating func recyclePresale(of slot: Int) {
        let place = orders[slot].presale
        guard place >= 0 else { return }
        presales[Int(place)].next = freePresale
        freePresale = place
        orders[slot].presale = -1
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
            let presale = Int(orders[slot].presale)
            // Validation keeps every presale.
            if presale >= 0 { presales[presale].promotion = Int32(places[Int(presales[presale].promotion)]) }
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
        try codec.code(&presales)
        try codec.code(&freePresale)
        try codec.code(&freeOrders)
        try codec.code(&freeReturn)
        try codec.code(freeBlocks)
        try codec.code(&live)
        try codec.code(&mostLive)
    }
}
