import Foundation
import NumericCore
import Retail

/// What the calendar says about each day of a panel, past and future, as the columns of one design that all series share:
/// weekdays, waves of the year and their product, trend, days of the month (pay days), flags, events with lead and lag
/// days, and the approach to Christmas.
struct DriverDesign: Sendable {
    /// Known days x columns.
    let matrix: Matrix
    /// Pseudo-observations of zero effect per column; none for the intercept.
    let penalty: [Double]
    /// Which part of the forecast a column explains.
    let parts: [Parts.Kind]

    /// Days before and after an event that may feel it.
    static let lead = 4
    static let lag = 2

    /// - Parameter origin: events that do not occur before this day have no column.
    init(_ panel: SalesPanel, origin: Int) {
        var builder = DesignBuilder(days: (0..<panel.knownDays).map { panel.demand.axis.day($0) })
        let step = panel.demand.axis.step
        builder.add(.level, penalty: 0) { _, _ in 1 }
        if step == .day { builder.addWeekdays() }
        builder.addYear(harmonics: step == .day ? 4 : 6, byWeekday: step == .day ? 4 : 0)
        builder.add(.trend, penalty: 4) { t, _ in Double(t - origin) * (step == .week ? 7 : 1) / 365.25 }
        if step == .day { builder.addMonthDays() }
        for flag in panel.flags {
            builder.add(.events, penalty: 2) { t, _ in t < flag.isSet.count && flag.isSet[t] ? 1 : 0 }
        }
        for event in panel.events { builder.addEvent(event, origin: origin, weekly: step == .week) }
        if step == .day { builder.addChristmas() }
        matrix = builder.matrix
        penalty = builder.penalty
        parts = builder.parts
    }
}

private struct DesignBuilder {
    let days: [Day]
    var columns: [[Double]] = []
    var penalty: [Double] = []
    var parts: [Parts.Kind] = []

    init(days: [Day]) { self.days = days }

    var matrix: Matrix {
        var elements = [Double](repeating: 0, count: days.count * columns.count)
        for (j, column) in columns.enumerated() {
            for t in days.indices { elements[t * columns.count + j] = column[t] }
        }
        return Matrix(rows: days.count, columns: columns.count, elements)
    }

    mutating func add(_ part: Parts.Kind, penalty: Double, _ value: (Int, Day) -> Double) {
        columns.append(days.indices.map { value($0, days[$0]) })
        self.penalty.append(penalty)
        parts.append(part)
    }

    mutating func addWeekdays() {
        for weekday in 1...7 { add(.season, penalty: 0.5) { _, day in day.weekday == weekday ? 1 : 0 } }
    }

    /// Waves of the year, the lowest of them also weekday by weekday: weekends differ more in summer.
    mutating func addYear(harmonics: Int, byWeekday: Int) {
        for k in 1...harmonics {
            for wave in [sin, cos] as [(Double) -> Double] {
                func value(_ day: Day) -> Double { wave(2 * Double.pi * Double(k) * Double(day.number) / 365.25) }
                add(.year, penalty: 2) { _, day in value(day) }
                guard k <= byWeekday else { continue }
                for weekday in 1...7 {
                    add(.year, penalty: 20) { _, day in day.weekday == weekday ? value(day) : 0 }
                }
            }
        }
    }

    mutating func addMonthDays() {
        let numbers = days.map(\.components.day)
        for number in 1...31 { add(.events, penalty: 3) { t, _ in numbers[t] == number ? 1 : 0 } }
    }

    /// One column for the event itself and one for each day around it, where it occurs before the origin.
    mutating func addEvent(_ event: DayEvents, origin: Int, weekly: Bool) {
        let reach = weekly ? -1...1 : -DriverDesign.lead...DriverDesign.lag
        for shift in reach {
            var values = [Double](repeating: 0, count: days.count)
            for day in event.days where values.indices.contains(day + shift) { values[day + shift] = 1 }
            guard values.prefix(origin).contains(1) else { continue }
            columns.append(values)
            penalty.append(shift == 0 ? 0.5 : 1)
            parts.append(.events)
        }
    }

    /// Ramps over six, four and two weeks before Christmas and the week after it.
    mutating func addChristmas() {
        let ahead = days.map { day -> Int in
            let year = day.components.year
            let next = [year, year + 1].compactMap { Day(year: $0, month: 12, day: 25) }.first { $0 >= day }
            return next.map { $0 - day } ?? 365
        }
        for span in [42.0, 28, 14] { add(.events, penalty: 2) { t, _ in max(0, 1 - Double(ahead[t]) / span) } }
        add(.events, penalty: 2) { t, _ in ahead[t] >= 355 ? 1 : 0 }
        for after in 1...7 { add(.events, penalty: 6) { t, _ in ahead[t] == 365 - after ? 1 : 0 } }
    }
}
