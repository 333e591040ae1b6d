public import Replenishment
public import Retail
public import Store

/// Everything that a stock plan and its suggestions are made of and shown with, whether they come from a data set alone
/// or from a scenario.
public struct SupplyReview: Sendable {
    public var dataset: Dataset
    public var network: Network
    /// The day of the review.
    public var today: Day
    /// By SKU and channel, at the scale of the data.
    public var forecast: Forecast
    public var forecastDigest: String?
    /// Expected demand by stocked (SKU, node) pair, what the nodes below ask for included.
    public var demand: NodeDemand
    /// How each row of `demand` is replenished.
    public var feeds: [Feed?]
    public var suppliers: [Supplier]
    public var choice: SupplierChoice
    public var scorecards: [Scorecard]
    public var calendar: SupplierCalendar
    public var service: ServicePolicy
    public var costs: InventoryCosts
    /// Units of an order line.
    public var lines: LineSizes
    public var plan: StockPlan
    /// What is in stock, on its way and owed.
    public var situation: StockSituation
    public var suggestions: SuggestionBook
    public var options: SuggestionOptions
    /// What may be bought ahead for.
    public var promotions: [Promotion]
    /// What is stated rather than measured.
    public var assumptions: [Assumption]

    init(
        dataset: Dataset, network: Network, today: Day, forecast: Forecast, forecastDigest: String?,
        demand: NodeDemand, supply: SupplyStep, suggestions: SuggestionBook, situation: StockSituation,
        options: SuggestionOptions, promotions: [Promotion], assumptions: [Assumption]
    ) {
        (self.dataset, self.network, self.today) = (dataset, network, today)
        (self.forecast, self.forecastDigest, self.demand) = (forecast, forecastDigest, demand)
        (feeds, suppliers, choice) = (supply.feeds, supply.suppliers, supply.choice)
        (scorecards, calendar, service) = (supply.scorecards, supply.calendar, supply.service)
        (costs, lines, plan) = (supply.costs, supply.lines, supply.plan)
        (self.situation, self.suggestions) = (situation, suggestions)
        (self.options, self.promotions, self.assumptions) = (options, promotions, assumptions)
    }

    /// The names that suggestions and stock targets are told with.
    public var names: SuggestionNames {
        SuggestionNames(
            skus: dataset.skus, suppliers: dataset.suppliers, nodes: network.nodes, currency: dataset.currency)
    }

    /// The stock-to-service curve: money in stock levels against demand served.
    public func curve(points: Int = 20) throws(ReplenishmentError) -> ResultTable {
        let points = try StockPlanner.curve(
            demand: demand, feeds: feeds, skus: dataset.skus, service: service, costs: costs, points: points)
        return ResultTable(
            "stock_to_service",
            [
                Column("money", unit: dataset.currency.code, .real(points.map(\.investment))),
                Column("service_level", unit: "share", .real(points.map(\.service))),
                // A yuan more serves so many units (or so much margin) more in a review period.
                Column("next_unit", unit: "per \(dataset.currency.code)", .real(points.map(\.threshold))),
            ])
    }

    /// The purchase suggestions with codes, names and reasons put in, most urgent first.
    public var rows: [SuggestionRow] {
        let names = names
        return suggestions.purchases.map { SuggestionRow($0, names: names) }
    }

    /// The review as it is kept.
    ///
    /// - Parameter source: the folder or scenario it was made from.
    public func book(source: String) -> OrderBook {
        OrderBook(
            dataset: dataset.name, source: source, today: today, currency: dataset.currency.code,
            dataFingerprint: dataset.fingerprint, forecastDigest: forecastDigest, lines: rows,
            tables: zip(tables(.english), tables(.chinese)).map { $0.keeping(chinese: $1) })
    }

    /// What goes beside the lines: transfers, exceptions, scorecards, targets and assumptions.
    public func tables(_ language: Language) -> [ResultTable] {
        let names = names
        let health = health
        return [
            SuggestionTables.transfers(
                suggestions.transfers.filter { $0.quantity > 0 }, names: names, language: language),
            SuggestionTables.exceptions(suggestions.exceptions, names: names, language: language),
            SuggestionTables.orders(suggestions, names: names),
            SuggestionTables.worth(suggestions, currency: dataset.currency),
            SuggestionTables.scorecards(scorecards, suppliers: suppliers),
            SuggestionTables.targets(plan, names: names, language: language), health.classes(names),
            health.ageing(names),
            ResultTable(
                "assumptions",
                [
                    Column("subject", .text(assumptions.map(\.subject))),
                    Column("text", .text(assumptions.map(\.text))),
                ]),
        ]
    }
}

extension SuggestionRow {
    /// A suggestion with codes, names and reasons put in.
    init(_ suggestion: PurchaseSuggestion, names: SuggestionNames) {
        self.init(
            sku: names.skuCode(suggestion.sku), skuName: names.sku(suggestion.sku),
            supplier: names.supplierCode(suggestion.supplier), supplierName: names.supplier(suggestion.supplier),
            node: names.nodeCode(suggestion.node), rival: suggestion.rival.map { names.supplierCode($0) } ?? "",
            line: suggestion.line, reasonEnglish: SuggestionEngine.reason(suggestion, names: names, language: .english),
            reasonChinese: SuggestionEngine.reason(suggestion, names: names, language: .chinese))
    }
}

extension PreparedScenario {
    /// The review of the scenario's first morning.
    public var supply: SupplyReview {
        SupplyReview(
            dataset: dataset, network: network, today: situation.today, forecast: forecast,
            forecastDigest: forecastDigest, demand: demand, supply: supplyStep, suggestions: suggestions,
            situation: situation, options: SuggestionOptions(), promotions: promotions, assumptions: assumptions)
    }

    /// The names that suggestions and stock targets are told with.
    public var names: SuggestionNames { supply.names }

    /// The purchase suggestions with codes, names and reasons put in, most urgent first.
    public var suggestionRows: [SuggestionRow] { supply.rows }
}
