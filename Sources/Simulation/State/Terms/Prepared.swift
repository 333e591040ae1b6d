import Foundation
import NumericCore
import Retail

/// A delivery option with what the hot loops need worked out: the parameters of its log-normal transit time.
struct Route: BitwiseCopyable {
    var carrier: Int32
    var tier: Int32
    var firstWeight: Int64
    var stepWeight: Int64
    var firstPrice: Int64
    var stepPrice: Int64
    /// Mean and standard deviation of the logarithm of the transit time in microseconds.
    var logMean: Double
    var logDeviation: Double
    var transitLaw: Int32
    var spreadLaw: Int32
    var heavySpreadLaw: Int32

    init(_ option: DeliveryOption) {
        carrier = option.carrier.raw
        transitLaw = option.transitLaw
        spreadLaw = option.spreadLaw
        heavySpreadLaw = option.heavySpreadLaw >= 0 ? option.heavySpreadLaw : option.spreadLaw
        tier = Int32(option.tier.number)
        firstWeight = Int64(option.firstWeight)
        stepWeight = Int64(option.stepWeight)
        firstPrice = option.firstPrice.units
        stepPrice = option.stepPrice.units
        (logMean, logDeviation) = logNormalParameters(
            mean: option.transit * 3.6e9, deviation: option.transitDeviation * 3.6e9)
    }

    @inline(__always)
    func price(grams: Int64) -> Int64 {
        if grams <= firstWeight || stepWeight <= 0 { return firstPrice }
        return firstPrice + (grams - firstWeight + stepWeight - 1) / stepWeight * stepPrice
    }
}

/// Parameters of the logarithm of a log-normal variable with the given mean and standard deviation.
func logNormalParameters(mean: Double, deviation: Double) -> (logMean: Double, logDeviation: Double) {
    guard mean > 0 else { return (-.infinity, 0) }
    let variance = log1p(deviation * deviation / (mean * mean))
    return (log(mean) - variance / 2, variance.squareRoot())
}

/// When the balance of a presale is due and how it is paid.
struct BalanceWindow: BitwiseCopyable {
    var begins: Int64 = 0
    var ends: Int64 = 0
    var paid = 0.0
    var atOnce = 0.0
    var withinTheHour = 0.0
}

/// What all replications of a run share: tables worked out once from the world.
struct Prepared: Sendable {
    let world: World
    let skuCount: Int
    let channelCount: Int
    let segmentCount: Int
    let regionCount: Int
    let nodeCount: Int
    /// Random entity of each cell, a hash of the codes of channel, segment and region.
    let cellEntities: [UInt64]
    /// Baskets with equal SKUs of a basket added up.
    let baskets: BasketBook
    /// Running sums of the basket weights within each channel, row-major days x baskets, ending in one.
    let basketSums: [Double]
    /// Minute shape scaled to add up to one.
    let shape: [Double]
    /// Cumulative part of buyers asking for each tier or a faster one, channels x 4.
    let tierSums: [Double]
    /// Nodes that can send to region r within ordinary tiers: servedNodes[servedOffsets[r] ..< servedOffsets[r + 1]].
    let servedOffsets: [Int32]
    let servedNodes: [Int32]
    /// Front warehouses with a one-hour option to region r.
    let frontOffsets: [Int32]
    let frontNodes: [Int32]
    /// The node a region's ordinary parcels would come from if it had everything; -1 is none.
    let homeNodes: [Int32]
    /// The nearest store within reach of each region; -1 is none.
    let pickupNodes: [Int32]
    /// Whether a row has two suppliers.
    let hasSecondSources: Bool
    /// By promotion; presales only have one.
    let balances: [BalanceWindow]
    /// The row returned goods of a row go to.
    let returnRows: [Int32]
    /// The row a row is replenished from; -1 for a supplier.
    let upstreamRows: [Int32]

    /// The random entity of an order: a hash of the codes of its cell and of the rest of its id.
    @inline(__always)
    func entity(of order: OrderRow) -> UInt64 {
        let segment = Int(order.channel) * segmentCount + Int(order.segment)
        return combine(cellEntities[segment * regionCount + Int(order.region)], order.id & 0xFF_FFFF_FFFF)
    }

    init(_ world: World) {
        var world = world
        if world.carriers.contains(where: { $0.dailyCapacity == 0 }) {
            let carriers = world.carriers
            world.delivery = world.delivery.without { carriers[$0.carrier.position].dailyCapacity == 0 }
        }
        self.world = world
        skuCount = world.skus.count
        channelCount = world.channels.count
        segmentCount = world.segments.count
        regionCount = world.network.regions.count
        nodeCount = world.network.nodes.count
        var entities: [UInt64] = []
        for channel in world.channels {
            for segment in world.segments {
                for region in world.network.regions {
                    entities.append(
                        combine(
                            combine(entityHash(channel.channel.code), entityHash(segment.code)),
                            entityHash(region.code)))
                }
            }
        }
        cellEntities = entities
        baskets = Self.merged(world.demand.baskets)
        basketSums = Self.runningSums(world.demand, days: world.clock.days, channels: channelCount)
        shape = Self.scaled(world.demand.shape)
        tierSums = world.channels.flatMap { plan -> [Double] in
            var sum = 0.0
            return plan.askedTiers.map {
                sum += $0.fraction
                return sum
            }
        }
        var (servedOffsets, servedNodes, frontOffsets, frontNodes): ([Int32], [Int32], [Int32], [Int32]) =
            ([0], [], [0], [])
        var homes: [Int32] = []
        for r in 0..<regionCount {
            var home: (cost: Int64, node: Int32) = (.max, -1)
            for n in 0..<nodeCount {
                let options = world.delivery.options(Node.Index(n), Region.Index(r))
                if options.contains(where: { $0.tier == .oneHour }) { frontNodes.append(Int32(n)) }
                guard world.routing.senders.contains(world.network.nodes[n].kind) else { continue }
                guard let price = options.filter({ $0.tier != .oneHour }).map({ $0.price(grams: 1_000) }).min() else {
                    continue
                }
                servedNodes.append(Int32(n))
                let cost =
                    price + world.network.nodes[n].costPerLine.units
                    + Int64(world.network.distance(n, r) * Double(world.routing.costPerKilometre.units))
                if cost < home.cost { home = (cost, Int32(n)) }
            }
            homes.append(home.node)
            servedOffsets.append(Int32(servedNodes.count))
            frontOffsets.append(Int32(frontNodes.count))
        }
        self.servedOffsets = servedOffsets
        self.servedNodes = servedNodes
        self.frontOffsets = frontOffsets
        self.frontNodes = frontNodes
        homeNodes = homes
        pickupNodes = (0..<regionCount).map { region in
            let stores = world.network.nodes.indices.filter {
                world.network.nodes[$0].kind == .store && world.network.distance($0, region) <= world.pickup.radius
            }
            let nearest = stores.min {
                (world.network.distance($0, region), $0) < (world.network.distance($1, region), $1)
            }
            return nearest.map { Int32($0) } ?? -1
        }
        hasSecondSources = world.stock.rows.contains { $0.second != nil }
        balances = world.promotions.map { promotion in
            guard case .presale(let terms) = promotion.effect else { return BalanceWindow() }
            return BalanceWindow(
                begins: terms.balanceBegins.microseconds, ends: terms.balanceEnds.microseconds,
                paid: terms.balancePaid.fraction, atOnce: terms.atOnce.fraction,
                withinTheHour: terms.withinTheHour.fraction)
        }
        let upstream = world.stock.rows.map { row -> Int32 in
            guard let node = world.network.upstream[row.node.position] else { return -1 }
            return world.stock.index(row.sku, node)?.raw ?? -1
        }
        upstreamRows = upstream
        // Front warehouses do not take returns: they go to the row upstream where there is one.
        returnRows = world.stock.rows.indices.map { r in
            let isFront = world.network.nodes[world.stock.rows[r].node.position].kind == .front
            return isFront && upstream[r] >= 0 ? upstream[r] : Int32(r)
        }

    }

    /// End of each node's pick shift with overtime, seconds after midnight; a node round the clock stays so.
    var shiftEnds: [Int32] {
        let overtime = Int32(world.fulfilment.overtime.microseconds / 1_000_000)
        return world.network.nodes.map { $0.opens == $0.closes ? $0.closes : min(86_400, $0.closes + overtime) }
    }

    /// Cell number of a channel, segment and region: its place in `cellEntities`.
    func cell(_ channel: Int, _ segment: Int, _ region: Int) -> Int {
        (channel * segmentCount + segment) * regionCount + region
    }

    private static func merged(_ book: BasketBook) -> BasketBook {
        var result = BasketBook([])
        result.channelOffsets = book.channelOffsets
        var place: [SKU.Index: Int] = [:]
        for template in 0..<book.count {
            place.removeAll(keepingCapacity: true)
            for line in book.lines(template) {
                if let known = place[book.skus[line]] {
                    result.quantities[known] += book.quantities[line]
                } else {
                    place[book.skus[line]] = result.skus.count
                    result.skus.append(book.skus[line])
                    result.quantities.append(book.quantities[line])
                }
            }
            result.lineOffsets.append(Int32(result.skus.count))
        }
        return result
    }

    private static func runningSums(_ demand: DemandPlan, days: Int, channels: Int) -> [Double] {
        var sums = [Double](repeating: 1, count: days * demand.baskets.count)
        for day in 0..<days {
            for channel in 0..<channels {
                let templates = demand.baskets.templates(channel)
                let base = day * demand.baskets.count
                let total = templates.reduce(0.0) { $0 + demand.basketWeights[base + $1] }
                var sum = 0.0
                for template in templates {
                    sum += demand.basketWeights[base + template]
                    sums[base + template] = total > 0 ? sum / total : 1
                }
            }
        }
        return sums
    }

    private static func scaled(_ shape: [Double]) -> [Double] {
        var result = shape
        for start in stride(from: 0, to: shape.count, by: DemandPlan.minutesPerDay) {
            let range = start..<min(start + DemandPlan.minutesPerDay, shape.count)
            let total = shape[range].reduce(0, +)
            if total > 0 { for minute in range { result[minute] /= total } }
        }
        return result
    }
}
