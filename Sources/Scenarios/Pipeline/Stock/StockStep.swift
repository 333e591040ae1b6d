import Forecasting
import Replenishment
import Retail
import Simulation
import Store

/// What each node will be asked for, what it should hold, and what it holds when the run begins.
struct StockStep {
    let demand: NodeDemand
    let supply: SupplyStep
    let situation: StockSituation
    let suggestions: SuggestionBook
    let rows: StockRows
    let assortments: [PreparedAssortment]
    let assumptions: [Assumption]

    var feeds: [Feed?] { supply.feeds }
    var plan: StockPlan { supply.plan }

    /// - Parameter decisions: what people decided about earlier suggestions, which the first morning's heed; the run
    ///   itself knows nothing of them.
    init(
        _ scenario: Scenario, _ dataset: Dataset, _ forecast: Forecast, mix: OrderMix, step: DemandStep,
        network: Network, oneHourShare: Double, decisions: [Decision]
    ) throws(ReplenishmentError) {
        let nodes = network.nodes.indices.map { Node.Index($0) }
        let catchment = Catchment(network, mix: mix, channels: dataset.channels.count, oneHourShare: oneHourShare)
        let lines = LineSizes(dataset.orders, before: CivilTime(scenario.demand.historyThrough + 1))
        var direct = try NodeDemand(
            forecast: Self.promoted(forecast, scenario, dataset, step), start: forecast.axis.origin, nodes: nodes,
            shares: catchment.shares(forecast), lines: lines)
        // Independent orders: the variance grows like the volume.
        let volume = scenario.demand.volume
        let unscaled = direct
        for cell in direct.mean.indices {
            direct.mean[cell] *= volume
            direct.deviation[cell] *= volume.squareRoot()
        }
        for row in 0..<direct.rowCount {
            direct.takeForm(of: row, in: unscaled, row: row, skew: 1 / max(1, volume).squareRoot())
        }
        let assortment = FrontAssortment(direct, network, dataset, scenario, mix: mix)
        assortments = assortment.chosen
        direct = assortment.demand
        var pooled = direct.includingDownstream(upstream: network.upstream)
        let past = dataset.demand.before(dataset.demand.axis.index(of: scenario.demand.historyThrough) + 1)
        ErrorCorrelation(past, skus: dataset.skus.count).apply(to: &pooled)
        demand = pooled
        let suppliers = dataset.suppliers.map { supplier in
            var supplier = supplier
            if let days = scenario.replenishment.reviewDays { supplier.reviewPeriod = Int32(days.rounded()) }
            return supplier
        }
        var supply = try SupplyStep(
            dataset, demand: demand, lines: lines, network: network, suppliers: suppliers,
            today: scenario.clock.start - 1,
            transfers: network.nodes.map(scenario.flow.transfers.terms),
            policy: scenario.replenishment.policy.kind, service: scenario.stock.service,
            costs: scenario.replenishment.costs)
        supply.hold(assortments)
        self.supply = supply
        let opening = OpeningStock(
            scenario, dataset, network, direct: direct, plan: supply.plan, fronts: assortments)
        let openOrders = Self.scaled(dataset, network, by: volume * scenario.stock.opening)
        let today = scenario.clock.start - 1
        let outstanding = decisions.outstanding
        situation = StockSituation(
            today: today, stock: opening.records,
            openOrders: openOrders + outstanding.openOrders(dataset, network, today: today),
            lots: Self.lots(dataset, network, opening: opening.records))
        // Money grows with the shop.
        let budgets = try dataset.budgetsLeft(
            on: today, outstanding, suppliers: suppliers, choice: supply.choice, volume: volume)
        suggestions = try supply.review(
            dataset, demand: demand, situation: situation, budgets: budgets,
            declined: dataset.keys(decisions.declined(on: today), network))
        let plain = Self.rows(
            scenario, dataset, demand: demand, feeds: supply.feeds, plan: supply.plan, opening: opening.records,
            openOrders: openOrders)
        let policy = PolicyStep(
            dataset: dataset, demand: demand, supply: supply, holdingRate: scenario.replenishment.costs.holdingRate
        ).apply(scenario.replenishment.policy, to: plain.rows)
        rows = StockRows(
            skuCount: dataset.skus.count, rows: policy.rows, receipts: plain.receipts, lots: plain.lots)
        var notes = [scenario.flow.transfers.assumption(network.nodes)]
        if scenario.replenishment.policy.isSpecial {
            notes.append(
                Assumption(
                    subject: "replenishment.policy",
                    text:
                        "\(policy.changed) of \(policy.rows.count) stocked articles follow it; the others have no second, "
                        + "faster supplier or do not expire, and are ordered up to S"))
        }
        assumptions = opening.assumptions + assortment.assumptions + catchment.assumptions + notes
    }

    /// The forecast with what the promotions do to it on the days of the clock.
    private static func promoted(
        _ forecast: Forecast, _ scenario: Scenario, _ dataset: Dataset, _ step: DemandStep
    ) -> Forecast {
        var result = forecast
        let offset = scenario.clock.start - forecast.axis.origin
        let (days, skus, levels) = (scenario.clock.days, dataset.skus.count, forecast.levels.count)
        for series in forecast.keys.indices {
            guard let sku = forecast.keys[series].sku else { continue }
            for day in 0..<days where offset + day < forecast.horizon {
                // A series over all channels takes the mean of their factors.
                let owner = forecast.keys[series].channel
                let channels = owner.map { $0.position...$0.position } ?? 0...max(0, dataset.channels.count - 1)
                let factor =
                    channels.reduce(0) { $0 + step.promotionFactors[($1 * days + day) * skus + sku.position] }
                    / Double(channels.count)
                let cell = series * forecast.horizon + offset + day
                result.mean[cell] *= factor
                for level in 0..<levels { result.quantiles[cell * levels + level] *= factor }
            }
        }
        return result
    }

    /// The data set's lots at the scale of the run: each place's opening stock cut into its lots, to the unit. What the
    /// lots do not explain of the stock on record does not expire.
    private static func lots(_ dataset: Dataset, _ network: Network, opening: [StockRecord]) -> [LotRecord] {
        guard !dataset.lots.isEmpty else { return [] }
        func key(_ sku: SKU.Index, _ node: Node.Index) -> Int64 { Int64(sku.raw) << 32 | Int64(node.raw) }
        let places = NodePlaces(dataset, network)
        var recorded: [Int64: Int64] = [:]
        for record in dataset.stock {
            if let node = places.node(record.node) {
                recorded[key(record.sku, node), default: 0] += Int64(record.onHand)
            }
        }
        var byPlace: [Int64: [LotRecord]] = [:]
        for var lot in dataset.lots where lot.quantity > 0 {
            guard let node = places.node(lot.node) else { continue }
            lot.node = node
            byPlace[key(lot.sku, node), default: []].append(lot)
        }
        return opening.flatMap { record -> [LotRecord] in
            guard let lots = byPlace[key(record.sku, record.node)] else { return [] }
            let known = lots.reduce(Int64(0)) { $0 + Int64($1.quantity) }
            let rest = max(0, (recorded[key(record.sku, record.node)] ?? 0) - known)
            let parts = try? allocateByLargestRemainder(
                Int64(record.onHand), over: lots.map { Int64($0.quantity) } + [rest])
            return lots.enumerated().map { place, lot in
                var lot = lot
                lot.quantity = Quantity(clamping: parts?[place] ?? 0)
                return lot
            }
        }
    }

    /// Open orders at the scenario's scale; those into nodes that are not in the network are left out.
    private static func scaled(_ dataset: Dataset, _ network: Network, by factor: Double) -> [OpenOrder] {
        let places = NodePlaces(dataset, network)
        return dataset.openOrders.compactMap { order in
            guard let node = places.node(order.node) else { return nil }
            var scaled = order
            scaled.node = node
            scaled.quantity = Quantity(clampedUnits: Double(order.quantity) * factor)
            return scaled
        }
    }

    private static func rows(
        _ scenario: Scenario, _ dataset: Dataset, demand: NodeDemand, feeds: [Feed?], plan: StockPlan,
        opening: [StockRecord], openOrders: [OpenOrder]
    ) -> StockRows {
        func key(_ sku: SKU.Index, _ node: Node.Index) -> Int64 { Int64(sku.raw) << 32 | Int64(node.raw) }
        func supplier(_ feed: Feed?) -> Int32 {
            if case .supplier(let supplier)? = feed?.source { supplier.raw } else { -1 }
        }
        var targets: [Int64: StockTarget] = [:]
        for target in plan.targets { targets[key(target.sku, target.node)] = target }
        var rows: [StockRow] = []
        var known: [Int64: Int] = [:]
        for row in 0..<demand.rowCount {
            let at = key(demand.skus[row], demand.nodes[row])
            let target = targets[at]
            known[at] = rows.count
            var stocked = StockRow(
                sku: demand.skus[row], node: demand.nodes[row], opening: 0,
                reorderPoint: Quantity(clamping: target?.reorderPoint ?? 0),
                orderUpTo: Quantity(clamping: target?.orderUpTo ?? 0), leadTime: feeds[row]?.leadTime ?? 1,
                leadTimeDeviation: feeds[row]?.leadTimeDeviation ?? 0, supplier: supplier(feeds[row]),
                isContinuous: feeds[row]?.policy.isContinuous ?? false)
            if scenario.flow.keepsSupplierTerms, let feed = feeds[row], stocked.supplier >= 0 {
                stocked.minimumQuantity = Quantity(clamping: feed.minimumQuantity)
                stocked.orderMultiple = Quantity(clamping: feed.orderMultiple)
            }
            if let feed = feeds[row], feed.policy.isInLots, stocked.orderUpTo > 0 {
                // Lots of what lies between the levels, until the position is above the lower one.
                stocked.orderMultiple = max(1, stocked.orderUpTo - stocked.reorderPoint)
                stocked.orderUpTo = max(0, stocked.reorderPoint) + 1
            }
            rows.append(stocked)
        }
        for record in opening {
            let at = key(record.sku, record.node)
            if let row = known[at] {
                rows[row].opening = Quantity(clamping: Int64(rows[row].opening) + Int64(record.onHand))
            } else if record.onHand > 0 {
                // Stock of an article that nobody is expected to ask for: it can be sold, and is not reordered.
                known[at] = rows.count
                rows.append(StockRow(sku: record.sku, node: record.node, opening: record.onHand))
            }
        }
        let receipts = openOrders.compactMap { order -> ScheduledReceipt? in
            let days = order.due - scenario.clock.start
            guard order.quantity > 0, known[key(order.sku, order.node)] != nil else { return nil }
            // When docks open; what is overdue comes on the first morning.
            let due = Instant.day * Int64(max(0, days)) + Instant(seconds: Int64(scenario.flow.inbound.opens))
            return ScheduledReceipt(sku: order.sku, node: order.node, quantity: order.quantity, due: due)
        }
        return StockRows(skuCount: dataset.skus.count, rows: rows, receipts: receipts)
    }
}

/// The network's number of each node of the data set: suppliers' places are not in the network.
struct NodePlaces {
    private let places: [Node.Index?]

    init(_ dataset: Dataset, _ network: Network) {
        let table = CodeTable<Node>(network.nodes.map(\.code))
        places = dataset.nodes.map { table[$0.code] }
    }

    func node(_ node: Node.Index) -> Node.Index? {
        node.position < places.count ? places[node.position] : nil
    }
}

extension Quantity {
    /// The nearest whole number of units that fits.
    init(clampedUnits units: Double) {
        self = Quantity(Swift.min(Swift.max(0, units.rounded(.toNearestOrAwayFromZero)), 2e9))
    }
}
