public import Retail

/// Past baskets to draw new ones from, grouped by channel.
public struct BasketBook: Sendable, Equatable {
    /// Templates of channel c are channelOffsets[c] ..< channelOffsets[c + 1].
    public var channelOffsets: [Int]
    /// Lines of template b are lineOffsets[b] ..< lineOffsets[b + 1].
    public var lineOffsets: [Int32] = [0]
    public var skus: [SKU.Index] = []
    public var quantities: [Quantity] = []

    /// - Parameter baskets: for each channel its baskets, each a list of lines.
    public init(_ baskets: [[[(sku: SKU.Index, quantity: Quantity)]]]) {
        channelOffsets = [0]
        for channel in baskets {
            for basket in channel {
                for line in basket {
                    skus.append(line.sku)
                    quantities.append(line.quantity)
                }
                lineOffsets.append(Int32(skus.count))
            }
            channelOffsets.append(lineOffsets.count - 1)
        }
    }

    /// Baskets over all channels.
    public var count: Int { lineOffsets.count - 1 }
    public func lines(_ template: Int) -> Range<Int> { Int(lineOffsets[template])..<Int(lineOffsets[template + 1]) }
    public func templates(_ channel: Int) -> Range<Int> { channelOffsets[channel]..<channelOffsets[channel + 1] }
}

/// What a replication's demand is, beside what was planned: factors that are one on average.
public struct DemandLuck: Sendable {
    /// Factors on the orders, row-major channels x days.
    public var orders: [Double]
    /// Factors on the quantities of a line, row-major channels x days x SKUs.
    public var units: [Float]
    public init(orders: [Double], units: [Float]) {
        self.orders = orders
        self.units = units
    }
}

/// What will be asked for: orders by channel, region and day, the shape of each day, and what is in the baskets.
///
/// Demand is a pure function of this plan, the promotions and the random key; it never reads the state of a run.
public struct DemandPlan: Sendable {
    public static let minutesPerDay = 1_440

    /// Expected orders, row-major channels x regions x days, volume factor and traffic uplift included.
    public var orders: [Double]
    /// Weights of the minutes of a day, row-major channels x days x 1,440; scaled to add up to one when used.
    public var shape: [Double]
    public var baskets: BasketBook
    /// Weight of each basket on each day, row-major days x baskets; scaled within a channel when used.
    public var basketWeights: [Double]
    /// Factor on the quantity of a line, row-major channels x days x SKUs; 1 leaves the basket as it was. What is
    /// not whole is rounded up or down by chance, so the mean is exact. Promotion uplift stated in
    /// `PromotionPlan.uplift` comes on top, within its window.
    public var multipliers: [Float]
    /// At most 255.
    public var shows: [LiveShow]
    public var attach: AttachPlan?
    /// Units of lines in place of the baskets' own; the factors then say how often a line comes, not how large it is.
    public var lineLaw: LineLaw?
    /// How far off the plan may be, drawn anew for each replication; nil: the plan is what is expected, exactly.
    public var luck: (@Sendable (_ seed: UInt64, _ replication: UInt32) -> DemandLuck)?

    public init(
        orders: [Double], shape: [Double], baskets: BasketBook, basketWeights: [Double], multipliers: [Float],
        shows: [LiveShow] = [], attach: AttachPlan? = nil
    ) {
        self.shows = shows
        self.attach = attach
        self.orders = orders
        self.shape = shape
        self.baskets = baskets
        self.basketWeights = basketWeights
        self.multipliers = multipliers
    }

    /// Units of each SKU that an average basket of a channel holds on a day, before multipliers and promotions:
    /// what a builder divides a forecast by to set weights and multipliers.
    public func unitsPerBasket(channel: Int, day: Int, skuCount: Int) -> [Double] {
        var units = [Double](repeating: 0, count: skuCount)
        var total = 0.0
        for template in baskets.templates(channel) {
            let weight = basketWeights[day * baskets.count + template]
            total += weight
            for line in baskets.lines(template) {
                units[baskets.skus[line].position] += weight * Double(baskets.quantities[line])
            }
        }
        return total > 0 ? units.map { $0 / total } : units
    }
}

/// Forecast and actual units by day and channel, in the units of the simulation (volume factor included).
public struct DemandExpectation: Sendable, Equatable {
    /// Each row-major days x channels, or empty when not known.
    public var forecast: [Double]
    public var p10: [Double]
    public var p90: [Double]
    public var actual: [Double]

    public init(forecast: [Double] = [], p10: [Double] = [], p90: [Double] = [], actual: [Double] = []) {
        self.forecast = forecast
        self.p10 = p10
        self.p90 = p90
        self.actual = actual
    }
}
