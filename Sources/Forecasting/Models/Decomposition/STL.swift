/// Season and trend by loess (Cleveland, Cleveland, McRae and Terpenning 1990), without the robust loop.
struct STL {
    var period: Int
    /// Seasons that a place's smoothing looks at; odd.
    var seasonalWindow: Int

    /// The season and the trend of the values; the rest is what remains.
    func decompose(_ values: [Double], passes: Int = 2) -> (season: [Double], trend: [Double]) {
        let n = values.count
        let s = Double(seasonalWindow)
        let trendWindow = odd(1.5 * Double(period) / (1 - 1.5 / s))
        let trendLoess = Loess(window: trendWindow, degree: 1, jump: max(1, trendWindow / 10))
        let lowWindow = period % 2 == 0 ? period + 1 : period
        let lowLoess = Loess(window: lowWindow, degree: 1, jump: max(1, lowWindow / 10))
        var season = [Double](repeating: 0, count: n)
        var trend = season
        for _ in 0..<passes {
            let cycles = smoothedCycles(zip(values, trend).map { $0 - $1 })
            let low = lowLoess.smooth(
                movingMean(movingMean(movingMean(cycles, period), period), 3), from: 0, through: n - 1)
            for t in 0..<n { season[t] = cycles[period + t] - low[t] }
            trend = trendLoess.smooth(zip(values, season).map { $0 - $1 }, from: 0, through: n - 1)
        }
        return (season, trend)
    }

    /// Each place of the season smoothed over the seasons, one season longer at both ends.
    private func smoothedCycles(_ values: [Double]) -> [Double] {
        let n = values.count
        let loess = Loess(window: seasonalWindow, degree: 0, jump: max(1, seasonalWindow / 10))
        var out = [Double](repeating: 0, count: n + 2 * period)
        for place in 0..<period {
            let cycle = stride(from: place, to: n, by: period).map { values[$0] }
            guard !cycle.isEmpty else { continue }
            let smooth = loess.smooth(cycle, from: -1, through: cycle.count)
            for (k, value) in smooth.enumerated() {
                let t = place + k * period
                if t < out.count { out[t] = value }
            }
        }
        return out
    }

    private func movingMean(_ values: [Double], _ width: Int) -> [Double] {
        var sum = values.prefix(width).reduce(0, +)
        var out = [sum / Double(width)]
        for t in width..<max(width, values.count) {
            sum += values[t] - values[t - width]
            out.append(sum / Double(width))
        }
        return out
    }

    private func odd(_ value: Double) -> Int {
        let whole = Int(value.rounded(.up))
        return whole % 2 == 0 ? whole + 1 : whole
    }
}

/// Several seasons one after another, each from what the others leave (Bandara, Hyndman and Bergmeir 2021).
struct MSTL {
    /// Ascending periods; those with less than two whole seasons in the values are left out.
    var periods: [Int]

    struct Parts {
        var periods: [Int]
        var seasons: [[Double]]
        /// Values less all seasons.
        var adjusted: [Double]
    }

    func decompose(_ values: [Double]) -> Parts {
        let periods = periods.filter { $0 > 1 && values.count > 2 * $0 }.sorted()
        var seasons = [[Double]](repeating: [Double](repeating: 0, count: values.count), count: periods.count)
        var adjusted = values
        for _ in 0..<(periods.count > 1 ? 2 : 1) {
            for (k, period) in periods.enumerated() {
                for t in adjusted.indices { adjusted[t] += seasons[k][t] }
                // Windows 11, 15, 19 ... as in the authors' software.
                seasons[k] = STL(period: period, seasonalWindow: 11 + 4 * k).decompose(adjusted).season
                for t in adjusted.indices { adjusted[t] -= seasons[k][t] }
            }
        }
        return Parts(periods: periods, seasons: seasons, adjusted: adjusted)
    }
}

extension MSTL.Parts {
    /// The last season of each period repeated.
    func seasonAhead(_ h: Int) -> Double {
        var sum = 0.0
        for (k, period) in periods.enumerated() {
            sum += seasons[k][seasons[k].count - period + h % period]
        }
        return sum
    }
}
