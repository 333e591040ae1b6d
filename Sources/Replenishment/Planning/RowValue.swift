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

/// How many units an order line has, by SKU: what a promise of whole lines is about.
public struct LineSizes: Sendable, Equatable {
    public struct Size: Sendable, Equatable {
        public var units: Int64
        /// Part of the lines.
        public var share: Double
        public init(units: Int64, share: Double) { (self.units, self.share) = (units, share) }
    }

    /// A SKU with fewer past lines than this is taken to be like all.
    public static let fewestLines = 30

    private var all: [Size] = []
    private var own: [SKU.Index: [Size]] = [:]

    /// One unit a line.
    public init() {}

    /// The lines of past orders, net of what was cancelled.
    public init(_ orders: OrderHistory) {
        var bySKU: [SKU.Index: [Int64: Double]] = [:]
        var total: [Int64: Double] = [:]
        for order in 0..<orders.count {
            let weight = orders.weight(order)
            for line in orders.lines(order) {
                let units =
                    Int64(orders.lineQuantities[line])
                    - (line < orders.lineCancelled.count ? Int64(orders.lineCancelled[line]) : 0)
                guard units > 0 else { continue }
                bySKU[orders.lineSKUs[line], default: [:]][units, default: 0] += weight
                total[units, default: 0] += weight
            }
        }
        all = Self.sizes(total)
        for (sku, counts) in bySKU where counts.values.reduce(0, +) >= Double(Self.fewestLines) {
            own[sku] = Self.sizes(counts)
        }
    }

    public subscript(sku: SKU.Index) -> [Size] { own[sku] ?? all }

    private static func sizes(_ counts: [Int64: Double]) -> [Size] {
        let ordered = counts.sorted { $0.key < $1.key }
        let sum = ordered.reduce(0) { $0 + $1.value }
        return sum > 0 ? ordered.map { Size(units: $0.key, share: $0.value / sum) } : []
    }
}
