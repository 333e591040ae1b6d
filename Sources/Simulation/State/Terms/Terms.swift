import NumericCore
import Retail

/// The world's small tables as columns, for the hot loops of one replication.
struct Terms: ~Copyable {
    // Of a SKU, in the line all stages share.
    let weights: FieldColumn<SKULine, Int32>
    let unitCosts: FieldColumn<SKULine, Int64>
    let listPrices: FieldColumn<SKULine, Int64>
    let categories: FieldColumn<SKULine, Int32>
    let unitsPerMinor: Int64
    let vat: Int64
    // Channels.
    let commissions: FixedColumn<Int64>
    let paymentFees: FixedColumn<Int64>
    let timeOuts: FixedColumn<Int64>
    /// `StockDeduction.rank` of each channel.
    let deductions: FixedColumn<Int8>
    let returnRates: FixedColumn<Double>
    /// By live show.
    let liveReturnRates: FixedColumn<Double>
    let chases: Bool
    let pickupShares: FixedColumn<Double>
    let hasPickup: Bool
    let chaseReturnRate: Double
    /// SKUs by list price, where buyers look for one that fills a gap; empty otherwise.
    let byPrice: FixedColumn<Int32>
    let shops: FieldColumn<SKULine, Int32>
    /// Buyers and the random entity of each segment and region; empty when every order has a buyer of its own.
    let buyers: FixedColumn<Double>
    let buyerEntities: FixedColumn<UInt64>
    // Delivery.
    let routeOffsets: FixedColumn<Int32>
    let routes: FixedColumn<Route>
    let fares: FareTable
    let servedOffsets: FixedColumn<Int32>
    let servedNodes: FixedColumn<Int32>
    let frontOffsets: FixedColumn<Int32>
    let frontNodes: FixedColumn<Int32>
    let homeNodes: FixedColumn<Int32>
    /// Cost of distance, row-major regions x nodes, in ten-thousandths.
    let distanceCosts: FixedColumn<Int64>
    let isExport: FixedColumn<Bool>
    // Nodes.
    let lineCosts: FixedColumn<Int64>
    let nodeCutOffs: FixedColumn<Int64>
    /// Microseconds a station needs for a line.
    let lineTimes: FixedColumn<Double>
    let returnRows: FixedColumn<Int32>
    let upstreamRows: FixedColumn<Int32>
    let backlogHourCost: Int64
    let tierStepCost: Int64
    let pickLogMean: Double
    let pickLogDeviation: Double

    init(_ prepared: Prepared, lines: borrowing FixedColumn<SKULine>) {
        let world = prepared.world
        weights = FieldColumn(lines, \.weight)
        unitCosts = FieldColumn(lines, \.unitCost)
        listPrices = FieldColumn(lines, \.listPrice)
        categories = FieldColumn(lines, \.category)
        unitsPerMinor = world.currency.unitsPerMinor
        vat = world.costs.vat.partsPerMillion
        commissions = FixedColumn(world.channels.map(\.channel.commission.partsPerMillion))
        paymentFees = FixedColumn(world.channels.map(\.channel.paymentFee.partsPerMillion))
        timeOuts = FixedColumn(world.channels.map(\.timeOut.microseconds))
        deductions = FixedColumn(world.channels.map { Int8($0.deduction.rank) })
        returnRates = FixedColumn(world.segments.map(\.returnRate.fraction))
        liveReturnRates = FixedColumn(world.demand.shows.map(\.returnRate.fraction))
        chases = world.customers.chase > .zero
        pickupShares = FixedColumn(world.channels.map(\.pickup.fraction))
        hasPickup = world.channels.contains { $0.pickup > .zero } && prepared.pickupNodes.contains { $0 >= 0 }
        chaseReturnRate = world.customers.chaseReturn.fraction
        let prices = world.skus.listPrices
        byPrice = FixedColumn(
            chases
                ? prices.indices.sorted { (prices[$0], $0) < (prices[$1], $1) }.map { Int32($0) } : [])
        shops = FieldColumn(lines, \.shop)
        let known = Self.buyers(world)
        buyers = FixedColumn(known.counts)
        buyerEntities = FixedColumn(known.entities)
        routeOffsets = FixedColumn(world.delivery.offsets)
        routes = FixedColumn(world.delivery.options.map(Route.init))
        fares = FareTable(world.delivery)
        servedOffsets = FixedColumn(prepared.servedOffsets)
        servedNodes = FixedColumn(prepared.servedNodes)
        frontOffsets = FixedColumn(prepared.frontOffsets)
        frontNodes = FixedColumn(prepared.frontNodes)
        homeNodes = FixedColumn(prepared.homeNodes)
        let (places, reached) = (world.network.nodes.count, world.network.regions.count)
        distanceCosts = FixedColumn(
            (0..<reached).flatMap { region in
                (0..<places).map { node in
                    Int64(
                        world.network.distances[node * reached + region] * Double(world.routing.costPerKilometre.units))
                }
            })
        isExport = FixedColumn(world.network.regions.map(\.isExport))
        let nodes = world.network.nodes
        lineCosts = FixedColumn(nodes.map(\.costPerLine.units))
        nodeCutOffs = FixedColumn(nodes.map { Int64($0.cutOff) * 1_000_000 })
        lineTimes = FixedColumn(nodes.map { 3.6e9 * Double($0.stations) / Double(max(1, $0.picksPerHour)) })
        returnRows = FixedColumn(prepared.returnRows)
        upstreamRows = FixedColumn(prepared.upstreamRows)
        backlogHourCost = world.routing.costPerBacklogHour.units
        tierStepCost = world.routing.costPerTierStep.units
        (pickLogMean, pickLogDeviation) = logNormalParameters(mean: 1, deviation: world.fulfilment.pickVariation)
    }

    /// Buyers of each segment and region in proportion to the orders, at least one.
    private static func buyers(_ world: World) -> (counts: [Double], entities: [UInt64]) {
        guard world.customers.count > 0 else { return ([], []) }
        let (regions, days) = (world.network.regions.count, world.clock.days)
        var orders = [Double](repeating: 0, count: regions)
        for channel in world.channels.indices {
            for region in 0..<regions {
                for day in 0..<days { orders[region] += world.demand.orders[(channel * regions + region) * days + day] }
            }
        }
        let total = max(orders.reduce(0, +), .leastNormalMagnitude)
        var (counts, entities): ([Double], [UInt64]) = ([], [])
        for segment in world.segments {
            for region in 0..<regions {
                let part = segment.share.fraction * orders[region] / total
                counts.append(max(1, (Double(world.customers.count) * part).rounded()))
                entities.append(combine(entityHash(segment.code), entityHash(world.network.regions[region].code)))
            }
        }
        return (counts, entities)
    }

    @inline(__always)
    func routes(_ node: Int, _ region: Int) -> Range<Int> {
        let pair = node * isExport.count + region
        return Int(routeOffsets[pair])..<Int(routeOffsets[pair + 1])
    }

    /// Minor units of so many ten-thousandths, rounded half away from zero.
    @inline(__always)
    func minor(_ units: Int64) -> Int64 { roundedDivision(units, by: unitsPerMinor) }
}
