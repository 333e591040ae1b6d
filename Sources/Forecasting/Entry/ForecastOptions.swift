import Retail

/// Where the history of a series ends that has no cells up to the end of the panel's axis.
public enum SeriesEnding: String, Sendable, Codable {
    /// It sold nothing since: zeros up to the end of the axis, and the forecast follows the axis.
    case zeros
    /// It ends with its own last cell, and the forecast follows that: for numbered series of different lengths.
    case own
}

/// How a forecast is made. The defaults are meant for daily retail demand.
public struct ForecastOptions: Sendable, Equatable {
    /// Levels of the quantiles, ascending, each in (0, 1).
    public var levels: [Double]
    /// Lengths of the seasons in steps, shortest first; nil takes the axis' own (7 for days). 1 is none.
    public var seasons: [Int]?
    /// The candidates; with one, it is used wherever a series can carry it.
    public var models: [ForecastModel]
    /// How many past origins the candidates are tried at. Series too short for all are tried at fewer.
    public var origins: Int
    /// Steps between two origins; nil takes the horizon, and on daily axes at least a week.
    public var stride: Int?
    /// Whether the engine for whole hierarchies is among the candidates of a data set: minutes instead of seconds.
    public var takesGlobal = false
    /// Nil takes `own` for axes of bare steps and `zeros` for dated ones.
    public var ending: SeriesEnding?

    public init(
        levels: [Double] = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95], seasons: [Int]? = nil,
        models: [ForecastModel] = ForecastModel.standard, origins: Int = 6, stride: Int? = nil,
        ending: SeriesEnding? = nil
    ) {
        self.levels = levels
        self.seasons = seasons
        self.models = models
        self.origins = origins
        self.stride = stride
        self.ending = ending
    }

    /// Steps between two origins.
    func stride(horizon: Int, step: TimeStep) -> Int { stride ?? max(horizon, step == .day ? 7 : 1) }
}
