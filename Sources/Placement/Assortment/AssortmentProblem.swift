/// Which items a front warehouse holds, and how much of each, so that as many orders as can be are filled whole on the
/// spot: baskets, not items. One item that is missing sends the whole order elsewhere, so that an item is worth most
/// together with what is bought with it.
public struct AssortmentProblem: Sendable {
    public var baskets: Baskets
    /// For each item the stock levels it may be held at, rising in availability; not holding it is not among them.
    public var levels: [[Level]]
    /// Room of all levels chosen together, and number of items held; infinite for no limit.
    public var room: Double
    public var maximumItems: Int
    /// Worth of one unit of basket weight filled whole, in the unit of the levels' costs.
    public var worth: Double
    /// An order of tomorrow is like one of the past but not the same. An item that is not held is therefore not a
    /// total loss in the count: each multiplies the basket by this, above 0 and below 1. Near 1 single items count,
    /// near 0 whole past baskets.
    public var closeness: Double

    public struct Level: Sendable, Equatable {
        /// Probability that an order finds the item.
        public var availability: Double
        public var room: Double
        /// Cost of holding and replenishing it at this level, in a unit of time.
        public var cost: Double

        public init(availability: Double, room: Double, cost: Double = 0) {
            self.availability = availability
            self.room = room
            self.cost = cost
        }
    }

    public init(
        baskets: Baskets, levels: [[Level]], room: Double = .infinity, maximumItems: Int = .max, worth: Double = 1,
        closeness: Double = 0.6
    ) throws(PlacementError) {
        self.baskets = baskets
        self.levels = levels
        self.room = room
        self.maximumItems = maximumItems
        self.worth = worth
        self.closeness = closeness
        guard levels.count == baskets.itemCount else {
            throw .shape(what: "stock levels", count: levels.count, expected: baskets.itemCount)
        }
        guard closeness > 0, closeness < 1 else { throw .value(what: "closeness", position: 0, value: closeness) }
        guard room >= 0 else { throw .value(what: "room", position: 0, value: room) }
        guard worth >= 0, worth.isFinite else { throw .value(what: "worth of an order", position: 0, value: worth) }
        guard maximumItems >= 0 else { throw .value(what: "number of items", position: 0, value: Double(maximumItems)) }
        for (item, own) in levels.enumerated() {
            var last = Level(availability: 0, room: 0)
            for level in own {
                guard level.availability > last.availability, level.availability <= 1, level.room >= last.room,
                    level.room.isFinite, level.cost.isFinite
                else { throw .value(what: "stock level of an item", position: item, value: level.availability) }
                last = level
            }
        }
    }

    /// Every item held or not, without levels.
    /// - Parameter sizes: room of each item; nil where every item takes one.
    public static func items(
        _ baskets: Baskets, sizes: [Double]? = nil, room: Double = .infinity, maximumItems: Int = .max,
        closeness: Double = 0.6
    ) throws(PlacementError) -> AssortmentProblem {
        let count = baskets.itemCount
        let rooms = sizes ?? [Double](repeating: 1, count: count)
        guard rooms.count == count else { throw .shape(what: "sizes", count: rooms.count, expected: count) }
        return try AssortmentProblem(
            baskets: baskets, levels: rooms.map { [Level(availability: 1, room: $0)] }, room: room,
            maximumItems: maximumItems, closeness: closeness)
    }
}

/// What a front warehouse holds.
public struct Assortment: Sendable, Equatable {
    /// By item the level it is held at; 0 is not held.
    public var levels: [Int]
    /// Items in the order in which they are given up when room gets scarcer: the last is the dearest to lose.
    public var givenUp: [Int]

    public var items: [Int] { levels.indices.filter { levels[$0] > 0 } }
}
