import Foundation

/// A series made fit for the models: trimmed, filled in, on a scale near one.
struct PreparedSeries {
    /// Values over `unit`, nothing missing.
    var values: [Double]
    /// A power of two, so that dividing by it loses nothing.
    var unit: Double
    var observed: Int
    /// No observed value is negative.
    var isDemand: Bool
    /// Whole numbers of zero or more, on their own scale.
    var isCount: Bool
    /// Mean steps from demand to demand above 1.32 (Syntetos, Boylan and Croston 2005).
    var isIntermittent: Bool
    var filled: Int
    private var isConstant: Bool
    /// The least and the largest of `values`.
    private var low: Double
    private var high: Double

    init(_ raw: [Double], seasons: [Int]) {
        let season = seasons.first ?? 1
        let first = raw.firstIndex(where: \.isFinite) ?? raw.count
        var values = first == 0 ? raw : Array(raw[first...])
        let facts = Facts(values)
        observed = facts.observed
        isDemand = facts.lowest >= 0
        isCount = isDemand && facts.isWhole && facts.highest < 1e9
        isConstant = !(facts.lowest < facts.highest)
        isIntermittent = isDemand && Double(observed) > 1.32 * Double(facts.demands)
        filled = values.count - observed
        if filled > 0, observed > 0 { fillGaps(&values, season: season) }
        let binade = isCount ? 1 : facts.meanSize.binade
        unit = !binade.isFinite || binade == 0 ? 1 : binade
        if unit != 1 { for t in values.indices { values[t] /= unit } }
        self.values = values
        (low, high) = (facts.lowest / unit, facts.highest / unit)
    }

    /// The forecast of a series that no model is needed for; nil for all others.
    func outcome(_ options: UnivariateOptions) -> UnivariateForecast? {
        let h = options.horizon
        func flat(_ value: Double, deviation: Double, _ model: String, _ note: String) -> UnivariateForecast {
            let mean = [Double](repeating: value, count: h)
            let rows = options.levels.map { level -> Double in
                let quantile = value + deviation * normalQuantile(level)
                return isDemand ? max(0, quantile) : quantile
            }
            return UnivariateForecast(
                mean: mean, quantiles: (0..<h).flatMap { _ in rows }, model: model, note: note, members: [])
        }
        guard let first = values.first, observed > 0 else {
            return flat(0, deviation: 0, "none", OddSeries.nothingObserved.note)
        }
        let value = first * unit
        if observed == 1 {
            return flat(value, deviation: abs(value).squareRoot(), "naive", OddSeries.oneObservation.note)
        }
        if isConstant {
            return value == 0
                ? flat(0, deviation: 0, "naive", OddSeries.allZero.note)
                : flat(value, deviation: 0, "naive", OddSeries.constant.note)
        }
        guard values.count >= 5 else {
            let mean = values.reduce(0, +) / Double(values.count)
            let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            return flat(
                mean * unit, deviation: (squares / Double(max(1, values.count - 1))).squareRoot() * unit,
                "window_average", OddSeries.tooShort.note)
        }
        return nil
    }

    /// Where the forecast of a single model must stay, whatever its trend says.
    var bounds: ClosedRange<Double> {
        let most = 1_000 * max(abs(low), abs(high), .leastNormalMagnitude)
        return (isDemand ? 0 : -most)...most
    }

    /// Where forecasts must stay: as far beyond what was seen as what was seen is wide; demand not below zero.
    var limits: ClosedRange<Double> {
        (isDemand ? 0 : low - (high - low))...(high + (high - low))
    }
}

/// What one pass over a series tells of its known values.
private struct Facts {
    var observed = 0
    var demands = 0
    var lowest = Double.infinity
    var highest = -Double.infinity
    var isWhole = true
    private var sizes = 0.0
    private let values: [Double]

    init(_ values: [Double]) {
        self.values = values
        var fractions = 0
        for value in values where value.isFinite {
            observed += 1
            demands += value != 0 ? 1 : 0
            lowest = min(lowest, value)
            highest = max(highest, value)
            sizes += abs(value)
            // Beyond this the values are no counts, whatever their fractions.
            if abs(value) < 1e9, Double(Int64(value)) != value { fractions += 1 }
        }
        isWhole = fractions == 0
        if observed == 0 { (lowest, highest) = (0, 0) }
    }

    /// The mean size of the known values; taken of shares of the largest where their sum would overflow.
    var meanSize: Double {
        guard observed > 0 else { return 0 }
        if sizes.isFinite { return sizes / Double(observed) }
        let largest = max(abs(lowest), abs(highest))
        return values.reduce(0) { $1.isFinite ? $0 + abs($1) / largest : $0 } / Double(observed) * largest
    }
}

/// Puts the mean of the nearest known values at the same place in the season, before and after, where one is missing.
func fillGaps(_ values: inout [Double], season: Int) {
    let known = values
    func nearest(_ t: Int, by step: Int) -> Double? {
        var k = t + step
        while k >= 0, k < known.count {
            if known[k].isFinite { return known[k] }
            k += step
        }
        return nil
    }
    for t in values.indices where !known[t].isFinite {
        let pair = [nearest(t, by: -season), nearest(t, by: season)].compactMap(\.self)
        let around = pair.isEmpty ? [nearest(t, by: -1), nearest(t, by: 1)].compactMap(\.self) : pair
        values[t] = around.reduce(0) { $0 + $1 / Double(around.count) }
    }
}
