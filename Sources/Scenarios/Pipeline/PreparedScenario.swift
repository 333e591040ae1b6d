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
    public var world: World
    /// What is stated rather than measured: the data set's and the scenario's.
    public var assumptions: [Assumption]
}

/// The placement question and its answer; positions are those of the data set's candidates and regions.
public struct PreparedPlacement: Sendable {
    public var problem: PlacementProblem
    public var solution: PlacementSolution
}
