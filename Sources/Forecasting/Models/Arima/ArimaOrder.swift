/// Orders of a seasonal ARIMA model (Box and Jenkins 1970).
struct ArimaOrder: Sendable, Hashable, CustomStringConvertible {
    var p: Int
    var d: Int
    var q: Int
    var seasonalP = 0
    var seasonalD = 0
    var seasonalQ = 0
    var season = 1
    /// A mean, or with one difference a drift.
    var hasConstant = false

    /// Coefficients to be found, without the variance.
    var coefficientCount: Int { p + q + seasonalP + seasonalQ + (hasConstant ? 1 : 0) }
    var arLength: Int { p + season * seasonalP }
    var maLength: Int { q + season * seasonalQ }
    /// Values that differencing takes away.
    var lost: Int { d + season * seasonalD }

    var description: String {
        let seasonal = season > 1 ? "(\(seasonalP),\(seasonalD),\(seasonalQ))[\(season)]" : ""
        let constant = hasConstant ? (d + seasonalD == 0 ? " with mean" : " with drift") : ""
        return "ARIMA(\(p),\(d),\(q))\(seasonal)\(constant)"
    }
}

/// (1 - B^lag) applied to values.
func differenced(_ values: [Double], lag: Int) -> [Double] {
    guard values.count > lag else { return [] }
    return (lag..<values.count).map { values[$0] - values[$0 - lag] }
}

extension ArimaOrder {
    func differenced(_ values: [Double]) -> [Double] {
        var out = values
        for _ in 0..<seasonalD { out = Forecasting.differenced(out, lag: season) }
        for _ in 0..<d { out = Forecasting.differenced(out, lag: 1) }
        return out
    }
}
