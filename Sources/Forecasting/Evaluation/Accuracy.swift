/// Measures of forecast accuracy, each over the steps of one series.
public enum Accuracy {
    /// Symmetric mean absolute percentage error, 0 ... 200: the mean of 200 |y - f| / (|y| + |f|), as in the M4
    /// competition (Makridakis, Spiliotis and Assimakopoulos 2020). A step where both are 0 counts 0.
    public static func symmetricPercentageError(_ actual: [Double], _ forecast: [Double]) -> Double {
        mean(actual, forecast) { y, f in
            let size = abs(y) + abs(f)
            return size > 0 ? 200 * abs(y - f) / size : 0
        }
    }

    /// The mean absolute error of the seasonal naive inside the history: what MASE divides by. NaN for a history no
    /// longer than a season.
    public static func naiveError(_ history: [Double], season: Int) -> Double {
        mean(Array(history.dropFirst(season)), Array(history.dropLast(season))) { abs($0 - $1) }
    }

    /// The root of the mean squared error of the seasonal naive inside the history: what RMSSE divides by.
    public static func naiveSquaredError(_ history: [Double], season: Int) -> Double {
        mean(Array(history.dropFirst(season)), Array(history.dropLast(season))) { ($0 - $1) * ($0 - $1) }.squareRoot()
    }

    /// Mean absolute error.
    public static func absoluteError(_ actual: [Double], _ forecast: [Double]) -> Double {
        mean(actual, forecast) { abs($0 - $1) }
    }

    /// Root of the mean squared error.
    public static func rootSquaredError(_ actual: [Double], _ forecast: [Double]) -> Double {
        mean(actual, forecast) { ($0 - $1) * ($0 - $1) }.squareRoot()
    }

    /// The pinball loss of a quantile at `level`: least in the mean for the true quantile (Koenker and Bassett 1978).
    public static func pinball(_ actual: Double, _ quantile: Double, level: Double) -> Double {
        actual >= quantile ? level * (actual - quantile) : (1 - level) * (quantile - actual)
    }

    /// The mean over paired elements; NaN over none.
    private static func mean(_ a: [Double], _ b: [Double], _ loss: (Double, Double) -> Double) -> Double {
        let count = min(a.count, b.count)
        guard count > 0 else { return .nan }
        var sum = 0.0
        for i in 0..<count { sum += loss(a[i], b[i]) }
        return sum / Double(count)
    }
}
