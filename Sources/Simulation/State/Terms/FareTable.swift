import Retail

/// The cheapest fare of each node and region by tier asked for and weight step, kept as it is found, where all options
/// charge by the same steps: a look instead of a loop over the options. Empty where they do not, or where it would be
/// large. It follows from the world and is no state.
struct FareTable: ~Copyable {
    private static let steps = 8
    private static let tiers = 4
    private static let mostCells = 1 << 22
    private static let unknown: Int64 = -2
    private static let none: Int64 = -1

    private let firstWeight: Int64
    private let stepWeight: Int64
    private let regionCount: Int
    /// Row-major nodes x regions x steps x tiers asked for: the price, and the tier in the last two bits.
    private let cells: FixedColumn<Int64>

    init(_ table: DeliveryTable) {
        let (first, step) = (table.options.first?.firstWeight ?? 0, table.options.first?.stepWeight ?? 0)
        let count = (table.offsets.count - 1) * Self.steps * Self.tiers
        let isEven = step > 0 && table.options.allSatisfy { $0.firstWeight == first && $0.stepWeight == step }
        cells = FixedColumn(repeating: Self.unknown, count: isEven && count <= Self.mostCells ? count : 0)
        regionCount = table.regionCount
        firstWeight = Int64(first)
        stepWeight = Int64(step)
    }

    /// The place of a fare; -1 where it is not kept.
    @inline(__always)
    func place(_ node: Int, _ region: Int, asked: Int, grams: Int64) -> Int {
        if cells.count == 0 { return -1 }
        let step = grams <= firstWeight ? 0 : (grams - firstWeight + stepWeight - 1) / stepWeight
        if step >= Int64(Self.steps) { return -1 }
        return ((node * regionCount + region) * Self.steps + Int(step)) * Self.tiers + asked
    }

    /// The fare and its tier, -1 where there is no way; nil when it is not known yet.
    @inline(__always)
    func fare(at place: Int) -> (price: Int64, tier: Int)? {
        let cell = cells[place]
        if cell >= 0 { return (cell >> 2, Int(cell & 3)) }
        return cell == Self.unknown ? nil : (.max, -1)
    }

    func keep(_ fare: (price: Int64, tier: Int), at place: Int) {
        if fare.tier < 0 {
            cells[place] = Self.none
        } else if fare.price >= 0 && fare.price < 1 << 60 {
            cells[place] = fare.price << 2 | Int64(fare.tier)
        }
    }
}
