/// The counter-based generator Philox 4x32 with ten rounds.
///
/// A block is a pure function of key and counter: nothing is carried from one draw to the next, so any draw
/// can be made at any time, on any thread, in any order, and is always the same number.
///
/// Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
public enum Philox4x32 {
    /// Four 32-bit words, used both as counter and as result.
    public typealias Words = (UInt32, UInt32, UInt32, UInt32)

    /// The block of four random words that belongs to a key and a counter.
    @inlinable
    @inline(__always)
    public static func block(key: (UInt32, UInt32), counter: Words) -> Words {
        var (k0, k1) = key
        var (c0, c1, c2, c3) = counter
        // Each round multiplies two words and swaps the halves; the key advances by two odd constants (the
        // golden ratio and the square root of three minus one, in 32 bits).
        for _ in 0..<10 {
            let first = UInt64(c0) &* 0xD251_1F53
            let second = UInt64(c2) &* 0xCD9E_8D57
            (c0, c1, c2, c3) = (
                UInt32(truncatingIfNeeded: second &>> 32) ^ c1 ^ k0,
                UInt32(truncatingIfNeeded: second),
                UInt32(truncatingIfNeeded: first &>> 32) ^ c3 ^ k1,
                UInt32(truncatingIfNeeded: first)
            )
            k0 &+= 0x9E37_79B9
            k1 &+= 0xBB67_AE85
        }
        return (c0, c1, c2, c3)
    }
}
