import Foundation
import NumericCore
import Retail
import Testing

@testable import Simulation

/// Set GRANARY_SPEED=1 to run a flagship-sized replication in a release build and print its speed.
@Suite("Speed", .enabled(if: ProcessInfo.processInfo.environment["GRANARY_SPEED"] != nil))
struct SpeedTests {
    @Test("a flagship-sized replication passes its audit")
    func flagship() throws {
        var test = TestWorld(skus: 800, days: 5, regions: 25, fronts: 12, ordersPerDay: 50_000)
        test.basketsPerChannel = 6_000
        test.linesPerBasket = 15
        test.quantity = 6
        test.cover = 3
        test.sharing = [StockSharing](repeating: .ratio(.one, buffer: 0), count: 3)
        test.picksPerHour = 40_000
        test.secondsPerSlice = [Int32](repeating: 60, count: 6) + [Int32](repeating: 10, count: 18)
        let world = test.make()
        let clock = ContinuousClock()
        let prepared = Prepared(world)
        let start = clock.now
        var run = Replication(prepared, seed: 1, number: 0)
        try run.run(meter: nil, isCancelled: { false })
        let simulated = clock.now
        let result = try run.result()
        let audited = clock.now
        let seconds =
            Double((simulated - start).components.attoseconds) / 1e18 + Double((simulated - start).components.seconds)
        print("orders \(run.counters.orders), lines \(run.counters.lines), \(seconds) s")
        print(
            "\(Double(run.counters.orders) / seconds) orders/s, \(seconds * 1e9 / Double(run.counters.lines)) ns/line")
        print("audit and tables \(audited - simulated)")
        print(
            "pools: \(run.pool.orders.count) orders, \(run.pool.lines.count) lines")
        for (key, value) in zip(FigureKey.allCases, result.figures) { print("  \(key.rawValue) \(value)") }
        #expect(result.orders > 200_000)
    }
}
