import Retail

/// What is asked for of each article by classes of regions whose orders go to the same nodes in the same order.
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
        var classes = [Int](repeating: 0, count: regions)
        for region in 0..<regions {
            let nodes = Self.preference(prepared, region)
            if places[nodes] == nil {
                places[nodes] = preferences.count
                preferences.append(nodes)
            }
            classes[region] = places[nodes] ?? 0
        }
        orders = [Double](repeating: 0, count: preferences.count * channels * days)
        for channel in 0..<channels {
            let paid = model.paidShare(channel)
            for region in 0..<regions {
                for day in 0..<days {
                    orders[(classes[region] * channels + channel) * days + day] +=
                        paid * model.orders[(channel * regions + region) * days + day]
                }
            }
        }
        for group in model.groups {
            for front in group.fronts where classOfFront[front] == nil {
                classOfFront[front] = classes[group.regions[0]]
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

    /// Nodes that send ordinary parcels to a region, the cheapest first, front warehouses kept for the hour last.
    private static func preference(_ prepared: Prepared, _ region: Int) -> [Int] {
        let world = prepared.world
        let nodes = (Int(prepared.servedOffsets[region])..<Int(prepared.servedOffsets[region + 1])).map {
            Int(prepared.servedNodes[$0])
        }
        func rank(_ node: Int) -> (Int, Int64, Int) {
            let isKept = world.routing.keepsFronts && world.network.nodes[node].kind == .front
            return (isKept ? 1 : 0, HourModel.cost(world, node, region) { $0 != .oneHour }, node)
        }
        return Array(nodes.sorted { rank($0) < rank($1) }.prefix(most))
    }
}
