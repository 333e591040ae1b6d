import Foundation
import NumericCore
import Retail

@testable import Simulation

/// A world that has been checked, run to its end once and audited.
func audited(_ world: World, seed: UInt64 = 3) throws -> Replication {
    try world.validate()
    var run = Replication(Prepared(world), seed: seed, number: 0)
    try run.run(meter: nil, isCancelled: { false })
    _ = try run.audit(isOver: true)
    return run
}

/// Made-up worlds for the tests, drawn from a seed.
struct TestWorld {
    var seed: UInt64 = 1
    var skus = 12
    var days = 2
    var regions = 4
    var fronts = 2
    var stores = 0
    var ordersPerDay = 400.0
    var basketsPerChannel = 60
    var linesPerBasket = 4
    var quantity = 3
    /// Days of demand on the shelves.
    var cover = 1.2
    var sharing: [StockSharing] = [.ratio(.one, buffer: 0), .ratio(.one, buffer: 0)]
    var deduction: StockDeduction = .atOrder
    var lag: Int32 = 30
    var paidShare = Rate(partsPerMillion: 860_000)
    var promotions: [PromotionPlan] = []
    var picksPerHour: Int32 = 4_000
    var secondsPerSlice = [Int32](repeating: 300, count: 6) + [Int32](repeating: 60, count: 18)
    /// Exclusive quotas instead of `sharing`, in proportion to demand.
    var siloed = false

    func make() -> World {
        var random = RandomStream(
            seed: seed, stream: RandomStreamID.generator.rawValue, entity: entityHash("test world"), replication: 0)
        let goods = (0..<skus).map { k in
            SKU(
                code: "S\(k)", name: "S\(k)", categories: ["C\(k % 3)", "", ""], casePack: Quantity(1 + k % 4),
                weight: Int32(50 + random.integer(below: 900)),
                listPrice: UnitPrice(units: Int64(5_000 + random.integer(below: 90_000))),
                unitCost: UnitPrice(units: Int64(2_000 + random.integer(below: 30_000))))
        }
        let network = self.network(&random)
        let carriers = [
            Carrier(code: "POST", name: "Post", dailyCapacity: 1_000_000, cutOff: 18 * 3_600),
            Carrier(code: "FAST", name: "Fast", dailyCapacity: Int64(ordersPerDay / 4), cutOff: 20 * 3_600),
            Carrier(code: "RIDER", name: "Rider", dailyCapacity: 100_000, cutOff: 86_399),
        ]
        let channels = sharing.enumerated().map { c, sharing in
            ChannelPlan(
                channel: Channel(
                    code: "CH\(c)", name: "CH\(c)", kind: .own, commission: Rate(partsPerMillion: 50_000),
                    paymentFee: Rate(partsPerMillion: 6_000), synchronisationLag: lag, paidShare: paidShare),
                sharing: sharing, deduction: deduction)
        }
        let demand = self.demand(&random, channels: channels.count)
        var units = [Double](repeating: 0, count: skus)
        var weights = [[Int64]](repeating: [Int64](repeating: 0, count: skus), count: channels.count)
        for c in channels.indices {
            let perBasket = demand.unitsPerBasket(channel: c, day: 0, skuCount: skus)
            for k in 0..<skus {
                units[k] += perBasket[k] * ordersPerDay / Double(channels.count)
                weights[c][k] = Int64(perBasket[k] * 1_000)
            }
        }
        let stock = StockRows(skuCount: skus, rows: rows(network, units, &random))
        var world = World(
            name: "test", currency: .gbp,
            clock: SimulationClock(
                start: Day(number: 15_306), days: days, secondsPerSlice: secondsPerSlice, drainDays: 20),
            skus: SKUColumns(goods),
            segments: [
                Segment(
                    code: "A", name: "A", share: Rate(partsPerMillion: 600_000),
                    returnRate: Rate(partsPerMillion: 80_000)),
                Segment(
                    code: "B", name: "B", share: Rate(partsPerMillion: 400_000),
                    returnRate: Rate(partsPerMillion: 250_000)),
            ],
            channels: channels, network: network, carriers: carriers,
            delivery: DeliveryTable(network: network, rates: Self.rates), stock: stock, demand: demand,
            promotions: promotions,
            costs: CostPlan(lateCompensation: Amount(minor: 500), oversoldCompensation: Amount(minor: 300)))
        if siloed {
            let quotas = stock.quotas(weights: weights)
            for c in world.channels.indices { world.channels[c].sharing = .quota(quotas[c]) }
        }
        return world
    }

    private func network(_ random: inout RandomStream) -> Network {
        let places = (0..<regions).map { r in
            Region(
                code: "R\(r)", name: "R\(r)",
                location: Coordinate(latitude: 51 + 4 * random.uniform(), longitude: -3 + 3 * random.uniform()),
                tier: 2,
                population: 100_000, zone: r == regions - 1 && r > 0 ? "export" : "home",
                isExport: r == regions - 1 && r > 0)
        }
        var nodes = [
            Node(
                code: "CDC", name: "CDC", kind: .central, location: Coordinate(latitude: 52.5, longitude: -1.5),
                picksPerHour: picksPerHour, stations: 8, fixedCostPerDay: Amount(minor: 100_000),
                costPerLine: UnitPrice(units: 2_000)),
            Node(
                code: "RDC", name: "RDC", kind: .regional, location: Coordinate(latitude: 54, longitude: -2),
                picksPerHour: picksPerHour / 2, stations: 5, fixedCostPerDay: Amount(minor: 50_000),
                costPerLine: UnitPrice(units: 2_200), replenishedFrom: "CDC"),
        ]
        for f in 0..<fronts {
            nodes.append(
                Node(
                    code: "F\(f)", name: "F\(f)", kind: .front, location: places[f % regions].location,
                    picksPerHour: picksPerHour / 8, stations: 2, fixedCostPerDay: Amount(minor: 20_000),
                    costPerLine: UnitPrice(units: 3_000), replenishedFrom: "RDC"))
        }
        for s in 0..<stores {
            nodes.append(
                Node(
                    code: "ST\(s)", name: "ST\(s)", kind: .store, location: places[s % regions].location,
                    picksPerHour: picksPerHour / 8, stations: 1, fixedCostPerDay: Amount(minor: 10_000),
                    costPerLine: UnitPrice(units: 2_500), replenishedFrom: "RDC"))
        }
        return Network(nodes: nodes, regions: places, roadFactor: 1.3, radius: 25)
    }

    private func demand(_ random: inout RandomStream, channels: Int) -> DemandPlan {
        var baskets: [[[(sku: SKU.Index, quantity: Quantity)]]] = []
        for _ in 0..<channels {
            baskets.append(
                (0..<basketsPerChannel).map { _ in
                    (0..<(1 + random.integer(below: 2 * linesPerBasket - 1))).map { _ in
                        (SKU.Index(random.integer(below: skus)), Quantity(1 + random.integer(below: 2 * quantity - 1)))
                    }
                })
        }
        // A wave over the day and a burst at eight in the evening.
        let minutes = (0..<DemandPlan.minutesPerDay).map { (minute: Int) -> Double in
            let phase: Double = (Double(minute) / 1_440 - 0.25) * 2 * Double.pi
            let wave: Double = max(0, sin(phase))
            return 0.2 + wave + (minute == 1_200 ? 20 : 0)
        }
        return DemandPlan(
            orders: [Double](
                repeating: ordersPerDay / Double(channels * regions), count: channels * regions * days),
            shape: (0..<(channels * days)).flatMap { _ in minutes }, baskets: BasketBook(baskets),
            basketWeights: [Double](repeating: 1, count: days * channels * basketsPerChannel),
            multipliers: [Float](repeating: 1, count: channels * days * skus))
    }

    private func rows(_ network: Network, _ units: [Double], _ random: inout RandomStream) -> [StockRow] {
        var rows: [StockRow] = []
        for k in 0..<skus {
            for (n, node) in network.nodes.enumerated() {
                if (node.kind == .front || node.kind == .store) && random.uniform() < 0.3 { continue }
                let share = node.kind == .central ? 0.6 : node.kind == .regional ? 0.3 : 0.1 / Double(max(1, fronts))
                let level = Quantity(units[k] * cover * share)
                rows.append(
                    StockRow(
                        sku: SKU.Index(k), node: Node.Index(n), opening: level, reorderPoint: level / 2,
                        orderUpTo: level,
                        leadTime: node.kind == .central ? 1.5 : 0.3, leadTimeDeviation: 0.1))
            }
        }
        return rows
    }

    static let rates: [RateCard] = {
        func card(_ carrier: Int, _ zone: String, _ tier: ServiceTier, _ price: Int64, _ hours: Double) -> RateCard {
            RateCard(
                carrier: Carrier.Index(carrier), zone: zone, tier: tier, firstWeight: 1_000,
                firstPrice: UnitPrice(units: price), stepWeight: 500, stepPrice: UnitPrice(units: price / 6),
                transit: hours, transitDeviation: hours / 4)
        }
        return [
            card(0, "home", .standard, 29_000, 30), card(1, "home", .standard, 31_000, 24),
            card(1, "home", .nextDay, 45_000, 12), card(1, "home", .sameDay, 70_000, 3),
            card(2, "home", .oneHour, 60_000, 0.4), card(0, "export", .standard, 120_000, 110),
        ]
    }()
}

extension World {
    /// A scope that covers every SKU for which the test holds.
    func scope(_ isIn: (Int) -> Bool = { _ in true }) -> BitMask {
        var mask = BitMask(count: skus.count)
        for sku in 0..<skus.count { mask[sku] = isIn(sku) }
        return mask
    }

    func prepared() -> Prepared { Prepared(self) }
}

/// Runs one replication to its end without the audit.
func finished(_ world: World, seed: UInt64 = 7, number: UInt32 = 0) throws(SimulationError) -> ReplicationResult {
    try world.validate()
    var run = Replication(Prepared(world), seed: seed, number: number)
    try run.run(meter: nil, isCancelled: { false })
    return try run.result()
}

extension ReplicationResult {
    func figure(_ key: FigureKey) -> Double { figures[FigureKey.allCases.firstIndex(of: key) ?? 0] }

    func cells(_ table: String, _ column: String) -> [Double] {
        tables.first { $0.name == table }?.values.first { $0.name == column }?.cells ?? []
    }
}
