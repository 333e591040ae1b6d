import NumericCore
import Replenishment
import Retail
import Testing

@testable import Simulation

/// Goods on their way in: suppliers, docks, storage, transfers, delays.
@Suite("Supply")
struct SupplyTests {
    /// A shop that is replenished within its days by one supplier.
    private func shop(_ supplier: SupplierPlan = SupplierPlan(code: "S"), days: Int = 14) -> World {
        var world = TestWorld(days: days, fronts: 1, ordersPerDay: 400, cover: 2).make()
        var rows = world.stock.rows
        for row in rows.indices {
            if world.network.upstream[rows[row].node.position] == nil { rows[row].supplier = 0 }
        }
        world.stock = StockRows(skuCount: world.skus.count, rows: rows)
        world.replenishment.suppliers = [supplier]
        return world
    }

    private func received(_ run: borrowing Replication) -> Int64 {
        var sum: Int64 = 0
        for row in 0..<run.stock.flows.count { sum += run.stock.flows[row].received }
        return sum
    }

    @Test("a supplier sends off no more in a week than its capacity, and the rest in the weeks after")
    func weekly() {
        var world = shop(SupplierPlan(code: "S", weeklyCapacity: 100))
        world.clock.start = Day(number: 15_306)
        var state = SupplyState(world)
        var sent = [Int64](repeating: 0, count: 60)
        for order in 0..<20 {
            let parts = state.weeklyParts(0, Int64(10 + order), at: Int64(order / 4) * SliceGrid.microsecondsPerDay)
            let units: Int64 = parts.map(\.units).reduce(0, +)
            #expect(units == Int64(10 + order))
            let weekday = world.clock.start.weekday - 1
            for part in parts { sent[(order / 4 + weekday) / 7 + Int(part.weeks)] += part.units }
        }
        #expect(sent.allSatisfy { $0 <= 100 })
        // 10 + 11 + ... + 29.
        let all: Int64 = sent.reduce(0, +)
        #expect(all == 390)
    }

    @Test("goods come on the weekdays on which their supplier delivers")
    func deliveryDays() {
        let plan = SupplierPlan(
            code: "S", deliveryDays: [false, true, false, false, true, false, false])
        let world = shop(plan)
        let state = SupplyState(world)
        for hour in 0..<(24 * 21) {
            let due = Int64(hour) * SliceGrid.microsecondsPerHour
            let day = state.deliveryDay(0, due)
            let weekday = (world.clock.start + Int(day / SliceGrid.microsecondsPerDay)).weekday
            #expect(weekday == 2 || weekday == 5)
            #expect(day >= due && day - due < 6 * SliceGrid.microsecondsPerDay)
        }
    }

    @Test("short deliveries bring their part, and what does not come is not on order any more")
    func short() throws {
        var world = shop(
            SupplierPlan(code: "S", shortRate: .one, shortPart: Rate(partsPerMillion: 500_000)))
        let half = try audited(world)
        world.replenishment.suppliers = [SupplierPlan(code: "S")]
        let whole = try audited(world)
        let (few, many) = (received(half), received(whole))
        #expect(half.flow.shortDeliveries > 0 && half.flow.unitsNotDelivered > 0)
        #expect(few > 0 && few < many)
        for row in 0..<half.stock.rows.count { #expect(half.stock.rows[row].onOrder >= 0) }
    }

    @Test("late deliveries and delayed suppliers cost sales, a delay of nobody's goods costs nothing")
    func late() throws {
        var world = shop()
        world.stock.receipts = []
        let calm = try audited(world)
        world.faults = [
            FaultPlan(
                code: "late", kind: .supplierDelay(0, .day * 30), begins: .start, ends: .day * 30)
        ]
        let late = try audited(world)
        let (none, some) = (received(late), received(calm))
        #expect(none == 0 && some > 0)
        #expect(late.counters.unitsLost > calm.counters.unitsLost)
        world.faults = [
            FaultPlan(code: "yard", kind: .lateStock(Node.Index(2), .day), begins: .start, ends: .day * 30)
        ]
        let front = try audited(world)
        let came = received(front)
        #expect(came > 0)
    }

    @Test("goods in the yard are for sale to nobody until docks and put-away are done")
    func yard() throws {
        var world = TestWorld(days: 3, fronts: 0, ordersPerDay: 300, cover: 0.2).make()
        world.replenishment.transferReviews = []
        world.replenishment.supplierReviews = []
        let place = world.stock.rows[0]
        world.stock.receipts = (0..<4).map { _ in
            ScheduledReceipt(sku: place.sku, node: place.node, quantity: 100, due: Instant(seconds: 9 * 3_600))
        }
        world.inbound = InboundPlan(dailyCapacity: 200, opens: 8 * 3_600, putAway: Instant(seconds: 4 * 3_600))
        var run = Replication(Prepared(world), seed: 2, number: 0)
        var seen: [Int64: Int64] = [:]
        for slice in 0..<run.sliceCount {
            run.step(slice)
            let hour = run.wheel.grid.start(of: slice + 1) / SliceGrid.microsecondsPerHour
            if hour < 72 { seen[hour] = run.stock.flows[0].received }
        }
        // Two hundred on the first day at nine, put away by thirteen; the others on the second from eight on.
        #expect(seen[12] == 0 && seen[14] == 200 && seen[30] == 200 && seen[35] == 200 && seen[37] == 400)
    }

    @Test("shelves never hold more than a node's storage, and what does not fit waits")
    func storage() throws {
        var world = TestWorld(days: 6, fronts: 0, ordersPerDay: 300, cover: 1.5).make()
        var volume: Int64 = 0
        for row in world.stock.rows where row.node == Node.Index(0) {
            volume += Int64(row.opening) * Int64(world.skus.volumes[row.sku.position])
        }
        world.network.nodes[0].storage = volume / 1_000
        world.inbound.limitsStorage = true
        let first = world.stock.rows.first { $0.node == Node.Index(0) } ?? world.stock.rows[0]
        world.stock.receipts = (0..<6).map {
            ScheduledReceipt(
                sku: first.sku, node: first.node, quantity: 60, due: Instant(seconds: Int64(3_600 + 7_200 * $0)))
        }
        world.afterSales.returnDelay = 300
        try world.validate()
        var run = Replication(Prepared(world), seed: 2, number: 0)
        var most: Int64 = 0
        for slice in 0..<run.sliceCount {
            run.step(slice)
            var used: Int64 = 0
            for row in 0..<run.stock.rows.count where run.stock.rows[row].node == 0 {
                used += Int64(run.stock.rows[row].book) * Int64(world.skus.volumes[Int(run.stock.rows[row].sku)])
            }
            most = max(most, used)
        }
        let limit = volume / 1_000 * 1_000
        #expect(most <= volume && most > limit / 2)
        #expect(run.flow.yardUnits[0] > 0)
    }

    @Test("neighbours give of their surplus only, and only where the node upstream has nothing")
    func lateral() throws {
        var world = TestWorld(days: 4, fronts: 3, ordersPerDay: 900, cover: 1).make()
        var rows = world.stock.rows
        for row in rows.indices {
            let kind = world.network.nodes[rows[row].node.position].kind
            if kind == .regional { rows[row].opening = 0; rows[row].orderUpTo = 0 }
            if kind == .front { rows[row].opening = rows[row].node == Node.Index(2) ? 400 : 0 }
            if kind == .front { (rows[row].reorderPoint, rows[row].orderUpTo) = (20, 40) }
        }
        world.stock = StockRows(skuCount: world.skus.count, rows: rows)
        let alone = try audited(world)
        world.replenishment.lateral = true
        let helped = try audited(world)
        #expect(alone.flow.lateral == 0 && helped.flow.lateral > 0)
        #expect(helped.flow.lateralUnits > 0)
    }

    @Test("levels follow demand that is twice the plan to twice their height, and stay when it is as planned")
    func rolling() throws {
        let world = forecasting(weight: 0.2)
        var forecast = Reforecast(world)
        let lines = SKULine.column(world)
        let demanded = FieldColumn(lines, \.demanded)
        let source = try #require(world.stock.rows.firstIndex { $0.sku.position == 0 && $0.supplier == 0 })
        let atFirst = forecast.levels(row: source, sku: 0, at: 0)
        let before = try #require(atFirst)
        for day in 1...30 {
            for sku in 0..<world.skus.count { demanded[sku] += sku == 0 ? 20 : 10 }
            forecast.look(demanded, at: Int64(day) * SliceGrid.microsecondsPerDay)
        }
        let (doubled, planned) = (forecast.rate(0), forecast.rate(1))
        #expect(abs(doubled - 2) < 0.03)
        #expect(abs(planned - 1) < 0.02)
        let atLast = forecast.levels(row: source, sku: 0, at: 31 * SliceGrid.microsecondsPerDay)
        let after = try #require(atLast)
        #expect(abs(after.law.mean / before.law.mean - 2) < 0.05)
        #expect(after.reorderPoint > before.reorderPoint)
    }

    /// A shop of which ten units a day are expected of every SKU, and thirty on the days 5 to 7.
    private func forecasting(weight: Double) -> World {
        var world = shop()
        let (rows, days) = (world.stock.rows, 40)
        let feed = Feed(
            source: .supplier(Supplier.Index(0)), leadTime: 2, leadTimeDeviation: 0, reviewPeriod: 1,
            unitCost: UnitPrice(units: 10_000), policy: .orderUpTo)
        var plan = RollingPlan(days: days, mean: [], deviation: [], rows: [])
        for row in rows {
            for day in 0..<days {
                let units: Float = row.supplier == 0 ? (5...7).contains(day) ? 30 : 10 : 0
                plan.mean.append(units)
                plan.deviation.append(units.squareRoot())
            }
            plan.rows.append(row.supplier == 0 ? RollingPlan.Row(feed: feed, target: .cycle(0.95)) : nil)
        }
        world.replenishment.rolling = plan
        world.replenishment.rollingWeight = weight
        return world
    }

    @Test("levels rise before the days of a promotion and fall again after them")
    func dated() throws {
        let world = forecasting(weight: 0.1)
        let forecast = Reforecast(world)
        let source = try #require(world.stock.rows.firstIndex { $0.sku.position == 0 && $0.supplier == 0 })
        func level(_ day: Int64) throws -> Int64 {
            let plan = forecast.levels(row: source, sku: 0, at: day * SliceGrid.microsecondsPerDay)
            return try #require(plan).orderUpTo
        }
        // Lead time 2 and a review: an order on day 5 covers days 5 to 7.
        let (early, peak, late) = (try level(0), try level(5), try level(9))
        #expect(early == late)
        #expect(peak > 2 * early)
    }

    @Test("a row ordered in lots gets whole lots, up to the first that lifts it above its reorder point")
    func lots() throws {
        var world = shop(days: 10)
        var rows = world.stock.rows
        for row in rows.indices where rows[row].supplier == 0 {
            rows[row].orderMultiple = 48
            rows[row].orderUpTo = rows[row].reorderPoint + 1
        }
        world.stock = StockRows(skuCount: world.skus.count, rows: rows)
        let result = try audited(world)
        var any = false
        for row in 0..<result.stock.flows.count where rows[row].supplier == 0 {
            #expect(result.stock.flows[row].received % 48 == 0)
            any = any || result.stock.flows[row].received > 0
        }
        #expect(any)
    }
}

/// Presale goods on their way to the buyers before the balance.
@Suite("Presale goods moved forward")
struct PresaleMoveTests {
    @Test("before the balance window goods go where deposits ask for them, and the hour is served from there")
    func moves() throws {
        var world = TestWorld(days: 4, fronts: 2, ordersPerDay: 600, cover: 6, paidShare: .one).make()
        world.replenishment.transferReviews = []
        world.replenishment.supplierReviews = []
        var rows = world.stock.rows
        for row in rows.indices where world.network.nodes[rows[row].node.position].kind != .central {
            rows[row].opening = 0
        }
        for row in rows.indices where world.network.nodes[rows[row].node.position].kind == .central {
            rows[row].opening = 5_000
        }
        world.stock = StockRows(skuCount: world.skus.count, rows: rows)
        // The regional warehouse takes from the centre what the presale asks for near it.
        world.promotions = [
            PromotionPlan(
                code: "PRE", effect: .presale(PresaleTerms(balanceBegins: .day * 2, balanceEnds: .day * 3)),
                begins: .start, ends: .day, scope: world.scope())
        ]
        func audited(_ world: World) throws -> Replication {
            try world.validate()
            var run = Replication(Prepared(world), seed: 4, number: 0)
            try run.run(meter: nil, isCancelled: { false })
            _ = try run.audit(isOver: true)
            return run
        }
        let still = try audited(world)
        world.replenishment.presaleMoves = .day
        let moved = try audited(world)
        let (none, units) = (still.flow.presaleUnits, moved.flow.presaleUnits)
        #expect(none == 0 && units > 0)
        let (before, after) = (still.counters.nodeParcels[1], moved.counters.nodeParcels[1])
        #expect(before == 0 && after > 0)
    }
}
