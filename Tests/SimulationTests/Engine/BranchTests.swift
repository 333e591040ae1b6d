import Foundation
import Retail
import Synchronization
import Testing

@testable import Simulation

@Suite("Branches in mid-run")
struct BranchTests {
    private let moment = Instant.hour * 20

    private func base() -> World {
        var test = TestWorld(seed: 6, ordersPerDay: 400)
        test.cover = 2
        var world = test.make()
        world.promotions = [
            PromotionPlan(
                code: "FLASH", effect: .flashSale(depth: Rate(partsPerMillion: 200_000)), begins: .hour * 8,
                ends: .hour * 40, scope: world.scope(), cap: 300)
        ]
        return world
    }

    private func run(_ world: World) async throws -> RunResult {
        try await Simulator.run(world, seed: 5, replications: 2, threads: 2)
    }

    @Test("a branch that changes nothing gives the bytes of its base")
    func nothing() async throws {
        var world = base()
        world.branch = .at(moment, base: base())
        #expect(try await run(world) == run(base()))
    }

    @Test("before the moment orders are the base's, after it the plan's, and the books balance")
    func cut() async throws {
        var changed = base()
        changed.promotions.insert(
            PromotionPlan(
                code: "CUT", effect: .priceCut(depth: Rate(partsPerMillion: 300_000)), begins: .start, ends: .day * 2,
                scope: changed.scope(), uplift: 3), at: 0)
        changed.handling.clerks = 3
        var branched = changed
        branched.branch = .at(moment, base: base())
        let (before, after, mixed) = try await (run(base()), run(changed), run(branched))
        func demanded(_ result: RunResult) throws -> Double { try #require(result.figure("units_demanded")).mean }
        #expect(try demanded(before) < demanded(mixed))
        #expect(try demanded(mixed) < demanded(after))
        func minutes(_ result: RunResult) throws -> [Double] {
            let table = try #require(result.table("orders_by_minute"))
            guard case .real(let cells)? = table.columns.first(where: { $0.name == "reserved" })?.values else {
                return []
            }
            return cells
        }
        let until = Int(moment.microseconds / 60_000_000)
        #expect(try minutes(mixed).count > until)
        #expect(try Array(minutes(mixed)[..<until]) == Array(minutes(before)[..<until]))
        #expect(try minutes(mixed) != minutes(before))
    }

    @Test("what a promotion of the same code has given away counts in the branch")
    func caps() throws {
        var changed = base()
        changed.promotions[0].cap = 350
        changed.branch = .at(moment, base: base())
        let run = PreparedRun(changed)
        var before = Replication(try #require(run.base), seed: 1, number: 0)
        try before.run(until: run.branchSlice, meter: nil, isCancelled: { false })
        var after = Replication(run.main, seed: 1, number: 0)
        try after.takeOver(&before)
        let given = 300 - before.capLeft[0]
        #expect(given > 0)
        #expect(after.capLeft[0] == 350 - given)
    }

    @Test("a saved state on either side of the moment goes on to the same bytes")
    func resume() async throws {
        var world = base()
        world.handling.clerks = 3
        world.branch = .at(moment, base: base())
        let shelf = CheckpointTests.Shelf()
        let whole = try await Simulator.run(
            world, seed: 5, replications: 1, threads: 1, checkpoints: shelf.checkpoints(every: 150))
        let states = try #require(shelf.states.withLock { $0[0] })
        let slices = try states.map { try Replication.slice(of: $0) }
        let branch = PreparedRun(world).branchSlice
        let early = try #require(slices.firstIndex { $0 < branch })
        let late = try #require(slices.firstIndex { $0 > branch })
        for place in [early, late] {
            let resumed = try await Simulator.run(
                world, seed: 5, replications: 1, threads: 1,
                checkpoints: Checkpoints(load: { _ in states[place] }, isDue: { _ in false }, save: nil))
            #expect(resumed == whole)
        }
    }

    @Test("what a state is counted by cannot change, and is named")
    func refused() async throws {
        var world = base()
        world.carriers.removeLast()
        var other = base()
        other.clock.days = 3
        for (changed, word) in [(world, "carriers"), (other, "clock")] {
            var branched = base()
            branched.branch = .at(moment, base: changed)
            #expect(branched.branchFaults.contains { $0.message.contains(word) })
        }
    }
}
