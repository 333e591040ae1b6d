import Foundation

/// The order with the least AICc found by the stepwise search of Hyndman and Khandakar (2008), fitted exactly.
///
/// Differences come first: seasonal ones where the season is strong, plain ones as long as the test of Kwiatkowski,
/// Phillips, Schmidt and Shin (1992) rejects a stationary level. Orders are compared with the filter cut short and
/// the best refitted exactly.
func selectArima(_ values: [Double], season: Int, _ workspace: LaneWorkspace) -> ArimaFit? {
    let n = values.count
    let isSeasonal = (2...400).contains(season) && n > 2 * season + 3
    var base = ArimaOrder(p: 0, d: 0, q: 0, season: isSeasonal ? season : 1)
    if isSeasonal, seasonalStrength(values, season: season) > 0.64 { base.seasonalD = 1 }
    var w = base.differenced(values)
    while base.d < 2, w.count > 4, !isConstant(w), levelTest(w) > levelCritical {
        w = differenced(w, lag: 1)
        base.d += 1
    }
    var search = ArimaSearch(base: base, values: values, differenced: w, workspace: workspace)
    guard !isConstant(w) else {
        base.hasConstant = base.d + base.seasonalD < 2
        return constantArima(base, w)
    }
    return search.run()
}

/// The five per cent point of the level test.
private let levelCritical = 0.463

private func isConstant(_ values: [Double]) -> Bool { values.allSatisfy { $0 == values.first } }

/// The statistic of Kwiatkowski, Phillips, Schmidt and Shin for a stationary level, with floor(3 sqrt(n) / 13) lags.
func levelTest(_ values: [Double]) -> Double {
    let n = values.count
    guard n > 1 else { return 0 }
    let mean = values.reduce(0, +) / Double(n)
    let e = values.map { $0 - mean }
    var (sum, eta) = (0.0, 0.0)
    for value in e {
        sum += value
        eta += sum * sum
    }
    let lags = Int(3 * Double(n).squareRoot() / 13)
    var variance = e.reduce(0) { $0 + $1 * $1 }
    for lag in 1..<max(1, lags + 1) {
        var product = 0.0
        for t in lag..<max(lag, n) { product += e[t] * e[t - lag] }
        variance += 2 * (1 - Double(lag) / Double(lags + 1)) * product
    }
    variance /= Double(n)
    return variance > 0 ? eta / (Double(n) * Double(n) * variance) : 0
}

/// 1 less the share of the detrended variance that is not season (Wang, Smith and Hyndman 2006), from a classical
/// decomposition.
func seasonalStrength(_ values: [Double], season: Int) -> Double {
    guard values.count > 2 * season else { return 0 }
    let trend = centredAverage(values, length: season)
    let places = classicalSeason(values, length: season)
    let half = season / 2
    var (rest, both): ([Double], [Double]) = ([], [])
    for (k, level) in trend.enumerated() {
        let detrended = values[k + half] - level
        both.append(detrended)
        rest.append(detrended - places[(k + half) % season])
    }
    func variance(_ x: [Double]) -> Double {
        let mean = x.reduce(0, +) / Double(x.count)
        return x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    let whole = variance(both)
    return whole > 0 ? max(0, min(1, 1 - variance(rest) / whole)) : 0
}

/// What is constant after differencing needs no coefficients.
private func constantArima(_ order: ArimaOrder, _ w: [Double]) -> ArimaFit {
    ArimaFit(
        order: order, ar: [], ma: [], coefficients: [], mean: order.hasConstant ? w.first ?? 0 : 0, variance: 0,
        logLikelihood: .infinity, aicc: -.infinity, point: [], unit: 1, stateAhead: [0], innovations: [0],
        isSettled: true)
}

/// The walk over neighbouring orders.
private struct ArimaSearch {
    let base: ArimaOrder
    let values: [Double]
    let differenced: [Double]
    let workspace: LaneWorkspace
    private var tried: [ArimaOrder: Double] = [:]
    private var best: ArimaFit?

    private static let limit = 94

    init(base: ArimaOrder, values: [Double], differenced: [Double], workspace: LaneWorkspace) {
        (self.base, self.values, self.differenced, self.workspace) = (base, values, differenced, workspace)
    }

    mutating func run() -> ArimaFit? {
        let m = base.season
        let isSeasonal = m > 1
        let third = values.count / 3
        let most = (p: min(5, third, isSeasonal ? m - 1 : 5), seasonal: isSeasonal ? min(2, third / m) : 0)
        let constant = base.d + base.seasonalD < 2
        func order(_ p: Int, _ q: Int, _ seasonalP: Int, _ seasonalQ: Int, _ hasConstant: Bool) -> ArimaOrder? {
            guard (0...most.p).contains(p), (0...most.p).contains(q) else { return nil }
            guard (0...most.seasonal).contains(seasonalP), (0...most.seasonal).contains(seasonalQ) else { return nil }
            guard constant || !hasConstant else { return nil }
            var order = base
            (order.p, order.q, order.seasonalP, order.seasonalQ) = (p, q, seasonalP, seasonalQ)
            order.hasConstant = hasConstant
            return order
        }
        let (two, one) = (min(2, most.p), min(1, most.seasonal))
        let begin = [
            order(two, two, one, one, constant), order(0, 0, 0, 0, constant), order(min(1, two), 0, one, 0, constant),
            order(0, min(1, two), 0, one, constant), order(0, 0, 0, 0, false),
        ]
        for candidate in begin { _ = attempt(candidate) }
        var moved = true
        while moved, tried.count < Self.limit, let now = best?.order {
            moved = false
            let (p, q, s, z, c) = (now.p, now.q, now.seasonalP, now.seasonalQ, now.hasConstant)
            let steps: [(Int, Int, Int, Int)] = [
                (0, 0, -1, 0), (0, 0, 0, -1), (0, 0, 1, 0), (0, 0, 0, 1), (0, 0, -1, -1), (0, 0, -1, 1),
                (0, 0, 1, -1), (0, 0, 1, 1), (-1, 0, 0, 0), (0, -1, 0, 0), (1, 0, 0, 0), (0, 1, 0, 0),
                (-1, -1, 0, 0), (-1, 1, 0, 0), (1, -1, 0, 0), (1, 1, 0, 0),
            ]
            for step in steps where !moved {
                moved = attempt(order(p + step.0, q + step.1, s + step.2, z + step.3, c))
            }
            if !moved { moved = attempt(order(p, q, s, z, !c)) }
        }
        // The best few again, exactly: the short cut may have changed places among equals.
        let finalists = tried.sorted { ($0.value, $0.key.description) < ($1.value, $1.key.description) }.prefix(3)
        var exact: ArimaFit?
        for (order, aicc) in finalists where aicc.isFinite && aicc < (finalists.first?.value ?? 0) + 2 {
            let near = best.flatMap { $0.order == order ? $0 : nil } ?? best
            guard
                let fit = fitArima(order, values, .exact, workspace, differenced: differenced, near: near)
            else { continue }
            if fit.isSound, fit.aicc < exact?.aicc ?? .infinity { exact = fit }
        }
        return exact ?? best
    }

    /// Tries an order unless it was tried before; true where it is the best so far.
    private mutating func attempt(_ order: ArimaOrder?) -> Bool {
        guard let order, tried[order] == nil, tried.count < Self.limit else { return false }
        let fit = fitArima(order, values, .search, workspace, differenced: differenced, near: best)
        guard let fit, fit.isSound else {
            tried[order] = .infinity
            return false
        }
        tried[order] = fit.aicc
        guard fit.aicc < best?.aicc ?? .infinity else { return false }
        best = fit
        return true
    }
}
