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
    init(
        _ scenario: Scenario, _ dataset: Dataset, listed: [Int]?, orders: [Double], oneHourShare: Double
    ) throws(PlacementError) {
        let settings = scenario.network
        let base = dataset.nodes.filter { $0.kind != .supplier }
        var open: [Node] = []
        var notes: [Assumption] = []
        if listed?.isEmpty == true || dataset.candidates.isEmpty {
            placement = nil
            if listed?.isEmpty != true {
                notes.append(Assumption(subject: "candidates.csv", text: "no candidates: no front warehouses"))
            }
        } else {
            let regions = dataset.regions.count
            let weights = (0..<regions).map { region in
                oneHourShare * dataset.channels.indices.reduce(0) { $0 + orders[$1 * regions + region] }
            }
            let perKilometre = settings.roadCost(scenario)
            let required = listed ?? []
            let problem = try PlacementProblem(
                regions: dataset.regions, weights: weights, candidates: dataset.candidates, existing: base,
                currency: dataset.currency, roadFactor: settings.roadFactor, radius: settings.radius,
                frontCostPerKilometre: perKilometre, fallbackCostPerKilometre: perKilometre,
                oneHourBenefit: settings.oneHourValue.price.major,
                maximumSites: listed == nil ? settings.maximumSites : required.count, required: required,
                forbidden: listed == nil ? [] : dataset.candidates.indices.filter { !required.contains($0) })
            let solution = try solve(problem)
            placement = PreparedPlacement(problem: problem, solution: solution)
            open = solution.openSites.map { dataset.candidates[$0] }
            notes.append(
                Assumption(
                    subject: "network.one_hour_value",
                    text: "an order served within the hour is worth "
                        + moneyText(Money(units: settings.oneHourValue.units, currency: dataset.currency.code))
                        + " to the placement; \(Int((oneHourShare * 100).rounded())) % of buyers ask for it"))
        }
        network = Network(
            nodes: Self.adjusted(base + open.map(Self.asFront), base: base, scenario), regions: dataset.regions,
            roadFactor: settings.roadFactor, radius: settings.radius)
        assumptions = notes
    }

    private static func asFront(_ candidate: Node) -> Node {
        var node = candidate
        node.kind = .front
        return node
    }

    /// Capacity and shifts of the scenario; a front warehouse that names no source takes the nearest other node.
    private static func adjusted(_ nodes: [Node], base: [Node], _ scenario: Scenario) -> [Node] {
        let codes = Set(nodes.map(\.code))
        return nodes.map { node in
            var node = node
            let picks = (Double(node.picksPerHour) * scenario.fulfilment.capacity).rounded()
            node.picksPerHour = Int32(min(max(1, picks), Double(Int32.max)))
            if node.kind == .front, node.replenishedFrom.isEmpty || !codes.contains(node.replenishedFrom) {
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

extension Scenario.NetworkPlan {
    /// What carrying an order one kilometre costs, major units: as the routing counts it.
    fileprivate func roadCost(_ scenario: Scenario) -> Double { scenario.routing.costPerKilometre.price.major }
}
