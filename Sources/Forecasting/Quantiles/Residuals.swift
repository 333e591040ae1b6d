/// The backtest errors of the chosen model of one series, free of their scale.
struct Residuals: Sendable {
    /// Errors over the root of the forecast, as the spread of counts grows with the root of their mean.
    var scaled: [Double] = []
    /// Steps ahead (0 is the first) of each.
    var steps: [Int] = []
    /// The axis cell of each, and the error itself.
    var cells: [Int32] = []
    var errors: [Float] = []
    /// How many of the values forecast were zero.
    var zeros = 0
    /// Forecasts below this count as this when scaling.
    var floor: Double

    func divisor(_ forecast: Double) -> Double { max(forecast, floor).squareRoot() }
    /// The chance of a zero, held below what was observed: a run of zeros alone leaves a chance of up to three demands
    /// in as many steps (the rule of three).
    var zeroShare: Double { Double(max(0, zeros - 2)) / Double(scaled.count + 1) }
    var meanSize: Double { scaled.isEmpty ? 0 : scaled.reduce(0) { $0 + abs($1) } / Double(scaled.count) }
}
