import Foundation
import NumericCore
import Retail

/// The orders that ask for the hour, followed in expectation through opening hours, shelves, review, stations and the
/// road, as the simulator's stages follow each one.
///
/// Regions with the same front warehouses in reach are a group. Whether a basket is whole is asked of every basket of the
/// book; what lies on the shelves comes from `StockProjection`, which is asked again once it is known which baskets the
/// shelves really serve.
struct HourModel {
    let prepared: Prepared
    let world: World
    let days: Int
    /// Orders a channel, region and day, luck included.
    let orders: [Double]
    let groups: [Group]
    let luck: DemandLuck?
    /// Factor of promotions on the units of an article, channels x days x SKUs: what they sell beyond, for the part of the
    /// day's orders that come while they run.
    private var uplifts: [Double]
    let parcel: Parcel
    /// Stretches of a day in which shelves are taken to be alike.
    static let stretches = 8

    /// Regions that the same front warehouses reach, in the order in which these are chosen.
    struct Group {
        var fronts: [Int]
        var regions: [Int]
    }

    init(_ prepared: Prepared, luck: DemandLuck?) {
        (self.prepared, self.luck) = (prepared, luck)
        world = prepared.world
        let (regions, days, planned) = (prepared.regionCount, prepared.world.clock.days, prepared.world.demand.orders)
        self.days = days
        orders = planned.indices.map { cell in
            let (channel, day) = (cell / days / regions, cell % days)
            return planned[cell] * (luck?.orders[channel * days + day] ?? 1)
        }
        uplifts = Self.uplifts(prepared)
        parcel = Parcel(prepared)
        var places: [[Int]: Int] = [:]
        var groups: [Group] = []
        for region in 0..<regions {
            let fronts = Self.fronts(prepared, parcel, region)
            if fronts.isEmpty { continue }
            if let place = places[fronts] {
                groups[place].regions.append(region)
            } else {
                places[fronts] = groups.count
                groups.append(Group(fronts: fronts, regions: [region]))
            }
        }
        self.groups = groups
    }

    func promise() -> HourPromise {
        var result = HourPromise()
        for cell in orders { result.orders += cell }
        if groups.isEmpty { return result }
        var fills = BasketFill(self, shelves: nil)
        for _ in 0..<2 { fills = BasketFill(self, shelves: HourShelves(self, fills)) }
        HourFlow(self, fills).add(to: &result)
        return result
    }

    // MARK: Shared by the steps

    /// Orders of a group that ask for the hour.
    func asked(_ group: Int, channel: Int, day: Int) -> Double {
        let share = world.channels[channel].askedTiers[0].fraction
        return groups[group].regions.reduce(0) {
            $0 + share * orders[(channel * prepared.regionCount + $1) * days + day]
        }
    }

    /// Factor on a line's quantity.
    func factor(channel: Int, day: Int, sku: Int) -> Double {
        let cell = (channel * days + day) * prepared.skuCount + sku
        return Double(world.demand.multipliers[cell]) * Double(luck?.units[cell] ?? 1) * uplifts[cell]
    }

    private static func uplifts(_ prepared: Prepared) -> [Double] {
        let (world, days, skus) = (prepared.world, prepared.world.clock.days, prepared.skuCount)
        var result = [Double](repeating: 1, count: prepared.channelCount * days * skus)
        for promotion in world.promotions where promotion.uplift != 1 {
            for channel in 0..<prepared.channelCount
            where promotion.channel == nil || promotion.channel == Channel.Index(channel) {
                for day in 0..<days {
                    let part = (0..<DemandPlan.minutesPerDay).reduce(0.0) { sum, minute in
                        let time = Int64(day * DemandPlan.minutesPerDay + minute) * 60_000_000
                        guard time >= promotion.begins.microseconds, time < promotion.ends.microseconds else {
                            return sum
                        }
                        return sum + prepared.shape[(channel * days + day) * DemandPlan.minutesPerDay + minute]
                    }
                    guard part > 0 else { continue }
                    let base = (channel * days + day) * skus
                    for sku in 0..<skus where promotion.scope[sku] {
                        result[base + sku] *= 1 + (promotion.uplift - 1) * part
                    }
                }
            }
        }
        return result
    }

    /// Part of a channel's day's orders in each minute.
    func shape(channel: Int, day: Int, minute: Int) -> Double {
        prepared.shape[(channel * days + day) * DemandPlan.minutesPerDay + minute]
    }

    /// Part of a channel's day's orders in each stretch.
    func stretchShare(channel: Int, day: Int, stretch: Int) -> Double {
        let length = DemandPlan.minutesPerDay / Self.stretches
        return (stretch * length..<(stretch + 1) * length).reduce(0) {
            $0 + shape(channel: channel, day: day, minute: $1)
        }
    }

    /// Whether a node's shift is on at a minute of a day.
    func isOpen(_ node: Int, minute: Int) -> Bool {
        let (opens, closes) = (Int(world.network.nodes[node].opens), Int(prepared.shiftEnds[node]))
        return opens == closes || (minute * 60 >= opens && minute * 60 < closes)
    }

    /// Part of a channel's buyers who pay before the time-out.
    func paidShare(_ channel: Int) -> Double {
        let plan = world.channels[channel]
        let limit = plan.timeOut.microseconds
        let inTime = Self.points.reduce(0.0) {
            $0 + (world.payment.lag.quantile($1) * 1e6 < Double(limit) ? 1 : 0)
        }
        return plan.channel.paidShare.fraction * inTime / Double(Self.points.count)
    }

    /// Middles of equal parts of a law.
    static let points = (0..<200).map { (Double($0) + 0.5) / 200 }

    /// Front warehouses that reach a region, the cheapest first.
    private static func fronts(_ prepared: Prepared, _ parcel: Parcel, _ region: Int) -> [Int] {
        let world = prepared.world
        return (Int(prepared.frontOffsets[region])..<Int(prepared.frontOffsets[region + 1])).map {
            let node = Int(prepared.frontNodes[$0])
            return (cost: parcel.cost(world, from: node, to: region, asked: .oneHour), node: node)
        }.sorted { ($0.cost, $0.node) < ($1.cost, $1.node) }.map(\.node)
    }

    /// The mean parcel, by which nodes are compared.
    struct Parcel {
        private let grams: Int64
        private let lines: Double

        init(_ prepared: Prepared) {
            let (world, book) = (prepared.world, prepared.baskets)
            var (orders, lines, weight) = (0.0, 0.0, 0.0)
            for channel in 0..<prepared.channelCount {
                for template in book.templates(channel) {
                    let share = world.demand.basketWeights[template]
                    orders += share
                    for line in book.lines(template) {
                        lines += share
                        let grams = Double(world.skus.weights[book.skus[line].position])
                        weight += share * grams * Double(book.quantities[line])
                    }
                }
            }
            grams = orders > 0 ? Int64(min(weight / orders, 1e9)) : 1_000
            self.lines = orders > 0 ? lines / orders : 1
        }

        /// What it costs from a node, ten-thousandths: by the tier asked for or a faster one, or else the next slower,
        /// never by the hour unless that is asked for.
        func cost(_ world: World, from node: Int, to region: Int, asked: ServiceTier) -> Double {
            let options = world.delivery.options(Node.Index(node), Region.Index(region)).filter {
                ($0.tier == .oneHour) == (asked == .oneHour)
            }
            let quick = options.filter { $0.tier.number <= asked.number }
            let slower = options.map(\.tier.number).min() ?? 0
            let offers = quick.isEmpty ? options.filter { $0.tier.number == slower } : quick
            guard let best = offers.min(by: { $0.price(grams: grams) < $1.price(grams: grams) }) else {
                return .infinity
            }
            let routing = world.routing
            return Double(best.price(grams: grams)) + Double(world.network.nodes[node].costPerLine.units) * lines
                + world.network.distance(node, region) * Double(routing.costPerKilometre.units)
                + Double(max(0, best.tier.number - asked.number)) * Double(routing.costPerTierStep.units)
        }
    }
}
