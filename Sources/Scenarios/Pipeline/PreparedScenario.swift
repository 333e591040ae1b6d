public import Placement
public import Replenishment
public import Retail
public import Simulation

/// A scenario with everything it needs to run, and everything a planner may want to look at before it does.
public struct PreparedScenario: Sendable {
    public var dataset: Dataset
    public var scenario: Scenario
    /// By SKU and channel, and a total for each channel (`sku` nil); at the scale of the data, before promotions.
    public var forecast: Forecast
    /// Digest of the stored forecast; nil when there is no workspace.
    public var forecastDigest: String?
    /// Nil when the scenario has no front warehouses.
    public var placement: PreparedPlacement?
    public var network: Network
    /// Expected demand by stocked (SKU, node) pair at the scenario's volume, what the nodes below ask for included.
    public var demand: NodeDemand
    /// How each row of `demand` is replenished.
    public var feeds: [Feed?]
    public var stockPlan: StockPlan
    /// SHA-256 of the plan.
    public var planDigest: String
    /// Purchases and transfers on the day before the clock starts.
    public var suggestions: SuggestionBook
    /// What they start from.
    public var situation: StockSituation
    var supplyStep: SupplyStep
    /// The scenario's promotions and the data set's in its days.
    public var promotions: [Promotion]
    public var world: World
    /// Part of buyers that asks to be served within the hour.
    public var oneHourShare: Double
    /// What each front warehouse holds.
    public var assortments: [PreparedAssortment]
    /// What is stated rather than measured: the data set's and the scenario's.
    public var assumptions: [Assumption]
}

/// The placement question and its answer; positions are those of the data set's candidates and regions.
public struct PreparedPlacement: Sendable {
    public var problem: PlacementProblem
    public var solution: PlacementSolution
}

/// The articles of one front warehouse, and the baskets they were chosen for.
public struct PreparedAssortment: Sendable {
    public var node: Node.Index
    /// Items are positions of the data set's SKUs.
    public var problem: AssortmentProblem
    /// The level each is held at; 0 is not held.
    public var levels: [Int]
    /// Units of each up to which its shelf is filled; 0 for those not held.
    public var units: [Double]

    public var isHeld: [Bool] { levels.map { $0 > 0 } }

    /// SKUs by what they are worth to whole orders, the dearest to lose first, those held before all others.
    public func ranking() -> [SKU.Index] {
        let (order, isHeld) = (Array(problem.ranking().reversed()), isHeld)
        return (order.filter { isHeld[$0] } + order.filter { !isHeld[$0] }).map { SKU.Index($0) }
    }

    /// Share of past orders filled whole with the first 1, 2, 3 ... of a ranking.
    public func fill(_ ranking: [SKU.Index]) -> [Double] {
        let baskets = problem.baskets
        var place = [Int](repeating: ranking.count, count: baskets.itemCount)
        for (position, sku) in ranking.enumerated() { place[sku.position] = position }
        // An order is filled from the place of its last item on.
        var filled = [Double](repeating: 0, count: ranking.count)
        var total = 0.0
        for basket in 0..<baskets.count {
            let last = baskets.items(basket).map { place[Int($0)] }.max() ?? 0
            if last < ranking.count { filled[last] += baskets.weights[basket] }
            total += baskets.weights[basket]
        }
        var sum = 0.0
        return filled.map {
            sum += $0
            return total > 0 ? sum / total : 0
        }
    }
}
