import Foundation

/// Exponential smoothing of one form fitted to one series.
struct ETSFit: Sendable {
    var form: ETSForm
    var season: Int
    var alpha: Double
    var beta: Double
    var gamma: Double
    var phi: Double
    /// Level, slope and season before the first value; the season's first place belongs to it.
    var initial: ETSState
    /// Gaussian log-likelihood with the variance at its best value, less the constant -n/2 (1 + log(2 pi / n)), as
    /// Hyndman and others (2008) and their software state it.
    var logLikelihood: Double
    /// Akaike's criterion corrected for short series (Hurvich and Tsai 1989).
    var aicc: Double
    /// Variance of the one-step errors, relative ones where the error is multiplicative.
    var variance: Double
    var parameterCount: Int
}

/// Level, slope and season at one moment.
struct ETSState: Sendable, Equatable {
    var level: Double
    var slope: Double
    var season: [Double]
}

/// Fits one form by maximum likelihood, initial states included; nil where it cannot carry the series (too short, or
/// relative on data that are not positive).
///
/// Bounds: 0.0001 <= alpha, beta <= 0.9999, 0 < gamma <= 1 - alpha and 0.8 <= phi <= 0.98. A slope may be smoothed
/// faster than the level, as the software of Hyndman and others (2008) allows too. Values are divided by their mean size first, so that the unit does not matter.
///
/// - Parameters:
///   - near: a fit of a smaller form to begin from, beside the usual beginnings.
///   - earlier: a fit of this form to fewer of the values, which one search goes on from.
func fitETS(
    _ form: ETSForm, _ values: [Double], season: Int, _ workspace: LaneWorkspace, near: ETSFit? = nil,
    earlier: ETSFit? = nil
) -> ETSFit? {
    let n = values.count
    let length = form.season == .none ? 1 : season
    let parameters = form.parameterCount(season: length)
    guard n > parameters + 1 else { return nil }
    let isRelative = form.error == .multiplicative || form.season == .multiplicative || form.trend.isMultiplicative
    guard !isRelative || values.allSatisfy({ $0 > 0 }) else { return nil }
    let size = values.reduce(0) { $0 + abs($1) } / Double(n)
    let unit = size > 0 ? size : 1
    let scaled = values.map { $0 / unit }
    let spread = max((scaled.reduce(0) { $0 + $1 * $1 } / Double(n)).squareRoot(), 1e-3)

    let places = ETSLanes.Places(form, season: length)
    var search = LaneSearch(
        lower: [Double](repeating: -.infinity, count: places.count),
        upper: [Double](repeating: .infinity, count: places.count),
        reach: [Double](repeating: 1e-4 * spread, count: places.count))
    func bound(_ place: Int?, _ low: Double, _ high: Double) {
        guard let place else { return }
        (search.lower[place], search.upper[place], search.reach[place]) = (low, high, 1e-5)
    }
    bound(0, 1e-4, 0.9999)
    bound(places.beta, 1e-4, 0.9999)
    bound(places.gamma, 1e-4, 1)
    bound(places.phi, 0.8, 0.98)

    let guess = initialGuess(form, scaled, season: length, seasons: .max)
    let early = initialGuess(form, scaled, season: length, seasons: 12)
    // The likelihood has several hills; two searches find the highest nearly always.
    var valleys = startingPoints(form, places, guess, early)
    if let near { valleys[1] += points(of: near, form, places, guess, unit: unit, length: length) }
    if let earlier { valleys = [[point(of: earlier, places, unit: unit)] + valleys[1]] }
    let fit: LaneFit? = scaled.withUnsafeBufferPointer { buffer in
        let lanes = ETSLanes(
            form: form, season: length, values: buffer, scratch: workspace.buffer(4, count: max(1, length)))
        return valleys.compactMap { search.minimise(lanes, starts: $0, workspace) }
            .min { $0.objective < $1.objective }
    }
    guard let fit else { return nil }
    let p = fit.point
    var states: [Double] = []
    if let first = places.season {
        states = Array(p[first..<first + length - 1])
        states.append((form.season == .multiplicative ? Double(length) : 0) - states.reduce(0, +))
    }
    // Back from the scaled series: an additive error's variance has the unit in it, a relative one's fitted values.
    let deviance = fit.objective + 2 * Double(n) * log(unit)
    let count = Double(parameters)
    let aicc = deviance + 2 * count + 2 * count * (count + 1) / (Double(n) - count - 1)
    let alpha = p[0]
    var logs = 0.0
    if form.error == .multiplicative {
        // Recover the sum of squares from the deviance and the logarithms of the fitted values.
        logs = sumOfLogs(p, form, scaled, length, workspace)
    }
    let squares = exp((fit.objective - logs) / Double(n))
    let errorUnit = form.error == .multiplicative ? 1 : unit
    return ETSFit(
        form: form, season: length, alpha: alpha, beta: places.beta.map { p[$0] } ?? 0,
        gamma: places.gamma.map { p[$0] * (1 - alpha) } ?? 0,
        phi: places.phi.map { p[$0] } ?? (form.trend == .none ? 0 : 1),
        initial: ETSState(
            level: p[places.level] * unit,
            slope: (places.slope.map { p[$0] } ?? 0) * (form.trend.isMultiplicative ? 1 : unit),
            season: form.season == .multiplicative ? states : states.map { $0 * unit }),
        logLikelihood: -0.5 * deviance, aicc: aicc,
        variance: squares * errorUnit * errorUnit / max(1, Double(n) - count - 1), parameterCount: parameters)
}

/// Fits every admissible form that can still win, and returns the one with the least AICc.
///
/// Trends are tried on the season kinds that are within reach of the best only: a trend adds about the same to each.
///
/// - Parameter hasMultiplicativeTrends: whether trends that multiply are tried too; they explode easily.
func selectETS(
    _ values: [Double], season: Int, _ workspace: LaneWorkspace, hasMultiplicativeTrends: Bool = false
) -> ETSFit? {
    let isPositive = values.allSatisfy { $0 > 0 }
    // A longer season would have more free states than the search can carry; waves are for those.
    let isSeasonal = (2...WaveSeason.longestState).contains(season) && values.count > 2 * season + 2
    let forms = ETSForm.admissible(isSeasonal: isSeasonal, isPositive: isPositive)
    let plain = forms.filter { $0.trend == .none }.compactMap { fitETS($0, values, season: season, workspace) }
    guard let first = plain.min(by: { $0.aicc < $1.aicc }) else { return nil }
    var best = first
    for base in plain where base.aicc < first.aicc + 10 {
        for trend in ETSForm.Trend.allCases where trend != .none {
            guard !trend.isMultiplicative || hasMultiplicativeTrends else { continue }
            var form = base.form
            form.trend = trend
            if let fit = fitETS(form, values, season: season, workspace, near: base), fit.aicc < best.aicc {
                best = fit
            }
        }
    }
    return best
}

/// States before the first value, guessed from the first so many seasons by a straight line and mean deviations from it.
private func initialGuess(_ form: ETSForm, _ values: [Double], season: Int, seasons: Int) -> ETSState {
    let n = values.count
    var state = ETSState(level: 0, slope: 0, season: [])
    var adjusted = Array(values.prefix(max(10, 2 * season)))
    if form.season != .none {
        let length = seasons == .max ? n : min(n, max(seasons * season, 48))
        let line = straightLine(values.prefix(length))
        var sums = [Double](repeating: 0, count: season)
        var counts = sums
        for t in 0..<length {
            let trend = line.level + line.slope * Double(t)
            let isRatio = form.season == .multiplicative
            sums[t % season] += isRatio ? (trend > 0 ? values[t] / trend : 1) : values[t] - trend
            counts[t % season] += 1
        }
        state.season = zip(sums, counts).map { $1 > 0 ? $0 / $1 : form.season == .multiplicative ? 1 : 0 }
        let mean = state.season.reduce(0, +) / Double(season)
        if form.season == .multiplicative {
            state.season = state.season.map { max(0.01, mean > 0 ? $0 / mean : 1) }
            for t in adjusted.indices { adjusted[t] /= state.season[t % season] }
        } else {
            state.season = state.season.map { $0 - mean }
            for t in adjusted.indices { adjusted[t] -= state.season[t % season] }
        }
    }
    if form.trend == .none {
        state.level = adjusted.reduce(0, +) / Double(adjusted.count)
    } else {
        let line = straightLine(adjusted[...])
        (state.level, state.slope) = (line.level - line.slope, line.slope)
        if form.trend.isMultiplicative {
            let level = line.level > 0 ? line.level : max(adjusted[0], 1e-6)
            state.slope = min(1.5, max(0.7, 1 + line.slope / level))
            state.level = level / state.slope
        }
    }
    return state
}

/// The least-squares line through values at 0, 1, 2 ...
func straightLine(_ values: ArraySlice<Double>) -> (level: Double, slope: Double) {
    let n = Double(values.count)
    guard n > 1 else { return (values.first ?? 0, 0) }
    let middle = (n - 1) / 2
    let mean = values.reduce(0, +) / n
    var (above, below) = (0.0, 0.0)
    for (k, value) in values.enumerated() {
        above += (Double(k) - middle) * (value - mean)
        below += (Double(k) - middle) * (Double(k) - middle)
    }
    let slope = above / below
    return (mean - slope * middle, slope)
}

/// Corners of what smoothing parameters are usual, in two groups: a season that hardly moves, which begins with its
/// mean over all values, and one that does, which begins with that of the first.
private func startingPoints(
    _ form: ETSForm, _ places: ETSLanes.Places, _ whole: ETSState, _ early: ETSState
) -> [[[Double]]] {
    typealias Corner = (alpha: Double, beta: Double, gamma: Double, phi: Double)
    let still: [Corner] = [
        (0.002, 0.01, 0.0005, 0.85), (0.02, 0.01, 0.0005, 0.97), (0.06, 0.002, 0.0005, 0.97),
        (0.1, 0.02, 0.001, 0.9), (0.25, 0.005, 0.001, 0.97), (0.4, 0.05, 0.001, 0.9), (0.6, 0.01, 0.001, 0.97),
        (0.9, 0.02, 0.001, 0.95),
    ]
    let moving: [Corner] = [
        (0.01, 0.03, 0.05, 0.9), (0.05, 0.005, 0.02, 0.95), (0.1, 0.02, 0.2, 0.9), (0.25, 0.005, 0.05, 0.97),
        (0.5, 0.1, 0.3, 0.9), (0.8, 0.01, 0.5, 0.97),
    ]
    return [(still, whole), (moving, early)].map { corners, guess in
        corners.map { point(places, $0, guess) }
    }
}

private func point(
    _ places: ETSLanes.Places, _ corner: (alpha: Double, beta: Double, gamma: Double, phi: Double), _ guess: ETSState
) -> [Double] {
    var point = [Double](repeating: 0, count: places.count)
    point[0] = corner.alpha
    if let beta = places.beta { point[beta] = corner.beta }
    if let phi = places.phi { point[phi] = corner.phi }
    if let gamma = places.gamma { point[gamma] = corner.gamma }
    point[places.level] = guess.level
    if let slope = places.slope { point[slope] = guess.slope }
    if let first = places.season {
        for k in 0..<guess.season.count - 1 { point[first + k] = guess.season[k] }
    }
    return point
}

/// The parameters of a fit of a smaller form, as two points of this one: with a slope that hardly moves, and with one
/// that takes over part of the level's work.
private func points(
    of near: ETSFit, _ form: ETSForm, _ places: ETSLanes.Places, _ guess: ETSState, unit: Double, length: Int
) -> [[Double]] {
    let hasSeason = near.initial.season.count == length && form.season != .none
    let divisor = form.season == .multiplicative ? 1 : unit
    let season = hasSeason ? near.initial.season.map { $0 / divisor } : guess.season
    let state = ETSState(
        level: near.initial.level / unit, slope: form.trend.isMultiplicative ? 1 : 0, season: season)
    let gamma = min(1, max(1e-4, near.gamma / max(1e-9, 1 - near.alpha)))
    return [
        point(places, (near.alpha, 1e-4, gamma, 0.97), state),
        point(places, (max(1e-4, 0.3 * near.alpha), 0.3 * near.alpha, gamma, 0.85), state),
    ]
}

/// The parameters of a fit of the same form as a point.
private func point(of fit: ETSFit, _ places: ETSLanes.Places, unit: Double) -> [Double] {
    let isRatio = fit.form.season == .multiplicative
    let state = ETSState(
        level: fit.initial.level / unit,
        slope: fit.form.trend.isMultiplicative ? fit.initial.slope : fit.initial.slope / unit,
        season: isRatio ? fit.initial.season : fit.initial.season.map { $0 / unit })
    let gamma = min(1, max(1e-4, fit.gamma / max(1e-9, 1 - fit.alpha)))
    return point(places, (fit.alpha, fit.beta, gamma, fit.phi), state)
}

private func sumOfLogs(
    _ point: [Double], _ form: ETSForm, _ values: [Double], _ length: Int, _ workspace: LaneWorkspace
) -> Double {
    let parameters = workspace.buffer(1, count: point.count)
    for j in point.indices { parameters[j] = Lanes(repeating: point[j]) }
    return values.withUnsafeBufferPointer { buffer in
        let lanes = ETSLanes(
            form: form, season: length, values: buffer, scratch: workspace.buffer(4, count: max(1, length)))
        return lanes.residuals(parameters, workspace.buffer(0, count: values.count)).logs[0]
    }
}
