import Replenishment
import Retail

/// From demand by node to what to hold there: whom each row is bought from, with which lead time, and its levels.
/// The same for a data set alone and for a scenario.
struct SupplyStep: Sendable {
    let suppliers: [Supplier]
    let scorecards: [Scorecard]
    let choice: SupplierChoice
    let calendar: SupplierCalendar
    let feeds: [Feed?]
    let service: ServicePolicy
    let costs: InventoryCosts
    let lines: LineSizes
    private(set) var plan: StockPlan
    private let storage: [Int64]
    private let upstream: [Node.Index?]
    private let transfers: [TransferTerms]
    private let policy: PolicyKind

    /// - Parameters:
    ///   - suppliers: the data set's, with what the scenario changes.
    ///   - today: the day of the review.
    init(
        _ dataset: Dataset, demand: NodeDemand, lines: LineSizes, network: Network, suppliers: [Supplier], today: Day,
        transfers: [TransferTerms], policy: PolicyKind, service: ServicePolicy,
        costs: InventoryCosts = InventoryCosts()
    ) throws(ReplenishmentError) {
        self.suppliers = suppliers
        (self.service, self.costs) = (service, costs)
        self.lines = lines
        storage = network.nodes.map(\.storage)
        (upstream, self.transfers, self.policy) = (network.upstream, transfers, policy)
        scorecards = Scorecard.measure(dataset.purchases, suppliers: suppliers.count, today: today)
        choice = SupplierChoice(
            skus: dataset.skus, suppliers: suppliers, supply: dataset.supply, today: today, scorecards: scorecards,
            demand: demand, rates: SupplierChoice.Rates(holding: costs.holdingRate))
        calendar = SupplierCalendar(suppliers, dataset.closures)
        feeds = Feed.resolve(
            demand: demand, upstream: network.upstream, skus: dataset.skus, suppliers: suppliers,
            supply: dataset.supply, transfers: transfers, supplierPolicy: policy, choice: choice, calendar: calendar,
            today: today)
        plan = try StockPlanner.plan(
            demand: demand, feeds: feeds, skus: dataset.skus, service: service, costs: costs, lines: lines)
    }

    /// The plan of a later day: the same suppliers, the demand from that day on.
    func plan(
        _ dataset: Dataset, demand: NodeDemand, on day: Day, _ fronts: [PreparedAssortment]
    ) throws(ReplenishmentError) -> (plan: StockPlan, feeds: [Feed?]) {
        let feeds = Feed.resolve(
            demand: demand, upstream: upstream, skus: dataset.skus, suppliers: suppliers, supply: dataset.supply,
            transfers: transfers, supplierPolicy: policy, choice: choice, calendar: calendar, today: day)
        var plan = try StockPlanner.plan(
            demand: demand, feeds: feeds, skus: dataset.skus, service: service, costs: costs, lines: lines)
        if service.assortment == nil { Self.hold(fronts, in: &plan) }
        return (plan, feeds)
    }

    /// Whether a target is what was chosen for a front warehouse, not what its service asks for.
    func isHeld(_ target: StockTarget, _ fronts: [PreparedAssortment]) -> Bool {
        service.assortment == nil && fronts.contains { $0.node == target.node && $0.units[target.sku.position] > 0 }
    }

    /// Fills the shelves of front warehouses up to what was chosen together with their articles, at every review. One
    /// goal for the whole assortment says what they hold too.
    mutating func hold(_ fronts: [PreparedAssortment]) {
        if service.assortment == nil { Self.hold(fronts, in: &plan) }
    }

    private static func hold(_ fronts: [PreparedAssortment], in plan: inout StockPlan) {
        let held = Dictionary(fronts.map { ($0.node, $0.units) }, uniquingKeysWith: { first, _ in first })
        for at in plan.targets.indices {
            guard let units = held[plan.targets[at].node]?[plan.targets[at].sku.position], units > 0 else { continue }
            let level = Int64(min(units, 2e9))
            plan.targets[at].orderUpTo = level
            plan.targets[at].reorderPoint = level - 1
            plan.targets[at].safetyStock = max(0, level - Int64(plan.targets[at].mean.rounded()))
            plan.targets[at].planned = nil
        }
    }

    /// What to order and to move in a situation.
    func review(
        _ dataset: Dataset, demand: NodeDemand, situation: StockSituation, budgets: [Budget] = [],
        declined: Set<PurchaseKey> = [], options: SuggestionOptions = SuggestionOptions()
    ) throws(ReplenishmentError) -> SuggestionBook {
        var options = options
        options.costs = costs
        return try SuggestionEngine.review(
            plan: plan, demand: demand, feeds: feeds, situation: situation, skus: dataset.skus, suppliers: suppliers,
            supply: dataset.supply, choice: choice, calendar: calendar, budgets: budgets, storage: storage,
            declined: declined, currency: dataset.currency, options: options)
    }
}
