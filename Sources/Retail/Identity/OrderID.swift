/// The name of an order: random entity, tie-break and trace id in one.
///
/// 64 bits: cell (channel x segment x region) 24 | second of the scenario 24 | ordinal within the cell-second 16.
/// It is never a running number: one more order in one cell leaves every other order's luck as it was.
@frozen public struct OrderID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    public var bits: UInt64
    @inlinable public init(bits: UInt64) { self.bits = bits }

    public static let maximumCell = (1 << 24) - 1
    public static let maximumSecond = (1 << 24) - 1
    public static let maximumOrdinal = (1 << 16) - 1

    /// Packs the three parts; nil when one of them does not fit its bits.
    @inlinable
    public init?(cell: Int, second: Int, ordinal: Int) {
        guard cell >= 0, cell < 1 << 24, second >= 0, second < 1 << 24, ordinal >= 0, ordinal < 1 << 16 else {
            return nil
        }
        bits = UInt64(cell) << 40 | UInt64(second) << 16 | UInt64(ordinal)
    }

    @inlinable public var cell: Int { Int(bits >> 40) }
    @inlinable public var second: Int { Int(bits >> 16 & 0xFF_FFFF) }
    @inlinable public var ordinal: Int { Int(bits & 0xFFFF) }
    @inlinable public static func < (a: Self, b: Self) -> Bool { a.bits < b.bits }

    /// `cell-second-ordinal` in decimal, as `granary trace` takes it.
    public var description: String { "\(cell)-\(second)-\(ordinal)" }

    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 3, let cell = parts[0], let second = parts[1], let ordinal = parts[2] else { return nil }
        self.init(cell: cell, second: second, ordinal: ordinal)
    }
}
