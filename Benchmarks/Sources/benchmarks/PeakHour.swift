import Foundation
import NumericCore
import Retail
import Simulation

/// A made-up world of the peak hour of Double 11, of any size: 20:00 to 21:00 with the spike of balances falling due,
/// the mix of a real day (unpaid, cancelled, returned, split and short-picked orders), two lots on every shelf, finite
/// stock and carrier capacity, and two savings that stack upon price cuts.
struct PeakHour {
    var orders = 20_000_000.0
    var skus = 100_000
    var nodes = 60
    var channels = 12
    var seed: UInt64 = 11

    private static let regions = 31
    private static let zones = ["near", "middle", "far"]

    func world() -> World {
        var random = RandomStream(
            seed: seed, stream: RandomStreamID.generator.rawValue, entity: entityHash("peak hour"), replication: 0)
        let network = self.network(&random)
        let carriers = self.carriers(network)
        let goods = self.goods(&random)
        let demand = self.demand(&random)
        let stock = self.stock(network, demand, &random)
        var world = World(
            name: "peak hour", currency: .cny,
            clock: SimulationClock(
                start: Day(number: 20_767), days: 1,
                secondsPerSlice: (0..<24).map { $0 == 20 ? 1 : $0 == 21 ? 10 : 60 }, drainDays: 60),
            skus: SKUColumns(goods), segments: segments, channels: shops(), network: network, carriers: carriers,
            delivery: DeliveryTable(network: network, rates: rates()), stock: stock, demand: demand,
            promotions: [],
            handling: HandlingPlan(
                automaticShare: Rate(partsPerMillion: 990_000), clerks: 3_000, opens: 0, closes: 0,
                remarks: Rate(partsPerMillion: 5_000)),
            fulfilment: FulfilmentPlan(
                waveInterval: .minute * 15, batchSize: 8, zones: 12, zoneWalk: Instant(seconds: 20),
                packTime: Instant(seconds: 25), shortPicks: Rate(partsPerMillion: 50_000)),
            shipping: ShippingPlan(
                shipWithin: .day * 2, lateShippingCompensation: Amount(minor: 500),
                failedAttempts: Rate(partsPerMillion: 20_000)),
            afterSales: AfterSalesPlan(
                cancellationRate: Rate(partsPerMillion: 70_000), cancellationDelay: .hour,
                returnDelay: 6, returnDelayDeviation: 3),
            costs: CostPlan(vat: Rate(partsPerMillion: 130_000)))
        world.promotions = promotions(world.skus.count)
        return world
    }

    private var segments: [Segment] {
        [
            ("new", 150_000, 260_000), ("active", 450_000, 190_000), ("member", 300_000, 150_000),
            ("dormant", 100_000, 220_000),
        ]
        .map { code, share, returns in
            Segment(
                code: code, name: code, share: Rate(partsPerMillion: Int64(share)),
                returnRate: Rate(partsPerMillion: Int64(returns)))
        }
    }

    private func shops() -> [ChannelPlan] {
        (0..<channels).map { c in
            ChannelPlan(
                channel: Channel(
                    code: "CH\(c)", name: "CH\(c)", kind: .own, commission: Rate(partsPerMillion: 50_000),
                    paymentFee: Rate(partsPerMillion: 6_000), synchronisationLag: c % 3 == 0 ? 30 : 0,
                    paidShare: Rate(partsPerMillion: 855_000)),
                sharing: .ratio(.one, buffer: 0),
                deduction: c % 4 == 3 ? .atPayment : .atOrder,
                askedTiers: [0, 50_000, 350_000, 600_000].map { Rate(partsPerMillion: $0) })
        }
    }

    private func promotions(_ count: Int) -> [PromotionPlan] {
        func scope(_ isIn: (Int) -> Bool) -> BitMask {
            var mask = BitMask(count: count)
            for sku in 0..<count { mask[sku] = isIn(sku) }
            return mask
        }
        let (begins, ends) = (Instant.hour * 20, Instant.day)
        return [
            PromotionPlan(
                code: "CUT", effect: .priceCut(depth: Rate(partsPerMillion: 200_000)), begins: begins, ends: ends,
                scope: scope { $0 % 3 != 0 }),
            PromotionPlan(
                code: "FLASH", effect: .flashSale(depth: Rate(partsPerMillion: 400_000)), begins: begins, ends: ends,
                scope: scope { $0 % 97 == 0 }, cap: Int64(orders / 100)),
            PromotionPlan(
                code: "SAVE", effect: .spendAndSave(threshold: Amount(minor: 5_000), saving: Amount(minor: 600)),
                begins: begins, ends: ends, scope: scope { _ in true }, stacking: .shop),
            PromotionPlan(
                code: "PLATFORM", effect: .spendAndSave(threshold: Amount(minor: 10_000), saving: Amount(minor: 1_500)),
                begins: begins, ends: ends, scope: scope { _ in true }, merchantShare: Rate(partsPerMillion: 300_000),
                stacking: .platform),
        ]
    }

    private func network(_ random: inout RandomStream) -> Network {
        let regions = (0..<Self.regions).map { r in
            Region(
                code: "P\(r)", name: "P\(r)",
                location: Coordinate(latitude: 22 + 22 * random.uniform(), longitude: 100 + 22 * random.uniform()),
                tier: 2, population: 40_000_000, zone: Self.zones[r % 3], isExport: false)
        }
        // Each node does its part of the work within two days, in the proportion of its kind.
        let hourly = orders * 1.4 / Double(nodes) / 24
        let nodes = (0..<nodes).map { n in
            let isCentral = n < max(1, self.nodes / 10)
            let centre = regions[n % regions.count].location
            return Node(
                code: "N\(n)", name: "N\(n)", kind: isCentral ? .central : .regional,
                location: Coordinate(
                    latitude: centre.latitude + random.uniform() - 0.5,
                    longitude: centre.longitude + random.uniform() - 0.5),
                picksPerHour: Int32(hourly * (isCentral ? 3 : 1.2)) + 10, stations: 64, opens: 0, closes: 0,
                fixedCostPerDay: Amount(minor: 1_000_000), costPerLine: UnitPrice(units: 8_000 + 100 * Int64(n % 30)))
        }
        return Network(nodes: nodes, regions: regions, roadFactor: 1.3, radius: 30)
    }

    private func carriers(_ network: Network) -> [Carrier] {
        (0..<6).map { c in
            Carrier(
                code: "C\(c)", name: "C\(c)", dailyCapacity: Int64(orders / (c < 2 ? 40 : 9)),
                cutOff: (18 + Int32(c % 4)) * 3_600)
        }
    }

    private func rates() -> [RateCard] {
        var cards: [RateCard] = []
        for (z, zone) in Self.zones.enumerated() {
            for c in 0..<6 {
                let tier: ServiceTier = c == 0 ? .sameDay : c < 3 ? .nextDay : .standard
                let price = Int64([150_000, 110_000, 100_000, 70_000, 60_000, 55_000][c] + z * 20_000)
                cards.append(
                    RateCard(
                        carrier: Carrier.Index(c), zone: zone, tier: tier, firstWeight: 1_000,
                        firstPrice: UnitPrice(units: price), stepWeight: 1_000, stepPrice: UnitPrice(units: price / 4),
                        transit: [4, 14, 18, 40, 55, 70][c] + Double(z) * 6, transitDeviation: 8))
            }
        }
        return cards
    }

    private func goods(_ random: inout RandomStream) -> [SKU] {
        (0..<skus).map { k in
            let cost = Int64(20_000 + random.integer(below: 1_500_000))
            return SKU(
                code: "S\(k)", name: "S\(k)", categories: ["C\(k % 24)", "", ""],
                weight: Int32(80 + random.integer(below: 1_500)), listPrice: UnitPrice(units: cost * 2),
                unitCost: UnitPrice(units: cost))
        }
    }

    /// Popularity falls as the rank to the power of -0.8: the first hundredth of the SKUs has some 40 % of the sales.
    private func demand(_ random: inout RandomStream) -> DemandPlan {
        var sums: [Double] = []
        var sum = 0.0
        for k in 0..<skus {
            sum += pow(Double(k + 10), -0.8)
            sums.append(sum)
        }
        func sku() -> SKU.Index {
            let target = random.uniform() * sum
            var (low, high) = (0, skus - 1)
            while low < high {
                let middle = (low + high) / 2
                if sums[middle] < target { low = middle + 1 } else { high = middle }
            }
            return SKU.Index(low)
        }
        let perChannel = max(2_000, skus / 2)
        let baskets = (0..<channels).map { _ in
            (0..<perChannel).map { _ -> [(sku: SKU.Index, quantity: Quantity)] in
                let u = random.uniform()
                let lines = u < 0.72 ? 1 : u < 0.90 ? 2 : u < 0.97 ? 3 : 4
                return (0..<lines).map { _ in (sku(), random.uniform() < 0.9 ? 1 : 2) }
            }
        }
        let minutes = (0..<DemandPlan.minutesPerDay).map { (minute: Int) -> Double in
            guard minute >= 1_200 && minute < 1_260 else { return 0 }
            let t = Double(minute - 1_200)
            let fast: Double = 20 * exp(-t / 1.5)
            let slow: Double = 3 * exp(-t / 40)
            return 0.5 + fast + slow
        }
        return DemandPlan(
            orders: (0..<channels * Self.regions).map { cell in
                let share = cell / Self.regions == 0 ? 0.3 : 0.7 / Double(max(1, channels - 1))
                return orders * (channels == 1 ? 1 : share) / Double(Self.regions)
            }, shape: (0..<channels).flatMap { _ in minutes }, baskets: BasketBook(baskets),
            basketWeights: [Double](repeating: 1, count: channels * perChannel),
            multipliers: [Float](repeating: 1, count: channels * skus))
    }

    /// Each SKU lies at four to six nodes; together they hold a little more than is asked for, not everywhere.
    private func stock(_ network: Network, _ demand: DemandPlan, _ random: inout RandomStream) -> StockRows {
        var units = [Double](repeating: 0, count: skus)
        for channel in 0..<channels {
            let total = (0..<Self.regions).reduce(0.0) { $0 + demand.orders[channel * Self.regions + $1] }
            let perBasket = demand.unitsPerBasket(channel: channel, day: 0, skuCount: skus)
            for k in 0..<skus { units[k] += perBasket[k] * total }
        }
        var rows: [StockRow] = []
        var lots: [LotPlan] = []
        for k in 0..<skus {
            let places = min(nodes, 4 + random.integer(below: 3))
            var chosen: [Int] = []
            while chosen.count < places {
                let node = random.integer(below: nodes)
                if !chosen.contains(node) { chosen.append(node) }
            }
            for node in chosen {
                let level = units[k] * (0.75 + 0.5 * random.uniform()) / Double(places) + 0.5
                rows.append(
                    StockRow(
                        sku: SKU.Index(k), node: Node.Index(node), opening: Quantity(level),
                        reorderPoint: Quantity(level / 3), orderUpTo: Quantity(level), leadTime: 3,
                        leadTimeDeviation: 1))
                // The older half goes first.
                let older = Quantity(level) / 2
                for (days, quantity) in [(120, older), (300, Quantity(level) - older)] {
                    lots.append(
                        LotPlan(
                            sku: SKU.Index(k), node: Node.Index(node), quantity: quantity,
                            expires: .day * Int64(days)))
                }
            }
        }
        return StockRows(skuCount: skus, rows: rows, lots: lots)
    }
}
