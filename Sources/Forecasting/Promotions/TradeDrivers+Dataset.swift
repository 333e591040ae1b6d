import Foundation
public import Retail

extension TradeDrivers {
    /// Prices and promotions of a data set's series, past and planned; nil where there are neither.
    ///
    /// The posted price is that of `prices` (everybody's, one unit), else the list price; where `demand` states the mean
    /// price of its days, that is what was paid in the past, promotions included. A series' ordinary price is the middle
    /// one of its past.
    ///
    /// - Parameters:
    ///   - horizon: days beyond the demand for which plans are read.
    public init?(_ dataset: Dataset, horizon: Int) {
        let panel = dataset.demand
        guard panel.axis.step == .day, panel.seriesCount > 0 else { return nil }
        let everybody = dataset.prices.filter { $0.segment == nil && $0.minimumQuantity <= 1 }
        guard !everybody.isEmpty || !dataset.promotions.isEmpty || !dataset.demandPrices.isEmpty else { return nil }
        let rows = Dictionary(grouping: everybody, by: \.sku)
        let known = panel.axis.count
        let days = known + horizon
        let shares = AdjustmentShares(dataset)
        let groups = TradeGroups(dataset)

        var price = [Float](repeating: 0, count: panel.seriesCount * days)
        var runs: [[PromotionRun]] = []
        for (series, key) in panel.keys.enumerated() {
            let own = TradeDrivers.runs(dataset, key, shares)
            runs.append(own)
            guard let sku = key.sku, dataset.skus.indices.contains(sku.position) else { continue }
            var posted = [Double](repeating: dataset.skus[sku.position].listPrice.major, count: days)
            // A price of the channel goes before one of all channels.
            for row in (rows[sku] ?? []).sorted(by: { $0.channel == nil && $1.channel != nil })
            where row.channel == nil || row.channel == key.channel {
                let from = max(0, panel.axis.index(of: row.from))
                for day in from..<max(from, min(days, panel.axis.index(of: row.through) + 1)) {
                    posted[day] = row.price.major
                }
            }
            if !dataset.demandPrices.isEmpty {
                TradeDrivers.lay(dataset, series, over: &posted, runs: own)
            }
            let past = posted.prefix(known).filter { $0 > 0 }.sorted()
            guard let ordinary = past.isEmpty ? nil : past[past.count / 2] else { continue }
            for day in 0..<days where posted[day] > 0 {
                price[series * days + day] = Float(log(posted[day] / ordinary))
            }
        }
        self.init(
            days: days, price: price, runs: runs, category: groups.category, market: groups.market,
            family: groups.family, categories: groups.names)
    }

    /// Lays the prices paid in the past over the posted ones: what was paid before the cut of a promotion. Days without
    /// a price have the last one; days to come keep what is posted where it was ever read, else the last price paid.
    private static func lay(_ dataset: Dataset, _ series: Int, over posted: inout [Double], runs: [PromotionRun]) {
        let panel = dataset.demand
        var last: Double?
        for cell in panel.offsets[series]..<panel.offsets[series + 1] {
            let day = Int(panel.starts[series]) + cell - panel.offsets[series]
            let paid = dataset.demandPrices[cell].major
            if paid > 0, day < posted.count {
                let cut = runs.reduce(1.0) { $0 * (1 - min(0.95, $1.depth) * $1.share(day)) }
                last = paid / cut
            }
            if let last, day < posted.count { posted[day] = last }
        }
        guard let last else { return }
        let stated = dataset.prices.contains { $0.sku == panel.keys[series].sku }
        if !stated { for day in panel.axis.count..<max(panel.axis.count, posted.count) { posted[day] = last } }
    }

    /// The promotions that a series feels, in order of their beginning.
    private static func runs(_ dataset: Dataset, _ key: SeriesKey, _ shares: AdjustmentShares) -> [PromotionRun] {
        guard let sku = key.sku else { return [] }
        let axis = dataset.demand.axis
        var runs: [PromotionRun] = []
        for promotion in dataset.promotions where promotion.scope.covers(sku, dataset.skus) {
            var part = 1.0
            if let channel = promotion.channel {
                if let own = key.channel { if own != channel { continue } } else { part = shares.channel(channel) }
            }
            let last = CivilTime(seconds: promotion.ends.seconds - 1).day
            guard promotion.begins < promotion.ends, part > 0 else { continue }
            let first = promotion.begins.day
            func share(_ day: Day) -> Double {
                let midnight = CivilTime(day).seconds
                let from = max(midnight, promotion.begins.seconds)
                return Double(min(midnight + 86_400, promotion.ends.seconds) - from) / 86_400
            }
            runs.append(
                PromotionRun(
                    kind: promotion.kind, depth: promotion.effectiveDepth, first: axis.index(of: first),
                    last: axis.index(of: last), firstShare: share(first), lastShare: share(last), part: part))
        }
        return runs.sorted { ($0.first, $0.last) < ($1.first, $1.last) }
    }
}

extension Promotion {
    /// Part of the price that is given: the cut, or of a saving its part of the threshold times those who hold it.
    var effectiveDepth: Double {
        switch kind {
        case .priceCut, .flashSale, .presale: return min(0.95, max(0, depth.fraction))
        case .spendAndSave, .coupon:
            guard threshold.minor > 0 else { return 0 }
            return min(0.95, max(0, Double(saving.minor) / Double(threshold.minor) * heldBy.fraction))
        case .gift: return 0
        }
    }
}

/// Numbers of the groups that series belong to.
private struct TradeGroups {
    var category: [Int] = []
    var market: [Int] = []
    var family: [Int] = []
    /// Names of the categories.
    var names: [String] = []

    init(_ dataset: Dataset) {
        var (categories, markets, families): ([String: Int], [String: Int], [String: Int]) = ([:], [:], [:])
        func number(_ name: String, _ known: inout [String: Int]) -> (Int, Bool) {
            if let number = known[name] { return (number, false) }
            known[name] = known.count
            return (known.count - 1, true)
        }
        for key in dataset.demand.keys {
            let path = key.sku.flatMap {
                dataset.skus.indices.contains($0.position) ? dataset.skus[$0.position].categories : nil
            }
            let levels = (path ?? []).filter { !$0.isEmpty }
            let name = levels.joined(separator: " / ")
            let place = "\(key.channel?.raw ?? -1) \(key.region?.raw ?? -1)"
            let (own, isNew) = number(name, &categories)
            if isNew { names.append(name) }
            category.append(own)
            market.append(number("\(place) \(name)", &markets).0)
            family.append(number("\(place) \(levels.first ?? "")", &families).0)
        }
    }
}
