import NumericCore

/// The quantile of Student's t with `freedom` degrees of freedom that leaves `tail` above it, 0 < tail <= 1/2.
///
/// From the incomplete beta function: P(|T| > t) = I_x(freedom / 2, 1 / 2) with x = freedom / (freedom + t^2)
/// (Abramowitz and Stegun 26.7.1).
func studentQuantile(tail: Double, freedom: Int) -> Double {
    let n = Double(freedom)
    let x = BetaFunction.inverseRegularized(n / 2, 0.5, 2 * tail)
    return (n * (1 - x) / x).squareRoot()
}

/// Mean of a sample and half-width of its 95 % confidence interval; nil with fewer than two values.
func meanAndHalfWidth(_ values: [Double]) -> (mean: Double, halfWidth: Double?) {
    guard !values.isEmpty else { return (0, nil) }
    let count = Double(values.count)
    let mean = compensatedSum(values) / count
    guard values.count > 1 else { return (mean, nil) }
    let variance = compensatedSum(values.map { ($0 - mean) * ($0 - mean) }) / (count - 1)
    return (mean, studentQuantile(tail: 0.025, freedom: values.count - 1) * (variance / count).squareRoot())
}
