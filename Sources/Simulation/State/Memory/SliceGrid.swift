import Retail

/// The slices of a run: where each begins and which one a moment falls in.
struct SliceGrid {
    static let microsecondsPerDay: Int64 = 86_400_000_000
    static let microsecondsPerMinute: Int64 = 60_000_000
    static let microsecondsPerHour: Int64 = 3_600_000_000

    let days: Int64
    let slicesPerDay: Int64
    private let hourOffsets: [Int64]
    private let widths: [Int64]
    let count: Int

    init(_ clock: SimulationClock) {
        days = Int64(clock.days)
        widths = clock.secondsPerSlice.map { Int64($0) * 1_000_000 }
        var offsets: [Int64] = [0]
        for width in widths { offsets.append(offsets[offsets.count - 1] + Self.microsecondsPerHour / width) }
        hourOffsets = offsets
        slicesPerDay = offsets[24]
        count = Int(days * slicesPerDay) + max(1, clock.drainDays) * 24
    }

    /// The slice a moment falls in; moments past the grid fall in the last one.
    func slice(of time: Int64) -> Int {
        let day = time / Self.microsecondsPerDay
        let rest = time - day * Self.microsecondsPerDay
        let hour = rest / Self.microsecondsPerHour
        if day >= days { return min(count - 1, Int(days * slicesPerDay + (day - days) * 24 + hour)) }
        let within = rest - hour * Self.microsecondsPerHour
        return Int(day * slicesPerDay + hourOffsets[Int(hour)] + within / widths[Int(hour)])
    }

    /// The first moment of a slice; of the one past the last, a moment that never comes.
    func start(of slice: Int) -> Int64 {
        if slice >= count { return .max }
        let s = Int64(slice)
        let ordered = days * slicesPerDay
        if s >= ordered { return days * Self.microsecondsPerDay + (s - ordered) * Self.microsecondsPerHour }
        let day = s / slicesPerDay
        let rest = s - day * slicesPerDay
        var hour = 0
        while hour < 23 && hourOffsets[hour + 1] <= rest { hour += 1 }
        return day * Self.microsecondsPerDay + Int64(hour) * Self.microsecondsPerHour
            + (rest - hourOffsets[hour]) * widths[hour]
    }
}
