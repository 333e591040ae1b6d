/// Which sets of sites may be open together: how many, which must and which may not, what their opening may cost
/// together, and which exclude each other (such as two sizes of one site).
public struct SiteRules: Sendable, Equatable {
    public let siteCount: Int
    /// At least the required sites, at most the allowed ones.
    public let minimum: Int
    public let maximum: Int
    /// By site: must be open, may not be open.
    public let required: [Bool]
    public let forbidden: [Bool]
    public let budget: SiteBudget?
    /// By site the number of its set of alternatives, of which one at most may be open; -1 where it has none.
    public let alternatives: [Int32]

    /// - Parameters:
    ///   - maximum: nil for no upper bound.
    ///   - alternatives: sets of sites of which one at most may be open; a site belongs to one set at most.
    public init(
        siteCount: Int, minimum: Int = 0, maximum: Int? = nil, required: [Int] = [], forbidden: [Int] = [],
        budget: SiteBudget? = nil, alternatives: [[Int]] = []
    ) throws(PlacementError) {
        self.siteCount = siteCount
        self.budget = budget
        var must = [Bool](repeating: false, count: siteCount)
        var never = must
        for site in required {
            guard must.indices.contains(site) else { throw .unknownSite(site) }
            must[site] = true
        }
        for site in forbidden {
            guard never.indices.contains(site) else { throw .unknownSite(site) }
            if must[site] { throw .contradictorySite(site) }
            never[site] = true
        }
        var sets = [Int32](repeating: -1, count: siteCount)
        for (number, set) in alternatives.enumerated() {
            for site in set {
                guard sets.indices.contains(site) else { throw .unknownSite(site) }
                guard sets[site] < 0 || sets[site] == number else { throw .contradictorySite(site) }
                sets[site] = Int32(number)
            }
        }
        self.required = must
        self.forbidden = never
        self.alternatives = sets
        let requiredCount = must.count { $0 }
        // Of each set of alternatives one counts.
        var seen: Set<Int32> = []
        let allowed = (0..<siteCount).count { !never[$0] && (sets[$0] < 0 || seen.insert(sets[$0]).inserted) }
        self.minimum = max(minimum, requiredCount)
        self.maximum = min(maximum ?? allowed, allowed)
        guard self.minimum <= self.maximum, minimum >= 0 else {
            throw .siteCount(
                minimum: minimum, maximum: maximum ?? allowed, required: requiredCount, allowed: allowed)
        }
        if let budget {
            guard budget.outlays.count == siteCount else {
                throw .shape(what: "outlays", count: budget.outlays.count, expected: siteCount)
            }
            for (site, outlay) in budget.outlays.enumerated() where !(outlay >= 0 && outlay.isFinite) {
                throw .value(what: "outlay", position: site, value: outlay)
            }
            guard budget.limit >= 0, budget.limit.isFinite else {
                throw .value(what: "budget", position: 0, value: budget.limit)
            }
            let needed = budget.outlay(cheapestSites)
            guard budget.holds(needed) else { throw .tooSmallBudget(budget: budget.limit, needed: needed) }
        }
    }

    /// The rules without their budget.
    func withoutBudget() throws(PlacementError) -> SiteRules {
        try SiteRules(
            siteCount: siteCount, minimum: minimum, maximum: maximum,
            required: (0..<siteCount).filter { required[$0] }, forbidden: (0..<siteCount).filter { forbidden[$0] },
            alternatives: alternativeSets)
    }

    /// The fewest sites, one at least, that together hold a demand, and their room; less than the demand where all that
    /// may be open do not hold it. Of alternatives the largest counts.
    func fewest(holding demand: Double, _ capacities: [Double]) -> (count: Int, room: Double) {
        var (count, room) = (0, 0.0)
        var taken: Set<Int32> = []
        for site in capacities.indices.sorted(by: { (-capacities[$0], $0) < (-capacities[$1], $1) })
        where !forbidden[site] && count < maximum {
            if room >= demand, count > 0 { break }
            if alternatives[site] >= 0, !taken.insert(alternatives[site]).inserted { continue }
            room += capacities[site]
            count += 1
        }
        return (count, room)
    }

    /// The same rules with a higher lower bound.
    func raised(to least: Int) throws(PlacementError) -> SiteRules {
        guard least > minimum else { return self }
        return try SiteRules(
            siteCount: siteCount, minimum: least, maximum: maximum,
            required: (0..<siteCount).filter { required[$0] }, forbidden: (0..<siteCount).filter { forbidden[$0] },
            budget: budget, alternatives: alternativeSets)
    }

    /// The sets of alternatives by their sites.
    var alternativeSets: [[Int]] {
        var sets: [Int32: [Int]] = [:]
        for site in 0..<siteCount where alternatives[site] >= 0 { sets[alternatives[site], default: []].append(site) }
        return sets.keys.sorted().compactMap { sets[$0] }
    }

    /// Multipliers that a relaxation needs for the rules beside those of the clients.
    var extraMultipliers: Int { budget == nil ? 0 : 1 }

    /// Neither a budget nor alternatives: every single site may be added on its own merits.
    var isPlain: Bool { budget == nil && !alternatives.contains { $0 >= 0 } }

    /// State of every site before any search: 1 must be open, -1 may not be, 0 is free.
    var firstState: [Int8] { (0..<siteCount).map { required[$0] ? 1 : forbidden[$0] ? -1 : 0 } }

    /// Whether exactly these sites may be open.
    public func allows(_ sites: [Int]) -> Bool {
        guard sites.count >= minimum, sites.count <= maximum else { return false }
        guard sites.count(where: { required[$0] }) == required.count(where: { $0 }) else { return false }
        var seen: Set<Int32> = []
        for site in sites {
            if forbidden[site] { return false }
            if alternatives[site] >= 0, !seen.insert(alternatives[site]).inserted { return false }
        }
        return budget.map { $0.holds($0.outlay(sites)) } ?? true
    }

    /// Whether the open sites leave room for one more.
    func allows(_ site: Int, with open: [Int], without dropped: Int? = nil) -> Bool {
        if forbidden[site] { return false }
        let rest = open.lazy.filter { $0 != dropped }
        if alternatives[site] >= 0, rest.contains(where: { alternatives[$0] == alternatives[site] }) { return false }
        guard let budget else { return true }
        return budget.holds(rest.reduce(budget.outlays[site]) { $0 + budget.outlays[$1] })
    }

    /// The required sites, and what else the lower bound asks for, that cost least to open: within the budget, if any
    /// sites are. None where there is no budget.
    var cheapestSites: [Int] {
        guard let budget else { return [] }
        var sites = (0..<siteCount).filter { required[$0] }
        var taken = Set(sites.map { alternatives[$0] }.filter { $0 >= 0 })
        let rest = (0..<siteCount).filter { !required[$0] && !forbidden[$0] }
        for site in rest.sorted(by: { (budget.outlays[$0], $0) < (budget.outlays[$1], $1) })
        where sites.count < minimum {
            if alternatives[site] >= 0, !taken.insert(alternatives[site]).inserted { continue }
            sites.append(site)
        }
        return sites
    }
}

/// What opening each site costs once, and how much may be spent on it altogether.
public struct SiteBudget: Sendable, Equatable {
    /// By site, not negative.
    public var outlays: [Double]
    public var limit: Double

    public init(outlays: [Double], limit: Double) {
        self.outlays = outlays
        self.limit = limit
    }

    func outlay(_ sites: some Sequence<Int>) -> Double { sites.reduce(0) { $0 + outlays[$1] } }

    /// Sums of many outlays may miss the limit by rounding alone.
    func holds(_ outlay: Double) -> Bool { outlay <= limit * (1 + 1e-12) }

    /// In the relaxation outlays are counted in units of the dearest site, so that its multiplier is of the size of
    /// the sites' prices.
    var unit: Double { max(outlays.max() ?? 0, .leastNormalMagnitude) }
}
