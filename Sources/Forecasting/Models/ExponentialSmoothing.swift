/// Which states exponential smoothing keeps beside the level.
struct SmoothingForm: Sendable {
    var trend: Bool
    var season: Bool

    /// Parameters to be found: alpha; beta and phi with a trend; gamma with a season.
    var dimensions: Int { 1 + (trend ? 2 : 0) + (season ? 1 : 0) }
}

/// The smoothing parameters, each as the share of the one-step error that goes into a state.
struct SmoothingParameters: Sendable, Equatable {
    var alpha: Double
    var beta: Double
    var phi: Double
    var gamma: Double
}

/// Level, trend and season of exponential smoothing at one moment.
struct SmoothingState: Sendable {
    var level: Double
    var trend: Double
    var season: [Double]

    /// The start: mean and mean deviations by place in the season over the first six seasons (at least eight steps).
    init(_ series: OpenSeries, _ timeline: Timeline, known: Int, form: SmoothingForm) {
        let length = min(known, max(8, 6 * timeline.season))
        var sums = [Double](repeating: 0, count: timeline.season)
        var counts = [Double](repeating: 0, count: timeline.season)
        for i in 0..<length {
            let phase = Int(timeline.phases[series.first + i])
            sums[phase] += series.values[i]
            counts[phase] += series.weights[i]
        }
        let total = counts.reduce(0, +)
        level = total > 0 ? sums.reduce(0, +) / total : 0
        trend = 0
        season = [Double](repeating: 0, count: timeline.season)
        guard form.season else { return }
        let present = counts.filter { $0 > 0 }.count
        guard present > 0 else { return }
        // The level of a seasonal model is the mean over places, each counted once, so that the season sums to zero.
        level = zip(sums, counts).reduce(0) { $1.1 > 0 ? $0 + $1.0 / $1.1 : $0 } / Double(present)
        for phase in 0..<timeline.season where counts[phase] > 0 { season[phase] = sums[phase] / counts[phase] - level }
    }
}

/// Exponential smoothing with additive errors, an optional damped trend (Gardner and McKenzie 1985) and an optional
/// additive season (Winters 1960), in the error-correction form of Hyndman, Koehler, Ord and Snyder (2008).
///
/// The parameters minimise the sum of squared one-step errors before the first window and are kept for the later
/// ones. A missing step moves the states on without correcting them.
func exponentialSmoothing(
    _ form: SmoothingForm, _ series: OpenSeries, _ timeline: Timeline, _ windows: [ForecastWindow],
    _ out: inout [Double]
) -> Parts {
    guard let origin = windows.first?.origin else { return Parts() }
    let known = origin - series.first
    let start = SmoothingState(series, timeline, known: known, form: form)
    let p = fitSmoothing(form, series, timeline, known: known, from: start)
    return smoothingForecast(p, from: start, series, timeline, windows, &out)
}

/// Runs the recursion with given parameters and forecasts each window.
func smoothingForecast(
    _ p: SmoothingParameters, from start: SmoothingState, _ series: OpenSeries, _ timeline: Timeline,
    _ windows: [ForecastWindow], _ out: inout [Double]
) -> Parts {
    var state = start
    var parts = Parts()
    var at = 0
    for window in windows {
        while at < window.origin - series.first {
            let phase = Int(timeline.phases[series.first + at])
            let ahead = state.level + p.phi * state.trend
            let error = series.weights[at] * (series.values[at] - ahead - state.season[phase])
            state.level = ahead + p.alpha * error
            state.trend = p.phi * state.trend + p.beta * error
            state.season[phase] += p.gamma * error
            at += 1
        }
        parts = Parts()
        var damping = 0.0
        var power = 1.0
        for step in window.origin..<window.end {
            power *= p.phi
            damping += power
            let season = state.season[Int(timeline.phases[step])]
            out[window.offset + step - window.origin] = state.level + damping * state.trend + season
            parts[.level] += state.level
            parts[.trend] += damping * state.trend
            parts[.season] += season
        }
    }
    return parts
}
