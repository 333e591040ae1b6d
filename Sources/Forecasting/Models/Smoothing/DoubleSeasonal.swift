import Foundation

/// Exponential smoothing with two additive seasons, one inside the other, and first-order correlated errors (Taylor
/// 2003).
///
/// The forecast is level + short season + long season + rho x the deviation of the step before. Parameters: alpha,
/// the two gammas, rho and the level before the first value; the seasons before it are taken from the first weeks.
struct DoubleSeasonalLanes: LaneModel {
    let short: Int
    let long: Int
    let values: UnsafeBufferPointer<Double>
    let guess: (short: [Double], long: [Double])
    /// Room for both seasons.
    let scratch: UnsafeMutablePointer<Lanes>

    var count: Int { values.count }

    func residuals(_ p: UnsafePointer<Lanes>, _ out: UnsafeMutablePointer<Lanes>) -> LaneErrors {
        let (alpha, gamma, delta, rho) = (p[0], p[1], p[2], p[3])
        var level = p[4]
        let inner = scratch
        let outer = scratch + short
        for k in 0..<short { inner[k] = Lanes(repeating: guess.short[k]) }
        for k in 0..<long { outer[k] = Lanes(repeating: guess.long[k]) }
        var squares = Lanes.zero
        var last = Lanes.zero
        var (i, j) = (0, 0)
        for t in 0..<values.count {
            let (a, b) = (inner[i], outer[j])
            let deviation = values[t] - a - b - level
            let error = deviation - rho * last
            level += alpha * error
            inner[i] = a + gamma * error
            outer[j] = b + delta * error
            last = deviation
            out[t] = error
            squares += error * error
            i = i + 1 == short ? 0 : i + 1
            j = j + 1 == long ? 0 : j + 1
        }
        return LaneErrors(squares: squares)
    }
}

/// A double-seasonal model fitted to one series.
struct DoubleSeasonalFit: Sendable {
    var short: Int
    var long: Int
    var alpha: Double
    var gamma: Double
    var delta: Double
    var rho: Double
    var level: Double
    var guessShort: [Double]
    var guessLong: [Double]
    var variance: Double
}

/// Fits the double-seasonal model; nil with less than two long seasons.
func fitDoubleSeasonal(_ values: [Double], short: Int, long: Int, _ workspace: LaneWorkspace) -> DoubleSeasonalFit? {
    let n = values.count
    guard short > 1, long > short, n > 2 * long + 5 else { return nil }
    let size = max(values.reduce(0) { $0 + abs($1) } / Double(n), .leastNormalMagnitude)
    let scaled = values.map { $0 / size }
    // The first seasons say how the year began; what they cannot tell the smoothing finds.
    let head = Array(scaled.prefix(min(n, max(4 * long, 2 * long + 1))))
    let inner = classicalSeason(head, length: short)
    let rest = head.indices.map { head[$0] - inner[$0 % short] }
    let outer = classicalSeason(rest, length: long)
    let level = head.prefix(long).reduce(0, +) / Double(long)
    let search = LaneSearch(
        lower: [0, 0, 0, 0, -.infinity], upper: [1, 1, 1, 0.995, .infinity], reach: [1e-5, 1e-5, 1e-5, 1e-5, 1e-4])
    let corners: [[Double]] = [
        [0.01, 0.1, 0.1, 0.8], [0.05, 0.2, 0.2, 0.9], [0.2, 0.1, 0.3, 0.3], [0.01, 0.02, 0.3, 0.95],
        [0.5, 0.1, 0.1, 0.1], [0.02, 0.3, 0.05, 0.6], [0.1, 0.02, 0.02, 0.5], [0.9, 0.3, 0.3, 0],
    ]
    let fit = scaled.withUnsafeBufferPointer { buffer in
        let lanes = DoubleSeasonalLanes(
            short: short, long: long, values: buffer, guess: (inner, outer),
            scratch: workspace.buffer(4, count: short + long))
        return search.minimise(lanes, starts: corners.map { $0 + [level] }, workspace)
    }
    guard let fit else { return nil }
    let p = fit.point
    return DoubleSeasonalFit(
        short: short, long: long, alpha: p[0], gamma: p[1], delta: p[2], rho: p[3], level: p[4] * size,
        guessShort: inner.map { $0 * size }, guessLong: outer.map { $0 * size },
        variance: exp(fit.objective / Double(n)) * size * size / max(1, Double(n) - 6))
}

extension DoubleSeasonalFit {
    /// Means of the steps after the values.
    func means(_ values: [Double], horizon: Int) -> [Double] {
        var (inner, outer, at, last) = (guessShort, guessLong, level, 0.0)
        for (t, value) in values.enumerated() {
            let deviation = value - inner[t % short] - outer[t % long] - at
            let error = deviation - rho * last
            at += alpha * error
            inner[t % short] += gamma * error
            outer[t % long] += delta * error
            last = deviation
        }
        return (0..<horizon).map { h in
            last *= rho
            let t = values.count + h
            return at + inner[t % short] + outer[t % long] + last
        }
    }

    /// Standard deviations of the steps ahead, from what one error does to the forecasts after it.
    func deviations(horizon: Int) -> [Double] {
        var (sum, echo) = (0.0, 1.0)
        return (0..<horizon).map { h in
            let deviation = (variance * (1 + sum)).squareRoot()
            // An error moves the states, and stays in the deviation that the next step remembers.
            echo *= rho
            let weight =
                alpha + ((h + 1) % short == 0 ? gamma : 0) + ((h + 1) % long == 0 ? delta : 0)
                + echo
            sum += weight * weight
            return deviation
        }
    }
}
