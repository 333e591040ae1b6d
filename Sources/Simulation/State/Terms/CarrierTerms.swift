import Retail

/// What carriers offer and take, as columns.
struct CarrierTerms: ~Copyable {
    private let offsets: FixedColumn<Int32>
    private let regionCount: Int
    let routes: FixedColumn<Route>
    let cutOffs: FixedColumn<Int64>
    let capacities: FixedColumn<Int64>
    /// Parcels in an hour; zero is no limit.
    let hourly: FixedColumn<Int64>

    init(_ world: World) {
        offsets = FixedColumn(world.delivery.offsets)
        regionCount = world.network.regions.count
        routes = FixedColumn(world.delivery.options.map(Route.init))
        cutOffs = FixedColumn(world.carriers.map { Int64($0.cutOff) * 1_000_000 })
        capacities = FixedColumn(world.carriers.map(\.dailyCapacity))
        hourly = FixedColumn(world.carriers.map(\.hourlyCapacity))
    }

    @inline(__always)
    func routes(_ node: Int, _ region: Int) -> Range<Int> {
        let pair = node * regionCount + region
        return Int(offsets[pair])..<Int(offsets[pair + 1])
    }
}

/// When a parcel leaves that is ready at a moment: one-hour riders at once, same-day couriers on the full hour until
/// their cut-off and again when the node opens; carriers at their cut-off of the day, or of the next when it has passed.
/// - Parameters: the carrier's cut-off and the node's opening, microseconds after midnight.
func departure(tier: Int, cutOff: Int64, opens: Int64, at now: Int64) -> Int64 {
    if tier == 0 { return now }
    let midnight = now - now % SliceGrid.microsecondsPerDay
    let last = midnight + cutOff
    if tier == 1 {
        let hour = (now + SliceGrid.microsecondsPerHour - 1) / SliceGrid.microsecondsPerHour
        let departure = hour * SliceGrid.microsecondsPerHour
        return departure <= last ? departure : midnight + SliceGrid.microsecondsPerDay + opens
    }
    return now <= last ? last : last + SliceGrid.microsecondsPerDay
}
