import Foundation
import NumericCore
import Retail
import Synchronization
import Testing

@testable import Simulation

@Suite("Runs")
struct RunTests {
    @Test("one thread and two give the same result")
    func threads() async throws {
        let world = TestWorld().make()
        let one = try await Simulator.run(world, seed: 42, replications: 4, threads: 1)
        let two = try await Simulator.run(world, seed: 42, replications: 4, threads: 2)
        #expect(one == two)
        #expect(one.figures.map(\.key) == FigureKey.allCases.map(\.rawValue))
        #expect(one.figures.allSatisfy { $0.replications.count == 4 && $0.mean.isFinite && $0.halfWidth.isFinite })
        // This world has no quotas, tells no lots apart and sells nothing that is still to come.
        let absent: Set = [
            "quotas_within_pool", "lots_are_the_shelf", "logical_is_physical", "commitments_are_presales",
        ]
        #expect(one.audit.checks.allSatisfy { ($0.entities > 0) != absent.contains($0.key) })
        let other = try await Simulator.run(world, seed: 43, replications: 4, threads: 2)
        #expect(one.figures != other.figures)
    }

    @Test("every figure, table, state, step and law has words in both languages")
    func words() async throws {
        let result = try await Simulator.run(TestWorld(days: 1).make(), seed: 1, replications: 1, threads: 1)
        var keys = result.figures.map { "figure.\($0.key)" } + result.tables.map { "table.\($0.name)" }
        keys += result.audit.checks.map { "audit.\($0.key)" }
        if case .text(let states)? = result.table("order_states")?.column("state") {
            keys += states.map { "state.\($0)" }
        }
        if case .text(let steps)? = result.table("profit_and_loss")?.column("step") {
            keys += steps.map { "pnl.\($0)" }
        }
        #expect(keys.count > 80)
        for key in keys { #expect(Catalogue.contains(key), "\(key)") }
    }

    @Test("the columns of every table are equally long and every number is finite")
    func tables() async throws {
        let result = try await Simulator.run(TestWorld(days: 1).make(), seed: 1, replications: 2, threads: 2)
        #expect(
            Set(result.tables.map(\.name)) == [
                "demand_by_day", "orders_by_minute", "nodes", "profit_and_loss", "sku_losses", "carriers", "tiers",
                "channels", "order_states", "stock_layers", "settlement", "stages", "time_spent", "node_work",
                "backlog",
                "routing_shadow", "return_reasons", "segments",
            ])
        for table in result.tables {
            for column in table.columns {
                #expect(column.values.count == table.rowCount, "\(table.name).\(column.name)")
                if case .real(let cells) = column.values { #expect(cells.allSatisfy { $0.isFinite }) }
            }
        }
    }

    @Test("halving every slice moves the fill rate by less than its interval")
    func slices() async throws {
        let test = TestWorld(cover: 0.7)
        let coarse = test.make()
        var fine = coarse
        fine.clock.secondsPerSlice = coarse.clock.secondsPerSlice.map { $0 / 2 }
        let a = try await Simulator.run(coarse, seed: 8, replications: 6, threads: 2)
        let b = try await Simulator.run(fine, seed: 8, replications: 6, threads: 2)
        for key in [FigureKey.fillRate, .contributionMargin, .onTimeShare] {
            let (one, two) = (try #require(a.figure(key.rawValue)), try #require(b.figure(key.rawValue)))
            #expect(abs(one.mean - two.mean) < max(one.halfWidth, two.halfWidth), "\(key)")
        }
    }

    @Test("a cancelled run ends with an error and progress ends at one")
    func progress() async throws {
        let world = TestWorld(days: 1, ordersPerDay: 100).make()
        await #expect(throws: SimulationError.cancelled) {
            try await Simulator.run(world, seed: 1, replications: 2, threads: 2, isCancelled: { true })
        }
        let seen = Mutex<[SimulationProgress]>([])
        let result = try await Simulator.run(
            world, seed: 1, replications: 3, threads: 2, progress: { step in seen.withLock { $0.append(step) } })
        let steps = seen.withLock { $0 }
        #expect(steps.map(\.fraction).max().map { abs($0 - 1) < 1e-9 } == true)
        #expect(steps.map(\.finished).max() == 3)
        #expect(steps.map(\.orders).max() == Int64(result.figures[0].replications.reduce(0, +)))
    }
}

@Suite("A world that cannot run says why")
struct ValidationTests {
    private func faults(_ change: (inout World) -> Void) -> [WorldFault] {
        var world = TestWorld().make()
        change(&world)
        do {
            try world.validate()
            return []
        } catch {
            if case .invalid(let faults) = error { return faults }
            return []
        }
    }

    @Test("the test world itself is sound")
    func sound() { #expect(faults { _ in }.isEmpty) }

    @Test("a region without a way to it")
    func noRoute() {
        let found = faults { world in
            world.delivery = DeliveryTable(network: world.network, rates: TestWorld.rates.filter { $0.zone == "home" })
        }
        #expect(found.map(\.place) == ["region R3"])
    }

    @Test("exclusive quotas over the pool")
    func quotas() {
        let found = faults { world in
            let opening = Quantity(world.stock.opening(SKU.Index(2)))
            var units = [Quantity](repeating: 0, count: world.skus.count)
            units[2] = opening / 2 + 1
            for channel in world.channels.indices { world.channels[channel].sharing = .quota(units) }
        }
        #expect(found.map(\.place) == ["quotas of S2"])
    }

    @Test("a promotion outside the clock")
    func outsideClock() {
        let found = faults { world in
            world.promotions = [
                PromotionPlan(
                    code: "LATE", effect: .priceCut(depth: .zero), begins: .day * 9, ends: .day * 10,
                    scope: world.scope())
            ]
        }
        #expect(found.map(\.place) == ["promotion LATE"])
    }

    @Test("a negative lag, an empty shape, shares that do not add up, a slice that does not divide an hour")
    func others() {
        #expect(faults { $0.channels[0].channel.synchronisationLag = -1 }.map(\.place) == ["channel CH0"])
        #expect(
            faults { world in for minute in 0..<1_440 { world.demand.shape[minute] = 0 } }.map(\.place) == [
                "channel CH0"
            ])
        #expect(faults { $0.segments[0].share = .one }.map(\.place) == ["segments"])
        #expect(faults { $0.clock.secondsPerSlice[4] = 7 }.map(\.place) == ["clock hour 4"])
        #expect(faults { $0.demand.orders[0] = .nan }.map(\.place) == ["demand.orders[0]"])
        #expect(faults { $0.demand.orders.removeLast() }.map(\.place) == ["demand.orders"])
        #expect(faults { $0.skus.listPrices[1] = UnitPrice(units: .max) }.map(\.place) == ["SKU S1"])
    }
}
