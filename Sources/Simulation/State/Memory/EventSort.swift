/// Sorts a slice's records by (time, kind, id): first into as many equal stretches of time as there are records, then
/// within each stretch. Records spread over the slice cost a constant each; those of one moment are sorted by
/// comparison.
struct EventSort: ~Copyable {
    private var starts = GrowingColumn<Int32>(capacity: 1 << 12)
    private var sorted = GrowingColumn<Event>(capacity: 1 << 12)

    mutating func sort(_ due: inout GrowingColumn<Event>) {
        let count = due.count
        if count < 32 {
            due.sort(by: Event.precedes)
            return
        }
        var (first, last) = (due[0].time, due[0].time)
        for index in 1..<count {
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
            if end - begin > 1 { sortStretch(begin, end) }
            begin = end
        }
        swap(&due, &sorted)
    }

    /// A few records by insertion, many by the library's sort.
    @inline(__always)
    private mutating func sortStretch(_ begin: Int, _ end: Int) {
        if end - begin > 24 {
            sorted.sort(begin..<end, by: Event.precedes)
            return
        }
        for index in (begin + 1)..<end {
            let event = sorted[index]
            var hole = index
            while hole > begin && Event.precedes(event, sorted[hole - 1]) {
                sorted[hole] = sorted[hole - 1]
                hole -= 1
            }
            sorted[hole] = event
        }
    }
}
