import NumericCore
public import Retail

/// The measures of the M5 competition (Makridakis, Spiliotis and Assimakopoulos, 2022; The M5 competition: participants'
/// guide, 2020) for any hierarchy, origin and horizon: errors scaled by each node's own one-step naive errors since its first sale,
/// weighted by revenue over the last 28 days known, averaged over the levels with equal weight.
public struct HierarchyScore: Sendable {
    /// By level: the sum over groups of weight x RMSSE.
    public private(set) var wrmsse: [Double]
    /// By level: the sum over groups of weight x scaled pinball loss, averaged over the quantiles. Empty without
    /// quantiles.
    public private(set) var wspl: [Double]
    /// By level: share of observations inside the outermost pair of quantiles.
    public var coverage: [Double] { inside.map { $0.first ?? 0 } }
    /// What each pair of quantiles that lie as far from either end claims to hold, the outermost first.
    public private(set) var claims: [Double]
    /// By level and pair: share of observations inside.
    public private(set) var inside: [[Double]]
    /// By level: total forecast over total sold, less one.
    public private(set) var bias: [Double]

    public var meanWRMSSE: Double { wrmsse.reduce(0, +) / Double(max(1, wrmsse.count)) }
    public var meanWSPL: Double { wspl.reduce(0, +) / Double(max(1, wspl.count)) }

    /// Scores a forecast that starts at the day of its axis against what the panel says was sold.
    ///
    /// - Parameter panel: reaches to the end of the forecast at least; only its days before the forecast set scales
    ///   and weights.
    /// - Throws: `ForecastError.tooShort` when it does not.
    public init(
        _ forecast: HierarchicalForecast, against panel: SalesPanel, threads: Int
    ) async throws(ForecastError) {
        let hierarchy = forecast.hierarchy
        let (horizon, origin) = (forecast.horizon, panel.demand.axis.index(of: forecast.axis.origin))
        guard origin > 0, origin + horizon <= panel.demand.axis.count else {
            throw .tooShort(axis: panel.demand.axis.count, needed: origin + horizon - 1)
        }
        let revenue = HierarchyScore.revenue(panel, days: max(0, origin - 28)..<origin)
        let parts = await concurrentMap(chunks: hierarchy.levels.count, threads: threads) { level in
            LevelScore(
                level, forecast, history: hierarchy.history(panel.demand, level: level, steps: 0..<origin + horizon),
                days: origin + horizon, origin: origin, revenue: revenue)
        }
        wrmsse = parts.map(\.wrmsse)
        wspl = forecast.levels.isEmpty ? [] : parts.map(\.wspl)
        claims = forecast.pairs.map { forecast.levels[$0.high] - forecast.levels[$0.low] }
        inside = parts.map(\.inside)
        bias = parts.map(\.bias)
    }

    /// What each series sold for over some days. Without prices every unit counts the same; a day before the first
    /// known price counts nothing.
    static func revenue(_ panel: SalesPanel, days: Range<Int>) -> [Double] {
        (0..<panel.demand.seriesCount).map { s in
            var sum = 0.0
            let (start, from) = (Int(panel.demand.starts[s]), panel.demand.offsets[s])
            for day in days where day >= start && day - start < panel.demand.offsets[s + 1] - from {
                let price = panel.prices.map { Double($0.price(s, day: day) ?? 0) } ?? 1
                sum += price * Double(panel.demand.values[from + day - start])
            }
            return sum
        }
    }
}

private struct LevelScore: Sendable {
    var wrmsse = 0.0
    var wspl = 0.0
    var inside: [Double]
    var bias = 0.0

    init(
        _ level: Int, _ forecast: HierarchicalForecast, history: [Double], days: Int, origin: Int, revenue: [Double]
    ) {
        let hierarchy = forecast.hierarchy
        let (horizon, quantiles) = (forecast.horizon, forecast.levels)
        let (of, groups) = (hierarchy.levels[level].of, hierarchy.levels[level].groups.count)
        var weights = [Double](repeating: 0, count: groups)
        for (s, group) in of.enumerated() { weights[Int(group)] += revenue[s] }
        let total = weights.reduce(0, +)
        let pairs = forecast.pairs
        inside = [Double](repeating: 0, count: pairs.count)
        guard total > 0 else { return }
        var (sold, meant) = (0.0, 0.0)
        for g in 0..<groups {
            let row = g * days
            var first = 0
            while first < origin, history[row + first] == 0 { first += 1 }
            var (squares, sizes) = (0.0, 0.0)
            for t in min(first + 1, origin)..<origin {
                let step = history[row + t] - history[row + t - 1]
                squares += step * step
                sizes += abs(step)
            }
            let steps = Double(max(1, origin - 1 - first))
            var (squared, pinball) = (0.0, 0.0)
            for h in 0..<horizon {
                let node = (hierarchy.offsets[level] + g) * horizon + h
                let actual = history[row + origin + h]
                let error = Double(forecast.mean[node]) - actual
                squared += error * error
                sold += actual
                meant += Double(forecast.mean[node])
                for (k, probability) in quantiles.enumerated() {
                    let excess = actual - Double(forecast.quantiles[node * quantiles.count + k])
                    pinball += excess >= 0 ? probability * excess : (probability - 1) * excess
                }
                for (k, pair) in pairs.enumerated() {
                    let (low, high) = (
                        Double(forecast.quantiles[node * quantiles.count + pair.low]),
                        Double(forecast.quantiles[node * quantiles.count + pair.high])
                    )
                    if actual >= low && actual <= high { inside[k] += 1 / Double(groups * horizon) }
                }
            }
            let weight = weights[g] / total
            if squares > 0 { wrmsse += weight * (squared / Double(horizon) / (squares / steps)).squareRoot() }
            if sizes > 0, !quantiles.isEmpty {
                wspl += weight * pinball / Double(horizon * quantiles.count) / (sizes / steps)
            }
        }
        bias = sold > 0 ? meant / sold - 1 : 0
    }
}
