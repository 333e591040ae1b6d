/// Sites priced by a relaxation, for the proof: the cheapest choice that agrees with what is fixed. Written apart from
/// the search, so that a fault in the one does not excuse itself in the other.
struct RelaxedSites {
    /// What the choice costs besides its sites, and the price of each site.
    let base: Double
    let prices: [Double]
    let minimum: Int
    let maximum: Int
    /// No sum of these numbers is further from the true one.
    let margin: Double
    /// Sites by price.
    private let order: [Int]

    init(base: Double, prices: [Double], minimum: Int, maximum: Int, margin: Double) {
        self.base = base
        self.prices = prices
        self.minimum = minimum
        self.maximum = maximum
        self.margin = margin
        order = prices.indices.sorted { prices[$0] < prices[$1] }
    }

    /// What must be open, then the cheapest up to the minimum number of sites, then every further site of negative
    /// price up to the maximum. Infinite when no choice has a valid number of sites.
    func value(_ state: [Int8]) -> Double {
        var value = base
        var count = 0
        for site in state.indices where state[site] > 0 {
            value += prices[site]
            count += 1
        }
        guard count <= maximum else { return .infinity }
        for site in order where state[site] == 0 {
            guard count < minimum || (prices[site] < 0 && count < maximum) else { break }
            value += prices[site]
            count += 1
        }
        return count < minimum ? .infinity : value - margin
    }
}
