public import Retail

/// One way a parcel can go from a node to a region.
public struct DeliveryOption: Sendable, Equatable {
    public var carrier: Carrier.Index
    public var tier: ServiceTier
    /// Grams in the first weight and its price, then a price for each further step begun.
    public var firstWeight: Int32
    public var firstPrice: UnitPrice
    public var stepWeight: Int32
    public var stepPrice: UnitPrice
    /// Mean and standard deviation of the time from departure to door, hours (log-normal).
    public var transit: Double
    public var transitDeviation: Double
    /// Place among the table's `laws` of a measured transit time, which goes before mean and deviation, and of the
    /// factor by which the carrier's bill differs from the card; -1 is none.
    public var transitLaw: Int32 = -1
    public var spreadLaw: Int32 = -1
    /// The same for parcels above the first weight; -1 is as below it.
    public var heavySpreadLaw: Int32 = -1

    public init(
        carrier: Carrier.Index, tier: ServiceTier, firstWeight: Int32, firstPrice: UnitPrice, stepWeight: Int32,
        stepPrice: UnitPrice, transit: Double, transitDeviation: Double
    ) {
        self.carrier = carrier
        self.tier = tier
        self.firstWeight = firstWeight
        self.firstPrice = firstPrice
        self.stepWeight = stepWeight
        self.stepPrice = stepPrice
        self.transit = transit
        self.transitDeviation = transitDeviation
    }

    /// The price of a parcel of `grams`, in ten-thousandths of the major unit.
    @inlinable public func price(grams: Int64) -> Int64 {
        firstPrice.units + RateCard.steps(grams, firstWeight, stepWeight) * stepPrice.units
    }
}

/// The delivery options of every (node, region) pair, fastest tier first.
public struct DeliveryTable: Sendable, Equatable {
    public let regionCount: Int
    /// Options of (node n, region r) are offsets[n x regions + r] ..< offsets[... + 1].
    public let offsets: [Int32]
    public private(set) var options: [DeliveryOption]
    /// Measured laws: transit times in seconds, and factors on the price.
    public private(set) var laws: [LagLaw] = []

    /// - Parameter pairs: options of each (node, region) pair, row-major nodes x regions.
    public init(nodeCount: Int, regionCount: Int, pairs: [[DeliveryOption]]) {
        self.regionCount = regionCount
        var offsets: [Int32] = [0]
        var options: [DeliveryOption] = []
        for pair in pairs.prefix(nodeCount * regionCount) {
            options += pair.enumerated().sorted {
                ($0.element.tier.number, $0.element.firstPrice, $0.offset)
                    < ($1.element.tier.number, $1.element.firstPrice, $1.offset)
            }.map(\.element)
            offsets.append(Int32(options.count))
        }
        self.offsets = offsets
        self.options = options
    }

    /// The options rate cards give a network: cards of the region's zone within their distance; the one-hour tier
    /// only from a front warehouse to the regions within its radius.
    public init(network: Network, rates: [RateCard]) {
        var pairs: [[DeliveryOption]] = []
        for n in network.nodes.indices {
            for r in network.regions.indices {
                let inRadius = network.oneHourRegions[n].contains(Region.Index(r))
                let cards = rates.filter { card in
                    card.zone == network.regions[r].zone
                        && (card.maximumDistance <= 0 || network.distance(n, r) <= card.maximumDistance)
                        && (card.tier != .oneHour || inRadius)
                }
                pairs.append(
                    cards.map {
                        DeliveryOption(
                            carrier: $0.carrier, tier: $0.tier, firstWeight: $0.firstWeight,
                            firstPrice: $0.firstPrice, stepWeight: $0.stepWeight, stepPrice: $0.stepPrice,
                            transit: $0.transit, transitDeviation: $0.transitDeviation)
                    })
            }
        }
        self.init(nodeCount: network.nodes.count, regionCount: network.regions.count, pairs: pairs)
    }

    /// The table without the options of carriers that never take anything.
    func without(_ isClosed: (DeliveryOption) -> Bool) -> DeliveryTable {
        let pairs = offsets.indices.dropLast().map { pair in
            options[Int(offsets[pair])..<Int(offsets[pair + 1])].filter { !isClosed($0) }
        }
        var table = DeliveryTable(
            nodeCount: pairs.count / max(1, regionCount), regionCount: regionCount, pairs: pairs)
        table.laws = laws
        return table
    }

    /// Changes the options of every pair, such as to what has been measured of the lane.
    public mutating func change(
        adding laws: [LagLaw], _ body: (Node.Index, Region.Index, inout DeliveryOption) -> Void
    ) {
        self.laws += laws
        for node in 0..<((offsets.count - 1) / max(1, regionCount)) {
            for region in 0..<regionCount {
                let pair = node * regionCount + region
                for option in Int(offsets[pair])..<Int(offsets[pair + 1]) {
                    body(Node.Index(node), Region.Index(region), &options[option])
                }
            }
        }
    }

    public func options(_ node: Node.Index, _ region: Region.Index) -> ArraySlice<DeliveryOption> {
        let pair = node.position * regionCount + region.position
        return options[Int(offsets[pair])..<Int(offsets[pair + 1])]
    }
}
