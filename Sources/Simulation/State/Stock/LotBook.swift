import Retail

/// What may be done with goods of a lot: the logical layer's grades.
enum Grade {
    static let sellable: UInt8 = 0
    /// Returned and not yet inspected.
    static let inspection: UInt8 = 1
    /// Second choice: on the shelf, not for sale in the ordinary way.
    static let second: UInt8 = 2
    static let count = 3
    static let names = ["sellable", "inspection", "second"]
}

/// A lot on a shelf, or on its way: 32 bytes.
struct Lot: BitwiseCopyable {
    /// The moment from which it may no longer be sold; `Int64.max` never comes.
    var expires: Int64
    var quantity: Int32
    /// Next lot of the row (or shipment), by expiry, owner and grade.
    var next: Int32
    var owner: UInt8
    var grade: UInt8
    /// Two lie in a cache line, none in two.
    private var filling: UInt64 = 0

    init(expires: Int64, quantity: Int32, next: Int32 = -1, owner: UInt8, grade: UInt8) {
        (self.expires, self.quantity, self.next, self.owner, self.grade) = (expires, quantity, next, owner, grade)
    }

    /// First expired, first out; of lots that expire together our own first.
    @inline(__always)
    func precedes(_ other: Lot) -> Bool {
        if grade != other.grade { return grade < other.grade }
        if expires != other.expires { return expires < other.expires }
        return owner < other.owner
    }
}

/// Units of an owner and grade, for the audit of the logical layer: closing = opening + in - out.
struct LogicalFlows: BitwiseCopyable {
    var opening: Int64 = 0
    var received: Int64 = 0
    var returned: Int64 = 0
    var shipped: Int64 = 0
    var writtenDown: Int64 = 0
    /// Changed grade, or found by a count: net.
    var moved: Int64 = 0
    /// On the way between our nodes, net of arrivals.
    var transferred: Int64 = 0

    var closing: Int64 { opening + received + returned + moved - shipped - writtenDown - transferred }
}

/// The lots of every stock row and the logical layer (owner and grade) they make up: a side table, empty when the
/// world tells no lots apart. Chains are sorted, so that the first lots of a row go out first.
struct LotBook: ~Copyable {
    let isOn: Bool
    let ownerCount: Int
    /// First lot of each row, in its shelf.
    let heads: FieldColumn<Shelf, Int32>
    private(set) var lots: GrowingColumn<Lot>
    private var free: Int32 = -1
    /// Owners x grades.
    let flows: FixedColumn<LogicalFlows>
    /// Units of other owners in what was last taken to be sent.
    private(set) var consigned: Int32 = 0
    /// Units a row's lots were short of what was taken: a fault of the books, found by the audit.
    private(set) var missing: Int64 = 0

    init(_ world: World, _ shelves: borrowing FixedColumn<Shelf>) {
        isOn =
            !world.stock.lots.isEmpty || world.afterSales.outlet != nil || world.skus.shelfLives.contains { $0 > 0 }
        ownerCount = max(1, world.owners.count)
        heads = FieldColumn(shelves, \.firstLot)
        lots = GrowingColumn(capacity: max(256, world.stock.lots.count))
        flows = FixedColumn(repeating: LogicalFlows(), count: ownerCount * Grade.count)
        guard isOn else { return }
        var known = [Int64](repeating: 0, count: world.stock.rows.count)
        for lot in world.stock.lots {
            guard let row = world.stock.index(lot.sku, lot.node)?.position, lot.quantity > 0 else { continue }
            let grade = lot.isSecond ? Grade.second : Grade.sellable
            insert(
                Lot(
                    expires: lot.expires?.microseconds ?? .max, quantity: lot.quantity, owner: UInt8(lot.owner),
                    grade: grade), row: row)
            flows[lot.owner * Grade.count + Int(grade)].opening += Int64(lot.quantity)
            known[row] += Int64(lot.quantity)
        }
        // Opening stock that is in no lot is ours and expires a shelf life from now.
        for (row, place) in world.stock.rows.enumerated() {
            let rest = Int64(place.opening) - known[row]
            guard rest > 0 else { continue }
            insert(
                Lot(
                    expires: Self.expiry(world.skus.shelfLives[place.sku.position], from: 0),
                    quantity: Int32(rest), owner: 0, grade: Grade.sellable), row: row)
            flows[0].opening += rest
        }
    }

    /// When goods received at a moment expire.
    static func expiry(_ shelfLife: Int32, from now: Int64) -> Int64 {
        shelfLife > 0 ? now + Int64(shelfLife) * SliceGrid.microsecondsPerDay : .max
    }

    @inline(__always) private func cell(_ lot: Lot) -> Int { Int(lot.owner) * Grade.count + Int(lot.grade) }

    // MARK: Movements, each mirrored in the logical flows

    /// Goods are sent to a buyer: the first lots for sale.
    mutating func ship(_ quantity: Int32, row: Int) {
        consigned = 0
        let first = Int(heads[row])
        if first >= 0 && lots[first].grade == Grade.sellable && lots[first].quantity > quantity {
            let lot = lots[first]
            lots[first].quantity -= quantity
            flows[cell(lot)].shipped += Int64(quantity)
            if lot.owner > 0 { consigned = quantity }
            return
        }
        take(quantity, row: row, grade: Grade.sellable) { lot, flows in
            flows.shipped += Int64(lot.quantity)
        }
    }

    /// Goods a supplier brought.
    mutating func receive(_ quantity: Int32, row: Int, expires: Int64) {
        insert(Lot(expires: expires, quantity: quantity, owner: 0, grade: Grade.sellable), row: row)
        flows[0].received += Int64(quantity)
    }

    /// When the first lot of a row expires; nil where there is none.
    @inline(__always)
    func oldest(_ row: Int) -> Int64? { heads[row] >= 0 ? lots[Int(heads[row])].expires : nil }

    /// Returned goods wait for inspection. They count as ours; the shelf's oldest lot says how old they are.
    mutating func takeBack(_ quantity: Int32, row: Int, expires: Int64) {
        insert(Lot(expires: expires, quantity: quantity, owner: 0, grade: Grade.inspection), row: row)
        flows[Int(Grade.inspection)].returned += Int64(quantity)
    }

    /// Goods change their grade: inspected goods are for sale again, or second choice.
    mutating func regrade(_ quantity: Int32, row: Int, from: UInt8, to: UInt8) {
        var moved = detach(quantity, row: row, grade: from) { lot, flows in flows.moved -= Int64(lot.quantity) }
        while moved >= 0 {
            var lot = lots[Int(moved)]
            let next = lot.next
            recycle(moved)
            lot.grade = to
            flows[cell(lot)].moved += Int64(lot.quantity)
            insert(lot, row: row)
            moved = next
        }
    }

    /// Second choice is sold off: like goods sent, those of other owners are paid for.
    mutating func clearSecond(_ quantity: Int32, row: Int) {
        consigned = 0
        take(quantity, row: row, grade: Grade.second) { lot, flows in flows.shipped += Int64(lot.quantity) }
    }

    mutating func writeDown(_ quantity: Int32, row: Int, grade: UInt8) {
        take(quantity, row: row, grade: grade) { lot, flows in flows.writtenDown += Int64(lot.quantity) }
    }

    /// A count found more (or fewer) than the book: what is more joins the oldest lot for sale, what is fewer leaves it.
    mutating func correct(_ change: Int32, row: Int, expires: Int64) {
        if change > 0 {
            let oldest = heads[row] >= 0 && lots[Int(heads[row])].grade == 0 ? lots[Int(heads[row])].expires : expires
            insert(Lot(expires: oldest, quantity: change, owner: 0, grade: Grade.sellable), row: row)
            flows[0].moved += Int64(change)
        } else {
            take(-change, row: row, grade: Grade.sellable) { lot, flows in flows.moved -= Int64(lot.quantity) }
        }
    }

    /// Takes lots off a row to travel: the head of their chain.
    mutating func dispatch(_ quantity: Int32, row: Int) -> Int32 {
        detach(quantity, row: row, grade: Grade.sellable) { lot, flows in
            flows.transferred += Int64(lot.quantity)
        }
    }

    /// Lots that travelled are on the shelf.
    mutating func arrive(_ chain: Int32, row: Int) {
        var place = chain
        while place >= 0 {
            var lot = lots[Int(place)]
            let next = lot.next
            recycle(place)
            flows[cell(lot)].transferred -= Int64(lot.quantity)
            lot.next = -1
            insert(lot, row: row)
            place = next
        }
    }

    // MARK: What a row holds

    /// Units of a row by grade, or all of it.
    func units(row: Int, grade: UInt8? = nil) -> Int64 {
        var sum: Int64 = 0
        var place = heads[row]
        while place >= 0 {
            let lot = lots[Int(place)]
            if grade == nil || lot.grade == grade { sum += Int64(lot.quantity) }
            place = lot.next
        }
        return sum
    }

    /// Units for sale whose time is over.
    func expired(row: Int, at now: Int64) -> Int32 {
        var sum: Int32 = 0
        var place = heads[row]
        while place >= 0 {
            let lot = lots[Int(place)]
            if lot.grade != Grade.sellable || lot.expires > now { break }
            sum += lot.quantity
            place = lot.next
        }
        return sum
    }

    /// Lots of a row.
    func count(row: Int) -> Int {
        var (place, count) = (heads[row], 0)
        while place >= 0 { (place, count) = (lots[Int(place)].next, count + 1) }
        return count
    }

    /// Units on all shelves of an owner and grade.
    func total(owner: Int, grade: Int) -> Int64 {
        var sum: Int64 = 0
        for row in 0..<(isOn ? heads.count : 0) {
            var place = heads[row]
            while place >= 0 {
                let lot = lots[Int(place)]
                if Int(lot.owner) == owner && Int(lot.grade) == grade { sum += Int64(lot.quantity) }
                place = lot.next
            }
        }
        return sum
    }

    /// Calls `body` for every lot on a shelf.
    func forEach(row: Int, _ body: (Lot) -> Void) {
        var place = heads[row]
        while place >= 0 {
            body(lots[Int(place)])
            place = lots[Int(place)].next
        }
    }

    mutating func code(_ codec: inout StateCodec) throws(CheckpointError) {
        try codec.code(&lots)
        try codec.code(&free)
        try codec.code(flows)
        try codec.code(&consigned)
        try codec.code(&missing)
    }

    // MARK: Chains

    private mutating func insert(_ lot: Lot, row: Int) {
        if lot.quantity == 0 { return }
        var (before, place) = (Int32(-1), heads[row])
        while place >= 0 && lots[Int(place)].precedes(lot) { (before, place) = (place, lots[Int(place)].next) }
        if place >= 0 && !lot.precedes(lots[Int(place)]) {
            // Same expiry, owner and grade: one lot.
            lots[Int(place)].quantity += lot.quantity
            return
        }
        var lot = lot
        lot.next = place
        let new = make(lot)
        if before >= 0 { lots[Int(before)].next = new } else { heads[row] = new }
    }

    @inline(__always)
    private mutating func take(
        _ quantity: Int32, row: Int, grade: UInt8, _ note: (Lot, inout LogicalFlows) -> Void
    ) {
        var chain = detach(quantity, row: row, grade: grade, note)
        while chain >= 0 {
            let next = lots[Int(chain)].next
            if lots[Int(chain)].owner > 0 { consigned += lots[Int(chain)].quantity }
            recycle(chain)
            chain = next
        }
    }

    /// Takes the first lots of a grade off a row, the last one in part, as a chain of their own.
    private mutating func detach(
        _ quantity: Int32, row: Int, grade: UInt8, _ note: (Lot, inout LogicalFlows) -> Void
    ) -> Int32 {
        var left = quantity
        var (head, tail) = (Int32(-1), Int32(-1))
        var (before, place) = (Int32(-1), heads[row])
        while place >= 0 && left > 0 {
            var lot = lots[Int(place)]
            let next = lot.next
            if lot.grade != grade {
                (before, place) = (place, next)
                continue
            }
            let part = min(left, lot.quantity)
            left -= part
            if part < lot.quantity {
                lots[Int(place)].quantity -= part
                lot.quantity = part
                lot.next = -1
                place = make(lot)
            } else {
                if before >= 0 { lots[Int(before)].next = next } else { heads[row] = next }
                lots[Int(place)].next = -1
            }
            note(lots[Int(place)], &flows[cell(lot)])
            if tail >= 0 { lots[Int(tail)].next = place } else { head = place }
            tail = place
            if left > 0 { place = next }
        }
        missing += Int64(left)
        return head
    }

    private mutating func make(_ lot: Lot) -> Int32 {
        if free >= 0 {
            let place = free
            free = lots[Int(place)].next
            lots.prefetch(max(0, Int(free)))
            lots[Int(place)] = lot
            return place
        }
        lots.append(lot)
        return Int32(lots.count - 1)
    }

    private mutating func recycle(_ place: Int32) {
        lots[Int(place)].next = free
        lots[Int(place)].quantity = 0
        free = place
    }
}
