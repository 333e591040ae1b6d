import Foundation
import Retail

/// What is known at an origin of one step ahead of one group: its recent windows and seasons, the same step a year and
/// two years ago, the calendar, and what the regression says; all over the group's own recent level.
struct GroupFeatures: Sendable {
    /// Seasons whose same place in the season is averaged.
    private static let seasons = [1, 4, 8]
    /// Steps to an event beyond which it is not felt.
    private static let reach = 14

    let panel: SalesPanel
    let cadence: Cadence
    let steps: Int
    let totals: RunningTotals
    /// Row-major groups x steps.
    let history: [Double]
    /// Attributes that all series of at least one group share, by group; NaN for the others.
    private let codes: [[Float]]
    private let calendar: [CalendarStep]

    /// - Parameters:
    ///   - levels: the groups, level by level.
    ///   - history: of all of them, in the same order: row-major groups x steps.
    init(_ panel: SalesPanel, cadence: Cadence, levels: [Hierarchy.Level], history: [Double]) {
        self.panel = panel
        self.cadence = cadence
        self.history = history
        steps = panel.demand.axis.count
        totals = RunningTotals(history, steps: steps)
        codes = panel.attributes.filter { $0.codes.count > 1 && $0.codes.count < FeatureBins.count }
            .map { attribute in levels.flatMap { GroupFeatures.codes(attribute, $0) } }
            .filter { $0.contains { !$0.isNaN } }
        calendar = GroupFeatures.calendar(panel)
    }

    var count: Int {
        cadence.windows.count + 1 + GroupFeatures.seasons.count + 4 + 9 + panel.flags.count + codes.count + 2
    }

    /// The mean of the recent window: what everything is relative to; nil where nothing was sold.
    func level(_ group: Int, _ origin: Int) -> Double? {
        let level = totals.mean(group, origin - cadence.windows[2], origin)
        return level > 0 ? level : nil
    }

    /// Appends one row for each step ahead.
    ///
    /// - Parameter regression: what the regression forecasts for each step.
    func append(_ group: Int, _ origin: Int, level: Double, regression: ArraySlice<Double>, to rows: inout [Float]) {
        let year = cadence.year
        func ago(_ years: Int) -> Double {
            guard origin >= years * year + cadence.windows[2] else { return .nan }
            let end = origin - years * year
            let mean = totals.mean(group, end - cadence.windows[2], end)
            return mean > 0 ? mean : .nan
        }
        let past = [ago(1), ago(2)]
        var common = cadence.windows.map { Float(log(totals.mean(group, origin - $0, origin) / level + 0.01)) }
        common.append(Float(log(level / past[0])))
        let mean = regression.reduce(0, +) / Double(max(1, regression.count))
        for (h, forecast) in regression.enumerated() {
            let t = origin + h
            rows.append(contentsOf: common)
            let place = origin - cadence.block + h % cadence.block
            for seasons in GroupFeatures.seasons {
                var (sum, found) = (0.0, 0.0)
                for k in 0..<seasons where place - k * cadence.block >= 0 {
                    sum += history[group * steps + place - k * cadence.block]
                    found += 1
                }
                rows.append(Float(sum / found / level))
            }
            for (k, base) in past.enumerated() {
                let then = t - (k + 1) * year
                let margin = max(1, cadence.block / 2)
                // Further ahead than a year the same step of last year is not known either.
                let isKnown = !base.isNaN && then < origin
                rows.append(isKnown ? Float(history[group * steps + then] / base) : .nan)
                rows.append(
                    isKnown ? Float(totals.mean(group, then - margin, min(origin, then + margin + 1)) / base) : .nan)
            }
            calendar[t].append(step: h, to: &rows)
            for flag in panel.flags { rows.append(t < flag.isSet.count && flag.isSet[t] ? 1 : 0) }
            for code in codes { rows.append(code[group]) }
            rows.append(Float(forecast / level))
            rows.append(mean > 0 ? Float(forecast / mean) : .nan)
        }
    }

    /// The code of each group of a level; NaN where a group has several.
    private static func codes(_ attribute: SeriesAttribute, _ level: Hierarchy.Level) -> [Float] {
        var codes = [Float](repeating: -1, count: level.groups.count)
        for (s, group) in level.of.enumerated() {
            let code = Float(attribute.of[s])
            if codes[Int(group)] == -1 { codes[Int(group)] = code }
            if codes[Int(group)] != code { codes[Int(group)] = .nan }
        }
        return codes
    }

    /// The date of one step, and the events around it.
    private struct CalendarStep: Sendable {
        var weekday: Float
        var monthDay: Float
        var yearDay: Float
        /// Numbers of the events, NaN for none: on the step, the one before and the one after it.
        var on = Float.nan
        var last = Float.nan
        var next = Float.nan
        var since = Float.nan
        var until = Float.nan

        func append(step: Int, to rows: inout [Float]) {
            rows.append(contentsOf: [Float(step), weekday, monthDay, yearDay, on, last, since, next, until])
        }
    }

    private static func calendar(_ panel: SalesPanel) -> [CalendarStep] {
        var steps = (0..<panel.knownDays).map { t -> CalendarStep in
            let day = panel.demand.axis.day(t)
            return CalendarStep(
                weekday: Float(day.weekday), monthDay: Float(day.components.day), yearDay: Float(day.dayOfYear))
        }
        for (number, event) in panel.events.enumerated() {
            for day in event.days {
                for t in max(0, day - reach)...max(0, day + reach)
                where steps.indices.contains(t) && abs(t - day) <= reach {
                    let distance = Float(t - day)
                    if distance == 0 { steps[t].on = Float(number) }
                    if distance > 0, !(steps[t].since <= distance) {
                        (steps[t].since, steps[t].last) = (distance, Float(number))
                    }
                    if distance < 0, !(steps[t].until <= -distance) {
                        (steps[t].until, steps[t].next) = (-distance, Float(number))
                    }
                }
            }
        }
        return steps
    }
}
