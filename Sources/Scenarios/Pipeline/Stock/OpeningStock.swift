import Replenishment
import Retail

/// What lies where when the run begins.
///
/// The data set's stock times the volume; front warehouses are filled to their levels from the node behind them, so
/// that nothing is made or lost. Without stock in the data set every row opens at its order-up-to level.
struct OpeningStock {
    let records: [StockRecord]
    let assumptions: [Assumption]

    /// - Parameter fronts: what the front warehouses hold.
    init(
        _ scenario: Scenario, _ dataset: Dataset, _ network: Network, direct: NodeDemand, plan: StockPlan,
        fronts: [PreparedAssortment]
    ) {
        let factor = scenario.demand.volume * scenario.stock.opening
        guard !dataset.stock.isEmpty else {
            records = plan.targets.map {
                StockRecord(
                    sku: $0.sku, node: $0.node,
                    onHand: Quantity(clampedUnits: Double($0.orderUpTo) * scenario.stock.opening))
            }
            assumptions = [
                Assumption(subject: "stock.csv", text: "no stock given: every article opens at its order-up-to level")
            ]
            return
        }
        let places = NodePlaces(dataset, network)
        let nodes = network.nodes.count
        var stock = [Int64](repeating: 0, count: dataset.skus.count * nodes)
        var reserved: Int64 = 0
        for record in dataset.stock {
            guard let node = places.node(record.node) else { continue }
            // What is promised to orders before the run is not there to be sold in it.
            reserved += Int64(record.reserved)
            let free = max(0, record.onHand - record.reserved)
            stock[record.sku.position * nodes + node.position] += Int64(
                Quantity(clampedUnits: Double(free) * factor))
        }
        var moved: Int64 = 0
        let held = Dictionary(fronts.map { ($0.node.position, $0.units) }, uniquingKeysWith: { first, _ in first })
        for row in direct.orderedRows {
            let node = direct.nodes[row].position
            guard network.nodes[node].kind == .front, let source = network.upstream[node] else { continue }
            let sku = direct.skus[row].position
            let wanted = held[node]?[sku] ?? 0
            let part = min(Int64(min(wanted, 2e9)), stock[sku * nodes + source.position])
            stock[sku * nodes + source.position] -= part
            stock[sku * nodes + node] += part
            moved += part
        }
        records = (0..<dataset.skus.count).flatMap { sku in
            (0..<nodes).compactMap { node in
                let units = stock[sku * nodes + node]
                return units > 0
                    ? StockRecord(sku: SKU.Index(sku), node: Node.Index(node), onHand: Quantity(clamping: units)) : nil
            }
        }
        var notes = [
            Assumption(
                subject: "stock.opening",
                text: "the run opens with the data set's stock times the volume"
                    + (scenario.stock.opening == 1 ? "" : " times \(scenario.stock.opening)"))
        ]
        if moved > 0 {
            notes.append(
                Assumption(
                    subject: "network.cover",
                    text: "\(moved) units were moved forward to front warehouses from the warehouses behind them"))
        }
        if reserved > 0 {
            notes.append(
                Assumption(subject: "stock.csv", text: "\(reserved) units reserved before the run are left out of it"))
        }
        assumptions = notes
    }
}
