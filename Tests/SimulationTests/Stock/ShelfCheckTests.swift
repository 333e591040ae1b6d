import NumericCore
import Retail
import Testing

@testable import Simulation

@Suite("What a shelf by itself is asked for, and lacks") struct ShelfCheckTests {
    /// One article, one unit an order, twenty orders a day; a base stock that is reviewed every midnight and filled two
    /// days later.
    private func served(waits: Bool, level: Quantity, seed: UInt64) throws -> (served: Double, asked: Double) {
        var world = TestWorld(
            skus: 1, days: 180, regions: 1, fronts: 0, ordersPerDay: 20, basketsPerChannel: 1, linesPerBasket: 1,
            quantity: 1, sharing: [.ratio(.one, buffer: 0)], lag: 0, paidShare: .one,
            secondsPerSlice: [Int32](repeating: 3_600, count: 24)
        ).make()
        world.segments.indices.forEach { world.segments[$0].returnRate = .zero }
        world.afterSales.cancellationRate = .zero
        world.network.upstream = world.network.upstream.map { _ in nil }
        world.stock = StockRows(
            skuCount: 1,
            rows: [
                StockRow(
                    sku: SKU.Index(0), node: Node.Index(0), opening: level, reorderPoint: level - 1, orderUpTo: level,
                    leadTime: 2, orderMultiple: 1)
            ])
        world.replenishment = ReplenishmentPlan(transferReviews: [0], supplierReviews: [0])
        world.shelfCheck = ShelfCheck(
            from: .day * 10, servers: world.network.nodes.map { _ in Node.Index(0) }, waits: waits)
        var run = try audited(world, seed: seed)
        let shelf = run.shelves.asked.array.reduce(0, +)
        let missed = run.shelves.missed.array.reduce(0, +)
        _ = run.shelfService()
        return (Double(shelf - missed), Double(shelf))
    }

    /// The same, day by day.
    private func plain(waits: Bool, level: Int, seed: UInt64) -> (served: Double, asked: Double) {
        var random = RandomStream(
            seed: seed, stream: RandomStreamID.verification.rawValue, entity: entityHash("shelf"), replication: 0)
        var (stock, coming) = (level, [0, 0])
        var (served, asked) = (0, 0)
        for day in 0..<20_000 {
            stock += coming.removeFirst()
            coming.append(level - stock - coming.reduce(0, +))
            let wanted = random.poisson(mean: 20)
            let given = min(max(0, stock), wanted)
            stock -= waits ? wanted : given
            guard day >= 10 else { continue }
            served += given
            asked += wanted
        }
        return (Double(served), Double(asked))
    }

    @Test(
        "buyers wait, or go away: either way as much is served as where the days are played one by one; and those who wait make it less",
        arguments: [58, 64])
    func waiting(level: Int) throws {
        var shares: [Double] = []
        for waits in [true, false] {
            let runs = try (0..<4).map { try served(waits: waits, level: Quantity(level), seed: UInt64($0)) }
            let share = shareAndHalfWidth(runs.map(\.served), of: runs.map(\.asked))
            let plain = plain(waits: waits, level: level, seed: 1)
            let (found, halfWidth) = (try #require(share.share), try #require(share.halfWidth))
            #expect(
                abs(found - plain.served / plain.asked) < 1.5 * halfWidth + 0.004,
                "\(waits): \(found) ± \(halfWidth), \(plain.served / plain.asked)")
            shares.append(found)
        }
        #expect(shares[0] < shares[1] - 0.01, "\(shares)")
    }

    @Test("a law of lines gives each size its part, and a line that no law is known of has one unit")
    func law() {
        let law = LineLaw([[(2, 0.25), (5, 0.5), (40, 0.25)], []])
        let units = (0..<1_000).map { law.units(0, at: (Double($0) + 0.5) / 1_000) }
        #expect(units.count { $0 == 2 } == 250 && units.count { $0 == 5 } == 500 && units.count { $0 == 40 } == 250)
        #expect(units == units.sorted() && law.units(1, at: 0.7) == 1)
    }
}
