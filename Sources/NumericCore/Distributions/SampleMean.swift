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

/// Share of parts in their wholes, all samples added up, and half-width of its 95 % confidence interval (Student's t on
/// the residuals of the ratio; Cochran, 1977, section 6.4); no half-width with fewer than two samples, and (nil, nil)
/// where the wholes add up to nothing.
public func shareAndHalfWidth(_ parts: [Double], of wholes: [Double]) -> (share: Double?, halfWidth: Double?) {
    let count = Double(wholes.count)
    let whole = compensatedSum(wholes)
    guard whole > 0 else { return (nil, nil) }
    let share = compensatedSum(parts) / whole
    guard wholes.count > 1 else { return (share, nil) }
    let squares = compensatedSum(zip(parts, wholes).map { ($0 - share * $1) * ($0 - share * $1) }) / (count - 1)
    let deviation = (squares / count).squareRoot() / (whole / count)
    return (share, StudentT.quantile(0.975, freedom: count - 1) * deviation)
}
