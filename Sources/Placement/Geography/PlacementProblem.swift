public import Retail

/// Which candidate front warehouses to open: fixed cost plus weighted distance, less what serving an order within the
/// hour is worth. A front warehouse serves regions within its radius; every other order goes out from the existing
/// node nearest to it.
public struct PlacementProblem: Sendable {
    /// Orders a day of each region, not negative.
    public var weights: [Double]
    /// Whether a front warehouse may serve the region at all (not when orders leave the country).
    public var isEligible: [Bool]
    /// Fixed cost of each candidate a day, major units.
    public var fixedCosts: [Double]
    /// Road kilometres, row-major candidates x regions.
    public var distances: [Double]
    /// Road kilometres from each region to its nearest existing node; infinite when there is none.
    public var fallbackDistances: [Double]
    /// Road kilometres from each region to the nearest front warehouse that is open already; infinite when there is
    /// none.
    public var frontDistances: [Double]
    /// Farthest road distance at which a front warehouse serves within the hour.
    public var radius: Double
    /// Cost of carrying one order one kilometre, from a front warehouse and from an existing node, major units.
    public var frontCostPerKilometre: Double
    public var fallbackCostPerKilometre: Double
    /// What an order served within the hour is worth beyond one that is not, major units.
    public var oneHourBenefit: Double
    public var minimumSites: Int
    /// Nil: as many as there are candidates.
    public var maximumSites: Int?
    public var required: [Int]
    public var forbidden: [Int]
    /// Most that the fixed costs of the open sites may come to a day, major units; nil for no limit.
    public var budget: Double?

    /// - Parameters: see the properties; sites are positions among the candidates.
    public init(
        weights: [Double], isEligible: [Bool]? = nil, fixedCosts: [Double], distances: [Double],
        fallbackDistances: [Double], frontDistances: [Double]? = nil, radius: Double, frontCostPerKilometre: Double,
        fallbackCostPerKilometre: Double, oneHourBenefit: Double, minimumSites: Int = 0, maximumSites: Int? = nil,
        required: [Int] = [],
        forbidden: [Int] = [], budget: Double? = nil
    ) throws(PlacementError) {
        self.weights = weights
        self.isEligible = isEligible ?? [Bool](repeating: true, count: weights.count)
        self.fixedCosts = fixedCosts
        self.distances = distances
        self.fallbackDistances = fallbackDistances
        self.frontDistances = frontDistances ?? [Double](repeating: .infinity, count: weights.count)
        self.radius = radius
        self.frontCostPerKilometre = frontCostPerKilometre
        self.fallbackCostPerKilometre = fallbackCostPerKilometre
        self.oneHourBenefit = oneHourBenefit
        self.minimumSites = minimumSites
        self.maximumSites = maximumSites
        self.required = required
        self.forbidden = forbidden
        self.budget = budget
        try validate()
    }

    /// A problem over the values of a data set.
    ///
    /// - Parameters:
    ///   - weights: orders a day by region.
    ///   - candidates: possible front warehouses; fixed costs are theirs.
    ///   - existing: nodes that are open already and serve what front warehouses do not.
    ///   - roadFactor: road kilometres per great-circle kilometre.
    public init(
        regions: [Region], weights: [Double], candidates: [Node], existing: [Node], currency: Currency,
        roadFactor: Double, radius: Double, frontCostPerKilometre: Double, fallbackCostPerKilometre: Double,
        oneHourBenefit: Double, minimumSites: Int = 0, maximumSites: Int? = nil, required: [Int] = [],
        forbidden: [Int] = [], budget: Double? = nil
    ) throws(PlacementError) {
        try PlaceCheck.check(regions: regions, candidates: candidates, existing: existing)
        try self.init(
            weights: weights, isEligible: regions.map { !$0.isExport },
            fixedCosts: candidates.map { $0.fixedCostPerDay.major(in: currency) },
            distances: candidates.flatMap { node in
                regions.map { greatCircleKilometres(node.location, $0.location) * roadFactor }
            },
            fallbackDistances: regions.map { region in
                existing.map { greatCircleKilometres($0.location, region.location) * roadFactor }.min() ?? .infinity
            },
            frontDistances: regions.map { region in
                existing.filter { $0.kind == .front }
                    .map { greatCircleKilometres($0.location, region.location) * roadFactor }.min() ?? .infinity
            },
            radius: radius, frontCostPerKilometre: frontCostPerKilometre,
            fallbackCostPerKilometre: fallbackCostPerKilometre, oneHourBenefit: oneHourBenefit,
            minimumSites: minimumSites, maximumSites: maximumSites, required: required, forbidden: forbidden,
            budget: budget)
    }

    public var regionCount: Int { weights.count }
    public var candidateCount: Int { fixedCosts.count }

    public func distance(_ candidate: Int, _ region: Int) -> Double { distances[candidate * regionCount + region] }

    /// Whether the candidate can serve the region within the hour.
    public func reaches(_ candidate: Int, _ region: Int) -> Bool {
        isEligible[region] && distance(candidate, region) <= radius
    }

    /// What serving a region costs when no candidate does: from an open front warehouse in reach or from the nearest
    /// node, whichever is cheaper; infinite where there is neither.
    func service(of region: Int) -> (isFront: Bool, cost: Double) {
        let weight = weights[region]
        let (far, near) = (fallbackDistances[region], frontDistances[region])
        let distant = far < .infinity ? weight * fallbackCostPerKilometre * far : .infinity
        guard isEligible[region], near <= radius else { return (false, distant) }
        let front = weight * (frontCostPerKilometre * near - oneHourBenefit)
        return front <= distant ? (true, front) : (false, distant)
    }

    /// The same problem as a dense matrix of costs, with other bounds on the number of sites where given.
    public func facilityProblem(minimumSites: Int? = nil, maximumSites: Int? = nil) throws(PlacementError)
        -> FacilityProblem
    {
        try validate()
        var costs = [Double](repeating: .infinity, count: candidateCount * regionCount)
        for j in 0..<candidateCount {
            for i in 0..<regionCount where reaches(j, i) {
                costs[j * regionCount + i] = weights[i] * (frontCostPerKilometre * distance(j, i) - oneHourBenefit)
            }
        }
        // A region without orders needs nobody, however far away it is.
        let fallback = (0..<regionCount).map { weights[$0] == 0 ? 0 : service(of: $0).cost }
        return try FacilityProblem(
            fixedCosts: fixedCosts, costs: costs, fallback: fallback, clientCount: regionCount,
            minimumSites: minimumSites ?? self.minimumSites, maximumSites: maximumSites ?? self.maximumSites,
            required: required, forbidden: forbidden,
            budget: budget.map { SiteBudget(outlays: fixedCosts, limit: $0) })
    }

    private func validate() throws(PlacementError) {
        let (n, m) = (candidateCount, regionCount)
        guard isEligible.count == m else {
            throw .shape(what: "eligibility", count: isEligible.count, expected: m)
        }
        guard distances.count == n * m else { throw .shape(what: "distances", count: distances.count, expected: n * m) }
        guard fallbackDistances.count == m else {
            throw .shape(what: "fallback distances", count: fallbackDistances.count, expected: m)
        }
        guard frontDistances.count == m else {
            throw .shape(what: "distances to front warehouses", count: frontDistances.count, expected: m)
        }
        for (i, distance) in frontDistances.enumerated() where !(distance >= 0) {
            throw .value(what: "distance to a front warehouse", position: i, value: distance)
        }
        for (i, weight) in weights.enumerated() where !(weight >= 0 && weight.isFinite) {
            throw .value(what: "weight", position: i, value: weight)
        }
        guard weights.contains(where: { $0 > 0 }) else { throw .noDemand }
        for (i, cost) in fixedCosts.enumerated() where !(cost >= 0 && cost.isFinite) {
            throw .value(what: "fixed cost", position: i, value: cost)
        }
        for (i, distance) in distances.enumerated() where !(distance >= 0 && distance.isFinite) {
            throw .value(what: "distance", position: i, value: distance)
        }
        for (i, distance) in fallbackDistances.enumerated() where !(distance >= 0) {
            throw .value(what: "fallback distance", position: i, value: distance)
        }
        let rates = [
            ("radius", radius), ("cost per kilometre from a front warehouse", frontCostPerKilometre),
            ("cost per kilometre from an existing node", fallbackCostPerKilometre),
            ("one-hour benefit", oneHourBenefit),
        ]
        for (what, value) in rates where !(value >= 0 && value.isFinite) {
            throw .value(what: what, position: 0, value: value)
        }
    }
}
