public import Retail

/// How long stock lasts if nothing more is ordered.
public enum Projection {
    /// The first day whose expected demand can no longer be met in full, open orders landing on the morning they are
    /// due (overdue ones today); nil when there is none in `days` days.
    ///
    /// - Parameters:
    ///   - free: units that can be sold now: on hand, less reserved, less owed.
    ///   - offset: days from the first day of `daily` to `today`.
    public static func stockout(
        free: Int64, receipts: [(due: Day, quantity: Int64)], daily: DailyDemand, offset: Int, today: Day, days: Int
    ) -> Day? {
        var left = Double(free)
        var next = 0
        for step in 0..<max(0, days) {
            let day = today + step
            while next < receipts.count, receipts[next].due <= day {
                left += Double(receipts[next].quantity)
                next += 1
            }
            left -= daily.mean(day: offset + step)
            // Demand is a sum of fractions: a shortage within its rounding is none.
            if left < -1e-6 { return day }
        }
        return nil
    }

    /// The two dates a buyer asks for: the day stock and everything on order are used up, and the first day without
    /// stock before an open order lands (nil where that is no other day).
    public static func dates(
        free: Int64, receipts: [(due: Day, quantity: Int64)], daily: DailyDemand, offset: Int, today: Day, days: Int
    ) -> (stockout: Day?, firstGap: Day?) {
        func run(_ free: Int64, _ receipts: [(due: Day, quantity: Int64)]) -> Day? {
            stockout(free: free, receipts: receipts, daily: daily, offset: offset, today: today, days: days)
        }
        let timed = run(free, receipts)
        guard timed != nil, !receipts.isEmpty else { return (timed, nil) }
        let all = run(free + receipts.reduce(0) { $0 + $1.quantity }, [])
        return (all, timed == all ? nil : timed)
    }

    /// Days the given units last at expected demand, at most `limit`.
    public static func daysOfCover(_ units: Double, daily: DailyDemand, offset: Int, limit: Int) -> Double {
        guard units > 0 else { return 0 }
        var left = units
        for day in 0..<limit {
            let demand = daily.mean(day: offset + day)
            if demand > 0, left < demand { return Double(day) + left / demand }
            left -= demand
        }
        return Double(limit)
    }
}
