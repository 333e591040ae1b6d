/// One way the demand may turn out.
public struct DemandScenario: Sendable, Equatable {
    /// How likely it is, in any unit: probabilities are taken as shares of their sum.
    public var probability: Double
    /// Demand by client, not negative.
    public var demands: [Double]

    public init(probability: Double, demands: [Double]) {
        self.probability = probability
        self.demands = demands
    }

    /// The scenarios with probabilities that add up to one.
    static func checked(_ scenarios: [DemandScenario], clients: Int) throws(PlacementError) -> [DemandScenario] {
        guard !scenarios.isEmpty else { throw .shape(what: "scenarios", count: 0, expected: 1) }
        var total = 0.0
        for (number, scenario) in scenarios.enumerated() {
            guard scenario.probability >= 0, scenario.probability.isFinite else {
                throw .value(what: "probability", position: number, value: scenario.probability)
            }
            guard scenario.demands.count == clients else {
                throw .shape(what: "demands of a scenario", count: scenario.demands.count, expected: clients)
            }
            for (client, demand) in scenario.demands.enumerated() where !(demand >= 0 && demand.isFinite) {
                throw .value(what: "demand", position: client, value: demand)
            }
            total += scenario.probability
        }
        guard total > 0 else { throw .value(what: "sum of the probabilities", position: 0, value: total) }
        return scenarios.map { DemandScenario(probability: $0.probability / total, demands: $0.demands) }
    }
}

extension FacilityProblem {
    /// Sites that are best on average over scenarios of demand. Without capacities every client goes to its nearest
    /// open site whatever the scenario, so that the mean demand says all.
    /// - Parameters:
    ///   - unitCosts: row-major sites x clients: cost of serving one unit; infinite where it may not.
    ///   - fallback: cost of a unit that no site serves; nil when every client needs a site.
    public static func expected(
        fixedCosts: [Double], unitCosts: [Double], fallback: [Double]? = nil, scenarios: [DemandScenario],
        minimumSites: Int = 0, maximumSites: Int? = nil, required: [Int] = [], forbidden: [Int] = [],
        budget: SiteBudget? = nil
    ) throws(PlacementError) -> FacilityProblem {
        let m = scenarios.first?.demands.count ?? 0
        let checked = try DemandScenario.checked(scenarios, clients: m)
        let mean = (0..<m).map { i in checked.reduce(0) { $0 + $1.probability * $1.demands[i] } }
        guard unitCosts.count == fixedCosts.count * m else {
            throw .shape(what: "cost matrix", count: unitCosts.count, expected: fixedCosts.count * m)
        }
        return try FacilityProblem(
            fixedCosts: fixedCosts, costs: unitCosts.indices.map { scaled(unitCosts[$0], by: mean[$0 % m]) },
            fallback: fallback.map { list in list.indices.map { scaled(list[$0], by: mean[$0]) } }, clientCount: m,
            minimumSites: minimumSites, maximumSites: maximumSites, required: required, forbidden: forbidden,
            budget: budget)
    }
}

/// No demand makes even an infinite cost nothing only where it is finite: out of reach stays out of reach.
func scaled(_ unitCost: Double, by demand: Double) -> Double {
    unitCost < .infinity ? unitCost * demand : .infinity
}

extension CapacitatedProblem {
    /// Sites that are best on average over scenarios of demand, when who serves whom is decided once the scenario is
    /// known (the two-stage problem of Louveaux, 1986): every scenario has the sites' capacities for itself.
    ///
    /// Clients are numbered scenario after scenario.
    public static func expected(
        fixedCosts: [Double], capacities: [Double], unitCosts: [Double], scenarios: [DemandScenario],
        minimumSites: Int = 0, maximumSites: Int? = nil, required: [Int] = [], forbidden: [Int] = [],
        budget: SiteBudget? = nil, alternatives: [[Int]] = []
    ) throws(PlacementError) -> CapacitatedProblem {
        let n = fixedCosts.count
        let m = scenarios.first?.demands.count ?? 0
        let checked = try DemandScenario.checked(scenarios, clients: m)
        guard unitCosts.count == n * m else {
            throw .shape(what: "cost matrix", count: unitCosts.count, expected: n * m)
        }
        var costs: [Double] = []
        costs.reserveCapacity(n * m * checked.count)
        for site in 0..<n {
            for scenario in checked {
                for i in 0..<m {
                    costs.append(scaled(unitCosts[site * m + i], by: scenario.probability * scenario.demands[i]))
                }
            }
        }
        return try CapacitatedProblem(
            fixedCosts: fixedCosts, capacities: capacities, demands: checked.flatMap(\.demands), costs: costs,
            minimumSites: minimumSites, maximumSites: maximumSites, required: required, forbidden: forbidden,
            budget: budget, alternatives: alternatives,
            scenarios: checked.indices.flatMap { [Int](repeating: $0, count: m) })
    }
}
