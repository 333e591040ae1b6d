/// The classical season (Macaulay 1931): means by place of the deviations from a centred moving average one season
/// long, less their own mean. Places start with the first value's. Neutral for fewer than two seasons.
func classicalSeason(_ values: [Double], length: Int, isRatio: Bool = false) -> [Double] {
    let n = values.count
    let neutral = isRatio ? 1.0 : 0
    guard length > 1, n >= 2 * length else { return [Double](repeating: neutral, count: max(1, length)) }
    let trend = centredAverage(values, length: length)
    var sums = [Double](repeating: 0, count: length)
    var counts = sums
    let half = length / 2
    for t in half..<n - half {
        let middle = trend[t - half]
        sums[t % length] += isRatio ? (middle != 0 ? values[t] / middle : 1) : values[t] - middle
        counts[t % length] += 1
    }
    var season = zip(sums, counts).map { $1 > 0 ? $0 / $1 : neutral }
    let mean = season.reduce(0, +) / Double(length)
    for k in season.indices { season[k] = isRatio ? (mean != 0 ? season[k] / mean : 1) : season[k] - mean }
    return season
}

/// The moving average over one season around each value, half weights at both ends of even seasons; the first entry
/// belongs to value `length / 2`.
func centredAverage(_ values: [Double], length: Int) -> [Double] {
    let n = values.count
    let half = length / 2
    guard n > 2 * half else { return [] }
    var out: [Double] = []
    out.reserveCapacity(n - 2 * half)
    let width = 2 * half + 1
    var sum = values.prefix(width).reduce(0, +)
    for t in half..<n - half {
        if t > half { sum += values[t + half] - values[t - half - 1] }
        let ends = length % 2 == 0 ? 0.5 * (values[t - half] + values[t + half]) : 0
        out.append((sum - ends) / Double(length))
    }
    return out
}
