/// Counts by 64-bit key in one open-addressed table: how often a buyer has used a coupon. Keys are hashes already.
struct CountTable: ~Copyable {
    private var keys: FixedColumn<UInt64>
    private var counts: FixedColumn<Int32>
    private var used = 0

    init() {
        keys = FixedColumn(repeating: 0, count: 256)
        counts = FixedColumn(repeating: 0, count: 256)
    }

    func count(_ key: UInt64) -> Int32 {
        let place = place(of: key)
        return keys[place] == 0 ? 0 : counts[place]
    }

    mutating func add(_ change: Int32, to key: UInt64) {
        var place = place(of: key)
        if keys[place] == 0 {
            if used * 2 >= keys.count {
                grow()
                place = self.place(of: key)
            }
            keys[place] = max(1, key)
            used += 1
        }
        counts[place] += change
    }

    @inline(__always)
    private func place(of key: UInt64) -> Int {
        let (key, mask) = (max(1, key), keys.count - 1)
        var place = Int(truncatingIfNeeded: key ^ key >> 32) & mask
        while keys[place] != 0 && keys[place] != key { place = (place + 1) & mask }
        return place
    }

    mutating func code(_ codec: inout StateCodec) throws(CheckpointError) {
        let size = try codec.size(keys.count)
        if size != keys.count {
            keys = FixedColumn(repeating: 0, count: size)
            counts = FixedColumn(repeating: 0, count: size)
        }
        try codec.code(keys)
        try codec.code(counts)
        try codec.code(&used)
    }

    private mutating func grow() {
        let old = FixedColumn(keys.array)
        let values = FixedColumn(counts.array)
        keys = FixedColumn(repeating: 0, count: old.count * 2)
        counts = FixedColumn(repeating: 0, count: old.count * 2)
        for index in 0..<old.count where old[index] != 0 {
            let place = place(of: old[index])
            keys[place] = old[index]
            counts[place] = values[index]
        }
    }
}

/// An order that waits for others of its buyer.
struct WaitingOrder: BitwiseCopyable {
    /// Of buyer and channel; 0 is an empty place.
    var key: UInt64 = 0
    var id: UInt64 = 0
    var until: Int64 = 0
    var slot: Int32 = -1
}

/// The orders that wait to be merged, one for each buyer and channel: open addressing; what waits no more is dropped
/// when the table is full.
struct WaitingOrders: ~Copyable {
    private var places = FixedColumn<WaitingOrder>(repeating: WaitingOrder(), count: 256)
    private var used = 0

    /// The order of this key that waits at a moment; its slot may have been given to another order since.
    func find(_ key: UInt64, at now: Int64) -> WaitingOrder? {
        let found = places[place(of: key)]
        return found.key != 0 && found.until >= now ? found : nil
    }

    mutating func put(_ order: WaitingOrder, at now: Int64) {
        var order = order
        order.key = max(1, order.key)
        var place = place(of: order.key)
        if places[place].key == 0 {
            if used * 2 >= places.count {
                rebuild(at: now)
                place = self.place(of: order.key)
            }
            used += 1
        }
        places[place] = order
    }

    @inline(__always)
    private func place(of key: UInt64) -> Int {
        let (key, mask) = (max(1, key), places.count - 1)
        var place = Int(truncatingIfNeeded: key ^ key >> 32) & mask
        while places[place].key != 0 && places[place].key != key { place = (place + 1) & mask }
        return place
    }

    mutating func code(_ codec: inout StateCodec) throws(CheckpointError) {
        let size = try codec.size(places.count)
        if size != places.count { places = FixedColumn(repeating: WaitingOrder(), count: size) }
        try codec.code(places)
        try codec.code(&used)
    }

    private mutating func rebuild(at now: Int64) {
        let old = FixedColumn(places.array)
        var live = 0
        for index in 0..<old.count where old[index].key != 0 && old[index].until >= now { live += 1 }
        var size = 256
        while size < live * 4 + 4 { size *= 2 }
        places = FixedColumn(repeating: WaitingOrder(), count: size)
        used = live
        for index in 0..<old.count where old[index].key != 0 && old[index].until >= now {
            places[place(of: old[index].key)] = old[index]
        }
    }
}
