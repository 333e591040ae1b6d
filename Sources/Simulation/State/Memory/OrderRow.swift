/// An order in flight: what later stages need of it, and no more. 64 bytes, one cache line.
///
/// What holds at different times of its life shares its place; what the id says (channel, segment, region, the second
/// it was placed in) is read from there. The order's random entity is a hash of the id: `Replication.entity(of:)`.
struct OrderRow: BitwiseCopyable {
    /// `OrderID`: cell 24 | second 24 | ordinal 16.
    var id: UInt64 = 0
    /// Microseconds of its second 20 | microseconds from order to payment plus one 44, zero until it is paid.
    private var times: UInt64 = 0
    /// `due` until it is released, then `settled`.
    private var amount: Int64 = 0
    /// `subsidy` until it is released, then `lastDeparture`.
    private var second: Int64 = 0
    /// `promotions` until something of it is sent, then `lastArrival`.
    private var third: Int64 = -1
    /// Nodes 4 x 13, all ones for none | asked tier 2 | tier 2 | parcels 3 | picked 4.
    private var plan: UInt64 = (1 << 52) - 1
    var lineBase: Int32 = -1
    /// First of its returned lines, and until it is paid its presale's row instead; -1 is none.
    var returnsHead: Int32 = -1
    private var lines: UInt16 = 0
    var flags: OrderFlags = [.returnsEverything, .isFree]
    /// Day of the promise plus one 14, zero for an hour from payment | hold 2.
    private var word: UInt16 = 0
    /// The live show it came from, counted from 1, until it comes back; then the reason, a place in the plan's.
    private var mark: UInt8 = 0
    /// State 5 | parcels not yet handed to a carrier 3.
    private var stage: UInt8 = 0

    /// The most nodes that places of 13 bits tell apart.
    static let mostNodes = (1 << 13) - 2
    /// The most lines asked for: a plan cuts a line into up to five parts, and 16 bits count them.
    static let mostAsked = 12_000

    // MARK: What the id says

    @inline(__always) var channel: UInt8 { UInt8(truncatingIfNeeded: id >> 56) }
    @inline(__always) var segment: UInt8 { UInt8(truncatingIfNeeded: id >> 50 & 63) }
    @inline(__always) var region: UInt16 { UInt16(truncatingIfNeeded: id >> 40 & 1_023) }

    /// Lies in the second the id names.
    @inline(__always) var placed: Int64 {
        get { Int64(id >> 16 & 0xFF_FFFF) * 1_000_000 + Int64(times & 0xF_FFFF) }
        set { times = times & ~0xF_FFFF | UInt64(newValue - Int64(id >> 16 & 0xFF_FFFF) * 1_000_000) & 0xF_FFFF }
    }

    /// Zero until it is paid.
    @inline(__always) var paidAt: Int64 {
        get { times >> 20 == 0 ? 0 : placed + Int64(times >> 20) - 1 }
        set { times = times & 0xF_FFFF | UInt64(newValue - placed + 1) << 20 }
    }

    // MARK: Money and ways

    /// What the buyer pays and what the platform adds, minor units, of the lines still in the order: until its release.
    @inline(__always) var due: Int64 {
        get { amount }
        set { amount = newValue }
    }
    @inline(__always) var subsidy: Int64 {
        get { second }
        set { second = newValue }
    }
    /// What of it was sent and not sent back: the settlement's expectation. From its release, or its end before.
    @inline(__always) var settled: Int64 {
        get { amount }
        set { amount = newValue }
    }
    /// Of the parcels handed over so far: from its release.
    @inline(__always) var lastDeparture: Int64 {
        get { second }
        set { second = newValue }
    }
    @inline(__always) var lastArrival: Int64 {
        get { flags.contains(.isSent) ? third : 0 }
        set { third = newValue }
    }
    /// The savings it got, by layer, and its gift: places in the world's promotions; -1 is none. Forgotten when
    /// something of it is sent.
    @inline(__always) var promotions: SIMD4<Int16> {
        get { flags.contains(.isSent) ? SIMD4(repeating: -1) : unsafeBitCast(third, to: SIMD4<Int16>.self) }
        set { if !flags.contains(.isSent) { third = unsafeBitCast(newValue, to: Int64.self) } }
    }

    /// Something of it has left the shelves.
    @inline(__always) mutating func noteSent() {
        if flags.contains(.isSent) { return }
        flags.insert(.isSent)
        third = 0
    }

    /// From its release: what was due is in the lines, and what will be settled is counted as they are sent.
    @inline(__always) mutating func release() {
        state = .released
        (amount, second) = (0, 0)
        (picked, parcelsToShip) = (0, parcels)
    }

    /// What it is promised for, in a way: an hour from payment, or the end of a day.
    @inline(__always) var promise: Int64 {
        let day = Int64(word >> 2)
        return day == 0 ? paidAt + SliceGrid.microsecondsPerHour : day * SliceGrid.microsecondsPerDay
    }
    /// The day at whose end it is promised; -1 is an hour from payment.
    @inline(__always) mutating func promise(day: Int64) {
        word = word & 3 | UInt16(truncatingIfNeeded: min(day + 1, (1 << 14) - 1)) << 2
    }

    // MARK: Its plan

    @inline(__always) var node: SIMD4<Int16> {
        get { SIMD4(node(0), node(1), node(2), node(3)) }
        set {
            var bits: UInt64 = 0
            for place in 0..<4 { bits |= UInt64(UInt16(bitPattern: newValue[place]) & 0x1FFF) << UInt64(13 * place) }
            plan = plan & ~((1 << 52) - 1) | bits
        }
    }
    /// The node of a parcel; -1 is none.
    @inline(__always) func node(_ parcel: Int) -> Int16 {
        let bits = plan >> UInt64(13 * parcel) & 0x1FFF
        return bits == 0x1FFF ? -1 : Int16(truncatingIfNeeded: bits)
    }
    @inline(__always) var askedTier: UInt8 {
        get { UInt8(plan >> 52 & 3) }
        set { plan = plan & ~(3 << 52) | UInt64(newValue & 3) << 52 }
    }
    @inline(__always) var tier: UInt8 {
        get { UInt8(plan >> 54 & 3) }
        set { plan = plan & ~(3 << 54) | UInt64(newValue & 3) << 54 }
    }
    @inline(__always) var parcels: UInt8 {
        get { UInt8(plan >> 56 & 7) }
        set { plan = plan & ~(7 << 56) | UInt64(newValue & 7) << 56 }
    }
    /// One bit for each parcel that has been picked.
    @inline(__always) var picked: UInt8 {
        get { UInt8(plan >> 59 & 15) }
        set { plan = plan & ~(15 << 59) | UInt64(newValue & 15) << 59 }
    }
    @inline(__always) var parcelsToPick: UInt8 { parcels - UInt8(truncatingIfNeeded: picked.nonzeroBitCount) }
    @inline(__always) var parcelsToShip: UInt8 {
        get { stage >> 5 }
        set { stage = stage & 31 | newValue << 5 }
    }
    @inline(__always) var lineCount: Int32 {
        get { Int32(lines) }
        set { lines = UInt16(newValue) }
    }

    // MARK: Where it stands

    @inline(__always) var state: OrderState {
        // Written from a state only.
        get { OrderState(rawValue: stage & 31) ?? .placed }
        set { stage = stage & ~31 | newValue.rawValue }
    }
    @inline(__always) var hold: Hold {
        get { Hold(rawValue: UInt8(word & 3)) ?? .none }
        set { word = word & ~3 | UInt16(newValue.rawValue) }
    }
    @inline(__always) var live: UInt8 {
        get { mark }
        set { mark = newValue }
    }
    @inline(__always) var reason: UInt8 {
        get { mark }
        set { mark = newValue }
    }

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

    // MARK: After shipment

    /// What its way back needs of it.
    var shipped: ShippedOrder {
        ShippedOrder(
            id: id, settled: settled, returnsHead: returnsHead, word: word, flags: flags,
            tiers: UInt8(plan >> 52 & 15), mark: mark)
    }

    /// An order whose goods have come back.
    init(_ order: ShippedOrder) {
        (id, amount, returnsHead) = (order.id, order.settled, order.returnsHead)
        (word, flags, mark) = (order.word, order.flags, order.mark)
        plan |= UInt64(order.tiers) << 52
        third = 0
        state = .shipped
    }

    init() {}
}

/// An order that is shipped and will come back: 32 bytes.
struct ShippedOrder: BitwiseCopyable {
    var id: UInt64 = .max
    var settled: Int64 = 0
    /// First of its returned lines.
    var returnsHead: Int32 = -1
    var word: UInt16 = 0
    var flags: OrderFlags = []
    var tiers: UInt8 = 0
    var mark: UInt8 = 0
}
