public import Retail

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
    /// Units a day the levels were made for; 0 where a rolling forecast has nothing to compare with.
    public var expected: Double

    public init(
        sku: SKU.Index, node: Node.Index, opening: Quantity, reorderPoint: Quantity = 0, orderUpTo: Quantity = 0,
        leadTime: Double = 1, leadTimeDeviation: Double = 0, supplier: Int32 = -1, minimumQuantity: Quantity = 1,
        orderMultiple: Quantity = 0, expected: Double = 0
    ) {
        self.supplier = supplier
        self.minimumQuantity = minimumQuantity
        self.orderMultiple = orderMultiple
        self.expected = expected
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

/// The stocked (SKU, node) pairs, ordered by SKU and node, addressed by offsets per SKU.
public struct StockRows: Sendable, Equatable {
    public let rows: [StockRow]
    /// Rows of SKU k are offsets[k] ..< offsets[k + 1].
    public let offsets: [Int32]
    public var receipts: [ScheduledReceipt]

    /// Sorts the rows; a pair given twice stays twice and is reported by `World.validate()`.
    public init(skuCount: Int, rows: [StockRow], receipts: [ScheduledReceipt] = []) {
        self.rows = rows.sorted { ($0.sku, $0.node) < ($1.sku, $1.node) }
        var counts = [Int32](repeating: 0, count: skuCount + 1)
        for row in rows where row.sku.position >= 0 && row.sku.position < skuCount { counts[row.sku.position + 1] += 1 }
        for k in 0..<skuCount { counts[k + 1] += counts[k] }
        offsets = counts
        self.receipts = receipts
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
        let rows = rows.map { row -> StockRow in
            guard var new = levels[SIMD2(row.sku.raw, row.node.raw)] else { return row }
            new.opening = row.opening
            return new
        }
        return StockRows(skuCount: offsets.count - 1, rows: rows, receipts: receipts)
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
