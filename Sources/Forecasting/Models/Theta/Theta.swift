/// A theta model fitted to a series without a season.
struct ThetaFit: Sendable {
    var kind: ThetaKind
    /// The smoothed level before the first value.
    var initial: Double
    var alpha: Double
    /// 1 - 1/theta.
    var weight: Double
    /// Sum of squared one-step errors from the fourth value on.
    var squares: Double
    var count: Int

    var variance: Double { squares / Double(max(1, count - ThetaLanes.warmUp - 1)) }
}

/// Fits one of the theta models; nil for fewer than five values.
///
/// Level and weight of the line enter the errors linearly and alpha smoothly, so few passes are enough. Bounds as in
/// Fiorucci and others (2016): 0.1 <= alpha <= 0.99, theta >= 1.
func fitTheta(_ kind: ThetaKind, _ values: [Double], _ workspace: LaneWorkspace) -> ThetaFit? {
    let n = values.count
    guard n > ThetaLanes.warmUp + 1 else { return nil }
    let size = max(values.reduce(0) { $0 + abs($1) } / Double(n), .leastNormalMagnitude)
    let scaled = values.map { $0 / size }
    let lines = ThetaLines(scaled, isDynamic: kind.isDynamic)
    let free = kind.isOptimised
    var search = LaneSearch(
        lower: [-.infinity, 0.1], upper: [.infinity, 0.99], reach: [1e-3, 1e-5], tolerance: 0.005)
    if free {
        search.lower.append(0)
        search.upper.append(1 - 1e-10)
        search.reach.append(1e-4)
    }
    let alphas = [0.1, 0.15, 0.25, 0.35, 0.5, 0.65, 0.8, 0.95]
    let starts = alphas.map { [scaled[0] / 2, $0] + (free ? [0.5] : []) }
    let fit: LaneFit? = scaled.withUnsafeBufferPointer { values in
        lines.intercepts.withUnsafeBufferPointer { intercepts in
            lines.slopes.withUnsafeBufferPointer { slopes in
                let lanes = ThetaLanes(values: values, intercepts: intercepts, slopes: slopes, isOptimised: free)
                return search.minimise(lanes, starts: starts, workspace)
            }
        }
    }
    guard let fit else { return nil }
    var made = ThetaFit(
        kind: kind, initial: fit.point[0] * size, alpha: fit.point[1], weight: free ? fit.point[2] : 0.5, squares: 0,
        count: n)
    made.squares = made.errors(values).dropFirst(ThetaLanes.warmUp).reduce(0) { $0 + $1 * $1 }
    return made
}

extension ThetaFit {
    /// One-step errors; the first is that of the initial level.
    func errors(_ values: [Double]) -> [Double] { run(values, horizon: 0).errors }

    /// Means of the steps after the values.
    func means(_ values: [Double], horizon: Int) -> [Double] { run(values, horizon: horizon).means }

    /// Steps ahead take their own forecast for the value, as the dynamic line wants one.
    private func run(_ values: [Double], horizon: Int) -> (errors: [Double], means: [Double]) {
        var lines = ThetaLines(values, isDynamic: kind.isDynamic)
        var level = alpha * values[0] + (1 - alpha) * initial
        var power = 1 - alpha
        var mean = values.reduce(0, +) / Double(values.count)
        var (errors, means): ([Double], [Double]) = ([values[0] - initial], [])
        errors.reserveCapacity(values.count)
        for i in 1..<values.count + horizon {
            let known = i - 1
            let line =
                lines.intercepts[known] * power + lines.slopes[known] * ((1 - power * (1 - alpha)) / alpha)
            let ahead = level + weight * line
            let value = i < values.count ? values[i] : ahead
            if i < values.count {
                errors.append(value - ahead)
            } else {
                means.append(ahead)
                if kind.isDynamic {
                    lines.step(value, at: i, &mean)
                } else {
                    lines.intercepts.append(lines.intercepts[known])
                    lines.slopes.append(lines.slopes[known])
                }
            }
            level = alpha * value + (1 - alpha) * level
            power *= 1 - alpha
        }
        return (errors, means)
    }

    /// Standard deviations of the steps ahead: those of simple smoothing with the same alpha; the line's own
    /// uncertainty is small beside it.
    func deviations(horizon: Int) -> [Double] {
        (0..<horizon).map { (variance * (1 + Double($0) * alpha * alpha)).squareRoot() }
    }
}
