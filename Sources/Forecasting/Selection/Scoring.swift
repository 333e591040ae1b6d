/// How a series' backtest errors are measured.
struct ScoreRule {
    /// Squared errors where many steps are zero (the median would be zero there, and zero would win), absolute else.
    var squared: Bool
    /// The in-sample error of the seasonal naive before the first window, in the same measure.
    var scale: Double

    init(_ series: OpenSeries, _ timeline: Timeline, known: Int, squared: Bool) {
        self.squared = squared
        var last = [Double](repeating: .nan, count: timeline.season)
        var (sum, count, size) = (0.0, 0.0, 0.0)
        for i in 0..<known where series.weights[i] > 0 {
            let phase = Int(timeline.phases[series.first + i])
            let error = series.values[i] - last[phase]
            if !error.isNaN {
                sum += squared ? error * error : abs(error)
                count += 1
            }
            size += abs(series.values[i])
            last[phase] = series.values[i]
        }
        let error = count > 0 ? (squared ? (sum / count).squareRoot() : sum / count) : 0
        // Where the season repeats exactly there is no error to compare with: the mean size takes its place.
        let mean = known > 0 ? size / Double(known) : 0
        scale = error > 1e-12 * mean ? error : mean > 0 ? mean : 1
    }

    /// MASE (or its root-mean-squared sister RMSSE) over all windows: Hyndman and Koehler (2006). NaN when nothing
    /// was observed there.
    func score(_ forecasts: [Double], _ series: OpenSeries, _ windows: [ForecastWindow], _ limit: ForecastLimit)
        -> Double
    {
        var (sum, count) = (0.0, 0.0)
        for window in windows {
            for k in 0..<window.count {
                let i = window.origin - series.first + k
                guard i < series.count else { break }
                let error = series.weights[i] * (limit.applied(to: forecasts[window.offset + k]) - series.values[i])
                sum += squared ? error * error : abs(error)
                count += series.weights[i]
            }
        }
        guard count > 0 else { return .nan }
        return (squared ? (sum / count).squareRoot() : sum / count) / scale
    }
}
