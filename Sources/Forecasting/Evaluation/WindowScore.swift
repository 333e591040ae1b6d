/// The measures of one forecast over one window of one series.
struct WindowScore: Sendable {
    /// What errors are divided by, each of the naive forecast inside the history.
    struct Scales: Sendable {
        /// Mean absolute error of the seasonal naive.
        var absolute: Double
        /// Root of its mean squared error.
        var squared: Double
        /// The same two from step to step.
        var step: Double
        var stepSquared: Double
    }

    var sMAPE = 0.0
    var (mase, rmsse, pinball, msis) = (0.0, 0.0, 0.0, 0.0)
    /// Errors over those from step to step.
    var (stepRMSSE, stepPinball) = (0.0, 0.0)
    var (covered, steps, forecast, actual) = (0.0, 0.0, 0.0, 0.0)
    var weight: Double

    /// - Parameters:
    ///   - actuals: known values, at least one.
    ///   - quantiles: row-major steps x levels.
    init(
        _ actuals: [Double], means: [Double], quantiles: [Double], levels: [Double], _ scales: Scales, weight: Double
    ) {
        self.weight = weight
        sMAPE = Accuracy.symmetricPercentageError(actuals, means)
        mase = Accuracy.absoluteError(actuals, means) / scales.absolute
        let root = Accuracy.rootSquaredError(actuals, means)
        (rmsse, stepRMSSE) = (root / scales.squared, root / scales.stepSquared)
        steps = Double(actuals.count)
        (forecast, actual) = (means.reduce(0, +), actuals.reduce(0, +))
        guard let low = levels.first, let high = levels.last else { return }
        let width = levels.count
        var (loss, interval) = (0.0, 0.0)
        for (h, value) in actuals.enumerated() {
            for (k, level) in levels.enumerated() {
                loss += Accuracy.pinball(value, quantiles[h * width + k], level: level) / Double(width)
            }
            let (bottom, top) = (quantiles[h * width], quantiles[h * width + width - 1])
            if value >= bottom, value <= top { covered += 1 }
            let share = 1 - (high - low)
            interval += top - bottom + (share > 0 ? 2 / share * (max(0, bottom - value) + max(0, value - top)) : 0)
        }
        pinball = loss / steps / scales.absolute
        stepPinball = loss / steps / scales.step
        msis = interval / steps / scales.absolute
    }
}

extension WindowScore.Scales {
    /// Of a complete history; where the naive forecast never errs, the mean size takes its place.
    init(_ history: [Double], season: Int) {
        let size = history.reduce(0) { $0 + abs($1) } / Double(max(1, history.count))
        func scale(_ error: Double) -> Double { error > 1e-12 * size ? error : size > 0 ? size : 1 }
        self.init(
            absolute: scale(Accuracy.naiveError(history, season: season)),
            squared: scale(Accuracy.naiveSquaredError(history, season: season)),
            step: scale(Accuracy.naiveError(history, season: 1)),
            stepSquared: scale(Accuracy.naiveSquaredError(history, season: 1)))
    }

    /// Of what is known of a series before its last steps, missing ones left out.
    ///
    /// - Parameter plain: the timeline without a season.
    init(_ series: OpenSeries, _ timeline: Timeline, plain: Timeline, known: Int) {
        func scale(_ timeline: Timeline, _ squared: Bool) -> Double {
            ScoreRule(series, timeline, known: known, squared: squared).scale
        }
        self.init(
            absolute: scale(timeline, false), squared: scale(timeline, true), step: scale(plain, false),
            stepSquared: scale(plain, true))
    }
}
