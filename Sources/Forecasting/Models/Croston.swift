/// Demands apart from the zeros between them: what Croston's method looks at.
struct DemandEvents {
    var sizes: [Double] = []
    /// Observed steps since the demand before (since the start for the first), at least 1.
    var intervals: [Double] = []

    /// Only the first `known` steps; missing steps do not count.
    init(_ series: OpenSeries, known: Int) {
        var since = 0.0
        for i in 0..<known where series.weights[i] > 0 {
            since += 1
            if series.values[i] != 0 {
                sizes.append(series.values[i])
                intervals.append(since)
                since = 0
            }
        }
    }
}

/// Croston's (1972) method: demand sizes z and intervals p smoothed with one constant, forecast z / p.
/// With `corrected`, times (1 - alpha / 2) against its bias (Syntetos and Boylan 2005).
///
/// Both start at the first demand; alpha (0.01 ... 0.5) minimises the squared one-step errors over all steps.
func croston(
    corrected: Bool, _ series: OpenSeries, _ windows: [ForecastWindow], _ out: inout [Double]
) -> Parts {
    guard let origin = windows.first?.origin else { return Parts() }
    let alpha = fitCroston(corrected: corrected, DemandEvents(series, known: origin - series.first))
    var parts = Parts()
    for window in windows {
        let rate = crostonRate(DemandEvents(series, known: window.origin - series.first), alpha: alpha)
        let forecast = corrected ? (1 - alpha / 2) * rate : rate
        for k in 0..<window.count { out[window.offset + k] = forecast }
        parts = Parts()
        parts[.level] = forecast * Double(window.count)
    }
    return parts
}

/// Demand per step by Croston's recursion; 0 where there was no demand.
func crostonRate(_ events: DemandEvents, alpha: Double) -> Double {
    guard let firstSize = events.sizes.first, let firstInterval = events.intervals.first else { return 0 }
    var (size, interval) = (firstSize, firstInterval)
    for k in events.sizes.indices.dropFirst() {
        size += alpha * (events.sizes[k] - size)
        interval += alpha * (events.intervals[k] - interval)
    }
    return size / interval
}

private func fitCroston(corrected: Bool, _ events: DemandEvents) -> Double {
    guard events.sizes.count > 1 else { return 0.1 }
    func alphas(_ points: UnitPoints) -> SIMD8<Double> { 0.01 + 0.49 * points.x * points.x }
    let best = compassSearch(
        dimensions: 1, starts: UnitPoints(x: [0.1, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8, 1]), passes: 6
    ) { points in
        let alpha = alphas(points)
        let factor = corrected ? 1 - alpha / 2 : SIMD8(repeating: 1)
        var size = SIMD8<Double>(repeating: events.sizes[0])
        var interval = SIMD8<Double>(repeating: events.intervals[0])
        var sum = SIMD8<Double>.zero
        for k in 1..<events.sizes.count {
            // Between two demands the forecast stands still: all zeros of the gap at once.
            let forecast = factor * size / interval
            let miss = events.sizes[k] - forecast
            sum += (events.intervals[k] - 1) * forecast * forecast + miss * miss
            size += alpha * (events.sizes[k] - size)
            interval += alpha * (events.intervals[k] - interval)
        }
        return sum
    }
    return alphas(UnitPoints(x: SIMD8(repeating: best.x)))[0]
}
