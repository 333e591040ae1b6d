extension PreparedSeries {
    /// The models a combination chooses from.
    func candidates(seasons: [Int]) -> [UnivariateModel] {
        let isSeasonal = (seasons.first ?? 1) > 1 && values.count > 2 * (seasons.first ?? 1)
        if isIntermittent {
            return [.ets, .tsb, .sba, .crostonOptimised, .imapa, .adida, .windowAverage, .dot]
                + (isSeasonal ? [.seasonalNaive, .seasonalMean] : [.naive]) + (isCount ? [.negativeBinomial] : [])
        }
        guard isSeasonal else { return [.ets, .ces, .arima, .dot, .theta, .naive, .drift] }
        return [.ets, .ces, .arima, .dot, .theta, .mstl, .mstlArima, .seasonalNaive, .seasonalMean]
            + (seasons.count > 1 ? [.doubleSeasonal] : [])
    }
}

extension UnivariateModel {
    /// What a combination must not be worse than.
    var isBenchmark: Bool { self == .seasonalNaive || self == .seasonalMean || self == .naive }

    /// Whether a season makes a difference to it.
    var usesSeason: Bool {
        switch self {
        case .naive, .drift, .croston, .crostonOptimised, .sba, .tsb, .adida, .imapa, .negativeBinomial, .hurdle: false
        default: true
        }
    }

    /// The four whose median is `scum`.
    static let scumMembers: [UnivariateModel] = [.ets, .ces, .arima, .dot]
}
