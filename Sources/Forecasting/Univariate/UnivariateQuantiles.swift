import Foundation
import NumericCore
import Retail

/// The normal quantile at a level in (0, 1).
func normalQuantile(_ level: Double) -> Double { Normal.quantile(level) }

extension UnivariateForecaster {
    /// Scored steps at which the observed shape of the errors counts as much as the assumed one.
    private static let shapeEvidence = 150.0
    /// Scored steps at which their observed size counts as much as the models' own claim.
    private static let sizeEvidence = 8.0
    /// Values at which what a fit to few of them hides adds as much to the square of the errors as models claim: of a
    /// dozen years the models' intervals of 95 % cover some 70 %.
    private static let fitEvidence = 40.0
    /// Stretches of the horizon whose size is measured apart, and the scored steps at which one counts as much as all.
    private static let stretches = 4
    private static let stretchEvidence = 12.0

    /// Quantiles around the means: the models' deviations, stretched to the size and bent to the shape of the errors
    /// at past origins, stretch by stretch of the horizon (conformal prediction; Vovk, Gammerman and Shafer 2005).
    /// Errors from one origin go together, so that a few origins say little about the size of the next error: beyond the
    /// observed shape tails are those of Student's t (`freedom`). Counts with many zeros take a negative binomial
    /// distribution of that mean and variance.
    ///
    /// - Parameter scores: errors over deviations, origins x horizon, NaN where there is none.
    func quantiles(
        _ means: [Double], _ deviations: [Double], _ scores: [Double], _ series: PreparedSeries
    ) -> [Double] {
        let horizon = means.count
        let blocks = min(Self.stretches, horizon)
        var squares = [Double](repeating: 0, count: blocks)
        var counts = squares
        for (k, score) in scores.enumerated() where score.isFinite {
            squares[k % horizon * blocks / horizon] += score * score
            counts[k % horizon * blocks / horizon] += 1
        }
        let n = counts.reduce(0, +)
        let isAlone = options.model != nil && options.model != .scum
        let claimed = isAlone ? 1 : 1 + Self.fitEvidence / Double(series.values.count)
        let overall = (squares.reduce(0, +) + Self.sizeEvidence * claimed) / (n + Self.sizeEvidence)
        let sizes = zip(squares, counts).map {
            (($0 + Self.stretchEvidence * overall) / ($1 + Self.stretchEvidence)).squareRoot()
        }
        let sorted = scores.enumerated().filter { $0.element.isFinite }
            .map { $0.element / sizes[$0.offset % horizon * blocks / horizon] }.sorted()
        let trust = n / (n + Self.shapeEvidence)
        let freedom = n > 0 ? Self.freedom(origins: scores.count / max(1, horizon)) : .infinity
        let shape = options.levels.map { level -> Double in
            let assumed = StudentT.quantile(level, freedom: freedom)
            // Beyond the sample's own reach its quantiles say nothing.
            guard n > 0, min(level, 1 - level) * n >= 1 else { return assumed }
            let observed = sampleQuantile(sorted, level) * assumed / (level == 0.5 ? 1 : normalQuantile(level))
            return trust * (level == 0.5 ? sampleQuantile(sorted, level) : observed) + (1 - trust) * assumed
        }
        var out: [Double] = []
        out.reserveCapacity(means.count * options.levels.count)
        for (h, (mean, deviation)) in zip(means, deviations).enumerated() {
            let size = sizes[h * blocks / horizon] * deviation
            var last = -Double.infinity
            for (k, level) in options.levels.enumerated() {
                var value = mean + size * shape[k]
                if series.isIntermittent, series.isCount {
                    value = countQuantile(level, mean: mean, variance: size * size)
                }
                last = max(last, series.isDemand ? max(0, value) : value)
                out.append(last)
            }
        }
        return out
    }

    /// Degrees of freedom of the size of the errors: errors from one origin count as a few independent ones. Fewer cover
    /// hourly loads better (0.935 of 0.95 with four, 0.905 with eight) and sales too widely; over both, the interval score
    /// does not gain.
    private static func freedom(origins: Int) -> Double {
        2 + 2 * Double(origins)
    }

    /// One model alone, with the distribution it claims itself: exact where it is known, simulated otherwise.
    func single(_ model: UnivariateModel, _ series: PreparedSeries, _ name: String) -> UnivariateForecast {
        let values = series.values
        var used = model.rawValue
        var note = series.filled > 0 ? "\(series.filled) missing values filled in" : ""
        func remark(_ text: String) { note += (note.isEmpty ? "" : "; ") + text }
        var fitted = fit(model, values, seasons: options.seasons, workspace)
        var mean = fitted?.means(values, horizon: options.horizon, workspace) ?? []
        if mean.isEmpty || !mean.allSatisfy(\.isFinite) {
            remark("\(model.rawValue) could not be fitted: naive used")
            used = "naive"
            fitted = .plain(.naive, deviation: PlainMethod.naive.deviation(values))
            mean = PlainMethod.naive.means(values, horizon: options.horizon)
        }
        guard let fitted else { return combined(series, name) }
        if !fitted.detail.isEmpty { remark(fitted.detail) }
        if series.isDemand { mean = mean.map { max(0, $0) } }
        let bounds = series.bounds
        if mean.contains(where: { !bounds.contains($0) }) {
            remark("\(model.rawValue) ran away: held at a thousand times what was seen")
            mean = mean.map { min(max($0, bounds.lowerBound), bounds.upperBound) }
        }
        let deviations = fitted.deviations(after: values.count, horizon: options.horizon)
            .map { $0.isFinite ? $0 : 0 }
        let quantiles: [Double]
        switch fitted {
        case .ets(let fit) where !fit.isLinear && !options.levels.isEmpty:
            quantiles = simulated(fit, series, name)
        case .counts(let fit):
            let row = options.levels.map { fit.quantile($0, after: values) }
            quantiles = (0..<options.horizon).flatMap { _ in row }
        default: quantiles = self.quantiles(mean, deviations, [], series)
        }
        return UnivariateForecast(
            mean: mean.map { $0 * series.unit },
            quantiles: quantiles.map { min(max($0, bounds.lowerBound), bounds.upperBound) * series.unit }, model: used,
            note: note, members: [])
    }

    private func simulated(_ fit: ETSFit, _ series: PreparedSeries, _ name: String) -> [Double] {
        let paths = 2_000
        var stream = RandomStream(
            seed: options.seed, stream: RandomStreamID.forecastSample.rawValue, entity: entityHash(name), replication: 0
        )
        let draws = fit.paths(
            from: fit.run(series.values).state, after: series.values.count, horizon: options.horizon, paths: paths,
            &stream)
        var out: [Double] = []
        for h in 0..<options.horizon {
            // A path without end counts as beyond all others.
            let sample = (0..<paths).map { draws[$0 * options.horizon + h] }.filter { !$0.isNaN }
                .map { min(max($0, series.bounds.lowerBound), series.bounds.upperBound) }.sorted()
            for level in options.levels {
                let value = sample.isEmpty ? 0 : sampleQuantile(sample, level)
                out.append(series.isDemand ? max(0, value) : value)
            }
        }
        return out
    }
}
