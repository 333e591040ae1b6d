import Foundation

/// Complex exponential smoothing fitted to one series.
struct CESFit: Sendable {
    var kind: CESKind
    var season: Int
    /// a0, a1, then b0, b1 where the kind has them.
    var parameters: [Double]
    /// -n/2 log(sum of squares), as in the published software.
    var logLikelihood: Double
    var aicc: Double
    var variance: Double
    /// States before the first value, in the order of `CESLanes`.
    var initial: [Double]
}

/// Fits one kind with its initial states by least squares; nil where the series is too short for it. Bounds and the
/// count of parameters as in the authors' software.
///
/// - Parameter near: a fit of a smaller kind, or of this one to fewer of the values, to begin from beside the usual
///   beginnings.
func fitCES(
    _ kind: CESKind, _ values: [Double], season: Int, _ workspace: LaneWorkspace, near: CESFit? = nil
) -> CESFit? {
    let n = values.count
    let length = kind == .none ? 1 : season
    let p = kind.parameterCount
    let states = kind.stateCount(season: length)
    guard kind == .none || season > 1, n > max(p + 2 * states, 2 * length, 7) else { return nil }
    let size = values.reduce(0) { $0 + abs($1) } / Double(n)
    let unit = size > 0 ? size : 1
    let scaled = values.map { $0 / unit }
    let search = LaneSearch(
        lower: [Double](repeating: 0.01, count: p) + [Double](repeating: -.infinity, count: states),
        upper: Array([1.8, 1.9, 1.5, 1.5].prefix(p)) + [Double](repeating: .infinity, count: states),
        reach: [Double](repeating: 1e-5, count: p) + [Double](repeating: 1e-4, count: states))
    let corners: [[Double]] = [
        [1.3, 1.0, 0.1, 1.0], [1.03, 1.0, 0.02, 1.0], [1.6, 1.0, 0.3, 1.0], [1.2, 0.95, 1.02, 1.0],
        [1.1, 1.0, 1.01, 1.0], [1.3, 1.02, 1.3, 1.0], [1.005, 1.0, 0.011, 1.0], [1.05, 0.99, 1.003, 1.0],
    ]
    let first = initialStates(kind, scaled, season: length)
    let fit: LaneFit? = scaled.withUnsafeBufferPointer { values in
        let lanes = CESLanes(
            kind: kind, season: length, values: values, scratch: workspace.buffer(4, count: 4 * length))
        let begun = near.map { startingPoints(kind, near: $0, first, unit: unit) } ?? []
        let usual = corners.map { Array($0.prefix(p)) + first }
        return search.minimise(lanes, starts: begun + usual.suffix(8 - begun.count), workspace)
    }
    guard let fit else { return nil }
    let count = Double((kind == .none || kind == .simple ? 2 : p) + 1)
    let deviance = fit.objective + 2 * Double(n) * log(unit)
    let aicc = deviance + 2 * count + 2 * count * (count + 1) / max(1e-9, Double(n) - count - 1)
    let squares = exp(fit.objective / Double(n)) * unit * unit
    return CESFit(
        kind: kind, season: length, parameters: Array(fit.point.prefix(p)), logLikelihood: -0.5 * deviance,
        aicc: aicc, variance: squares / max(1, Double(n - p - states - 1)),
        initial: fit.point.dropFirst(p).map { $0 * unit })
}

/// The parameters of a fit of a smaller kind as points of this one: a season that stands still, and one that moves.
private func startingPoints(
    _ kind: CESKind, near: CESFit, _ usual: [Double], unit: Double
) -> [[Double]] {
    if near.kind == kind { return [near.parameters + near.initial.map { $0 / unit }] }
    let known = near.kind == .partial ? near.initial.map { $0 / unit } : Array(near.initial.prefix(2).map { $0 / unit })
    let states = known + usual.dropFirst(known.count)
    let gains = kind == .full ? [[1.001, 1.0], [1.02, 1.0], [1.005, 0.998]] : [[0.011], [0.05]]
    return gains.map { Array(near.parameters.prefix(2)) + $0 + states }
}

/// States to begin the search from.
private func initialStates(_ kind: CESKind, _ values: [Double], season: Int) -> [Double] {
    let head = values.prefix(max(season, min(10, values.count)))
    let mean = head.reduce(0, +) / Double(head.count)
    let places = classicalSeason(values, length: season)
    switch kind {
    case .none: return [mean, mean / 1.1]
    case .simple: return places.map { mean + $0 }
    case .partial, .full: return [mean, mean / 1.1] + places
    }
}

/// The kind with the least AICc.
func selectCES(_ values: [Double], season: Int, _ workspace: LaneWorkspace) -> CESFit? {
    let kinds: [CESKind] = (2...WaveSeason.longestState).contains(season) ? CESKind.allCases : [.none]
    var fits: [CESFit] = []
    for kind in kinds {
        // Without a season, then with one in one part, then in two: each begins where the one before it ended.
        let near = kind == .simple ? nil : fits.last { $0.kind != .simple }
        if let fit = fitCES(kind, values, season: season, workspace, near: near) { fits.append(fit) }
    }
    return fits.min { $0.aicc < $1.aicc }
}

extension CESFit {
    /// Means of the steps after the values, and the one-step errors on the way.
    func run(_ values: [Double], horizon: Int, _ workspace: LaneWorkspace) -> (means: [Double], errors: [Double]) {
        let out = workspace.buffer(0, count: values.count)
        var means: [Double] = []
        var errors: [Double] = []
        values.withUnsafeBufferPointer { buffer in
            let lanes = CESLanes(
                kind: kind, season: season, values: buffer, scratch: workspace.buffer(4, count: 4 * season))
            let p = (parameters + initial).map { Lanes(repeating: $0) }
            _ = lanes.residuals(p, out)
            let gains = (
                level: CESLanes.Gains(real: p[0], imaginary: p[1]),
                season: CESLanes.Gains(
                    real: parameters.count > 2 ? p[2] : .zero, imaginary: parameters.count > 3 ? p[3] : .zero)
            )
            for t in values.indices { errors.append(out[t][0]) }
            for h in 0..<horizon {
                // With no error the value is the forecast itself.
                let place = (values.count + h) % season
                let ahead = lanes.ahead(place)[0]
                means.append(ahead)
                _ = lanes.step(ahead, place, gains, kind: kind == .none ? .simple : kind)
            }
        }
        return (means, errors)
    }

    /// Standard deviations of the steps ahead, from what one error does to the forecasts after it.
    func deviations(horizon: Int) -> [Double] {
        let a0 = parameters[0], a1 = parameters[1]
        let b0 = parameters.count > 2 ? parameters[2] : 0
        let b1 = parameters.count > 3 ? parameters[3] : 0
        // Visible and hidden part of the level's, and of the season's, answer to a unit error.
        var level = (a0 - a1, a0 + a1)
        var seasonal = (b0 - b1, b0 + b1)
        var sum = 0.0
        var out: [Double] = []
        for h in 0..<horizon {
            out.append((variance * (1 + sum)).squareRoot())
            let isPlace = (h + 1) % season == 0
            var weight = 0.0
            if kind == .simple {
                if isPlace {
                    weight = level.0
                    level = (level.0 - (1 - a1) * level.1, level.0 + (1 - a0) * level.1)
                }
            } else {
                weight = level.0
                level = (level.0 - (1 - a1) * level.1, level.0 + (1 - a0) * level.1)
                if isPlace, kind != .none {
                    weight += seasonal.0
                    if kind == .full {
                        seasonal = (seasonal.0 - (1 - b1) * seasonal.1, seasonal.0 + (1 - b0) * seasonal.1)
                    }
                }
            }
            sum += weight * weight
        }
        return out
    }
}
