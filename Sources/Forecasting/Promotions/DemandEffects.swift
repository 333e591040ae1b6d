import Foundation
import NumericCore
public import Retail

/// An effect with its uncertainty, on the logarithm of demand.
public struct EffectEstimate: Sendable, Equatable {
    public var mean: Double
    public var deviation: Double

    public init(mean: Double, deviation: Double) {
        self.mean = mean
        self.deviation = deviation
    }

    /// The credible interval that holds `share` of the belief.
    public func interval(_ share: Double = 0.9) -> ClosedRange<Double> {
        let width = Normal.quantile(0.5 + share / 2) * deviation
        return mean - width...mean + width
    }

    /// As a factor on demand.
    public var factor: Double { exp(mean) }
}

/// What prices and promotions do to the demand of each series, learnt from its past.
///
/// Each series gives a likelihood of its effects: a regression of its counts on price paid, kind of promotion, days
/// before and after, and the prices of its rivals, beside level, trend, weekday, season and events, the latter with the
/// shape of its category. The effects are then shrunk toward those of the category, and the categories toward each
/// other (`EffectHierarchy`). An effect that a series never showed is its category's, with the uncertainty that goes
/// with it.
///
/// Multiplicative, with constant elasticity: after the SCAN*PRO model (Wittink, Addona, Hawkes and Porter 1988; van
/// Heerde, Leeflang and Wittink 2002 for stockpiling before and after).
public struct DemandEffects: Sendable {
    /// Columns that vary somewhere in the data, in their order.
    public let columns: [EffectColumn]
    public let categories: [String]
    /// Group of each series.
    public let category: [Int]
    let hierarchy: EffectHierarchy
    /// Mean sales of each series, its weight among rivals.
    let weights: [Double]
    /// Depths and kinds seen: mean depth of each kind.
    public let depths: [PromotionKind: Double]
    /// Series in which each column varies.
    public let evidence: [Int]
    /// Largest and smallest logarithm of the relative price seen: beyond it effects are held.
    let priceRange: ClosedRange<Double>

    /// Factor by which a price or promotion may change demand at most.
    static let largestFactor = 50.0

    /// Learns from a daily panel; nil where prices never move and there are no promotions.
    ///
    /// - Parameters:
    ///   - drivers: prices and promotions of the same series; days after the panel are not looked at.
    ///   - inStock: cell by cell of the panel, false where there was nothing to sell; empty when not known.
    public init?(
        _ panel: DemandPanel, _ drivers: TradeDrivers, calendar: BusinessCalendar = BusinessCalendar(),
        inStock: [Bool] = [], threads: Int = 1
    ) async {
        guard panel.axis.step == .day, panel.seriesCount == drivers.seriesCount, panel.seriesCount > 0 else {
            return nil
        }
        let history = EffectHistory(panel, drivers, inStock: inStock)
        let all = EffectDesign(drivers, columns: EffectColumn.all, weights: history.weights)
        let blocks = chunks(count: panel.seriesCount, of: 16)
        let width = EffectColumn.all.count
        // Columns that vary within what was observed, by series.
        let varying = await concurrentMap(chunks: blocks.count, threads: threads) { k in
            blocks[k].map { series -> [Bool] in
                let (rows, cells) = (all.rows(series), history.cells(series))
                var varies = [Bool](repeating: false, count: width)
                for day in history.days where !cells[day].isNaN {
                    for j in 0..<width where rows[day * width + j] != 0 { varies[j] = true }
                }
                return varies
            }
        }.flatMap(\.self)
        let columns = (0..<width).filter { j in varying.contains { $0[j] } }.map { EffectColumn.all[$0] }
        guard !columns.isEmpty else { return nil }
        let design = EffectDesign(drivers, columns: columns, weights: history.weights)
        let nuisance = Nuisance(panel.axis, days: history.days.count, calendar: calendar)

        let shapes = await concurrentMap(chunks: drivers.categories.count, threads: threads) { group in
            nuisance.shape(history, design, members: drivers.category.indices.filter { drivers.category[$0] == group })
        }
        let outlook = columns.map(\.outlook)
        let scatter = columns.map(\.scatter)
        var priors = [(mean: [Double], precision: [Double])](
            repeating: (outlook.map(\.mean), outlook.map { 1 / ($0.deviation * $0.deviation) }),
            count: panel.seriesCount)
        var starts = [[Double]?](repeating: nil, count: panel.seriesCount)
        var found: EffectHierarchy?
        // The first pass has a wide prior; the second stands where the first leads, so that its curvature is that of the
        // likelihood where it matters.
        for _ in 0..<2 {
            let (before, begin) = (priors, starts)
            let made = await concurrentMap(chunks: blocks.count, threads: threads) { k in
                blocks[k].map { series in
                    nuisance.evidence(
                        history, design, series, shape: shapes[drivers.category[series]], prior: before[series],
                        start: begin[series])
                }
            }.flatMap(\.self)
            let none = EffectEvidence(
                information: Matrix(rows: columns.count, columns: columns.count),
                pull: [Double](repeating: 0, count: columns.count))
            guard
                let hierarchy = try? EffectHierarchy(
                    made.discounted(columns, drivers).map { $0 ?? none }, group: drivers.category,
                    groups: drivers.categories.count,
                    outlook: outlook, scatter: scatter)
            else { return nil }
            for series in priors.indices {
                let group = hierarchy.groups[drivers.category[series]]
                priors[series] = (
                    group.mean,
                    hierarchy.unitScatter.indices.map { 1 / (hierarchy.unitScatter[$0] + group.covariance[$0, $0]) }
                )
                starts[series] = made[series]?.coefficients
            }
            found = hierarchy
        }
        guard let found else { return nil }
        hierarchy = found
        self.columns = columns
        categories = drivers.categories
        category = drivers.category
        weights = history.weights
        evidence = columns.map { column in varying.count { $0[column.rank] } }
        var (sums, counts): ([PromotionKind: Double], [PromotionKind: Double]) = ([:], [:])
        for run in drivers.runs.joined() where run.first < history.days.count && run.last >= 0 {
            sums[run.kind, default: 0] += run.depth
            counts[run.kind, default: 0] += 1
        }
        depths = sums.reduce(into: [:]) { $0[$1.key] = $1.value / counts[$1.key, default: 1] }
        var (low, high) = (0.0, 0.0)
        for series in 0..<panel.seriesCount {
            for (day, paid) in drivers.paid(series).enumerated() where day < history.days.count {
                (low, high) = (min(low, paid), max(high, paid))
            }
        }
        priceRange = low...high
    }

    /// Mean sales of a series a day.
    public func weight(_ series: Int) -> Double { weights[series] }

    // MARK: Beliefs

    /// An effect of one series; nil where nothing in the data shows it.
    public func estimate(_ column: EffectColumn, series: Int) -> EffectEstimate? {
        estimate(column, hierarchy.units[series])
    }

    /// The mean effect of a category's articles.
    public func estimate(_ column: EffectColumn, category: Int) -> EffectEstimate? {
        estimate(column, hierarchy.groups[category])
    }

    /// The mean effect over all.
    public func estimate(_ column: EffectColumn) -> EffectEstimate? { estimate(column, hierarchy.overall) }

    private func estimate(_ column: EffectColumn, _ belief: EffectBelief) -> EffectEstimate? {
        guard let j = columns.firstIndex(of: column) else { return nil }
        return EffectEstimate(mean: belief.mean[j], deviation: max(0, belief.covariance[j, j]).squareRoot())
    }

    /// What a promotion of a kind and depth does to a series on its days: kind and price together.
    public func uplift(_ kind: PromotionKind, depth: Double, series: Int) -> EffectEstimate {
        uplift(kind, depth: depth, hierarchy.units[series])
    }

    public func uplift(_ kind: PromotionKind, depth: Double, category: Int) -> EffectEstimate {
        uplift(kind, depth: depth, hierarchy.groups[category])
    }

    private func uplift(_ kind: PromotionKind, depth: Double, _ belief: EffectBelief) -> EffectEstimate {
        var row = [Double](repeating: 0, count: columns.count)
        for (j, column) in columns.enumerated() {
            if column == .price { row[j] = held(log(1 - min(max(0, depth), 0.95))) }
            if column == .kind(kind) { row[j] = 1 }
        }
        return combined(row[...], belief)
    }

    /// Within what was seen, and half as far again.
    private func held(_ price: Double) -> Double {
        min(max(price, 1.5 * priceRange.lowerBound), max(1.5 * priceRange.upperBound, -0.5 * priceRange.lowerBound))
    }

    private func combined(_ row: ArraySlice<Double>, _ belief: EffectBelief) -> EffectEstimate {
        var (mean, variance) = (0.0, 0.0)
        for (i, x) in row.enumerated() where x != 0 {
            mean += x * belief.mean[i]
            for (j, y) in row.enumerated() where y != 0 { variance += x * y * belief.covariance[i, j] }
        }
        let most = log(Self.largestFactor)
        return EffectEstimate(mean: min(most, max(-most, mean)), deviation: max(0, variance).squareRoot())
    }

    /// The effect on each day of some drivers, relative to ordinary prices and no promotion.
    ///
    /// Series are those learnt from, in the same order.
    public func effects(of drivers: TradeDrivers) -> DailyEffects {
        DailyEffects(self, EffectDesign(drivers, columns: columns, weights: weights))
    }

    /// The effects on one series, day by day.
    fileprivate func effects(_ series: Int, _ design: EffectDesign) -> SeriesEffects {
        let (days, width) = (design.drivers.days, columns.count)
        var rows = design.rows(series)
        let elasticity = columns.firstIndex(of: .price)
        if let elasticity {
            for at in stride(from: elasticity, to: rows.count, by: width) where rows[at] != 0 {
                rows[at] = held(rows[at])
            }
        }
        let belief = hierarchy.units[series]
        let most = log(Self.largestFactor)
        var made = SeriesEffects()
        for day in 0..<days {
            let estimate = combined(rows[day * width..<(day + 1) * width], belief)
            made.logarithm.append(estimate.mean)
            made.deviation.append(estimate.deviation)
            let posted = Double(design.drivers.price[series * days + day])
            let byPrice = elasticity.map { belief.mean[$0] * held(posted) } ?? 0
            made.byPrice.append(min(most, max(-most, byPrice)))
        }
        return made
    }
}

/// Effects of prices and promotions by day, reckoned for one series at a time: a hundred million series and days would
/// fill the memory.
public struct DailyEffects: Sendable {
    private let effects: DemandEffects
    private let design: EffectDesign

    fileprivate init(_ effects: DemandEffects, _ design: EffectDesign) {
        (self.effects, self.design) = (effects, design)
    }

    public var days: Int { design.drivers.days }
    public var columns: [EffectColumn] { effects.columns }

    public func series(_ series: Int) -> SeriesEffects { effects.effects(series, design) }
}

/// Effects of prices and promotions on one series, day by day.
public struct SeriesEffects: Sendable, Equatable {
    /// On the logarithm of demand.
    public var logarithm: [Double] = []
    public var deviation: [Double] = []
    /// The part of `logarithm` that is the posted price's.
    public var byPrice: [Double] = []
}
