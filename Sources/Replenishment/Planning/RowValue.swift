public import Retail

/// What a unit of a row is worth when it is there, missing, or left over.
public struct RowValue: Sendable, Equatable {
    /// Major units: cost of a unit short, of a unit bought, and what one that expires still brings.
    public var shortage = 0.0
    public var unitCost = 0.0
    public var salvage = 0.0
    /// Margin of a unit sold.
    public var margin = 0.0
    /// Days from receipt to expiry; 0 never.
    public var shelfLife = 0
    /// Units of an order line with the part of lines that have as many; empty: one unit each.
    public var lines: [LineSizes.Size] = []

    public init() {}

    /// A unit short costs what the data set says, else its margin, and at least a tenth of what it cost: a broken
    /// promise is never free.
    public init(_ product: SKU, feed: Feed, lines: [LineSizes.Size] = []) {
        unitCost = feed.unitCost.major
        margin = max(0, product.listPrice.major - unitCost)
        shortage = product.shortageCost?.major ?? max(margin, 0.1 * unitCost, 0.0001)
        salvage = min(unitCost, product.salvage?.major ?? 0)
        shelfLife = Int(product.shelfLife)
        self.lines = lines
    }
}
