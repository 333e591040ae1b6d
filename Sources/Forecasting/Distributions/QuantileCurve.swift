import NumericCore

/// A distribution known by some of its quantiles: linear between them on the scale of a normal variable, and on beyond
/// them; not negative.
struct QuantileCurve: Sendable {
    /// Normal quantiles of the levels.
    let places: [Double]

    init(levels: [Double]) { places = levels.map { Normal.quantile($0) } }

    /// The value where a standard normal variable would be `z`.
    ///
    /// - Parameter row: the quantiles, one for each level.
    func value(_ row: ArraySlice<Double>, at z: Double) -> Double {
        let first = row.startIndex
        guard places.count > 1 else { return max(0, row.first ?? 0) }
        var k = 1
        while k < places.count - 1, places[k] < z { k += 1 }
        let slope = (row[first + k] - row[first + k - 1]) / (places[k] - places[k - 1])
        return max(0, row[first + k - 1] + slope * (z - places[k - 1]))
    }

    /// The mean, by the midpoints of 64 slices of equal probability.
    func mean(_ row: ArraySlice<Double>) -> Double {
        QuantileCurve.middles.reduce(0) { $0 + value(row, at: $1) } / Double(QuantileCurve.middles.count)
    }

    private static let middles = (0..<64).map { Normal.quantile((Double($0) + 0.5) / 64) }
}
