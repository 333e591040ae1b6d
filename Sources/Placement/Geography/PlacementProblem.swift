public import Retail

/// Which candidates to open: fixed cost, weighted distance, stock, and what it costs that an order is not served within
/// the hour. A front warehouse serves regions within its reach; every other order goes out from the existing node
/// nearest to it.
public struct PlacementProblem: Sendable {
    /// Orders a day of each region, not negative; the mean where demand is stated in cases.
    public private(set) var weights: [Double]
    /// Whether a front warehouse may serve the region at all (not when orders leave the country).
    public var isEligible: [Bool]
    /// Fixed cost of each candidate a day, major units.
    public var fixedCosts: [Double]
    /// Road kilometres, row-major candidates x regions.
    public var distances: [Double]
    /// Whether each candidate serves each region within the hour, row-major candidates x regions.
    var isReached: [Bool]
    /// Road kilometres over which each candidate is replenished, and what that costs for one order and kilometre.
    public var supplyDistances: [Double]
    public var supplyCostPerKilometre: Double
    /// Road kilometres from each region to its nearest existing node; infinite when there is none.
    public var fallbackDistances: [Double]
    /// Road kilometres from each region to the nearest front warehouse that is open already and reaches it; infinite
    /// when there is none.
    public var frontDistances: [Double]
    /// Farthest road distance at which a front warehouse serves within the hour.
    public var radius: Double
    /// Cost of carrying one order one kilometre, from a front warehouse and from an existing node, major units.
    public var frontCostPerKilometre: Double
    public var fallbackCostPerKilometre: Double
    /// What it costs that an order that asks for the hour is not served within it, major units.
    public var oneHourBenefit: Double
    /// Part of the orders it serves that each candidate can serve within the hour: while it is open, with everything
    /// in the order at hand. The others go out from the existing nodes.
    public var localFill: [Double]
    /// Of front warehouses.
    public var minimumSites: Int
    /// Nil: as many as there are candidates.
    public var maximumSites: Int?
    public var required: [Int]
    public var forbidden: [Int]
    /// Most that the fixed costs of the open sites may come to a day, major units; nil for no limit.
    public var budget: Double?
    public private(set) var terms = PlacementTerms()

    /// - Parameters: see the properties; sites are positions among the candidates.
    public init(
        weights: [Double], isEligible: [Bool]? = nil, fixedCosts: [Double], distances: [Double],
        fallbackDistances: [Double], frontDistances: [Double]? = nil, radius: Double, frontCostPerKilometre: Double,
        fallbackCostPerKilometre: Double, oneHourBenefit: Double, minimumSites: Int = 0, maximumSites: Int? = nil,
        required: [Int] = [], forbidden: [Int] = [], budget: Double? = nil
    ) throws(PlacementError) {
        self.weights = weights
        self.isEligible = isEligible ?? [Bool](repeating: true, count: weights.count)
        self.fixedCosts = fixedCosts
        self.distances = distances
        isReached = distances.map { $0 <= radius }
        supplyDistances = [Double](repeating: 0, count: fixedCosts.count)
        supplyCostPerKilometre = 0
        self.fallbackDistances = fallbackDistances
        self.frontDistances =
            frontDistances?.map { $0 <= radius || $0.isNaN ? $0 : .infinity }
            ?? [Double](repeating: .infinity, count: weights.count)
        self.radius = radius
        self.frontCostPerKilometre = frontCostPerKilometre
        self.fallbackCostPerKilometre = fallbackCostPerKilometre
        self.oneHourBenefit = oneHourBenefit
        localFill = [Double](repeating: 1, count: fixedCosts.count)
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
    public init(
        regions: [Region], weights: [Double], candidates: [Node], existing: [Node], currency: Currency,
        roads: Roads, frontCostPerKilometre: Double, fallbackCostPerKilometre: Double,
        oneHourBenefit: Double, minimumSites: Int = 0, maximumSites: Int? = nil, required: [Int] = [],
        forbidden: [Int] = [], budget: Double? = nil
    ) throws(PlacementError) {
        try PlaceCheck.check(regions: regions, candidates: candidates, existing: existing)
        try self.init(
            weights: weights, isEligible: regions.map { !$0.isExport },
            fixedCosts: candidates.map { $0.fixedCostPerDay.major(in: currency) },
            distances: candidates.flatMap { node in regions.map { roads.kilometres(node, $0) } },
            fallbackDistances: regions.map { region in
                existing.map { roads.kilometres($0, region) }.min() ?? .infinity
            }, radius: roads.radius, frontCostPerKilometre: frontCostPerKilometre,
            fallbackCostPerKilometre: fallbackCostPerKilometre, oneHourBenefit: oneHourBenefit,
            minimumSites: minimumSites, maximumSites: maximumSites, required: required, forbidden: forbidden,
            budget: budget)
        isReached = candidates.flatMap { node in regions.map { roads.reaches(node, $0) } }
        let fronts = existing.filter { $0.kind == .front }
        frontDistances = regions.map { region in
            fronts.filter { roads.reaches($0, region) }.map { roads.kilometres($0, region) }.min() ?? .infinity
        }
        try validate()
        try checkReach(regions, candidates)
    }

    /// Candidates that are all out of reach of everybody are a mistake, such as coordinates of another country.
    private func checkReach(_ regions: [Region], _ candidates: [Node]) throws(PlacementError) {
        let fronts = candidates.indices.filter { candidates[$0].kind == .front }
        let asking = regions.indices.filter { isEligible[$0] && weights[$0] > 0 }
        var closest = (kilometres: Double.infinity, front: 0, region: 0)
        for front in fronts {
            for region in asking {
                if isReached[front * regionCount + region] { return }
                let kilometres = distance(front, region)
                if kilometres < closest.kilometres { closest = (kilometres, front, region) }
            }
        }
        guard !fronts.isEmpty, !asking.isEmpty else { return }
        throw .nobodyInReach(
            candidate: candidates[closest.front].code, region: regions[closest.region].code,
            kilometres: closest.kilometres, radius: radius)
    }

    public var regionCount: Int { weights.count }
    public var candidateCount: Int { fixedCosts.count }

    public func distance(_ candidate: Int, _ region: Int) -> Double { distances[candidate * regionCount + region] }

    /// Whether the candidate can serve the region within the hour.
    public func reaches(_ candidate: Int, _ region: Int) -> Bool {
        isFront(candidate) && isEligible[region] && isReached[candidate * regionCount + region]
    }

    /// Whether the candidate would be a front warehouse.
    public func isFront(_ candidate: Int) -> Bool { terms.upper?.tiers[candidate] == nil }

    /// The problem with what else is asked of it; where demand is stated in cases the weights become their mean.
    public func asking(_ terms: PlacementTerms) throws(PlacementError) -> PlacementProblem {
        var result = self
        result.terms = terms
        if !terms.cases.isEmpty {
            let checked = try DemandScenario.checked(terms.cases, clients: regionCount)
            result.weights = (0..<regionCount).map { i in
                checked.reduce(0) { $0 + $1.probability * $1.demands[i] }
            }
        }
        try result.validate()
        return result
    }

    /// How an order of a region is served when no candidate does it, and what one order costs: from an open front
    /// warehouse in reach or from the nearest node, whichever is cheaper; infinite where there is neither.
    func service(of region: Int) -> (isFront: Bool, kilometres: Double, cost: Double) {
        let (far, near) = (fallbackDistances[region], frontDistances[region])
        let late = isEligible[region] ? oneHourBenefit : 0
        let distant = far < .infinity ? fallbackCostPerKilometre * far + late : .infinity
        guard isEligible[region], near < .infinity else { return (false, far, distant) }
        let front = frontCostPerKilometre * near
        return front <= distant ? (true, near, front) : (false, far, distant)
    }

    private func validate() throws(PlacementError) {
        let (n, m) = (candidateCount, regionCount)
        func check(_ what: String, _ list: [Double], _ count: Int, _ isFine: (Double) -> Bool) throws(PlacementError) {
            guard list.count == count else { throw .shape(what: what, count: list.count, expected: count) }
            for (position, value) in list.enumerated() where !isFine(value) {
                throw .value(what: what, position: position, value: value)
            }
        }
        func isAmount(_ value: Double) -> Bool { value >= 0 && value.isFinite }
        guard isEligible.count == m else {
            throw .shape(what: "eligibility", count: isEligible.count, expected: m)
        }
        // A distance may be infinite (no way by road), never negative.
        try check("distances", distances, n * m) { $0 >= 0 }
        try check("supply distances", supplyDistances, n, isAmount)
        try check("fallback distances", fallbackDistances, m) { $0 >= 0 }
        try check("front distances", frontDistances, m) { $0 >= 0 }
        try check("fixed costs", fixedCosts, n, isAmount)
        try check("weights", weights, m, isAmount)
        try check("local fill", localFill, n) { $0 >= 0 && $0 <= 1 }
        for (what, value) in [
            ("front cost per kilometre", frontCostPerKilometre),
            ("fallback cost per kilometre", fallbackCostPerKilometre), ("one-hour benefit", oneHourBenefit),
            ("radius", radius), ("supply cost per kilometre", supplyCostPerKilometre),
        ] where !isAmount(value) {
            throw .value(what: what, position: 0, value: value)
        }
        guard weights.contains(where: { $0 > 0 }) else { throw .noDemand }
        if let capacities = terms.capacities { try check("capacities", capacities, n) { $0 >= 0 } }
        for (number, size) in terms.sizes.enumerated() where !(isAmount(size.orders) && isAmount(size.fixedCost)) {
            throw .value(what: "size of a site", position: number, value: size.orders)
        }
        if let upper = terms.upper {
            guard upper.tiers.count == n else { throw .shape(what: "tiers", count: upper.tiers.count, expected: n) }
            try check("distances between warehouses", upper.distances, upper.placeCount * upper.placeCount) { $0 >= 0 }
            try check(
                "distances from existing warehouses", upper.regionDistances, upper.existingTiers.count * m
            ) { $0 >= 0 }
        }
    }
}
