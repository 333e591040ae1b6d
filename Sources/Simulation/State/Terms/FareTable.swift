import Retail

/// The cheapest fare of each node and region by tier asked for and weight step, kept as it is found, where all options
/// charge by the same steps: a look instead of a loop over the options. Empty where they do not, or where it would be
/// large. It follows from the world and is no state.
struct FareTable: ~Copyable {
    private static let steps = 8
    private static let tiers = 4
    private static let mostCells = 1 << 22
    private static let unknown: Int32 = -2
    private static let none: Int32 = -1

    private let firstWeight: Int64
    private let stepWeight: Int64
    private let nodeCount: Int
    /// Row-major regions x tiers asked for x steps x nodes: the price, and the tier in the last two bits. The nodes a
    /// plan compares lie together.
    private let cells: FixedColumn<Int32>

    init(_ table: DeliveryTable) {
        let (first, step) = (table.options.first?.firstWeight ?? 0, table.options.first?.stepWeight ?? 0)
        let count = (table.offsets.count - 1) * Self.steps * Self.tiers
        let isEven = step > 0 && table.options.allSatisfy { $0.firstWeight == first && $0.stepWeight == step }
        cells = FixedColumn(repeating: Self.unknown, count: isEven && count <= Self.mostCells ? count : 0)
        nodeCount = (table.offsets.count - 1) / max(1, table.regionCount)
        firstWeight = Int64(first)
        stepWeight = Int64(step)
    }

    /// The place of the first node's fare, before those of the others; -1 where fares are not kept.
    @inline(__always)
    func place(_ region: Int, asked: Int, grams: Int64) -> Int {
        if cells.count == 0 { return -1 }
        let step = grams <= firstWeight ? 0 : (grams - firstWeight + stepWeight - 1) / stepWeight
        if step >= Int64(Self.steps) { return -1 }
        return ((region * Self.tiers + asked) * Self.steps + Int(step)) * nodeCount
    }

    /// The fare and its tier, -1 where there is no way; nil when it is not known yet.
    @inline(__always)
    func fare(at place: Int) -> (price: Int64, tier: Int)? {
        let cell = cells[place]
        if cell >= 0 { return (Int64(cell >> 2), Int(cell & 3)) }
        return cell == Self.unknown ? nil : (.max, -1)
    }

    func keep(_ fare: (price: Int64, tier: Int), at place: Int) {
        if fare.tier < 0 {
            cells[place] = Self.none
        } else if fare.price >= 0 && fare.price < 1 << 29 {
            cells[place] = Int32(fare.price) << 2 | Int32(fare.tier)
        }
    }
}
