/// A probabilistic forecast: for each series and step ahead a mean and quantiles, with the model that made it.
public struct Forecast: Sendable, Equatable {
    /// The axis of the forecast steps: `origin` is the first day forecast, `count` the horizon.
    public var axis: TimeAxis
    public var keys: [SeriesKey]
    public var names: [String]
    /// Row-major series x horizon, units per step, never negative, never NaN.
    public var mean: [Double]
    /// Ascending, each in (0, 1).
    public var levels: [Double]
    /// Row-major series x horizon x levels; non-decreasing along the levels.
    public var quantiles: [Double]
    public var choices: [ModelChoice]

    public init(
        axis: TimeAxis, keys: [SeriesKey], names: [String], mean: [Double], levels: [Double], quantiles: [Double],
        choices: [ModelChoice]
    ) {
        self.axis = axis
        self.keys = keys
        self.names = names
        self.mean = mean
        self.levels = levels
        self.quantiles = quantiles
        self.choices = choices
    }

    public var horizon: Int { axis.count }
    public func mean(_ series: Int, _ step: Int) -> Double { mean[series * horizon + step] }
    public func quantile(_ series: Int, _ step: Int, level: Int) -> Double {
        quantiles[(series * horizon + step) * levels.count + level]
    }
}

/// Which model forecast a series, and what else was tried.
public struct ModelChoice: Sendable, Equatable, Codable {
    /// Name of the model used, such as `ridge`.
    public var model: String
    /// Mean absolute scaled error of every candidate in the rolling-origin backtest, by name, best first.
    public var scores: [ModelScore]
    /// Why a fallback was used, when one was; empty otherwise.
    public var note: String
    /// The parts the mean was made of (level, trend, weekday, event ...), as totals over the horizon.
    public var parts: [ForecastPart]

    public init(model: String, scores: [ModelScore], note: String = "", parts: [ForecastPart] = []) {
        self.model = model
        self.scores = scores
        self.note = note
        self.parts = parts
    }
}

public struct ModelScore: Sendable, Equatable, Codable {
    public var model: String
    public var error: Double
    public init(model: String, error: Double) {
        self.model = model
        self.error = error
    }
}

public struct ForecastPart: Sendable, Equatable, Codable {
    public var name: String
    public var units: Double
    public init(name: String, units: Double) {
        self.name = name
        self.units = units
    }
}
