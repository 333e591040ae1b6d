import Retail

/// What an order touches of a SKU, whichever stage asks: 64 bytes, one cache line.
struct SKULine: BitwiseCopyable {
    /// Shared layer: free units over all rows.
    var pool: Int64 = 0
    /// Units asked for, and those not sold.
    var demanded: Int64 = 0
    var lost: Int64 = 0
    /// In ten-thousandths of the major unit.
    var unitCost: Int64
    var listPrice: Int64
    /// Its stock rows: firstRow ..< endRow.
    var firstRow: Int32
    var endRow: Int32
    var weight: Int32
    var category: Int32
    /// The epoch in which its published figures were last fixed.
    var fixedIn: Int32 = -1
    var shop: Int32

    static func column(_ world: World) -> FixedColumn<SKULine> {
        FixedColumn(
            (0..<world.skus.count).map { sku in
                SKULine(
                    unitCost: world.skus.unitCosts[sku].units, listPrice: world.skus.listPrices[sku].units,
                    firstRow: world.stock.offsets[sku], endRow: world.stock.offsets[sku + 1],
                    weight: world.skus.weights[sku], category: world.skus.categories[sku], shop: world.skus.shops[sku])
            })
    }
}
