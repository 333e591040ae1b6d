import Retail

/// Events in exact order of time over the timing wheel: what comes due within the slice being processed waits in a
/// small heap beside it, so that nothing is put off to the next slice. For models whose jobs come back.
struct EventLoop: ~Copyable {
    private var wheel: EventWheel
    private var due = GrowingColumn<Event>(capacity: 256)
    private var taken = 0
    /// Events added to the slice being processed: a binary heap.
    private var soon = GrowingColumn<Event>(capacity: 64)
    private var slice = -1
    private var sliceEnd: Int64 = 0

    /// - Parameter end: the last moment events are spread over; later ones wait together in the last slice.
    init(end: Int64) {
        let days = Int(end / SliceGrid.microsecondsPerDay) + 1
        wheel = EventWheel(
            grid: SliceGrid(
                SimulationClock(
                    start: Day(number: 0), days: days, secondsPerSlice: [Int32](repeating: 3_600, count: 24),
                    drainDays: 1)))
    }

    mutating func add(_ event: Event) {
        guard event.time < sliceEnd else { return wheel.add(event) }
        soon.append(event)
        var place = soon.count - 1
        while place > 0 {
            let parent = (place - 1) / 2
            guard Event.precedes(soon[place], soon[parent]) else { break }
            let event = soon[place]
            soon[place] = soon[parent]
            soon[parent] = event
            place = parent
        }
    }

    /// Takes the earliest event due at or before `limit`; nil when there is none.
    mutating func next(through limit: Int64) -> Event? {
        while true {
            let isLeft = taken < due.count
            if isLeft || soon.count > 0 {
                let fromHeap = soon.count > 0 && (!isLeft || Event.precedes(soon[0], due[taken]))
                let event = fromHeap ? soon[0] : due[taken]
                guard event.time <= limit else { return nil }
                if fromHeap { removeFirst() } else { taken += 1 }
                return event
            }
            guard sliceEnd <= limit, sliceEnd < .max, wheel.pending > 0 || limit < .max else { return nil }
            slice += 1
            sliceEnd = wheel.grid.start(of: slice + 1)
            due.removeAll()
            taken = 0
            wheel.take(slice, into: &due)
            if due.count > 1 { due.sort(by: Event.precedes) }
        }
    }

    private mutating func removeFirst() {
        let last = soon.removeLast()
        guard soon.count > 0 else { return }
        var place = 0
        while true {
            var child = 2 * place + 1
            if child >= soon.count { break }
            if child + 1 < soon.count && Event.precedes(soon[child + 1], soon[child]) { child += 1 }
            if !Event.precedes(soon[child], last) { break }
            soon[place] = soon[child]
            place = child
        }
        soon[place] = last
    }
}
