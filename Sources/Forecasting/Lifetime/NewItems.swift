import Foundation
import NumericCore
import Retail

/// Forecasts of what has little history or none, from the early days of items like it.
///
/// The level is a gamma variable whose mean and spread are those of like items, weighted by shared category levels,
/// nearness in price, role and channel; what the item has sold so far updates it (gamma and Poisson conjugacy). How demand
/// moves with age is the mean curve of like items whose launch was seen. The distribution is the negative binomial that
/// follows: wide where nothing is known, narrower with every week.
struct NewItems {
    /// Series of fewer observed steps than this many seasons are new.
    static let seasons = 4
    /// Seasons of a launch that the curve covers; it stays level after them.
    private static let curve = 12
    private static let donors = 2_000
    private static let enough = 5

    private let panel: DemandPanel
    private let skus: [SKU]
    private let season: Int
    private let isCount: Bool
    private var known: [Donor] = []
    private var profile: [Double]

    private struct Donor {
        var series: Int
        /// Mean a step over its first seasons where its launch was seen, its last ones otherwise.
        var rate: Double
        /// Mean a step by season of age over the mean of them; nil where the launch was not seen.
        var curve: [Double]?
    }

    init(_ panel: DemandPanel, skus: [SKU]) {
        self.panel = panel
        self.skus = skus
        season = max(1, panel.axis.step == .week ? 1 : panel.axis.step.defaultSeason)
        isCount = panel.values.prefix(100_000).allSatisfy { $0 >= 0 && $0 == $0.rounded() }
        profile = [Double](repeating: 0, count: season)
        var (counts, whole) = (profile, 0.0)
        let stride = max(1, panel.seriesCount / NewItems.donors)
        for s in Swift.stride(from: 0, to: panel.seriesCount, by: stride) {
            let cells = panel.cells(s)
            let observed = cells.indices.filter { cells[$0].isFinite }
            guard observed.count >= NewItems.seasons * season, let first = observed.first else { continue }
            let total = observed.reduce(0.0) { $0 + max(0, cells[$1]) }
            for t in observed {
                profile[(Int(panel.starts[s]) + t) % season] += max(0, cells[t])
                counts[(Int(panel.starts[s]) + t) % season] += 1
            }
            whole += total
            let isSeen = Int(panel.starts[s]) + first > 4 * season
            let window = NewItems.curve * season
            let early = isSeen ? observed.prefix(window) : observed.suffix(window)
            let rate = early.reduce(0.0) { $0 + max(0, cells[$1]) } / Double(early.count)
            var curve: [Double]?
            if isSeen, early.count == window, rate > 0 {
                curve = (0..<NewItems.curve).map { block in
                    early[block * season..<(block + 1) * season].reduce(0.0) { $0 + max(0, cells[$1]) }
                        / Double(season) / rate
                }
            }
            known.append(Donor(series: s, rate: rate, curve: curve))
        }
        let mean = whole / max(1, counts.reduce(0, +))
        profile = zip(profile, counts).map { $1 > 0 && mean > 0 ? $0 / $1 / mean : 1 }
    }

    /// Whether a series is too young for models of its own.
    func isNew(_ s: Int) -> Bool {
        let cells = panel.cells(s)
        guard let first = cells.firstIndex(where: \.isFinite) else { return true }
        // What the axis begins with may be old.
        guard Int(panel.starts[s]) + first > 0 else { return false }
        return cells.count(where: \.isFinite) < NewItems.seasons * season
    }

    /// Means and quantiles (steps x levels) of a new series, and how many items they come from; nil where there are
    /// fewer than three.
    ///
    /// - Parameter isOpen: whether each step ahead can sell.
    func forecast(_ s: Int, isOpen: [Bool], levels: [Double]) -> (mean: [Double], quantiles: [Double], like: Int)? {
        let likes = known.map { likeness(s, $0.series) }
        let weights = likes.map(\.weight)
        // The deepest category that holds enough items: another category may sell ten times as much.
        let depth = (0...3).last { depth in likes.count { $0.weight > 0 && $0.depth >= depth } >= NewItems.enough } ?? 0
        let near = known.indices.filter { weights[$0] > 0 && likes[$0].depth >= depth }
        guard near.count >= 3 else { return nil }
        // Launches where enough were seen; otherwise whatever is like it.
        let seen = near.filter { known[$0].curve != nil }
        let taken = seen.count >= NewItems.enough ? seen : near
        let total = taken.reduce(0) { $0 + weights[$1] }
        let mean = taken.reduce(0) { $0 + weights[$1] * known[$1].rate } / total
        guard mean > 0 else { return nil }
        let variance = taken.reduce(0) { $0 + weights[$1] * (known[$1].rate - mean) * (known[$1].rate - mean) } / total
        let shape = min(20, max(0.3, mean * mean / max(variance, 1e-12 * mean * mean)))
        var curve = [Double](repeating: 1, count: NewItems.curve)
        if seen.count >= NewItems.enough {
            let sum = seen.reduce(0) { $0 + weights[$1] }
            for block in curve.indices {
                curve[block] = seen.reduce(0) { $0 + weights[$1] * (known[$1].curve?[block] ?? 1) } / sum
            }
        }
        func expected(age: Int, step: Int) -> Double {
            curve[min(NewItems.curve - 1, age / season)] * profile[step % season]
        }
        let cells = panel.cells(s)
        let start = Int(panel.starts[s])
        let first = cells.firstIndex(where: \.isFinite) ?? cells.count
        var (sold, exposure, age) = (0.0, 0.0, 0)
        for t in first..<cells.count where cells[t].isFinite {
            sold += max(0, cells[t])
            exposure += expected(age: age, step: start + t)
            age += 1
        }
        // Units of the prior: kappa units sold over kappa / mean steps.
        let unit = isCount ? 1 : mean
        let posterior = shape + sold / unit
        let level = posterior / (shape / mean + exposure / unit)
        var (means, quantiles): ([Double], [Double]) = ([], [])
        for (h, open) in isOpen.enumerated() {
            let value = open ? level * expected(age: age + h, step: panel.axis.count + h) : 0
            means.append(value)
            let variance = (isCount ? value : value * value) + value * value / posterior
            for q in levels {
                guard value > 0 else {
                    quantiles.append(0)
                    continue
                }
                if isCount {
                    quantiles.append(countQuantile(q, mean: value, variance: variance))
                } else {
                    let log2 = log(1 + variance / (value * value))
                    quantiles.append(value * exp(log2.squareRoot() * normalQuantile(q) - log2 / 2))
                }
            }
        }
        return (means, quantiles, taken.count)
    }

    /// How much one item says about another, and how many category levels they share: 4 for each level, by price on the
    /// scale of its logarithm, half for another role, nothing in another channel or region.
    private func likeness(_ a: Int, _ b: Int) -> (weight: Double, depth: Int) {
        let (one, other) = (panel.keys[a], panel.keys[b])
        guard a != b, one.channel == other.channel, one.region == other.region else { return (0, 0) }
        guard let i = one.sku?.position, let j = other.sku?.position, skus.indices.contains(i), skus.indices.contains(j)
        else { return (1, 0) }
        var (weight, depth) = (1.0, 0)
        for (mine, theirs) in zip(skus[i].categories, skus[j].categories) {
            guard mine == theirs, !mine.isEmpty else { break }
            weight *= 4
            depth += 1
        }
        let (p, q) = (skus[i].listPrice.major, skus[j].listPrice.major)
        if p > 0, q > 0 {
            let distance = log(p / q) / 0.5
            weight *= exp(-0.5 * distance * distance)
        }
        return (skus[i].role == skus[j].role ? weight : 0.5 * weight, depth)
    }
}
