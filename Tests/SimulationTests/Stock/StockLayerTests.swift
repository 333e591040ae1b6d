import NumericCore
import Retail
import Testing

@testable import Simulation

/// Lots, owners and grades; shares by priority; campaign reserves; rebalancing; warehouses' reports; counts.
@Suite("Layers of stock")
struct StockLayerTests {
    private func shop(days: Int = 2, cover: Double = 1.5) -> World {
        var world = TestWorld(days: days, ordersPerDay: 500, cover: cover, lag: 0, paidShare: .one).make()
        world.payment = PaymentPlan(lag: LagLaw(probabilities: [0, 0.5], seconds: [1, 1.1]))
        return world
    }

    private func ended(_ world: World, seed: UInt64 = 4) throws -> Replication {
        try world.validate()
        var run = Replication(Prepared(world), seed: seed, number: 0)
        for slice in 0..<run.sliceCount {
            run.step(slice)
            if slice % 200 == 0 { _ = try run.audit(isOver: false) }
        }
        while run.wheel.pending > 0 { run.step(run.sliceCount - 1) }
        run.postFixedCosts()
        _ = try run.audit(isOver: true)
        return run
    }

    /// Two lots in every row, the one to expire first named last.
    private func lots(_ world: World, first: Instant?, second: Instant?, owner: Int = 0) -> [LotPlan] {
        world.stock.rows.flatMap { row in
            let half = row.opening / 2
            return [
                LotPlan(sku: row.sku, node: row.node, quantity: row.opening - half, expires: second, owner: owner),
                LotPlan(sku: row.sku, node: row.node, quantity: half, expires: first, owner: owner),
            ]
        }
    }

    @Test("what expires first goes out first, whatever was named first", arguments: 1...20)
    func firstExpired(seed: Int) throws {
        var draws = RandomStream(
            seed: UInt64(seed), stream: RandomStreamID.verification.rawValue, entity: 90, replication: 0)
        var world = shop()
        world.stock.lots = []
        let row = world.stock.rows.firstIndex { $0.opening >= 8 } ?? 0
        var left = world.stock.rows[row].opening
        while left > 0 {
            let part = min(left, Quantity(1 + draws.integer(below: 5)))
            left -= part
            world.stock.lots.append(
                LotPlan(
                    sku: world.stock.rows[row].sku, node: world.stock.rows[row].node, quantity: part,
                    expires: draws.integer(below: 5) == 0 ? nil : Instant(seconds: Int64(draws.integer(below: 4)))))
        }
        let rows = Shelf.column(world)
        var book = LotBook(world, rows)
        var expected = world.stock.lots.map { ($0.expires?.microseconds ?? .max, Int64($0.quantity)) }.sorted {
            $0 < $1
        }
        var shelf = Int64(world.stock.rows[row].opening)
        while shelf > 0 {
            let take = Int32(min(shelf, Int64(1 + draws.integer(below: 4))))
            book.ship(take, row: row)
            shelf -= Int64(take)
            var rest = Int64(take)
            while rest > 0 {
                let part = min(rest, expected[0].1)
                expected[0].1 -= part
                rest -= part
                if expected[0].1 == 0 { expected.removeFirst() }
            }
            let due = expected.first?.0 ?? 0
            let early = Int64(book.expired(row: row, at: due))
            #expect(early == expected.filter { $0.0 <= due }.reduce(0) { $0 + $1.1 } || due == .max)
            #expect(book.units(row: row) == shelf)
        }
        #expect(book.missing == 0)
        // The lots lie on shelves that must last as long.
        #expect(rows[row].shipped == 0)
    }

    @Test("two lots in every row keep the books through sales, returns, transfers and receipts")
    func twoLots() throws {
        var world = shop()
        world.stock.lots = lots(world, first: Instant(seconds: 20 * 86_400), second: nil)
        world.skus.shelfLives = world.skus.shelfLives.map { _ in 30 }
        let rows = Shelf.column(world)
        let shelves = LotBook(world, rows)
        for (row, place) in world.stock.rows.enumerated() where place.opening >= 2 {
            #expect(shelves.count(row: row) == 2 && rows[row].firstLot >= 0)
        }
        #expect(rows.count == world.stock.rows.count)
        let run = try ended(world)
        #expect(run.counters.unitsShipped > 0)
        #expect(run.counters.transfers > 0)
    }

    @Test("telling lots apart changes no order, as long as nothing expires")
    func lotsAlone() throws {
        var world = shop()
        let plain = try ended(world)
        world.stock.lots = lots(world, first: Instant(seconds: 400 * 86_400), second: nil)
        let told = try ended(world)
        #expect(told.counters.states.array == plain.counters.states.array)
        #expect(told.counters.channelPaid.array == plain.counters.channelPaid.array)
    }

    @Test("goods whose time is over are written off at midnight and sold no more")
    func expiry() throws {
        var world = shop()
        world.replenishment = ReplenishmentPlan(transferReviews: [], supplierReviews: [])
        world.stock.lots = lots(world, first: .day, second: .day)
        let run = try ended(world)
        let opening = world.stock.rows.reduce(Int64(0)) { $0 + Int64($1.opening) }
        let shipped = run.stock.shelves.array.reduce(Int64(0)) { $0 + $1.shipped }
        #expect(run.counters.trade.unitsExpired > 0)
        #expect(shipped + run.counters.trade.unitsExpired <= opening + run.counters.unitsReturned)
        // The second day reserves nothing that had expired; returned goods of the first are as old.
        let reserved = (1_440..<2_880).reduce(Int64(0)) { $0 + run.counters.reserved[$1] }
        #expect(reserved == 0)
    }

    @Test("consigned goods are owed to their owner when sold, and take nothing off our own inventory")
    func consigned() throws {
        var world = shop()
        world.replenishment = ReplenishmentPlan(transferReviews: [], supplierReviews: [])
        world.segments.indices.forEach { world.segments[$0].returnRate = .zero }
        world.owners = ["own", "brand"]
        world.stock.lots = lots(world, first: nil, second: nil, owner: 1)
        let run = try ended(world)
        let (owed, cost) = (-run.ledger.balance(.supplierPayable), run.ledger.balance(.costOfGoods))
        #expect(cost > 0)
        // Refused parcels come back as ours; without them the two are equal to a cent a line.
        let lines = run.counters.linesShipped
        #expect(abs(owed - cost) <= lines || run.counters.linesReturned > 0)
        #expect(owed >= cost)
    }

    @Test("second choice is on the shelf and never sold")
    func second() throws {
        var world = shop(cover: 0.4)
        world.replenishment = ReplenishmentPlan(transferReviews: [], supplierReviews: [])
        world.stock.lots = world.stock.rows.map {
            LotPlan(sku: $0.sku, node: $0.node, quantity: $0.opening / 2, isSecond: true)
        }
        let run = try ended(world)
        let kept = run.stock.lots.total(owner: 0, grade: Int(Grade.second))
        #expect(kept == world.stock.lots.reduce(Int64(0)) { $0 + Int64($1.quantity) })
    }

    @Test("returned goods kept as second choice stay on the shelf, are never sold, and are no write-down")
    func degraded() throws {
        var world = shop(days: 1)
        world.segments.indices.forEach { world.segments[$0].returnRate = Rate(partsPerMillion: 500_000) }
        world.afterSales.restockShare = .zero
        world.afterSales.secondShare = .one
        world.skus.shelfLives = world.skus.shelfLives.map { _ in 400 }
        let run = try ended(world)
        let kept = run.stock.lots.total(owner: 0, grade: Int(Grade.second))
        #expect(kept > 0)
        #expect(kept == run.counters.unitsReturned)
        #expect(kept == run.counters.trade.unitsSecond)
        let lost = run.ledger.balance(.writeDown)
        #expect(lost == 0)
    }

    @Test("a silo oversells when units leave it that its shop still shows, and never when the shop sees the truth")
    func siloOversells() throws {
        var world = shop(days: 1, cover: 0.35)
        world.replenishment = ReplenishmentPlan(transferReviews: [], supplierReviews: [])
        world.routing.maximumParcels = 4
        let halves = (0..<world.skus.count).map { Quantity(world.stock.opening(SKU.Index($0)) / 2) }
        world.channels[0].sharing = .quota(halves)
        world.channels[1].sharing = .quota(halves)
        // The first shop sells three times as much: rebalancing takes units from the other.
        world.demand.orders = world.demand.orders.indices.map {
            ($0 < world.demand.orders.count / 2 ? 3 : 1) * world.demand.orders[$0]
        }
        world.rebalancing = Instant(seconds: 900)
        let seen = try ended(world)
        #expect(seen.stock.unitsRebalanced > 0)
        world.channels.indices.forEach { world.channels[$0].channel.synchronisationLag = 3_600 }
        let late = try ended(world)
        #expect(late.counters.unitsOversold > seen.counters.unitsOversold)
    }

    @Test("a shop of lower priority leaves what is protected for the one before it")
    func priority() throws {
        var world = shop(days: 1, cover: 0.3)
        world.replenishment = ReplenishmentPlan(transferReviews: [], supplierReviews: [])
        world.afterSales.cancellationRate = .zero
        world.channels[0].sharing = .priority(rank: 1, protection: Rate(partsPerMillion: 500_000), buffer: 0)
        world.channels[1].sharing = .priority(rank: 2, protection: .zero, buffer: 0)
        world.demand.orders = world.demand.orders.indices.map {
            $0 < world.demand.orders.count / 2 ? 0 : world.demand.orders[$0]
        }
        // Only the second shop sells: half of every article stays.
        let run = try ended(world)
        let sold = run.stock.unitsReserved
        #expect(sold > 0)
        for sku in 0..<world.skus.count {
            let opening = world.stock.opening(SKU.Index(sku))
            #expect(run.stock.pool[sku] >= opening / 2)
        }
    }

    @Test("stock kept back for a campaign is not sold before it, and is sold in it")
    func reserve() throws {
        var world = shop(days: 1, cover: 0.15)
        world.replenishment = ReplenishmentPlan(transferReviews: [], supplierReviews: [])
        world.promotions = [
            PromotionPlan(
                code: "campaign", effect: .priceCut(depth: Rate(partsPerMillion: 100_000)),
                begins: Instant(seconds: 20 * 3_600), ends: .day, channel: Channel.Index(1), scope: world.scope(),
                reserve: Rate(partsPerMillion: 600_000))
        ]
        try world.validate()
        var run = Replication(Prepared(world), seed: 9, number: 0)
        var slice = 0
        while run.wheel.grid.start(of: slice + 1) <= 20 * 3_600_000_000 {
            run.step(slice)
            slice += 1
        }
        for sku in 0..<world.skus.count {
            let kept = Rate(partsPerMillion: 600_000).of(world.stock.opening(SKU.Index(sku)))
            #expect(run.stock.pool[sku] >= kept)
            let other = run.stock.truth(0, sku)
            #expect(other <= run.stock.pool[sku] - kept)
        }
        let before = run.counters.channelUnits.array
        while slice < run.sliceCount {
            run.step(slice)
            slice += 1
        }
        #expect(run.counters.channelUnits[1] > before[1])
    }

    @Test("what a campaign sold and was not paid for is the campaign's again; more than all stock cannot be kept back")
    func reserveGivenBack() throws {
        var world = shop(days: 1)
        func campaign(_ code: String, part: Int64) -> PromotionPlan {
            PromotionPlan(
                code: code, effect: .priceCut(depth: Rate(partsPerMillion: 100_000)), begins: .hour, ends: .day,
                channel: Channel.Index(1), scope: world.scope(), reserve: Rate(partsPerMillion: part))
        }
        world.promotions = [campaign("A", part: 600_000)]
        try world.validate()
        var stock = StockState(world)
        let row = world.stock.rows.firstIndex { $0.opening > 10 } ?? 0
        let sku = world.stock.rows[row].sku.position
        stock.advance(to: 2 * 3_600_000_000)
        let before = stock.truth(0, sku)
        stock.reserve(5, row: row, sku: sku, channel: 1)
        let sold = stock.truth(0, sku)
        #expect(sold == before)
        stock.release(5, row: row, sku: sku, channel: 1)
        let back = stock.truth(0, sku)
        #expect(back == before)
        // What another shop gives back is nobody's own.
        stock.reserve(3, row: row, sku: sku, channel: 0)
        stock.release(3, row: row, sku: sku, channel: 0)
        let same = stock.truth(0, sku)
        #expect(same == before)
        world.promotions = [campaign("A", part: 600_000), campaign("B", part: 500_000)]
        #expect(throws: SimulationError.self) { try world.validate() }
    }

    @Test("rebalancing moves unused quotas to the shops that sell and keeps their sum")
    func rebalancing() throws {
        var world = shop(days: 1, cover: 0.6)
        let halves = (0..<world.skus.count).map { Quantity(world.stock.opening(SKU.Index($0)) / 2) }
        world.channels[0].sharing = .quota(halves)
        world.channels[1].sharing = .quota(halves)
        world.demand.orders = world.demand.orders.indices.map {
            $0 < world.demand.orders.count / 2 ? world.demand.orders[$0] : 0
        }
        let fixed = try ended(world)
        world.rebalancing = Instant(seconds: 1_800)
        let moved = try ended(world)
        #expect(moved.stock.unitsRebalanced > 0)
        #expect(moved.counters.unitsLost < fixed.counters.unitsLost)
        let (left, kept) = (moved.stock.quotaSums.array.reduce(0, +), moved.stock.pool.array.reduce(0, +))
        #expect(left <= kept)
    }

    @Test("goods that arrive are not sold before their warehouse has told the centre")
    func nodeLag() {
        var world = shop()
        world.network.nodes[0].synchronisationLag = 600
        world.stock.receipts = []
        var stock = StockState(world)
        let row = world.stock.rows.firstIndex { $0.node.position == 0 } ?? 0
        let sku = world.stock.rows[row].sku.position
        let opening = stock.pool[sku]
        stock.advance(to: 100_000_000)
        stock.rows[row].onOrder += 50
        stock.receive(Shipment(row: Int32(row), quantity: 50, isTransfer: false))
        #expect(stock.pool[sku] == opening)
        #expect(stock.rows[row].free == Int32(world.stock.rows[row].opening))
        stock.advance(to: 599_999_999)
        #expect(stock.pool[sku] == opening)
        stock.advance(to: 600_000_000)
        #expect(stock.pool[sku] == opening + 50)
        #expect(stock.rows[row].unseen == 0)
    }

    @Test("a shop that refreshed before a warehouse's report still shows the old figure")
    func bothLags() {
        var world = shop()
        world.network.nodes[0].synchronisationLag = 600
        world.channels[0].channel.synchronisationLag = 1_000
        var stock = StockState(world)
        let row = world.stock.rows.firstIndex { $0.node.position == 0 } ?? 0
        let sku = world.stock.rows[row].sku.position
        let opening = stock.pool[sku]
        stock.advance(to: 1_000_000)
        stock.rows[row].onOrder += 50
        stock.receive(Shipment(row: Int32(row), quantity: 50, isTransfer: false))
        // The report at 600 s comes after the refresh at 0 and before that at 1,000 s.
        stock.advance(to: 900_000_000)
        #expect(stock.shown(0, sku) == opening)
        #expect(stock.shown(1, sku) == opening + 50)
        stock.advance(to: 1_000_000_000)
        #expect(stock.shown(0, sku) == opening + 50)
    }

    @Test("counts put the books right, down to what is promised")
    func counts() throws {
        var world = shop()
        world.stockTakes = StockTakePlan(
            errorRate: .one, errorSize: Rate(partsPerMillion: 200_000), counts: [3_600, 13 * 3_600])
        let run = try ended(world)
        #expect(run.counters.trade.rowsCounted == 4 * Int64(world.stock.rows.count))
        #expect(run.counters.trade.unitsCorrected > 0)
        let counted = run.stock.flows.array.reduce(Int64(0)) { $0 + abs($1.counted) }
        #expect(counted > 0)
    }

    @Test("goods that are in the books and not on the shelf are missed by pickers, and no shelf gives more than it has")
    func missed() throws {
        var world = shop(days: 1, cover: 0.3)
        world.replenishment = ReplenishmentPlan(transferReviews: [], supplierReviews: [])
        world.stockTakes = StockTakePlan(errorRate: .one, errorSize: Rate(partsPerMillion: 300_000))
        let run = try ended(world)
        let missing = run.stock.flows.array.reduce(Int64(0)) { $0 + $1.missing }
        #expect(missing > 0)
        for row in 0..<run.stock.rows.count {
            let actual = run.stock.rows[row].book + run.stock.drifts[row]
            #expect(actual >= 0)
        }
    }

    @Test("a count finds no goods missing that lie in inspection, and no picker takes them")
    func countedBesideInspection() {
        var world = shop()
        world.stockTakes = StockTakePlan(errorRate: .one, errorSize: Rate(partsPerMillion: 300_000))
        var run = Replication(Prepared(world), seed: 1, number: 0)
        run.stock.rows[0].book = 9
        run.stock.rows[0].blocked = 6
        run.stock.rows[0].reserved = 0
        run.stock.drifts[0] = -5
        #expect(run.stock.shortage(1, row: 0) == 1)
        #expect(run.stock.count(row: 0) == -3)
        #expect(run.stock.rows[0].book == 6)
        #expect(run.stock.drifts[0] == 0)
    }

    @Test("a lot changed, a release done twice, a hold lost and a posting with one leg are each found")
    func injected() throws {
        var world = shop()
        world.stock.lots = lots(world, first: Instant(seconds: 40 * 3_600), second: nil)
        try world.validate()
        let prepared = Prepared(world)
        func broken(_ law: String, _ break: (inout Replication) -> Void) throws {
            var run = Replication(prepared, seed: 4, number: 0)
            for slice in 0..<(run.sliceCount / 40) { run.step(slice) }
            _ = try run.audit(isOver: false)
            `break`(&run)
            #expect {
                _ = try run.audit(isOver: false)
            } throws: { ($0 as? AuditFault)?.check == law }
        }
        try broken("lots_are_the_shelf") { run in
            let row = (0..<run.stock.rows.count).first { run.stock.lots.count(row: $0) > 0 } ?? 0
            run.stock.lots.ship(1, row: row)
        }
        try broken("reserved_is_held") { run in
            let slot = (0..<run.pool.orders.count).first { run.pool.orders[$0].hold == .held } ?? 0
            run.pool.orders[slot].hold = .none
        }
        try broken("reservations_tally") { run in run.stock.unitsReleased += 1 }
        try broken("reserved_is_held") { run in
            let row = (0..<run.stock.rows.count).first { run.stock.rows[$0].reserved > 0 } ?? 0
            run.stock.release(1, row: row, sku: Int(run.stock.rows[row].sku), channel: 0)
        }
        try broken("postings_balance") { run in
            let cell = run.ledger.cell(day: 0, channel: 0, category: 0)
            run.ledger.debit(.deposits, 1, at: cell)
        }
        try broken("pool_is_sum_of_rows") { run in run.stock.pool[0] += 1 }
    }
}
