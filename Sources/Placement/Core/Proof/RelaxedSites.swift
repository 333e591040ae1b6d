/// Sites priced by a relaxation, for the proof: the cheapest choice that agrees with what is fixed. Written apart from
/// the search, so that a fault in the one does not excuse itself in the other.
struct RelaxedSites {
    /// What the choice costs besides its sites, and the price of each site.
    private let base: Double
    private let prices: [Double]
    private let rules: SiteRules
    /// No sum of these numbers is further from the true one.
    private let margin: Double
    /// Sites by price.
    private let order: [Int]

    /// - Parameters:
    ///   - multipliers: those beyond the clients': the price of the budget, in units of the dearest site.
    ///   - margin: the error of `base` and `prices`.
    init(base: Double, prices: [Double], rules: SiteRules, multipliers: ArraySlice<Double>, margin: Double) {
        var (base, prices, margin) = (base, prices, margin)
        if let budget = rules.budget, let multiplier = multipliers.first.map({ max(0, $0) }) {
            // Any price that is not negative gives a bound: what is spent does not exceed the limit.
            let unit = budget.unit
            base -= multiplier * (budget.limit / unit) * (1 + 1e-12)
            var size = multiplier * (budget.limit / unit)
            for site in prices.indices {
                let charge = multiplier * (budget.outlays[site] / unit)
                prices[site] += charge
                size += charge
            }
            margin += 8 * Double.ulpOfOne * size
        }
        self.base = base
        self.prices = prices
        self.rules = rules
        self.margin = margin
        order = prices.indices.sorted { prices[$0] < prices[$1] }
    }

    /// What must be open, then the cheapest up to the minimum number of sites, then every further site of negative
    /// price up to the maximum; of alternatives one. Infinite when no choice obeys the rules.
    func value(_ state: [Int8]) -> Double {
        var value = base
        var count = 0
        var spent = 0.0
        var taken: Set<Int32> = []
        for site in 0..<rules.siteCount where state[site] > 0 {
            value += prices[site]
            count += 1
            if let budget = rules.budget { spent += budget.outlays[site] }
            if rules.alternatives[site] >= 0, !taken.insert(rules.alternatives[site]).inserted { return .infinity }
        }
        if let budget = rules.budget, spent > budget.limit * (1 + 2e-12) { return .infinity }
        guard count <= rules.maximum else { return .infinity }
        for site in order where state[site] == 0 {
            guard count < rules.minimum || (prices[site] < 0 && count < rules.maximum) else { break }
            if rules.alternatives[site] >= 0, !taken.insert(rules.alternatives[site]).inserted { continue }
            value += prices[site]
            count += 1
        }
        return count < rules.minimum ? .infinity : value - margin
    }
}
