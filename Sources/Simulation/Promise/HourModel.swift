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
        var places: [[Int]: Int] = [:]
        var groups: [Group] = []
        for region in 0..<regions {
            let fronts = Self.fronts(prepared, region)
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
    private static func fronts(_ prepared: Prepared, _ region: Int) -> [Int] {
        let world = prepared.world
        return (Int(prepared.frontOffsets[region])..<Int(prepared.frontOffsets[region + 1])).map {
            Int(prepared.frontNodes[$0])
        }.sorted { a, b in
            (cost(world, a, region) { $0 == .oneHour }, a) < (cost(world, b, region) { $0 == .oneHour }, b)
        }
    }

    /// What a parcel of a kilogram and one line costs by tiers that are asked for, ten-thousandths.
    static func cost(_ world: World, _ node: Int, _ region: Int, tier: (ServiceTier) -> Bool) -> Int64 {
        let options = world.delivery.options(Node.Index(node), Region.Index(region)).filter { tier($0.tier) }
        guard let price = options.map({ $0.price(grams: 1_000) }).min() else { return .max }
        return price + world.network.nodes[node].costPerLine.units
            + Int64(world.network.distance(node, region) * Double(world.routing.costPerKilometre.units))
    }
}
