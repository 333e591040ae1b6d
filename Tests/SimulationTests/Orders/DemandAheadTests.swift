import Retail
import Testing

@testable import Simulation

@Suite("Demand made ahead")
struct DemandAheadTests {
    @Test("one replication on two threads gives the bytes it gives on one")
    func same() async throws {
        let world = TestWorld(seed: 9, ordersPerDay: 500).make()
        let alone = try await Simulator.run(world, seed: 2, replications: 1, threads: 1)
        let beside = try await Simulator.run(world, seed: 2, replications: 1, threads: 2)
        #expect(alone == beside)
    }

    @Test("slices come in order, and a maker that is no longer needed ends")
    func order() {
        let prepared = TestWorld(seed: 9, ordersPerDay: 5_000).make().prepared()
        let noon = 12 * SliceGrid.microsecondsPerHour
        var stage = DemandStage(prepared, seed: 2, replication: 0)
        let ahead = DemandAhead(prepared, seed: 2, replication: 0, from: noon)
        stage.skip(to: noon)
        for _ in 0..<50 {
            stage.clear()
            stage.generate()
            let batch = ahead.next()
            #expect(batch.arrivals.array.map(\.id) == stage.arrivals.array.map(\.id))
            #expect(batch.lines.array.map(\.sku) == stage.lines.array.map(\.sku))
            ahead.giveBack(batch)
        }
        ahead.stop()
    }
}
