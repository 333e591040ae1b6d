import Replenishment
import Retail
import Simulation

/// Levels of the two policies that look at more than a position: two suppliers beside each other (dual index), and goods
/// that expire. Each needs a law of its own and is solved row by row; rows it has nothing to say about keep their levels.
struct PolicyStep {
    let dataset: Dataset
    let demand: NodeDemand
    let supply: SupplyStep
    let holdingRate: Double

    /// Periods of the simulated path a row's levels are searched on: their luck moves a level by a unit or two.
    private static let periods = 4_000

    /// The rows as the scenario's policy holds them, and how many it changed.
    func apply(_ policy: Scenario.Policy, to rows: [StockRow]) -> (rows: [StockRow], changed: Int) {
        var (result, changed) = (rows, 0)
        let known = Dictionary(
            (0..<demand.rowCount).map { (Self.key(demand.skus[$0], demand.nodes[$0]), $0) },
            uniquingKeysWith: { first, _ in first })
        for place in rows.indices {
            guard let row = known[Self.key(rows[place].sku, rows[place].node)], let feed = supply.feeds[row],
                case .supplier = feed.source
            else { continue }
            let new: StockRow?
            switch policy {
            case .dualIndex: new = twoSuppliers(rows[place], row, feed)
            case .perishable: new = expiring(rows[place], row, feed)
            default: return (rows, 0)
            }
            guard let new else { continue }
            result[place] = new
            changed += 1
        }
        return (result, changed)
    }

    private static func key(_ sku: SKU.Index, _ node: Node.Index) -> Int64 { Int64(sku.raw) << 32 | Int64(node.raw) }

    /// Demand of a review period, its days alike.
    private func law(_ row: Int, days: Int) -> DemandLaw {
        let cells = row * demand.horizon..<(row + 1) * demand.horizon
        let mean = cells.reduce(0) { $0 + demand.mean[$1] } / Double(max(1, demand.horizon))
        let variance = cells.reduce(0) { $0 + demand.deviation[$1] * demand.deviation[$1] }
        return DemandLaw.choose(
            mean: mean * Double(days), variance: variance / Double(max(1, demand.horizon)) * Double(days))
    }

    /// Cost of a unit short in a period that makes holding one more worth it up to the service asked for.
    private func shortage(_ service: ServiceTarget, holding: Double) -> Double {
        let share = min(max(service.level, 0.5), 0.9999)
        return holding * share / (1 - share)
    }

    /// The cheapest offer beside the quickest that is faster by a review period at least.
    private func twoSuppliers(_ stocked: StockRow, _ row: Int, _ feed: Feed) -> StockRow? {
        let offers = supply.choice.offers(of: stocked.sku)
        guard let slow = offers.first else { return nil }
        let days = max(1, feed.reviewPeriod)
        func periods(_ leadTime: Double) -> Int { Int((min(leadTime, 900) / Double(days)).rounded(.up)) }
        let quick = offers.dropFirst().filter { periods($0.leadTime) < periods(feed.leadTime) }
        guard let fast = quick.min(by: { $0.leadTime < $1.leadTime }) else { return nil }
        let unitCost = feed.unitCost.major
        let price = { (offer: SupplierChoice.Offer) -> Double in
            let supplier = dataset.suppliers[offer.terms.supplier.position]
            return supplier.net(offer.terms.breaks.first?.unitCost ?? feed.unitCost).major
        }
        let premium = max(0, price(fast) - price(slow))
        let holding = max(1e-6, holdingRate * unitCost * Double(days) / 365)
        let law = law(row, days: days)
        guard law.mean > 0,
            let solution = try? DualSourcing(
                law: law, fastLead: periods(fast.leadTime), slowLead: periods(feed.leadTime), premium: premium,
                holding: holding,
                shortage: shortage(supply.service.target(dataset.skus[stocked.sku.position]), holding: holding),
                periods: Self.periods
            ).solve()
        else { return nil }
        var new = stocked
        new.orderUpTo = Quantity(clamping: max(0, solution.slowLevel))
        new.reorderPoint = new.orderUpTo - 1
        new.second = SecondSource(
            supplier: fast.terms.supplier.raw, leadTime: fast.leadTime,
            leadTimeDeviation: fast.leadTimeDeviation, level: Quantity(clamping: max(0, solution.fastLevel)),
            minimumQuantity: fast.terms.minimumQuantity, orderMultiple: fast.terms.orderMultiple,
            premium: UnitPrice(units: Int64((premium * 10_000).rounded())))
        return new
    }

    /// The base-stock level that weighs what expires against what is missed.
    private func expiring(_ stocked: StockRow, _ row: Int, _ feed: Feed) -> StockRow? {
        let sku = dataset.skus[stocked.sku.position]
        guard sku.shelfLife > 0 else { return nil }
        let days = max(1, feed.reviewPeriod)
        let law = law(row, days: days)
        let unitCost = feed.unitCost.major
        let holding = max(1e-6, holdingRate * unitCost * Double(days) / 365)
        guard law.mean > 0,
            let policy = try? Perishable(
                law: law, shelfLife: max(1, Int(sku.shelfLife) / days),
                leadTime: min(1_000, Int((feed.leadTime / Double(days)).rounded(.up))), issue: .oldestFirst,
                holding: holding, shortage: max(1e-6, sku.listPrice.major - unitCost), waste: max(0, unitCost),
                periods: Self.periods)
        else { return nil }
        var new = stocked
        new.orderUpTo = Quantity(clamping: max(0, policy.solve().level))
        new.reorderPoint = new.orderUpTo - 1
        return new
    }
}
