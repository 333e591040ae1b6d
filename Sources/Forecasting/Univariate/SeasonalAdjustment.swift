/// Seasonal factors taken off before a model without a season, and put back after.
struct SeasonalAdjustment: Sendable {
    var factors: [Double]
    var isRatio: Bool

    /// Classical factors where the autocorrelation at one season is significant at 90 % (Fiorucci and others 2016);
    /// ratios where the data are positive. No factors otherwise.
    init(_ values: [Double], season: Int) {
        (factors, isRatio) = ([], false)
        guard season > 1, values.count >= 2 * season, isSignificant(values, season: season) else { return }
        if values.allSatisfy({ $0 > 0 }) {
            let ratios = classicalSeason(values, length: season, isRatio: true)
            if ratios.allSatisfy({ $0 > 0.01 }) {
                (factors, isRatio) = (ratios, true)
                return
            }
        }
        factors = classicalSeason(values, length: season)
    }

    func removed(from values: [Double]) -> [Double] {
        guard !factors.isEmpty else { return values }
        return values.indices.map {
            let factor = factors[$0 % factors.count]
            return isRatio ? values[$0] / factor : values[$0] - factor
        }
    }

    /// Puts the season back on steps that follow `count` values.
    func restored(to ahead: [Double], after count: Int) -> [Double] {
        guard !factors.isEmpty else { return ahead }
        return ahead.indices.map {
            let factor = factors[(count + $0) % factors.count]
            return isRatio ? ahead[$0] * factor : ahead[$0] + factor
        }
    }

    /// What a unit of the adjusted series is at step `h` after `count` values.
    func scale(_ h: Int, after count: Int) -> Double { isRatio ? factors[(count + h) % factors.count] : 1 }
}

/// Whether the autocorrelation at the season's lag stands out of that of the lags before it.
private func isSignificant(_ values: [Double], season: Int) -> Bool {
    let n = values.count
    let mean = values.reduce(0, +) / Double(n)
    let e = values.map { $0 - mean }
    let variance = e.reduce(0) { $0 + $1 * $1 }
    guard variance > 0 else { return false }
    func correlation(_ lag: Int) -> Double {
        var sum = 0.0
        for t in lag..<n { sum += e[t] * e[t - lag] }
        return sum / variance
    }
    var sum = 0.0
    for lag in 1..<season {
        let r = correlation(lag)
        sum += r * r
    }
    return abs(correlation(season)) > 1.645 * ((1 + 2 * sum) / Double(n)).squareRoot()
}
