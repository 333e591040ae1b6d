import Retail

/// What is asked for of each article by classes of orders that go to the same nodes in the same order: by region and by
/// the tier asked for.
struct OrdinaryDemand {
    /// By class the nodes, the first asked first.
    private(set) var preferences: [[Int]] = []
    private let model: HourModel
    /// Paid orders by class, channel and day.
    private var orders: [Double] = []
    private var classOfFront: [Int: Int] = [:]
    /// Units of each SKU in a basket of a channel on a day.
    private var baskets: [[Double]]
    /// Part of a channel's day in each hour.
    private var hours: [Double]
    private static let most = 3

    init(_ model: HourModel) {
        self.model = model
        let (world, prepared) = (model.world, model.prepared)
        let (channels, days, regions) = (prepared.channelCount, model.days, prepared.regionCount)
        var places: [[Int]: Int] = [:]
        var classes: [Int] = []
        let tiers = ServiceTier.allCases.filter { $0 != .oneHour }
        for region in 0..<regions {
            for tier in tiers {
                let nodes = Self.preference(model, region, tier)
                if places[nodes] == nil {
                    places[nodes] = preferences.count
                    preferences.append(nodes)
                }
                classes.append(places[nodes] ?? 0)
            }
        }
        orders = [Double](repeating: 0, count: preferences.count * channels * days)
        for channel in 0..<channels {
            let paid = model.paidShare(channel)
            let asked = world.channels[channel].askedTiers
            for region in 0..<regions {
                for (place, tier) in tiers.enumerated() {
                    // Who asks for the hour in vain gets the fastest tier there is.
                    let share = asked[tier.number].fraction + (place == 0 ? asked[0].fraction : 0)
                    let group = classes[region * tiers.count + place]
                    for day in 0..<days {
                        orders[(group * channels + channel) * days + day] +=
                            paid * share * model.orders[(channel * regions + region) * days + day]
                    }
                }
            }
        }
        for group in model.groups {
            for front in group.fronts where classOfFront[front] == nil {
                classOfFront[front] = classes[group.regions[0] * tiers.count]
            }
        }
        baskets = (0..<channels * days).map { cell in
            let (channel, day) = (cell / days, cell % days)
            let units = world.demand.unitsPerBasket(channel: channel, day: day, skuCount: prepared.skuCount)
            return units.indices.map { units[$0] * model.factor(channel: channel, day: day, sku: $0) }
        }
        hours = (0..<channels * days * 24).map { cell in
            let (channel, day, hour) = (cell / 24 / days, cell / 24 % days, cell % 24)
            return (hour * 60..<(hour + 1) * 60).reduce(0) {
                $0 + model.shape(channel: channel, day: day, minute: $1)
            }
        }
    }

    func place(ofFront node: Int) -> Int { classOfFront[node] ?? -1 }

    /// Units an hour, row-major classes x hours.
    func units(_ sku: Int) -> [Double] {
        let (channels, days) = (model.prepared.channelCount, model.days)
        var result = [Double](repeating: 0, count: preferences.count * days * 24)
        for group in preferences.indices {
            for channel in 0..<channels {
                for day in 0..<days {
                    let cell = channel * days + day
                    let units = orders[(group * channels + channel) * days + day] * baskets[cell][sku]
                    guard units > 0 else { continue }
                    for hour in 0..<24 {
                        result[(group * days + day) * 24 + hour] += units * hours[cell * 24 + hour]
                    }
                }
            }
        }
        return result
    }

    /// Nodes that send ordinary parcels to a region, the cheapest first; not the front warehouses kept for the hour,
    /// whose turn comes after everybody else's.
    private static func preference(_ model: HourModel, _ region: Int, _ tier: ServiceTier) -> [Int] {
        let (world, prepared) = (model.world, model.prepared)
        return (Int(prepared.servedOffsets[region])..<Int(prepared.servedOffsets[region + 1]))
            .map { Int(prepared.servedNodes[$0]) }
            .filter { !world.routing.keepsFronts || world.network.nodes[$0].kind != .front }
            .map { (cost: model.parcel.cost(world, from: $0, to: region, asked: tier), node: $0) }
            .sorted { ($0.cost, $0.node) < ($1.cost, $1.node) }
            .prefix(most).map(\.node)
    }
}
