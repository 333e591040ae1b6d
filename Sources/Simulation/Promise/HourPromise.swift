import NumericCore

/// What a world promises of the hour before anything is simulated: what will become of the orders that ask for it where
/// a front warehouse is in reach, expected orders by cause, with nothing drawn at random.
public struct HourPromise: Sendable, Equatable {
    /// All orders, and those that ask for the hour with a front warehouse in reach.
    public var orders = 0.0
    public var asked = 0.0
    // Of those, lost on the way, each for the first cause that applies.
    public var closed = 0.0
    public var notHeld = 0.0
    public var outOfStock = 0.0
    public var noRider = 0.0
    public var moved = 0.0
    public var notCompleted = 0.0
    // Of those delivered by the tier of the hour, the late ones by what takes longest.
    public var lateByReview = 0.0
    public var lateByPicking = 0.0
    public var lateOnTheRoad = 0.0
    /// Order to door of those delivered, hours summed.
    public var hours = 0.0

    public init() {}

    public var delivered: Double { asked - closed - notHeld - outOfStock - noRider - moved - notCompleted }
    public var inTime: Double { delivered - lateByReview - lateByPicking - lateOnTheRoad }
    /// Order to door, mean hours.
    public var orderToDoor: Double { delivered > 0 ? hours / delivered : 0 }

    /// The promise of a world.
    ///
    /// - Parameter luck: demand other than expected; nil is the expected one.
    public init(_ world: World, luck: DemandLuck? = nil) {
        self = HourModel(Prepared(world), luck: luck).promise()
    }

    /// The promise of the expected demand, and of `count` ways it may turn out, drawn as the replications of a run are
    /// but from a seed of its own.
    public static func range(_ world: World, seed: UInt64, count: Int) -> (expected: HourPromise, drawn: [HourPromise])
    {
        let expected = HourPromise(world)
        guard let luck = world.demand.luck else { return (expected, []) }
        // Other draws than those of the run that will be held against it.
        let other = entityHash("promise") ^ seed
        return (expected, (0..<count).map { HourPromise(world, luck: luck(other, UInt32($0))) })
    }
}
