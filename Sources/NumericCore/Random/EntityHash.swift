/// The random entity of a code: a 64-bit hash that is the same on every machine and in every run.
///
/// FNV-1a over the code's UTF-8 bytes, followed by `mixed64` so that codes that differ in their last character
/// differ in half of all bits. Not for adversaries: it spreads codes, it does not protect against chosen ones.
public func entityHash(_ code: some StringProtocol) -> UInt64 {
    mixed64(fnv1a(code.utf8))
}

/// A hash of a pair, for entities made of two parts (SKU and node, SKU and day). The order of the parts counts,
/// and for a fixed first part different second parts never collide (nor the other way round).
@inlinable
public func combine(_ first: UInt64, _ second: UInt64) -> UInt64 {
    mixed64(first ^ mixed64(second &+ 0x9E37_79B9_7F4A_7C15))
}

/// A bijection of 64-bit numbers in which each input bit changes each output bit with probability near one half.
///
/// Source: Stafford's variant 13 of the 64-bit finaliser of MurmurHash3, as used by Steele, Lea and Flood,
/// "Fast splittable pseudorandom number generators", 2014.
@inlinable
public func mixed64(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ z &>> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z &>> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z &>> 31
}

/// The 64-bit FNV-1a hash of some bytes (Fowler, Noll and Vo, 1991).
@inlinable
public func fnv1a(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return hash
}
