/// Why no forecast was made. What is odd about a single series is not an error but a note on its choice.
public enum ForecastError: Error, Equatable, Sendable, CustomStringConvertible {
    case horizon(Int)
    case season(Int)
    case origins(Int)
    case stride(Int)
    /// The levels are not ascending or not inside (0, 1).
    case levels([Double])
    case noModels
    /// The panel's axis has no steps.
    case emptyAxis
    /// The axis is too short for this many backtest origins.
    case tooShort(axis: Int, needed: Int)
    /// Calendar and prices do not reach to the end of the horizon.
    case calendarEnds(days: Int, needed: Int)
    /// The normal equations of a regression could not be solved.
    case regression(String)
    /// The forecasts of series and totals could not be made to agree.
    case reconciliation(String)
    /// The global engine knows no such step.
    case step(String)
    /// A last known day beyond the data.
    case unknownDay(String, last: String)
    case cancelled

    public var description: String {
        switch self {
        case .horizon(let value): "the horizon is \(value); give at least 1 step"
        case .season(let value): "the season is \(value) steps; give at least 1 (1 is no season)"
        case .origins(let value): "the number of origins is \(value); give at least 1"
        case .stride(let value): "the stride between origins is \(value) steps; give at least 1"
        case .levels(let values): "the quantile levels \(values) must be ascending and lie between 0 and 1"
        case .noModels: "no model was given to choose from; name at least one"
        case .emptyAxis: "the panel's axis has no steps; there is no day to forecast from"
        case .tooShort(let axis, let needed):
            "the axis has \(axis) steps, the backtest needs more than \(needed); ask for fewer origins or a shorter horizon"
        case .calendarEnds(let days, let needed):
            "the calendar knows \(days) days, the forecast needs \(needed); add the days ahead or forecast fewer"
        case .regression(let what): "the regression on the calendar cannot be solved: \(what)"
        case .reconciliation(let what): "series and totals cannot be made to agree: \(what)"
        case .step(let step): "totals are forecast for daily and weekly data, not by \(step)"
        case .unknownDay(let day, let last): "there are no sales for \(day); the last day is \(last)"
        case .cancelled: "the forecast was cancelled"
        }
    }
}

extension ForecastOptions {
    func check(horizon: Int, axis: Int) throws(ForecastError) {
        guard horizon >= 1 else { throw .horizon(horizon) }
        guard axis >= 1 else { throw .emptyAxis }
        if let season = seasons?.first(where: { $0 < 1 }) { throw .season(season) }
        guard origins >= 1 else { throw .origins(origins) }
        if let stride, stride < 1 { throw .stride(stride) }
        let inside = levels.allSatisfy { $0 > 0 && $0 < 1 }
        guard inside, zip(levels, levels.dropFirst()).allSatisfy({ $0 < $1 }) else { throw .levels(levels) }
        guard !models.isEmpty else { throw .noModels }
    }
}
