import Foundation
import Retail
import Synchronization
import Testing

@testable import Simulation

@Suite("Checkpoints")
struct CheckpointTests {
    /// Saved states by replication, as a caller would keep them in files.
    final class Shelf: Sendable {
        let states = Mutex<[Int: [[UInt8]]]>([:])

        func checkpoints(every count: Int, startingFrom start: @escaping @Sendable (Int) -> [UInt8]? = { _ in nil })
            -> Checkpoints
        {
            let asked = Mutex(0)
            return Checkpoints(
                load: { start($0) },
                isDue: { _ in
                    asked.withLock {
                        $0 += 1
                        return $0 % count == 0
                    }
                },
                save: { number, state in self.states.withLock { $0[number, default: []].append(state) } })
        }
    }

    private func world() -> World {
        var test = TestWorld(seed: 4, ordersPerDay: 300)
        test.sharing = [.ratio(.one, buffer: 0), .quota([Quantity](repeating: 20, count: 12))]
        var world = test.make()
        world.promotions = [
            PromotionPlan(
                code: "FLASH", effect: .flashSale(depth: Rate(partsPerMillion: 200_000)), begins: .hour * 30,
                ends: .hour * 40, scope: world.scope(), cap: 40)
        ]
        return world
    }

    @Test("a run taken up from any of its states gives the bytes of a run that was not interrupted")
    func resume() async throws {
        let world = world()
        let whole = try await Simulator.run(world, seed: 3, replications: 2, threads: 1)
        let shelf = Shelf()
        let watched = try await Simulator.run(
            world, seed: 3, replications: 2, threads: 1, checkpoints: shelf.checkpoints(every: 97))
        #expect(watched == whole)
        let states = shelf.states.withLock { $0 }
        let count = try #require(states[0]?.count)
        #expect(count > 10)
        for place in [0, 1, count / 3, count / 2, count - 2, count - 1] {
            let later = Shelf()
            let resumed = try await Simulator.run(
                world, seed: 3, replications: 2, threads: 2,
                checkpoints: later.checkpoints(every: 50) { $0 == 0 ? states[0]?[place] : states[1]?.last })
            #expect(resumed == whole)
        }
    }

    @Test("a state that is cut, or of another world, seed or replication, is refused by name")
    func refused() async throws {
        let world = world()
        let shelf = Shelf()
        _ = try await Simulator.run(
            world, seed: 3, replications: 1, threads: 1, checkpoints: shelf.checkpoints(every: 500))
        let state = try #require(shelf.states.withLock { $0[0]?.first })
        func message(_ world: World, seed: UInt64 = 3, _ state: [UInt8]) async -> String {
            do {
                _ = try await Simulator.run(
                    world, seed: seed, replications: 1, threads: 1,
                    checkpoints: Checkpoints(load: { _ in state }, isDue: { _ in false }, save: nil))
                return "taken up"
            } catch { return "\(error)" }
        }
        #expect(await message(world, Array(state.dropLast(7))).contains("not whole"))
        #expect(await message(world, state + [0]).contains("not whole"))
        #expect(await message(world, []).contains("not whole"))
        #expect(await message(world, seed: 4, state).contains("of seed 3"))
        #expect(await message(TestWorld(seed: 4, skus: 13).make(), state).contains("another scenario"))
    }
}
