import Placement
import Replenishment
import Retail

/// Which articles each front warehouse carries: those with which it fills most past orders whole, within its storage at
/// the cover asked for. Demand for the others is planned at the warehouse behind it.
struct FrontAssortment {
    let demand: NodeDemand
    let chosen: [PreparedAssortment]
    let assumptions: [Assumption]

    init(_ direct: NodeDemand, _ network: Network, _ dataset: Dataset, _ scenario: Scenario, mix: OrderMix) {
        let cover = scenario.network.coverDays
        var isCarried = [Bool](repeating: true, count: direct.rowCount)
        var notes: [Assumption] = []
        var chosen: [PreparedAssortment] = []
        let baskets = mix.assortmentBaskets(skus: dataset.skus.count)
        for node in network.nodes.indices where network.nodes[node].kind == .front {
            let rows = (0..<direct.rowCount).filter { direct.nodes[$0].position == node }
            var room = [Double](repeating: 0, count: dataset.skus.count)
            for row in rows {
                let units = direct.daily(row).cumulative(span: cover).mean
                let sku = direct.skus[row].position
                room[sku] = units * Double(max(1, dataset.skus[sku].volume)) / 1_000
            }
            let storage = network.nodes[node].storage
            // Rooms are finite and not negative, as the problem asks.
            guard
                let problem = try? AssortmentProblem.items(
                    baskets, sizes: room, room: storage > 0 ? Double(storage) : .infinity)
            else { continue }
            var isHeld = [Bool](repeating: storage == 0, count: dataset.skus.count)
            if storage > 0 {
                for item in problem.solve().items { isHeld[item] = true }
                for row in rows where !isHeld[direct.skus[row].position] { isCarried[row] = false }
            }
            chosen.append(PreparedAssortment(node: Node.Index(node), problem: problem, isHeld: isHeld))
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
