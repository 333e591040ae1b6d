public import Retail

/// A dear and fast supplier beside a row's cheap and slow one (the dual-index policy of Veeraraghavan and
/// Scheller-Wolf, 2008): at every review it brings what is there within its lead time up to `level`; the other brings
/// everything on order up to the row's own level.
public struct SecondSource: Sendable, Equatable {
    /// A place in `ReplenishmentPlan.suppliers`; -1 is nobody in particular.
    public var supplier: Int32
    public var leadTime: Double
    public var leadTimeDeviation: Double
    public var level: Quantity
    public var minimumQuantity: Quantity
    public var orderMultiple: Quantity
    /// What a unit costs more than from the other.
    public var premium: UnitPrice

    public init(
        supplier: Int32, leadTime: Double, leadTimeDeviation: Double, level: Quantity, minimumQuantity: Quantity = 1,
        orderMultiple: Quantity = 1, premium: UnitPrice = UnitPrice(units: 0)
    ) {
        self.supplier = supplier
        self.leadTime = leadTime
        self.leadTimeDeviation = leadTimeDeviation
        self.level = level
        self.minimumQuantity = minimumQuantity
        self.orderMultiple = orderMultiple
        self.premium = premium
    }
}

/// A SKU stocked at a node, with its opening stock and its (s, S) policy.
public struct StockRow: Sendable, Equatable {
    public typealias Index = DenseIndex<StockRow>

    public var sku: SKU.Index
    public var node: Node.Index
    /// Units on the shelf at the start.
    public var opening: Quantity
    /// At a review, order up to `orderUpTo` when the inventory position is at or below `reorderPoint`.
    /// A row with `orderUpTo` zero is never replenished.
    public var reorderPoint: Quantity
    public var orderUpTo: Quantity
    /// Mean and standard deviation of the time from order to shelf, days: of the transfer from the node upstream
    /// where there is one, else of the supplier.
    public var leadTime: Double
    public var leadTimeDeviation: Double
    /// Who delivers it, a place in `ReplenishmentPlan.suppliers`; -1 is nobody in particular.
    public var supplier: Int32
    /// Smallest order; orders are multiples of `orderMultiple`, 0: of the case pack.
    public var minimumQuantity: Quantity
    public var orderMultiple: Quantity
    /// Looked at every hour (continuous review), not only when the supplier takes orders.
    public var isContinuous: Bool
    /// Bought fast when it must be; nil has one supplier.
    public var second: SecondSource?

    public init(
        sku: SKU.Index, node: Node.Index, opening: Quantity, reorderPoint: Quantity = 0, orderUpTo: Quantity = 0,
        leadTime: Double = 1, leadTimeDeviation: Double = 0, supplier: Int32 = -1, minimumQuantity: Quantity = 1,
        orderMultiple: Quantity = 0, isContinuous: Bool = false,
        second: SecondSource? = nil
    ) {
        self.second = second
        self.supplier = supplier
        self.minimumQuantity = minimumQuantity
        self.orderMultiple = orderMultiple
        self.isContinuous = isContinuous
        self.sku = sku
        self.node = node
        self.opening = opening
        self.reorderPoint = reorderPoint
        self.orderUpTo = orderUpTo
        self.leadTime = leadTime
        self.leadTimeDeviation = leadTimeDeviation
    }
}

/// Goods on their way into a row when the run begins.
public struct ScheduledReceipt: Sendable, Equatable {
    public var sku: SKU.Index
    public var node: Node.Index
    public var quantity: Quantity
    public var due: Instant

    public init(sku: SKU.Index, node: Node.Index, quantity: Quantity, due: Instant) {
        self.sku = sku
        self.node = node
        self.quantity = quantity
        self.due = due
    }
}

/// A lot of a SKU on a shelf when the run begins: part of its row's opening stock.
public struct LotPlan: Sendable, Equatable {
    public var sku: SKU.Index
    public var node: Node.Index
    public var quantity: Quantity
    /// From this moment on it may no longer be sold; nil never expires.
    public var expires: Instant?
    /// Place in `World.owners`; 0 is ourselves. Goods of others are paid for when they are sold (寄售).
    public var owner: Int
    /// Second choice (次品): on the shelf, not for sale in the ordinary way.
    public var isSecond: Bool

    public init(
        sku: SKU.Index, node: Node.Index, quantity: Quantity, expires: Instant? = nil, owner: Int = 0,
        isSecond: Bool = false
    ) {
        self.sku = sku
        self.node = node
        self.quantity = quantity
        self.expires = expires
        self.owner = owner
        self.isSecond = isSecond
    }
}

/// How wrong the books are and how they are put right (盘点).
public struct StockTakePlan: Sendable, Equatable {
    /// Part of the stock rows whose actual count differs from the book when the run begins, and the standard deviation
    /// of the difference as a part of the book.
    public var errorRate: Rate
    public var errorSize: Rate
    /// Seconds after midnight of each count, and the part of rows a count looks at.
    public var counts: [Int32]
    public var countedShare: Rate
    /// Part of the differences that are losses: less is there than the book says.
    public var lossShare: Rate

    public init(
        errorRate: Rate = .zero, errorSize: Rate = Rate(partsPerMillion: 50_000), counts: [Int32] = [],
        countedShare: Rate = .one, lossShare: Rate = Rate(partsPerMillion: 750_000)
    ) {
        self.lossShare = lossShare
        self.errorRate = errorRate
        self.errorSize = errorSize
        self.counts = counts
        self.countedShare = countedShare
    }
}

/// The stocked (SKU, node) pairs, ordered by SKU and node, addressed by offsets per SKU.
public struct StockRows: Sendable, Equatable {
    public let rows: [StockRow]
    /// Rows of SKU k are offsets[k] ..< offsets[k + 1].
    public let offsets: [Int32]
    public var receipts: [ScheduledReceipt]
    /// Lots of the opening stock; what is in none is ours and as fresh as goods just received.
    public var lots: [LotPlan]

    /// Sorts the rows; a pair given twice stays twice and is reported by `World.validate()`.
    public init(
        skuCount: Int, rows: [StockRow], receipts: [ScheduledReceipt] = [], lots: [LotPlan] = []
    ) {
        self.rows = rows.sorted { ($0.sku, $0.node) < ($1.sku, $1.node) }
        var counts = [Int32](repeating: 0, count: skuCount + 1)
        for row in rows where row.sku.position >= 0 && row.sku.position < skuCount { counts[row.sku.position + 1] += 1 }
        for k in 0..<skuCount { counts[k + 1] += counts[k] }
        offsets = counts
        self.receipts = receipts
        self.lots = lots
    }

    /// Opening units of second choice by row; rows without any are left out.
    var secondChoice: [Int: Quantity] {
        var units: [Int: Quantity] = [:]
        for lot in lots where lot.isSecond {
            guard let row = index(lot.sku, lot.node)?.position else { continue }
            units[row, default: 0] += lot.quantity
        }
        return units
    }

    /// The row of a pair; nil when it is not stocked.
    public func index(_ sku: SKU.Index, _ node: Node.Index) -> StockRow.Index? {
        for r in Int(offsets[sku.position])..<Int(offsets[sku.position + 1]) where rows[r].node == node {
            return StockRow.Index(r)
        }
        return nil
    }

    /// These rows under the policy another plan has for them; a row the other plan lacks keeps its own.
    public func withLevels(of other: StockRows) -> StockRows {
        let levels = Dictionary(
            other.rows.map { (SIMD2($0.sku.raw, $0.node.raw), $0) }, uniquingKeysWith: { first, _ in first })
        return mapping { _, row in
            guard var new = levels[SIMD2(row.sku.raw, row.node.raw)] else { return }
            new.opening = row.opening
            row = new
        }
    }

    /// The same rows, changed one by one; SKU and node stay.
    public func mapping(_ change: (_ row: Int, _ stocked: inout StockRow) -> Void) -> StockRows {
        var rows = rows
        for row in rows.indices { change(row, &rows[row]) }
        return StockRows(skuCount: offsets.count - 1, rows: rows, receipts: receipts, lots: lots)
    }

    /// Units of a SKU on all shelves at the start.
    public func opening(_ sku: SKU.Index) -> Int64 {
        rows[Int(offsets[sku.position])..<Int(offsets[sku.position + 1])].reduce(0) { $0 + Int64($1.opening) }
    }

    /// Opening stock cut into exclusive quotas (silos), to the unit, by largest remainder.
    ///
    /// - Parameter weights: channels x SKUs, non-negative; a SKU whose weights are all zero gives it all to the
    ///   first channel.
    /// - Returns: channels x SKUs.
    public func quotas(weights: [[Int64]]) -> [[Quantity]] {
        var quotas = weights.map { $0.map { _ in Quantity(0) } }
        for sku in 0..<(offsets.count - 1) {
            let shares = weights.map { $0[sku] }
            let parts = try? allocateByLargestRemainder(opening(SKU.Index(sku)), over: shares)
            for channel in weights.indices {
                let whole = channel == 0 ? opening(SKU.Index(sku)) : 0
                quotas[channel][sku] = Quantity(clamping: parts?[channel] ?? whole)
            }
        }
        return quotas
    }
}
