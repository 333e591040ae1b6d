import Foundation
import Retail
import Testing

@Suite struct TimeTests {
    @Test("days agree with Foundation's Gregorian calendar over four centuries")
    func civilDays() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
        for number in stride(from: -60_000, through: 86_000, by: 37) {
            let day = Day(number: Int32(number))
            let date = Date(timeIntervalSince1970: Double(number) * 86_400)
            let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: date)
            #expect(day.components.year == parts.year)
            #expect(day.components.month == parts.month)
            #expect(day.components.day == parts.day)
            #expect(day.weekday % 7 + 1 == parts.weekday)
            #expect(Day(iso: day.description) == day)
        }
    }

    @Test("Double 11 of 2011 was a Friday, and 29 February exists only in leap years")
    func knownDays() {
        #expect(Day(year: 2011, month: 11, day: 11)?.weekday == 5)
        #expect(Day(iso: "2012-02-29") != nil)
        #expect(Day(iso: "2011-02-29") == nil)
        #expect(Day(iso: "1900-02-29") == nil)
        #expect(Day(iso: "2000-02-29") != nil)
        for bad in ["", "2011-13-01", "2011-00-10", "2011-1-10", "2011-11-31", "11-11-2011", "2011-11-1x", "２011-11-1"]
        {
            #expect(Day(iso: bad) == nil, "\(bad)")
        }
        #expect(Day(year: 2011, month: 12, day: 31)?.dayOfYear == 365)
    }

    @Test("civil times parse to the second and print back")
    func civilTimes() throws {
        let time = try #require(CivilTime(iso: "2011-11-28 09:30:15"))
        #expect(time.description == "2011-11-28T09:30:15")
        let midnight = try #require(Day(iso: "2011-11-28"))
        #expect(time.day == midnight)
        #expect(time.instant(from: midnight) == Instant(seconds: 9 * 3_600 + 30 * 60 + 15))
        #expect(CivilTime(iso: "2011-11-28T09:30")?.timeOfDay == 34_200)
        #expect(CivilTime(iso: "1969-12-31T23:00:00")?.day == Day(iso: "1969-12-31"))
        for bad in [
            "2011-11-28T24:00", "2011-11-28T09:60", "2011-11-28X09:30", "2011-11-28T09-30", "2011-11-28T09:30:1",
        ] {
            #expect(CivilTime(iso: bad) == nil, "\(bad)")
        }
    }

    @Test("month ends stay in their month on monthly and quarterly axes")
    func axes() throws {
        let origin = try #require(Day(iso: "2011-01-31"))
        let months = TimeAxis(step: .month, origin: origin, count: 14)
        #expect(months.day(1) == Day(iso: "2011-02-28"))
        #expect(months.day(13) == Day(iso: "2012-02-29"))
        #expect(TimeAxis(step: .quarter, origin: origin, count: 2).day(1) == Day(iso: "2011-04-30"))
        #expect(TimeAxis(step: .week, origin: origin, count: 3).day(2) == Day(iso: "2011-02-14"))
        #expect(TimeAxis(step: .hour, origin: origin, count: 48).day(25) == origin + 1)
    }

    @Test("an instant splits into day and time of day")
    func instants() {
        let instant = Instant.day * 2 + Instant(seconds: 13 * 3_600 + 305 + 4)
        #expect(instant.dayNumber == 2)
        #expect(instant.timeOfDay == Instant(seconds: 13 * 3_600 + 309))
        #expect(instant.description == "2+13:05:09")
    }

    @Test("days not listed in a calendar are open")
    func calendar() throws {
        let christmas = try #require(Day(iso: "2011-12-25"))
        let calendar = BusinessCalendar([CalendarDay(day: christmas, isOpen: false, event: "Christmas")])
        #expect(!calendar.isOpen(christmas))
        #expect(calendar.event(christmas) == "Christmas")
        #expect(calendar.isOpen(christmas + 1))
    }
}
