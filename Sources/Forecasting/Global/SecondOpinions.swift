import Foundation
import NumericCore
import Retail

/// Forecasts of the series from last year's steps, beside the engine's: with a year or two of weeks, the same week a year
/// ago tells what regression on the calendar cannot yet know.
///
/// Two of them: the series' own steps a year ago times its growth, drawn toward its kin's; and its smoothed level, less
/// the season it shares with its kin, with that season put back. They are mixed with the engine's by weights that fall
/// with the cube of the error at past origins.
struct SecondOpinions: Sendable {
    /// Growth is held within these factors.
    private static let growthLimit = 3.0
    private static let kinLimit = 2.0
    /// A place of the season is held within this factor.
    private static let seasonLimit = 10.0
    /// Share of the yearly mean that is added to both sides of a ratio: growth, season of kin, own season.
    private static let damping = (growth: 0.05, kin: 0.02, own: 0.1)
    /// The weight of the year before last beside the last.
    private static let olderShare = 0.4
    /// Smoothing of the level.
    private static let smoothing = 0.2

    let panel: SalesPanel
    let cadence: Cadence
    let horizon: Int
    private let kin: RunningTotals
    private let kinOf: [Int32]
    private let kins: Int
    private let series: RunningTotals
    private let steps: Int

    init(_ panel: SalesPanel, cadence: Cadence, horizon: Int, kin: [String]) {
        self.panel = panel
        self.cadence = cadence
        self.horizon = horizon
        steps = panel.demand.axis.count
        let levels = Hierarchy(panel, levels: [kin])
        self.kin = RunningTotals(levels.history(panel.demand, level: 0), steps: steps)
        kinOf = levels.levels[0].of
        kins = levels.levels[0].groups.count
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

    /// The two by themselves; nil with less than a year and a recent window before the origin.
    private func opinions(_ origin: Int) -> [[Float]]? {
        guard origin >= cadence.year + cadence.windows[3], horizon <= cadence.year else { return nil }
        let count = panel.demand.seriesCount
        let shared = (0..<kins).map { season(kin, $0, origin, damping: SecondOpinions.damping.kin) }
        var (grown, smoothed): ([Float], [Float]) = ([], [])
        grown.reserveCapacity(count * horizon)
        smoothed.reserveCapacity(count * horizon)
        for s in 0..<count {
            appendGrown(s, origin, to: &grown)
            appendSmoothed(s, origin, shared[Int(kinOf[s])], to: &smoothed)
        }
        return [grown, smoothed]
    }

    /// The same steps one and two years ago, times what has been added since.
    private func appendGrown(_ s: Int, _ origin: Int, to out: inout [Float]) {
        let (year, window, row) = (cadence.year, cadence.windows[3], Int(kinOf[s]))
        let floor = SecondOpinions.damping.growth * kin.mean(row, origin - year, origin)
        let recent = series.mean(s, origin - window, origin)
        for h in 0..<horizon {
            var (sum, shares) = (0.0, 0.0)
            for back in 1...2 {
                let then = origin - back * year
                guard then >= window else { continue }
                let before = series.mean(s, then - window, then)
                let common = ratio(
                    kin.mean(row, origin - window, origin), kin.mean(row, then - window, then), floor,
                    SecondOpinions.kinLimit)
                let own = ratio(recent, before, 1e-9, SecondOpinions.growthLimit)
                let step = series.mean(s, then + h, then + h + 1)
                let share = back == 1 ? 1 : SecondOpinions.olderShare
                sum += share * (before > 0 ? step * (own * common).squareRoot() : recent)
                shares += share
            }
            out.append(Float(sum / shares))
        }
    }

    /// The level of the last year, smoothed with the season taken off, and the season ahead.
    private func appendSmoothed(_ s: Int, _ origin: Int, _ shared: [Double], to out: inout [Float]) {
        let year = cadence.year
        let season = zip(season(series, s, origin, damping: SecondOpinions.damping.own), shared)
            .map { ($0 * $1).squareRoot() }
        var level = Double.nan
        for t in origin - year..<origin {
            let value = series.mean(s, t, t + 1) / season[t % year]
            level = level.isNaN ? value : level + SecondOpinions.smoothing * (value - level)
        }
        for h in 0..<horizon { out.append(Float(max(0, level * season[(origin + h) % year]))) }
    }

    /// By place in the year: the mean ratio of a step to the year around it.
    private func season(_ totals: RunningTotals, _ row: Int, _ origin: Int, damping: Double) -> [Double] {
        let year = cadence.year
        let floor = damping * totals.mean(row, origin - year, origin)
        return (0..<year).map { place in
            var (sum, count) = (0.0, 0.0)
            for t in stride(from: place, to: origin, by: year) {
                let from = max(0, min(t - year / 2, origin - year))
                sum += ratio(
                    totals.mean(row, t, t + 1), totals.mean(row, from, from + year), floor, SecondOpinions.seasonLimit)
                count += 1
            }
            return count > 0 ? sum / count : 1
        }
    }

    private func ratio(_ a: Double, _ b: Double, _ floor: Double, _ limit: Double) -> Double {
        let ratio = (a + floor) / (b + floor)
        return ratio.isFinite ? min(limit, max(1 / limit, ratio)) : 1
    }

    /// Weights that fall with the cube of the absolute error at past origins, as those of single series do.
    private func weights(_ past: [(origin: Int, opinions: [[Float]])]) -> [Double] {
        var errors = [Double](repeating: 0, count: past.first?.opinions.count ?? 0)
        for (origin, opinions) in past {
            for s in 0..<panel.demand.seriesCount {
                for h in 0..<horizon {
                    let actual = series.mean(s, origin + h, origin + h + 1)
                    for (k, opinion) in opinions.enumerated() {
                        errors[k] += abs(Double(opinion[s * horizon + h]) - actual)
                    }
                }
            }
        }
        return UnivariateForecaster.weights(errors, steepness: 3)
    }
}
