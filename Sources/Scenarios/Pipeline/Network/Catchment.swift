import Retail

/// Which node each region's demand is planned at: the nearest warehouse, less what buyers want within the hour from
/// the front warehouse that can do it.
struct Catchment {
    private let nodeCount: Int
    private let regionCount: Int
    private let mix: OrderMix
    /// Row-major regions x nodes; rows add up to one.
    private let nodeShares: [Double]
    let assumptions: [Assumption]

    init(_ network: Network, mix: OrderMix, channels: Int, oneHourShare: Double) {
        nodeCount = network.nodes.count
        regionCount = network.regions.count
        self.mix = mix
        var shares = [Double](repeating: 0, count: regionCount * nodeCount)
        for region in 0..<regionCount {
            func nearest(_ nodes: [Int]) -> Int? {
                nodes.min { (network.distance($0, region), $0) < (network.distance($1, region), $1) }
            }
            let fronts = network.nodes.indices.filter { network.oneHourRegions[$0].contains(Region.Index(region)) }
            let others = network.nodes.indices.filter { network.nodes[$0].kind != .front }
            let front = nearest(fronts)
            if let front { shares[region * nodeCount + front] = oneHourShare }
            if let base = nearest(others) {
                shares[region * nodeCount + base] = front == nil ? 1 : 1 - oneHourShare
            }
        }
        nodeShares = shares
        assumptions = [
            Assumption(
                subject: "regions",
                text: "demand by region is each channel's demand times the region's part of past orders, "
                    + "the same for every article; it is planned at the nearest warehouse")
        ]
    }

    /// Part of each series that each node serves, row-major series x nodes.
    func shares(_ forecast: Forecast) -> [Double] {
        let channels = mix.channelShares.count
        // By channel, then once more for all channels together.
        var byChannel = [Double](repeating: 0, count: (channels + 1) * nodeCount)
        for channel in 0..<channels {
            for region in 0..<regionCount {
                let part = mix.regionShares[channel * regionCount + region]
                for node in 0..<nodeCount {
                    let share = part * nodeShares[region * nodeCount + node]
                    byChannel[channel * nodeCount + node] += share
                    byChannel[channels * nodeCount + node] += share * mix.channelShares[channel]
                }
            }
        }
        return forecast.keys.flatMap { key -> ArraySlice<Double> in
            if let region = key.region {
                return nodeShares[region.position * nodeCount..<(region.position + 1) * nodeCount]
            }
            let channel = key.channel?.position ?? channels
            return byChannel[channel * nodeCount..<(channel + 1) * nodeCount]
        }.map { min(1, $0) }
    }
}
