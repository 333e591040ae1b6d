import NumericCore
public import Retail

/// How forecasts of series and of their totals are made to agree.
public enum ReconciliationMethod: String, Sendable, CaseIterable {
    /// Totals are sums of the series.
    case bottomUp = "bottom-up"
    /// The grand total's forecast, split down by what the series' own forecasts say.
    case topDown = "top-down"
    /// The same from the middle level.
    case middleOut = "middle-out"
    /// Weighted least squares by each node's errors at past origins (Hyndman, Lee and Wang 2016).
    case leastSquares = "wls"
    /// Minimum trace with shrunk correlations of the errors of the totals (Wickramasuriya, Athanasopoulos and Hyndman
    /// 2019).
    case minTrace = "mint"

    /// Whether totals above the middle have a say of their own.
    var usesTotals: Bool { self != .bottomUp && self != .middleOut }
}

/// Forecasts of series and of all totals over them that agree: the mean of every total is the sum of the means of its
/// series, and its quantiles are those of sums of joint samples.
public struct ReconciledForecast: Sendable {
    public var hierarchy: Hierarchy
    /// The series, with their own quantiles around the means that agree.
    public var series: Forecast
    /// The totals, level by level.
    public var totals: Forecast
    /// Joint samples of the series.
    public var sampler: JointSampler

    /// Samples that quantiles of totals are taken from.
    public static let samples = 400
    /// Most totals whose errors' correlations are estimated.
    private static let correlated = 300

    /// The totals, level by level, and the series below them.
    public var whole: Forecast {
        var whole = totals
        whole.keys += series.keys
        whole.names += series.names
        whole.mean += series.mean
        whole.quantiles += series.quantiles
        whole.choices += series.choices
        return whole
    }

    /// The same with other means of the series, in the same order: totals follow as their sums, with their quantiles in
    /// proportion.
    public func carrying(_ series: Forecast) -> ReconciledForecast {
        precondition(series.mean.count == self.series.mean.count, "the same series and steps")
        var result = self
        result.series = series
        let (horizon, width) = (totals.horizon, totals.levels.count)
        for level in 0..<hierarchy.levels.count - 1 {
            let offset = hierarchy.offsets[level]
            var sums = [Double](repeating: 0, count: hierarchy.levels[level].groups.count * horizon)
            for (s, group) in hierarchy.levels[level].of.enumerated() {
                for h in 0..<horizon { sums[Int(group) * horizon + h] += series.mean(s, h) }
            }
            for (k, sum) in sums.enumerated() {
                let place = offset * horizon + k
                let before = totals.mean[place]
                result.totals.mean[place] = sum
                for q in place * width..<(place + 1) * width {
                    result.totals.quantiles[q] = Self.moved(totals.quantiles[q], from: before, to: sum)
                }
            }
        }
        return result
    }

    /// The forecasts of one level of the hierarchy.
    public func level(_ level: Int) -> Forecast {
        if level == hierarchy.levels.count - 1 { return series }
        let nodes = hierarchy.offsets[level]..<hierarchy.offsets[level + 1]
        let (horizon, width) = (totals.horizon, totals.horizon * totals.levels.count)
        return Forecast(
            axis: totals.axis, keys: Array(totals.keys[nodes]), names: Array(totals.names[nodes]),
            mean: Array(totals.mean[nodes.lowerBound * horizon..<nodes.upperBound * horizon]), levels: totals.levels,
            quantiles: Array(totals.quantiles[nodes.lowerBound * width..<nodes.upperBound * width]),
            choices: Array(totals.choices[nodes]))
    }
}

/// Forecasts every series of a panel and the totals over them, each from its own past, and makes them agree.
///
/// - Parameters:
///   - attributes: what the series are grouped by.
///   - levels: attributes of each aggregate level; the empty list is the grand total.
///   - seed: of the samples that quantiles of totals are taken from.
/// - Throws: `ForecastError`.
public func forecast(
    _ panel: DemandPanel, attributes: [SeriesAttribute], levels: [[String]], calendar: BusinessCalendar, horizon: Int,
    options: ForecastOptions = .init(), method: ReconciliationMethod = .leastSquares, seed: UInt64 = 1, threads: Int,
    progress: (@Sendable (Int, Int) -> Void)? = nil
) async throws(ForecastError) -> ReconciledForecast {
    try await reconciledForecast(
        panel, attributes: attributes, levels: levels, calendar: calendar, horizon: horizon, options: options,
        method: method, seed: seed, threads: threads, progress: progress)
}

/// The same, with a say for the caller between the forecasts of the nodes and their agreement.
///
/// - Parameters:
///   - outside: forecasts of all nodes made elsewhere, weighed with the others.
///   - change: given the forecasts of the series, by node from `first` on.
func reconciledForecast(
    _ panel: DemandPanel, attributes: [SeriesAttribute], levels: [[String]], calendar: BusinessCalendar, horizon: Int,
    options: ForecastOptions, outside: OutsideForecasts? = nil, method: ReconciliationMethod, seed: UInt64 = 1,
    threads: Int, progress: (@Sendable (Int, Int) -> Void)? = nil,
    change: (inout Forecast, _ first: Int) -> Void = { _, _ in }
) async throws(ForecastError) -> ReconciledForecast {
    guard !options.levels.isEmpty else { throw .levels(options.levels) }
    let hierarchy = Hierarchy(
        SalesPanel(demand: panel, attributes: attributes), levels: levels, name: ReconciledForecast.name)
    let whole = panel.withTotals(hierarchy, calendar: calendar, season: options.seasons?.min())
    var run = try await PanelRun(
        whole, calendar: calendar, horizon: horizon, options: options, outside: outside, threads: threads,
        progress: progress)
    change(&run.forecast, hierarchy.nodes - hierarchy.series)
    do {
        return try await ReconciledForecast(run, hierarchy, method, seed: seed, threads: threads)
    } catch {
        throw .reconciliation("\(error)")
    }
}

extension ReconciledForecast {
    /// `total`, or the attributes with their codes, such as `channel=web/category1=Paper`.
    static func name(_ attributes: [String], _ codes: [String]) -> String {
        attributes.isEmpty
            ? "total" : zip(attributes, codes).map { "\($0)=\($1)" }.joined(separator: "/")
    }

    init(
        _ run: PanelRun, _ hierarchy: Hierarchy, _ method: ReconciliationMethod, seed: UInt64, threads: Int
    ) async throws(LinearAlgebraError) {
        let base = run.forecast
        let (nodes, bottom, horizon) = (hierarchy.nodes, hierarchy.series, base.horizon)
        let first = nodes - bottom
        let reconciliation = Reconciliation(hierarchy)
        let errors = method == .minTrace ? ReconciledForecast.correlatedErrors(run, hierarchy) : nil
        let variances = ReconciledForecast.variances(run)
        let steps = try await concurrentMap(chunks: horizon, threads: threads) {
            (h: Int) throws(LinearAlgebraError) -> [Double] in
            let means = (0..<nodes).map { base.mean[$0 * horizon + h] }
            guard means.contains(where: { $0 > 0 }) else { return means }
            let silent = means[first...].map { $0 == 0 }
            switch method {
            case .bottomUp: return reconciliation.bottomUp(Array(means[first...]))
            case .topDown, .middleOut:
                let level = method == .topDown ? 0 : (hierarchy.levels.count - 1) / 2
                let group = hierarchy.offsets[level]..<hierarchy.offsets[level + 1]
                return reconciliation.middleOut(Array(means[group]), level: level, shares: Array(means[first...]))
            case .leastSquares:
                return try reconciliation.reconciled(means, errors: .independent(variances), silent: silent)
            case .minTrace:
                guard let errors else {
                    return try reconciliation.reconciled(means, errors: .independent(variances), silent: silent)
                }
                return try reconciliation.reconciled(
                    means,
                    errors: .shrunk(
                        residuals: errors.rows, above: errors.above,
                        variances: Array(variances[hierarchy.offsets[errors.above]...])), silent: silent)
            }
        }
        self.hierarchy = hierarchy
        series = ReconciledForecast.part(base, first..<nodes, steps)
        totals = ReconciledForecast.part(base, 0..<first, steps)
        let plain = JointSampler(series, errors: run.residuals[first...].map { ($0?.cells ?? [], $0?.errors ?? []) })
        let means = totals.mean
        let wanted = (0..<first).map { node in
            run.residuals[node]?.variance(means[node * horizon..<(node + 1) * horizon]) ?? .nan
        }
        sampler = await plain.matching(wanted, of: hierarchy, seed: seed, threads: threads)
        await takeQuantiles(seed: seed, threads: threads)
    }

    /// Beyond this a distribution tells nothing of how it is spread around another mean.
    private static let mostStretch = 4.0

    /// A quantile of a distribution when its mean is another. A count stays a count: what is zero with this chance stays
    /// so, the rest is stretched; but no further than `mostStretch`, the rest of the way all of it is moved.
    static func moved(_ quantile: Double, from before: Double, to after: Double) -> Double {
        guard before > 0 else { return after }
        if quantile == 0 { return 0 }
        let stretch = min(after / before, mostStretch)
        return quantile * stretch + (after - before * stretch)
    }

    /// Some nodes with the means that agree; quantiles move with their mean.
    private static func part(_ base: Forecast, _ nodes: Range<Int>, _ steps: [[Double]]) -> Forecast {
        let (horizon, width) = (base.horizon, base.levels.count)
        var part = Forecast(
            axis: base.axis, keys: Array(base.keys[nodes]), names: Array(base.names[nodes]), mean: [],
            levels: base.levels, quantiles: [], choices: Array(base.choices[nodes]))
        part.mean.reserveCapacity(nodes.count * horizon)
        part.quantiles.reserveCapacity(nodes.count * horizon * width)
        for (k, node) in nodes.enumerated() {
            var moved = 0.0
            for h in 0..<horizon {
                let (before, after) = (base.mean[node * horizon + h], steps[h][node])
                part.mean.append(after)
                moved += after - before
                for q in 0..<width {
                    let quantile = base.quantiles[(node * horizon + h) * width + q]
                    part.quantiles.append(Self.moved(quantile, from: before, to: after))
                }
            }
            if moved != 0 { part.choices[k].parts.append(ForecastPart(name: "agreement", units: moved)) }
        }
        return part
    }

    /// The mean squared error of each node at past origins. A node without any takes what its quantiles claim; a certain
    /// one is held at a small part of the mean of the others.
    private static func variances(_ run: PanelRun) -> [Double] {
        let (forecast, horizon, width) = (run.forecast, run.forecast.horizon, run.forecast.levels.count)
        let spread = Normal.quantile(forecast.levels[width - 1]) - Normal.quantile(forecast.levels[0])
        let raw = run.residuals.enumerated().map { s, residuals -> Double in
            guard let residuals, !residuals.errors.isEmpty else {
                guard spread > 0 else { return 0 }
                let claims = (0..<horizon).map { h -> Double in
                    let width = forecast.quantile(s, h, level: width - 1) - forecast.quantile(s, h, level: 0)
                    return width * width / (spread * spread)
                }
                return claims.reduce(0, +) / Double(horizon)
            }
            let squares = residuals.errors.reduce(0.0) { $0 + Double($1) * Double($1) }
            return squares / Double(residuals.errors.count)
        }
        let positive = raw.filter { $0 > 0 && $0.isFinite }
        let floor = max(1e-6 * (positive.reduce(0, +) / Double(max(1, positive.count))), 1e-12)
        return raw.map { $0.isFinite ? max($0, floor) : floor }
    }

    /// Errors of the upper levels at the past steps where all their nodes have one; nil where there are too few.
    private static func correlatedErrors(_ run: PanelRun, _ hierarchy: Hierarchy) -> (rows: Matrix, above: Int)? {
        var above = 0
        while above + 1 < hierarchy.levels.count, hierarchy.offsets[above + 1] <= correlated { above += 1 }
        guard above > 0 else { return nil }
        let nodes = hierarchy.offsets[above]
        var rows: [Int32: [Double]] = [:]
        for node in 0..<nodes {
            guard let residuals = run.residuals[node] else { return nil }
            for (cell, error) in zip(residuals.cells, residuals.errors) {
                if node == 0 { rows[cell] = [] }
                if rows[cell]?.count == node { rows[cell]?.append(Double(error)) }
            }
        }
        let whole = rows.sorted { $0.key < $1.key }.map(\.value).filter { $0.count == nodes }
        let varies = (0..<nodes).allSatisfy { node in whole.contains { $0[node] != 0 } }
        guard whole.count >= 10, varies else { return nil }
        return (Matrix(rows: whole.count, columns: nodes, whole.flatMap(\.self)), above)
    }

    /// Quantiles of the totals from sums of joint samples, moved to the mean that agrees.
    private mutating func takeQuantiles(seed: UInt64, threads: Int) async {
        let width = totals.levels.count
        guard !totals.keys.isEmpty else { return }
        let draws = await sampler.totals(
            of: hierarchy, samples: ReconciledForecast.samples, seed: seed, threads: threads)
        for place in totals.mean.indices {
            let row = draws.quantiles(place, mean: totals.mean[place], levels: totals.levels)
            totals.quantiles.replaceSubrange(place * width..<(place + 1) * width, with: row)
        }
    }
}
