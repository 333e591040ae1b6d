import Retail
import Testing

@testable import Simulation

/// The benchmark's world (the file is the benchmark's own), small.
@Suite("The peak hour of the benchmark is a real one")
struct PeakHourTests {
    private let world = PeakHour(orders: 20_000, skus: 400, nodes: 20).world()

    @Test("its mix of fates, of routes scored and of savings stacked is a real day's, with the audit on")
    func mix() throws {
        try world.validate()
        var run = Replication(Prepared(world), seed: 1, number: 0)
        for row in 0..<run.stock.rows.count where run.stock.rows[row].book > 1 {
            #expect(run.stock.lots.count(row: row) == 2)
        }
        try run.run(meter: nil, isCancelled: { false })
        let result = combine([try run.result()], currency: world.currency)
        func share(_ key: String) throws -> Double { try #require(result.figure(key)?.mean) }
        #expect(try share("orders") > 19_000)
        #expect(try share("unpaid_share") >= 0.14)
        #expect(try share("cancelled_share") >= 0.05)
        #expect(try share("return_share") >= 0.15)
        #expect(try share("split_share") >= 0.08)
        #expect(try share("rerouted_share") + share("oversell_rate") >= 0.05)
        // Every plan compares three nodes or more, and every other order gets two savings.
        #expect(run.flow.nodesScored >= 3 * run.flow.plans)
        #expect(2 * run.flow.ordersStacked >= run.counters.orders)
        // Stock and carriers are finite: some of the demand is not met, and some carrier is full on some day.
        #expect(run.counters.unitsLost + run.counters.unitsOversold > 0)
        let isFull = (0..<run.counters.carrierLoad.count).contains { place in
            run.counters.carrierLoad[place] >= world.carriers[place / run.counters.carrierDays].dailyCapacity
        }
        #expect(isFull)
    }

    @Test("two threads give the bytes of one, and so does a run that was broken off")
    func same() async throws {
        let alone = try await Simulator.run(world, seed: 5, replications: 1, threads: 1)
        let beside = try await Simulator.run(world, seed: 5, replications: 1, threads: 2)
        #expect(alone == beside)
        var whole = Replication(Prepared(world), seed: 5, number: 0)
        try whole.run(until: 5_000, meter: nil, isCancelled: { false })
        var later = Replication(Prepared(world), seed: 5, number: 0)
        try later.resume(whole.checkpoint())
        try later.run(meter: nil, isCancelled: { false })
        #expect(combine([try later.result()], currency: world.currency) == alone)
    }

    @Test("a profile accounts for every order, and its clock does not run backwards")
    func profile() throws {
        let profile = try Simulator.profile(world, seed: 1)
        #expect(profile.orders > 19_000)
        #expect(profile.mostLive > 10_000 && Int64(profile.mostLive) < profile.orders)
        #expect(profile.liveBytes > 96 * profile.mostLive)
        #expect(profile.bytesTouched > 0 && profile.stages.allSatisfy { $0.seconds >= 0 })
    }
}
