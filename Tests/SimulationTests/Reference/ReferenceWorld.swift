import NumericCore
import Retail

@testable import Simulation

/// Small worlds of every make, by number.
enum ReferenceWorld {
    static func make(_ number: UInt64) -> World {
        var draws = RandomStream(
            seed: number, stream: RandomStreamID.generator.rawValue, entity: entityHash("reference"), replication: 0)
        func pick<T>(_ choices: [T]) -> T { choices[draws.integer(below: choices.count)] }
        var shape = TestWorld(seed: number)
        shape.skus = 2 + draws.integer(below: 4)
        shape.days = pick([1, 1, 1, 2])
        shape.regions = 1 + draws.integer(below: 3)
        shape.fronts = draws.integer(below: 3)
        shape.stores = pick([0, 1])
        shape.ordersPerDay = Double(20 + draws.integer(below: 40))
        shape.basketsPerChannel = 6
        shape.linesPerBasket = pick([2, 2, 3])
        shape.cover = pick([0.3, 0.7, 1.5])
        shape.deduction = pick([.atOrder, .atPayment])
        shape.lag = pick([0, 30, 3_600])
        let half = Rate(partsPerMillion: 500_000)
        let sharings: [[StockSharing]] = [
            [.ratio(.one, buffer: 0), .ratio(.one, buffer: 1)], [.ratio(Rate(partsPerMillion: 600_000), buffer: 0)],
            [.ratio(.one, buffer: 0), .ratio(half, buffer: 0)],
        ]
        shape.sharing = pick(sharings)
        shape.siloed = draws.uniform() < 0.2
        shape.picksPerHour = pick([12, 60, 4_000])
        shape.secondsPerSlice = pick([[Int32](repeating: 3_600, count: 24), [Int32](repeating: 600, count: 24)])
        var world = shape.make()
        world.clock.drainDays = 3
        world.handling.clerks = 1 + draws.integer(below: 2)
        world.handling.automaticShare = Rate(partsPerMillion: pick([0, 500_000, 950_000]))
        world.afterSales.cancellationRate = Rate(partsPerMillion: pick([0, 100_000, 300_000]))
        world.routing.maximumParcels = 1 + draws.integer(below: 4)
        trade(&world, &draws)
        route(&world, &draws)
        work(&world, &draws)
        handle(&world, &draws)
        supply(&world, &draws)
        disturb(&world, &draws)
        share(&world, &draws)
        serve(&world, &draws)
        world.routing.keepsFronts = draws.uniform() < 0.4
        return world
    }

    /// Prices and promotions of every kind, some of them at a time.
    static func trade(_ world: inout World, _ draws: inout RandomStream) {
        func pick<T>(_ choices: [T]) -> T { choices[draws.integer(below: choices.count)] }
        func maybe(_ part: Double) -> Bool { draws.uniform() < part }
        let half = Rate(partsPerMillion: 500_000)
        let channels: [Channel.Index?] = [nil, nil, Channel.Index(0)]
        let skus = world.skus.count
        func add(_ code: String, _ effect: PromotionPlan.Effect, _ change: (inout PromotionPlan) -> Void = { _ in }) {
            let step = 1 + draws.integer(below: 3)
            let begins = Instant(seconds: Int64(pick([0, 0, 6, 12])) * 3_600)
            var plan = PromotionPlan(
                code: code, effect: effect, begins: begins,
                ends: begins + Instant(seconds: Int64(pick([4, 10, 24])) * 3_600), channel: pick(channels),
                scope: world.scope { $0 % step == 0 }, cap: nil,
                merchantShare: Rate(partsPerMillion: pick([1_000_000, 500_000, 333_333, 0])))
            if maybe(0.15) { plan.deduction = pick([.atOrder, .atDeposit, .atPayment]) }
            if maybe(0.15) { plan.timeOut = Instant(seconds: 600) }
            change(&plan)
            world.promotions.append(plan)
        }
        if maybe(0.4) { add("CUT", .priceCut(depth: Rate(partsPerMillion: 250_000))) { $0.uplift = 1.4 } }
        if maybe(0.3) { add("DEEP", .priceCut(depth: Rate(partsPerMillion: 333_333))) }
        for number in 0..<(maybe(0.5) ? 1 + draws.integer(below: 4) : 0) {
            let threshold = Amount(minor: pick([600, 1_500, 3_333]))
            add("SAVE\(number)", .spendAndSave(threshold: threshold, saving: Amount(minor: pick([77, 300, 501])))) {
                $0.stacking = pick(PromotionStacking.allCases)
                $0.times = pick([1, 1, 3])
                $0.heldBy = pick([.one, half])
                $0.perShop = maybe(0.3)
                if maybe(0.3) { $0.cap = Int64(3 + draws.integer(below: 10)) }
                if maybe(0.3) { $0.perCustomer = 1 }
            }
        }
        for number in 0..<(maybe(0.4) ? 1 + draws.integer(below: 2) : 0) {
            let gift = SKU.Index(draws.integer(below: skus))
            let threshold = Amount(minor: pick([0, 500, 2_000]))
            add("GIFT\(number)", .gift(threshold: threshold, sku: gift, quantity: Quantity(pick([1, 2])))) {
                if maybe(0.4) { $0.cap = Int64(2 + draws.integer(below: 12)) }
                if maybe(0.2) { $0.perCustomer = 1 }
            }
        }
        for number in 0..<(maybe(0.4) ? 1 + draws.integer(below: 2) : 0) {
            add("FLASH\(number)", .flashSale(depth: Rate(partsPerMillion: pick([200_000, 400_000])))) {
                if maybe(0.7) { $0.cap = Int64(2 + draws.integer(below: 25)) }
            }
        }
        for number in 0..<(maybe(0.5) ? 1 + draws.integer(below: 2) : 0) {
            let begins = Instant(seconds: Int64(pick([8, 13, 20])) * 3_600)
            let terms = PresaleTerms(
                depth: Rate(partsPerMillion: pick([0, 150_000])),
                deposit: Rate(partsPerMillion: pick([100_000, 333_333])),
                balanceBegins: begins, balanceEnds: begins + Instant(seconds: 3 * 3_600),
                balancePaid: Rate(partsPerMillion: 700_000), promisesReceipts: maybe(0.4))
            add("PRESALE\(number)", .presale(terms)) {
                $0.begins = .start
                $0.ends = begins
                if maybe(0.5) { $0.cap = Int64(5 + draws.integer(below: 40)) }
            }
        }
        if maybe(0.4) { world.customers.count = Int64(pick([3, 10])) }
        world.skus.shops = (0..<skus).map { Int32($0 % 2) }
        world.skus.shopNames = ["", "OTHER"]
        if maybe(0.3) {
            for sku in 0..<skus where maybe(0.5) {
                let list = world.skus.listPrices[sku].units
                world.prices.append(
                    PricePlan(
                        sku: SKU.Index(sku), price: UnitPrice(units: list * Int64(pick([8, 9, 11])) / 10),
                        channel: pick(channels), segment: pick([nil, Segment.Index(0)]),
                        minimumQuantity: Quantity(pick([1, 1, 3])),
                        begins: Instant(seconds: Int64(pick([0, 9])) * 3_600)))
            }
        }
        world.payment.withdrawn = pick([.zero, .zero, half])
    }

    /// How nodes are chosen, what they hold, and how goods come in.
    static func route(_ world: inout World, _ draws: inout RandomStream) {
        func pick<T>(_ choices: [T]) -> T { choices[draws.integer(below: choices.count)] }
        func maybe(_ part: Double) -> Bool { draws.uniform() < part }
        if maybe(0.2) { world.routing.rule = pick([.nearest, .fixed]) }
        world.routing.splitsWhenCheaper = maybe(0.6)
        world.routing.costPerSplit = UnitPrice(units: pick([0, 5_000]))
        if maybe(0.2) { world.routing.costPerLateDay = UnitPrice(units: 20_000) }
        if maybe(0.5) { world.routing.costOfImbalance = UnitPrice(units: pick([9_000, 60_000, 300_000])) }
        if maybe(0.3) { world.routing.markdownRisk = Rate(partsPerMillion: 200_000) }
        if maybe(0.2) { world.routing.maximumBacklog = Instant(seconds: 1_800) }
        world.routing.seesCarriers = maybe(0.3)
        if maybe(0.2) { world.routing.bulkySenders = [.central, .front] }
        if maybe(0.2) { world.routing.hazardousSenders = [.regional] }
        if maybe(0.4) { world.skus.handling = world.skus.handling.map { _ in pick([.normal, .bulky, .hazardous]) } }
        if maybe(0.3) { world.shipping.riders = 1 + draws.integer(below: 2) }
        if maybe(0.3) { world.carriers[0].hourlyCapacity = Int64(pick([3, 10])) }
        if maybe(0.3) { world.carriers[1].hourlyCapacity = Int64(pick([2, 5])) }
        if maybe(0.3) { world.inbound.dailyCapacity = Int64(pick([5, 60])) }
        if maybe(0.3) { world.inbound.putAway = Instant(seconds: 5_400) }
        world.inbound.limitsStorage = maybe(0.3)
        for node in world.network.nodes.indices where world.inbound.limitsStorage {
            let units = world.stock.rows.filter { $0.node.position == node }.reduce(0) { $0 + Int64($1.opening) }
            world.network.nodes[node].storage = pick([0, units + 2, units * 3 / 4 + 1])
        }
        if maybe(0.4) {
            world.owners = ["OURS", "THEIRS"]
            if maybe(0.5) { world.skus.shelfLives = world.skus.shelfLives.map { _ in Int32(pick([0, 0, 1, 30])) } }
            for row in world.stock.rows where maybe(0.5) && row.opening > 3 {
                var left = row.opening
                while left > 2 && maybe(0.8) {
                    let units = Quantity(1 + draws.integer(below: Int(left) / 2))
                    world.stock.lots.append(
                        LotPlan(
                            sku: row.sku, node: row.node, quantity: units,
                            expires: pick([nil, .start, Instant(seconds: 40_000), .day]),
                            owner: draws.integer(below: 2), isSecond: maybe(0.1) && !siloed(world)))
                    left -= units
                }
            }
        }
    }

    static func siloed(_ world: World) -> Bool {
        world.channels.contains { if case .quota = $0.sharing { true } else { false } }
    }

    /// How work is done in the nodes and on the road.
    static func work(_ world: inout World, _ draws: inout RandomStream) {
        func pick<T>(_ choices: [T]) -> T { choices[draws.integer(below: choices.count)] }
        func maybe(_ part: Double) -> Bool { draws.uniform() < part }
        if maybe(0.4) { world.fulfilment.shortPicks = Rate(partsPerMillion: pick([30_000, 200_000])) }
        if maybe(0.3) { world.fulfilment.waveInterval = Instant(seconds: 1_800) }
        if maybe(0.3) {
            world.fulfilment.zones = 4
            world.fulfilment.batchSize = 2
            world.fulfilment.zoneWalk = Instant(seconds: 45)
        }
        if maybe(0.5) { world.fulfilment.packTime = Instant(seconds: 300) }
        if maybe(0.4) { world.fulfilment.packStationsPerTen = pick([1, 5]) }
        if maybe(0.3) { world.network.nodes[0].packStations = 1 }
        if maybe(0.3) { world.network.nodes[1].dockCapacity = 7 }
        if maybe(0.3) { world.shipping.failedAttempts = Rate(partsPerMillion: 300_000) }
        if maybe(0.3) { world.afterSales.refusalRate = Rate(partsPerMillion: 100_000) }
    }
}
