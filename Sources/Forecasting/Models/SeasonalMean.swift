/// Each step is the mean of the last `depth` observed values at the same place in the season: on daily data the
/// same-weekday mean. A place never observed gets the mean over all places.
func seasonalMean(
    _ series: OpenSeries, _ timeline: Timeline, _ windows: [ForecastWindow], depth: Int = 4, _ out: inout [Double]
) -> Parts {
    let season = timeline.season
    var recent = [Double](repeating: 0, count: season * depth)
    var seen = [Int](repeating: 0, count: season)
    var parts = Parts()
    var at = 0
    for window in windows {
        while at < window.origin - series.first {
            if series.weights[at] > 0 {
                let phase = Int(timeline.phases[series.first + at])
                recent[phase * depth + seen[phase] % depth] = series.values[at]
                seen[phase] += 1
            }
            at += 1
        }
        var means = [Double](repeating: 0, count: season)
        var level = 0.0
        var known = 0.0
        for phase in 0..<season where seen[phase] > 0 {
            let count = min(seen[phase], depth)
            for k in 0..<count { means[phase] += recent[phase * depth + k] }
            means[phase] /= Double(count)
            level += means[phase]
            known += 1
        }
        level = known > 0 ? level / known : 0
        parts = Parts()
        for step in window.origin..<window.end {
            let phase = Int(timeline.phases[step])
            let forecast = seen[phase] > 0 ? means[phase] : level
            out[window.offset + step - window.origin] = forecast
            parts[.level] += level
            parts[.season] += forecast - level
        }
    }
    return parts
}
