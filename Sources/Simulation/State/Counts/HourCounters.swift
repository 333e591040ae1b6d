import Retail

/// What becomes of the orders that ask for the hour where a front warehouse is in reach: counts by the front warehouse
/// that serves them, or else the nearest, and by outcome.
struct HourCounters: ~Copyable {
    enum Outcome: Int, CaseIterable {
        case asked
        // Why it is not promised for the hour; the first that applies.
        /// The shop has sold out of everything it asks for.
        case soldOut
        case closed
        /// An article is not among those the front warehouse holds.
        case notHeld
        case outOfStock
        case noRider
        /// Promised for the hour, and promised an ordinary tier when it was released: closed by then, or no rider.
        case moved
        /// Not promised for the hour at first, and promised it when it was released.
        case gained
        // Delivered by the tier of the hour, and of these the late ones by what took longest.
        case delivered
        case lateByReview
        case lateByPicking
        case lateOnTheRoad
    }

    /// Nodes x outcomes.
    let cells: FixedColumn<Int64>

    init(nodes: Int) {
        cells = FixedColumn(repeating: 0, count: nodes * Outcome.allCases.count)
    }

    @inline(__always)
    mutating func count(_ outcome: Outcome, at node: Int) {
        cells[Self.place(node, outcome)] += 1
    }

    mutating func of(_ node: Int, _ outcome: Outcome) -> Int64 { cells[Self.place(node, outcome)] }

    @inline(__always)
    static func place(_ node: Int, _ outcome: Outcome) -> Int { node * Outcome.allCases.count + outcome.rawValue }

    mutating func code(_ codec: inout StateCodec) throws(CheckpointError) {
        try codec.code(cells)
    }
}
