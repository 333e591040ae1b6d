import Foundation

/// A seasonal ARIMA model fitted to one series.
struct ArimaFit: Sendable {
    var order: ArimaOrder
    /// Multiplied-out coefficients by lag, from lag 1: w_t - mean = sum ar (w - mean) + e_t + sum ma e.
    var ar: [Double]
    var ma: [Double]
    /// Coefficients factor by factor, as other software prints them: AR, seasonal AR, MA, seasonal MA.
    var coefficients: [Double]
    /// Mean of the differenced series (the drift, with one difference).
    var mean: Double
    var variance: Double
    var logLikelihood: Double
    var aicc: Double
    /// Partial autocorrelations of the factors and the scaled mean: what the search moves.
    var point: [Double]
    var unit: Double
    var stateAhead: [Double]
    var innovations: [Double]
    var isSettled: Bool

    /// Whether all roots of all polynomials keep a distance of a hundredth from the unit circle; a model that touches
    /// it is over-differenced or has roots in common.
    var isSound: Bool {
        var at = 0
        func keepsDistance(_ count: Int, season: Int) -> Bool {
            let factor = Array(coefficients[at..<at + count])
            defer { at += count }
            let sign = at >= order.p + order.seasonalP ? -1.0 : 1
            // Stretched by the distance, the polynomial must still be stationary: step it down (Durbin 1960).
            var a = factor.enumerated().map { sign * $1 * pow(1.01, Double(season * ($0 + 1))) }
            while let last = a.popLast() {
                guard abs(last) < 1 else { return false }
                let b = a
                for k in a.indices { a[k] = (b[k] + last * b[a.count - 1 - k]) / (1 - last * last) }
            }
            return true
        }
        return keepsDistance(order.p, season: 1) && keepsDistance(order.seasonalP, season: order.season)
            && keepsDistance(order.q, season: 1) && keepsDistance(order.seasonalQ, season: order.season)
    }
}

/// How closely the likelihood is computed.
enum ArimaEffort: Sendable {
    /// For comparing orders: the filter is taken to have settled early.
    case search
    case exact
}

/// Fits one order by maximum likelihood of the differenced series; nil where too little is left of it.
///
/// - Parameter near: parameters of a fit that differs little, to begin from.
func fitArima(
    _ order: ArimaOrder, _ values: [Double], _ effort: ArimaEffort, _ workspace: LaneWorkspace,
    differenced given: [Double]? = nil, near: ArimaFit? = nil
) -> ArimaFit? {
    let w = given ?? order.differenced(values)
    let n = w.count
    let size = order.coefficientCount
    guard n > size + 2, n > 2 else { return nil }
    let centre = order.hasConstant ? w.reduce(0, +) / Double(n) : 0
    let spread = (w.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / Double(n)).squareRoot()
    guard spread > 0 else { return nil }
    let scaled = w.map { $0 / spread }
    let terms = size - (order.hasConstant ? 1 : 0)
    var search = LaneSearch(
        lower: [Double](repeating: -0.9995, count: terms), upper: [Double](repeating: 0.9995, count: terms),
        reach: [Double](repeating: 1e-5, count: terms), tolerance: effort == .search ? 0.05 : 0.002, iterations: 30)
    if order.hasConstant {
        search.lower.append(-.infinity)
        search.upper.append(.infinity)
        search.reach.append(1e-4)
    }
    let mean = centre / spread
    let made: (fit: LaneFit, filtered: Filtered)? = scaled.withUnsafeBufferPointer { buffer in
        // A step of the exact filter costs the order of the model: long ones are filtered exactly for less long.
        let width = max(order.arLength, order.maLength + 1)
        let lanes =
            effort == .search
            ? ArimaLanes(
                order, buffer, workspace, tolerance: 1e-3, patience: max(20, min(3 * order.season + 10, 20_000 / width))
            )
            : ArimaLanes(order, buffer, workspace, patience: max(100, 2_000_000 / width))
        var fit: LaneFit?
        if size == 0 {
            let errors = lanes.residuals(workspace.buffer(1, count: 1), workspace.buffer(0, count: n))
            fit = LaneFit(
                point: [], objective: Double(n) * log(errors.squares[0]) + errors.logs[0], iterations: 0)
        } else {
            fit = search.minimise(lanes, starts: startingPoints(order, mean: mean, near: near), workspace)
        }
        guard let fit else { return nil }
        return (fit, Filtered(lanes, fit.point, workspace))
    }
    guard let made else { return nil }
    let count = Double(size + 1)
    let steps = Double(n)
    let deviance =
        made.fit.objective + steps * (1 + log(2 * Double.pi / steps)) + 2 * steps * log(spread)
    return ArimaFit(
        order: order, ar: made.filtered.ar, ma: made.filtered.ma, coefficients: factors(order, made.fit.point),
        mean: order.hasConstant ? made.fit.point[size - 1] * spread : 0,
        variance: made.filtered.squares * spread * spread / max(1, steps - count + 1),
        logLikelihood: -0.5 * deviance,
        aicc: deviance + 2 * count + (steps > count + 1 ? 2 * count * (count + 1) / (steps - count - 1) : .infinity),
        point: made.fit.point, unit: spread, stateAhead: made.filtered.state, innovations: made.filtered.innovations,
        isSettled: made.filtered.isSettled)
}

/// What one more run of the filter over the best parameters leaves behind.
private struct Filtered {
    var ar: [Double]
    var ma: [Double]
    var squares: Double
    var state: [Double]
    var innovations: [Double]
    var isSettled: Bool

    init(_ lanes: ArimaLanes, _ point: [Double], _ workspace: LaneWorkspace) {
        let parameters = workspace.buffer(1, count: max(1, point.count))
        for j in point.indices { parameters[j] = Lanes(repeating: point[j]) }
        let out = workspace.buffer(0, count: lanes.count)
        let (errors, exact, polynomials) = lanes.filter(parameters, out, normalises: false)
        ar = (1..<lanes.order.arLength + 1).map { polynomials.ar[$0][0] }
        ma = (1..<lanes.order.maLength + 1).map { polynomials.ma[$0][0] }
        squares = errors.squares[0]
        isSettled = exact < lanes.count
        let kept = min(lanes.count, max(1, lanes.order.maLength))
        innovations = (lanes.count - kept..<lanes.count).map { out[$0][0] }
        let states = workspace.buffer(7, count: 3 * (lanes.width + 1))
        state = (0..<lanes.width).map { states[$0][0] }
    }
}

/// Where the search begins: at nothing, at typical smoothing, and at a neighbour's parameters.
private func startingPoints(_ order: ArimaOrder, mean: Double, near: ArimaFit?) -> [[Double]] {
    typealias Corner = (ar: Double, sar: Double, ma: Double, sma: Double)
    let corners: [Corner] = [
        (0, 0, 0, 0), (0.3, 0.1, 0.1, 0.1), (0.7, 0.2, 0.4, 0.5), (-0.2, 0.3, 0.5, 0.8), (0.1, 0.1, 0.85, 0.9),
        (0.9, 0.7, 0.7, 0.5), (0.5, 0.5, -0.3, 0.9),
    ]
    var starts = corners.map { corner in
        func factor(_ first: Double, _ count: Int) -> [Double] {
            (0..<count).map { $0 == 0 ? first : 0.1 * first }
        }
        return factor(corner.ar, order.p) + factor(corner.sar, order.seasonalP) + factor(corner.ma, order.q)
            + factor(corner.sma, order.seasonalQ) + (order.hasConstant ? [mean] : [])
    }
    if let near {
        // Factors of the neighbour cut off or filled up with zeros: exactly its process, or nearly so.
        var at = 0
        func factor(_ had: Int, _ wanted: Int) -> [Double] {
            defer { at += had }
            return (0..<wanted).map { $0 < had ? 0.98 * near.point[at + $0] : 0 }
        }
        let old = near.order
        starts.append(
            factor(old.p, order.p) + factor(old.seasonalP, order.seasonalP) + factor(old.q, order.q)
                + factor(old.seasonalQ, order.seasonalQ) + (order.hasConstant ? [mean] : []))
    }
    return starts
}

/// Coefficients of the factors from their partial autocorrelations; moving average ones with a plus sign.
private func factors(_ order: ArimaOrder, _ point: [Double]) -> [Double] {
    var at = 0
    func factor(_ count: Int, sign: Double) -> [Double] {
        var out: [Double] = []
        for k in 0..<count {
            let before = out
            for j in 0..<k { out[j] = before[j] - point[at + k] * before[k - 1 - j] }
            out.append(point[at + k])
        }
        at += count
        return out.map { sign * $0 }
    }
    return factor(order.p, sign: 1) + factor(order.seasonalP, sign: 1) + factor(order.q, sign: -1)
        + factor(order.seasonalQ, sign: -1)
}

extension ArimaFit {
    /// Means of the steps after the values it was fitted to.
    func means(_ values: [Double], horizon: Int) -> [Double] {
        var ahead = aheadOfDifferences(values, horizon: horizon)
        // Undo the plain differences, then the seasonal ones.
        var stages: [(lag: Int, series: [Double])] = []
        var series = values
        for _ in 0..<order.seasonalD {
            stages.append((order.season, series))
            series = differenced(series, lag: order.season)
        }
        for _ in 0..<order.d {
            stages.append((1, series))
            series = differenced(series, lag: 1)
        }
        for stage in stages.reversed() {
            for h in 0..<horizon {
                ahead[h] += h < stage.lag ? stage.series[stage.series.count - stage.lag + h] : ahead[h - stage.lag]
            }
        }
        return ahead
    }

    private func aheadOfDifferences(_ values: [Double], horizon: Int) -> [Double] {
        if !isSettled {
            // A short series: the state of the exact filter knows what is ahead.
            var state = stateAhead
            return (0..<horizon).map { _ in
                let first = state[0]
                for i in state.indices {
                    state[i] = (i < ar.count ? ar[i] * first : 0) + (i + 1 < state.count ? state[i + 1] : 0)
                }
                return first * unit + mean
            }
        }
        let w = order.differenced(values)
        var deviations = w.suffix(max(1, ar.count)).map { $0 - mean }
        var ahead: [Double] = []
        for h in 0..<horizon {
            var value = 0.0
            for (k, coefficient) in ar.enumerated() { value += coefficient * deviations[deviations.count - 1 - k] }
            for k in h..<max(h, ma.count) {
                let back = k - h
                if back < innovations.count { value += ma[k] * innovations[innovations.count - 1 - back] * unit }
            }
            deviations.append(value)
            ahead.append(value + mean)
        }
        return ahead
    }

    /// Standard deviations of the steps ahead, from the weights of past errors in the undifferenced series.
    func deviations(horizon: Int) -> [Double] {
        var full = [1.0] + ar.map { -$0 }
        func times(lag: Int) {
            var product = full + [Double](repeating: 0, count: lag)
            for k in full.indices { product[k + lag] -= full[k] }
            full = product
        }
        for _ in 0..<order.d { times(lag: 1) }
        for _ in 0..<order.seasonalD { times(lag: order.season) }
        var psi: [Double] = []
        var sum = 0.0
        var out: [Double] = []
        for h in 0..<horizon {
            var weight = h == 0 ? 1 : h <= ma.count ? ma[h - 1] : 0
            for k in 1..<max(1, min(h + 1, full.count)) { weight -= full[k] * psi[h - k] }
            psi.append(weight)
            sum += weight * weight
            out.append((variance * sum).squareRoot())
        }
        return out
    }
}

extension ArimaFit {
    /// The same model with its filter run over other values, usually more of the same series.
    func refiltered(_ values: [Double], _ workspace: LaneWorkspace) -> ArimaFit {
        let w = order.differenced(values)
        guard !w.isEmpty, variance > 0 else { return self }
        let scaled = w.map { $0 / unit }
        let filtered = scaled.withUnsafeBufferPointer { Filtered(ArimaLanes(order, $0, workspace), point, workspace) }
        var fit = self
        (fit.stateAhead, fit.innovations, fit.isSettled) = (filtered.state, filtered.innovations, filtered.isSettled)
        return fit
    }
}
