import Foundation
import NumericCore
import Replenishment
import Retail

/// Targets and suggestions for 200,000 SKU-nodes of 500 suppliers, from demand by node and day to the sorted book with
/// all its exceptions: against the ten seconds a buyer is ready to wait.
func measureSuggestions() async throws -> [Measure] {
    let market = Market(skus: 50_000, nodes: 4, suppliers: 500)
    let rows = Double(market.demand.rowCount)
    var lines = 0
    let seconds = try medianSeconds(rounds: 3) {
        let book = try market.review()
        lines = book.purchases.count
        precondition(book.purchases.count > 1_000 && !book.exceptions.isEmpty)
    }
    FileHandle.standardError.write(
        Data("suggestions: \(market.demand.rowCount) SKU-nodes, \(lines) purchase lines, \(seconds) s\n".utf8))
    return [
        Measure(
            name: "suggestions", unit: "SKU-nodes", count: rows, seconds: seconds,
            yardstick: "200,000 SKU-nodes in 10 s", yardstickRate: 20_000)
    ]
}

/// A made-up market: a central warehouse that buys and regional ones that it feeds, two offers for every other SKU.
private struct Market {
    let skus: [SKU]
    let suppliers: [Supplier]
    let supply: [SupplyTerms]
    let demand: NodeDemand
    let upstream: [Node.Index?]
    let situation: StockSituation
    let today = Day(number: 20_000)

    init(skus count: Int, nodes: Int, suppliers supplierCount: Int) {
        let stream = RandomStream(
            seed: 1, stream: RandomStreamID.generator.rawValue, entity: entityHash("market"), replication: 0)
        var draw: UInt32 = 0
        func uniform() -> Double {
            draw += 1
            return stream.uniform(at: draw)
        }
        suppliers = (0..<supplierCount).map {
            Supplier(
                code: "S\($0)", name: "Supplier \($0)", leadTime: 3 + 40 * uniform(),
                leadTimeDeviation: 1 + 6 * uniform(),
                minimumOrderValue: Amount(minor: Int64(500_000 * uniform())),
                containerVolume: $0 % 10 == 0 ? 30_000 : 0)
        }
        skus = (0..<count).map {
            let cost = Int64(10_000 + 500_000 * uniform())
            return SKU(
                code: "K\($0)", name: "Article \($0)", listPrice: UnitPrice(units: cost * 17 / 10),
                unitCost: UnitPrice(units: cost))
        }
        var terms: [SupplyTerms] = []
        for sku in 0..<count {
            let cost = skus[sku].unitCost.units
            for offer in 0...(sku % 2) {
                terms.append(
                    SupplyTerms(
                        sku: SKU.Index(sku), supplier: Supplier.Index((sku * 7 + offer * 131) % supplierCount),
                        minimumQuantity: Quantity(1 + 40 * uniform()), orderMultiple: Quantity(1 + 11 * uniform()),
                        breaks: [
                            PriceBreak(from: 1, unitCost: UnitPrice(units: cost + Int64(offer) * 900)),
                            PriceBreak(from: 240, unitCost: UnitPrice(units: cost * 96 / 100)),
                        ]))
            }
        }
        supply = terms
        upstream = (0..<nodes).map { $0 == 0 ? nil : Node.Index(0) }
        var demand = NodeDemand(start: today, horizon: 56)
        var stock: [StockRecord] = []
        for sku in 0..<count {
            // A few sell a lot, most sell little.
            let level = 0.05 * exp(6 * uniform())
            for node in 0..<nodes {
                let mean = level * (0.5 + uniform())
                let week = (0..<7).map { mean * ($0 > 4 ? 1.4 : 0.84) }
                demand.append(
                    sku: SKU.Index(sku), node: Node.Index(node), dailyMean: week,
                    dailyDeviation: week.map { ($0 * (1 + 2 * uniform())).squareRoot() })
                stock.append(
                    StockRecord(
                        sku: SKU.Index(sku), node: Node.Index(node), onHand: Quantity(mean * 45 * uniform())))
            }
        }
        let forms = Self.forms(today)
        for row in 0..<demand.rowCount { demand.takeForm(of: row % forms.rowCount, in: forms, row: row) }
        demand.correlation = (0..<demand.rowCount).map { 0.05 * Double($0 % 7) }
        self.demand = demand
        situation = StockSituation(today: today, stock: stock)
    }

    /// Forecasts whose quantiles are even, skewed, and those of slow counts: the evidence that laws are chosen by.
    private static func forms(_ today: Day) -> NodeDemand {
        let laws: [DemandLaw] = [
            .normal(NormalDistribution(mean: 60, standardDeviation: 15)),
            .gamma(GammaDistribution(mean: 40, variance: 900)),
            .negativeBinomial(NegativeBinomialDistribution(mean: 0.6, size: 0.8)),
            .poisson(PoissonDistribution(mean: 4)),
        ]
        let levels = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95]
        let forecast = Forecast(
            axis: TimeAxis(step: .day, origin: today, count: 7),
            keys: laws.indices.map { SeriesKey(sku: SKU.Index($0)) },
            names: laws.map(\.name), mean: laws.flatMap { [Double](repeating: $0.mean, count: 7) }, levels: levels,
            quantiles: laws.flatMap { law in (0..<7).flatMap { _ in levels.map { max(0, law.quantile($0)) } } },
            choices: laws.map { ModelChoice(model: $0.name, scores: []) })
        let shares = [Double](repeating: 1, count: laws.count)
        return (try? NodeDemand(forecast: forecast, start: today, nodes: [Node.Index(0)], shares: shares))
            ?? NodeDemand(start: today, horizon: 7)
    }

    func review() throws -> SuggestionBook {
        let choice = SupplierChoice(skus: skus, suppliers: suppliers, supply: supply, today: today, demand: demand)
        let calendar = SupplierCalendar(suppliers: suppliers.count)
        let feeds = Feed.resolve(
            demand: demand, upstream: upstream, skus: skus, suppliers: suppliers, supply: supply, transfers: [],
            choice: choice, calendar: calendar, today: today)
        let plan = try StockPlanner.plan(
            demand: demand, feeds: feeds, skus: skus, service: ServicePolicy(.cycle(0.95)))
        return try SuggestionEngine.review(
            plan: plan, demand: demand, feeds: feeds, situation: situation, skus: skus, suppliers: suppliers,
            supply: supply, choice: choice, calendar: calendar, currency: .cny)
    }
}
