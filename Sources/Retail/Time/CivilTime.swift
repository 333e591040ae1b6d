/// A moment on the wall clock of a data set's zone, to the second, before it is placed in a scenario.
@frozen public struct CivilTime: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// Seconds since 1970-01-01 00:00 on the wall clock.
    public var seconds: Int64
    @inlinable public init(seconds: Int64) { self.seconds = seconds }
    public init(_ day: Day, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        seconds = Int64(day.number) * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
    }

    /// Parses `2011-11-28`, `2011-11-28T09:30` or `2011-11-28 09:30:15`; nil for anything else.
    public init?(iso text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10 || bytes.count == 16 || bytes.count == 19 else { return nil }
        guard let day = Day(iso: String(decoding: bytes[0..<10], as: UTF8.self)) else { return nil }
        var clock = [0, 0, 0]
        if bytes.count > 10 {
            guard bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " ") else { return nil }
            for (field, at) in stride(from: 11, to: bytes.count, by: 3).enumerated() {
                if field > 0, bytes[at - 1] != UInt8(ascii: ":") { return nil }
                let (tens, ones) = (bytes[at] &- 48, bytes[at + 1] &- 48)
                guard tens < 10, ones < 10 else { return nil }
                clock[field] = Int(tens) * 10 + Int(ones)
            }
        }
        guard clock[0] < 24, clock[1] < 60, clock[2] < 60 else { return nil }
        self.init(day, hour: clock[0], minute: clock[1], second: clock[2])
    }

    public var day: Day { Day(number: Int32((seconds - timeOfDay) / 86_400)) }
    /// Seconds since midnight.
    public var timeOfDay: Int64 { ((seconds % 86_400) + 86_400) % 86_400 }

    /// This moment in a scenario that starts at the midnight of `start`.
    public func instant(from start: Day) -> Instant { Instant(seconds: seconds - Int64(start.number) * 86_400) }

    /// `2011-11-28T09:30:15`.
    public var description: String {
        let clock = [timeOfDay / 3_600, timeOfDay / 60 % 60, timeOfDay % 60].map { ($0 < 10 ? "0" : "") + String($0) }
        return "\(day)T\(clock.joined(separator: ":"))"
    }

    @inlinable public static func < (a: Self, b: Self) -> Bool { a.seconds < b.seconds }
}
