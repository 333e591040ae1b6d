/// The method of Teunter, Syntetos and Babai (2011): demand size and the chance of a demand are smoothed apart, the
/// chance at every step, so that the forecast decays while nothing sells. Forecast = chance x size.
///
/// Starts from the first demand's size and the share of steps with demand; both constants minimise the squared
/// one-step errors before the first window. Missing steps change nothing.
func teunterSyntetosBabai(
    _ series: OpenSeries, _ windows: [ForecastWindow], _ out: inout [Double]
) -> Parts {
    guard let origin = windows.first?.origin else { return Parts() }
    let known = origin - series.first
    let start = TSBState(series, known: known)
    let (alpha, beta) = fitTSB(series, known: known, from: start)
    var state = start
    var parts = Parts()
    var at = 0
    for window in windows {
        while at < window.origin - series.first {
            if series.weights[at] > 0 { state.update(series.values[at], alpha: alpha, beta: beta) }
            at += 1
        }
        let forecast = state.chance * state.size
        for k in 0..<window.count { out[window.offset + k] = forecast }
        parts = Parts()
        parts[.level] = forecast * Double(window.count)
    }
    return parts
}

struct TSBState {
    var size: Double
    var chance: Double

    init(size: Double, chance: Double) {
        self.size = size
        self.chance = chance
    }

    init(_ series: OpenSeries, known: Int) {
        let demands = series.values.prefix(known).lazy.filter { $0 != 0 }
        let observed = series.weights.prefix(known).reduce(0, +)
        size = demands.first ?? 0
        chance = observed > 0 ? Double(demands.count) / observed : 0
    }

    /// `alpha` smooths the size, `beta` the chance.
    mutating func update(_ value: Double, alpha: Double, beta: Double) {
        if value != 0 {
            size += alpha * (value - size)
            chance += beta * (1 - chance)
        } else {
            chance -= beta * chance
        }
    }
}

private func fitTSB(_ series: OpenSeries, known: Int, from start: TSBState) -> (alpha: Double, beta: Double) {
    func constants(_ points: UnitPoints) -> (SIMD8<Double>, SIMD8<Double>) {
        (0.01 + 0.49 * points.x * points.x, 0.005 + 0.495 * points.y * points.y)
    }
    let starts = UnitPoints(
        x: [0.2, 0.2, 0.5, 0.5, 0.8, 0.8, 0.35, 0.65], y: [0.1, 0.3, 0.1, 0.3, 0.1, 0.3, 0.6, 0.6])
    let best = compassSearch(dimensions: 2, starts: starts, passes: 8) { points in
        let (alpha, beta) = constants(points)
        var size = SIMD8<Double>(repeating: start.size)
        var chance = SIMD8<Double>(repeating: start.chance)
        var sum = SIMD8<Double>.zero
        series.values.withUnsafeBufferPointer { values in
            series.weights.withUnsafeBufferPointer { weights in
                for i in 0..<known {
                    let error = weights[i] * (values[i] - chance * size)
                    sum += error * error
                    // A missing step has weight 0 and value 0: it moves neither state.
                    if values[i] != 0 { size += alpha * (values[i] - size) }
                    chance += weights[i] * beta * ((values[i] != 0 ? 1 : 0) - chance)
                }
            }
        }
        return sum
    }
    let (alpha, beta) = constants(UnitPoints(x: SIMD8(repeating: best.x), y: SIMD8(repeating: best.y)))
    return (alpha[0], beta[0])
}
