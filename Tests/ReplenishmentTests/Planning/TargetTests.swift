import NumericCore
import Retail
import Testing

@testable import Replenishment

@Suite("What is promised") struct TargetTests {
    private func plan(
        _ target: ServiceTarget, mean: Double = 5, deviation: Double = 4, policy: PolicyKind = .orderUpTo,
        value: RowValue = RowValue()
    ) throws -> RowPlan {
        try RowPlan(
            daily: DailyDemand(mean: [mean], deviation: [deviation]),
            feed: Feed(
                source: .supplier(Supplier.Index(0)), leadTime: 6, leadTimeDeviation: 0, reviewPeriod: 7,
                unitCost: UnitPrice(units: 20_000), policy: policy),
            target: target, costs: InventoryCosts(), value: value)
    }

    private func value(shortage: Double, shelfLife: Int = 0, salvage: Double = 0) -> RowValue {
        var value = RowValue()
        (value.shortage, value.unitCost, value.shelfLife, value.salvage) = (shortage, 2, shelfLife, salvage)
        return value
    }

    @Test("the cost target is the newsvendor's critical ratio: brute force over levels", arguments: [0.05, 0.5, 3, 40])
    func cost(shortage: Double) throws {
        let row = try plan(.cost(0), value: value(shortage: shortage))
        // A unit held for a review period of seven days costs 2.00 x 25 % x 7 / 365.
        let holding = 2 * 0.25 * 7 / 365
        func cost(_ level: Int64) -> Double {
            Newsvendor.cost(Double(level), law: row.law, holding: holding, shortage: shortage)
        }
        let best = (0...400).map { Int64($0) }.min { cost($0) < cost($1) } ?? 0
        #expect(abs(row.orderUpTo - best) <= 1 && cost(row.orderUpTo) <= cost(best) + 1e-9)
        guard case .cost(let level) = row.target else {
            Issue.record("the target keeps its kind")
            return
        }
        #expect(agrees(level, row.law.cumulative(Double(row.orderUpTo))))
    }

    @Test(
        "goods that expire are held less, less so when they still bring something, and never bought beyond their life")
    func expiry() throws {
        let lasting = try plan(.cost(0), value: value(shortage: 3))
        let short = try plan(.cost(0), value: value(shortage: 3, shelfLife: 5))
        let salvaged = try plan(.cost(0), value: value(shortage: 3, shelfLife: 5, salvage: 1.9))
        #expect(short.orderUpTo < salvaged.orderUpTo && salvaged.orderUpTo <= lasting.orderUpTo)
        let lots = try plan(.cost(0), policy: .minMax, value: value(shortage: 3, shelfLife: 9))
        let long = try plan(.cost(0), policy: .minMax, value: value(shortage: 3))
        #expect(lots.lot <= 5 * 9 && lots.lot < long.lot)
    }

    @Test("whole lines of six ask for more than their units, and lines of one unit for as much")
    func lines() throws {
        for policy in PolicyKind.allCases {
            var value = RowValue()
            let units = try plan(.fill(0.95), policy: policy)
            #expect(try plan(.line(0.95), policy: policy, value: value).orderUpTo == units.orderUpTo)
            value.lines = [.init(units: 1, share: 1)]
            #expect(try plan(.line(0.95), policy: policy, value: value).orderUpTo == units.orderUpTo)
            value.lines = [.init(units: 6, share: 1)]
            let whole = try plan(.line(0.95), policy: policy, value: value)
            // The same demand in lines of six: a line is whole when its last unit is there.
            let asOften = try plan(.fill(0.95), policy: policy, value: value)
            #expect(whole.orderUpTo > units.orderUpTo && whole.orderUpTo > asOften.orderUpTo)
            #expect(whole.orderUpTo <= asOften.orderUpTo + 5, "\(policy): beside \(asOften.orderUpTo)")
        }
        #expect(throws: ReplenishmentError.self) { try plan(.line(1.2)) }
    }

    @Test("line sizes are counted net of what was cancelled; a SKU with few lines is like all")
    func sizes() {
        var orders = OrderHistory()
        for order in 0..<40 {
            orders.codes.append("O\(order)")
            orders.placed.append(CivilTime(Day(number: 15_000)))
            orders.channels.append(Channel.Index(0))
            orders.regions.append(Region.Index(0))
            orders.segments.append(nil)
            orders.lineSKUs.append(SKU.Index(0))
            orders.lineQuantities.append(order % 2 == 0 ? 2 : 7)
            orders.linePrices.append(.zero)
            orders.lineCancelled.append(order % 2 == 0 ? 0 : 3)
            orders.lineOffsets.append(order + 1)
        }
        let sizes = LineSizes(orders)
        #expect(sizes[SKU.Index(0)] == [.init(units: 2, share: 0.5), .init(units: 4, share: 0.5)])
        #expect(sizes[SKU.Index(5)] == sizes[SKU.Index(0)])
    }

    @Test("a SKU's own promise goes before its role's, its role's before its margin's")
    func order() {
        var policy = ServicePolicy(.cycle(0.9), byRole: [.image: .fill(0.8)])
        policy.byMargin = [.init(from: 0.5, target: .cycle(0.97)), .init(from: 0.2, target: .cycle(0.93))]
        var sku = SKU(code: "K", name: "K", listPrice: UnitPrice(units: 50_000), unitCost: UnitPrice(units: 20_000))
        #expect(policy.target(sku) == .cycle(0.97))
        sku.unitCost = UnitPrice(units: 38_000)
        #expect(policy.target(sku) == .cycle(0.93))
        sku.unitCost = UnitPrice(units: 49_000)
        #expect(policy.target(sku) == .cycle(0.9))
        sku.role = .image
        #expect(policy.target(sku) == .fill(0.8))
        sku.serviceLevel = Rate(partsPerMillion: 990_000)
        #expect(policy.target(sku) == .cycle(0.99))
    }

    @Test(
        "one goal for the assortment is reached with less money than the same promise for each SKU",
        arguments: PolicyKind.allCases)
    func assortment(policy: PolicyKind) throws {
        var world = SmallWorld(skuCount: 12)
        for at in world.skus.indices {
            world.supply[at].breaks[0].unitCost = UnitPrice(units: Int64(4_000 + 9_000 * (at % 5)))
        }
        let demand = world.demand(
            (0..<12).map { (sku: $0, node: 0, mean: 0.5 + Double($0), deviation: 1 + Double($0 % 4)) })
        let feeds = world.feeds(demand, policy: policy)
        func plan(_ service: ServicePolicy) throws -> StockPlan {
            try StockPlanner.plan(demand: demand, feeds: feeds, skus: world.skus, service: service)
        }
        func money(_ plan: StockPlan) -> Double {
            plan.targets.reduce(0) { sum, target in
                let level = policy.hasReorderPoint ? target.reorderPoint : target.orderUpTo
                let lot = policy.hasReorderPoint ? target.orderUpTo - target.reorderPoint : 0
                return sum + world.supply[target.sku.position].breaks[0].unitCost.major
                    * (Double(level) + 0.5 * Double(lot))
            }
        }
        func served(_ plan: StockPlan) -> Double {
            let demand = plan.targets.reduce(0) { $0 + $1.mean }
            return plan.targets.reduce(0) { $0 + $1.mean * $1.basis.service.level } / demand
        }
        let alike = try plan(ServicePolicy(.fill(0.96)))
        let split = try plan(ServicePolicy(.fill(0.96), assortment: AssortmentGoal(.service(0.96))))
        #expect(served(split) >= 0.96 - 1e-9 && money(split) < money(alike))
        let kept = try plan(ServicePolicy(.fill(0.96), assortment: AssortmentGoal(.budget(money(alike)))))
        #expect(money(kept) <= money(alike) + 1e-9 && served(kept) >= served(alike))
        let curve = try StockPlanner.curve(
            demand: demand, feeds: feeds, skus: world.skus, service: ServicePolicy(.fill(0.9)))
        #expect(zip(curve, curve.dropFirst()).allSatisfy { $0.investment <= $1.investment && $0.service <= $1.service })
    }

    @Test(
        "the part expected to expire is that of a simulated shelf, or somewhat more",
        arguments: [(5.0, 1.0, 3, 1), (5, 2, 7, 2), (2, 3, 14, 3), (20, 2, 5, 2)])
    func waste(mean: Double, dispersion: Double, life: Int, lead: Int) throws {
        let deviation = (mean * dispersion).squareRoot()
        let shelf = try Perishable(
            law: DemandLaw.choose(mean: mean, variance: mean * dispersion), shelfLife: life, leadTime: lead,
            issue: .oldestFirst, holding: 1, shortage: 5, waste: 2)
        for share in [0.5, 0.8, 0.95, 0.99, 0.9999] {
            var chooser = LawChooser()
            let basis = try RowBasis(
                daily: DailyDemand(mean: [mean], deviation: [deviation]),
                feed: Feed(
                    source: .supplier(Supplier.Index(0)), leadTime: Double(lead), leadTimeDeviation: 0, reviewPeriod: 1,
                    unitCost: UnitPrice(units: 20_000), policy: .orderUpTo),
                target: .cycle(share), costs: InventoryCosts(), value: value(shortage: 5, shelfLife: life),
                chooser: &chooser)
            let level = try basis.plan().orderUpTo
            let expected = try #require(basis.waste(level))
            let simulated = shelf.evaluate(level: Int(level)).wasteRate
            #expect(
                expected > 0.8 * simulated - 0.001 && expected < 2.2 * simulated + 0.003,
                "\(share): \(expected) \(simulated)")
        }
        #expect(try plan(.cycle(0.95), value: value(shortage: 5)).orderUpTo > 0)
    }

    @Test("what a review finds below the reorder point is that of a week, whatever day of it the plan is made on")
    func undershoot() {
        let week = [0.0, 12, 30, 30, 30, 30, 40]
        let daily = DailyDemand(mean: week, deviation: week.map { (3 * $0).squareRoot() })
        let first = Undershoot.moments(daily, from: 0, review: 1, window: 7)
        for day in 1..<7 {
            let other = Undershoot.moments(daily, from: day, review: 1, window: 7)
            #expect(agrees(other.mean, first.mean, 1e-9) && agrees(other.variance, first.variance, 1e-9))
        }
        // E[D (D - 1)] / 2 E[D] over all days: a day counts by its demand.
        let second = week.reduce(0) { $0 + 3 * $1 + $1 * $1 }
        let sum = week.reduce(0, +)
        #expect(agrees(first.mean, (second - sum) / (2 * sum), 1e-9))
    }

    @Test(
        "where a lot is a few reviews of steady demand, orders keep a rhythm: 8,000 orders played",
        arguments: [
            (840.0, 71.0, 936), (140, 12, 383), (140, 12, 139), (140, 12, 150), (20, 4.5, 37), (7, 1.5, 3),
            (7, 1.2, 31),
        ])
    func rhythm(mean: Double, deviation: Double, lot: Int) {
        let daily = DailyDemand(mean: [mean], deviation: [deviation])
        let law = daily.cumulative(span: 1).law
        var random = draws("rhythm \(lot)", 1)
        let count = 8_000
        var (sum, squares) = (0.0, 0.0)
        for _ in 0..<count {
            var fallen = 0.0
            while fallen < Double(lot) { fallen += max(0, law.quantile(random.uniform()).rounded()) }
            sum += fallen - Double(lot)
            squares += (fallen - Double(lot)) * (fallen - Double(lot))
        }
        let played = sum / Double(count)
        let spread = max(0, squares / Double(count) - played * played).squareRoot()
        let below = Undershoot.moments(daily, from: 0, review: 1, window: 7, lot: Int64(lot))
        let error = 4 * spread / Double(count).squareRoot() + 0.02 * mean
        #expect(abs(below.mean - played) < error, "\(below.mean), \(played)")
        #expect(abs(below.variance.squareRoot() - spread) < error, "\(below.variance.squareRoot()), \(spread)")
    }
}
