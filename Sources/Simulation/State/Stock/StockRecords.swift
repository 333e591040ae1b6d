import Retail

/// A stock row's counts: physical (`book`), its logical part that may not be sold (`blocked`), and what is promised
/// (`reserved`). 32 bytes, so that the rows of a SKU lie in a few cache lines.
struct RowState: BitwiseCopyable {
    var node: Int32
    var sku: Int32
    var book: Int32
    var reserved: Int32
    /// Returned goods in inspection, and second choice: inside `book`, not for sale.
    var blocked: Int32
    /// On the way from another of our nodes, and from suppliers.
    var inTransit: Int32
    var onOrder: Int32
    /// On the shelf, but the warehouse has not told the centre yet.
    var unseen: Int32 = 0

    @inline(__always) var free: Int32 { book - reserved - blocked - unseen }
}

/// What picking and returns touch of a row beside its counts: 32 bytes, so that it lies in one cache line.
struct Shelf: BitwiseCopyable {
    var shipped: Int64 = 0
    var returned: Int64 = 0
    var writtenDown: Int64 = 0
    var opening: Int32 = 0
    /// First of its lots; -1 is none.
    var firstLot: Int32 = -1

    static func column(_ world: World) -> FixedColumn<Shelf> {
        FixedColumn(world.stock.rows.map { Shelf(opening: $0.opening) })
    }
}

/// What else has gone through a row.
struct RowFlows: BitwiseCopyable {
    var received: Int64 = 0
    var transferredIn: Int64 = 0
    var transferredOut: Int64 = 0
    /// Found by counts, net.
    var counted: Int64 = 0
    /// Not found where the books say.
    var missing: Int64 = 0
    /// Second choice sold off.
    var cleared: Int64 = 0

    /// What came less what went, for the audit.
    func closing(_ shelf: Shelf) -> Int64 {
        Int64(shelf.opening) + received + transferredIn - transferredOut - shelf.shipped + shelf.returned
            - shelf.writtenDown + counted - missing - cleared
    }
}

/// A shop's figure for a SKU as of its last refresh, less its own sales since.
struct Published: BitwiseCopyable {
    var figure: Int32 = 0
    /// Refresh the figure belongs to.
    var tick: Int32 = -1
}

/// Goods on their way to a row.
struct Shipment: BitwiseCopyable {
    var row: Int32
    var quantity: Int32
    var isTransfer: Bool
    /// What of it a supplier really brings.
    var coming: Int32
    /// When it reached the yard; negative before.
    var arrived: Int64 = -1
    /// First of its lots on the way; -1 where lots are not told apart.
    var lots: Int32 = -1
    /// When it is promised for, before chance and delays; `Int64.max` once it is on the shelf.
    var promised: Int64 = 0
    /// What a unit cost more than usual, ten-thousandths.
    var premium: Int64 = 0

    init(row: Int32, quantity: Int32, isTransfer: Bool, coming: Int32? = nil, lots: Int32 = -1) {
        self.row = row
        self.quantity = quantity
        self.isTransfer = isTransfer
        self.coming = coming ?? quantity
        self.lots = lots
    }
}

/// A row with goods that the centre learns of later.
struct UnseenGoods: BitwiseCopyable {
    var due: Int64
    var row: Int32
    var quantity: Int32
}
