/// What a delayed record does when it is due. Records of the same moment are processed in this order.
enum EventKind: UInt8 {
    /// Goods reach a row, from a supplier or another node. `slot` is a shipment.
    case received
    /// Returned goods leave inspection. `slot` is an order.
    case inspected
    /// Returned goods reach the dock. `slot` is a shipped order.
    case returned
    /// An order was not paid in time.
    case timedOut
    case cancelled
    /// A parcel (`part`) has been picked.
    case picked
    case paid
    /// An order is released to the warehouse.
    case released
    /// A new order. `slot` is its place in the batch of arrivals.
    case placed
    /// An order is fetched from its store, or its time to be is over. What a carrier brings needs no record.
    case delivered
    /// Stock is reviewed. `part` is a `Review`, or 2 for presale goods to be moved (`slot` is the promotion).
    case review
    /// A parcel is packed. `slot` is its place among the parcels at the pack stations.
    case packed
    /// The books of the stock are kept. `part` is a place in `Upkeep`.
    case upkeep
}

/// A typed record of delayed work: 24 bytes.
struct Event: TimeOrdered {
    /// Microseconds from the start; with kind and id, the order of processing.
    var time: Int64
    /// The order's id (a record whose order has gone is stale), or a hash that breaks ties.
    var id: UInt64
    var slot: Int32
    var kind: EventKind
    var part: UInt8 = 0

    /// Whether its id is an order's.
    @inline(__always) var isOfOrder: Bool { kind != .received && kind != .review && kind != .upkeep }

    /// Whether its slot is an order's, be it new, live or shipped.
    @inline(__always) var isAtOrder: Bool { isOfOrder && kind != .packed }

    /// Part, the eight bytes of the id, kind.
    static let digits = 10

    @inline(__always)
    func digit(_ place: Int) -> Int {
        place == 0 ? Int(part) : place < 9 ? Int(id >> UInt64(8 * (place - 1)) & 255) : Int(kind.rawValue)
    }

    @inline(__always)
    static func precedes(_ a: Event, _ b: Event) -> Bool {
        if a.time != b.time { return a.time < b.time }
        if a.kind != b.kind { return a.kind.rawValue < b.kind.rawValue }
        if a.id != b.id { return a.id < b.id }
        return a.part < b.part
    }
}

/// A timing wheel: for each slice a chain of blocks of records. Adding costs a few nanoseconds, and a slice is read
/// block by block; its records are sorted by (time, kind, id) when it is processed, so that the order of adding never
/// matters.
struct EventWheel: ~Copyable {
    private static let blockSize = 64

    /// A block's records in use, and the block filled before it; -1 is none.
    struct Block: BitwiseCopyable {
        var next: Int32
        var count: Int32 = 0
    }

    let grid: SliceGrid
    private let heads: FixedColumn<Int32>
    private var blocks = GrowingColumn<Block>(capacity: 1 << 10)
    /// Records of block b are b x blockSize ..< (b + 1) x blockSize.
    private var records = GrowingColumn<Event>(capacity: 1 << 14)
    private var free: Int32 = -1
    /// The slice being processed; records go to a later one.
    private(set) var current = -1
    private var currentEnd: Int64 = 0
    /// Records waiting.
    private(set) var pending = 0

    /// Memory of waiting records at its largest.
    var bytes: Int {
        records.count * MemoryLayout<Event>.stride + (blocks.count + heads.count) * MemoryLayout<Block>.stride
    }

    init(grid: SliceGrid) {
        self.grid = grid
        heads = FixedColumn(repeating: -1, count: grid.count + 1)
    }

    /// Adds a record. It acts at its exact time, but not before the next slice begins; in the last slice, whose end
    /// never comes, it is taken in a later round.
    @inline(__always)
    mutating func add(_ event: Event) {
        var event = event
        var slice: Int
        if event.time < currentEnd && current < grid.count - 1 {
            slice = current + 1
            event.time = currentEnd
        } else {
            slice = grid.slice(of: event.time)
        }
        if slice < 0 { slice = 0 }
        var block = Int(heads[slice])
        if block < 0 || Int(blocks[block].count) == Self.blockSize {
            block = makeBlock(before: Int32(block))
            heads[slice] = Int32(block)
        }
        let count = Int(blocks[block].count)
        records[block * Self.blockSize + count] = event
        blocks[block].count = Int32(count + 1)
        pending += 1
    }

    private mutating func makeBlock(before next: Int32) -> Int {
        let block: Int
        if free >= 0 {
            block = Int(free)
            free = blocks[block].next
            blocks[block] = Block(next: next)
        } else {
            block = blocks.count
            blocks.append(Block(next: next))
            _ = records.extend(by: Self.blockSize)
        }
        return block
    }

    /// Makes `slice` current and moves its records to `due`, unsorted.
    mutating func take(_ slice: Int, into due: inout GrowingColumn<Event>) {
        current = slice
        currentEnd = grid.start(of: slice + 1)
        var block = heads[slice]
        heads[slice] = -1
        while block >= 0 {
            let (next, count) = (blocks[Int(block)].next, Int(blocks[Int(block)].count))
            if next >= 0 {
                blocks.prefetch(Int(next))
                for record in stride(from: 0, to: Self.blockSize, by: 2) {
                    records.prefetch(Int(next) * Self.blockSize + record)
                }
            }
            for place in 0..<count { due.append(records[Int(block) * Self.blockSize + place]) }
            pending -= count
            blocks[Int(block)].next = free
            free = block
            block = next
        }
    }

    /// Has memory for records to come made ready.
    mutating func growAhead() {
        blocks.growAhead()
        records.growAhead()
    }

    mutating func code(_ codec: inout StateCodec) throws(CheckpointError) {
        try codec.code(heads)
        try codec.code(&blocks)
        try codec.code(&records)
        try codec.code(&free)
        try codec.code(&current)
        try codec.code(&currentEnd)
        try codec.code(&pending)
    }
}
