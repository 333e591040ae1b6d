import Foundation
import Retail

/// How many orders a generated shop has on each day of its history, and when within the day.
///
/// Weights are relative to an ordinary Wednesday of the first year: weekday and month, festivals, the two waves of
/// Double 11 and of 6.18, the trough of Spring Festival. Festivals are those of 2022 to 2024.
struct GeneratorSeason {
    /// First day of the history and one past its last: the eve of the deposits of Double 11 2023.
    static let start = date(2022, 9, 1)
    static let end = date(2023, 10, 24)

    static func date(_ year: Int, _ month: Int, _ day: Int) -> Day {
        Day(year: year, month: month, day: day) ?? Day(number: 0)
    }

    /// Named events of the calendar: what it is, its days, and its factor on orders.
    static let events: [(name: String, from: Day, through: Day, factor: Double)] = [
        ("中秋节", date(2022, 9, 10), date(2022, 9, 12), 1.1), ("国庆节", date(2022, 10, 1), date(2022, 10, 7), 1.15),
        ("双11 预售", date(2022, 10, 24), date(2022, 10, 30), 0.9),
        ("双11 第一波", date(2022, 10, 31), date(2022, 11, 3), 3.2),
        ("双11 第二波预售", date(2022, 11, 4), date(2022, 11, 9), 1.3), ("双11", date(2022, 11, 10), date(2022, 11, 11), 6.5),
        ("双12", date(2022, 12, 12), date(2022, 12, 12), 2.2), ("年货节", date(2022, 12, 28), date(2023, 1, 12), 1.5),
        ("春节", date(2023, 1, 20), date(2023, 1, 28), 0.2), ("女王节", date(2023, 3, 6), date(2023, 3, 8), 1.8),
        ("劳动节", date(2023, 4, 29), date(2023, 5, 3), 1.15), ("618 预售", date(2023, 5, 26), date(2023, 5, 30), 0.9),
        ("618 第一波", date(2023, 5, 31), date(2023, 6, 3), 2.6), ("618", date(2023, 6, 15), date(2023, 6, 18), 3.4),
        ("中秋国庆", date(2023, 9, 29), date(2023, 10, 6), 1.15), ("双11 预售", date(2023, 10, 24), date(2023, 10, 30), 0.9),
        ("双11 第一波", date(2023, 10, 31), date(2023, 11, 3), 3.2),
        ("双11 第二波预售", date(2023, 11, 4), date(2023, 11, 9), 1.3),
        ("双11", date(2023, 11, 10), date(2023, 11, 11), 6.5), ("双12", date(2023, 12, 12), date(2023, 12, 12), 2.2),
    ]

    /// Monday to Sunday, and January to December.
    private static let weekdays = [1.02, 1.0, 1.0, 0.99, 1.0, 1.06, 1.08]
    private static let months = [0.95, 0.88, 1.0, 0.98, 1.02, 1.05, 0.95, 0.96, 1.0, 1.02, 1.06, 1.08]
    /// Growth of the shop over a year.
    private static let growth = 1.12

    static func factor(of day: Day) -> Double {
        let event = events.first { $0.from <= day && day <= $0.through }
        let parts = day.components
        let years = Double(day - start) / 365.25
        return weekdays[weekdayFromMonday(day)] * months[parts.month - 1] * pow(growth, years) * (event?.factor ?? 1)
    }

    /// 0 is Monday.
    private static func weekdayFromMonday(_ day: Day) -> Int {
        // 1970-01-01 was a Thursday.
        Int(((day.number + 3) % 7 + 7) % 7)
    }

    /// Orders created by hour on an ordinary day, per mille: Tmall, February 2020 (28,010 orders).
    static let hours: [Double] = [
        37.2, 18.9, 12.2, 6.7, 4.8, 4.0, 8.9, 19.9, 31.4, 45.8, 59.7, 58.6, 48.8, 47.8, 53.6, 61.4, 52.9, 43.0, 45.3,
        54.7,
        71.1, 78.7, 75.9, 58.7,
    ]

    /// Weights of the minutes of a day. On the eve of a wave (31 October, 10 November, 31 May) balances fall due at
    /// 20:00: base + A exp(-t / 1.5 min) + B exp(-t / 40 min), the shape measured on Double 11 2019.
    static func minutes(of day: Day) -> [Double] {
        var weights = (0..<1_440).map { minute -> Double in
            // Linear between the middles of the hours, so that the day has no steps.
            let place = Double(minute) / 60 - 0.5
            let hour = Int(place.rounded(.down))
            let part = place - Double(hour)
            return (hours[(hour + 24) % 24] * (1 - part) + hours[(hour + 1) % 24] * part) / 60
        }
        let parts = day.components
        let isWave = [(10, 31), (11, 10), (5, 31), (6, 17)].contains { $0 == (parts.month, parts.day) }
        guard isWave else { return weights }
        let mean = weights.reduce(0, +) / 1_440
        for minute in 1_200..<1_440 {
            let t = Double(minute - 1_200)
            // Means over the minute of the two decays.
            let first = 33 * 1.5 * (exp(-t / 1.5) - exp(-(t + 1) / 1.5))
            let second = 7.5 * 40 * (exp(-t / 40) - exp(-(t + 1) / 40))
            weights[minute] += mean * (first + second)
        }
        return weights
    }
}
