/// The models a forecast may choose from. Raw values are the names in results and files.
public enum ForecastModel: String, Sendable, CaseIterable, Codable {
    /// The last observed value at the same place in the season.
    case seasonalNaive = "seasonal_naive"
    /// The mean of the last four observed values at the same place in the season (same-weekday mean).
    case seasonalMean = "seasonal_mean"
    /// The mean of the last four seasons, one value for all steps.
    case windowAverage = "window_average"
    /// Simple exponential smoothing.
    case smoothing = "smoothing"
    /// Exponential smoothing with a damped trend.
    case dampedTrend = "damped_trend"
    /// Exponential smoothing with an additive season.
    case seasonalSmoothing = "seasonal_smoothing"
    /// Exponential smoothing with a damped trend and an additive season.
    case seasonalDampedTrend = "seasonal_damped_trend"
    /// Croston (1972): demand sizes and intervals smoothed apart.
    case croston
    /// Croston with the correction of Syntetos and Boylan (2005).
    case sba
    /// Teunter, Syntetos and Babai (2011): sizes and the chance of a demand, which decays while none comes.
    case tsb
    /// Ridge regression on calendar features.
    case ridge
    /// The mean of the models that did best in the backtest of the series.
    case combination

    /// Models for demand with many zeros; they are tried only where there are some.
    var isIntermittent: Bool { self == .croston || self == .sba || self == .tsb }

    /// Models that say the same as a plainer one when there is no season.
    var needsSeason: Bool {
        self == .seasonalMean || self == .seasonalSmoothing || self == .seasonalDampedTrend
    }

    /// What every other model must beat before it replaces them.
    var isBenchmark: Bool { self == .seasonalNaive || self == .seasonalMean }
}
