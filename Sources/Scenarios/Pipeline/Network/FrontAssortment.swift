import Placement
import Replenishment
import Retail

/// Which articles each front warehouse carries, and how much of each: together those with which it fills most orders
/// whole, within its storage, at what holding them costs. Demand for the others is planned at the warehouse behind it.
struct FrontAssortment {
    let demand: NodeDemand
    let chosen: [PreparedAssortment]
    let assumptions: [Assumption]

    init(_ direct: NodeDemand, _ network: Network, _ dataset: Dataset, _ scenario: Scenario, mix: OrderMix) {
        var isCarried = [Bool](repeating: true, count: direct.rowCount)
        var notes: [Assumption] = []
        var chosen: [PreparedAssortment] = []
        let fronts = network.nodes.indices.filter { network.nodes[$0].kind == .front }
        let baskets = fronts.isEmpty ? Baskets(itemCount: 0) : mix.assortmentBaskets(skus: dataset.skus.count)
        let levels = FrontLevels(mix, dataset, scenario)
        let holding = scenario.network.wishes.holdingRate.fraction / 365
        let inOrder = mix.unitsPerOrder(skus: dataset.skus.count)
        for node in fronts {
            let rows = (0..<direct.rowCount).filter { direct.nodes[$0].position == node }
            var choices = [FrontLevels.Choice](repeating: .init(units: [], levels: []), count: dataset.skus.count)
            var (units, perOrder) = (0.0, 0.0)
            for row in rows {
                let sku = direct.skus[row].position
                let (daily, article) = (direct.daily(row), dataset.skus[sku])
                choices[sku] = levels.choice(
                    sku, daily, volume: Double(max(1, article.volume)) / 1_000,
                    holding: holding * article.unitCost.major)
                units += daily.cumulative(span: 1).mean
                perOrder += inOrder[sku]
            }
            let storage = network.nodes[node].storage
            // What is served within the hour is worth what the placement takes it for.
            let orders = perOrder > 0 ? units / perOrder : 0
            guard
                let problem = try? AssortmentProblem(
                    baskets: baskets, levels: choices.map(\.levels), room: storage > 0 ? Double(storage) : .infinity,
                    worth: max(1e-6, orders * scenario.network.oneHourValue.price.major))
            else { continue }
            let found = problem.solve()
            let isHeld = found.levels.map { $0 > 0 }
            for row in rows where !isHeld[direct.skus[row].position] { isCarried[row] = false }
            let held = found.levels.enumerated().map { $1 > 0 ? choices[$0].units[$1 - 1] : 0 }
            chosen.append(
                PreparedAssortment(node: Node.Index(node), problem: problem, levels: found.levels, units: held))
            let left = rows.count { !isHeld[direct.skus[$0].position] }
            if left > 0 {
                let filled = Int((100 * baskets.fill(isHeld)).rounded())
                notes.append(
                    Assumption(
                        subject: "assortment \(network.nodes[node].code)",
                        text: "\(rows.count - left) of \(rows.count) articles fit its storage; "
                            + "\(filled) % of past orders hold no other"))
            }
        }
        demand = Self.moved(direct, network, isCarried)
        self.chosen = chosen
        assumptions = notes
    }

    /// Demand of rows that are not carried, added to the same article at the node upstream.
    private static func moved(_ direct: NodeDemand, _ network: Network, _ isCarried: [Bool]) -> NodeDemand {
        var sum = NodeDemandSum(start: direct.start, horizon: direct.horizon)
        for row in 0..<direct.rowCount {
            var node = direct.nodes[row]
            if !isCarried[row] {
                guard let upstream = network.upstream[node.position] else { continue }
                node = upstream
            }
            sum.add(row, of: direct, at: node)
        }
        return sum.demand
    }
}
