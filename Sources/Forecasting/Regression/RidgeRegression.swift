import NumericCore

/// Weighted ridge regression (Hoerl and Kennard 1970) on calendar features, recent steps weighing more.
/// Refitted at each window from what was known before it.
///
/// Returns nil where the normal equations cannot be factored.
func ridgeRegression(
    _ bank: RidgeBank, _ series: OpenSeries, _ windows: [ForecastWindow], _ out: inout [Double]
) -> Parts? {
    let features = bank.features
    let p = features.columns
    var right = [Double](repeating: 0, count: p)
    var parts = Parts()
    var at = 0
    for window in windows {
        let known = window.origin - series.first
        features.design.elements.withUnsafeBufferPointer { rows in
            right.withUnsafeMutableBufferPointer { right in
                while at < known {
                    let value = series.values[at]
                    if value != 0 {
                        let scaled = bank.weights[series.first + at] * value
                        let row = (series.first + at) * p
                        for j in 0..<p { right[j] += scaled * rows[row + j] }
                    }
                    at += 1
                }
            }
        }
        let shared = series.isComplete ? bank.factor(first: series.first, origin: window.origin) : nil
        guard let factor = shared ?? bank.ownFactor(series, origin: window.origin) else { return nil }
        // Weights count from the origin, so that the penalty means the same at each.
        let scale = 1 / bank.weights[window.origin - 1]
        let effects = factor.solve(right.map { $0 * scale })
        parts = Parts()
        for step in window.origin..<window.end {
            let row = features.design.row(step)
            var forecast = 0.0
            for j in 0..<p {
                let effect = effects[j] * row[row.startIndex + j]
                forecast += effect
                parts.units[features.parts[j].rawValue] += effect
            }
            out[window.offset + step - window.origin] = forecast
        }
    }
    return parts
}
