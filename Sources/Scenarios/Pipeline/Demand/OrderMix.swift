import Placement
import Retail

/// What past orders say about orders to come: where they come from, at which minute, and what is in them.
struct OrderMix {
    /// Part of each channel's orders that comes from each region, row-major channels x regions; rows add up to one.
    let regionShares: [Double]
    /// Part of all orders of each channel.
    let channelShares: [Double]
    /// Weight of each minute of a day by channel, row-major channels x 1,440; rows add up to one.
    let minutes: [Double]
    /// By channel, past baskets net of what was cancelled.
    let baskets: [[Basket]]
    private(set) var assumptions: [Assumption] = []

    struct Basket {
        var lines: [(sku: SKU.Index, quantity: Quantity)]
    }

    /// Baskets of the last eight weeks are resampled; older ones only where a channel has fewer than this many, since
    /// last year's baskets may be of another size.
    static let fewBaskets = 60
    static let recentDays = 56

    /// - Parameter measured: weights of the minutes that go before those of past orders.
    init(_ dataset: Dataset, through last: Day, measured: [Double]? = nil) {
        let history = dataset.orders
        let end = CivilTime(last + 1)
        let known = history.placed.indices.filter { history.placed[$0] < end }
        let (channels, regions) = (dataset.channels.count, dataset.regions.count)
        var counts = [Double](repeating: 0, count: channels * regions)
        for order in known {
            counts[history.channels[order].position * regions + history.regions[order].position] += history.weight(
                order)
        }
        regionShares = Self.regionShares(counts, dataset)
        let totals = (0..<channels).map { c in (0..<regions).reduce(0) { $0 + counts[c * regions + $1] } }
        let all = totals.reduce(0, +)
        channelShares = totals.map { all > 0 ? $0 / all : 1 / Double(channels) }
        minutes = (0..<channels).flatMap { channel in
            measured ?? Self.minutes(history, known.filter { history.channels[$0].position == channel })
        }
        var drawn = 0
        baskets = (0..<channels).map { channel in
            let past = Self.baskets(history, known.filter { history.channels[$0].position == channel }, last)
            drawn += past.count
            // Without a single past order a basket is one unit of one article.
            return past.isEmpty
                ? dataset.skus.indices.map { Basket(lines: [(SKU.Index($0), 1)]) } : past
        }
        assumptions.append(
            known.isEmpty
                ? Assumption(
                    subject: "orders.csv",
                    text: "no past orders: baskets of one article, regions by population, orders spread over 08 to 22")
                : Assumption(
                    subject: "baskets",
                    text: "baskets are resampled from \(drawn) past orders up to \(last), regions from \(known.count)"))
    }

    /// Units of each article in an order, on average.
    func unitsPerOrder(skus: Int) -> [Double] {
        var result = [Double](repeating: 0, count: skus)
        for (channel, list) in baskets.enumerated() {
            let weight = channelShares[channel] / Double(max(1, list.count))
            for basket in list {
                for line in basket.lines { result[line.sku.position] += weight * Double(line.quantity) }
            }
        }
        return result
    }

    /// The baskets as sets, each channel's weighing what the channel's orders weigh among all.
    func assortmentBaskets(skus: Int) -> Baskets {
        var result = Baskets(itemCount: skus)
        for (channel, list) in baskets.enumerated() {
            let weight = channelShares[channel] / Double(max(1, list.count))
            for basket in list { result.append(basket.lines.map(\.sku.position), weight: weight) }
        }
        return result
    }

    /// Shares by past orders; a channel with few of them leans on all channels, those on population.
    private static func regionShares(_ counts: [Double], _ dataset: Dataset) -> [Double] {
        let (channels, regions) = (dataset.channels.count, dataset.regions.count)
        let people = dataset.regions.map { $0.isExport ? 0 : max(0, Double($0.population)) }
        let sum = people.reduce(0, +)
        let prior = people.map { sum > 0 ? $0 / sum : 1 / Double(regions) }
        var pooled = (0..<regions).map { r in (0..<channels).reduce(0) { $0 + counts[$1 * regions + r] } }
        pooled = normalised(zip(pooled, prior).map { $0 + $1 })
        return (0..<channels).flatMap { channel in
            // Twenty orders' worth of what all channels do.
            normalised((0..<regions).map { counts[channel * regions + $0] + 20 * pooled[$0] })
        }
    }

    private static func normalised(_ values: [Double]) -> [Double] {
        let sum = values.reduce(0, +)
        return values.map { sum > 0 ? $0 / sum : 1 / Double(max(1, values.count)) }
    }

    /// Orders by minute, smoothed by a triangle of 20 minutes either way.
    private static func minutes(_ history: OrderHistory, _ orders: [Int]) -> [Double] {
        var counts = [Double](repeating: 0, count: DayShape.minutes)
        for order in orders { counts[Int(history.placed[order].timeOfDay / 60)] += history.weight(order) }
        // Days without times of day all fall on midnight: that is no shape.
        if orders.isEmpty || counts[0] > 0.9 * counts.reduce(0, +) {
            return normalised(counts.indices.map { $0 >= 8 * 60 && $0 < 22 * 60 ? 1 : 0 })
        }
        let reach = 20
        var smooth = [Double](repeating: 0, count: counts.count)
        for (minute, count) in counts.enumerated() where count > 0 {
            for offset in -reach...reach where counts.indices.contains(minute + offset) {
                smooth[minute + offset] += count * Double(reach + 1 - abs(offset))
            }
        }
        return normalised(smooth)
    }

    private static func baskets(_ history: OrderHistory, _ orders: [Int], _ last: Day) -> [Basket] {
        let recent = CivilTime(last - recentDays + 1)
        let chosen = orders.filter { history.placed[$0] >= recent }
        return (chosen.count >= fewBaskets ? chosen : orders).compactMap { order in
            var lines: [(sku: SKU.Index, quantity: Quantity)] = []
            for line in history.lines(order) {
                let kept = history.lineQuantities[line] - history.lineCancelled[line]
                if kept > 0 { lines.append((history.lineSKUs[line], kept)) }
            }
            return lines.isEmpty ? nil : Basket(lines: lines)
        }
    }
}
