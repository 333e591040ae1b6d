/// What is sorted by time, and by something of its own where times are equal.
protocol TimeOrdered: BitwiseCopyable {
    var time: Int64 { get }
    static func precedes(_ a: Self, _ b: Self) -> Bool
}

/// Sorts records by time, then as they say: first into as many equal stretches of time as there are records, then
/// within each stretch. Records spread over the slice cost a constant each; those of one moment are sorted by
/// comparison.
struct TimeSort<Record: TimeOrdered>: ~Copyable {
    private var starts = GrowingColumn<Int32>(capacity: 1 << 12)
    private var sorted = GrowingColumn<Record>(capacity: 1 << 12)

    /// - Parameter start: records before this place stay where they are.
    mutating func sort(_ due: inout GrowingColumn<Record>, from start: Int = 0) {
        let count = due.count - start
        if count < 32 {
            due.sort(from: start, by: Record.precedes)
            return
        }
        var (first, last) = (due[start].time, due[start].time)
        for index in start..<due.count {
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
        for index in start..<due.count { starts[Int(UInt64(due[index].time - first) >> UInt64(shift)) + 1] += 1 }
        for stretch in 0..<stretches { starts[stretch + 1] += starts[stretch] }
        sorted.removeAll()
        _ = sorted.extend(by: count)
        for index in start..<due.count {
            let stretch = Int(UInt64(due[index].time - first) >> UInt64(shift))
            sorted[Int(starts[stretch])] = due[index]
            starts[stretch] += 1
        }
        // Each start has moved to the start of the next stretch.
        var begin = 0
        for stretch in 0..<stretches {
            let end = Int(starts[stretch])
            if end - begin > 1 { sortStretch(begin, end) }
            begin = end
        }
        if start == 0 {
            swap(&due, &sorted)
        } else {
            for index in 0..<count { due[start + index] = sorted[index] }
        }
    }

    /// A few records by insertion, many by the library's sort.
    @inline(__always)
    private mutating func sortStretch(_ begin: Int, _ end: Int) {
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
}
