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
///
/// Lines, lines on their way back and shipped orders are cells of 32 bytes in one column: what picking frees, returns
/// use.
struct OrderPool: ~Copyable {
    var orders = GrowingColumn<OrderRow>(capacity: 1 << 14)
    var lines = GrowingColumn<LineRow>(capacity: 1 << 16)
    /// The cells that hold lines on their way back.
    var returns: ColumnView<ReturnLine> { lines.seen(as: ReturnLine.self) }
    /// The cells that hold orders on their way to the buyer and back.
    var shipped: ColumnView<ShippedOrder> { lines.seen(as: ShippedOrder.self) }
    var presales = GrowingColumn<PresaleRow>()
    private var freePresale: Int32 = -1
    /// A free order's amount due is the next free one.
    private var freeOrder: Int32 = -1
    /// For each power of two, the first free block of that many lines; a free block's first line holds the next.
    private let freeBlocks = FixedColumn<Int32>(repeating: -1, count: 32)
    private(set) var live = 0
    /// The most there were at one time.
    private(set) var mostLive = 0

    /// Memory in use for orders, lines and returns at its largest.
    var bytes: Int {
        orders.count * MemoryLayout<OrderRow>.stride + lines.count * MemoryLayout<LineRow>.stride
    }

    mutating func makeOrder() -> Int {
        live += 1
        mostLive = max(mostLive, live)
        if freeOrder >= 0 {
            let slot = Int(freeOrder)
            freeOrder = Int32(orders[slot].due)
            orders.prefetch(max(0, Int(freeOrder)))
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
        orders[slot].due = Int64(freeOrder)
        freeOrder = Int32(slot)
        live -= 1
    }

    /// Keeps of an order whose parcels are all on their way what its way back needs. Returns its place.
    mutating func shrink(_ slot: Int) -> Int32 {
        let order = orders[slot].shipped
        orders[slot].returnsHead = -1
        recycleOrder(slot)
        live += 1
        let place = makeBlock(1)
        shipped[place] = order
        return Int32(place)
    }

    /// Gives an order that has come back a whole row again.
    mutating func unfold(_ place: Int) -> Int {
        live -= 1
        let slot = makeOrder()
        orders[slot] = OrderRow(shipped[place])
        recycleCell(Int32(place))
        return slot
    }

    /// The power of two of a block that holds `count` lines.
    @inline(__always)
    private static func lineClass(_ count: Int) -> Int {
        count <= 1 ? 0 : Int.bitWidth - (count - 1).leadingZeroBitCount
    }

    /// Gives an order a block for `count` lines, in place of what it has. Returns the block's first place.
    mutating func makeLines(_ count: Int, for slot: Int) -> Int {
        recycleLines(of: slot)
        let base = makeBlock(count)
        setLines(Int32(base), count, of: slot)
        return base
    }

    /// A block for `count` lines, of no order yet.
    mutating func makeBlock(_ count: Int) -> Int {
        let size = Self.lineClass(count)
        let head = freeBlocks[size]
        if head >= 0 {
            let next = lines[Int(head)].row
            freeBlocks[size] = next
            lines.prefetch(max(0, Int(next)))
            return Int(head)
        }
        return lines.extend(by: 1 << size)
    }

    /// Makes a block an order's; what it had is to be given back before.
    @inline(__always)
    mutating func setLines(_ base: Int32, _ count: Int, of slot: Int) {
        orders[slot].lineBase = base
        orders[slot].lineCount = Int32(count)
    }

    mutating func recycleLines(of slot: Int) {
        let base = orders[slot].lineBase
        guard base >= 0 else { return }
        let size = Self.lineClass(Int(orders[slot].lineCount))
        lines[Int(base)].row = freeBlocks[size]
        freeBlocks[size] = base
        orders[slot].lineBase = -1
        orders[slot].lineCount = 0
    }

    @inline(__always)
    private mutating func recycleCell(_ place: Int32) {
        lines[Int(place)].row = freeBlocks[0]
        freeBlocks[0] = place
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
        let place = makeBlock(1)
        returns[place] = line
        orders[slot].returnsHead = Int32(place)
    }

    mutating func recycleReturns(of slot: Int) {
        var place = orders[slot].returnsHead
        while place >= 0 {
            let next = returns[Int(place)].next
            recycleCell(place)
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
        try codec.code(&presales)
        try codec.code(&freePresale)
        try codec.code(&freeOrder)
        try codec.code(freeBlocks)
        try codec.code(&live)
        try codec.code(&mostLive)
    }
}
