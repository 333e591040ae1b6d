public import Retail

/// A live show (直播): for some minutes a channel has `factor` times the orders it would have. The plan's shape holds
/// the total; the factor says which part of it came for the show, and that part sends back at a rate of its own.
public struct LiveShow: Sendable, Equatable {
    public var code: String
    public var channel: Channel.Index
    public var begins: Instant
    public var ends: Instant
    /// At least 1.
    public var factor: Double
    public var returnRate: Rate

    public init(
        code: String, channel: Channel.Index, begins: Instant, ends: Instant, factor: Double, returnRate: Rate
    ) {
        self.code = code
        self.channel = channel
        self.begins = begins
        self.ends = ends
        self.factor = factor
        self.returnRate = returnRate
    }
}

/// Recommendation (推荐搭售): a part of orders gets one more article, of a category that goes with what is in the
/// basket, and within the category by popularity.
public struct AttachPlan: Sendable, Equatable {
    /// Part of orders to which a recommended article is added.
    public var rate: Rate
    /// How strongly category b goes with category a, row-major categories x categories, not negative.
    public var affinities: [Double]
    /// Popularity of each SKU, not negative.
    public var popularity: [Double]

    public init(rate: Rate, affinities: [Double], popularity: [Double]) {
        self.rate = rate
        self.affinities = affinities
        self.popularity = popularity
    }

    /// Affinities as lift: how much more often two categories meet in a basket than if they were independent.
    ///
    /// - Parameters:
    ///   - baskets: the lists of categories in each basket.
    ///   - categories: how many there are.
    /// - Returns: categories x categories; a category goes with itself only as far as baskets hold two SKUs of it.
    public static func affinities(_ baskets: [[Int32]], categories: Int) -> [Double] {
        var single = [Double](repeating: 0, count: categories)
        var pairs = [Double](repeating: 0, count: categories * categories)
        for basket in baskets {
            let known = Set(basket)
            for a in known { single[Int(a)] += 1 }
            for (i, a) in basket.enumerated() {
                for (j, b) in basket.enumerated() where i != j {
                    pairs[Int(a) * categories + Int(b)] += 1 / Double(max(1, basket.count - 1))
                }
            }
        }
        // Seen together over seen at all, times how often b is seen: the chance of b beside a.
        for a in 0..<categories where single[a] > 0 {
            for b in 0..<categories { pairs[a * categories + b] /= single[a] }
        }
        return pairs
    }
}
