/// Mean of a sample and half-width of the 95 % confidence interval of that mean (Student's t); no half-width with
/// fewer than two values, and (0, nil) for an empty sample.
public func meanAndHalfWidth(_ values: [Double]) -> (mean: Double, halfWidth: Double?) {
    guard !values.isEmpty else { return (0, nil) }
    let count = Double(values.count)
    let mean = compensatedSum(values) / count
    guard values.count > 1 else { return (mean, nil) }
    let variance = compensatedSum(values.map { ($0 - mean) * ($0 - mean) }) / (count - 1)
    return (mean, StudentT.quantile(0.975, freedom: count - 1) * (variance / count).squareRoot())
}
