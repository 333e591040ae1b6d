/// One form of exponential smoothing: kinds of error, trend and season, as Hyndman, Koehler, Ord and Snyder (2008)
/// name them.
struct ETSForm: Sendable, Hashable, CustomStringConvertible {
    enum Kind: String, Sendable { case none = "N", additive = "A", multiplicative = "M" }
    enum Trend: String, Sendable, CaseIterable {
        case none = "N"
        case additive = "A"
        case damped = "Ad"
        case multiplicative = "M"
        case multiplicativeDamped = "Md"

        var isDamped: Bool { self == .damped || self == .multiplicativeDamped }
        /// The slope is a factor a step.
        var isMultiplicative: Bool { self == .multiplicative || self == .multiplicativeDamped }
    }

    /// Additive or multiplicative, never none.
    var error: Kind
    var trend: Trend
    var season: Kind

    var description: String { "ETS(\(error.rawValue),\(trend.rawValue),\(season.rawValue))" }

    /// Smoothing parameters: alpha, then beta, gamma and phi where they apply.
    var smoothingCount: Int {
        1 + (trend == .none ? 0 : 1) + (season == .none ? 0 : 1) + (trend.isDamped ? 1 : 0)
    }

    /// Free initial states: level, slope, and the season's places but one.
    func stateCount(season length: Int) -> Int {
        1 + (trend == .none ? 0 : 1) + (season == .none ? 0 : length - 1)
    }

    /// Parameters of the likelihood: smoothing parameters, initial states and the variance.
    func parameterCount(season length: Int) -> Int { smoothingCount + stateCount(season: length) + 1 }

    /// The admissible forms: an additive error with a multiplicative season is numerically unstable, and what is
    /// relative needs positive data. Multiplicative trends, which explode easily, are among them only where asked for.
    static func admissible(
        isSeasonal: Bool, isPositive: Bool, hasMultiplicativeTrends: Bool = false
    ) -> [ETSForm] {
        var forms: [ETSForm] = []
        for error in isPositive ? [Kind.additive, .multiplicative] : [.additive] {
            for season in isSeasonal ? [Kind.none, .additive, .multiplicative] : [.none] {
                guard season != .multiplicative || error == .multiplicative else { continue }
                for trend in Trend.allCases {
                    guard !trend.isMultiplicative || hasMultiplicativeTrends && isPositive else { continue }
                    forms.append(ETSForm(error: error, trend: trend, season: season))
                }
            }
        }
        return forms
    }
}
