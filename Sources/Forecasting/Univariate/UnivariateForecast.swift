/// How single series are forecast.
public struct UnivariateOptions: Sendable, Equatable {
    /// Steps ahead.
    public var horizon: Int
    /// Lengths of the seasons in steps, each more than 1; empty to look for one in each series.
    public var seasons: [Int]
    /// Levels of the quantiles, ascending, each in (0, 1).
    public var levels: [Double]
    /// The one model to use; nil combines those that did well at past origins.
    public var model: UnivariateModel?
    /// Past origins, a horizon apart, that the weights of the combination come from.
    public var origins: Int
    /// Whether models are fitted anew at each past origin instead of once before the first.
    public var refits: Bool
    /// Seed of the simulated futures.
    public var seed: UInt64

    public init(
        horizon: Int, seasons: [Int] = [], levels: [Double] = [], model: UnivariateModel? = nil, origins: Int = 3,
        refits: Bool = false, seed: UInt64 = 1
    ) {
        self.horizon = horizon
        self.seasons = Array(Set(seasons.filter { $0 > 1 })).sorted()
        self.levels = levels
        self.model = model
        self.origins = origins
        self.refits = refits
        self.seed = seed
    }

    /// Throws where the options make no sense.
    public func check() throws(ForecastError) {
        guard horizon >= 1 else { throw .horizon(horizon) }
        guard origins >= 1 else { throw .origins(origins) }
        let inside = levels.allSatisfy { $0 > 0 && $0 < 1 }
        guard inside, zip(levels, levels.dropFirst()).allSatisfy({ $0 < $1 }) else { throw .levels(levels) }
    }
}

/// What is expected of one series.
public struct UnivariateForecast: Sendable, Equatable {
    /// One value a step.
    public var mean: [Double]
    /// Steps x levels, row by row; non-decreasing along the levels.
    public var quantiles: [Double]
    /// The model used, or `combination`.
    public var model: String
    /// What was odd about the series, or which form was chosen.
    public var note: String
    /// The models of a combination with their weights and mean errors at past origins, heaviest first.
    public var members: [Member]

    public struct Member: Sendable, Equatable {
        public var model: String
        public var weight: Double
        public var error: Double
    }
}

/// Forecasts one series from its own past, oldest value first.
///
/// Values that are NaN or infinite are missing and filled in from their neighbours in the season. Series that carry no
/// information (nothing observed, all zero, constant, one value) get a plain forecast and a note. A series without
/// negative values is taken for demand: its forecast is never negative. The result depends on the values, the name
/// (which keys the random numbers of simulated futures) and the options alone.
///
/// - Precondition: the options hold (`UnivariateOptions.check`).
public func forecast(
    series values: [Double], named name: String = "", _ options: UnivariateOptions
) -> UnivariateForecast {
    UnivariateForecaster(options).forecast(values, named: name)
}

/// Forecasts series one after another, using its buffers again; one for each task.
public final class UnivariateForecaster {
    /// As given, with the season of the series at hand where none was.
    private(set) var options: UnivariateOptions
    private let given: [Int]
    let workspace = LaneWorkspace()

    public init(_ options: UnivariateOptions) {
        self.options = options
        given = options.seasons
    }

    /// See `forecast(series:named:_:)`.
    public func forecast(_ values: [Double], named name: String = "") -> UnivariateForecast {
        options.seasons = given
        var series = PreparedSeries(values, seasons: given)
        if given.isEmpty, options.model?.usesSeason ?? true {
            let found = seasonFound(in: series.values)
            if found > 1 {
                options.seasons = [found]
                series = PreparedSeries(values, seasons: options.seasons)
            }
        }
        if let plain = series.outcome(options) { return plain }
        if let model = options.model, model != .scum { return single(model, series, name) }
        return combined(series, name)
    }
}
