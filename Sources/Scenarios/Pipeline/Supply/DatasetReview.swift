import Datasets
import Forecasting
public import Replenishment
public import Retail
import Simulation
public import Store

/// How a data set is reviewed without a scenario.
public struct ReviewSettings: Sendable, Equatable {
    public var service: ServicePolicy
    public var policy: PolicyKind
    /// Days between two orders; nil: as the suppliers say.
    public var reviewDays: Int?
    public var options: SuggestionOptions
    /// Money that may be spent, in place of the data set's budgets.
    public var budget: Amount?
    public var costs = InventoryCosts()

    public init(
        service: ServicePolicy = ServicePolicy(.cycle(0.95)), policy: PolicyKind = .minMax, reviewDays: Int? = nil,
        options: SuggestionOptions = SuggestionOptions(), budget: Amount? = nil
    ) {
        self.service = service
        self.policy = policy
        self.reviewDays = reviewDays
        self.options = options
        self.budget = budget
    }
}

extension SupplyReview {
    /// Reviews a data set on the morning after its history ends: forecast, demand by node, targets, suggestions.
    ///
    /// Demand of any step is planned by day: longer steps are spread evenly, hours added up. Planned promotions of the
    /// data set raise the days they run on, as they state or else as past ones did; people's changes count. Each region is served by its nearest warehouse.
    ///
    /// - Parameters:
    ///   - decisions: what people decided about earlier suggestions. Orders placed that the data set's open orders do
    ///     not hold yet count as on order; lines rejected or postponed take no part in what is settled together.
    ///   - cache: where the forecast is taken from by digest, and kept.
    ///   - progress: called with the part of the forecast that is done, from any task.
    public static func make(
        _ data: Dataset, settings: ReviewSettings = ReviewSettings(), decisions: [Decision] = [],
        cache: ForecastCache = .none, threads: Int, progress: @escaping @Sendable (Double) -> Void = { _ in }
    ) async throws(PipelineError) -> SupplyReview {
        if data.skus.isEmpty { throw .missing("products") }
        let measured = await TradeStep.measured(data, horizon: horizonDays(data), threads: threads)
        let dataset = measured?.0 ?? data
        let places = dataset.nodes.filter { $0.kind != .supplier }
        if places.isEmpty { throw .missing("nodes") }
        let days = horizonDays(dataset)
        let step = ForecastStep(
            whole: dataset, horizon: ForecastDays.steps(dataset.demand.axis, days: days), trade: measured?.1)
        let (statistical, digest) = try await step.run(cache: cache, threads: threads, progress: progress)
        let today = statistical.axis.origin - 1
        let signals = SignalStep.apply(
            statistical, dataset, promotions: dataset.promotions.filter { $0.ends > CivilTime(today + 1) },
            through: today, trade: measured?.1)
        let people = signals.forecast.adjusted(
            by: dataset.adjustments, skus: dataset.skus, calendar: dataset.calendar, today: today,
            shares: AdjustmentShares(dataset))
        if Task.isCancelled { throw .cancelled }
        let network = Network(nodes: places, regions: dataset.regions, roadFactor: 1.3, radius: frontRadius)
        do {
            var made = try review(dataset, settings, decisions, people, digest, network)
            if let note = measured?.2 { made.assumptions.append(note) }
            made.assumptions += signals.assumptions
            return made
        } catch { throw .replenishment(error) }
    }

    /// Road kilometres around a front warehouse that it serves within the hour.
    private static let frontRadius = 10.0

    private static func review(
        _ dataset: Dataset, _ settings: ReviewSettings, _ decisions: [Decision],
        _ people: AdjustedForecast, _ digest: String?, _ network: Network
    ) throws(ReplenishmentError) -> SupplyReview {
        let forecast = people.adjusted
        let today = forecast.axis.origin
        let mix = OrderMix(dataset, through: today - 1)
        let oneHour = dataset.channels.first.map {
            ChannelPlan(channel: $0).askedTiers[ServiceTier.oneHour.number].fraction
        }
        let catchment = Catchment(network, mix: mix, channels: dataset.channels.count, oneHourShare: oneHour ?? 0)
        let lines = LineSizes(dataset.orders, before: CivilTime(today))
        var direct = try NodeDemand(
            forecast: forecast, start: today, nodes: network.nodes.indices.map { Node.Index($0) },
            shares: catchment.shares(forecast), lines: lines)
        direct = ForecastDays.byDay(direct, forecast.axis)
        let promoted = PlannedPromotions(dataset, from: today).apply(to: &direct)
        var demand = direct.includingDownstream(upstream: network.upstream)
        let correlation = ErrorCorrelation(dataset.demand, skus: dataset.skus.count)
        correlation.apply(to: &demand)
        let suppliers = dataset.suppliers.map { supplier in
            var supplier = supplier
            if let days = settings.reviewDays { supplier.reviewPeriod = Int32(clamping: days) }
            return supplier
        }
        let times = TransferTimes()
        let supply = try SupplyStep(
            dataset, demand: demand, lines: lines, network: network, suppliers: suppliers, today: today,
            transfers: network.nodes.map(times.terms), policy: settings.policy, service: settings.service,
            costs: settings.costs)
        let outstanding = decisions.outstanding
        let situation = StockSituation(dataset, network, today: today, outstanding: outstanding)
        var budgets = try dataset.budgetsLeft(
            on: today, outstanding, suppliers: suppliers, choice: supply.choice)
        if let own = settings.budget { budgets = [Budget(name: "", from: today, through: today, amount: own)] }
        let book = try supply.review(
            dataset, demand: demand, situation: situation, budgets: budgets,
            declined: dataset.keys(decisions.declined(on: today), network), options: settings.options)
        let notes = [
            times.assumption(network.nodes),
            Assumption(
                subject: "review", text: "the review is on the morning of \(today), the day after the history ends"),
        ]
        return SupplyReview(
            dataset: dataset, network: network, today: today, forecast: forecast, forecastDigest: digest,
            demand: demand, supply: supply, suggestions: book, situation: situation, options: settings.options,
            promotions: dataset.promotions,
            assumptions: dataset.assumptions + catchment.assumptions + people.assumptions + promoted
                + [correlation.assumption] + notes)
    }

    /// Days that the longest lead time with its spread and two reviews reach, and at least four weeks; no more than a
    /// quarter of the history, beyond which the last week repeats.
    private static func horizonDays(_ dataset: Dataset) -> Int {
        let reach =
            dataset.suppliers.map { supplier in
                supplier.leadTime + 2 * supplier.leadTimeDeviation + 2 * Double(supplier.reviewPeriod)
            }.max() ?? 28
        let axis = dataset.demand.axis
        let history = axis.day(axis.count) - axis.origin
        return max(28, min(Int(reach.rounded(.up)), history / 4, 180))
    }
}

extension Dataset {
    /// Lines by code as a review knows them; those of which something is no longer there are left out.
    func keys(_ lines: Set<LineKey>, _ network: Network) -> Set<PurchaseKey> {
        guard !lines.isEmpty else { return [] }
        let (skus, suppliers) = (CodeTable<SKU>(skus.map(\.code)), CodeTable<Supplier>(suppliers.map(\.code)))
        let nodes = CodeTable<Node>(network.nodes.map(\.code))
        return Set(
            lines.compactMap { line in
                guard let sku = skus[line.sku], let supplier = suppliers[line.supplier], let node = nodes[line.node]
                else { return nil }
                return PurchaseKey(sku: sku, supplier: supplier, node: node)
            })
    }

    /// The budgets with what is spent of them: past purchases ordered in their time, and orders placed from earlier
    /// suggestions that the data set does not hold yet.
    ///
    /// - Parameter volume: the budgets and past purchases of a shop so many times as large; orders placed are for it as
    ///   they are.
    func budgetsLeft(
        on today: Day, _ outstanding: [OutstandingOrder], suppliers: [Supplier], choice: SupplierChoice,
        volume: Double = 1
    ) throws(ReplenishmentError) -> [Budget] {
        func scaled(_ minor: Int64) -> Int64 { volume == 1 ? minor : Int64(min(9e17, Double(minor) * volume)) }
        guard budgets.contains(where: { $0.from <= today && today <= $0.through }) else {
            return budgets.map { budget in
                var budget = budget
                budget.amount = Amount(minor: scaled(budget.amount.minor))
                return budget
            }
        }
        func price(_ sku: SKU.Index, _ supplier: Supplier.Index) -> UnitPrice {
            choice.offers(of: sku).first { $0.terms.supplier == supplier }?.terms.breaks.first?.unitCost
                ?? skus[sku.position].unitCost
        }
        func amount(_ price: UnitPrice, _ quantity: Int64) throws(ReplenishmentError) -> Int64 {
            do { return try price.amount(quantity, in: currency).minor } catch {
                throw .overflow("the money of past purchases")
            }
        }
        let codes = (CodeTable<SKU>(skus.map(\.code)), CodeTable<Supplier>(suppliers.map(\.code)))
        let known = Set(openOrders.map(\.code))
        var placed: Int64 = 0
        for order in outstanding where order.quantity > 0 && !known.contains(order.order) {
            guard let sku = codes.0[order.key.sku], let supplier = codes.1[order.key.supplier] else { continue }
            placed = placed.addingReportingOverflow(try amount(price(sku, supplier), order.quantity)).partialValue
        }
        var result: [Budget] = []
        for var budget in budgets {
            if budget.from <= today && today <= budget.through {
                var spent: Int64 = 0
                for record in purchases where budget.from <= record.ordered && record.ordered <= today {
                    let cost = record.unitCost ?? price(record.sku, record.supplier)
                    let (sum, overflow) = spent.addingReportingOverflow(try amount(cost, Int64(record.quantity)))
                    if overflow { throw .overflow("the money of past purchases") }
                    spent = sum
                }
                let (sum, overflow) = scaled(spent).addingReportingOverflow(placed)
                if overflow { throw .overflow("the money of past purchases") }
                budget.spent = Amount(minor: sum)
                // Orders placed since count against the first budget that holds.
                placed = 0
            }
            budget.amount = Amount(minor: scaled(budget.amount.minor))
            result.append(budget)
        }
        return result
    }
}

extension StockSituation {
    /// What a data set says lies in the network, is on its way to it, and will expire.
    init(_ dataset: Dataset, _ network: Network, today: Day, outstanding: [OutstandingOrder] = []) {
        let places = NodePlaces(dataset, network)
        let stock = dataset.stock.compactMap { record -> StockRecord? in
            guard let node = places.node(record.node) else { return nil }
            return StockRecord(sku: record.sku, node: node, onHand: record.onHand, reserved: record.reserved)
        }
        let lots = dataset.lots.compactMap { lot -> LotRecord? in
            guard let node = places.node(lot.node) else { return nil }
            return LotRecord(sku: lot.sku, node: node, lot: lot.lot, expires: lot.expires, quantity: lot.quantity)
        }
        var open = dataset.openOrders.compactMap { order -> OpenOrder? in
            guard let node = places.node(order.node) else { return nil }
            var order = order
            order.node = node
            return order
        }
        open += outstanding.openOrders(dataset, network, today: today)
        self.init(today: today, stock: stock, openOrders: open, lots: lots)
    }
}

extension [OutstandingOrder] {
    /// Orders placed from suggestions as open ones of a review; those that the data set holds already are left out.
    func openOrders(_ dataset: Dataset, _ network: Network, today: Day) -> [OpenOrder] {
        let known = Set(dataset.openOrders.map(\.code))
        let skus = CodeTable<SKU>(dataset.skus.map(\.code))
        let suppliers = CodeTable<Supplier>(dataset.suppliers.map(\.code))
        let nodes = CodeTable<Node>(network.nodes.map(\.code))
        return compactMap { order in
            guard order.quantity > 0, !known.contains(order.order), let sku = skus[order.key.sku],
                let supplier = suppliers[order.key.supplier], let node = nodes[order.key.node]
            else { return nil }
            return OpenOrder(
                code: order.order, sku: sku, supplier: supplier, node: node,
                quantity: Quantity(clamping: order.quantity), due: order.due ?? today)
        }
    }
}
