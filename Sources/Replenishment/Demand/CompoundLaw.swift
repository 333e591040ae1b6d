import Foundation
import NumericCore

/// Demand over a span line by line: the number of lines is Poisson, or negative binomial where demand spreads further than
/// independent lines make it, and each has units as past lines had. Worked out to the unit by Panjer's recursion (1981).
enum CompoundLaw {
    /// From as many mean lines on, any law with the same mean and variance does.
    static let enoughLines = 12.0
    /// Products of levels and sizes that are worked through.
    private static let mostWork = 2_000_000.0
    /// What the tail beyond the last level may hold.
    private static let tail = 1e-9

    /// Where all lines are whole packs, so many more of them still show: levels between two packs serve alike.
    private static let packLines = 96.0

    /// Nil where there are lines enough, too many levels, or demand that is calmer than independent lines.
    ///
    /// - Parameter giants: whether the largest lines count as large as they are, not as the largest of the others.
    static func law(_ moments: Moments, lines: [LineSizes.Size], giants: Bool = false) -> DemandLaw? {
        let lines = giants ? lines : Lumps.capped(lines)
        let pack = lines.reduce(0) { commonDivisor($0, $1.units) }
        guard pack > 1, !lines.isEmpty else { return law(moments, units: lines, enough: enoughLines) }
        let packs = lines.map { LineSizes.Size(units: $0.units / pack, share: $0.share) }
        let size = Double(pack)
        let inPacks = Moments(mean: moments.mean / size, variance: moments.variance / (size * size))
        guard case .empirical(let law)? = law(inPacks, units: packs, enough: packLines) else { return nil }
        return .empirical(EmpiricalDistribution(values: law.values.map { $0 * size }, weights: law.weights))
    }

    /// The law of the sum of two independent demands of whole units; nil where it would take too long.
    static func sum(_ one: DemandLaw, _ other: DemandLaw) -> DemandLaw? {
        guard case .empirical(let other) = other else { return nil }
        guard case .empirical(let one) = one else { return one.mean == 0 ? .empirical(other) : nil }
        guard let last = one.values.last, let otherLast = other.values.last,
            Double(one.values.count) * Double(other.values.count) < mostWork, last + otherLast < mostWork
        else { return nil }
        var chances = [Double](repeating: 0, count: Int(last + otherLast) + 1)
        for (value, weight) in zip(one.values, one.weights) {
            for (more, share) in zip(other.values, other.weights) { chances[Int(value + more)] += weight * share }
        }
        return .empirical(EmpiricalDistribution(values: chances.indices.map { Double($0) }, weights: chances))
    }

    private static func commonDivisor(_ a: Int64, _ b: Int64) -> Int64 { b == 0 ? a : commonDivisor(b, a % b) }

    private static func law(_ moments: Moments, units sizes: [LineSizes.Size], enough: Double) -> DemandLaw? {
        let perLine = sizes.reduce(0) { $0 + $1.share * Double($1.units) }
        // E[J^2] / E[J], as `Lumps.size`.
        let lump = sizes.reduce(0) { $0 + $1.share * Double($1.units * $1.units) } / perLine
        let (mean, variance) = (moments.mean, moments.variance)
        guard mean > 0, perLine > 1 || enough > enoughLines, mean < enough * lump,
            variance > 0.99 * mean * lump
        else {
            return nil
        }
        let last = mean + 12 * variance.squareRoot() + 20 * lump
        guard last * Double(sizes.count) < mostWork else { return nil }
        let count = mean / perLine
        // The number of lines varies by so much more than its mean.
        let beyond = max(0, variance - mean * lump) / (perLine * perLine)
        let slope = beyond / (count + beyond)
        let offset = beyond > 0 ? (count * count / beyond - 1) * slope : count
        let none = beyond > 0 ? exp(-count * count / beyond * log1p(beyond / count)) : exp(-count)
        guard none > 1e-280 else { return nil }
        var chances = [none]
        var sum = none
        while sum < 1 - tail, Double(chances.count) < last {
            let level = Double(chances.count)
            var chance = 0.0
            for size in sizes where size.units < Int64(chances.count) + 1 {
                let units = Double(size.units)
                chance += (slope + offset * units / level) * size.share * chances[chances.count - Int(size.units)]
            }
            chances.append(max(0, chance))
            sum += chance
        }
        return .empirical(
            EmpiricalDistribution(values: chances.indices.map { Double($0) }, weights: chances))
    }
}
