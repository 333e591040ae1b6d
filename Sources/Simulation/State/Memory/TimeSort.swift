/// What is sorted by time, and by something of its own where times are equal.
protocol TimeOrdered: BitwiseCopyable {
    var time: Int64 { get }
    static func precedes(_ a: Self, _ b: Self) -> Bool
    /// What orders records of one moment, in bytes, the last that counts first.
    static var digits: Int { get }
    func digit(_ place: Int) -> Int
}

/// Sorts records by time, then as they say: first into as many equal stretches of time as there are records, then
/// within each stretch. Records spread over the slice cost a constant each; so do many of one moment, sorted byte by
/// byte.
struct TimeSort<Record: TimeOrdered>: ~Copyable {
    private var starts = GrowingColumn<Int32>(capacity: 1 << 12)
    private var sorted = GrowingColumn<Record>(capacity: 1 << 12)
    private var other = GrowingColumn<Record>()
    private let counts = FixedColumn<Int32>(repeating: 0, count: 256)

    mutating func sort(_ due: inout GrowingColumn<Record>) {
        let count = due.count
        if count < 32 {
            due.sort(by: Record.precedes)
            return
        }
        var (first, last) = (due[0].time, due[0].time)
        for index in 0..<count {
            first = min(first, due[index].time)
            last = max(last, due[index].time)
        }
        let width = UInt64(last - first)
        // Stretches are powers of two wide: a shift finds a record's.
        var shift = 0
        while Int(width >> UInt64(shift)) >= 2 * count { shift += 1 }
        let stretches = Int(width >> UInt64(shift)) + 1
        starts.removeAll()
        _ = starts.extend(by: stretches + 1)
        for stretch in 0...stretches { starts[stretch] = 0 }
        for index in 0..<count { starts[Int(UInt64(due[index].time - first) >> UInt64(shift)) + 1] += 1 }
        for stretch in 0..<stretches { starts[stretch + 1] += starts[stretch] }
        sorted.removeAll()
        _ = sorted.extend(by: count)
        for index in 0..<count {
            let stretch = Int(UInt64(due[index].time - first) >> UInt64(shift))
            sorted[Int(starts[stretch])] = due[index]
            starts[stretch] += 1
        }
        // Each start has moved to the start of the next stretch.
        var begin = 0
        for stretch in 0..<stretches {
            let end = Int(starts[stretch])
            if end - begin > 1 { sortStretch(begin, end, after: first, bits: shift) }
            begin = end
        }
        swap(&due, &sorted)
    }

    /// A few records by insertion, more by the library's sort, many byte by byte.
    ///
    /// - Parameter bits: of the time since `first`, in which they may differ.
    @inline(__always)
    private mutating func sortStretch(_ begin: Int, _ end: Int, after first: Int64, bits: Int) {
        if end - begin > 512 { return sortByDigits(begin, end, after: first, bits: bits) }
        if end - begin > 24 {
            sorted.sort(begin..<end, by: Record.precedes)
            return
        }
        for index in (begin + 1)..<end {
            let record = sorted[index]
            var hole = index
            while hole > begin && Record.precedes(record, sorted[hole - 1]) {
                sorted[hole] = sorted[hole - 1]
                hole -= 1
            }
            sorted[hole] = record
        }
    }

    /// Sorts by the last byte first; each pass keeps the order of the ones before (Knuth, volume 3, 5.2.5). Bytes that
    /// are the same in all records cost a look.
    private mutating func sortByDigits(_ begin: Int, _ end: Int, after first: Int64, bits: Int) {
        other.removeAll()
        _ = other.extend(by: end - begin)
        var from = sorted.base + begin
        var to = other.base
        let count = end - begin
        for place in 0..<Record.digits + (bits + 7) / 8 {
            let shift = UInt64(8 * max(0, place - Record.digits))
            func digit(_ record: Record) -> Int {
                place < Record.digits ? record.digit(place) : Int(UInt64(record.time - first) >> shift & 255)
            }
            counts.fill(with: 0)
            for index in 0..<count { counts[digit(from[index])] += 1 }
            if Int(counts[digit(from[0])]) == count { continue }
            var start: Int32 = 0
            for value in 0..<256 { (counts[value], start) = (start, start + counts[value]) }
            for index in 0..<count {
                let value = digit(from[index])
                to[Int(counts[value])] = from[index]
                counts[value] += 1
            }
            swap(&from, &to)
        }
        if from != sorted.base + begin { (sorted.base + begin).update(from: from, count: count) }
    }
}
