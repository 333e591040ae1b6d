/// The parameters with the least sum of squared one-step errors over the first `known` steps.
///
/// Searched in the unit cube: alpha and gamma grow with the square of their coordinate, since small values matter
/// most; beta is at most half of alpha, phi between 0.8 and 0.98, gamma at most 0.6 (1 - alpha).
func fitSmoothing(
    _ form: SmoothingForm, _ series: OpenSeries, _ timeline: Timeline, known: Int, from start: SmoothingState
) -> SmoothingParameters {
    guard known > 1 else { return SmoothingParameters(alpha: 0.2, beta: 0, phi: form.trend ? 0.9 : 0, gamma: 0) }
    // Without a trend the season takes the second axis, so that the polls span just what is searched.
    let starts: UnitPoints =
        switch (form.trend, form.season) {
        case (false, false): UnitPoints(x: [0.05, 0.15, 0.25, 0.35, 0.5, 0.65, 0.8, 0.95])
        case (false, true):
            UnitPoints(x: [0.1, 0.1, 0.25, 0.25, 0.4, 0.4, 0.7, 0.7], y: [0.1, 0.4, 0.1, 0.4, 0.1, 0.4, 0.1, 0.4])
        case (true, false):
            UnitPoints(
                x: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.75, 0.95], y: [0.2, 0.4, 0.2, 0.4, 0.2, 0.4, 0.2, 0.4],
                z: [0.8, 0.4, 0.4, 0.8, 0.8, 0.4, 0.4, 0.8])
        case (true, true):
            UnitPoints(
                x: [0.1, 0.1, 0.25, 0.25, 0.4, 0.4, 0.7, 0.7], y: [0.2, 0.4, 0.2, 0.4, 0.2, 0.4, 0.2, 0.4],
                z: [0.8, 0.4, 0.4, 0.8, 0.8, 0.4, 0.4, 0.8], t: [0.1, 0.4, 0.1, 0.4, 0.1, 0.4, 0.1, 0.4])
        }
    let point = compassSearch(dimensions: form.dimensions, starts: starts) { points in
        let lanes = SmoothingLanes(form, points)
        return form.season
            ? seasonalErrors(lanes, series, timeline, known: known, from: start)
            : levelErrors(lanes, series, known: known, from: start)
    }
    let lanes = SmoothingLanes(form, UnitPoints(around: point, step: 0, UnitPoints(x: .zero)))
    return SmoothingParameters(alpha: lanes.alpha[0], beta: lanes.beta[0], phi: lanes.phi[0], gamma: lanes.gamma[0])
}

/// Eight sets of smoothing parameters, one in each lane.
struct SmoothingLanes {
    var alpha, beta, phi, gamma: SIMD8<Double>

    init(_ form: SmoothingForm, _ points: UnitPoints) {
        alpha = 0.001 + 0.989 * points.x * points.x
        beta = form.trend ? 0.5 * points.y * points.y * alpha : .zero
        phi = form.trend ? 0.8 + 0.18 * points.z : .zero
        let g = form.trend ? points.t : points.y
        gamma = form.season ? 0.6 * g * g * (1 - alpha) : .zero
    }
}

/// The sums of squared one-step errors of eight parameter sets in one pass, without a season.
private func levelErrors(
    _ p: SmoothingLanes, _ series: OpenSeries, known: Int, from start: SmoothingState
) -> SIMD8<Double> {
    var level = SIMD8<Double>(repeating: start.level)
    var trend = SIMD8<Double>(repeating: start.trend)
    var sum = SIMD8<Double>.zero
    series.values.withUnsafeBufferPointer { values in
        series.weights.withUnsafeBufferPointer { weights in
            for i in 0..<known {
                let damped = p.phi * trend
                let ahead = level + damped
                let error = weights[i] * (values[i] - ahead)
                level = ahead + p.alpha * error
                trend = damped + p.beta * error
                sum += error * error
            }
        }
    }
    return sum
}

/// The sums of squared one-step errors of eight parameter sets in one pass, with a season.
private func seasonalErrors(
    _ p: SmoothingLanes, _ series: OpenSeries, _ timeline: Timeline, known: Int, from start: SmoothingState
) -> SIMD8<Double> {
    var level = SIMD8<Double>(repeating: start.level)
    var trend = SIMD8<Double>(repeating: start.trend)
    var season = start.season.map { SIMD8<Double>(repeating: $0) }
    var sum = SIMD8<Double>.zero
    let first = series.first
    series.values.withUnsafeBufferPointer { values in
        series.weights.withUnsafeBufferPointer { weights in
            timeline.phases.withUnsafeBufferPointer { phases in
                season.withUnsafeMutableBufferPointer { season in
                    for i in 0..<known {
                        let phase = Int(phases[first + i])
                        // What does not depend on the step before comes first: it is off the critical path.
                        let rest = values[i] - season[phase]
                        let damped = p.phi * trend
                        let ahead = level + damped
                        let error = weights[i] * (rest - ahead)
                        level = ahead + p.alpha * error
                        trend = damped + p.beta * error
                        season[phase] += p.gamma * error
                        sum += error * error
                    }
                }
            }
        }
    }
    return sum
}
