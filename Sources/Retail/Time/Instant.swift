/// A moment of a scenario: microseconds since the scenario's start. Spans are `Instant` differences too.
@frozen public struct Instant: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    public var microseconds: Int64
    @inlinable public init(microseconds: Int64) { self.microseconds = microseconds }
    @inlinable public init(seconds: Int64) { microseconds = seconds * 1_000_000 }

    public static let start = Instant(microseconds: 0)
    public static let second = Instant(seconds: 1)
    public static let minute = Instant(seconds: 60)
    public static let hour = Instant(seconds: 3_600)
    public static let day = Instant(seconds: 86_400)

    @inlinable public var seconds: Double { Double(microseconds) / 1e6 }
    @inlinable public static func < (a: Self, b: Self) -> Bool { a.microseconds < b.microseconds }
    @inlinable public static func + (a: Self, b: Self) -> Self {
        Instant(microseconds: a.microseconds + b.microseconds)
    }
    @inlinable public static func - (a: Self, b: Self) -> Self {
        Instant(microseconds: a.microseconds - b.microseconds)
    }
    @inlinable public static func * (a: Self, n: Int64) -> Self { Instant(microseconds: a.microseconds * n) }

    /// The scenario's day (0 is the first) this moment falls in.
    @inlinable public var dayNumber: Int { Int(microseconds / 86_400_000_000) }
    /// Microseconds since the midnight before.
    @inlinable public var timeOfDay: Instant { Instant(microseconds: microseconds % 86_400_000_000) }

    /// `2+13:05:09` is five past one in the afternoon of the third day.
    public var description: String {
        let total = microseconds / 1_000_000
        let clock = [total / 3_600 % 24, total / 60 % 60, total % 60].map { ($0 < 10 ? "0" : "") + String($0) }
        return "\(total / 86_400)+\(clock.joined(separator: ":"))"
    }
}
