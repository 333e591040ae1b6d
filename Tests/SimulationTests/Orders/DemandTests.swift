import Foundation
import NumericCore
import Retail
import Testing

@testable import Simulation

@Suite("Demand")
struct DemandTests {
    /// All orders of a replication, in the order they are placed.
    private func arrivals(_ world: World, seed: UInt64 = 3, number: UInt32 = 0) -> [Arrival] {
        var stage = DemandStage(Prepared(world), seed: seed, replication: number)
        while !stage.isDone { stage.generate() }
        return (0..<stage.arrivals.count).map { stage.arrivals[$0] }
    }

    @Test("orders of a spiky day count as a Poisson process of the plan's rate: mean and variance, hour by hour")
    func poissonCounts() {
        // 20 + 580 exp(-t / 0.25 h) an hour, t from midnight: its integrals are known in closed form.
        var test = TestWorld(days: 1, regions: 1, fronts: 0)
        test.sharing = [.ratio(.one, buffer: 0)]
        var world = test.make()
        func cumulative(_ hour: Double) -> Double { 20 * hour + 580 * 0.25 * (1 - exp(-hour / 0.25)) }
        let minutes = (0..<1_440).map { cumulative(Double($0 + 1) / 60) - cumulative(Double($0) / 60) }
        world.demand.shape = minutes
        world.demand.orders = [minutes.reduce(0, +)]
        let edges: [Int64] = [0, 1, 2, 24]
        let exact = [162.344232361134, 22.6071255578206, 440.048642081046]
        let replications = 200
        var counts = [[Double]](repeating: [], count: 3)
        for number in 0..<replications {
            let times = arrivals(world, number: UInt32(number)).map { $0.time / SliceGrid.microsecondsPerHour }
            for part in 0..<3 {
                counts[part].append(Double(times.filter { $0 >= edges[part] && $0 < edges[part + 1] }.count))
            }
        }
        for part in 0..<3 {
            let mean = counts[part].reduce(0, +) / Double(replications)
            let error = (exact[part] / Double(replications)).squareRoot()
            #expect(abs(mean - exact[part]) < 4 * error, "part \(part): \(mean)")
            let variance = counts[part].reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(replications - 1)
            // The variance of a sample variance of n Poisson counts is about (2 v^2 + v) / n.
            let spread = ((2 * exact[part] * exact[part] + exact[part]) / Double(replications)).squareRoot()
            #expect(abs(variance - exact[part]) < 4 * spread, "part \(part): variance \(variance)")
        }
    }

    @Test("a plan that sells more keeps the orders it had: their ids, times and baskets")
    func moreKeepsWhatWas() {
        let world = TestWorld().make()
        var busier = world
        for cell in busier.demand.orders.indices { busier.demand.orders[cell] *= 1.3 }
        let before = arrivals(world)
        let after = Dictionary(uniqueKeysWithValues: arrivals(busier).map { ($0.id, $0) })
        #expect(after.count > before.count)
        for order in before {
            #expect(after[order.id]?.time == order.time)
            #expect(after[order.id]?.lineCount == order.lineCount)
        }
    }

    @Test("a network without front warehouses sees the same orders")
    func sameDemandWithoutFronts() throws {
        let with = try finished(TestWorld(fronts: 2).make())
        var world = TestWorld(fronts: 2).make()
        let nodes = Array(world.network.nodes.prefix(2))
        world.network = Network(nodes: nodes, regions: world.network.regions, roadFactor: 1.3, radius: 25)
        world.delivery = DeliveryTable(network: world.network, rates: TestWorld.rates)
        world.stock = StockRows(
            skuCount: world.skus.count, rows: world.stock.rows.filter { $0.node.position < 2 })
        let without = try finished(world)
        #expect(with.figure(.orders) == without.figure(.orders))
        #expect(with.figure(.unitsDemanded) == without.figure(.unitsDemanded))
        #expect(with.cells("sku_losses", "demanded") == without.cells("sku_losses", "demanded"))
        #expect(with.cells("orders_by_minute", "placed") == without.cells("orders_by_minute", "placed"))
        #expect(with.figure(.oneHourShare) > 0)
        #expect(without.figure(.oneHourShare) == 0)
    }

    @Test("what is asked for has the mean that basket, multiplier and uplift give it")
    func meanUnits() {
        var world = TestWorld(seed: 4, days: 1, ordersPerDay: 4_000).make()
        for cell in world.demand.multipliers.indices { world.demand.multipliers[cell] = cell % 2 == 0 ? 0.37 : 1.6 }
        world.promotions = [
            PromotionPlan(
                code: "X", effect: .priceCut(depth: .zero), begins: .start, ends: .day,
                channel: Channel.Index(0), scope: world.scope { $0 < 6 }, uplift: 1.7)
        ]
        var expected = [Double](repeating: 0, count: world.skus.count)
        var variance = expected
        for channel in 0..<2 {
            let orders = 2_000.0
            let baskets = Double(world.demand.baskets.templates(channel).count)
            for template in world.demand.baskets.templates(channel) {
                for line in world.demand.baskets.lines(template) {
                    let sku = world.demand.baskets.skus[line].position
                    let factor =
                        Double(world.demand.multipliers[channel * world.skus.count + sku])
                        * (channel == 0 && sku < 6 ? 1.7 : 1)
                    let units = Double(world.demand.baskets.quantities[line]) * factor
                    expected[sku] += orders / baskets * units
                    // Compound Poisson; the rounding adds at most a quarter, repeated SKUs at most double.
                    variance[sku] += orders / baskets * 2 * (units * units + 0.25)
                }
            }
        }
        var stage = DemandStage(Prepared(world), seed: 11, replication: 0)
        var found = [Double](repeating: 0, count: world.skus.count)
        while !stage.isDone { stage.generate() }
        for line in 0..<stage.lines.count { found[Int(stage.lines[line].sku)] += Double(stage.lines[line].quantity) }
        for sku in found.indices {
            #expect(abs(found[sku] - expected[sku]) < 4.5 * variance[sku].squareRoot(), "SKU \(sku)")
        }
    }
}
