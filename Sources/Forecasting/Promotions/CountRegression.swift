import Foundation
import NumericCore

/// Regression of counts on the logarithm of their mean, with a variance that grows with the mean and its square
/// (negative binomial, Lawless 1987) and a normal prior on each coefficient; by reweighted least squares.
struct CountRegression {
    /// Rows x columns.
    let design: Matrix
    /// NaN where not observed.
    let values: [Double]
    /// Added to the logarithm of the mean.
    let offset: [Double]
    let priorMean: [Double]
    /// Zero is no prior.
    let priorPrecision: [Double]

    struct Fit {
        var coefficients: [Double]
        /// Curvature of the log-likelihood, without the prior.
        var information: Matrix
        /// Mean of each row.
        var means: [Double]
        /// Excess of the variance over the mean, as a factor on its square.
        var excess: Double
        /// How many days of drifting errors count as one.
        var drift: Double
        /// Errors of the observed rows over their deviations.
        var errors: [Double]
    }

    /// Nil where nothing was sold, or the equations cannot be solved.
    ///
    /// - Parameter start: coefficients to begin with, of an earlier fit.
    func fit(start: [Double]? = nil) -> Fit? {
        let rows = values.indices.filter { !values[$0].isNaN }
        let total = rows.reduce(0) { $0 + values[$1] }
        guard total > 0, rows.count > 4 else { return nil }
        let p = design.columns
        let x = Matrix(rows: rows.count, columns: p, rows.flatMap { Array(design.row($0)) })
        let (y, shift) = (rows.map { values[$0] }, rows.map { offset[$0] })
        var b = start ?? priorMean
        if start == nil {
            // The first column is the level.
            let base = shift.reduce(0) { $0 + exp(min(30, $1)) }
            b[0] = log(total / base)
        }
        var (excess, scale) = (0.2, 1.0)
        var means: [Double] = []
        for round in 0..<3 {
            guard let found = climb(x, y, shift, b, excess, scale) else { return nil }
            (b, means) = found
            // Moments of the errors (Cameron and Trivedi 1998).
            var (above, squares, pearson) = (0.0, 0.0, 0.0)
            for (value, mean) in zip(y, means) {
                above += (value - mean) * (value - mean) - mean
                squares += mean * mean
            }
            excess = squares > 0 ? min(10, max(0, above / squares)) : 0
            for (value, mean) in zip(y, means) {
                pearson += (value - mean) * (value - mean) / max(1e-300, mean * (1 + excess * mean))
            }
            scale = max(1e-9, pearson / Double(max(1, rows.count - p / 2)))
            if round == 2 { break }
        }
        let errors = zip(y, means).map { ($0 - $1) / ($1 * (1 + excess * $1)).squareRoot() }
        // Errors that drift make a slow cause look surer than it is: the information counts fewer days.
        let correlation = CountRegression.autocorrelation(errors)
        let drift = (1 + correlation) / (1 - correlation)
        let weights = means.map { $0 / (1 + excess * $0) / (scale * drift) }
        return Fit(
            coefficients: b, information: CountRegression.gram(x, weights),
            means: fitted(b), excess: excess, drift: drift, errors: errors)
    }

    private func fitted(_ b: [Double]) -> [Double] {
        let p = design.columns
        return values.indices.map { i in
            var sum = offset[i]
            for j in 0..<p { sum += design.elements[i * p + j] * b[j] }
            return exp(min(30, max(-30, sum)))
        }
    }

    private func climb(
        _ x: Matrix, _ y: [Double], _ shift: [Double], _ start: [Double], _ excess: Double, _ scale: Double
    ) -> (b: [Double], means: [Double])? {
        let p = x.columns
        func means(_ b: [Double]) -> [Double] {
            (0..<x.rows).map { i in
                var sum = shift[i]
                for j in 0..<p { sum += x.elements[i * p + j] * b[j] }
                return exp(min(30, max(-30, sum)))
            }
        }
        func objective(_ b: [Double], _ mu: [Double]) -> Double {
            var sum = 0.0
            for (value, mean) in zip(y, mu) {
                sum += value * log(mean / (1 + excess * mean))
                sum -= excess > 1e-8 ? log1p(excess * mean) / excess : mean
            }
            sum /= scale
            for j in 0..<p { sum -= 0.5 * priorPrecision[j] * (b[j] - priorMean[j]) * (b[j] - priorMean[j]) }
            return sum
        }
        var b = start
        var mu = means(b)
        var best = objective(b, mu)
        for _ in 0..<40 {
            var gradient = [Double](repeating: 0, count: p)
            var weights = [Double](repeating: 0, count: x.rows)
            for i in 0..<x.rows {
                let spread = (1 + excess * mu[i]) * scale
                weights[i] = mu[i] / spread
                let error = (y[i] - mu[i]) / spread
                for j in 0..<p { gradient[j] += error * x.elements[i * p + j] }
            }
            var system = CountRegression.gram(x, weights)
            for j in 0..<p {
                gradient[j] -= priorPrecision[j] * (b[j] - priorMean[j])
                system[j, j] += priorPrecision[j] + 1e-9 * (1 + system[j, j])
            }
            guard let factor = try? Cholesky(system) else { return nil }
            let step = factor.solve(gradient)
            var (length, moved) = (1.0, false)
            for _ in 0..<12 {
                let trial = zip(b, step).map { $0 + length * $1 }
                let trialMeans = means(trial)
                let value = objective(trial, trialMeans)
                if value.isFinite, value >= best - 1e-12 * abs(best) {
                    let gain = value - best
                    (b, mu, best, moved) = (trial, trialMeans, value, gain > 1e-9 * (1 + abs(best)))
                    break
                }
                length /= 2
            }
            if !moved { break }
        }
        return b.allSatisfy(\.isFinite) ? (b, mu) : nil
    }

    private static func gram(_ x: Matrix, _ weights: [Double]) -> Matrix {
        var scaled = x.elements
        let p = x.columns
        for i in 0..<x.rows {
            let root = weights[i].squareRoot()
            for j in i * p..<(i + 1) * p { scaled[j] *= root }
        }
        return Matrix.rankK(Matrix(rows: x.rows, columns: p, scaled))
    }

    /// Of the first order, never negative and at most 0.9.
    static func autocorrelation(_ errors: [Double]) -> Double {
        let mean = errors.reduce(0, +) / Double(max(1, errors.count))
        var (product, square) = (0.0, 0.0)
        for i in errors.indices {
            square += (errors[i] - mean) * (errors[i] - mean)
            if i > 0 { product += (errors[i] - mean) * (errors[i - 1] - mean) }
        }
        return square > 0 ? min(0.9, max(0, product / square)) : 0
    }
}
