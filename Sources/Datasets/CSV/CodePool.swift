#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Codes met in a file and their numbers, without a `String` per lookup: an open-addressing table over byte slices.
struct CodePool {
    private var arena: [UInt8] = []
    private var ends: [Int] = []
    private var hashes: [UInt64] = []
    /// Position + 1 of the code in each slot; 0 is free. A power of two long, at most half full.
    private var slots: [Int32] = [Int32](repeating: 0, count: 64)
    /// The file that lists these codes could not be read whole: a code that is not here may stand in the rest of it.
    var isPartial = false

    init() {}
    init(_ codes: some Sequence<String>) { for code in codes { _ = insert(code) } }

    var count: Int { ends.count }

    func text(_ position: Int) -> String {
        String(decoding: bytes(position), as: UTF8.self)
    }

    func bytes(_ position: Int) -> ArraySlice<UInt8> {
        arena[(position == 0 ? 0 : ends[position - 1])..<ends[position]]
    }

    var texts: [String] { ends.indices.map(text) }

    @inline(__always)
    func find(_ bytes: UnsafeRawBufferPointer) -> Int32? {
        let hash = Self.hash(bytes)
        let found = slots[slot(bytes, hash)]
        return found == 0 ? nil : found - 1
    }

    func find(_ code: String) -> Int32? {
        var code = code
        return code.withUTF8 { find(UnsafeRawBufferPointer($0)) }
    }

    /// The number of a code, new or not.
    @inline(__always)
    mutating func insert(_ bytes: UnsafeRawBufferPointer) -> (position: Int32, isNew: Bool) {
        let hash = Self.hash(bytes)
        let at = slot(bytes, hash)
        if slots[at] != 0 { return (slots[at] - 1, false) }
        return (add(bytes, hash, at), true)
    }

    mutating func insert(_ code: String) -> (position: Int32, isNew: Bool) {
        var code = code
        return code.withUTF8 { insert(UnsafeRawBufferPointer($0)) }
    }

    private mutating func add(_ bytes: UnsafeRawBufferPointer, _ hash: UInt64, _ slot: Int) -> Int32 {
        arena.append(contentsOf: bytes)
        ends.append(arena.count)
        hashes.append(hash)
        slots[slot] = Int32(ends.count)
        if ends.count * 2 > slots.count { grow() }
        return Int32(ends.count - 1)
    }

    private mutating func grow() {
        slots = [Int32](repeating: 0, count: slots.count * 2)
        let mask = slots.count - 1
        for position in ends.indices {
            var at = Int(truncatingIfNeeded: hashes[position]) & mask
            while slots[at] != 0 { at = (at + 1) & mask }
            slots[at] = Int32(position + 1)
        }
    }

    /// The slot that holds the code, or the free slot it would take.
    @inline(__always)
    private func slot(_ bytes: UnsafeRawBufferPointer, _ hash: UInt64) -> Int {
        let mask = slots.count - 1
        var at = Int(truncatingIfNeeded: hash) & mask
        while true {
            let found = Int(slots[at])
            if found == 0 || hashes[found - 1] == hash && equal(found - 1, bytes) { return at }
            at = (at + 1) & mask
        }
    }

    @inline(__always)
    private func equal(_ position: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
        let start = position == 0 ? 0 : ends[position - 1]
        guard ends[position] - start == bytes.count else { return false }
        guard let base = bytes.baseAddress, bytes.count > 0 else { return true }
        return arena.withUnsafeBytes { arena in
            guard let own = arena.baseAddress else { return false }
            return memcmp(own + start, base, bytes.count) == 0
        }
    }

    /// Eight bytes at a time, multiplied to 128 bits and folded.
    @inline(__always)
    private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(bytes.count)
        var at = 0
        while at + 8 <= bytes.count {
            hash = fold(hash, bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            at += 8
        }
        var tail: UInt64 = 0
        while at < bytes.count {
            tail = tail << 8 | UInt64(bytes[at])
            at += 1
        }
        return fold(hash, tail)
    }

    @inline(__always)
    private static func fold(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
        return product.high ^ product.low &+ hash
    }
}

/// Numbers of 64-bit keys in order of first appearance.
struct KeyPool {
    private(set) var keys: [UInt64] = []
    private var slots: [Int32] = [Int32](repeating: 0, count: 64)

    @inline(__always)
    mutating func insert(_ key: UInt64) -> Int32 {
        let mask = slots.count - 1
        var at = Self.start(key) & mask
        while slots[at] != 0 {
            let found = slots[at] - 1
            if keys[Int(found)] == key { return found }
            at = (at + 1) & mask
        }
        keys.append(key)
        slots[at] = Int32(keys.count)
        if keys.count * 2 > slots.count { grow() }
        return Int32(keys.count - 1)
    }

    private mutating func grow() {
        slots = [Int32](repeating: 0, count: slots.count * 2)
        let mask = slots.count - 1
        for (position, key) in keys.enumerated() {
            var at = Self.start(key) & mask
            while slots[at] != 0 { at = (at + 1) & mask }
            slots[at] = Int32(position + 1)
        }
    }

    @inline(__always)
    private static func start(_ key: UInt64) -> Int {
        // All bits of the key must reach the low bits of the slot: packed keys differ in few, far apart.
        let product = key.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return Int(truncatingIfNeeded: product.high ^ product.low >> 32)
    }
}
