/// Servers in parallel with one first-in-first-out queue, at each of several places, solved by the recursion of
/// Kiefer and Wolfowitz (1955): a job starts when the earliest free server is free, not before it arrives, and
/// only within the shift; a job begun is finished.
struct Stations: ~Copyable {
    let placeCount: Int
    private let offsets: FixedColumn<Int32>
    /// For each place a binary heap of the moments its servers are free.
    private let free: FixedColumn<Int64>
    /// Servers of each place that are in its heap; the others have not worked yet. A place begins with one where it
    /// grows, else with all.
    private let used: FixedColumn<Int32>
    /// Shift of each place within a day, microseconds; equal ends mean round the clock.
    private let opens: FixedColumn<Int64>
    private let closes: FixedColumn<Int64>

    /// - Parameters:
    ///   - servers, opens, closes: servers and shift (seconds after midnight) of each place.
    ///   - grows: servers are called up one by one as they are needed. The moments jobs begin are the same, and a
    ///     place of a million servers is as quick as the few that work.
    init(servers: [Int], opens: [Int32], closes: [Int32], grows: Bool = false) {
        placeCount = servers.count
        var offsets: [Int32] = [0]
        for number in servers { offsets.append(offsets[offsets.count - 1] + Int32(max(1, number))) }
        self.offsets = FixedColumn(offsets)
        free = FixedColumn(repeating: 0, count: Int(offsets[offsets.count - 1]))
        used = FixedColumn(servers.map { grows ? 1 : Int32(max(1, $0)) })
        self.opens = FixedColumn(opens.map { Int64($0) * 1_000_000 })
        self.closes = FixedColumn(closes.map { Int64($0) * 1_000_000 })
    }

    /// The moment the earliest server of a place is free.
    @inline(__always)
    func earliest(_ place: Int) -> Int64 { hasUnused(place) ? 0 : free[Int(offsets[place])] }

    @inline(__always)
    private func hasUnused(_ place: Int) -> Bool { used[place] < offsets[place + 1] - offsets[place] }

    /// The first moment in the shift, at or after `time`.
    @inline(__always)
    func inShift(_ place: Int, _ time: Int64) -> Int64 {
        let (opening, closing) = (opens[place], closes[place])
        if opening == closing { return time }
        let midnight = time - time % SliceGrid.microsecondsPerDay
        let clock = time - midnight
        if clock < opening { return midnight + opening }
        if clock < closing { return time }
        return midnight + SliceGrid.microsecondsPerDay + opening
    }

    @inline(__always)
    func isOpen(_ place: Int, _ time: Int64) -> Bool { inShift(place, time) == time }

    /// Serves a job: jobs of a place must come in order of arrival. Returns when it starts; it ends `service` later.
    @inline(__always)
    func serve(_ place: Int, arrival: Int64, service: Int64) -> Int64 {
        let base = Int(offsets[place])
        if free[base] > arrival && hasUnused(place) { return callUp(place, arrival: arrival, service: service) }
        let servers = Int(used[place])
        let start = inShift(place, max(arrival, free[base]))
        let end = start + service
        // The earliest server takes the job: replace the root and sift down.
        var hole = 0
        while true {
            var child = 2 * hole + 1
            if child >= servers { break }
            if child + 1 < servers && free[base + child + 1] < free[base + child] { child += 1 }
            if free[base + child] >= end { break }
            free[base + hole] = free[base + child]
            hole = child
        }
        free[base + hole] = end
        return start
    }

    /// A server that has not worked yet takes the job.
    private func callUp(_ place: Int, arrival: Int64, service: Int64) -> Int64 {
        let base = Int(offsets[place])
        let start = inShift(place, arrival)
        var hole = Int(used[place])
        used[place] += 1
        while hole > 0 {
            let parent = (hole - 1) / 2
            if free[base + parent] <= start + service { break }
            free[base + hole] = free[base + parent]
            hole = parent
        }
        free[base + hole] = start + service
        return start
    }

    /// Takes the servers of other stations over at a moment: of fewer, those who are free first go; more begin at once.
    func takeOver(_ others: borrowing Stations, at now: Int64) {
        for place in 0..<placeCount {
            let mine = Int(offsets[place])..<Int(offsets[place + 1])
            var moments = (Int(others.offsets[place])..<Int(others.offsets[place + 1])).map { others.free[$0] }
            moments.sort(by: >)
            moments += Array(repeating: now, count: max(0, mine.count - moments.count))
            // Ascending moments are a heap.
            for (server, moment) in zip(mine, moments.prefix(mine.count).sorted()) { free[server] = moment }
        }
    }

    func code(_ codec: inout StateCodec) throws(CheckpointError) {
        try codec.code(free)
        try codec.code(used)
    }
}
