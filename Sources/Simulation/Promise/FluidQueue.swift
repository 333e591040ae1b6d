/// A queue seen as a fluid: work arrives and is done minute by minute, and what arrives at a minute is begun when all
/// work before it is done. Right for the mean where the work of a minute is many jobs; it knows no waiting by chance.
enum FluidQueue {
    /// Minutes until what arrives at each minute is begun; infinite where that is beyond the last minute of `capacity`.
    ///
    /// - Parameters:
    ///   - work: what arrives in each minute, seconds of work.
    ///   - capacity: seconds of work that can be done in each minute; as many minutes or more.
    static func waits(work: [Double], capacity: [Double]) -> [Double] {
        var backlog = 0.0
        return work.indices.map { at in
            var (left, minute) = (backlog, at)
            while minute < capacity.count, capacity[minute] <= left {
                left -= capacity[minute]
                minute += 1
            }
            backlog = max(0, backlog + work[at] - capacity[at])
            return minute < capacity.count ? Double(minute - at) + left / capacity[minute] : .infinity
        }
    }
}
