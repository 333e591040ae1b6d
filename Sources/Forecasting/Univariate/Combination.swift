import Foundation
import NumericCore

/// What candidates said at past origins, and how wrong they were.
struct PastOrigins {
    /// The number of values known at each origin, oldest first.
    var known: [Int]
    /// Forecasts by candidate: origins x horizon, row by row.
    var forecasts: [[Double]]
    /// Mean absolute (intermittent: root mean squared) error by candidate.
    var errors: [Double]
    /// The same at each origin alone, by candidate.
    var originErrors: [[Double]]
    var models: [UnivariateModel]
}

extension UnivariateForecaster {
    /// The power of the error at past origins that weights fall with: steeper follows luck, flatter keeps what fails. It
    /// grows from 2 to 5 with the values known, half of the way at 400: what did well over a long past does so again.
    private static func steepness(values: Int) -> Double { 2 + 3 * Double(values) / Double(values + 400) }
    /// Members lighter than this are not fitted again.
    private static let leastWeight = 0.01
    /// How much worse than the best benchmark a combination may have been at the past origins: what a few of them tell
    /// apart from luck.
    private static let guardMargin = 0.1

    /// The weighted mean of the candidates, with as much of the best benchmark as its errors at the past origins ask for.
    func combined(_ series: PreparedSeries, _ name: String) -> UnivariateForecast {
        let pool = options.model == .scum ? UnivariateModel.scumMembers : series.candidates(seasons: options.seasons)
        let past = tried(pool, series)
        var models = past.models
        var weights = Self.weights(past.errors, steepness: Self.steepness(values: series.values.count))
        var note = series.filled > 0 ? "\(series.filled) missing values filled in" : ""
        if options.model == .scum || past.known.isEmpty {
            models = options.model == .scum ? pool : UnivariateModel.scumMembers
            if series.isIntermittent, options.model == nil { models = [.ets, .tsb, .imapa] }
            weights = [Double](repeating: 1 / Double(models.count), count: models.count)
        } else if let held = guarded(past, weights, series) {
            weights = held.weights
            note +=
                (note.isEmpty ? "" : "; ")
                + "\(held.benchmark.rawValue) did better at past origins: \(held.percent) % of it mixed in"
        }
        var parts: [(model: UnivariateModel, weight: Double, mean: [Double], deviations: [Double])] = []
        let limits = series.limits
        for (model, weight) in zip(models, weights) where weight >= Self.leastWeight {
            guard let fitted = fit(model, series.values, seasons: options.seasons, workspace) else { continue }
            let mean = fitted.means(series.values, horizon: options.horizon, workspace)
            let deviations = fitted.deviations(after: series.values.count, horizon: options.horizon)
            guard mean.allSatisfy(\.isFinite) else { continue }
            parts.append((model, weight, mean.map { min(max($0, limits.lowerBound), limits.upperBound) }, deviations))
        }
        if parts.isEmpty { return single(.naive, series, name) }
        let total = parts.reduce(0) { $0 + $1.weight }
        var mean = [Double](repeating: 0, count: options.horizon)
        var deviation = mean
        for h in 0..<options.horizon {
            for part in parts {
                mean[h] += part.weight / total * part.mean[h]
                let spread = part.deviations[h]
                deviation[h] += part.weight / total * (spread.isFinite ? spread : 0)
            }
            if options.model == .scum || past.known.isEmpty { mean[h] = median(parts.map { $0.mean[h] }) }
        }
        let scores = pastScores(past, weights, series, deviation)
        let errors = Dictionary(uniqueKeysWithValues: zip(past.models, past.errors))
        let name = options.model == .scum ? "scum" : parts.count == 1 ? parts[0].model.rawValue : "combination"
        return UnivariateForecast(
            mean: mean.map { $0 * series.unit },
            quantiles: quantiles(mean, deviation, scores, series).map { $0 * series.unit }, model: name, note: note,
            members: parts.sorted { ($1.weight, $0.model.rawValue) < ($0.weight, $1.model.rawValue) }.map {
                UnivariateForecast.Member(
                    model: $0.model.rawValue, weight: $0.weight / total,
                    error: (errors[$0.model] ?? .nan) * series.unit)
            })
    }

    /// Tries the candidates at past origins, each from what was known before it.
    private func tried(_ pool: [UnivariateModel], _ series: PreparedSeries) -> PastOrigins {
        let (n, h) = (series.values.count, options.horizon)
        let season = options.seasons.first ?? 1
        let needed = max(10, n > 2 * season ? 2 * season + 3 : 0)
        let count = min(options.origins, max(0, (n - needed) / h))
        let known = (0..<count).map { n - (count - $0) * h }
        var past = PastOrigins(known: known, forecasts: [], errors: [], originErrors: [], models: [])
        guard let first = known.first, options.model != .scum else { return past }
        let head = Array(series.values.prefix(first))
        let limits = series.limits
        for model in pool {
            var fitted = fit(model, head, seasons: options.seasons, workspace)
            var forecasts: [Double] = []
            var sums: [Double] = []
            for origin in known {
                let prefix = Array(series.values.prefix(origin))
                if options.refits, origin > first { fitted = fit(model, prefix, seasons: options.seasons, workspace) }
                guard let ahead = fitted?.means(prefix, horizon: h, workspace), ahead.allSatisfy(\.isFinite) else {
                    break
                }
                var sum = 0.0
                for k in 0..<h {
                    let value = min(max(ahead[k], limits.lowerBound), limits.upperBound)
                    let error = series.values[origin + k] - value
                    sum += series.isIntermittent ? error * error : abs(error)
                    forecasts.append(value)
                }
                sums.append(sum / Double(h))
            }
            guard forecasts.count == count * h else { continue }
            let mean = sums.reduce(0, +) / Double(count)
            past.models.append(model)
            past.forecasts.append(forecasts)
            past.errors.append(series.isIntermittent ? mean.squareRoot() : mean)
            past.originErrors.append(series.isIntermittent ? sums.map { $0.squareRoot() } : sums)
        }
        return past
    }

    /// Weights of sum one by errors; what never erred takes all.
    static func weights(_ errors: [Double], steepness: Double) -> [Double] {
        guard let best = errors.min() else { return [] }
        let raw = errors.map { error in
            best > 0 ? pow(best / error, steepness) : error == 0 ? 1.0 : 0
        }
        let total = raw.reduce(0, +)
        return raw.map { $0 / total }
    }

    /// The weights with the least part, in tenths, of the best benchmark that brings the combination within the margin of
    /// its error at the past origins; nil where it is there without.
    private func guarded(
        _ past: PastOrigins, _ weights: [Double], _ series: PreparedSeries
    ) -> (weights: [Double], benchmark: UnivariateModel, percent: Int)? {
        let benchmarks = past.models.indices.filter { past.models[$0].isBenchmark }
        guard let best = benchmarks.min(by: { past.errors[$0] < past.errors[$1] }) else { return nil }
        let own = combinedErrors(past, weights, series)
        let alone = weights.indices.map { $0 == best ? 1.0 : 0 }
        let benchmark = combinedErrors(past, alone, series)
        for tenths in 0...10 {
            let share = Double(tenths) / 10
            func mixed(_ one: [Double], _ other: [Double]) -> [Double] {
                zip(one, other).map { (1 - share) * $0 + share * $1 }
            }
            let errors = mixed(own, benchmark)
            let sum = errors.reduce(0) { $0 + (series.isIntermittent ? $1 * $1 : abs($1)) }
            let mean = sum / Double(max(1, errors.count))
            let error = series.isIntermittent ? mean.squareRoot() : mean
            guard tenths == 10 || error <= (1 + Self.guardMargin) * past.errors[best] else { continue }
            return tenths == 0 ? nil : (mixed(weights, alone), past.models[best], 10 * tenths)
        }
        return nil
    }

    private func combinedErrors(_ past: PastOrigins, _ weights: [Double], _ series: PreparedSeries) -> [Double] {
        let h = options.horizon
        var errors: [Double] = []
        for (o, origin) in past.known.enumerated() {
            for k in 0..<h {
                var value = 0.0
                for m in past.models.indices where weights[m] > 0 { value += weights[m] * past.forecasts[m][o * h + k] }
                errors.append(series.values[origin + k] - value)
            }
        }
        return errors
    }

    /// The errors of the combination at past origins over the deviations the models claim, NaN where they claim none;
    /// empty where it was not tried. Each origin is forecast with the weights of the others, so that the choice does not flatter itself.
    private func pastScores(
        _ past: PastOrigins, _ chosen: [Double], _ series: PreparedSeries, _ deviations: [Double]
    ) -> [Double] {
        guard !past.models.isEmpty, chosen.count == past.models.count else { return [] }
        let count = past.known.count
        let steepness = Self.steepness(values: series.values.count)
        var scores: [Double] = []
        for o in 0..<count {
            // A single origin, or a benchmark chosen alone, has no other weights.
            let others = past.originErrors.map { errors in
                errors.indices.reduce(0) { $1 == o ? $0 : $0 + errors[$1] }
            }
            let outside = count > 1 && !chosen.contains(1) ? Self.weights(others, steepness: steepness) : chosen
            let errors = combinedErrors(past, outside, series)
            for k in 0..<options.horizon {
                scores.append(deviations[k] > 0 ? errors[o * options.horizon + k] / deviations[k] : .nan)
            }
        }
        return scores
    }
}

func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let half = sorted.count / 2
    guard !sorted.isEmpty else { return .nan }
    return sorted.count % 2 == 1 ? sorted[half] : 0.5 * (sorted[half - 1] + sorted[half])
}
