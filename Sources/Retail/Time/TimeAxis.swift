/// The step between two cells of a panel.
public enum TimeStep: String, Sendable, CaseIterable, Codable {
    case hour, day, week, month, quarter, year
    /// Numbered steps without dates.
    case bare

    /// The season a model looks for first when none is asked for.
    public var defaultSeason: Int {
        switch self {
        case .hour: 24
        case .day: 7
        case .week: 52
        case .month: 12
        case .quarter: 4
        case .year, .bare: 1
        }
    }

    /// The seasons usual for this step, shortest first: hours have a day and a week.
    public var defaultSeasons: [Int] { self == .hour ? [24, 168] : [defaultSeason] }
}

/// The shared axis of a panel: step 0 is `origin`. For hours, cell t is hour t of the origin's midnight.
public struct TimeAxis: Hashable, Sendable, Codable {
    public var step: TimeStep
    public var origin: Day
    public var count: Int

    public init(step: TimeStep, origin: Day, count: Int) {
        self.step = step
        self.origin = origin
        self.count = count
    }

    /// The first day of cell `index`, which may lie beyond the end of the axis.
    public func day(_ index: Int) -> Day {
        switch step {
        case .hour: return origin + index / 24
        case .day, .bare: return origin + index
        case .week: return origin + index * 7
        case .month, .quarter, .year:
            let months = step == .month ? 1 : step == .quarter ? 3 : 12
            let (year, month, day) = origin.components
            let at = (year * 12 + month - 1) + index * months
            let (y, m) = (at / 12, at % 12 + 1)
            return Day(year: y, month: m, day: min(day, Day.length(ofMonth: m, year: y))) ?? origin
        }
    }

    /// The cell a day falls in on a daily axis, which may lie outside it.
    public func index(of day: Day) -> Int {
        switch step {
        case .hour: (day - origin) * 24
        case .week: Int((Double(day - origin) / 7).rounded(.down))
        default: day - origin
        }
    }
}
