/// The models for one series alone. Raw values are the names on the command line and in results.
public enum UnivariateModel: String, Sendable, CaseIterable, Codable {
    /// Exponential smoothing, the form with the least AICc.
    case ets
    /// Exponential smoothing with trends that multiply among its forms.
    case etsMultiplicativeTrend = "ets_multiplicative_trend"
    /// The standard theta method.
    case theta
    /// Theta found with the level.
    case optimisedTheta = "optimised_theta"
    /// Theta = 2 over a line renewed at each step.
    case dynamicTheta = "dynamic_theta"
    /// Dynamic optimised theta.
    case dot
    /// Complex exponential smoothing.
    case ces
    /// Seasonal ARIMA, order by stepwise search.
    case arima
    /// Seasons by loess, the rest by exponential smoothing.
    case mstl
    /// Seasons by loess, the rest by ARIMA.
    case mstlArima = "mstl_arima"
    /// Exponential smoothing with two seasons.
    case doubleSeasonal = "double_seasonal"
    /// The last value.
    case naive
    /// The last value at the same place in the season (the longest season given).
    case seasonalNaive = "seasonal_naive"
    /// The mean of the last four values at the same place in the season.
    case seasonalMean = "seasonal_mean"
    /// The mean of the last four seasons.
    case windowAverage = "window_average"
    /// The last value and the mean change.
    case drift
    case croston
    case crostonOptimised = "croston_optimised"
    case sba
    case tsb
    case adida
    case imapa
    /// Counts with a negative binomial distribution around a smoothed mean.
    case negativeBinomial = "negative_binomial"
    /// Counts whose zeros have a chance of their own.
    case hurdle
    /// The median of ets, ces, arima and dot (Petropoulos and Svetunkov 2020).
    case scum
}
