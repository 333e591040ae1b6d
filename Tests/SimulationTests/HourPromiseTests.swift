import Foundation
import Retail
import Testing

@testable import Simulation

@Suite("The hour: what becomes of the orders that ask for it, and what is promised of it") struct HourPromiseTests {
    private func outcomes(_ world: World, number: UInt32 = 0) throws -> [String: Double] {
        let result = try finished(world, seed: 3, number: number)
        let table = try #require(result.tables.first { $0.name == "hour_outcomes" })
        guard case .text(let keys) = table.keys[0].values else { return [:] }
        return Dictionary(uniqueKeysWithValues: zip(keys, table.values[0].cells))
    }

    private func mean(_ world: World, _ replications: Int) throws -> [String: Double] {
        var sums: [String: Double] = [:]
        for number in 0..<replications {
            for (key, value) in try outcomes(world, number: UInt32(number)) {
                sums[key, default: 0] += value / Double(replications)
            }
        }
        return sums
    }

    /// Front warehouses open from eight to ten, four stations each, with a round of articles that fills baskets.
    private func world(cover: Double, ordersPerDay: Double = 3_000) -> World {
        var test = TestWorld(skus: 30, days: 3, fronts: 2, ordersPerDay: ordersPerDay, cover: cover)
        test.basketsPerChannel = 200
        test.picksPerHour = 40_000
        var world = test.make()
        world.routing.keepsFronts = true
        return world
    }

    @Test("a fluid queue begins work in order, at once while there is room, and never before a shift")
    func fluid() {
        // Two minutes of work arrive at once, one a minute is done; then nothing.
        #expect(FluidQueue.waits(work: [120, 0, 0, 60], capacity: [60, 60, 60, 60, 60]) == [0, 1, 0, 0])
        // Closed for two minutes: what comes waits for the opening, and then for what came before it.
        #expect(FluidQueue.waits(work: [30, 30, 0], capacity: [0, 0, 60, 60]) == [2, 1.5, 1])
        let waits = FluidQueue.waits(work: [600, 600, 0], capacity: [60, 60, 60])
        #expect(waits[0] == 0 && waits[1] == .infinity)
        for seed in 0..<50 as Range<UInt64> {
            var random = SystemDraws(seed)
            let work = (0..<60).map { _ in 100 * random.next() }
            let capacity = (0..<200).map { _ in random.next() < 0.3 ? 0 : 80 * random.next() }
            let starts = FluidQueue.waits(work: work, capacity: capacity).enumerated().map { Double($0) + $1 }
            #expect(zip(starts, starts.dropFirst()).allSatisfy { $0 <= $1 + 1e-9 }, "seed \(seed)")
        }
    }

    @Test("everybody who asks in reach is accounted for once", arguments: [0.3, 4])
    func accounts(cover: Double) throws {
        let found = try outcomes(world(cover: cover))
        let lost = [
            "closed_then", "not_held", "out_of_stock", "no_rider", "moved_at_release", "not_completed",
            "delivered_within",
        ]
        let asked = try #require(found["asked_in_reach"])
        #expect(asked > 100)
        #expect(abs(asked - lost.reduce(0) { $0 + (found[$1] ?? 0) }) < 1e-9)
        // What is moved is less what is gained at release, and may be below nothing.
        #expect(found.allSatisfy { $0.value >= 0 || $0.key == "moved_at_release" })
        #expect((found["in_time"] ?? 0) <= (found["delivered_within"] ?? 0))
    }

    @Test("stock kept for the hour goes to nobody else while others have the goods")
    func kept() throws {
        var world = world(cover: 6)
        world.routing.keepsFronts = false
        let shared = try outcomes(world)
        world.routing.keepsFronts = true
        let kept = try outcomes(world)
        #expect(kept["asked_in_reach"] == shared["asked_in_reach"])
        #expect((kept["out_of_stock"] ?? 0) <= (shared["out_of_stock"] ?? 0))
        let fronts = world.network.nodes.indices.filter { world.network.nodes[$0].kind == .front }
        var run = Replication(Prepared(world), seed: 3, number: 0)
        try run.run(meter: nil, isCancelled: { false })
        let parcels = fronts.reduce(Int64(0)) { $0 + run.counters.nodeParcels[$1] }
        let hour = run.counters.tierOrders[0]
        #expect(hour > 0 && parcels >= hour && Double(parcels) <= 1.01 * Double(hour))
    }

    /// Worlds from one that sells out in hours to one with stock for all of it, of several sizes and seeds.
    @Test(
        "the promise is what the simulation finds, cause by cause, whether the shop runs short or not",
        arguments: [0.3, 0.6, 1, 1.5, 2, 3], [1, 2, 9] as [UInt64])
    func promise(cover: Double, seed: UInt64) throws {
        var test = TestWorld(
            seed: seed, skus: seed == 9 ? 100 : 30, days: 3, fronts: 2, ordersPerDay: 3_000, cover: cover)
        test.basketsPerChannel = 200
        test.picksPerHour = 40_000
        var world = test.make()
        world.routing.keepsFronts = true
        let count = 2
        let (promised, found) = (HourPromise(world), try mean(world, count))
        // Of the orders in reach: a fiftieth, and what chance makes of some thousand orders.
        let slack = 0.02 * promised.asked + 3 * (promised.asked / Double(count)).squareRoot()
        for (key, value) in [
            ("asked_in_reach", promised.asked), ("closed_then", promised.closed), ("not_held", promised.notHeld),
            ("out_of_stock", promised.outOfStock), ("not_completed", promised.notCompleted),
            ("delivered_within", promised.delivered), ("in_time", promised.inTime),
        ] {
            #expect(abs(value - (found[key] ?? 0)) <= slack, "\(key): \(value), \(found[key] ?? 0)")
        }
    }

    /// Plain draws for test data.
    private struct SystemDraws {
        private var state: UInt64
        init(_ seed: UInt64) { state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493 }
        mutating func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) / Double(UInt64(1) << 53)
        }
    }
}
