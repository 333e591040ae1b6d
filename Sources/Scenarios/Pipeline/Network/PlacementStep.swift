import Placement
import Retail
import Simulation

/// Which front warehouses are open, and the network that makes.
struct PlacementStep {
    let network: Network
    /// Nil when the scenario has no front warehouses.
    let placement: PreparedPlacement?
    let assumptions: [Assumption]

    /// - Parameters:
    ///   - orders: expected orders a day, row-major channels x regions.
    ///   - oneHourShare: part of orders that ask to be served within the hour.
    ///   - shouldStop: asked while searching; true takes the best plan so far.
    init(
        _ scenario: Scenario, _ dataset: Dataset, _ resolution: ScenarioResolution, mix: OrderMix, orders: [Double],
        oneHourShare: Double, shouldStop: @escaping (SearchProgress) -> Bool
    ) throws(PlacementError) {
        let listed = resolution.listedFronts
        let settings = scenario.network
        let base = dataset.nodes.filter { $0.kind != .supplier }
        let roads = Roads(
            factor: settings.roadFactor, radius: settings.radius,
            reachMinutes: settings.wishes.reachTime.map { Double($0.seconds) / 60 }, ways: dataset.travel)
        var open: [Node] = []
        var notes: [Assumption] = []
        if listed?.isEmpty == true || dataset.candidates.isEmpty || oneHourShare == 0 {
            placement = nil
            if oneHourShare == 0 {
                notes.append(
                    Assumption(subject: "network", text: "nobody asks for the hour: no front warehouses"))
            } else if listed?.isEmpty != true {
                notes.append(Assumption(subject: "candidates.csv", text: "no candidates: no front warehouses"))
            }
        } else {
            let regions = dataset.regions.count
            let weights = (0..<regions).map { region in
                oneHourShare * dataset.channels.indices.reduce(0) { $0 + orders[$1 * regions + region] }
            }
            let perKilometre = settings.roadCost(scenario)
            let required = listed ?? resolution.requiredSites
            let plain = try PlacementProblem(
                regions: dataset.regions, weights: weights, candidates: dataset.candidates, existing: base,
                currency: dataset.currency, roads: roads, frontCostPerKilometre: perKilometre,
                fallbackCostPerKilometre: perKilometre, oneHourBenefit: settings.oneHourValue.price.major,
                minimumSites: listed == nil ? settings.minimumSites : 0,
                maximumSites: listed == nil ? settings.maximumSites : required.count, required: required,
                forbidden: listed == nil
                    ? resolution.forbiddenSites : dataset.candidates.indices.filter { !required.contains($0) },
                budget: listed == nil ? settings.fixedCostBudget?.price.major : nil)
            let wish = PlacementWish(
                scenario: scenario, dataset: dataset, resolution: resolution, mix: mix, roads: roads, base: base)
            let problem = try wish.asked(of: plain, orders: weights)
            let solution: PlacementSolution
            do throws(PlacementError) {
                solution = try solve(
                    problem, limits: SearchLimits(steps: settings.wishes.workLimit), shouldStop: shouldStop)
            } catch {
                switch error {
                case .unreachableRegion(let region), .tooFewSites(_, let region), .tooLargeDemand(let region, _, _):
                    guard dataset.regions.indices.contains(region) else { throw error }
                    throw .region(code: dataset.regions[region].code, error)
                case .contradictorySite(let site):
                    guard dataset.candidates.indices.contains(site) else { throw error }
                    throw .candidate(code: dataset.candidates[site].code, error)
                default: throw error
                }
            }
            placement = PreparedPlacement(problem: problem, solution: solution)
            let standing = PlacementWish.standing(base)
            open = solution.openSites.indices.map { position in
                var node = dataset.candidates[solution.openSites[position]]
                if problem.isFront(solution.openSites[position]) { node.kind = .front }
                if let size = solution.sizes[position] { node.scale(by: settings.wishes.sizes[size].scale) }
                if let feed = solution.feeds[position] {
                    let candidates = dataset.candidates
                    node.replenishedFrom =
                        feed < candidates.count ? candidates[feed].code : standing[feed - candidates.count].code
                }
                return node
            }
            notes.append(
                Assumption(
                    subject: "network.one_hour_value",
                    text: "an order served within the hour is worth "
                        + moneyText(Money(units: settings.oneHourValue.units, currency: dataset.currency.code))
                        + " to the placement; \(Int((oneHourShare * 100).rounded())) % of buyers ask for it"))
        }
        network = Network(
            nodes: Self.adjusted(base + open, base: base, scenario), regions: dataset.regions, roads: roads)
        assumptions = notes
    }

    /// Capacity and shifts of the scenario; a front warehouse that names no source takes the nearest other node.
    private static func adjusted(_ nodes: [Node], base: [Node], _ scenario: Scenario) -> [Node] {
        let codes = Set(nodes.map(\.code))
        return nodes.map { node in
            var node = node
            let picks = (Double(node.picksPerHour) * scenario.fulfilment.capacity).rounded()
            node.picksPerHour = Int32(min(max(1, picks), Double(Int32.max)))
            let isNew = !base.contains { $0.code == node.code }
            let needsSource = node.kind == .front || (isNew && node.kind != .central)
            if needsSource, node.replenishedFrom.isEmpty || !codes.contains(node.replenishedFrom) {
                let nearest = base.min {
                    (greatCircleKilometres($0.location, node.location), $0.code)
                        < (greatCircleKilometres($1.location, node.location), $1.code)
                }
                node.replenishedFrom = nearest?.code ?? ""
            }
            return node
        }
    }
}

extension Node {
    /// A warehouse of another size.
    fileprivate mutating func scale(by factor: Double) {
        func scaled(_ value: Double, _ most: Double) -> Double { min(max(1, (value * factor).rounded()), most) }
        picksPerHour = Int32(scaled(Double(picksPerHour), Double(Int32.max)))
        stations = Int32(scaled(Double(stations), 100_000))
        if storage > 0 { storage = Int64(scaled(Double(storage), 9e15)) }
    }
}

extension Scenario.NetworkPlan {
    /// What carrying an order one kilometre costs, major units: as the routing counts it.
    fileprivate func roadCost(_ scenario: Scenario) -> Double { scenario.routing.costPerKilometre.price.major }
}
