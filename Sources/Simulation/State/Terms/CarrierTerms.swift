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
