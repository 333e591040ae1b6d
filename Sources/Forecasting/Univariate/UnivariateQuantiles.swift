import Foundation
import NumericCore
import Retail

/// The normal quantile at a level in (0, 1).
func normalQuantile(_ level: Double) -> Double { Normal.quantile(level) }

extension UnivariateForecaster {
    /// Scored steps at which the observed shape of the errors counts as much as the normal one.
    private static let shapeEvidence = 150.0
    /// Scored steps at which their observed size counts as much as the models' own claim.
    private static let sizeEvidence = 8.0

    /// Quantiles around the means: the models' deviations, stretched to the size and bent to the shape of the errors
    /// at past origins. Counts with many zeros take a negative binomial distribution of that mean and variance.
    func quantiles(
        _ means: [Double], _ deviations: [Double], _ scores: [Double], _ series: PreparedSeries
    ) -> [Double] {
        let n = Double(scores.count)
        let squares = scores.reduce(0) { $0 + $1 * $1 }
        let stretch = ((squares + Self.sizeEvidence) / (n + Self.sizeEvidence)).squareRoot()
        let sorted = scores.map { $0 / stretch }.sorted()
        let trust = n / (n + Self.shapeEvidence)
        let shape = options.levels.map { level -> Double in
            let normal = normalQuantile(level)
            // Beyond the sample's own reach its quantiles say nothing.
            guard n > 0, min(level, 1 - level) * n >= 1 else { return normal }
            return trust * sampleQuantile(sorted, level) + (1 - trust) * normal
        }
        var out: [Double] = []
        out.reserveCapacity(means.count * options.levels.count)
        for (mean, deviation) in zip(means, deviations) {
            var last = -Double.infinity
            for (k, level) in options.levels.enumerated() {
                var value = mean + stretch * deviation * shape[k]
                if series.isIntermittent, series.isCount {
                    let variance = stretch * stretch * deviation * deviation
                    value = countQuantile(level, mean: mean, variance: variance)
                }
                last = max(last, series.isDemand ? max(0, value) : value)
                out.append(last)
            }
        }
        return out
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
            mean: mean.map { $0 * series.unit }, quantiles: quantiles.map { $0 * series.unit }, model: used, note: note,
            members: [])
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
            let sample = (0..<paths).map { draws[$0 * options.horizon + h] }.filter { $0.isFinite }.sorted()
            for level in options.levels {
                let value = sample.isEmpty ? 0 : sampleQuantile(sample, level)
                out.append(series.isDemand ? max(0, value) : value)
            }
        }
        return out
    }
}
