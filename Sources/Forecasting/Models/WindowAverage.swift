/// Every step is the mean of the observed values in the last four seasons (at least eight steps).
func windowAverage(
    _ series: OpenSeries, _ timeline: Timeline, _ windows: [ForecastWindow], _ out: inout [Double]
) -> Parts {
    let length = max(8, 4 * timeline.season)
    var parts = Parts()
    for window in windows {
        let known = window.origin - series.first
        var total = 0.0
        var observed = 0.0
        var at = known - 1
        while at >= 0 && (at >= known - length || observed == 0) {
            total += series.values[at]
            observed += series.weights[at]
            at -= 1
        }
        let mean = observed > 0 ? total / observed : 0
        for k in 0..<window.count { out[window.offset + k] = mean }
        parts = Parts()
        parts[.level] = mean * Double(window.count)
    }
    return parts
}
