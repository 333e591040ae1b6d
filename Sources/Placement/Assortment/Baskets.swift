/// Past orders as sets of items, each with a weight: what the choice of a front warehouse's assortment learns from.
public struct Baskets: Sendable, Equatable {
    /// Items of basket b are items[offsets[b] ..< offsets[b + 1]], each once, ascending.
    public private(set) var offsets: [Int] = [0]
    public private(set) var items: [Int32] = []
    /// How much each basket counts, such as orders a day like it; positive.
    public private(set) var weights: [Double] = []
    public let itemCount: Int

    public init(itemCount: Int) { self.itemCount = itemCount }

    public var count: Int { weights.count }
    public func items(_ basket: Int) -> ArraySlice<Int32> { items[offsets[basket]..<offsets[basket + 1]] }

    /// Adds an order; items named more than once count once. Orders without items or weight are passed over.
    public mutating func append(_ list: some Sequence<Int>, weight: Double = 1) {
        guard weight > 0, weight.isFinite else { return }
        let begin = items.count
        for item in Set(list).sorted() where item >= 0 && item < itemCount { items.append(Int32(item)) }
        guard items.count > begin else { return }
        offsets.append(items.count)
        weights.append(weight)
    }

    /// Share of the weight of those orders whose every item is available: the whole-order fill.
    public func fill(_ isHeld: [Bool]) -> Double {
        expectedFill(isHeld.map { $0 ? 1 : 0 })
    }

    /// The same where each item is available with a probability of its own, independently.
    public func expectedFill(_ availability: [Double]) -> Double {
        var (filled, total) = (0.0, 0.0)
        for basket in 0..<count {
            var share = weights[basket]
            total += share
            for item in items(basket) { share *= availability[Int(item)] }
            filled += share
        }
        return total > 0 ? filled / total : 0
    }

    /// Part of the weight of orders that hold each item.
    public var popularity: [Double] {
        var sums = [Double](repeating: 0, count: itemCount)
        var total = 0.0
        for basket in 0..<count {
            total += weights[basket]
            for item in items(basket) { sums[Int(item)] += weights[basket] }
        }
        return total > 0 ? sums.map { $0 / total } : sums
    }
}
