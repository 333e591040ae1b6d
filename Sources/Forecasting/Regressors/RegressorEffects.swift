import Foundation
import NumericCore
public import Retail

/// What became of the regressors of one series.
public enum RegressorOutcome: Sendable, Equatable {
    case used
    /// They did worse than nothing on the last fifth of the past.
    case noHelp
    /// They never change, or the series says nothing about them.
    case nothingToLearn
    /// A column has no value for a step ahead.
    case noFuture(column: String, step: Int)

    /// One word for each way, to count them by.
    public var cause: String {
        switch self {
        case .used: "used"
        case .noHelp: "no_help"
        case .nothingToLearn: "nothing_to_learn"
        case .noFuture: "no_future"
        }
    }

    public var note: String {
        switch self {
        case .used: "regressors used"
        case .noHelp: "regressors left out: they did not help on the last fifth of the past"
        case .nothingToLearn: "regressors left out: nothing to learn from"
        case .noFuture(let column, let step):
            "regressors left out: '\(column)' has no value for step \(step) ahead"
        }
    }
}

/// Effects of regressors on the series of a panel, around any model for single series: the model sees the series as it
/// would have been at the regressors' means, and the values to come are laid over its forecast.
///
/// Series without negative values get factors, by a regression of counts on the logarithm of the mean (`CountRegression`),
/// others get sums, by least squares; both beside level, drift and season. Effects of the standardised columns are shrunk
/// toward those of the other series (`EffectHierarchy`), so that a short series borrows. They are left out where they did
/// worse than nothing on the last fifth of a series' past.
public struct RegressorEffects: Sendable {
    public let names: [String]
    /// The panel at the regressors' means.
    public let baseline: DemandPanel
    public let outcomes: [RegressorOutcome]
    /// Mean effect over all series with factors, per unit of each column, with its uncertainty.
    public let overall: [EffectEstimate]
    /// For each series its effects by step ahead: factors, or sums.
    private let ahead: [[Double]]
    private let deviations: [[Double]]
    private let isFactor: [Bool]

    /// - Parameters:
    ///   - panel: ends with each series' last known value.
    ///   - horizon: steps ahead that the regressors must reach.
    ///   - season: length of the season in steps; 1 is none.
    /// - Throws: `ForecastError.regression` where the effects cannot be found together.
    public init(
        _ panel: DemandPanel, _ regressors: RegressorPanel, horizon: Int, season: Int, threads: Int
    ) async throws(ForecastError) {
        let width = regressors.names.count
        let scale = RegressorScale(panel, regressors)
        let blocks = chunks(count: panel.seriesCount, of: 16)
        let made = await concurrentMap(chunks: blocks.count, threads: threads) { k in
            blocks[k].map { RegressorSeries(panel, regressors, $0, horizon: horizon, season: season, scale: scale) }
        }.flatMap(\.self)
        let none = EffectEvidence(
            information: Matrix(rows: width, columns: width), pull: [Double](repeating: 0, count: width))
        // Series with factors and series with sums do not speak the same language.
        let group = made.map { $0.isFactor ? 0 : 1 }
        func pooled(_ part: Double) async throws(ForecastError) -> EffectHierarchy {
            let evidence = await concurrentMap(chunks: blocks.count, threads: threads) { k in
                blocks[k].map { made[$0].evidence(until: part) ?? none }
            }.flatMap(\.self)
            do {
                return try EffectHierarchy(
                    evidence, group: group, groups: 2,
                    outlook: [(mean: Double, deviation: Double)](repeating: (0, 1), count: width),
                    scatter: [Double](repeating: 0.3, count: width))
            } catch { throw .regression("\(error)") }
        }
        let early = try await pooled(0.8)
        let whole = try await pooled(1)
        var result = DemandPanel(axis: panel.axis)
        var (outcomes, ahead, deviations): ([RegressorOutcome], [[Double]], [[Double]]) = ([], [], [])
        for (series, own) in made.enumerated() {
            var outcome = own.outcome(regressors.names)
            if outcome == .used, !own.helps(early.units[series].mean) { outcome = .noHelp }
            outcomes.append(outcome)
            let belief = whole.units[series]
            let cells = outcome == .used ? own.baseline(belief.mean) : panel.cells(series)
            result.append(
                name: panel.names[series], key: panel.keys[series], start: Int(panel.starts[series]), cells)
            ahead.append(outcome == .used ? own.ahead(belief.mean) : [])
            deviations.append(outcome == .used ? own.deviations(belief.covariance) : [])
        }
        names = regressors.names
        baseline = result
        self.outcomes = outcomes
        self.ahead = ahead
        self.deviations = deviations
        isFactor = made.map(\.isFactor)
        overall = (0..<width).map { j in
            let belief = whole.groups[0]
            return EffectEstimate(
                mean: belief.mean[j] / scale.deviations[j],
                deviation: max(0, belief.covariance[j, j]).squareRoot() / scale.deviations[j])
        }
    }

    /// A forecast of a series of `baseline` with the regressors to come laid over it.
    public func applied(to forecast: UnivariateForecast, series: Int, levels: [Double]) -> UnivariateForecast {
        var result = forecast
        if outcomes[series] != .used {
            result.note += (result.note.isEmpty ? "" : "; ") + outcomes[series].note
            return result
        }
        result.model = "regression+" + forecast.model
        let scores = levels.map { normalQuantile($0) }
        for (step, effect) in ahead[series].enumerated() where step < forecast.mean.count {
            let (mean, unsure) = (forecast.mean[step], deviations[series][step])
            // The scale on which the uncertainty of the effect counts.
            let spread = isFactor[series] ? abs(mean) * unsure : unsure
            func moved(_ value: Double) -> Double { isFactor[series] ? value * effect : value + effect }
            result.mean[step] = moved(mean)
            var least = -Double.infinity
            for (k, score) in scores.enumerated() {
                let at = step * scores.count + k
                let distance = forecast.quantiles[at] - mean
                let wider =
                    distance * score >= 0
                    ? (score < 0 ? -1 : 1) * (distance * distance + score * score * spread * spread).squareRoot()
                    : distance + score * spread
                let quantile = isFactor[series] ? max(0, moved(mean + wider)) : moved(mean + wider)
                least = max(least, quantile)
                result.quantiles[at] = least
            }
        }
        return result
    }
}

/// Mean and deviation of each column over all series, by which columns become comparable.
struct RegressorScale: Sendable {
    var means: [Double]
    var deviations: [Double]

    init(_ panel: DemandPanel, _ regressors: RegressorPanel) {
        let width = regressors.names.count
        means = [Double](repeating: 0, count: width)
        deviations = [Double](repeating: 1, count: width)
        for j in 0..<width {
            var (count, mean, squares) = (0.0, 0.0, 0.0)
            for series in regressors.values.indices {
                // Deviations within a series are what its demand can answer to.
                var (n, own, sum) = (0.0, 0.0, 0.0)
                for cell in stride(from: j, to: regressors.values[series].count, by: width) {
                    let value = Double(regressors.values[series][cell])
                    guard value.isFinite else { continue }
                    n += 1
                    let step = value - own
                    own += step / n
                    sum += step * (value - own)
                }
                count += n
                mean += n * own
                squares += sum
            }
            if count > 0 { means[j] = mean / count }
            let deviation = count > 1 ? (squares / count).squareRoot() : 0
            if deviation > 1e-12 * max(1, abs(means[j])), deviation.isFinite { deviations[j] = deviation }
        }
    }
}
