import Dispatch

/// Goods that leave a shelf or come back to it.
struct GoodsMove: BitwiseCopyable {
    enum Kind: UInt8 {
        /// Sent to a buyer.
        case shipped
        /// Back on the shelf, not inspected yet.
        case returned
        /// Inspected: for sale again, second choice, or written down.
        case restocked, degraded, writtenDown
        /// Not found by a picker.
        case missed
    }

    var kind: Kind
    var row: Int32
    var quantity: Int32
    var time: Int64
}

/// Where shelves and lots are kept: on the thread of the other stages, or beside.
///
/// The ordinary moves of goods ask for no answer: they are noted, and worked off in their order. Whoever looks at shelves or
/// lots has all that is noted worked off before (`settle`), so that it does not matter where that happens.
final class GoodsDesk: @unchecked Sendable {
    private static let notedAtOnce = 1_024
    /// Batches that may wait.
    private static let mostWaiting = 64

    var lots: LotBook
    /// Whether moves are worked off beside.
    private(set) var isBeside = false
    private let shelves: ColumnView<Shelf>
    /// By row, in days.
    private let shelfLives: FixedColumn<Int32>
    private var noted = MoveBatch()
    /// Moves have been given to the queue since it was last seen empty.
    private var isBusy = false
    private let queue = DispatchQueue(label: "lots", qos: .userInitiated)
    private let room = DispatchSemaphore(value: GoodsDesk.mostWaiting)

    /// Moves on their way to the queue: whoever has them is the only one to look at them.
    private final class MoveBatch: @unchecked Sendable {
        var moves = GrowingColumn<GoodsMove>(capacity: GoodsDesk.notedAtOnce)
    }

    /// The shelves must outlive the desk's work.
    ///
    /// - Parameter skus: of the rows.
    init(_ world: World, shelves: borrowing FixedColumn<Shelf>, skus: [Int32]) {
        lots = LotBook(world, shelves)
        self.shelves = ColumnView(shelves)
        shelfLives = FixedColumn(skus.map { world.skus.shelfLives[Int($0)] })
    }

    /// Lets a thread beside do the work, until `stop`, where nobody asks whose goods were sent.
    func start() { isBeside = lots.isOn && lots.ownerCount == 1 }

    func stop() {
        settle()
        isBeside = false
    }

    @inline(__always)
    func note(_ kind: GoodsMove.Kind, _ quantity: Int32, row: Int, at time: Int64) {
        let move = GoodsMove(kind: kind, row: Int32(row), quantity: quantity, time: time)
        if !isBeside { return apply(move) }
        noted.moves.append(move)
        if noted.moves.count == Self.notedAtOnce { submit() }
    }

    /// Returns when everything noted has been worked off.
    @inline(__always)
    func settle() {
        if isBeside && (isBusy || noted.moves.count > 0) { empty() }
    }

    private func empty() {
        submit()
        queue.sync {}
        isBusy = false
    }

    private func submit() {
        if noted.moves.count == 0 { return }
        let batch = noted
        noted = MoveBatch()
        isBusy = true
        room.wait()
        queue.async { [self] in
            work(batch)
            room.signal()
        }
    }

    private func work(_ batch: MoveBatch) {
        let count = batch.moves.count
        for index in 0..<count {
            if index + 16 < count { shelves.prefetch(Int(batch.moves[index + 16].row)) }
            if index + 8 < count {
                lots.lots.prefetch(max(0, Int(shelves[Int(batch.moves[index + 8].row)].firstLot)))
            }
            apply(batch.moves[index])
        }
    }

    private func apply(_ move: GoodsMove) {
        let (row, quantity) = (Int(move.row), move.quantity)
        switch move.kind {
        case .shipped:
            shelves[row].shipped += Int64(quantity)
            if lots.isOn { lots.ship(quantity, row: row) }
        case .returned:
            shelves[row].returned += Int64(quantity)
            if lots.isOn { lots.takeBack(quantity, row: row, expires: lots.oldest(row) ?? expiry(row, at: move.time)) }
        case .restocked:
            if lots.isOn { lots.regrade(quantity, row: row, from: Grade.inspection, to: Grade.sellable) }
        case .degraded:
            if lots.isOn { lots.regrade(quantity, row: row, from: Grade.inspection, to: Grade.second) }
        case .writtenDown:
            shelves[row].writtenDown += Int64(quantity)
            if lots.isOn { lots.writeDown(quantity, row: row, grade: Grade.inspection) }
        case .missed:
            if lots.isOn { lots.correct(-quantity, row: row, expires: .max) }
        }
    }

    /// When goods that come to a row at a moment expire.
    func expiry(_ row: Int, at time: Int64) -> Int64 { LotBook.expiry(shelfLives[row], from: time) }
}
