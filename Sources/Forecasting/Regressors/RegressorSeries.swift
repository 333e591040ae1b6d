import Foundation
import NumericCore
import Retail

/// One series with its regressors, standardised.
struct RegressorSeries: Sendable {
    let isFactor: Bool
    private let values: [Double]
    /// Size of the series: sums are effects on values over it.
    private let unit: Double
    /// Row-major steps x columns, past and to come; 0 where a past value is missing.
    private let rows: [Double]
    private let width: Int
    private let horizon: Int
    private let season: Int
    /// First column and step ahead without a value.
    private let gap: (column: Int, step: Int)?
    private let varies: Bool

    init(
        _ panel: DemandPanel, _ regressors: RegressorPanel, _ series: Int, horizon: Int, season: Int,
        scale: RegressorScale
    ) {
        values = panel.cells(series)
        width = regressors.names.count
        self.horizon = horizon
        self.season = season
        let known = values.filter(\.isFinite)
        isFactor = known.allSatisfy { $0 >= 0 }
        let size = known.isEmpty ? 0 : known.reduce(0) { $0 + abs($1) / Double(known.count) }
        unit = size > 0 && size.isFinite ? size : 1
        let given = regressors.values[series]
        let steps = values.count + horizon
        var rows = [Double](repeating: 0, count: steps * width)
        var gap: (Int, Int)?
        var varies = false
        for j in 0..<width {
            // A series' own mean is its baseline.
            var (count, mean) = (0.0, 0.0)
            for t in 0..<values.count where t * width + j < given.count && given[t * width + j].isFinite {
                count += 1
                mean += (Double(given[t * width + j]) - mean) / count
            }
            for t in 0..<steps {
                let at = t * width + j
                let value = at < given.count ? Double(given[at]) : .nan
                if value.isFinite {
                    rows[at] = count > 0 ? (value - mean) / scale.deviations[j] : 0
                    if t < values.count, abs(rows[at]) > 1e-9 { varies = true }
                } else if t >= values.count, gap == nil || t - values.count < gap!.1 {
                    gap = (j, t - values.count)
                }
            }
        }
        self.rows = rows
        self.gap = gap.map { (column: $0.0, step: $0.1) }
        self.varies = varies
    }

    func outcome(_ names: [String]) -> RegressorOutcome {
        if let gap { return .noFuture(column: names[gap.column], step: gap.step + 1) }
        return varies && values.count { $0.isFinite } >= 8 ? .used : .nothingToLearn
    }

    // MARK: Learning

    /// What the first part of the past says about the effects; nil where it says nothing.
    func evidence(until part: Double) -> EffectEvidence? {
        let count = Int((Double(values.count) * part).rounded(.down))
        guard count >= 8, varies, isFactor || width > 0 else { return nil }
        let nuisance = nuisance(count)
        return isFactor ? countEvidence(count, nuisance) : sumEvidence(count, nuisance)
    }

    /// Level, drift and season: steps x columns, and the precision of each coefficient.
    private func nuisance(_ count: Int) -> (columns: [[Double]], precision: [Double]) {
        var columns: [[Double]] = [[Double](repeating: 1, count: count)]
        var precision = [0.0]
        let gapLength = max(8, 4 * season <= 60 ? 4 * season : season)
        let knots = min(24, count / gapLength)
        for knot in 0..<(knots > 0 ? knots + 1 : 0) {
            columns.append(
                (0..<count).map { t in
                    max(0, 1 - abs(Double(t) / Double(count) * Double(knots) - Double(knot)))
                })
            precision.append(1 / (0.3 * 0.3))
        }
        if season > 1, season <= 31, count >= 2 * season {
            for phase in 0..<season - 1 {
                columns.append((0..<count).map { $0 % season == phase ? 1.0 : 0 })
                precision.append(1)
            }
        } else if season > 31, count >= season {
            for k in 1...3 {
                let angles: [Double] = (0..<count).map { 2 * Double.pi * Double(k * $0) / Double(season) }
                columns.append(angles.map { sin($0) })
                columns.append(angles.map { cos($0) })
                precision += [1, 1]
            }
        }
        return (columns, precision)
    }

    private func design(_ count: Int, _ nuisance: [[Double]]) -> Matrix {
        let p = nuisance.count
        var elements = [Double](repeating: 0, count: count * (p + width))
        for t in 0..<count {
            for j in 0..<p { elements[t * (p + width) + j] = nuisance[j][t] }
            for j in 0..<width { elements[t * (p + width) + p + j] = rows[t * width + j] }
        }
        return Matrix(rows: count, columns: p + width, elements)
    }

    private func countEvidence(_ count: Int, _ nuisance: (columns: [[Double]], precision: [Double])) -> EffectEvidence?
    {
        let p = nuisance.columns.count
        let prior = [Double](repeating: 1, count: width)
        let regression = CountRegression(
            design: design(count, nuisance.columns), values: values.prefix(count).map { $0 / unit * 100 },
            offset: [Double](repeating: 0, count: count), priorMean: [Double](repeating: 0, count: p + width),
            priorPrecision: nuisance.precision + prior)
        guard let fit = regression.fit() else { return nil }
        return EffectEvidence(
            fit.information, nuisance: nuisance.precision, effects: Array(fit.coefficients[p...]),
            heldBy: (0..<width).map { prior[$0] * fit.coefficients[p + $0] / fit.drift })
    }

    private func sumEvidence(_ count: Int, _ nuisance: (columns: [[Double]], precision: [Double])) -> EffectEvidence? {
        let p = nuisance.columns.count
        let observed = (0..<count).filter { values[$0].isFinite }
        guard observed.count > 4 else { return nil }
        let all = design(count, nuisance.columns)
        let x = Matrix(rows: observed.count, columns: p + width, observed.flatMap { Array(all.row($0)) })
        let y = observed.map { values[$0] / unit }
        var system = Matrix.rankK(x)
        for j in 0..<p + width {
            system[j, j] += (j < p ? nuisance.precision[j] : 1) * 0.01 + 1e-9 * (1 + system[j, j])
        }
        guard let factor = try? Cholesky(system), let right = try? Matrix.multiplyTransposed(x, y),
            let fitted = try? Matrix.multiply(x, factor.solve(right))
        else { return nil }
        let errors = zip(y, fitted).map { $0 - $1 }
        let correlation = CountRegression.autocorrelation(errors)
        let drift = (1 + correlation) / (1 - correlation)
        let variance = errors.reduce(0) { $0 + $1 * $1 } / Double(max(1, errors.count - p / 2)) * drift
        guard variance > 0, variance.isFinite else { return nil }
        let scaled = Matrix(
            rows: system.rows, columns: system.columns, Matrix.rankK(x).elements.map { $0 / variance })
        let effects = Array(factor.solve(right)[p...])
        return EffectEvidence(
            scaled, nuisance: nuisance.precision, effects: effects, heldBy: effects.map { 0.01 * $0 / variance })
    }

    // MARK: Using

    private func effect(_ step: Int, _ effects: [Double]) -> Double {
        var sum = 0.0
        for j in 0..<width { sum += rows[step * width + j] * effects[j] }
        // Nothing multiplies demand by more than fifty, nor adds more than fifty times its size.
        return isFactor ? min(log(50), max(-log(50), sum)) : min(50, max(-50, sum))
    }

    /// The past at the regressors' means.
    func baseline(_ effects: [Double]) -> [Double] {
        values.indices.map { t in
            isFactor ? values[t] / exp(effect(t, effects)) : values[t] - unit * effect(t, effects)
        }
    }

    /// Factors or sums by step ahead.
    func ahead(_ effects: [Double]) -> [Double] {
        (0..<horizon).map { h in
            let sum = effect(values.count + h, effects)
            return isFactor ? exp(sum) : unit * sum
        }
    }

    /// What is unsure about the effects by step ahead: of the logarithm, or in units.
    func deviations(_ covariance: Matrix) -> [Double] {
        (0..<horizon).map { h in
            var sum = 0.0
            let row = (values.count + h) * width
            for i in 0..<width { for j in 0..<width { sum += rows[row + i] * rows[row + j] * covariance[i, j] } }
            return max(0, sum).squareRoot() * (isFactor ? 1 : unit)
        }
    }

    /// Whether a smoothed level over the last fifth of the past is closer with these effects than without.
    func helps(_ effects: [Double]) -> Bool {
        let first = Int((Double(values.count) * 0.8).rounded(.down))
        let plain = errors(values, from: first) { _, level in level }
        let cleaned = errors(baseline(effects), from: first) { t, level in
            isFactor ? level * exp(effect(t, effects)) : level + unit * effect(t, effects)
        }
        return cleaned < plain
    }

    /// Sum of the absolute errors of the mean of the same place in the last four seasons, as used.
    private func errors(_ series: [Double], from first: Int, _ use: (Int, Double) -> Double) -> Double {
        var sum = 0.0
        for t in first..<values.count where values[t].isFinite {
            var (level, count) = (0.0, 0.0)
            for back in 1...4 {
                let at = t - back * max(1, season)
                if at >= 0, series[at].isFinite { (level, count) = (level + series[at], count + 1) }
            }
            if count > 0 { sum += abs(values[t] - use(t, level / count)) }
        }
        return sum
    }
}
