import Foundation
import Retail

/// What the global model knows of a series at an origin about one block ahead: recent windows, zeros and age, its
/// item over all places, prices, the same block a year ago, and the calendar; all relative to the series' own level,
/// so that a shop and a country can share one model.
struct ShareFeatures: Sendable {
    /// Units added to both sides of a ratio, so that an empty window is a low one and not a missing one.
    private static let own = 0.02
    private static let shared = 0.1
    private static let floor = 0.01

    let panel: SalesPanel
    let cadence: Cadence
    /// Totals of the groups that are forecast by regression (store and department), and of the series' kin (the
    /// same item elsewhere).
    let parents: RunningTotals
    let parentOf: [Int32]
    let kin: RunningTotals
    let kinOf: [Int32]
    /// The attributes whose codes are features: those with few codes.
    let codes: [SeriesAttribute]

    init(
        panel: SalesPanel, cadence: Cadence, parents: RunningTotals, parentOf: [Int32], kin: RunningTotals,
        kinOf: [Int32]
    ) {
        self.panel = panel
        self.cadence = cadence
        self.parents = parents
        self.parentOf = parentOf
        self.kin = kin
        self.kinOf = kinOf
        codes = panel.attributes.filter { $0.codes.count > 1 && $0.codes.count < FeatureBins.count }
    }

    var count: Int { 2 * cadence.windows.count + 17 + codes.count + panel.flags.count }

    /// One series unfolded for quick look-up; made once for all origins.
    struct Unfolded: Sendable {
        let series: Int
        let first: Int
        let totals: RunningTotals
        let positive: RunningTotals
        /// The last step with a sale up to and including each step, -1 before the first.
        let lastSale: [Int32]

        init(_ panel: DemandPanel, _ series: Int) {
            self.series = series
            let (days, from) = (panel.axis.count, panel.offsets[series])
            first = Int(panel.starts[series])
            var values = [Double](repeating: 0, count: days)
            for k in 0..<panel.offsets[series + 1] - from { values[first + k] = Double(panel.values[from + k]) }
            totals = RunningTotals(values, steps: days)
            positive = RunningTotals(values.map { $0 > 0 ? 1 : 0 }, steps: days)
            var last: Int32 = -1
            lastSale = values.enumerated().map { t, value in
                if value > 0 { last = Int32(t) }
                return last
            }
        }
    }

    /// The level of a series: a blend of recent windows, never zero.
    func base(_ series: Unfolded, _ origin: Int) -> Double {
        var base = ShareFeatures.floor
        for (window, share) in cadence.base { base += share * window_(series, origin, window) }
        return base
    }

    /// Mean over the last steps; steps before the axis count as nothing sold.
    @inline(__always)
    private func window_(_ series: Unfolded, _ origin: Int, _ window: Int) -> Double {
        let mean = series.totals.mean(0, origin - window, origin)
        return mean.isNaN ? 0 : mean * Double(min(origin, window)) / Double(window)
    }

    /// Whether a series says anything about the blocks after an origin: it sold lately, and not only lately.
    func isActive(_ series: Unfolded, _ origin: Int) -> Bool {
        series.first < origin - cadence.windows[2] && window_(series, origin, cadence.windows[4]) > 0
    }

    /// Appends the features of all blocks from one origin, and for each block the logarithm of what the series would
    /// sell if it kept its share of its parent.
    ///
    /// - Parameter outlook: by parent and block: mean per step forecast for the parent over its own recent mean.
    func append(
        _ series: Unfolded, _ origin: Int, blocks: Int, outlook: [Double], rows: inout [Float], offsets: inout [Float]
    ) {
        let s = series.series
        let (parent, kinRow) = (Int(parentOf[s]), Int(kinOf[s]))
        let base = base(series, origin)
        func ratio(_ a: Double, _ b: Double, _ c: Double) -> Float { Float(log((a + c) / (b + c))) }
        var common: [Float] = [Float(log(base))]
        common.reserveCapacity(count)
        for window in cadence.windows {
            common.append(ratio(window_(series, origin, window), base, ShareFeatures.own))
        }
        for window in [cadence.windows[2], cadence.windows[4]] {
            common.append(Float(series.positive.mean(0, origin - window, origin)))
        }
        let last = origin > 0 ? Int(series.lastSale[origin - 1]) : -1
        common.append(Float(min(origin - 1 - last, cadence.year)))
        common.append(Float(min(origin - series.first, 2 * cadence.year)))
        let kinLevel =
            0.5 * kin.mean(kinRow, origin - cadence.windows[2], origin)
            + 0.5 * kin.mean(kinRow, origin - cadence.windows[4], origin)
        for window in cadence.windows {
            common.append(ratio(kin.mean(kinRow, origin - window, origin), kinLevel, ShareFeatures.shared))
        }
        common.append(Float(log(kinLevel + ShareFeatures.shared)))
        let parentMean = parents.mean(parent, origin - cadence.windows[2], origin)
        common.append(
            Float(log(parents.mean(parent, origin - cadence.windows[0], origin) / parentMean)).orMissing)
        let prices = pastPrices(s, origin)
        for block in 0..<blocks {
            let from = origin + block * cadence.block
            rows.append(contentsOf: common)
            appendPrices(s, from, prices, &rows)
            // The same block a year before, against the same stretch before that year's origin.
            let ago = from - cadence.year
            let (since, until) = (origin - cadence.year - cadence.windows[2], origin - cadence.year)
            let margin = cadence.block / 2
            func yearly(_ totals: RunningTotals, _ row: Int, _ c: Double) -> Float {
                guard since >= 0 else { return .nan }
                return ratio(
                    totals.mean(row, ago - margin, ago + cadence.block + margin), totals.mean(row, since, until), c)
            }
            rows.append(since >= series.first ? yearly(series.totals, 0, 0.05) : .nan)
            rows.append(yearly(kin, kinRow, ShareFeatures.shared))
            rows.append(yearly(parents, parent, ShareFeatures.shared))
            let trend = max(outlook[parent * blocks + block], 1e-3)
            rows.append(Float(log(trend)))
            rows.append(Float(block))
            rows.append(Float(panel.demand.axis.day(from).dayOfYear))
            for code in codes { rows.append(Float(code.of[s])) }
            for flag in panel.flags {
                var set = 0
                for t in from..<min(from + cadence.block, flag.isSet.count) where t >= 0 && flag.isSet[t] { set += 1 }
                rows.append(Float(set))
            }
            offsets.append(Float(log(base * trend * Double(cadence.block))))
        }
    }

    private struct PastPrices {
        var recent = Double.nan
        var yearly = Double.nan
        var highest = Double.nan
    }

    /// Means of the listed price over the recent window and the year before an origin, and the highest of the year.
    private func pastPrices(_ s: Int, _ origin: Int) -> PastPrices {
        guard let history = panel.prices else { return PastPrices() }
        return PastPrices(
            recent: history.mean(s, from: origin - cadence.windows[2], to: origin).mean,
            yearly: history.mean(s, from: origin - cadence.year, to: origin).mean,
            highest: history.mean(s, from: origin - cadence.year, to: origin).highest)
    }

    private func appendPrices(_ s: Int, _ from: Int, _ past: PastPrices, _ rows: inout [Float]) {
        let price = panel.prices?.mean(s, from: from, to: from + cadence.block).mean ?? .nan
        for reference in [past.recent, past.yearly, past.highest, 1] {
            rows.append(Float(log(price / reference)).orMissing)
        }
    }
}

extension Float {
    /// Infinite and undefined values count as missing.
    fileprivate var orMissing: Float { isFinite ? self : .nan }
}

extension PriceHistory {
    /// Mean and highest price over some days; days before the first price do not count, NaN when none is left.
    func mean(_ series: Int, from: Int, to: Int) -> (mean: Double, highest: Double) {
        var (sum, count, highest) = (0.0, 0, Double.nan)
        for change in offsets[series]..<offsets[series + 1] {
            let start = max(from, Int(days[change]))
            let end = change + 1 < offsets[series + 1] ? min(to, Int(days[change + 1])) : to
            guard end > start else { continue }
            sum += Double(prices[change]) * Double(end - start)
            count += end - start
            highest = highest.isNaN ? Double(prices[change]) : max(highest, Double(prices[change]))
        }
        return (count > 0 ? sum / Double(count) : .nan, highest)
    }
}
