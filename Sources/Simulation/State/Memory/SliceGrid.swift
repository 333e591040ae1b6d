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
    /// The longest slice, and where the last one begins.
    private let longest: Int64
    private let lastStart: Int64

    init(_ clock: SimulationClock) {
        days = Int64(clock.days)
        widths = clock.secondsPerSlice.map { Int64($0) * 1_000_000 }
        var offsets: [Int64] = [0]
        for width in widths { offsets.append(offsets[offsets.count - 1] + Self.microsecondsPerHour / width) }
        hourOffsets = offsets
        slicesPerDay = offsets[24]
        count = Int(days * slicesPerDay) + max(1, clock.drainDays) * 24
        longest = Self.microsecondsPerHour
        let drainHours = Int64(max(1, clock.drainDays)) * 24
        lastStart = days * Self.microsecondsPerDay + (drainHours - 1) * Self.microsecondsPerHour
    }

    /// The slice a moment falls in; moments past the grid fall in the last one.
    @inline(__always)
    func slice(of time: Int64) -> Int {
        let day = time / Self.microsecondsPerDay
        let rest = time - day * Self.microsecondsPerDay
        let hour = rest / Self.microsecondsPerHour
        if day >= days { return min(count - 1, Int(days * slicesPerDay + (day - days) * 24 + hour)) }
        let within = rest - hour * Self.microsecondsPerHour
        return Int(day * slicesPerDay + hourOffsets[Int(hour)])
            // Both are below an hour of microseconds, which 32 bits hold.
            + Int(UInt32(within) / UInt32(widths[Int(hour)]))
    }

    /// What follows from something at a moment: at its own time, but not before the slice after the moment's begins. In
    /// the last slice, whose end never comes, at its own time.
    @inline(__always)
    func time(_ time: Int64, after moment: Int64) -> Int64 {
        if time - moment > longest || moment >= lastStart { return time }
        let hour = moment - moment % Self.microsecondsPerHour
        if moment >= days * Self.microsecondsPerDay { return max(time, hour + Self.microsecondsPerHour) }
        let width = widths[Int(hour % Self.microsecondsPerDay / Self.microsecondsPerHour)]
        return max(time, hour + (Int64(UInt32(moment - hour) / UInt32(width)) + 1) * width)
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
