/// What a delayed record does when it is due. Records of the same moment are processed in this order.
enum EventKind: UInt8 {
    /// Goods reach a row, from a supplier or another node. `slot` is a shipment.
    case received
    /// Returned goods leave inspection. `slot` is an order.
    case inspected
    /// Returned goods reach the dock. `slot` is an order.
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
    /// A parcel (`part`) is at the door.
    case delivered
    /// Stock is reviewed. `part` is 0 for transfers, 1 for suppliers.
    case review
}

/// A typed record of delayed work: 32 bytes.
struct Event: BitwiseCopyable {
    /// Microseconds from the start; with kind and id, the order of processing.
    var time: Int64
    /// The order's id (a record whose order has gone is stale), or a hash that breaks ties.
    var id: UInt64
    var slot: Int32
    /// Next record of the same slice.
    var next: Int32 = -1
    var kind: EventKind
    var part: UInt8 = 0

    @inline(__always)
    static func precedes(_ a: Event, _ b: Event) -> Bool {
        if a.time != b.time { return a.time < b.time }
        if a.kind != b.kind { return a.kind.rawValue < b.kind.rawValue }
        if a.id != b.id { return a.id < b.id }
        return a.part < b.part
    }
}

/// A timing wheel: for each slice a chain of records. Adding costs a few nanoseconds; records of a slice are sorted
/// by (time, kind, id) when the slice is processed, so that the order of adding never matters.
struct EventWheel: ~Copyable {
    let grid: SliceGrid
    private let heads: FixedColumn<Int32>
    private var pool = GrowingColumn<Event>(capacity: 1 << 14)
    private var free: Int32 = -1
    /// The slice being processed; records go to a later one.
    private(set) var current = -1
    private var currentEnd: Int64 = 0
    /// Records waiting.
    private(set) var pending = 0

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
        event.next = heads[slice]
        let place: Int32
        if free >= 0 {
            place = free
            free = pool[Int(place)].next
            pool[Int(place)] = event
        } else {
            place = Int32(pool.count)
            pool.append(event)
        }
        heads[slice] = place
        pending += 1
    }

    /// Makes `slice` current and moves its records to `due`, unsorted.
    mutating func take(_ slice: Int, into due: inout GrowingColumn<Event>) {
        current = slice
        currentEnd = grid.start(of: slice + 1)
        var place = heads[slice]
        heads[slice] = -1
        while place >= 0 {
            let event = pool[Int(place)]
            due.append(event)
            pool[Int(place)].next = free
            free = place
            place = event.next
            pending -= 1
        }
    }

    mutating func code(_ codec: inout StateCodec) throws(CheckpointError) {
        try codec.code(heads)
        try codec.code(&pool)
        try codec.code(&free)
        try codec.code(&current)
        try codec.code(&currentEnd)
        try codec.code(&pending)
    }
}
