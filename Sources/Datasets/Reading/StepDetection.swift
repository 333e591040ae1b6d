import Retail

/// How rows without a cell between them are read.
enum AbsentRows: String, CaseIterable {
    /// Zero demand on open steps; a series lives on to the end of the axis.
    case zero
    /// Unknown; a series ends with its own last row.
    case missing
}

/// The step of a panel and the first and last of its stamps, told from the dates that occur.
struct PanelAxis {
    var step: TimeStep
    var origin: Day
    var count: Int
    /// Hours since 1970, or bare number, of cell 0.
    private var first: Int32

    /// - Parameter stamps: the distinct stamps, ascending, at least one; hours since 1970 or bare numbers.
    init(stamps: [Int32], isBare: Bool, stated: TimeStep?) {
        first = stamps[0]
        count = 0
        if isBare {
            step = .bare
            origin = Day(number: first)
        } else {
            let days = stamps.map { Day(number: Int32((Int($0) - floorRemainder(Int($0), 24)) / 24)) }
            step = stated ?? Self.detect(stamps: stamps, days: days)
            origin = days[0]
            // Hours count from the midnight of the first day.
            first = origin.number * 24
        }
        count = 1
        count = (index(of: stamps[stamps.count - 1]) ?? 0) + 1
    }

    /// Hours where a stamp is not at midnight. Months, quarters or years where every date falls on the same day of
    /// the month, or every one on the month's last day. Weeks where all are whole weeks apart. Otherwise days.
    private static func detect(stamps: [Int32], days: [Day]) -> TimeStep {
        if stamps.contains(where: { floorRemainder(Int($0), 24) != 0 }) { return .hour }
        guard days.count > 1 else { return .day }
        let parts = days.map(\.components)
        let sameDay = parts.allSatisfy { $0.day == parts[0].day }
        let monthEnds = parts.allSatisfy { $0.day == Day.length(ofMonth: $0.month, year: $0.year) }
        if sameDay || monthEnds {
            let months = parts.map { $0.year * 12 + $0.month }
            let gap = zip(months.dropFirst(), months).reduce(0) { greatestCommonDivisor($0, $1.0 - $1.1) }
            return gap % 12 == 0 ? .year : gap % 3 == 0 ? .quarter : .month
        }
        let gap = zip(days.dropFirst(), days).reduce(0) { greatestCommonDivisor($0, $1.0 - $1.1) }
        return gap % 7 == 0 ? .week : .day
    }

    /// The cell of a stamp, or nil when it does not lie on the axis's grid (nor before it).
    func index(of stamp: Int32) -> Int? {
        let offset = Int(stamp) - Int(first)
        guard offset >= 0 else { return nil }
        switch step {
        case .bare, .hour: return offset
        case .day: return offset % 24 == 0 ? offset / 24 : nil
        case .week: return offset % 168 == 0 ? offset / 168 : nil
        case .month, .quarter, .year:
            guard offset % 24 == 0 else { return nil }
            let (from, to) = (origin.components, (origin + offset / 24).components)
            let months = (to.year - from.year) * 12 + to.month - from.month
            let length = step == .month ? 1 : step == .quarter ? 3 : 12
            guard months % length == 0 else { return nil }
            let axis = TimeAxis(step: step, origin: origin, count: 1)
            let isEnd = from.day == Day.length(ofMonth: from.month, year: from.year)
            let expected = axis.day(months / length)
            let end = Day.length(ofMonth: to.month, year: to.year)
            return to.day == expected.components.day || isEnd && to.day == end ? months / length : nil
        }
    }

    var timeAxis: TimeAxis { TimeAxis(step: step, origin: origin, count: count) }
}

private func floorRemainder(_ value: Int, _ divisor: Int) -> Int {
    let remainder = value % divisor
    return remainder < 0 ? remainder + divisor : remainder
}

private func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
}
