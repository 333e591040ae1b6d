/// A placement in the words of the location problems, and their answers said back: which candidate in which size each
/// site is, and who serves a region that no front warehouse serves.
struct PlacementModel {
    let problem: PlacementProblem
    var location: LocationProblem
    private(set) var sites: [Site] = []
    /// Cost of one order of a region that is served by no site, unless a warehouse above serves it.
    private let unserved: [Double]
    /// With tiers: the place that each of the sites above is; copies stand for a place in the tiers below its own.
    private var uppers: [Int] = []

    enum Site: Equatable {
        case front(candidate: Int, size: Int?)
        /// A warehouse above the fronts that serves orders directly.
        case upper(place: Int)
        /// The front warehouses that are open already.
        case existingFronts
    }

    /// - Parameters:
    ///   - bounds: other bounds on the number of front warehouses than the problem's.
    init(_ problem: PlacementProblem, minimumSites: Int? = nil, maximumSites: Int? = nil) throws(PlacementError) {
        self.problem = problem
        let (m, terms) = (problem.regionCount, problem.terms)
        let cases = terms.cases.isEmpty ? [DemandScenario(probability: 1, demands: problem.weights)] : terms.cases
        // A region without orders needs nobody, however far away it is.
        unserved = (0..<m).map { problem.weights[$0] == 0 ? 0 : problem.service(of: $0).cost }
        for candidate in 0..<problem.candidateCount where problem.isFront(candidate) {
            if terms.sizes.isEmpty { sites.append(.front(candidate: candidate, size: nil)) }
            for size in terms.sizes.indices { sites.append(.front(candidate: candidate, size: size)) }
        }
        for site in problem.required + problem.forbidden where site < 0 || site >= problem.candidateCount {
            throw .unknownSite(site)
        }
        for site in problem.required where problem.forbidden.contains(site) { throw .contradictorySite(site) }
        location = LocationProblem(fixedCosts: [], unitCosts: [], fallback: unserved, cases: cases)
        location.objective = terms.objective
        location.minimumSites = minimumSites ?? problem.minimumSites
        location.maximumSites = maximumSites ?? problem.maximumSites
        location.budget = problem.budget
        location.isSingleSource = terms.isSingleSource
        addFronts()
        if let upper = terms.upper { try addTiers(upper) }
        if !terms.sizes.isEmpty { requireSizes() }
        if let stock = terms.stock { try addStock(stock) }
    }

    /// The clients that only ask for a site to be open have no demand of their own.
    private mutating func addStock(_ stock: SiteStock) throws(PlacementError) {
        let (m, more) = (problem.regionCount, location.clientCount - problem.regionCount)
        var covariance = stock.covariance
        if covariance.count == m * m, more > 0 {
            covariance = (0..<m).flatMap {
                stock.covariance[$0 * m..<($0 + 1) * m] + [Double](repeating: 0, count: more)
            }
            covariance += [Double](repeating: 0, count: more * (m + more))
        } else if more > 0 {
            covariance += [Double](repeating: 0, count: more)
        }
        location.stock = try PooledStock(
            working: location.fixedCosts.map { _ in stock.working },
            safety: location.fixedCosts.map { _ in stock.safety },
            means: problem.weights + [Double](repeating: 0, count: more), covariance: covariance)
    }

    /// Fixed costs, costs of service, capacities and rules of the front warehouses.
    private mutating func addFronts() {
        let (m, terms) = (problem.regionCount, problem.terms)
        var capacities: [Double] = []
        for (position, site) in sites.enumerated() {
            guard case .front(let candidate, let size) = site else { continue }
            let factor = size.map { terms.sizes[$0].fixedCost } ?? 1
            location.fixedCosts.append(problem.fixedCosts[candidate] * factor)
            for region in 0..<m { location.unitCosts.append(problem.unitCost(candidate, region)) }
            capacities.append(size.map { terms.sizes[$0].orders } ?? terms.capacities?[candidate] ?? .infinity)
            if problem.forbidden.contains(candidate) { location.forbidden.append(position) }
            if problem.required.contains(candidate), terms.sizes.isEmpty { location.required.append(position) }
        }
        if capacities.contains(where: { $0 < .infinity }) { location.capacities = capacities }
        guard terms.sizes.count > 1 else { return }
        location.alternatives = stride(from: 0, to: sites.count, by: terms.sizes.count).map {
            Array($0..<$0 + terms.sizes.count)
        }
    }

    /// A candidate that must be open, in whichever size: a client of its own that only its sizes serve, with the room
    /// for it.
    private mutating func requireSizes() {
        for candidate in Set(problem.required).sorted() where problem.isFront(candidate) {
            let (n, m) = (location.siteCount, location.clientCount)
            var costs: [Double] = []
            costs.reserveCapacity(n * (m + 1))
            for (position, site) in sites.enumerated() {
                costs += location.unitCosts[position * m..<(position + 1) * m]
                guard case .front(candidate, _) = site else {
                    costs.append(.infinity)
                    continue
                }
                costs.append(0)
                location.capacities?[position] += 1
            }
            location.unitCosts = costs
            location.fallback?.append(.infinity)
            for one in location.cases.indices { location.cases[one].demands.append(1) }
        }
    }

    /// The warehouses above: every place stands in its own tier and, so that goods may skip tiers, in all below it as
    /// a copy that is free of charge and leads on from itself alone.
    private mutating func addTiers(_ upper: UpperTiers) throws(PlacementError) {
        let m = problem.regionCount
        let places = (0..<upper.placeCount).filter { upper.tier($0) != nil }
        let levels = Set(places.compactMap { upper.tier($0) }).sorted()
        let fronts = sites
        // Read before they are widened, so that what is wrong with the rules is told in the asker's numbers.
        _ = try SiteRules(
            siteCount: fronts.count, minimum: location.minimumSites, maximum: location.maximumSites,
            required: location.required, forbidden: location.forbidden)
        sites += places.map { Site.upper(place: $0) } + [.existingFronts]
        // Warehouses above serve directly; so do the front warehouses that are there, whose replenishment is no question.
        for place in places {
            location.fixedCosts.append(0)
            for region in 0..<m { location.unitCosts.append(problem.directCost(place, region, upper)) }
        }
        location.fixedCosts.append(0)
        for region in 0..<m {
            let own = problem.service(of: region)
            location.unitCosts.append(problem.weights[region] == 0 ? 0 : own.isFront ? own.cost : .infinity)
        }
        let always = Array(fronts.count..<sites.count)
        location.required += always
        location.minimumSites += always.count
        if let maximum = location.maximumSites { location.maximumSites = maximum + always.count }
        location.fallback = nil
        func isCandidate(_ place: Int) -> Bool { place < upper.tiers.count }
        for (number, level) in levels.enumerated() {
            let own = places.filter { (upper.tier($0) ?? 0) <= level }
            var tier = TieredProblem.Tier(fixedCosts: [], unitCosts: [])
            for (position, place) in own.enumerated() {
                let isNew = isCandidate(place) && upper.tier(place) == level
                tier.fixedCosts.append(isNew ? problem.fixedCosts[place] : 0)
                if !isNew || problem.required.contains(place) { tier.required.append(position) }
                if isNew, problem.forbidden.contains(place) { tier.forbidden.append(position) }
                if number + 1 < levels.count {
                    for next in places where (upper.tier(next) ?? 0) <= levels[number + 1] {
                        tier.unitCosts.append(
                            next == place
                                ? 0
                                : upper.tier(next) == levels[number + 1]
                                    ? upper.costPerKilometre * upper.distance(place, next) : .infinity)
                    }
                    continue
                }
                for site in sites {
                    switch site {
                    case .front(let candidate, _):
                        tier.unitCosts.append(upper.costPerKilometre * upper.distance(place, candidate))
                    case .upper(let other): tier.unitCosts.append(other == place ? 0 : .infinity)
                    case .existingFronts: tier.unitCosts.append(isCandidate(place) ? .infinity : 0)
                    }
                }
            }
            uppers += own
            location.tiers.append(tier)
        }
    }

    /// The answer in the words of the placement.
    func placed(_ found: LocationSolution, warm: WarmStart?) -> PlacementSolution {
        var open: [(candidate: Int, size: Int?, feed: Int?)] = []
        for (position, site) in found.sites.enumerated() {
            guard case .front(let candidate, let size) = sites[site] else { continue }
            open.append((candidate, size, found.ways.isEmpty ? nil : found.ways[position].last.map { uppers[$0] }))
        }
        for site in found.upperSites where uppers[site] < problem.candidateCount {
            // A copy is open whether its place is or not.
            let place = uppers[site]
            if isOwn(site), !open.contains(where: { $0.candidate == place }) {
                open.append((place, nil, feed(of: place, found)))
            }
        }
        open.sort { $0.candidate < $1.candidate }
        var services: [PlacementService] = []
        var costs = PlacementCosts()
        costs.fixed = found.costs.fixed
        costs.stock = found.costs.workingStock + found.costs.safetyStock
        let assigned = found.services.filter { $0.client < problem.regionCount }.map(service)
        for service in assigned.flatMap(filled) {
            let orders = service.part * problem.weights[service.region]
            services.append(service)
            guard orders > 0 else { continue }
            let rate = service.isOneHour ? problem.frontCostPerKilometre : problem.fallbackCostPerKilometre
            let carried = orders * rate * service.kilometres
            if service.isOneHour { costs.frontTransport += carried } else { costs.fallbackTransport += carried }
            if !service.isOneHour, problem.isEligible[service.region] {
                costs.lateness += orders * problem.oneHourBenefit
            }
        }
        // What is left is the way of the goods to the front warehouses.
        costs.supply = max(
            0, found.costs.service - costs.frontTransport - costs.fallbackTransport - costs.lateness)
        if location.tiers.isEmpty, problem.supplyCostPerKilometre == 0 { costs.supply = 0 }
        let eligible = (0..<problem.regionCount).filter { problem.isEligible[$0] }.map { problem.weights[$0] }
            .reduce(0, +)
        let covered = services.reduce(0) { $0 + ($1.isOneHour ? $1.part * problem.weights[$1.region] : 0) }
        return PlacementSolution(
            openSites: open.map(\.candidate), sizes: open.map(\.size), feeds: open.map(\.feed), services: services,
            assignment: assignment(assigned), costs: costs,
            coverage: eligible > 0 ? min(1, covered / eligible) : 0, regrets: open.map { _ in nil },
            caseCosts: found.caseCosts, caseRegrets: found.caseRegrets, objective: found.objective,
            lowerBound: found.lowerBound, steps: found.steps, stopReason: found.stopReason, warmStart: warm)
    }

    /// Whether a site above is its place itself, not a copy in a lower tier.
    private func isOwn(_ site: Int) -> Bool { uppers.firstIndex(of: uppers[site]) == site }

    /// From where a warehouse above is replenished: the place before it on the way of any goods that pass it.
    private func feed(of place: Int, _ found: LocationSolution) -> Int? {
        for way in found.ways {
            let places = way.map { uppers[$0] }
            if let at = places.firstIndex(of: place), at > 0 { return places[at - 1] }
        }
        return nil
    }

    /// What a front warehouse cannot serve whole goes out from the existing node that would serve the region.
    private func filled(_ one: PlacementService) -> [PlacementService] {
        guard let site = one.site, one.isOneHour, problem.localFill[site] < 1 else { return [one] }
        let own = problem.service(of: one.region)
        guard own.cost < .infinity else { return [one] }
        var (whole, rest) = (one, one)
        whole.part *= problem.localFill[site]
        rest.part -= whole.part
        (rest.site, rest.isOneHour, rest.kilometres) = (nil, own.isFront, own.kilometres)
        return [whole, rest]
    }

    private func service(_ one: LocationSolution.Service) -> PlacementService {
        let region = one.client
        switch one.site.map({ sites[$0] }) {
        case .front(let candidate, _)?:
            return PlacementService(
                region: region, site: candidate, part: one.part, isOneHour: true,
                kilometres: problem.distance(candidate, region))
        case .upper(let place)?:
            let isCandidate = place < problem.candidateCount
            return PlacementService(
                region: region, site: isCandidate ? place : nil, part: one.part, isOneHour: false,
                kilometres: isCandidate
                    ? problem.distance(place, region)
                    : problem.terms.upper.map {
                        $0.regionDistances[(place - problem.candidateCount) * problem.regionCount + region]
                    } ?? 0)
        case .existingFronts?, nil:
            let own = problem.service(of: region)
            return PlacementService(
                region: region, site: nil, part: one.part, isOneHour: own.isFront, kilometres: own.kilometres)
        }
    }

    private func assignment(_ services: [PlacementService]) -> [Int?] {
        var result = [Int?](repeating: nil, count: problem.regionCount)
        var largest = [Double](repeating: -1, count: problem.regionCount)
        for one in services where one.part > largest[one.region] {
            largest[one.region] = one.part
            result[one.region] = one.site
        }
        return result
    }
}

extension PlacementProblem {
    /// What one order of a region costs from a candidate front warehouse; infinite beyond its reach.
    fileprivate func unitCost(_ candidate: Int, _ region: Int) -> Double {
        guard reaches(candidate, region) else { return .infinity }
        let own =
            frontCostPerKilometre * distance(candidate, region)
            + supplyCostPerKilometre * supplyDistances[candidate]
        let other = service(of: region).cost
        // Where nobody else serves, the front warehouse does, though not within the hour.
        guard localFill[candidate] < 1, other < .infinity else { return own }
        return localFill[candidate] * own + (1 - localFill[candidate]) * other
    }

    /// What one order of a region costs directly from a warehouse above, the hour missed.
    fileprivate func directCost(_ place: Int, _ region: Int, _ upper: UpperTiers) -> Double {
        let kilometres =
            place < candidateCount
            ? distance(place, region) : upper.regionDistances[(place - candidateCount) * regionCount + region]
        if weights[region] == 0 { return 0 }
        return kilometres < .infinity
            ? fallbackCostPerKilometre * kilometres + (isEligible[region] ? oneHourBenefit : 0) : .infinity
    }
}
