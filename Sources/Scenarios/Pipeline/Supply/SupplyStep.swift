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
    let plan: StockPlan

    /// - Parameters:
    ///   - suppliers: the data set's, with what the scenario changes.
    ///   - today: the day of the review.
    init(
        _ dataset: Dataset, demand: NodeDemand, network: Network, suppliers: [Supplier], today: Day,
        transfers: [TransferTerms], policy: PolicyKind, service: ServicePolicy
    ) throws(ReplenishmentError) {
        self.suppliers = suppliers
        scorecards = Scorecard.measure(dataset.purchases, suppliers: suppliers.count, today: today)
        choice = SupplierChoice(
            skus: dataset.skus, suppliers: suppliers, supply: dataset.supply, today: today, scorecards: scorecards,
            demand: demand)
        calendar = SupplierCalendar(suppliers: suppliers.count, dataset.closures)
        feeds = Feed.resolve(
            demand: demand, upstream: network.upstream, skus: dataset.skus, suppliers: suppliers,
            supply: dataset.supply, transfers: transfers, supplierPolicy: policy, choice: choice, calendar: calendar,
            today: today)
        plan = try StockPlanner.plan(demand: demand, feeds: feeds, skus: dataset.skus, service: service)
    }

    /// What to order and to move in a situation.
    func review(
        _ dataset: Dataset, demand: NodeDemand, situation: StockSituation, budgets: [Budget] = [],
        options: SuggestionOptions = SuggestionOptions()
    ) throws(ReplenishmentError) -> SuggestionBook {
        try SuggestionEngine.review(
            plan: plan, demand: demand, feeds: feeds, situation: situation, skus: dataset.skus, suppliers: suppliers,
            supply: dataset.supply, choice: choice, calendar: calendar, budgets: budgets, currency: dataset.currency,
            options: options)
    }
}
