/// The best choice of sites when each has a price of its own: all that are fixed open, then the cheapest free ones, up
/// to the minimum number of sites whatever they cost, up to the maximum while their price is negative. Of alternatives
/// only the cheapest counts. A budget is priced, with a multiplier of its own (`charge`).
struct SiteSelection {
    let rules: SiteRules
    /// Sites chosen: those fixed open first.
    private(set) var chosen: [Int32] = []
    private(set) var isChosen: [Bool]
    /// The dearest free site chosen and the cheapest one left out.
    private var dearest: Int?
    private var next: Int?
    private var order: [Int32] = []
    private let hasAlternatives: Bool
    /// Outlays and limit in units of the dearest site; empty where there is no budget.
    let weights: [Double]
    let limit: Double
    /// What the sites fixed open have spent of the limit.
    private var spent = 0.0
    private var state: [Int8] = []
    /// By set of alternatives the cheapest free site, or -2 where one is fixed open.
    private var best: [Int32]

    init(_ rules: SiteRules) {
        self.rules = rules
        isChosen = [Bool](repeating: false, count: rules.siteCount)
        hasAlternatives = rules.alternatives.contains { $0 >= 0 }
        best = [Int32](repeating: -1, count: Int(rules.alternatives.max() ?? -1) + 1)
        if let budget = rules.budget {
            weights = budget.outlays.map { $0 / budget.unit }
            // As much more as rounding may hide in a sum of outlays, here as in the proof.
            limit = budget.limit / budget.unit * (1 + 1e-12)
        } else {
            (weights, limit) = ([], 0)
        }
    }

    /// Adds the price of the budget to the sites' prices; returns what the limit itself is worth.
    func charge(_ prices: inout [Double], _ multiplier: Double) -> Double {
        for j in weights.indices { prices[j] += multiplier * weights[j] }
        return -multiplier * limit
    }

    /// What the choice spends beyond the limit: the slope of the budget's multiplier, which is not negative.
    func overspent(at multiplier: Double) -> Double {
        let over = chosen.reduce(-limit) { $0 + weights[Int($1)] }
        return multiplier > 0 ? over : max(0, over)
    }

    /// Chooses by `prices`; `state` by site: 0 free, 1 open, -1 closed. Returns the sum of the prices chosen, infinite
    /// when no choice obeys the rules.
    mutating func choose(_ prices: [Double], state: [Int8]) -> Double {
        for j in chosen { isChosen[Int(j)] = false }
        chosen.removeAll(keepingCapacity: true)
        order.removeAll(keepingCapacity: true)
        (dearest, next) = (nil, nil)
        spent = 0
        var (sum, negative) = (0.0, 0)
        for j in 0..<rules.siteCount where state[j] >= 0 {
            if state[j] > 0 {
                sum += prices[j]
                chosen.append(Int32(j))
                if !weights.isEmpty { spent += weights[j] }
            } else {
                order.append(Int32(j))
                if prices[j] < 0 { negative += 1 }
            }
        }
        if !weights.isEmpty, spent > limit { return .infinity }
        if hasAlternatives {
            self.state = state
            guard keepBest(prices) else { return .infinity }
            negative = order.count { prices[Int($0)] < 0 }
        }
        let fixed = chosen.count
        if fixed > rules.maximum || fixed + order.count < rules.minimum { return .infinity }
        let wanted = min(max(negative, rules.minimum - fixed), rules.maximum - fixed)
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

    /// Leaves in `order` only the cheapest of every set of alternatives; false where two of a set are fixed open.
    private mutating func keepBest(_ prices: [Double]) -> Bool {
        for set in best.indices { best[set] = -1 }
        for j in chosen where rules.alternatives[Int(j)] >= 0 {
            let set = Int(rules.alternatives[Int(j)])
            if best[set] == -2 { return false }
            best[set] = -2
        }
        for j in order where rules.alternatives[Int(j)] >= 0 {
            let set = Int(rules.alternatives[Int(j)])
            if best[set] == -1 || best[set] >= 0 && prices[Int(j)] < prices[Int(best[set])] { best[set] = j }
        }
        order.removeAll { j in
            let set = rules.alternatives[Int(j)]
            return set >= 0 && best[Int(set)] != j
        }
        return true
    }

    /// By how much the sum rises when free site `j` is forced the other way: open when the choice leaves it out,
    /// closed when the choice has it.
    func rise(forcing j: Int, _ prices: [Double]) -> Double {
        if !weights.isEmpty, !isChosen[j], spent + weights[j] > limit { return .infinity }
        if hasAlternatives { return riseAmongAlternatives(forcing: j, prices) }
        if isChosen[j] {
            // Closing j lets in the next site where the minimum needs one, or where the maximum had kept one out.
            let mustReplace = chosen.count <= rules.minimum
            guard let next else { return mustReplace ? .infinity : -prices[j] }
            let replaces = mustReplace || (prices[next] < 0 && chosen.count >= rules.maximum)
            return (replaces ? prices[next] : 0) - prices[j]
        }
        // Opening j pushes out the dearest chosen free site when the number of sites is full, or when that site was
        // only there to reach the minimum.
        let isFull = chosen.count >= rules.maximum
        guard let dearest else { return isFull ? .infinity : prices[j] }
        return prices[j] - (isFull || prices[dearest] > 0 ? prices[dearest] : 0)
    }

    /// With alternatives the choice is simply made again.
    private func riseAmongAlternatives(forcing j: Int, _ prices: [Double]) -> Double {
        var forced = state
        forced[j] = isChosen[j] ? -1 : 1
        var again = SiteSelection(rules)
        return again.choose(prices, state: forced) - chosen.reduce(0) { $0 + prices[Int($1)] }
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
