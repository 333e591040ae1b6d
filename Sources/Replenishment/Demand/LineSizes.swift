public import Retail

/// How many units an order line has, by SKU: what a promise of whole lines is about, and how far demand comes in lumps.
public struct LineSizes: Sendable, Equatable {
    public struct Size: Sendable, Equatable {
        public var units: Int64
        /// Part of the lines.
        public var share: Double
        public init(units: Int64, share: Double) { (self.units, self.share) = (units, share) }
    }

    /// A SKU with fewer past lines than this is taken to be like all.
    public static let fewestLines = 30
    /// The largest lines, as a part of all, count as the largest of the others where spread is measured: one giant order
    /// says little of the next.
    public static let giants = 0.005

    private var all: [Size] = []
    private var own: [SKU.Index: [Size]] = [:]

    /// One unit a line.
    public init() {}

    /// The lines of past orders, net of what was cancelled.
    ///
    /// - Parameter end: orders from here on are not looked at.
    public init(_ orders: OrderHistory, before end: CivilTime? = nil) {
        var bySKU: [SKU.Index: [Int64: Double]] = [:]
        var total: [Int64: Double] = [:]
        for order in 0..<orders.count {
            if let end, orders.placed[order] >= end { continue }
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

    /// The same sizes for every SKU.
    public init(all sizes: [Size]) { all = sizes }

    public subscript(sku: SKU.Index) -> [Size] { own[sku] ?? all }

    /// The lumps a SKU's demand comes in.
    public func lumps(_ sku: SKU.Index) -> Lumps { Lumps(self[sku]) }

    /// Part of a SKU's units that its largest lines hold beyond what the largest of the others does (`giants`).
    public func giantShare(_ sku: SKU.Index) -> Double {
        let sizes = self[sku]
        func units(_ sizes: [Size]) -> Double { sizes.reduce(0) { $0 + $1.share * Double($1.units) } }
        let all = units(sizes)
        return all > 0 ? 1 - units(Lumps.capped(sizes)) / all : 0
    }

    private static func sizes(_ counts: [Int64: Double]) -> [Size] {
        let ordered = counts.sorted { $0.key < $1.key }
        let sum = ordered.reduce(0) { $0 + $1.value }
        return sum > 0 ? ordered.map { Size(units: $0.key, share: $0.value / sum) } : []
    }
}

/// What the lines of a SKU make of the spread of its demand: independent lines of J units with a mean of m units a day have
/// a variance of m `size` and a third cumulant of m `size` `skew` (a compound Poisson process).
public struct Lumps: Sendable, Equatable {
    /// E[J^2] / E[J]: units of the line that a unit comes in, on average.
    public var size = 1.0
    /// E[J^3] / E[J^2].
    public var skew = 1.0

    public init() {}

    public init(_ sizes: [LineSizes.Size]) {
        var (first, second, third) = (0.0, 0.0, 0.0)
        for size in Self.capped(sizes) {
            let units = Double(size.units)
            first += size.share * units
            second += size.share * units * units
            third += size.share * units * units * units
        }
        guard first > 0, second > 0 else { return }
        (size, skew) = (second / first, third / second)
    }

    /// Units of the largest line that is not a giant (`LineSizes.giants`).
    public static func largest(_ sizes: [LineSizes.Size]) -> Int64 {
        var left = LineSizes.giants
        for size in sizes.reversed() {
            left -= size.share
            if left < 0 { return size.units }
        }
        return .max
    }

    /// The sizes with giants as large as the largest of the others.
    public static func capped(_ sizes: [LineSizes.Size]) -> [LineSizes.Size] {
        let largest = largest(sizes)
        return sizes.map { .init(units: min($0.units, largest), share: $0.share) }
    }

    /// Mean and variance of the units by which a line that crosses a level goes below it (a renewal process of whole
    /// units).
    var overshoot: Moments {
        let first = max(0, (size - 1) / 2)
        let square = max(0, (2 * size * skew - 3 * size + 1) / 6)
        return Moments(mean: first, variance: max(0, square - first * first))
    }
}
