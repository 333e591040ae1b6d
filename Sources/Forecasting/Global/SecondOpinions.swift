import Foundation
import NumericCore
import Retail

/// Forecasts of the series from last year's steps, beside the engine's: with a year or two of weeks, the same week a year
/// ago tells what regression on the calendar cannot yet know.
///
/// Three of them: the series' own steps a year ago times its growth, drawn toward its kin's; the recent level times
/// what its kin did a year ago; the step a year ago as it was. They are mixed with the engine's by the weights that would
/// have been best at past origins, for the series and for the groups alike (combining forecasts: Bates and Granger
/// 1969), none below zero.
struct SecondOpinions: Sendable {
    /// Growth and shape are held within these factors.
    private static let growthLimit = 3.0
    private static let kinLimit = 2.0
    private static let shapeLimit = 5.0
    /// Share of a kin's mean that is added to both sides of a ratio.
    private static let damping = 0.05
    /// The weight of the year before last beside the last.
    private static let olderShare = 0.4

    let panel: SalesPanel
    let cadence: Cadence
    let horizon: Int
    let parents: Hierarchy.Level
    private let kin: RunningTotals
    private let kinOf: [Int32]
    private let series: RunningTotals
    private let steps: Int

    init(_ panel: SalesPanel, cadence: Cadence, horizon: Int, parents: Hierarchy.Level, kin: [String]) {
        self.panel = panel
        self.cadence = cadence
        self.horizon = horizon
        self.parents = parents
        steps = panel.demand.axis.count
        let levels = Hierarchy(panel, levels: [kin])
        self.kin = RunningTotals(levels.history(panel.demand, level: 0), steps: steps)
        kinOf = levels.levels[0].of
        series = RunningTotals(levels.history(panel.demand, level: 1), steps: steps)
    }

    /// Whether steps a year ago mean something: a day of a single item says too little.
    static func apply(to cadence: Cadence) -> Bool { cadence.block == 1 }

    /// The engine's forecasts mixed with these.
    ///
    /// - Parameters:
    ///   - made: the engine's forecasts by origin, series x horizon.
    ///   - origins: of each; those whose horizon is known judge.
    func mixed(_ made: [[Float]], origins: [Int], threads: Int) async -> [[Float]] {
        let others = await concurrentMap(chunks: origins.count, threads: threads) { self.opinions(origins[$0]) }
        let judges = origins.indices.filter { origins[$0] + horizon <= steps && others[$0] != nil }
        guard judges.count > 1 else { return made }
        let all = origins.indices.map { [made[$0]] + (others[$0] ?? []) }
        let weights = weights(judges.map { (origins[$0], all[$0]) })
        return origins.indices.map { k in
            guard all[k].count == weights.count else { return made[k] }
            var out = [Float](repeating: 0, count: made[k].count)
            for (weight, opinion) in zip(weights, all[k]) where weight > 0 {
                for i in out.indices { out[i] += Float(weight) * opinion[i] }
            }
            return out
        }
    }

    /// The three by themselves; nil with less than a year and a recent window before the origin.
    private func opinions(_ origin: Int) -> [[Float]]? {
        let (year, long, short) = (cadence.year, cadence.windows[3], cadence.windows[2])
        guard origin >= year + long, horizon <= year else { return nil }
        let count = panel.demand.seriesCount
        var (own, shared, naive) = (
            [Float](repeating: 0, count: count * horizon), [Float](repeating: 0, count: count * horizon),
            [Float](repeating: 0, count: count * horizon)
        )
        for s in 0..<count {
            let row = Int(kinOf[s])
            let recent = series.mean(s, origin - long, origin)
            let level = series.mean(s, origin - short, origin)
            let floor = SecondOpinions.damping * kin.mean(row, origin - year, origin)
            for h in 0..<horizon {
                var (a, b, shares) = (0.0, 0.0, 0.0)
                for back in 1...2 {
                    let then = origin - back * year
                    guard then >= long else { continue }
                    let before = series.mean(s, then - long, then)
                    let share = back == 1 ? 1 : SecondOpinions.olderShare
                    let kinGrowth = ratio(
                        kin.mean(row, origin - long, origin), kin.mean(row, then - long, then), floor,
                        SecondOpinions.kinLimit)
                    let step = series.mean(s, then + h, then + h + 1)
                    let growth = ratio(recent, before, 1e-9, SecondOpinions.growthLimit)
                    a += share * (before > 0 ? step * (growth * kinGrowth).squareRoot() : recent)
                    b +=
                        share * level
                        * ratio(
                            kin.mean(row, then + h, then + h + 1), kin.mean(row, then - short, then), floor,
                            SecondOpinions.shapeLimit)
                    shares += share
                }
                own[s * horizon + h] = Float(a / shares)
                shared[s * horizon + h] = Float(b / shares)
                naive[s * horizon + h] = Float(series.mean(s, origin - year + h, origin - year + h + 1))
            }
        }
        return [own, shared, naive]
    }

    private func ratio(_ a: Double, _ b: Double, _ floor: Double, _ limit: Double) -> Double {
        let ratio = (a + floor) / (b + floor)
        return ratio.isFinite ? min(limit, max(1 / limit, ratio)) : 1
    }

    /// Weights of sum one, none negative, with the least squared errors at past origins; an error counts by the size of
    /// its series or group, the series together as much as the groups together.
    private func weights(_ past: [(origin: Int, opinions: [[Float]])]) -> [Double] {
        let size = past.first?.opinions.count ?? 0
        let (series, actualSeries) = (panel.demand.seriesCount, series)
        var gram = [Double](repeating: 0, count: size * size)
        var right = [Double](repeating: 0, count: size)
        for isGroup in [false, true] {
            let rows = isGroup ? parents.groups.count : series
            var (part, pull, whole) = (gram.map { _ in 0.0 }, right.map { _ in 0.0 }, 0.0)
            for (origin, opinions) in past {
                var sums = [Double](repeating: 0, count: rows * horizon * (size + 1))
                var sizes = [Double](repeating: 0, count: rows)
                for s in 0..<series {
                    let row = isGroup ? Int(parents.of[s]) : s
                    sizes[row] += actualSeries.mean(s, origin - cadence.year, origin)
                    for h in 0..<horizon {
                        let at = (row * horizon + h) * (size + 1)
                        for (k, opinion) in opinions.enumerated() { sums[at + k] += Double(opinion[s * horizon + h]) }
                        sums[at + size] += actualSeries.mean(s, origin + h, origin + h + 1)
                    }
                }
                for cell in 0..<rows * horizon where sizes[cell / horizon] > 0 {
                    let weight = 1 / sizes[cell / horizon]
                    let at = cell * (size + 1)
                    whole += weight * sums[at + size] * sums[at + size]
                    for i in 0..<size {
                        pull[i] += weight * sums[at + i] * sums[at + size]
                        for j in 0..<size { part[i * size + j] += weight * sums[at + i] * sums[at + j] }
                    }
                }
            }
            guard whole > 0 else { continue }
            for i in gram.indices { gram[i] += part[i] / whole }
            for i in right.indices { right[i] += pull[i] / whole }
        }
        var weights = [Double](repeating: 1 / Double(max(1, size)), count: size)
        for _ in 0..<500 {
            for i in 0..<size where gram[i * size + i] > 0 {
                var rest = right[i]
                for j in 0..<size where j != i { rest -= gram[i * size + j] * weights[j] }
                weights[i] = max(0, rest / gram[i * size + i])
            }
        }
        let total = weights.reduce(0, +)
        return total > 0 ? weights.map { $0 / total } : weights.indices.map { $0 == 0 ? 1 : 0 }
    }
}
