/// The most valuable set that fits a room: exact by depth-first search over items in order of value for room (Horowitz
/// and Sahni, 1974), or, when that takes too many steps, the bound of the continuous knapsack (Dantzig, 1957).
struct Knapsack {
    /// No set that fits is worth more.
    private(set) var bound = 0.0
    /// A set that fits; the best there is unless the search was cut off.
    private(set) var chosen: [Int32] = []

    /// - Parameter items: value and size, both positive.
    init(_ items: [(value: Double, size: Double, item: Int32)], room: Double, limit: Int = 2_000) {
        let load = items.reduce(0) { $0 + $1.size }
        guard load > room else {
            bound = items.reduce(0) { $0 + $1.value }
            chosen = items.map(\.item)
            return
        }
        let order = items.sorted { ($0.value * $1.size, $1.item) > ($1.value * $0.size, $0.item) }
        let n = order.count
        func relaxed(from k: Int, _ room: Double) -> Double {
            var (value, room) = (0.0, room)
            for item in order[k...] {
                if item.size > room { return value + item.value * (room / item.size) }
                value += item.value
                room -= item.size
            }
            return value
        }
        var (best, value, left) = (-1.0, 0.0, room)
        var taken: [Int] = []
        var bestTaken: [Int] = []
        var (k, steps) = (0, 0)
        let slack = 1e-12 * max(1, load)
        while true {
            // Forward: what fits goes in, while the bound leaves hope.
            steps += 1
            while k < n, order[k].size <= left + slack {
                taken.append(k)
                value += order[k].value
                left -= order[k].size
                k += 1
            }
            if value > best { (best, bestTaken) = (value, taken) }
            if steps > limit { break }
            if k < n, value + relaxed(from: k, left) > best + 1e-12 * max(1, best) {
                // The item that does not fit is left out.
                k += 1
                continue
            }
            guard let last = taken.popLast() else { break }
            value -= order[last].value
            left += order[last].size
            k = last + 1
            while value + relaxed(from: k, left) <= best + 1e-12 * max(1, best), let before = taken.popLast() {
                value -= order[before].value
                left += order[before].size
                k = before + 1
            }
            if taken.isEmpty, value + relaxed(from: k, left) <= best + 1e-12 * max(1, best) { break }
        }
        chosen = bestTaken.map { order[$0].item }
        bound = steps > limit ? relaxed(from: 0, room) : best + 1e-12 * max(1, best)
    }
}
