import NumericCore
import Retail

/// The recommendations as running sums, for drawing by inversion; without a plan, empty.
struct Attach: ~Copyable {
    let rate: Double
    private let categoryCount: Int
    /// Running sums over categories, row-major categories x categories, ending in one; an all-zero row is all ones.
    private let categorySums: FixedColumn<Double>
    /// SKUs by category: skus[offsets[c] ..< offsets[c + 1]], with running sums of their popularity ending in one.
    private let offsets: FixedColumn<Int32>
    private let skus: FixedColumn<Int32>
    private let skuSums: FixedColumn<Double>
    private let categories: FixedColumn<Int32>

    init(_ world: World) {
        guard let plan = world.demand.attach, plan.rate > .zero else {
            rate = 0
            categoryCount = 0
            categorySums = FixedColumn([])
            offsets = FixedColumn([])
            skus = FixedColumn([])
            skuSums = FixedColumn([])
            categories = FixedColumn([])
            return
        }
        rate = plan.rate.fraction
        let count = world.skus.categoryNames.count
        categoryCount = count
        categories = FixedColumn(world.skus.categories)
        var (offsets, skus, sums): ([Int32], [Int32], [Double]) = ([0], [], [])
        var hasGoods = [Bool](repeating: false, count: count)
        for category in 0..<count {
            let members = world.skus.categories.indices.filter {
                world.skus.categories[$0] == Int32(category) && plan.popularity[$0] > 0
            }
            hasGoods[category] = !members.isEmpty
            sums += runningSums(members.map { plan.popularity[$0] })
            skus += members.map { Int32($0) }
            offsets.append(Int32(skus.count))
        }
        self.offsets = FixedColumn(offsets)
        self.skus = FixedColumn(skus)
        skuSums = FixedColumn(sums)
        categorySums = FixedColumn(
            (0..<count).flatMap { a in
                // A category whose goods nobody wants is never recommended.
                runningSums((0..<count).map { hasGoods[$0] ? plan.affinities[a * count + $0] : 0 })
            })
    }

    var isOn: Bool { rate > 0 }

    /// The article recommended beside a SKU; nil when nothing goes with it.
    func draw(beside sku: Int, _ category: Double, _ article: Double) -> Int? {
        let row = Int(categories[sku]) * categoryCount
        let chosen = inverted(categorySums, row..<row + categoryCount, category) - row
        let range = Int(offsets[chosen])..<Int(offsets[chosen + 1])
        if range.isEmpty { return nil }
        return Int(skus[inverted(skuSums, range, article)])
    }
}

/// Running sums scaled to end in one; all ones when there is nothing to sum.
private func runningSums(_ weights: [Double]) -> [Double] {
    let total = weights.reduce(0, +)
    var sum = 0.0
    return weights.map {
        sum += $0
        return total > 0 ? sum / total : 1
    }
}

/// The first place of a range whose running sum is not below a uniform number; the last at most.
func inverted(_ sums: borrowing FixedColumn<Double>, _ range: Range<Int>, _ uniform: Double) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound - 1)
    while low < high {
        let middle = (low + high) / 2
        if sums[middle] < uniform { low = middle + 1 } else { high = middle }
    }
    return low
}

/// Where to begin looking for a uniform number among running sums: a table of as many places as there are sums, so
/// that the place is found in a step or two.
struct GuideTable: ~Copyable {
    /// For each sum of a range, the first place whose sum is not below (number / count of the range).
    private let places: FixedColumn<Int32>

    /// - Parameter ranges: each of running sums that end in one; together they are all sums, in order.
    init(_ sums: [Double], _ ranges: [Range<Int>]) {
        var places: [Int32] = []
        places.reserveCapacity(sums.count)
        for range in ranges {
            var place = range.lowerBound
            for number in 0..<range.count {
                let part = Double(number) / Double(range.count)
                while place < range.upperBound - 1 && sums[place] < part { place += 1 }
                places.append(Int32(place))
            }
        }
        self.places = FixedColumn(places)
    }

    /// Asks for the memory of a search before it is made.
    @inline(__always)
    func prefetch(_ sums: borrowing FixedColumn<Double>, _ range: Range<Int>, _ uniform: Double) {
        let start = start(range, uniform)
        places.prefetch(start)
        // Where weights are much alike the search ends near the place it would begin at by number.
        sums.prefetch(start)
    }

    @inline(__always)
    private func start(_ range: Range<Int>, _ uniform: Double) -> Int {
        range.lowerBound + min(range.count - 1, Int(uniform * Double(range.count)))
    }

    /// As the search by halves: the first place of the range whose running sum is not below a uniform number.
    @inline(__always)
    func inverted(_ sums: borrowing FixedColumn<Double>, _ range: Range<Int>, _ uniform: Double) -> Int {
        var place = Int(places[start(range, uniform)])
        while place < range.upperBound - 1 && sums[place] < uniform { place += 1 }
        // Rounding may have begun one place too far.
        while place > range.lowerBound && sums[place - 1] >= uniform { place -= 1 }
        return place
    }
}
