import NumericCore
import Retail
import Testing

@testable import Simulation

@Suite("Goods moved beside")
struct GoodsDeskTests {
    @Test("moves worked off on another thread leave the shelves and lots they leave on this one")
    func same() {
        let world = PeakHour(orders: 4_000, skus: 40, nodes: 6).world()
        let skus = world.stock.rows.map(\.sku.raw)
        let mine = Shelf.column(world)
        let others = Shelf.column(world)
        let here = GoodsDesk(world, shelves: mine, skus: skus)
        let beside = GoodsDesk(world, shelves: others, skus: skus)
        beside.start()
        #expect(beside.isBeside && !here.isBeside)
        let kinds: [GoodsMove.Kind] = [.shipped, .shipped, .returned, .restocked, .degraded, .writtenDown, .missed]
        var draws = RandomStream(
            seed: 4, stream: RandomStreamID.generator.rawValue, entity: entityHash("desk"), replication: 0)
        for step in 1...30_000 {
            let row = draws.integer(below: mine.count)
            let kind = kinds[draws.integer(below: kinds.count)]
            let quantity = Int32(1 + draws.integer(below: 3))
            here.note(kind, quantity, row: row, at: Int64(step))
            beside.note(kind, quantity, row: row, at: Int64(step))
            // Now and then somebody looks, with more or fewer moves on their way.
            guard step % 7_001 == 0 || step == 30_000 else { continue }
            beside.settle()
            #expect(here.lots.missing == beside.lots.missing)
            for row in 0..<mine.count {
                let (one, other) = (mine[row], others[row])
                #expect(one.shipped == other.shipped && one.returned == other.returned)
                #expect(one.writtenDown == other.writtenDown && one.firstLot == other.firstLot)
                #expect(here.lots.count(row: row) == beside.lots.count(row: row))
                for grade in [Grade.sellable, Grade.inspection, Grade.second] {
                    #expect(here.lots.units(row: row, grade: grade) == beside.lots.units(row: row, grade: grade))
                }
            }
        }
        beside.stop()
        #expect(!beside.isBeside)
        #expect((0..<mine.count).contains { mine[$0].shipped > 0 && mine[$0].returned > 0 })
    }
}
