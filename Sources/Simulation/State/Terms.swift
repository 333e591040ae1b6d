import Retail

/// The world's small tables as columns, for the hot loops of one replication.
struct Terms: ~Copyable {
    let weights: Column<Int32>
    let unitCosts: Column<Int64>
    let listPrices: Column<Int64>
    let categories: Column<Int32>
    let unitsPerMinor: Int64
    let vat: Int64
    // Channels.
    let commissions: Column<Int64>
    let paymentFees: Column<Int64>
    let paidShares: Column<Double>
    let timeOuts: Column<Int64>
    let deductsAtOrder: Column<Bool>
    let returnRates: Column<Double>
    // Delivery.
    let routeOffsets: Column<Int32>
    let routes: Column<Route>
    let servedOffsets: Column<Int32>
    let servedNodes: Column<Int32>
    let frontOffsets: Column<Int32>
    let frontNodes: Column<Int32>
    let homeNodes: Column<Int32>
    /// Cost of distance, row-major nodes x regions, in ten-thousandths.
    let distanceCosts: Column<Int64>
    let isExport: Column<Bool>
    // Nodes.
    let lineCosts: Column<Int64>
    let nodeCutOffs: Column<Int64>
    /// Microseconds a station needs for a line.
    let lineTimes: Column<Double>
    // Carriers.
    let carrierCutOffs: Column<Int64>
    let carrierCapacities: Column<Int64>
    let returnRows: Column<Int32>
    let upstreamRows: Column<Int32>
    let backlogHourCost: Int64
    let tierStepCost: Int64
    let pickLogMean: Double
    let pickLogDeviation: Double
    let returnLogMean: Double
    let returnLogDeviation: Double

    init(_ prepared: Prepared) {
        let world = prepared.world
        weights = Column(world.skus.weights)
        unitCosts = Column(world.skus.unitCosts.map(\.units))
        listPrices = Column(world.skus.listPrices.map(\.units))
        categories = Column(world.skus.categories)
        unitsPerMinor = world.currency.unitsPerMinor
        vat = world.costs.vat.partsPerMillion
        commissions = Column(world.channels.map(\.channel.commission.partsPerMillion))
        paymentFees = Column(world.channels.map(\.channel.paymentFee.partsPerMillion))
        paidShares = Column(world.channels.map(\.channel.paidShare.fraction))
        timeOuts = Column(world.channels.map(\.timeOut.microseconds))
        deductsAtOrder = Column(world.channels.map { $0.deduction == .atOrder })
        returnRates = Column(world.segments.map(\.returnRate.fraction))
        routeOffsets = Column(world.delivery.offsets)
        routes = Column(world.delivery.options.map(Route.init))
        servedOffsets = Column(prepared.servedOffsets)
        servedNodes = Column(prepared.servedNodes)
        frontOffsets = Column(prepared.frontOffsets)
        frontNodes = Column(prepared.frontNodes)
        homeNodes = Column(prepared.homeNodes)
        distanceCosts = Column(
            world.network.distances.map { Int64($0 * Double(world.routing.costPerKilometre.units)) })
        isExport = Column(world.network.regions.map(\.isExport))
        let nodes = world.network.nodes
        lineCosts = Column(nodes.map(\.costPerLine.units))
        nodeCutOffs = Column(nodes.map { Int64($0.cutOff) * 1_000_000 })
        lineTimes = Column(nodes.map { 3.6e9 * Double($0.stations) / Double(max(1, $0.picksPerHour)) })
        carrierCutOffs = Column(world.carriers.map { Int64($0.cutOff) * 1_000_000 })
        carrierCapacities = Column(world.carriers.map(\.dailyCapacity))
        returnRows = Column(prepared.returnRows)
        upstreamRows = Column(prepared.upstreamRows)
        backlogHourCost = world.routing.costPerBacklogHour.units
        tierStepCost = world.routing.costPerTierStep.units
        (pickLogMean, pickLogDeviation) = logNormalParameters(mean: 1, deviation: world.fulfilment.pickVariation)
        (returnLogMean, returnLogDeviation) = logNormalParameters(
            mean: world.afterSales.returnDelay * 8.64e10, deviation: world.afterSales.returnDelayDeviation * 8.64e10)
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
