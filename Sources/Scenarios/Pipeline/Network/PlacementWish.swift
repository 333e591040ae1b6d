import NumericCore
import Placement
import Replenishment
import Retail

/// What a scenario asks of its placement, in the words of the placement room.
struct PlacementWish {
    let scenario: Scenario
    let dataset: Dataset
    let resolution: ScenarioResolution
    let mix: OrderMix
    let roads: Roads
    /// Nodes that are open already.
    let base: [Node]

    private var wishes: PlacementWishes { scenario.network.wishes }
    private var transferCost: Double { wishes.transferCost.price.major }

    /// The problem with everything that is asked of it.
    ///
    /// - Parameter orders: orders a day by region that ask for the hour.
    func asked(of problem: PlacementProblem, orders: [Double]) throws(PlacementError) -> PlacementProblem {
        var terms = PlacementTerms()
        if !wishes.cases.isEmpty {
            terms.objective = wishes.objective
            terms.caseNames = wishes.cases.map(\.code)
            terms.cases = zip(wishes.cases, resolution.caseRegions).map { one, regions in
                var demands = orders
                for region in regions ?? Array(orders.indices) { demands[region] *= one.factor }
                return DemandScenario(probability: one.probability.fraction, demands: demands)
            }
        }
        if wishes.isBoundByPicks { terms.capacities = dataset.candidates.map(capacity) }
        terms.sizes = wishes.sizes.map {
            SiteSize(code: $0.code, orders: Double($0.orders), fixedCost: $0.fixedCost)
        }
        terms.isSingleSource = wishes.isSingleSource
        if wishes.holdingRate.fraction > 0 { terms.stock = stock(orders) }
        terms.upper = upperTiers()
        var asked = try problem.asking(terms)
        let fill = LocalFill(mix, dataset, scenario)
        for (number, candidate) in dataset.candidates.enumerated() where asked.isFront(number) {
            let served = orders.indices.reduce(0.0) { asked.reaches(number, $1) ? $0 + orders[$1] : $0 }
            asked.localFill[number] = fill.part(
                candidate, orders: served, overtime: Int(scenario.fulfilment.overtime.seconds))
        }
        if terms.upper == nil, transferCost > 0 {
            asked.supplyCostPerKilometre = transferCost
            asked.supplyDistances = dataset.candidates.map { candidate in
                let sources = base.filter { $0.code == candidate.replenishedFrom }
                return (sources.isEmpty ? base : sources).map { roads.kilometres(candidate, $0) }.min() ?? 0
            }
        }
        return asked
    }

    /// Orders a day that the stations of a front warehouse pick in a shift.
    private func capacity(_ node: Node) -> Double {
        let lines = mix.linesPerOrder
        let hours = Double(max(0, node.closes - node.opens)) / 3_600
        return Double(node.picksPerHour) * scenario.fulfilment.capacity * hours / max(1, lines)
    }

    // MARK: Stock

    /// Working stock as the economic order quantity has it, safety stock by the deviation of the pooled demand over
    /// transfer and review; both of all articles of an order together, whose demand moves with the orders.
    private func stock(_ orders: [Double]) -> SiteStock {
        let (value, deviation) = mix.orderValue(dataset)
        let daily = wishes.holdingRate.fraction / 365
        let terms = scenario.flow.transfers.front
        let span = terms.leadTime + Double(terms.reviewPeriod)
        let service = scenario.stock.service
        var level = service.base.level
        if case .service(let whole)? = service.assortment?.kind { level = whole }
        let factor = max(0, Normal.quantile(min(0.9999, max(0.5, level))))
        return SiteStock(
            working: (2 * wishes.deliveryCost.price.major * daily * value).squareRoot(),
            safety: daily * factor * span.squareRoot() * deviation,
            covariance: mix.regionCovariance(dataset, through: scenario.demand.historyThrough, orders: orders))
    }

    // MARK: Tiers

    /// Nil where every candidate is a front warehouse.
    private func upperTiers() -> UpperTiers? {
        let tiers = dataset.candidates.map { Self.tier($0.kind) }
        guard tiers.contains(where: { $0 != nil }) else { return nil }
        let standing = Self.standing(base)
        let places = dataset.candidates + standing
        return UpperTiers(
            tiers: tiers,
            // What is supplied from outside is a top wherever it stands.
            existingTiers: standing.map { $0.replenishedFrom.isEmpty ? 0 : Self.tier($0.kind) ?? 0 },
            distances: places.flatMap { a in places.map { roads.kilometres(a, $0) } },
            regionDistances: standing.flatMap { node in dataset.regions.map { roads.kilometres(node, $0) } },
            costPerKilometre: transferCost)
    }

    /// Warehouses above the front ones that stand already.
    static func standing(_ base: [Node]) -> [Node] { base.filter { tier($0.kind) != nil } }

    private static func tier(_ kind: NodeKind) -> Int? {
        switch kind {
        case .central: 0
        case .regional: 1
        case .city: 2
        default: nil
        }
    }
}

extension OrderMix {
    /// Mean number of lines of an order.
    var linesPerOrder: Double {
        mean { Double($0.lines.count) }
    }

    private func mean(_ value: (Basket) -> Double) -> Double {
        baskets.indices.reduce(0) { sum, channel in
            let list = baskets[channel]
            guard !list.isEmpty else { return sum }
            return sum + channelShares[channel] * list.reduce(0) { $0 + value($1) } / Double(list.count)
        }
    }

    /// What the goods of an order cost on average, and the sum over articles of cost times the root of the mean
    /// squared quantity: the deviation of the demand for all articles when orders deviate by one.
    func orderValue(_ dataset: Dataset) -> (mean: Double, deviation: Double) {
        var squares = [Double](repeating: 0, count: dataset.skus.count)
        for (channel, list) in baskets.enumerated() where !list.isEmpty {
            let weight = channelShares[channel] / Double(list.count)
            for basket in list {
                for line in basket.lines {
                    squares[line.sku.position] += weight * Double(line.quantity) * Double(line.quantity)
                }
            }
        }
        let costs = dataset.skus.map(\.unitCost.major)
        let value = mean { basket in
            basket.lines.reduce(0) { $0 + Double($1.quantity) * costs[$1.sku.position] }
        }
        return (value, zip(costs, squares).reduce(0) { $0 + $1.0 * $1.1.squareRoot() })
    }

    /// Covariance of the orders a day of the regions, as the last quarter's orders moved together, at the scale of the
    /// orders asked about: the variance grows like the orders, as that of independent ones does.
    func regionCovariance(_ dataset: Dataset, through last: Day, orders: [Double]) -> [Double] {
        let (m, days) = (orders.count, 91)
        let first = last - days + 1
        var counts = [Double](repeating: 0, count: days * m)
        let history = dataset.orders
        for order in history.placed.indices {
            let day = history.placed[order].day
            guard day >= first, day <= last else { continue }
            counts[(day - first) * m + history.regions[order].position] += history.weight(order)
        }
        let open = (0..<days).filter { day in (0..<m).contains { counts[day * m + $0] > 0 } }
        let means = (0..<m).map { i in
            open.isEmpty ? 0 : open.reduce(0) { $0 + counts[$1 * m + i] } / Double(open.count)
        }
        let scales = (0..<m).map { means[$0] > 0 ? (orders[$0] / means[$0]).squareRoot() : 0 }
        var result = [Double](repeating: 0, count: m * m)
        for i in 0..<m {
            for k in 0...i {
                guard open.count > 1, scales[i] > 0, scales[k] > 0 else { continue }
                let sum = open.reduce(0) { $0 + (counts[$1 * m + i] - means[i]) * (counts[$1 * m + k] - means[k]) }
                let value = scales[i] * scales[k] * sum / Double(open.count - 1)
                result[i * m + k] = value
                result[k * m + i] = value
            }
            // Nothing was seen of it: as orders that come by themselves.
            if scales[i] == 0 || result[i * m + i] == 0 { result[i * m + i] = orders[i] }
        }
        return result
    }
}
