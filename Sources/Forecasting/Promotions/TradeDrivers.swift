import Foundation
public import Retail

/// A promotion as one series feels it.
public struct PromotionRun: Sendable, Equatable {
    public var kind: PromotionKind
    /// Part of the price that is given, in 0 ..< 1; of savings on whole orders the part of the threshold, times those
    /// who hold the coupon.
    public var depth: Double
    /// First and last step of the axis, which may lie outside it.
    public var first: Int
    public var last: Int
    /// Parts of the first and of the last day that it holds; 1 for promotions over whole days.
    public var firstShare: Double
    public var lastShare: Double
    /// Part of the series' buyers it is for; 1 for all.
    public var part: Double

    public init(
        kind: PromotionKind, depth: Double, first: Int, last: Int, firstShare: Double = 1, lastShare: Double = 1,
        part: Double = 1
    ) {
        self.part = part
        self.kind = kind
        self.depth = depth
        self.first = first
        self.last = last
        self.firstShare = firstShare
        self.lastShare = lastShare
    }

    func share(_ day: Int) -> Double {
        guard first <= day, day <= last else { return 0 }
        if day == first { return part * firstShare }
        return part * (day == last ? lastShare : 1)
    }

    /// Strength in units of a cut by a fifth.
    var strength: Double { depth > 0 ? -log(1 - min(depth, 0.95)) / -log(0.8) : 1 }
}

/// Prices and promotions of each series of a daily panel, past and planned, and which series compete.
public struct TradeDrivers: Sendable {
    /// Days from the panel's origin that are known, planned ones included.
    public var days: Int
    /// Row-major series x days: logarithm of the posted price relative to the series' ordinary one; 0 is ordinary.
    /// Promotions are not in it.
    public var price: [Float]
    /// For each series its promotions, in order of their beginning.
    public var runs: [[PromotionRun]]
    /// Group of each series whose articles are believed to be alike.
    public var category: [Int]
    /// Group of each series within which articles compete, and the wider one within which they may help each other.
    public var market: [Int]
    public var family: [Int]
    /// Names of the categories.
    public var categories: [String]

    public init(
        days: Int, price: [Float], runs: [[PromotionRun]], category: [Int], market: [Int], family: [Int],
        categories: [String]
    ) {
        precondition(price.count == runs.count * days, "prices have one row for each series")
        precondition(
            category.count == runs.count && market.count == runs.count && family.count == runs.count,
            "each series has its groups")
        self.days = days
        self.price = price
        self.runs = runs
        self.category = category
        self.market = market
        self.family = family
        self.categories = categories
    }

    public var seriesCount: Int { runs.count }

    /// Prices further away than this factor are taken for a mistake, or for goods being cleared, and count as so far: a
    /// single price of a cent would else tell the elasticity of all others.
    static let farthestPrice = 3.0

    /// Logarithm of what is paid relative to the ordinary price, promotions included, by day.
    func paid(_ series: Int) -> [Double] {
        var result = price[series * days..<(series + 1) * days].map { Double($0) }
        for run in runs[series] where run.depth > 0 {
            let cut = log(1 - min(run.depth, 0.95))
            for day in max(0, run.first)..<max(max(0, run.first), min(days, run.last + 1)) {
                result[day] += cut * run.share(day)
            }
        }
        let most = log(Self.farthestPrice)
        for day in result.indices { result[day] = min(most, max(-most, result[day])) }
        return result
    }
}
