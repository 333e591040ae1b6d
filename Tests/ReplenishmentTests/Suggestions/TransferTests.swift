import NumericCore
import Replenishment
import Retail
import Testing

@Suite("Transfers") struct TransferTests {
    @Test("a node below gets what it lacks while there is enough")
    func enough() throws {
        let world = SmallWorld()
        let demand = world.demand([(0, 0, 2, 1), (0, 1, 6, 2), (0, 2, 3, 2)])
        let result = try world.book(demand, stock: [stock(0, 0, 500), stock(0, 1, 2)])
        #expect(result.book.transfers.count == 2)
        for transfer in result.book.transfers {
            #expect(transfer.quantity == transfer.need && transfer.position + transfer.quantity == transfer.orderUpTo)
            #expect(transfer.available == 500 && transfer.receipt == world.today + 1)
        }
    }

    @Test(
        "too little goes where it is most likely to be wanted, to the last unit, and reserved stock stays",
        arguments: 0..<60)
    func shortage(seed: Int) throws {
        var random = draws("share", seed)
        let world = SmallWorld()
        let means = [4 + 6 * random.uniform(), 4 + random.uniform()]
        let demand = world.demand([(0, 0, 1, 1), (0, 1, means[0], 2), (0, 2, means[1], 2)])
        let held = Quantity(random.integer(below: 9))
        let reserved = min(held, Quantity(random.integer(below: 4)))
        let transfers = try world.book(demand, stock: [stock(0, 0, held, reserved: reserved)]).book.transfers
        let given = transfers.map(\.quantity)
        #expect(given.reduce(0, +) == Int64(held - reserved), "seed \(seed)")
        // Expected units short over a day of lead time (two points: a quarter of a day early or late) and one of review.
        func short(_ split: [Int64]) -> Double {
            zip(means, split).reduce(0) { sum, one in
                let variance = 2 * 4 + one.0 * one.0 * 0.0625
                return sum + DemandLaw.choose(mean: 2 * one.0, variance: variance).loss(Double(one.1))
            }
        }
        let best = (0...Int64(held - reserved)).map { short([$0, Int64(held - reserved) - $0]) }.min() ?? 0
        #expect(short(given) <= best + 1e-9, "seed \(seed)")
    }

    @Test("what nodes below ask for is bought again above, each unit once")
    func owed() throws {
        let world = SmallWorld()
        let demand = world.demand([(0, 0, 2, 1), (0, 2, 6, 2)]).includingDownstream(upstream: world.upstream)
        let result = try world.book(demand, stock: [stock(0, 0, 40)])
        let asked = try #require(result.book.transfers.first).need
        let line = try #require(result.book.purchases.first)
        #expect(line.backordered == asked)
        #expect(line.position == 40 - asked)
        // A node that has all it wants asks for nothing.
        let calm = try world.book(demand, stock: [stock(0, 0, 40), stock(0, 2, 400)])
        #expect(calm.book.transfers.isEmpty && calm.book.purchases.allSatisfy { $0.backordered == 0 })
    }

    @Test("asking goes up through every level: the front's need is the regional's debt")
    func chain() throws {
        let world = SmallWorld()
        let upstream: [Node.Index?] = [nil, Node.Index(0), Node.Index(1)]
        let demand = world.demand([(0, 2, 6, 2)]).includingDownstream(upstream: upstream)
        let feeds = Feed.resolve(
            demand: demand, upstream: upstream, skus: world.skus, suppliers: world.suppliers, supply: world.supply,
            transfers: [])
        let plan = try StockPlanner.plan(
            demand: demand, feeds: feeds, skus: world.skus, service: ServicePolicy(.cycle(0.9)))
        let held = plan.targets.map { target in
            stock(0, target.node.position, Quantity(target.node.position == 2 ? 0 : target.orderUpTo))
        }
        let book = try SuggestionEngine.review(
            plan: plan, demand: demand, feeds: feeds,
            situation: StockSituation(today: world.today, stock: held), skus: world.skus, suppliers: world.suppliers,
            supply: world.supply, currency: .gbp)
        #expect(book.transfers.map(\.from.position) == [0, 1])
        #expect(book.transfers[0].need == book.transfers[1].need)
    }

    @Test(
        "a node is sent no more than it has room for, and each litre goes to the article worth most there: brute force",
        arguments: 0..<40)
    func room(seed: Int) throws {
        var random = draws("room", seed)
        var world = SmallWorld(skuCount: 2)
        // Margins of 1.00 to 5.00.
        for at in 0..<2 { world.skus[at].listPrice = UnitPrice(units: 30_000 + Int64(random.integer(below: 40_000))) }
        let means = [3 + 5 * random.uniform(), 3 + 5 * random.uniform()]
        let demand = world.demand([(0, 0, 1, 1), (1, 0, 1, 1), (0, 1, means[0], 2), (1, 1, means[1], 2)])
        let full = [stock(0, 0, 500), stock(1, 0, 500)]
        let asked = try world.book(demand, stock: full).book.transfers
        #expect(asked.count == 2 && asked.allSatisfy { $0.quantity == $0.need && !$0.isShortOfRoom })
        // A unit is a litre.
        let litres = Int64(1 + random.integer(below: 12))
        world.nodes[1].storage = litres
        let result = try world.book(demand, stock: full)
        let moves = result.book.transfers
        let given = moves.map(\.quantity)
        #expect(given.reduce(0, +) == min(litres, asked.reduce(0) { $0 + $1.need }), "seed \(seed)")
        #expect(moves.contains { $0.isShortOfRoom })
        func lost(_ split: [Int64]) -> Double {
            (0..<2).reduce(0) { sum, at in
                let margin = world.skus[at].listPrice.major - world.skus[at].unitCost.major
                let variance = 2 * 4 + means[at] * means[at] * 0.0625
                let law = DemandLaw.choose(mean: 2 * means[at], variance: variance)
                return sum + margin * law.loss(Double(split[at]))
            }
        }
        let best = (0...litres).map { lost([$0, litres - $0]) }.min() ?? 0
        #expect(lost(given) <= best + 1e-9, "seed \(seed): \(given)")
        // What has no room is not owed above: nobody buys for it.
        for move in moves {
            let line = result.book.purchases.first { $0.sku == move.sku }
            #expect(line.map { $0.backordered == move.quantity } ?? true)
        }
    }
}
