import NumericCore
import Retail
import Testing

@testable import Simulation

@Suite("Two suppliers of one article")
struct SecondSourceTests {
    /// Two weeks in which the cheap supplier's goods come too late for the first ten days.
    private func shop(_ hasSecond: Bool, premium: Int64 = 0) -> World {
        var world = TestWorld(days: 14, fronts: 0, ordersPerDay: 200, cover: 3).make()
        var rows = world.stock.rows
        for row in rows.indices where world.network.upstream[rows[row].node.position] == nil {
            let level = max(1, rows[row].opening)
            rows[row].supplier = 0
            (rows[row].leadTime, rows[row].leadTimeDeviation) = (10, 0)
            (rows[row].orderUpTo, rows[row].reorderPoint) = (level * 6, level * 6 - 1)
            guard hasSecond else { continue }
            rows[row].second = SecondSource(
                supplier: 1, leadTime: 0.5, leadTimeDeviation: 0, level: level,
                premium: UnitPrice(units: premium))
        }
        world.stock = StockRows(skuCount: world.skus.count, rows: rows)
        world.replenishment.suppliers = [SupplierPlan(code: "CHEAP"), SupplierPlan(code: "FAST")]
        return world
    }

    private func run(_ world: World) throws -> (lost: Int64, fast: Int64, goods: Int64) {
        try world.validate()
        var run = Replication(Prepared(world), seed: 5, number: 0)
        try run.run(meter: nil, isCancelled: { false })
        _ = try run.audit(isOver: true)
        return (run.counters.unitsLost, run.flow.fastUnits, run.ledger.balance(.costOfGoods))
    }

    @Test("the fast one brings what the cheap one cannot in time")
    func fast() throws {
        let (alone, both) = (try run(shop(false)), try run(shop(true)))
        #expect(alone.fast == 0 && both.fast > 0)
        #expect(both.lost * 2 < alone.lost, "\(both.lost) units lost, \(alone.lost) with one supplier")
    }

    @Test("its premium is a cost of the goods, for every unit that came")
    func premium() throws {
        let (free, dear) = (try run(shop(true)), try run(shop(true, premium: 20_000)))
        #expect(free.fast == dear.fast && free.lost == dear.lost)
        // Two of the currency a unit; what is ordered on the last day is still on its way.
        let paid = dear.goods - free.goods
        #expect(paid > 0 && paid <= 200 * dear.fast && paid % 200 == 0)
    }

    @Test("a level is bought up to what is there and promised in the fast one's time, and not twice")
    func position() throws {
        var world = shop(true)
        // Nobody buys: stock is at its level, or below it by what was taken away.
        world.demand.orders = world.demand.orders.map { _ in 0 }
        var rows = world.stock.rows
        for row in rows.indices where rows[row].second != nil { rows[row].opening /= 2 }
        world.stock = StockRows(skuCount: world.skus.count, rows: rows)
        let wanted = rows.reduce(Int64(0)) { sum, row in
            sum + (row.second.map { Int64(max(0, $0.level - row.opening)) } ?? 0)
        }
        #expect(try run(world).fast == wanted)
    }
}
