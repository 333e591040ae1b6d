/// Each step repeats the last observed value at the same place in the season; a place never observed gets the mean
/// of what was.
func seasonalNaive(
    _ series: OpenSeries, _ timeline: Timeline, _ windows: [ForecastWindow], _ out: inout [Double]
) -> Parts {
    var last = [Double](repeating: .nan, count: timeline.season)
    var total = 0.0
    var observed = 0.0
    var parts = Parts()
    var at = 0
    for window in windows {
        while at < window.origin - series.first {
            if series.weights[at] > 0 {
                last[Int(timeline.phases[series.first + at])] = series.values[at]
                total += series.values[at]
                observed += 1
            }
            at += 1
        }
        let mean = observed > 0 ? total / observed : 0
        let known = last.filter { !$0.isNaN }
        let level = known.isEmpty ? mean : known.reduce(0, +) / Double(known.count)
        parts = Parts()
        for step in window.origin..<window.end {
            let value = last[Int(timeline.phases[step])]
            let forecast = value.isNaN ? mean : value
            out[window.offset + step - window.origin] = forecast
            parts[.level] += level
            parts[.season] += forecast - level
        }
    }
    return parts
}
