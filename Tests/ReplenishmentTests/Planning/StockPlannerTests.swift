import NumericCore
import Replenishment
import Retail
import Testing

@Suite("Stock plans") struct StockPlannerTests {
    private func plan(
        mean: Double, deviation: Double, lead: Double = 6, spread: Double = 1, review: Int = 7,
        service: ServiceTarget = .cycle(0.95), minimum: Int64 = 1, multiple: Int64 = 1, policy: PolicyKind = .minMax
    ) throws -> RowPlan {
        try RowPlan(
            daily: DailyDemand(mean: [mean], deviation: [deviation]),
            feed: Feed(
                source: .supplier(Supplier.Index(0)), leadTime: lead, leadTimeDeviation: spread, reviewPeriod: review,
                minimumQuantity: minimum, orderMultiple: multiple, unitCost: UnitPrice(units: 20_000), policy: policy),
            target: service, costs: InventoryCosts())
    }

    @Test("the promised service is reached, and one unit less would break the promise", arguments: 0..<120)
    func promiseIsTight(seed: Int) throws {
        var random = draws("promise", seed)
        let mean = 0.02 + 30 * random.uniform() * random.uniform()
        let deviation = (mean * (0.5 + 6 * random.uniform())).squareRoot()
        let share = 0.6 + 0.399 * random.uniform()
        let policy = PolicyKind.allCases[seed % PolicyKind.allCases.count]
        let service: ServiceTarget = seed % 4 < 2 ? .cycle(share) : .fill(share)
        let row = try plan(mean: mean, deviation: deviation, service: service, policy: policy)
        // Under (R, s, S) the lead time (6 days, one early or late) and the undershoot of a week's demand, by its moments.
        let days = policy.isContinuous ? 1.0 / 24 : 7
        let week = (mean: days * mean, variance: days * deviation * deviation)
        // Where a lot is a few weeks of steady demand, orders keep a rhythm, which has a test of its own.
        if policy.hasReorderPoint, !policy.isInLots,
            Double(row.lot) * week.variance < 0.3 * week.mean * week.mean * week.mean
        {
            return
        }
        let second = week.variance + week.mean * week.mean
        let skew = max(0, week.variance * (2 * week.variance / week.mean - 1))
        let third = week.mean * week.mean * week.mean + 3 * week.mean * week.variance + skew
        let below = max(0, (second - week.mean) / (2 * week.mean))
        let square = max(0, (2 * third - 3 * second + week.mean) / (6 * week.mean))
        let lead = (mean: 6 * mean, variance: 6 * deviation * deviation + mean * mean)
        let protection = DemandLaw.choose(
            mean: lead.mean + below, variance: lead.variance + max(0, square - below * below))
        let overLead = DemandLaw.choose(mean: lead.mean, variance: lead.variance)
        func reached(_ level: Int64) -> Double {
            switch (service, policy.hasReorderPoint) {
            case (.cycle, true): return protection.cumulative(Double(level))
            case (.cycle, false): return row.law.cumulative(Double(level))
            case (.fill, true):
                let short = protection.loss(Double(level)) - overLead.loss(Double(level + row.lot))
                return 1 - max(0, short) / (Double(row.lot) + below)
            case (.fill, false):
                return OrderUpToLevel.fillRate(Double(level), overLeadTime: overLead, overLeadTimeAndReview: row.law)
            case (.line, _), (.cost, _): return .nan
            }
        }
        let level = policy.hasReorderPoint ? row.reorderPoint : row.orderUpTo
        #expect(reached(level) >= share - 1e-9, "seed \(seed)")
        if level > 0 { #expect(reached(level - 1) < share, "seed \(seed)") }
    }

    @Test(
        "more service, more spread, a longer or less certain lead time never lower the reorder point",
        arguments: 0..<60)
    func monotone(seed: Int) throws {
        var random = draws("monotone", seed)
        // Above its own quantile a law's spread pushes the level up; far below half it may not.
        let mean = 1 + 40 * random.uniform()
        let deviation = (mean * (1.5 + 3 * random.uniform())).squareRoot()
        let base = try plan(mean: mean, deviation: deviation).reorderPoint
        #expect(try plan(mean: mean, deviation: deviation, service: .cycle(0.98)).reorderPoint >= base, "seed \(seed)")
        #expect(try plan(mean: mean, deviation: deviation, lead: 8).reorderPoint >= base, "seed \(seed)")
        #expect(try plan(mean: mean, deviation: deviation, spread: 2).reorderPoint >= base, "seed \(seed)")
        // Under (R, s, S) more spread may break a rhythm that has every order come late, and lower the point.
        let upTo = try plan(mean: mean, deviation: deviation, policy: .orderUpTo).orderUpTo
        #expect(
            try plan(mean: mean, deviation: deviation * 1.5, policy: .orderUpTo).orderUpTo >= upTo, "seed \(seed)")
        #expect(try plan(mean: mean, deviation: deviation, review: 21).reorderPoint >= base, "seed \(seed)")
    }

    @Test("a supplier's minimum enters the reorder point: larger orders leave fewer moments at risk")
    func minimumCounts() throws {
        let free = try plan(mean: 5, deviation: 4, service: .fill(0.98))
        let bound = try plan(mean: 5, deviation: 4, service: .fill(0.98), minimum: 2_000, multiple: 144)
        #expect(bound.lot == 2_016)
        #expect(bound.reorderPoint < free.reorderPoint)
        #expect(bound.orderUpTo == bound.reorderPoint + 2_016)
    }

    @Test("a supplier's lead time enters the reorder point")
    func leadTimeCounts() throws {
        #expect(try plan(mean: 5, deviation: 3, lead: 30).reorderPoint >= 5 * 37)
    }

    @Test("nothing is held where nothing is expected, and nothing is ordered for it")
    func noDemand() throws {
        for policy in PolicyKind.allCases {
            let row = try plan(mean: 0, deviation: 0, policy: policy)
            #expect(row.orderUpTo == 0 && row.safetyStock == 0)
            let rule = PolicyParameters(reorderPoint: row.reorderPoint, orderUpTo: row.orderUpTo)
            #expect(rule.order(position: 0) == 0)
        }
    }

    @Test("the reorder point is expected demand plus safety stock, to the unit")
    func identity() throws {
        let row = try plan(mean: 7.3, deviation: 5)
        #expect(row.reorderPoint == row.safetyStock + Int64(row.law.mean.rounded()))
        let upTo = try plan(mean: 7.3, deviation: 5, policy: .orderUpTo)
        #expect(upTo.orderUpTo == upTo.safetyStock + Int64(upTo.law.mean.rounded()))
    }

    @Test("roles get the service they were promised; nodes below are fed by transfer, without a lot")
    func rolesAndTransfers() throws {
        var world = SmallWorld(skuCount: 2)
        world.skus[1].role = .destination
        let demand = world.demand([(0, 0, 9, 5), (1, 0, 9, 5), (0, 2, 3, 2)])
        let plan = try StockPlanner.plan(
            demand: demand, feeds: world.feeds(demand), skus: world.skus,
            service: ServicePolicy(.cycle(0.9), byRole: [.destination: .cycle(0.99)]))
        #expect(plan.targets.map(\.sku.position) == [0, 0, 1])
        #expect(plan.targets[2].reorderPoint > plan.targets[0].reorderPoint)
        #expect(plan.targets[1].reorderPoint == plan.targets[1].orderUpTo - 1)
    }

    @Test("targets outside 0...1, bad lead times, columns of other lengths and bad demand are named")
    func badInput() {
        #expect(throws: ReplenishmentError.self) { try plan(mean: 1, deviation: 1, service: .cycle(1)) }
        #expect(throws: ReplenishmentError.self) { try plan(mean: 1, deviation: 1, service: .fill(.nan)) }
        #expect(throws: ReplenishmentError.self) { try plan(mean: 0, deviation: 0, service: .fill(98)) }
        #expect(throws: ReplenishmentError.self) { try plan(mean: 1, deviation: 1, lead: -1) }
        #expect(throws: ReplenishmentError.self) { try plan(mean: 1, deviation: 1, spread: .infinity) }
        let world = SmallWorld()
        var demand = world.demand([(0, 0, 1, 1)])
        #expect(throws: ReplenishmentError.shape(what: "feeds", count: 0, expected: 1)) {
            try StockPlanner.plan(demand: demand, feeds: [], skus: world.skus, service: ServicePolicy(.fill(0.9)))
        }
        demand.mean[5] = -3
        #expect(throws: ReplenishmentError.demand(sku: "#0", node: 0, day: 5, value: -3)) {
            try StockPlanner.plan(
                demand: demand, feeds: world.feeds(demand), skus: world.skus, service: ServicePolicy(.fill(0.9)))
        }
    }

    @Test("an order is at least the minimum and a multiple, and never comes without need", arguments: 0..<300)
    func rule(seed: Int) {
        var random = draws("rule", seed)
        let s = Int64(random.integer(below: 60))
        let rule = PolicyParameters(
            reorderPoint: s, orderUpTo: s + Int64(random.integer(below: 80)),
            minimumQuantity: Int64(1 + random.integer(below: 90)), orderMultiple: Int64(1 + random.integer(below: 25)))
        for position in -20...Int64(150) {
            let order = rule.order(position: position)
            if position > rule.reorderPoint || position >= rule.orderUpTo {
                #expect(order == 0, "seed \(seed)")
            } else {
                #expect(order >= rule.minimumQuantity && order % rule.orderMultiple == 0, "seed \(seed)")
                #expect(position + order >= rule.orderUpTo, "seed \(seed)")
                #expect(
                    order - rule.orderMultiple < max(rule.minimumQuantity, rule.orderUpTo - position), "seed \(seed)")
            }
        }
    }

    @Test("a week in which next to nothing is expected does not make the reorder point absurd")
    func quietWeek() throws {
        let quiet = [Double](repeating: 1e-9, count: 7) + [Double](repeating: 6, count: 40)
        let feed = Feed(
            source: .supplier(Supplier.Index(0)), leadTime: 12, leadTimeDeviation: 3.6, reviewPeriod: 7,
            unitCost: UnitPrice(units: 100_000), policy: .minMax)
        func point(_ mean: [Double]) throws -> Int64 {
            try RowPlan(
                daily: DailyDemand(mean: mean, deviation: mean.map { _ in 2.5 }), feed: feed, target: .cycle(0.95),
                costs: InventoryCosts()
            ).reorderPoint
        }
        // Less is asked for within the lead time than without the quiet week; what a review finds missing is bounded.
        let (found, usual) = (try point(quiet), try point(quiet.map { max($0, 6) }))
        #expect(found < 2 * usual, "\(found) beside \(usual)")
    }
}
