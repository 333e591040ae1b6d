/// The best choice of sites when each has a price of its own: all that are fixed open, then the cheapest free ones, up
/// to the minimum number of sites whatever they cost, up to the maximum while their price is negative.
struct SiteSelection {
    let minimum: Int
    let maximum: Int
    /// Sites chosen: those fixed open first.
    private(set) var chosen: [Int32] = []
    private(set) var isChosen: [Bool]
    /// The dearest free site chosen and the cheapest one left out.
    private var dearest: Int?
    private var next: Int?
    private var order: [Int32] = []

    init(siteCount: Int, minimum: Int, maximum: Int) {
        self.minimum = minimum
        self.maximum = maximum
        isChosen = [Bool](repeating: false, count: siteCount)
    }

    /// Chooses by `prices`; `state` by site: 0 free, 1 open, -1 closed. Returns the sum of the prices chosen, infinite
    /// when no choice has a valid number of sites.
    mutating func choose(_ prices: [Double], state: [Int8]) -> Double {
        for j in chosen { isChosen[Int(j)] = false }
        chosen.removeAll(keepingCapacity: true)
        order.removeAll(keepingCapacity: true)
        (dearest, next) = (nil, nil)
        var (sum, negative) = (0.0, 0)
        for j in state.indices where state[j] >= 0 {
            if state[j] > 0 {
                sum += prices[j]
                chosen.append(Int32(j))
            } else {
                order.append(Int32(j))
                if prices[j] < 0 { negative += 1 }
            }
        }
        let fixed = chosen.count
        if fixed > maximum || fixed + order.count < minimum { return .infinity }
        let wanted = min(max(negative, minimum - fixed), maximum - fixed)
        partition(wanted, by: prices)
        for j in order[..<wanted] {
            sum += prices[Int(j)]
            chosen.append(j)
            if dearest.map({ prices[Int(j)] > prices[$0] }) ?? true { dearest = Int(j) }
        }
        for j in order[wanted...] where next.map({ prices[Int(j)] < prices[$0] }) ?? true { next = Int(j) }
        for j in chosen { isChosen[Int(j)] = true }
        return sum
    }

    /// By how much the sum rises when free site `j` is forced the other way: open when the choice leaves it out,
    /// closed when the choice has it.
    func rise(forcing j: Int, _ prices: [Double]) -> Double {
        if isChosen[j] {
            // Closing j lets in the next site where the minimum needs one, or where the maximum had kept one out.
            let mustReplace = chosen.count <= minimum
            guard let next else { return mustReplace ? .infinity : -prices[j] }
            let replaces = mustReplace || (prices[next] < 0 && chosen.count >= maximum)
            return (replaces ? prices[next] : 0) - prices[j]
        }
        // Opening j pushes out the dearest chosen free site when the number of sites is full, or when that site was
        // only there to reach the minimum.
        let isFull = chosen.count >= maximum
        guard let dearest else { return isFull ? .infinity : prices[j] }
        return prices[j] - (isFull || prices[dearest] > 0 ? prices[dearest] : 0)
    }

    /// Puts the `count` sites of smallest price first in `order`, in no order among themselves (Hoare's
    /// selection; equal costs go by number, so that the choice is one and the same everywhere).
    private mutating func partition(_ count: Int, by prices: [Double]) {
        guard count > 0, count < order.count else { return }
        func less(_ a: Int32, _ b: Int32) -> Bool {
            let (x, y) = (prices[Int(a)], prices[Int(b)])
            return x != y ? x < y : a < b
        }
        var (low, high) = (0, order.count - 1)
        while low < high {
            let pivot = order[low + (high - low) / 2]
            var (i, j) = (low, high)
            while i <= j {
                while less(order[i], pivot) { i += 1 }
                while less(pivot, order[j]) { j -= 1 }
                if i <= j {
                    order.swapAt(i, j)
                    i += 1
                    j -= 1
                }
            }
            if count - 1 <= j { high = j } else if count - 1 >= i { low = i } else { return }
        }
    }
}
