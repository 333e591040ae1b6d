import Foundation

/// A model fitted to one series. It can say what follows any values that begin with those it was fitted to.
enum FittedModel: Sendable {
    case ets(ETSFit)
    case theta(ThetaFit, SeasonalAdjustment)
    case ces(CESFit)
    case arima(ArimaFit)
    /// Seasons by loess, taken anew from the values given; the rest by another model.
    indirect case decomposed([Int], FittedModel)
    /// A season of many steps by waves, the rest by another model.
    indirect case waves(WaveSeason, FittedModel)
    case doubleSeasonal(DoubleSeasonalFit)
    /// Plain methods, which have nothing to fit.
    case plain(PlainMethod, deviation: Double)
    case counts(CountFit)
}

/// Fits a model; nil where the series is too short for it.
///
/// - Parameter seasons: lengths, ascending; models with one season take the shortest (the longest only where they say
///   so), none where empty.
func fit(
    _ model: UnivariateModel, _ values: [Double], seasons: [Int], _ workspace: LaneWorkspace
) -> FittedModel? {
    let season = seasons.first ?? 1
    func theta(_ kind: ThetaKind) -> FittedModel? {
        let adjustment = SeasonalAdjustment(values, season: season)
        return fitTheta(kind, adjustment.removed(from: values), workspace).map { .theta($0, adjustment) }
    }
    func decomposed(_ inner: ([Double]) -> FittedModel?) -> FittedModel? {
        let parts = MSTL(periods: seasons).decompose(values)
        return inner(parts.adjusted).map { .decomposed(parts.periods, $0) }
    }
    switch model {
    case .ets, .etsMultiplicativeTrend:
        return overTheYear(values, seasons) { rest, season in
            selectETS(
                rest, season: season, workspace, hasMultiplicativeTrends: model == .etsMultiplicativeTrend
            ).map { .ets($0) }
        }
    case .theta: return theta(.standard)
    case .optimisedTheta: return theta(.optimised)
    case .dynamicTheta: return theta(.dynamic)
    case .dot: return theta(.dynamicOptimised)
    case .ces:
        return overTheYear(values, seasons) { rest, season in
            selectCES(rest, season: season, workspace).map { .ces($0) }
        }
    case .arima: return selectArima(values, season: season, workspace).map { .arima($0) }
    case .mstl: return decomposed { selectETS($0, season: 1, workspace).map { .ets($0) } }
    case .mstlArima: return decomposed { selectArima($0, season: 1, workspace).map { .arima($0) } }
    case .doubleSeasonal:
        guard seasons.count > 1 else { return nil }
        return fitDoubleSeasonal(values, short: seasons[0], long: seasons[1], workspace).map { .doubleSeasonal($0) }
    case .negativeBinomial: return fitCounts(values, hasHurdle: false).map { .counts($0) }
    case .hurdle: return fitCounts(values, hasHurdle: true).map { .counts($0) }
    case .scum: return nil
    default:
        let longest = seasons.last(where: { $0 < values.count }) ?? 1
        guard let method = PlainMethod(model, season: longest) else { return nil }
        return .plain(method, deviation: method.deviation(values))
    }
}

/// Smoothing cannot carry a state for each of hundreds of steps: the longest such season that the values cover twice is
/// taken off as waves first, the model keeps the shortest it can carry.
private func overTheYear(
    _ values: [Double], _ seasons: [Int], _ inner: ([Double], Int) -> FittedModel?
) -> FittedModel? {
    let season = seasons.first { $0 <= WaveSeason.longestState } ?? 1
    guard let long = seasons.last(where: { $0 > WaveSeason.longestState && 2 * $0 <= values.count }),
        let waves = WaveSeason(values, period: long)
    else { return inner(values, season) }
    return inner(waves.removed(from: values), season).map { .waves(waves, $0) }
}

extension FittedModel {
    /// The same form of the model fitted to more of the values, from where it stands; nil for models whose fit is as
    /// cheap from the beginning.
    func refitted(to values: [Double], _ workspace: LaneWorkspace) -> FittedModel? {
        switch self {
        case .ets(let fit):
            return fitETS(fit.form, values, season: fit.season, workspace, earlier: fit).map { .ets($0) }
        case .ces(let fit): return fitCES(fit.kind, values, season: fit.season, workspace, near: fit).map { .ces($0) }
        case .arima(let fit):
            guard !fit.point.isEmpty else { return nil }
            return fitArima(fit.order, values, .exact, workspace, near: fit).map { .arima($0) }
        case .decomposed(let periods, let inner):
            let parts = MSTL(periods: periods).decompose(values)
            return inner.refitted(to: parts.adjusted, workspace).map { .decomposed(parts.periods, $0) }
        case .waves(let season, let inner):
            guard let waves = WaveSeason(values, period: season.period) else { return nil }
            return inner.refitted(to: waves.removed(from: values), workspace).map { .waves(waves, $0) }
        case .theta, .doubleSeasonal, .plain, .counts: return nil
        }
    }

    /// Means of the steps that follow `values`.
    func means(_ values: [Double], horizon: Int, _ workspace: LaneWorkspace) -> [Double] {
        switch self {
        case .ets(let fit): return fit.means(from: fit.run(values).state, after: values.count, horizon: horizon)
        case .theta(let fit, let adjustment):
            return adjustment.restored(
                to: fit.means(adjustment.removed(from: values), horizon: horizon), after: values.count)
        case .ces(let fit): return fit.run(values, horizon: horizon, workspace).means
        case .arima(let fit): return fit.refiltered(values, workspace).means(values, horizon: horizon)
        case .decomposed(let periods, let inner):
            let parts = MSTL(periods: periods).decompose(values)
            return inner.means(parts.adjusted, horizon: horizon, workspace).enumerated()
                .map { $1 + parts.seasonAhead($0) }
        case .waves(let season, let inner):
            return inner.means(season.removed(from: values), horizon: horizon, workspace).enumerated()
                .map { $1 + season.value(at: values.count + $0) }
        case .doubleSeasonal(let fit): return fit.means(values, horizon: horizon)
        case .plain(let method, _): return method.means(values, horizon: horizon)
        case .counts(let fit): return [Double](repeating: fit.mean(after: values), count: horizon)
        }
    }

    /// Standard deviations of the steps ahead, after `count` values.
    func deviations(after count: Int, horizon: Int) -> [Double] {
        switch self {
        case .ets(let fit): return fit.deviations(horizon: horizon)
        case .theta(let fit, let adjustment):
            return fit.deviations(horizon: horizon).enumerated().map { $1 * adjustment.scale($0, after: count) }
        case .ces(let fit): return fit.deviations(horizon: horizon)
        case .arima(let fit): return fit.deviations(horizon: horizon)
        case .decomposed(_, let inner), .waves(_, let inner):
            return inner.deviations(after: count, horizon: horizon)
        case .doubleSeasonal(let fit): return fit.deviations(horizon: horizon)
        case .plain(let method, let deviation):
            return (0..<horizon).map { deviation * method.growth($0) }
        case .counts(let fit): return [Double](repeating: fit.deviation, count: horizon)
        }
    }

    /// What was chosen, such as `ETS(A,N,A)`; empty where there was no choice.
    var detail: String {
        switch self {
        case .ets(let fit): fit.form.description
        case .ces(let fit): "CES(\(fit.kind.rawValue))"
        case .arima(let fit): fit.order.description
        case .decomposed(let periods, let inner):
            "MSTL(\(periods.map(String.init).joined(separator: ","))) + \(inner.detail)"
        case .waves(let season, let inner): "waves(\(season.period)) + \(inner.detail)"
        default: ""
        }
    }
}
