/// What fitting a model to a series found, without a forecast.
public struct ModelFit: Sendable, Equatable {
    /// The form or order chosen, such as `ETS(A,N,A)`; empty where there is no choice.
    public var form: String
    /// Gaussian log-likelihood as the field's software states it: for exponential and complex smoothing without its
    /// constants, for ARIMA whole. NaN where the model has none.
    public var logLikelihood: Double
    public var aicc: Double
    /// Variance of the one-step errors (relative ones for forms with multiplicative errors).
    public var variance: Double
}

/// Fits a model to complete values; nil where the series is too short for it.
///
/// - Parameter season: the length of the season in steps; 1 for none.
public func fitted(_ model: UnivariateModel, to values: [Double], season: Int) -> ModelFit? {
    let workspace = LaneWorkspace()
    guard values.allSatisfy(\.isFinite) else { return nil }
    guard let fit = fit(model, values, seasons: season > 1 ? [season] : [], workspace) else { return nil }
    switch fit {
    case .ets(let made):
        return ModelFit(
            form: fit.detail, logLikelihood: made.logLikelihood, aicc: made.aicc, variance: made.variance)
    case .ces(let made):
        return ModelFit(
            form: fit.detail, logLikelihood: made.logLikelihood, aicc: made.aicc, variance: made.variance)
    case .arima(let made):
        return ModelFit(
            form: fit.detail, logLikelihood: made.logLikelihood, aicc: made.aicc, variance: made.variance)
    case .theta(let made, _):
        return ModelFit(form: "", logLikelihood: .nan, aicc: .nan, variance: made.variance)
    default: return ModelFit(form: fit.detail, logLikelihood: .nan, aicc: .nan, variance: .nan)
    }
}
