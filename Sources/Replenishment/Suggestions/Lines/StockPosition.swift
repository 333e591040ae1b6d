public import Retail

/// Stock of one (SKU, node) pair as a suggestion sees it. Each unit counts once.
public struct StockPosition: Sendable, Equatable {
    /// Units that can still be sold: without those that expire first.
    public var onHand: Int64 = 0
    /// Part of `onHand` promised to orders.
    public var reserved: Int64 = 0
    public var inTransit: Int64 = 0
    /// From suppliers, however late it is due.
    public var onOrder: Int64 = 0
    /// Owed to customers, and to nodes below that have asked for it.
    public var backordered: Int64 = 0
    /// Units on hand that will expire before they can be sold.
    public var expiring: Int64 = 0
    /// Open orders and transfers by day due, ascending.
    public var receipts: [(due: Day, quantity: Int64)] = []

    public init() {}

    /// On hand + in transit + on order - backordered (reserved is inside on hand).
    public var position: Int64 { onHand + inTransit + onOrder - backordered }

    /// What is left for demand to come: the position less what is promised already.
    public var free: Int64 { position - reserved }

    /// Adds goods that are being moved here.
    mutating func add(transfer quantity: Int64, due: Day) {
        inTransit += quantity
        let at = receipts.firstIndex { $0.due > due } ?? receipts.count
        receipts.insert((due, quantity), at: at)
    }

    public static func == (a: Self, b: Self) -> Bool {
        a.onHand == b.onHand && a.reserved == b.reserved && a.inTransit == b.inTransit && a.onOrder == b.onOrder
            && a.backordered == b.backordered && a.expiring == b.expiring
            && a.receipts.elementsEqual(b.receipts) { $0 == $1 }
    }
}

/// Customers waiting for a SKU at a node.
public struct Backorder: Sendable, Equatable {
    public var sku: SKU.Index
    public var node: Node.Index
    public var quantity: Int64
    public init(sku: SKU.Index, node: Node.Index, quantity: Int64) {
        self.sku = sku
        self.node = node
        self.quantity = quantity
    }
}

/// What is in stock, on its way and owed on the day of a suggestion.
public struct StockSituation: Sendable, Equatable {
    public var today: Day
    public var stock: [StockRecord]
    public var openOrders: [OpenOrder]
    public var lots: [LotRecord]
    public var backorders: [Backorder]

    public init(
        today: Day, stock: [StockRecord], openOrders: [OpenOrder] = [], lots: [LotRecord] = [],
        backorders: [Backorder] = []
    ) {
        self.today = today
        self.stock = stock
        self.openOrders = openOrders
        self.lots = lots
        self.backorders = backorders
    }
}

/// The stock positions of the rows of a `NodeDemand`, in its row order, expiring stock taken off.
public struct StockPositions: Sendable {
    private let positions: [StockPosition]

    public init(_ situation: StockSituation, demand: NodeDemand) {
        positions = PositionTable(situation, demand: demand).positions
    }

    public subscript(row: Int) -> StockPosition { positions[row] }
}

/// The positions of the rows of a `NodeDemand`, in its row order.
struct PositionTable {
    var positions: [StockPosition]
    private let rows: [Int64: Int]

    static func key(_ sku: SKU.Index, _ node: Node.Index) -> Int64 { Int64(sku.raw) << 32 | Int64(node.raw) }

    init(_ situation: StockSituation, demand: NodeDemand) {
        positions = [StockPosition](repeating: StockPosition(), count: demand.rowCount)
        var rows: [Int64: Int] = [:]
        rows.reserveCapacity(demand.rowCount)
        for row in 0..<demand.rowCount { rows[Self.key(demand.skus[row], demand.nodes[row])] = row }
        self.rows = rows
        for record in situation.stock {
            guard let row = rows[Self.key(record.sku, record.node)] else { continue }
            positions[row].onHand += Int64(record.onHand)
            positions[row].reserved += Int64(record.reserved)
        }
        for order in situation.openOrders {
            guard let row = rows[Self.key(order.sku, order.node)] else { continue }
            let quantity = Int64(order.quantity)
            if order.supplier == nil {
                positions[row].inTransit += quantity
            } else {
                positions[row].onOrder += quantity
            }
            positions[row].receipts.append((order.due, quantity))
        }
        for backorder in situation.backorders {
            guard let row = rows[Self.key(backorder.sku, backorder.node)] else { continue }
            positions[row].backordered += backorder.quantity
        }
        for row in positions.indices { positions[row].receipts.sort { ($0.due, $0.quantity) < ($1.due, $1.quantity) } }
        removeExpiring(situation, demand: demand)
    }

    func row(_ sku: SKU.Index, _ node: Node.Index) -> Int? { rows[Self.key(sku, node)] }

    /// Takes units off `onHand` that expire before expected demand reaches them, first expired first out. A lot may
    /// be sold up to and including its last day.
    private mutating func removeExpiring(_ situation: StockSituation, demand: NodeDemand) {
        var byRow: [Int: [(expires: Day, quantity: Int64)]] = [:]
        for lot in situation.lots {
            guard let expires = lot.expires, let row = rows[Self.key(lot.sku, lot.node)] else { continue }
            byRow[row, default: []].append((expires, Int64(lot.quantity)))
        }
        let offset = max(0, situation.today - demand.start)
        for (row, lots) in byRow {
            let daily = demand.daily(row)
            // Expected demand that earlier lots have used up.
            var used = 0.0
            var wasted: Int64 = 0
            for lot in lots.sorted(by: { ($0.expires, $0.quantity) < ($1.expires, $1.quantity) }) {
                let days = lot.expires - situation.today + 1
                let sellable = days > 0 ? daily.cumulative(from: offset, span: Double(days)).mean : 0
                let sold = min(Double(lot.quantity), max(0, sellable - used))
                used += sold
                wasted += lot.quantity - Int64(sold.rounded(.up))
            }
            let lost = min(max(0, wasted), positions[row].onHand)
            positions[row].expiring = lost
            positions[row].onHand -= lost
        }
    }
}
