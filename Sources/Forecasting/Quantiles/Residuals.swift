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
    /// The past origins the errors are from.
    var origins: Int { zip(steps, steps.dropFirst()).reduce(steps.isEmpty ? 0 : 1) { $1.1 <= $1.0 ? $0 + 1 : $0 } }

    /// What the errors say of the variance of the sum of squares over some means ahead: as wide as Student's t with as
    /// many degrees of freedom as there are origins, since errors from one origin go together.
    func variance(_ means: some Sequence<Double>) -> Double {
        guard !scaled.isEmpty else { return .nan }
        let square = scaled.reduce(0) { $0 + $1 * $1 } / Double(scaled.count)
        let freedom = Double(max(3, origins))
        return square * freedom / (freedom - 2) * means.reduce(0) { $1 > 0 ? $0 + max($1, floor) : $0 }
    }

    var meanSize: Double { scaled.isEmpty ? 0 : scaled.reduce(0) { $0 + abs($1) } / Double(scaled.count) }
}
