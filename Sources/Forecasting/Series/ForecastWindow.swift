/// A stretch of open steps to forecast from what was known before it.
struct ForecastWindow: Sendable {
    /// The first open step forecast: everything before it is known.
    var origin: Int
    /// One past the last open step forecast.
    var end: Int
    /// Where its forecasts begin in the output.
    var offset: Int

    var count: Int { end - origin }
}

/// What a forecast is made of, as totals over the last window.
struct Parts: Sendable {
    enum Kind: Int, CaseIterable { case level, trend, season, year, events, limits }

    var units = SIMD8<Double>()

    subscript(kind: Kind) -> Double {
        get { units[kind.rawValue] }
        set { units[kind.rawValue] = newValue }
    }
}
