import Foundation
import NumericCore
import Retail

/// What the calendar says about each open step, past and future, as the columns of one design that all series share.
struct CalendarFeatures: Sendable {
    /// Open steps x columns; the first column is the intercept.
    let design: Matrix
    /// Pseudo-observations of zero effect per column; none for the intercept.
    let penalty: [Double]
    /// Which part of the forecast a column explains.
    let parts: [Parts.Kind]

    var columns: Int { penalty.count }

    init(axis: TimeAxis, calendar: BusinessCalendar, timeline: Timeline) {
        let builder = FeatureBuilder(axis: axis, calendar: calendar, timeline: timeline)
        var columns = [Feature(part: .level, penalty: 0, values: builder.map { _ in 1 })]
        columns += builder.seasonColumns()
        columns.append(builder.trendColumn())
        columns += builder.yearColumns()
        columns += builder.eventColumns()
        columns += builder.spanColumns()
        let rows = timeline.cells.count
        var elements = [Double](repeating: 0, count: rows * columns.count)
        for (j, column) in columns.enumerated() {
            for i in 0..<rows { elements[i * columns.count + j] = column.values[i] }
        }
        design = Matrix(rows: rows, columns: columns.count, elements)
        penalty = columns.map(\.penalty)
        parts = columns.map(\.part)
    }
}

private struct Feature {
    var part: Parts.Kind
    var penalty: Double
    var values: [Double]
}

private struct FeatureBuilder {
    let axis: TimeAxis
    let calendar: BusinessCalendar
    let timeline: Timeline
    let days: [Day]
    let stepsPerYear: Double

    init(axis: TimeAxis, calendar: BusinessCalendar, timeline: Timeline) {
        self.axis = axis
        self.calendar = calendar
        self.timeline = timeline
        days = timeline.cells.map { axis.day(Int($0)) }
        stepsPerYear =
            switch axis.step {
            case .hour: 8_766
            case .day: 365.25
            case .week: 52.18
            case .month: 12
            case .quarter: 4
            case .year: 1
            case .bare: 0
            }
    }

    func map(_ value: (Int) -> Double) -> [Double] { timeline.cells.indices.map(value) }

    /// One column per place in the season (weekday) that is ever open; longer seasons by waves.
    func seasonColumns() -> [Feature] {
        let season = timeline.season
        var columns: [Feature] = []
        if season > 1 && season <= 31 {
            let present = Set(timeline.phases)
            for phase in 0..<season where present.contains(Int32(phase)) {
                columns.append(
                    Feature(part: .season, penalty: 0.5, values: map { Int(timeline.phases[$0]) == phase ? 1 : 0 }))
            }
        } else if season > 31 {
            columns += waves(.season, count: 6, penalty: 1) { Double(timeline.cells[$0]) / Double(season) }
        }
        if axis.step == .hour {
            for weekday in 1...7 {
                columns.append(
                    Feature(part: .season, penalty: 1, values: map { days[$0].weekday == weekday ? 1 : 0 }))
            }
        }
        return columns
    }

    /// A straight line in years (in hundreds of steps without dates), 0 at the end of the history.
    func trendColumn() -> Feature {
        let unit = stepsPerYear > 1 ? stepsPerYear : 100
        return Feature(
            part: .trend, penalty: 4, values: map { Double(Int(timeline.cells[$0]) - timeline.historyCells) / unit })
    }

    /// The first harmonics of the year, on axes finer than a quarter that cover most of one.
    func yearColumns() -> [Feature] {
        let covered = Double(timeline.historyCells) / max(stepsPerYear, 1)
        guard stepsPerYear > 12, timeline.season < 32, covered > 0.75 else { return [] }
        return waves(.year, count: covered > 1.5 ? 4 : 2, penalty: covered > 1.5 ? 2 : 8) {
            Double(days[$0].number) / 365.25
        }
    }

    private func waves(_ part: Parts.Kind, count: Int, penalty: Double, _ turns: (Int) -> Double) -> [Feature] {
        (1...count).flatMap { k in
            let angle = map { 2 * Double.pi * Double(k) * turns($0) }
            return [
                Feature(part: part, penalty: penalty, values: angle.map { sin($0) }),
                Feature(part: part, penalty: penalty, values: angle.map { cos($0) }),
            ]
        }
    }

    /// For each named event that occurs in the history: the day itself, three open days before and two after; and
    /// the approach to Christmas (six weeks, two weeks) with the lull after it.
    func eventColumns() -> [Feature] {
        guard axis.step == .day else { return [] }
        var columns: [Feature] = []
        var stepsOfEvent: [String: [Int]] = [:]
        for listed in calendar.days where !listed.event.isEmpty {
            let cell = axis.index(of: listed.day)
            guard cell >= 0, cell < timeline.before.count - 1 else { continue }
            // A closed event has no step of its own; its neighbours are those of the next open step.
            stepsOfEvent[listed.event, default: []].append(listed.isOpen ? cell : -cell - 1)
        }
        let known = Int(timeline.before[timeline.historyCells])
        for name in stepsOfEvent.keys.sorted() {
            var (on, before, after) = (map { _ in 0 }, map { _ in 0 }, map { _ in 0 })
            for entry in stepsOfEvent[name, default: []] {
                let isOpen = entry >= 0
                let step = Int(timeline.before[isOpen ? entry : -entry - 1])
                if isOpen { on[step] = 1 }
                for k in max(0, step - 3)..<step { before[k] = 1 }
                let next = isOpen ? step + 1 : step
                for k in next..<min(max(next, next + 2), after.count) where k < after.count { after[k] = 1 }
            }
            for values in [on, before, after] where values.prefix(known).contains(1) {
                columns.append(Feature(part: .events, penalty: 2, values: values))
            }
        }
        let toChristmas = days.map { FeatureBuilder.daysToChristmas($0) }
        for span in [42.0, 14.0] {
            let ramp = toChristmas.map { max(0, 1 - Double($0) / span) }
            if ramp.prefix(known).contains(where: { $0 > 0 }) {
                columns.append(Feature(part: .events, penalty: 2, values: ramp))
            }
        }
        let lull = toChristmas.map { $0 >= 355 ? 1.0 : 0 }
        if lull.prefix(known).contains(1) { columns.append(Feature(part: .events, penalty: 2, values: lull)) }
        return columns
    }

    /// For each holiday or shopping event over several days: its days, the build-up before it as a ramp that rises to it
    /// and the dip after it as one that falls away from it.
    func spanColumns() -> [Feature] {
        guard axis.step == .day else { return [] }
        let listed = Set(calendar.days.map(\.event))
        let known = Int(timeline.before[timeline.historyCells])
        var columns: [Feature] = []
        for (_, spans) in Dictionary(grouping: calendar.spans, by: \.name).sorted(by: { $0.key < $1.key }) {
            // What the data set lists day by day has its columns already.
            if listed.contains(spans[0].name) { continue }
            let pulls = days.map { day in
                spans.reduce(CalendarEvent.Pull()) { $0.stronger($1.pull(on: day)) }
            }
            for values in [pulls.map(\.main), pulls.map(\.buildUp), pulls.map(\.dip)]
            where values.prefix(known).contains(where: { $0 > 0 }) {
                columns.append(Feature(part: .events, penalty: 2, values: values))
            }
        }
        return columns
    }

    /// Days until the next 25 December, 0 on the day itself.
    private static func daysToChristmas(_ day: Day) -> Int {
        let year = day.components.year
        for candidate in year...year + 1 {
            if let christmas = Day(year: candidate, month: 12, day: 25), christmas >= day { return christmas - day }
        }
        return 365
    }
}
