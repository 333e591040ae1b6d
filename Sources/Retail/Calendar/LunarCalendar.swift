import Foundation

/// A day of the Chinese lunisolar calendar.
public struct LunarDate: Hashable, Sendable {
    /// The Gregorian year in which the lunar year begins.
    public var year: Int
    /// 1 to 12; a leap month has the number of the month before it.
    public var month: Int
    public var isLeapMonth: Bool
    /// 1 to 30.
    public var day: Int

    public init(year: Int, month: Int, isLeapMonth: Bool = false, day: Int) {
        self.year = year
        self.month = month
        self.isLeapMonth = isLeapMonth
        self.day = day
    }
}

/// The Chinese lunisolar calendar (农历), reckoned from the sun and the moon: months begin on the day of the new moon at
/// 120° east, the eleventh month holds the winter solstice, and of thirteen months between two solstices the first
/// without a principal term is a leap month (GB/T 33661-2017).
///
/// New moons after Meeus, Astronomical Algorithms (1998), chapter 49 (seconds), the sun after chapter 25 (0.01 degrees,
/// a quarter of an hour). Agrees with the published tables from 1929 on, when China began to keep the time of 120° east.
public enum LunarCalendar {
    /// New Year's Day (正月初一) of the lunar year that begins in a Gregorian year.
    public static func newYear(_ year: Int) -> Day { LunarYear(year).months[0].first }

    /// The day of a date in an ordinary month; nil when the month has no such day.
    public static func day(year: Int, month: Int, day: Int) -> Day? {
        let months = LunarYear(year).months
        guard let at = months.firstIndex(where: { $0.number == month && !$0.isLeap }), day >= 1 else { return nil }
        let first = months[at].first
        return day <= months[at].length ? first + (day - 1) : nil
    }

    /// The lunar date of a day.
    public static func date(of day: Day) -> LunarDate {
        let year = day.components.year
        for candidate in [year, year - 1] {
            let months = LunarYear(candidate).months
            guard let month = months.last(where: { $0.first <= day }) else { continue }
            return LunarDate(
                year: candidate, month: month.number, isLeapMonth: month.isLeap, day: day - month.first + 1)
        }
        return LunarDate(year: year, month: 1, day: 1)
    }

    /// The day on which the sun reaches a longitude within a Gregorian year: 15 is Qingming (清明), 270 the winter
    /// solstice (冬至).
    public static func solarTerm(year: Int, longitude: Int) -> Day {
        // The sun is at 280 degrees on 1 January.
        let turn = Double(((longitude - 280) % 360 + 360) % 360)
        var moment = Sky.julianDate(year: year) + turn / 360 * 365.2422
        for _ in 0..<8 { moment += 58 * sin((Double(longitude) - Sky.sunLongitude(moment)) * .pi / 180) }
        return Sky.chineseDay(moment)
    }
}

/// The months of one lunar year.
private struct LunarYear {
    struct Month {
        var number: Int
        var isLeap: Bool
        var first: Day
        var length: Int
    }

    var months: [Month] = []

    init(_ year: Int) {
        // Months 11 and 12 before the year, months 1 to 10, then 11 and 12 of the year.
        let named = LunarYear.between(year - 1, year).drop { $0.number >= 11 } + LunarYear.between(year, year + 1)
        let end = named.lastIndex { $0.number == 1 && !$0.isLeap } ?? named.count
        months = Array(named[named.startIndex..<end])
    }

    /// The months from the one with the winter solstice of a year up to that of the next.
    private static func between(_ year: Int, _ next: Int) -> [Month] {
        let (from, to) = (solsticeMoon(year), solsticeMoon(next))
        let starts = (from...to).map { Sky.chineseDay(Sky.newMoon($0)) }
        let hasLeap = to - from == 13
        var (number, leapDone) = (10, false)
        return (0..<to - from).map { i in
            let isLeap = hasLeap && !leapDone && i > 0 && !holdsPrincipalTerm(starts[i], starts[i + 1])
            if isLeap { leapDone = true } else { number = number % 12 + 1 }
            return Month(number: number, isLeap: isLeap, first: starts[i], length: starts[i + 1] - starts[i])
        }
    }

    /// The number of the new moon that begins the eleventh month.
    private static func solsticeMoon(_ year: Int) -> Int {
        let solstice = LunarCalendar.solarTerm(year: year, longitude: 270)
        var k = Int(((Double(year) + 0.97 - 2000) * 12.3685).rounded())
        while Sky.chineseDay(Sky.newMoon(k)) > solstice { k -= 1 }
        while Sky.chineseDay(Sky.newMoon(k + 1)) <= solstice { k += 1 }
        return k
    }

    /// Whether the sun passes a multiple of 30 degrees between two midnights.
    private static func holdsPrincipalTerm(_ from: Day, _ to: Day) -> Bool {
        func sign(_ day: Day) -> Int { Int(Sky.sunLongitude(Sky.midnight(day)) / 30) }
        return sign(from) != sign(to)
    }
}

/// Sun and moon. Moments are Julian dates in terrestrial time; China keeps UTC+8.
private enum Sky {
    static let unixEpoch = 2_440_587.5

    static func julianDate(year: Int) -> Double {
        unixEpoch + Double(Day(year: year, month: 1, day: 1)?.number ?? 0)
    }

    /// Terrestrial less universal time, days: observed values, then an outlook (Espenak and Meeus 2006).
    private static func clockDifference(_ moment: Double) -> Double {
        let year = 2000 + (moment - 2_451_545) / 365.25
        let seconds = [-3.0, 21, 24, 33, 50.5, 63.8, 70, 80, 100, 125, 160]
        let place = min(max(0, (year - 1900) / 20), Double(seconds.count - 1) - 1e-9)
        let at = Int(place)
        return (seconds[at] + (place - Double(at)) * (seconds[at + 1] - seconds[at])) / 86_400
    }

    static func chineseDay(_ moment: Double) -> Day {
        Day(number: Int32((moment - clockDifference(moment) + 8.0 / 24 - unixEpoch).rounded(.down)))
    }

    /// 00:00 of a day in China.
    static func midnight(_ day: Day) -> Double {
        let moment = unixEpoch + Double(day.number) - 8.0 / 24
        return moment + clockDifference(moment)
    }

    /// Apparent longitude of the sun, degrees in 0 ..< 360.
    static func sunLongitude(_ moment: Double) -> Double {
        let t = (moment - 2_451_545) / 36_525
        let mean = 280.46646 + t * (36_000.76983 + t * 0.0003032)
        let m = radians(357.52911 + t * (35_999.05029 - t * 0.0001537))
        let first = (1.914602 - t * (0.004817 + t * 0.000014)) * sin(m)
        let centre = first + (0.019993 - 0.000101 * t) * sin(2 * m) + 0.000289 * sin(3 * m)
        let node = radians(125.04 - 1_934.136 * t)
        let longitude = (mean + centre - 0.00569 - 0.00478 * sin(node)).truncatingRemainder(dividingBy: 360)
        return longitude < 0 ? longitude + 360 : longitude
    }

    /// Coefficients of a new moon's time, days: anomaly of the sun, of the moon, argument of latitude, power of the
    /// earth's eccentricity.
    private static let terms: [(Double, Double, Double, Double, Int)] = [
        (-0.40720, 0, 1, 0, 0), (0.17241, 1, 0, 0, 1), (0.01608, 0, 2, 0, 0), (0.01039, 0, 0, 2, 0),
        (0.00739, -1, 1, 0, 1), (-0.00514, 1, 1, 0, 1), (0.00208, 2, 0, 0, 2), (-0.00111, 0, 1, -2, 0),
        (-0.00057, 0, 1, 2, 0), (0.00056, 1, 2, 0, 1), (-0.00042, 0, 3, 0, 0), (0.00042, 1, 0, 2, 1),
        (0.00038, 1, 0, -2, 1), (-0.00024, -1, 2, 0, 1), (-0.00007, 2, 1, 0, 0), (0.00004, 0, 2, -2, 0),
        (0.00004, 3, 0, 0, 0), (0.00003, 1, 1, -2, 0), (0.00003, 0, 2, 2, 0), (-0.00003, 1, 1, 2, 0),
        (0.00003, -1, 1, 2, 0), (-0.00002, -1, 1, -2, 0), (-0.00002, 1, 3, 0, 0), (0.00002, 0, 4, 0, 0),
    ]
    /// Pull of the planets: angle at k = 0 and per moon, degrees; size, millionths of a day.
    private static let planets: [(Double, Double, Double)] = [
        (299.77, 0.107408, 325), (251.88, 0.016321, 165), (251.83, 26.651886, 164), (349.42, 36.412478, 126),
        (84.66, 18.206239, 110), (141.74, 53.303771, 62), (207.14, 2.453732, 60), (154.84, 7.306860, 56),
        (34.52, 27.261239, 47), (207.19, 0.121824, 42), (291.34, 1.844379, 40), (161.72, 24.198154, 37),
        (239.56, 25.513099, 35), (331.55, 3.592518, 23),
    ]

    /// The moment of new moon number k, 0 being that of 6 January 2000.
    static func newMoon(_ number: Int) -> Double {
        let k = Double(number)
        let t = k / 1_236.85
        let t2 = t * t
        let mean = 2_451_550.09766 + 29.530588861 * k + t2 * (0.00015437 - t * 0.000000150)
        let e = 1 - t * (0.002516 + t * 0.0000074)
        let sun = radians(2.5534 + 29.10535670 * k - t2 * 0.0000014)
        let moon = radians(201.5643 + 385.81693528 * k + t2 * (0.0107582 + t * 0.00001238))
        let latitude = radians(160.7108 + 390.67050284 * k - t2 * (0.0016118 + t * 0.00000227))
        let node = radians(124.7746 - 1.56375588 * k + t2 * 0.0020672)
        var moment = mean - 0.00017 * sin(node)
        for (size, a, b, c, power) in terms {
            let angle = a * sun + b * moon + c * latitude
            moment += size * (power == 0 ? 1 : power == 1 ? e : e * e) * sin(angle)
        }
        for (angle, speed, size) in planets {
            let bend = speed == 0.107408 ? 0.009173 * t2 : 0
            moment += 1e-6 * size * sin(radians(angle + speed * k - bend))
        }
        return moment
    }

    private static func radians(_ degrees: Double) -> Double {
        degrees.truncatingRemainder(dividingBy: 360) * .pi / 180
    }
}
